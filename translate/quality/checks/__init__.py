"""The checks: plain functions, one module each, found through the entry points `translate.checks`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.metadata import entry_points

from translate.catalogs.states import State
from translate.knowledge.glossary import Terms


class Severity(StrEnum):
    """How sure a finding is: an error is surely wrong, a warning is to be looked at."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Pair:
    """A source text and its translation, as checks see them.

    `limit` is the length allowed, 0 for any; `roles` say where the text stands; `terms` are those that the desk knows
    between the two languages.
    """

    source: str
    translation: str
    state: State
    limit: int = 0
    roles: tuple[str, ...] = ()
    terms: Terms | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check says of an entry."""

    check: str
    severity: Severity
    message: str


Check = Callable[[Pair], Iterator[Finding]]


@cache
def checks() -> tuple[Check, ...]:
    """Return the installed checks in order of their names."""
    points = sorted(entry_points(group="translate.checks"), key=lambda point: point.name)
    return tuple(point.load() for point in points)


def examine(pair: Pair) -> list[Finding]:
    """Return the findings of every check about one translation; an empty one has none."""
    return [finding for check in checks() for finding in check(pair)] if pair.translation else []
