"""The review queue: the entries that no person has accepted yet, what would do most harm if it were wrong first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from translate.catalogs.states import State, state
from translate.catalogs.store import Catalog
from translate.catalogs.units import Key, Unit
from translate.documents.kinds import FIGURES, kinds
from translate.documents.model import Role
from translate.engines.drafts import confidence
from translate.quality.checks import Severity

#: How much harm a wrong text does, 0 to 1, by the role of the text.
WEIGHTS: Mapping[str, float] = MappingProxyType(
    dict.fromkeys(Role, 0.5)
    | {
        Role.HEADLINE: 1.0,
        Role.TITLE: 1.0,
        Role.LEAD: 0.8,
        Role.QUOTATION: 0.8,
        FIGURES: 0.8,
        Role.DESCRIPTION: 0.7,
        Role.CROSSHEAD: 0.7,
        Role.KEYWORD: 0.3,
        Role.BYLINE: 0.3,
        Role.AGENCY: 0.3,
    }
)
# What is left of the confidence where the worst that a check has found is this.
_LEFT = {"": 1.0, Severity.WARNING: 0.5, Severity.ERROR: 0.0}
_ORDER = list(State)


@dataclass(frozen=True, slots=True)
class Waiting:
    """An entry that waits for a person, `risk` being 0 to 1."""

    risk: float
    confidence: float
    document: str
    language: str
    line: int
    roles: tuple[Role, ...]
    state: State
    key: Key
    translation: str

    @property
    def source(self) -> str:
        """Return the source text."""
        return self.key[1]


def queue(
    document: str,
    language: str,
    catalog: Catalog | None,
    units: Sequence[Unit],
    weights: Mapping[str, float] = WEIGHTS,
    findings: Mapping[Key, Severity] = MappingProxyType({}),
) -> list[Waiting]:
    """Return the entries of a document in a language that no person has accepted, in reading order; `ordered` sorts.

    Args:
        document: its name.
        language: the language of the catalog.
        catalog: the translations; None where there are none yet.
        units: the texts of the document.
        weights: how much harm each role does when it is wrong.
        findings: the worst that checks say of entries; an error leaves no confidence, a warning half of it.
    """
    waiting = []
    for unit in units:
        entry = catalog.get(unit.key) if catalog else None
        how = state(entry) if entry is not None else State.UNTRANSLATED
        if how is State.REVIEWED:
            continue
        sure = doubted(confidence(entry), findings.get(unit.key, "")) if entry is not None else 0.0
        words = entry.msgstr if entry is not None else ""
        place = document, language, unit.lines[0], unit.roles
        waiting.append(Waiting(risk(sure, unit, weights), sure, *place, how, unit.key, words))
    return waiting


def ordered(waiting: Iterable[Waiting]) -> list[Waiting]:
    """Sort by risk, the highest first; of equal ones, the untranslated before the stale before the drafts."""
    return sorted(waiting, key=lambda one: (-one.risk, _ORDER.index(one.state)))


def doubted(sure: float, worst: str) -> float:
    """Return what is left of a confidence: nothing after an error, half of it after a warning.

    >>> doubted(0.8, ""), doubted(0.8, "warning"), doubted(0.8, "error")
    (0.8, 0.4, 0.0)
    """
    return sure * _LEFT[worst]


def risk(sure: float, unit: Unit, weights: Mapping[str, float] = WEIGHTS) -> float:
    """Return how much harm a text may do, 0 to 1: what it weighs, as far as one is not sure of its words."""
    return (1 - sure) * weight(unit.roles, unit.text, weights)


def weight(roles: Sequence[Role], text: str, weights: Mapping[str, float] = WEIGHTS) -> float:
    """Return the most that any place of a text weighs, or its figures, or its being said by somebody.

    >>> weight((Role.PARAGRAPH,), "Il pleut."), weight((Role.PARAGRAPH,), "Il y a 3 morts.")
    (0.5, 0.8)
    """
    return max((weights[name] for name in kinds(roles, text)), default=0.0)
