"""The gate: what is not reviewed does not leave as if it were."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from translate.catalogs.states import State


class Drafts(StrEnum):
    """What an edition does with text that no person reviewed (`drafts` in translate.toml)."""

    LABEL = "label"
    HOLD = "hold"


@dataclass(frozen=True, slots=True)
class Held:
    """A segment that the gate keeps back."""

    line: int
    state: State
    text: str


def shows(state: State, policy: Drafts) -> bool:
    """Say whether the translation of an entry in this state may stand in an edition.

    >>> shows(State.DRAFT, Drafts.LABEL), shows(State.DRAFT, Drafts.HOLD), shows(State.REVIEWED, Drafts.HOLD)
    (True, False, True)
    """
    if state is State.UNTRANSLATED:
        return False
    return state is State.REVIEWED or policy is Drafts.LABEL


def notices(states: Iterable[State], policy: Drafts) -> list[str]:
    """Return the names of the notices an edition must carry, given the states of all its segments.

    >>> notices([State.DRAFT, State.REVIEWED], Drafts.LABEL)
    ['partly']
    """
    found = list(states)
    shown = [state for state in found if shows(state, policy)]
    drafts = shown.count(State.DRAFT)
    names = []
    if drafts:
        names.append("machine" if drafts == len(shown) else "partly")
    if State.STALE in shown:
        names.append("stale")
    if len(shown) < len(found):
        names.append("missing")
    return names
