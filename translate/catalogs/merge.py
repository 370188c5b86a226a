"""Bring a catalog up to its changed source without losing anything that a person wrote.

An unchanged or moved unit keeps its entry. A changed one takes over the entry of its old self: a person's
translation becomes stale (with the previous msgid), an untouched draft makes room for a new one. Entries whose text
left become obsolete, and come back with it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polib

from translate.catalogs import header, provenance
from translate.catalogs.states import State, set_fuzzy, state, untouched
from translate.catalogs.store import Catalog, describe, key
from translate.catalogs.units import HEADING_CONTEXT, Key, Unit
from translate.documents.model import HEADINGS

# msgmerge takes over a translation from about 60 % likeness on; in news copy a lower limit joins strangers.
_LIKENESS = 70.0
# How many candidates each text proposes. Texts that look alike all propose the same few: those that go without propose
# more in the next pass.
_CANDIDATES = (3, 30, 300, None)


@dataclass(slots=True)
class Change:
    """What a merge did, in entries."""

    new: int = 0
    changed: int = 0
    kept: int = 0
    obsolete: int = 0

    @property
    def any(self) -> bool:
        """Say whether the set of entries changed."""
        return bool(self.new or self.changed or self.obsolete)


def create(path: Path, document: str, source_language: str, language: str, now: dt.datetime) -> Catalog:
    """Return an empty catalog with a complete header."""
    file = polib.POFile(wrapwidth=0)
    file.metadata = header.catalog_header(document, source_language, language, now)
    return Catalog(path, file)


def complete(catalog: Catalog, document: str, source_language: str, language: str, now: dt.datetime) -> None:
    """Give a catalog that lost its header, or the plural forms in it, what is missing; what is there stays."""
    if "Plural-Forms" not in catalog.file.metadata:
        made = header.catalog_header(document, source_language, language, now)
        catalog.file.metadata = made | catalog.file.metadata


def merge(catalog: Catalog, units: Sequence[Unit], source: str, now: dt.datetime) -> tuple[Catalog, Change]:
    """Return the catalog with exactly the entries of `units`, in their order, and what that changed."""
    change = Change()
    living = {key(entry): entry for entry in catalog.file if not entry.obsolete}
    retired = {key(entry): entry for entry in catalog.file if entry.obsolete}
    positions = {id(entry): position for position, entry in enumerate(living.values())}
    entries = _same(units, living, retired)
    change.changed += sum(_without_foreign_draft(entry) for entry in entries if entry is not None)
    for others in (living, retired):
        _adopt_back(units, entries, others, change)
    for others in (living, retired):
        _adopt_changed(units, entries, others, positions, change)
    _keep_displaced(entries, living)
    for index, unit in enumerate(units):
        entry = entries[index]
        if entry is None:
            entry = polib.POEntry(msgctxt=unit.key[0], msgid=unit.text, msgstr="")
            change.new += 1
        entry.obsolete = False
        describe(entry, unit, source)
        entries[index] = entry
    change.kept = len(units) - change.new - change.changed
    for entry in living.values():
        if entry.msgstr or any(entry.msgstr_plural.values()) or _notes(entry):
            entry.obsolete = True
            entry.occurrences = []
            retired[key(entry)] = entry
        change.obsolete += 1
    file = _file_like(catalog.file, [entry for entry in entries if entry] + list(retired.values()))
    if change.any and catalog.read_hash:
        file.metadata["POT-Creation-Date"] = header.moment(now)
    return Catalog(catalog.path, file, catalog.read_hash, catalog.clean_hash), change


def _same(
    units: Sequence[Unit], living: dict[Key, polib.POEntry], retired: dict[Key, polib.POEntry]
) -> list[polib.POEntry | None]:
    """Take out the entries with these very texts: with their contexts first, what is left then with another.

    No key may stay behind that a unit has: gettext refuses two entries with one key, even where one is obsolete.
    """
    entries: list[polib.POEntry | None] = [None] * len(units)
    for keys in (
        [_former_key(unit, living) for unit in units],
        [unit.key for unit in units],
        [(HEADING_CONTEXT if unit.key[0] is None else None, unit.text) for unit in units],
    ):
        for index, unit in enumerate(units):
            wanted = keys[index]
            if wanted is None or entries[index] is not None:
                continue
            entry = living.pop(wanted, None) or retired.pop(wanted, None)
            if entry is not None:
                _without_plural(entry)
                _set_key(entry, unit.key)
                entries[index] = entry
    return entries


def _former_key(unit: Unit, living: dict[Key, polib.POEntry]) -> Key | None:
    """Return the key that a heading had while the same words did not stand in the body, or when they still did."""
    old = living.get((None, unit.text))
    if unit.key[0] is None and HEADINGS.issuperset(unit.roles) and (HEADING_CONTEXT, unit.text) in living:
        return (HEADING_CONTEXT, unit.text)
    if unit.key[0] is None or unit.key in living or old is None:
        return None
    roles = old.comment.partition("role: ")[2].partition("\n")[0].split(", ")
    return (None, unit.text) if HEADINGS.issuperset(roles) else None


def _without_plural(entry: polib.POEntry) -> None:
    """Make an entry with plural forms, which only another tool can have written, a plain one; its words stay."""
    if not entry.msgid_plural:
        return
    first, *others = [text for _, text in sorted(entry.msgstr_plural.items()) if text] or [""]
    entry.msgid_plural, entry.msgstr_plural, entry.msgstr = "", {}, first
    comments = [entry.tcomment, *(" ".join(text.split()) for text in others)]
    entry.tcomment = "\n".join(filter(None, comments))
    set_fuzzy(entry, bool(first))


def _without_foreign_draft(entry: polib.POEntry) -> bool:
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


def _keep_displaced(entries: Sequence[polib.POEntry | None], living: dict[Key, polib.POEntry]) -> None:
    """Put the words of an entry whose key another one took over into that one's notes: gettext allows one of a key."""
    for entry in entries:
        displaced = living.pop(key(entry), None) if entry is not None else None
        if entry is not None and displaced is not None and displaced.msgstr:
            entry.tcomment = "\n".join(filter(None, [entry.tcomment, " ".join(displaced.msgstr.split())]))


def _notes(entry: polib.POEntry) -> str:
    """Return the translator comments that people wrote."""
    return provenance.without_stale(provenance.without(entry.tcomment)).strip()


def _adopt_back(
    units: Sequence[Unit],
    entries: list[polib.POEntry | None],
    others: dict[Key, polib.POEntry],
    change: Change,
) -> None:
    """Give each unit without an entry the stale one whose translation was made of this very text."""
    made_of = {one.previous_msgid: one for one in others.values() if state(one) is State.STALE}
    for index, unit in enumerate(units):
        entry = made_of.pop(unit.text, None) if entries[index] is None else None
        if entry is not None:
            del others[key(entry)]
            entries[index] = _changed(entry, unit)
            change.changed += 1


def _adopt_changed(
    units: Sequence[Unit],
    entries: list[polib.POEntry | None],
    others: dict[Key, polib.POEntry],
    positions: dict[int, int],
    change: Change,
) -> None:
    """Give each unit without an entry the entry of its old self: the likest, then the nearest.

    `positions` are those of living entries in the catalog; retired ones have none any more.
    """
    from rapidfuzz import fuzz, process

    wanting = [index for index, entry in enumerate(entries) if entry is None]
    for limit in _CANDIDATES:
        left = [entry for entry in others.values() if entry.msgstr or _notes(entry)]
        if not wanting or not left:
            return
        old = [entry.msgid for entry in left]
        pairs: list[tuple[float, int, int]] = []
        crowded = []
        for index in wanting:
            found = process.extract(units[index].text, old, scorer=fuzz.ratio, score_cutoff=_LIKENESS, limit=limit)
            for _, score, position in found:
                # Equal scores: the one nearest in the story.
                distance = abs(index - positions.get(id(left[position]), index))
                pairs.append((-score, distance, index * len(old) + position))
            if len(found) == limit:
                crowded.append(index)
        for _, _, packed in sorted(pairs):
            index, position = divmod(packed, len(old))
            entry = left[position]
            if entries[index] is None and others.get(key(entry)) is entry:
                del others[key(entry)]
                entries[index] = _changed(entry, units[index])
                change.changed += 1
        wanting = [index for index in crowded if entries[index] is None]


def _changed(entry: polib.POEntry, unit: Unit) -> polib.POEntry:
    """Turn the entry of a text into the entry of its changed version."""
    if untouched(entry) or not entry.msgstr:
        return polib.POEntry(msgctxt=unit.key[0], msgid=unit.text, msgstr="", tcomment=_notes(entry))
    before = state(entry)
    if before is State.STALE and entry.previous_msgid == unit.text:
        # The source went back to what this translation was made of.
        entry.previous_msgid = entry.previous_msgctxt = None
        if provenance.stale_was(entry.tcomment, entry.msgstr) == State.REVIEWED:
            set_fuzzy(entry, False)
        entry.tcomment = provenance.without_stale(entry.tcomment)
    elif before is not State.STALE:
        entry.previous_msgid, entry.previous_msgctxt = entry.msgid, entry.msgctxt
        entry.tcomment = provenance.with_line(entry.tcomment, provenance.stale_line(before, entry.msgstr))
        set_fuzzy(entry, True)
    _set_key(entry, unit.key)
    return entry


def _set_key(entry: polib.POEntry, key: Key) -> None:
    """Give an entry another identity (polib's stubs do not know that a context may be None)."""
    context, entry.msgid = key
    entry.msgctxt = context  # type: ignore[assignment]


def _file_like(old: polib.POFile, entries: Sequence[polib.POEntry]) -> polib.POFile:
    """Return a PO file with other entries and everything else of the old one."""
    file = polib.POFile(wrapwidth=0)
    file.metadata = old.metadata
    file.metadata_is_fuzzy = old.metadata_is_fuzzy
    file.header = old.header
    file.extend(entries)
    return file
