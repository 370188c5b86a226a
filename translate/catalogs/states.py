"""The state of an entry, read from what every PO tool shows: the msgstr, the fuzzy flag, the previous msgid."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from translate.catalogs.provenance import fingerprint, parse

if TYPE_CHECKING:
    import polib


class State(StrEnum):
    """The states of an entry, worst first."""

    UNTRANSLATED = "untranslated"
    STALE = "stale"
    DRAFT = "draft"
    REVIEWED = "reviewed"


def state(entry: polib.POEntry) -> State:
    """Return the state of an entry."""
    if not entry.msgstr.strip():
        return State.UNTRANSLATED
    if not entry.fuzzy:
        return State.REVIEWED
    return State.STALE if entry.previous_msgid else State.DRAFT


def set_fuzzy(entry: polib.POEntry, fuzzy: bool) -> None:
    """Set or take away the fuzzy flag; other flags stay."""
    entry.flags = [*(flag for flag in entry.flags if flag != "fuzzy"), *(["fuzzy"] if fuzzy else [])]


def untouched(entry: polib.POEntry) -> bool:
    """Say whether the msgstr is still exactly what an engine drafted and no person has accepted it."""
    made = parse(entry.tcomment)
    return state(entry) is State.DRAFT and made is not None and made.text == fingerprint(entry.msgstr)
