"""What only other tools write in the entries of a catalog: plural forms, and drafts of other texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from translate.catalogs import provenance
from translate.catalogs.states import State, set_fuzzy, state

if TYPE_CHECKING:
    import polib


def worth_keeping(entry: polib.POEntry) -> bool:
    """Say whether an entry has words, in whatever form, or a person's notes."""
    return bool(entry.msgstr or any(entry.msgstr_plural.values()) or provenance.notes(entry.tcomment))


def without_plural(entry: polib.POEntry) -> None:
    """Make an entry with plural forms, which only another tool can have written, a plain one; its words stay."""
    if not entry.msgid_plural:
        return
    if not entry.fuzzy:
        # Somebody accepted what an engine drafted: it is no untouched draft, now that it becomes fuzzy.
        for line in provenance.drafted_lines([entry.tcomment], entry.msgid):
            entry.tcomment = provenance.with_line(entry.tcomment, line)
    first, *others = [text for _, text in sorted(entry.msgstr_plural.items()) if text] or [""]
    entry.msgid_plural, entry.msgstr_plural, entry.msgstr = "", {}, first
    comments = [entry.tcomment, *(" ".join(text.split()) for text in others)]
    entry.tcomment = "\n".join(filter(None, comments))
    set_fuzzy(entry, bool(first))


def without_foreign_draft(entry: polib.POEntry) -> bool:
    """Empty an entry whose draft another tool brought from the entry of another text, as msgmerge does; say whether."""
    made = provenance.parse(entry.tcomment)
    if made is None or not made.foreign(entry.msgid) or state(entry) is not State.DRAFT:
        return False
    entry.tcomment = provenance.without(entry.tcomment)
    if made.text != provenance.fingerprint(entry.msgstr):
        return False
    entry.msgstr = ""
    set_fuzzy(entry, False)
    return True
