"""Serve the workbench: on loopback, unless told otherwise."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from translate.engines.model import Options
from translate.errors import UsageError
from translate.holding import keep_local
from translate.listening import bound, hosts, is_loopback, origin, serve
from translate.project import Project
from translate.review.app import application
from translate.review.requests import Bench
from translate.review.security import Guard, token
from translate.review.stories import Stories

_TOKEN = "review-token"


@dataclass(frozen=True, slots=True)
class Serving:
    """A workbench that is ready: `address` opens it, `run` serves until it is interrupted."""

    address: str
    run: Callable[[], None]


def serving(
    project: Project,
    options: Options,
    clock: Callable[[], dt.datetime],
    *,
    person: str = "",
    host: str,
    port: int,
    open_to_others: bool = False,
) -> Serving:
    """Bind the workbench of a desk to an address; port 0 is any that is free.

    Raises:
        UsageError: the port is taken, or others could reach the address and nobody said that they may.
    """
    if not is_loopback(host) and not open_to_others:
        raise UsageError(
            f"programs on other machines could reach {host}",
            where="--host",
            remedy="Leave it out, or say that this is meant with --open-to-others (the text then crosses the network "
            "without encryption: use it inside a tunnel).",
        )
    if host in ("0.0.0.0", "::"):
        raise UsageError(
            f"{host} is no address by which people could call the workbench",
            where="--host",
            remedy="Say the name or the address of this machine that they use.",
        )
    listening = bound(host, port)
    port = listening.getsockname()[1]
    keep_local(project)
    guard = Guard(token(project.local_folder / _TOKEN), hosts(host, port))
    bench = Bench(project, options, Stories(project, clock), guard, person)
    return Serving(f"{origin(host, port)}?token={guard.token}", partial(serve, application(bench), listening))
