"""A decision about an entry: accepted, left as a draft, or taken back; and what it must not overwrite."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from enum import StrEnum
from unicodedata import category

import polib

from translate.catalogs import provenance
from translate.catalogs.interchange.sheets import given
from translate.catalogs.states import State, set_fuzzy, state
from translate.documents.codes import fault
from translate.errors import UsageError
from translate.review.ledger import Decision, Snapshot


class Act(StrEnum):
    """What a person does with the words of an entry."""

    ACCEPT = "accept"
    DRAFT = "draft"


def seen(entry: polib.POEntry) -> str:
    """Return a hash of what a person sees of an entry: its state and its words."""
    return given(state(entry), entry.msgstr)


def knew(entry: polib.POEntry, base: str, act: str, text: str | None) -> bool:
    """Say whether a person who decides something saw the words of an entry, or wants the very words that it has.

    A decision whose answer was lost comes a second time. What somebody accepted meanwhile does not become a draft.
    """
    if base == seen(entry):
        return True
    if state(entry) is State.REVIEWED and act != Act.ACCEPT:
        return False
    return entry.msgstr == text or any(given(one, entry.msgstr) == base for one in State)


def decide(entry: polib.POEntry, act: Act, text: str, person: str, now: dt.datetime) -> None:
    """Put a person's words into an entry.

    Raises:
        UsageError: words that are accepted are empty or lack an inline code.
    """
    text = fitted(entry.msgid, text)
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


def without(now: Snapshot, one: Decision) -> Snapshot | None:
    """Return an entry without what a decision changed in it; None where somebody changed that since.

    What others wrote beside the entry meanwhile stays.
    """
    before, after = one.before, one.after
    if _translation(before) != _translation(after) != _translation(now):
        return None
    was, became, lines = (one.comment.split("\n") for one in (before, after, now))
    came = [line for line in became if line not in was]
    if not set(came) <= set(lines):
        return None
    if lines != became:
        went = [line for line in was if line not in became and line not in lines]
        before = replace(before, comment="\n".join([*went, *(line for line in lines if line not in came)]))
    return before if _translation(before) != _translation(after) else replace(now, comment=before.comment)


def _translation(one: Snapshot) -> Snapshot:
    return replace(one, comment="")


def comment(entry: polib.POEntry, words: str, was: str) -> None:
    """Replace what people wrote beside an entry; the lines of programs stay, and those that were not there (`was`)."""
    wanted = [line.strip() for line in _plain(words).splitlines() if line.strip()]
    # A line that begins like a program's would be read as one.
    wanted = [f"- {line}" if line.startswith("@") else line for line in wanted]
    there = provenance.notes(entry.tcomment).split("\n")
    new = [line for line in there if line not in was.split("\n") and line not in wanted]
    lines = [line for line in entry.tcomment.split("\n") if line.strip() and line not in there]
    entry.tcomment = "\n".join([*wanted, *new, *lines])


def fitted(source: str, text: str) -> str:
    """Return words as they can stand in an entry: line ends at both ends as the source has them, no control signs.

    >>> fitted("Le port", "The\\x00 port\\n")
    'The port'
    """
    plain = _plain(text).strip("\n")
    if not plain.strip():
        return plain
    # msgfmt refuses an entry that begins or ends with a line end in one of its languages only.
    return "\n" * source.startswith("\n") + plain + "\n" * source.endswith("\n")


def _plain(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in lines if sign in "\n\t" or category(sign) not in ("Cc", "Cs"))


def _check(entry: polib.POEntry, text: str) -> None:
    if not text.strip():
        raise UsageError("there are no words to accept", where=entry.msgid[:60], remedy="Write them, or go on.")
    if problem := fault(entry.msgid, text):
        raise UsageError(
            f"the inline codes are not those of the source: {problem}",
            where=entry.msgid[:60],
            remedy="Put each code in once, or leave the words as a draft.",
        )
