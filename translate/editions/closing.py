"""For which texts the gate is closed, and why."""

from __future__ import annotations

from dataclasses import dataclass

from translate.catalogs.states import State, state
from translate.catalogs.store import Catalog
from translate.catalogs.units import units
from translate.documents.kinds import kinds
from translate.documents.model import Document
from translate.editions.release import DEFAULT, Release


@dataclass(frozen=True, slots=True)
class Closed:
    """A text for which the gate is closed, and why."""

    line: int
    state: State
    text: str
    why: str


def closed(document: Document, catalog: Catalog, release: Release) -> list[Closed]:
    """Return the texts of a document for which the gate is closed, in reading order."""
    found = []
    for unit in units(document):
        entry = catalog.get(unit.key)
        now = state(entry) if entry is not None else State.UNTRANSLATED
        if barred := bars(kinds(unit.roles, unit.text), now, release):
            found.append(Closed(unit.lines[0], now, unit.text, f"{now}, and {barred}"))
    return found


def bars(names: list[str], now: State, release: Release) -> str:
    """Say which rule keeps a text of some kinds in this state back; nothing where none does.

    >>> bars(["paragraph"], State.DRAFT, Release()), bars(["paragraph"], State.DRAFT, Release(policy="essentials"))
    ('paragraph must be reviewed', '')
    >>> bars(["paragraph", "figures"], State.DRAFT, Release(policy="essentials"))
    'figures must be reviewed'
    """
    rules = release.rules
    for name in names:
        allowed = rules.get(name, rules[DEFAULT])
        if now not in allowed:
            return f"{name} must be {' or '.join(one for one in State if one in allowed)}"
    return ""
