"""Share work out among processes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

_Result = TypeVar("_Result")


def workers(most: int) -> int:
    """Return how many processes there are to be: one for each core, and no more than are worth their start."""
    return min(os.cpu_count() or 1, most)


def mapped(
    function: Callable[..., _Result],
    *arguments: Iterable[Any],
    processes: int,
    ready: Callable[[], object] | None = None,
) -> Iterator[_Result]:
    """Yield what a function returns for each set of arguments, in order; with fewer than two processes, in this one.

    Other processes start first, and get `ready` while the arguments are being made.
    """
    if processes < 2:
        yield from map(function, *arguments)
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_all_start_methods, get_context

    # An engine may have threads here, which a forked process would lack.
    method = "forkserver" if "forkserver" in get_all_start_methods() else "spawn"
    context = get_context(method)
    # What the function needs is imported once.
    context.set_forkserver_preload([function.__module__])
    with ProcessPoolExecutor(processes, context, ready) as pool:
        for _ in range(processes):
            # To be asked for anything makes them start.
            pool.submit(int)
        yield from pool.map(function, *arguments)
