"""What a person or a program sees of a command: JSON, plain lines, tables, progress, errors."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from translate.errors import DeskError

# A log gets a line this often (seconds); a terminal gets a bar.
_LOG_EVERY = 10.0

Progress = Callable[[str, int, int], None]


class EndError(Exception):
    """End a command with an exit code after everything was said."""

    def __init__(self, exit_code: int) -> None:
        """Keep the exit code."""
        super().__init__(exit_code)
        self.exit_code = exit_code


@dataclass(frozen=True, slots=True)
class Output:
    """Where a command writes: results to standard output, progress and errors to standard error."""

    as_json: bool = False
    quiet: bool = False

    def say(self, line: str) -> None:
        """Print a line for a person."""
        if not self.as_json and not self.quiet:
            sys.stdout.write(line + "\n")

    def result(self, value: object) -> None:
        """Print the machine-readable result, when it was asked for."""
        if self.as_json:
            sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1, default=str) + "\n")

    def table(self, heads: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        """Print a table: drawn on a terminal, plain columns elsewhere. Columns of numbers stand to the right."""
        if self.as_json or self.quiet:
            return
        numeric = [all(isinstance(row[at], int | float) for row in rows) for at in range(len(heads))]
        if sys.stdout.isatty():
            from rich.box import SIMPLE_HEAD
            from rich.console import Console
            from rich.table import Table

            drawn = Table(box=SIMPLE_HEAD, pad_edge=False)
            for head, right in zip(heads, numeric, strict=True):
                drawn.add_column(head, justify="right" if right else "left", overflow="fold")
            for row in rows:
                drawn.add_row(*(str(cell) for cell in row))
            Console(highlight=False, markup=False).print(drawn)
            return
        texts = [list(heads), *([str(cell) for cell in row] for row in rows)]
        widths = [max(len(row[at]) for row in texts) for at in range(len(heads))]
        for row in texts:
            cells = (
                cell.rjust(width) if right else cell.ljust(width)
                for cell, width, right in zip(row, widths, numeric, strict=True)
            )
            sys.stdout.write("  ".join(cells).rstrip() + "\n")

    @contextmanager
    def progress(self) -> Iterator[Progress]:
        """Show progress: a bar on a terminal, a line now and then in a log, nothing when quiet or JSON."""
        if self.quiet or self.as_json:
            yield lambda _what, _done, _every: None
        elif sys.stderr.isatty():
            with _bar() as show:
                yield show
        else:
            yield _log()


@contextmanager
def _bar() -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    speed = TextColumn("{task.fields[speed]}")
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), speed, TimeRemainingColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks = {}

        def show(what: str, done: int, every: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what, speed="")
            took = bar.tasks[tasks[what]].elapsed
            bar.update(tasks[what], completed=done, total=every, speed=f"{done / took:,.0f}/s" if took else "")

        yield show


def _log() -> Progress:
    began: dict[str, float] = {}
    last = time.monotonic()

    def show(what: str, done: int, every: int) -> None:
        nonlocal last
        now = time.monotonic()
        since = began.setdefault(what, last)
        if 0 < done < every and now - last > _LOG_EVERY:
            last = now
            sys.stderr.write(f"{what}: {pace(done, every, now - since)}\n")

    return show


def pace(done: int, every: int, seconds: float) -> str:
    """Write how much is done, how fast, and how long the rest takes at that pace.

    >>> pace(1200, 30000, 10.0)
    '1,200 of 30,000; 120 a second, 240 s left'
    """
    speed = done / seconds
    return f"{done:,} of {every:,}; {speed:,.0f} a second, {(every - done) / speed:,.0f} s left"


def report(error: DeskError, *, as_json: bool = False) -> None:
    """Print an error: what and where, then the remedy; as JSON on standard output where that was asked for."""
    if as_json:
        fields = {"problem": error.problem, "where": error.where, "remedy": error.remedy}
        sys.stdout.write(json.dumps({"error": fields}, ensure_ascii=False, indent=1) + "\n")
    sys.stderr.write(f"translate: error: {error}\n")
    if error.remedy:
        sys.stderr.write(f"  {error.remedy}\n")


def count(number: int, one: str, many: str = "") -> str:
    """Write a number and what it counts.

    >>> count(1, "pair"), count(2, "entry", "entries")
    ('1 pair', '2 entries')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"
