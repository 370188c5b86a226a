"""A decision about an entry: accepted, left as a draft, or taken back; and what it must not overwrite."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

import polib

from translate.catalogs import provenance
from translate.catalogs.interchange.sheets import given
from translate.catalogs.states import State, set_fuzzy, state
from translate.documents.codes import fault
from translate.errors import CatalogError
from translate.review.ledger import Snapshot


class Act(StrEnum):
    """What a person does with the words of an entry."""

    ACCEPT = "accept"
    DRAFT = "draft"


def seen(entry: polib.POEntry) -> str:
    """Return a hash of what a person sees of an entry: its state and its words."""
    return given(state(entry), entry.msgstr)


def decide(entry: polib.POEntry, act: Act, text: str, person: str, now: dt.datetime) -> None:
    """Put a person's words into an entry.

    Raises:
        CatalogError: words that are accepted are empty or lack an inline code.
    """
    if act is Act.ACCEPT:
        _check(entry, text)
        entry.msgstr = text
        entry.previous_msgid = entry.previous_msgctxt = None
        set_fuzzy(entry, False)
        line = provenance.reviewed_line(person, now.isoformat(timespec="minutes"), entry.msgid, text)
        entry.tcomment = provenance.with_line(provenance.without_stale(entry.tcomment), line).lstrip("\n")
        return
    entry.msgstr = text
    set_fuzzy(entry, bool(text.strip()))
    entry.tcomment = provenance.without(entry.tcomment, "@reviewed")


def snapshot(entry: polib.POEntry) -> Snapshot:
    """Return all of an entry that a decision may change."""
    return Snapshot(
        entry.msgstr, tuple(entry.flags), entry.tcomment, entry.previous_msgid or None, entry.previous_msgctxt or None
    )


def restore(entry: polib.POEntry, one: Snapshot) -> None:
    """Make an entry what it was."""
    entry.msgstr, entry.flags, entry.tcomment = one.text, list(one.flags), one.comment
    entry.previous_msgid, entry.previous_msgctxt = one.previous, one.previous_context


def comment(entry: polib.POEntry, words: str) -> None:
    """Replace what people wrote beside an entry; the lines of programs stay."""
    wanted = [line.strip() for line in words.splitlines() if line.strip()]
    # A line that begins like a program's would be read as one.
    wanted = [f"- {line}" if line.startswith("@") else line for line in wanted]
    kept = provenance.notes(entry.tcomment).split("\n")
    lines = [line for line in entry.tcomment.split("\n") if line.strip() and line not in kept]
    entry.tcomment = "\n".join([*wanted, *lines])


def _check(entry: polib.POEntry, text: str) -> None:
    if not text.strip():
        raise CatalogError("there are no words to accept", where=entry.msgid[:60], remedy="Write them, or go on.")
    if problem := fault(entry.msgid, text):
        raise CatalogError(
            f"the inline codes are not those of the source: {problem}",
            where=entry.msgid[:60],
            remedy="Put each code in once, or leave the words as a draft.",
        )


def is_waiting(now: State) -> bool:
    """Say whether a person must look at an entry in this state."""
    return now is not State.REVIEWED
