"""The checks: plain functions, one module each, found through the entry points `translate.checks`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.metadata import entry_points

from translate.catalogs.states import State
from translate.errors import EnvironmentLackError
from translate.knowledge.glossary import Terms


class Severity(StrEnum):
    """How sure a finding is: an error is surely wrong, a warning is to be looked at."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Pair:
    """A source text and its translation, as checks see them.

    `limit` is the length allowed, 0 for any; `roles` say where the text stands; `terms` are those that the desk knows
    between the two languages; `others` are the translations that the same text has elsewhere at this desk.
    """

    source: str
    translation: str
    source_language: str
    language: str
    state: State
    limit: int = 0
    roles: tuple[str, ...] = ()
    terms: Terms | None = None
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check says of an entry; `mend` is the whole translation without the fault, where that is certain."""

    check: str
    severity: Severity
    message: str
    mend: str | None = None


Check = Callable[[Pair], Iterator[Finding]]

#: The shipped checks that never find an error, only what may be wrong: whoever asks for errors can do without them.
WARNINGS_ONLY = frozenset(
    {
        "capitals",
        "consistency",
        "headlines",
        "invisible",
        "length",
        "names",
        "negation",
        "punctuation",
        "quotation-marks",
        "quotations",
        "spaces",
        "spelling",
        "terms",
        "units",
    }
)


@cache
def checks() -> dict[str, Check]:
    """Return the installed checks by name, in order."""
    points = sorted(entry_points(group="translate.checks"), key=lambda point: point.name)
    return {point.name: point.load() for point in points}


def examine(pair: Pair, off: Collection[str] = ()) -> list[Finding]:
    """Return the findings of every check but those that are off; an empty translation has none.

    Raises:
        EnvironmentLackError: a check of an installed package failed.
    """
    if not pair.translation:
        return []
    return [finding for name, check in checks().items() if name not in off for finding in _findings(name, check, pair)]


def _findings(name: str, check: Check, pair: Pair) -> list[Finding]:
    try:
        return list(check(pair))
    except Exception as error:
        module = str(check.__module__)
        if module.startswith("translate."):
            raise
        raise EnvironmentLackError(
            f"the check {name} failed: {type(error).__name__}: {error}",
            where=module,
            remedy=f"Mend the package that brings it, or switch it off in translate.toml: [checks] {name} = false",
        ) from error
