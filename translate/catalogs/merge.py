"""Bring a catalog up to its changed source without losing anything that a person wrote.

An unchanged or moved unit keeps its entry, one that is cut otherwise gets the joined or split translations. A changed
one takes over the entry of its old self: where the change is cosmetic, as it is; else a person's translation becomes
stale (with the previous msgid) and an untouched draft makes room for a new one. Entries whose text left become
obsolete, and come back with it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polib

from translate.catalogs import header, likeness, provenance, resegmentation
from translate.catalogs.changes import Change, Changes, Kind, cosmetic
from translate.catalogs.dictionary import dictionary
from translate.catalogs.foreign import without_foreign_draft, without_plural, worth_keeping
from translate.catalogs.states import State, set_fuzzy, state, untouched
from translate.catalogs.store import Catalog, describe, key, roles
from translate.catalogs.units import HEADING_CONTEXT, Key, Unit
from translate.documents.layout import Splitter
from translate.documents.model import HEADINGS


@dataclass(slots=True)
class _Merge:
    """A merge on its way: what each unit has got so far, and the entries that are left.

    `positions` are those of the living entries in the catalog, from 1; `splitter` is of the target language.
    """

    units: Sequence[Unit]
    entries: list[polib.POEntry | None]
    living: dict[Key, polib.POEntry]
    retired: dict[Key, polib.POEntry]
    positions: dict[int, int]
    language: str
    splitter: Splitter | None
    changes: Changes = field(default_factory=Changes)

    @property
    def wanting(self) -> list[int]:
        """Return the units without an entry."""
        return [index for index, entry in enumerate(self.entries) if entry is None]

    def give(self, index: int, entry: polib.POEntry, kind: Kind, before: str) -> None:
        """Give a unit an entry, and note it."""
        self.entries[index] = entry
        unit = self.units[index]
        self.changes.found.append(Change(kind, before, unit.text, unit.lines[0]))


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


def merge(
    catalog: Catalog,
    units: Sequence[Unit],
    source: str,
    now: dt.datetime,
    *,
    language: str = "",
    splitter: Splitter | None = None,
) -> tuple[Catalog, Changes]:
    """Return the catalog with exactly the entries of `units`, in their order, and what that changed.

    Args:
        catalog: the catalog as it was.
        units: the texts of the document as it is.
        source: the source file, as references name it.
        now: the moment of this run.
        language: the source language: its dictionary tells a mistyped word.
        splitter: splits the target language, for segments that are cut otherwise.
    """
    living = {key(entry): entry for entry in catalog.file if not entry.obsolete}
    retired = {key(entry): entry for entry in catalog.file if entry.obsolete}
    positions = {id(entry): position for position, entry in enumerate(living.values(), 1)}
    work = _Merge(units, [None] * len(units), living, retired, positions, language, splitter)
    displaced = _outdated(work)
    _same(work)
    for index, entry in enumerate(work.entries):
        if entry is not None and without_foreign_draft(entry):
            work.give(index, entry, Kind.CHANGED, entry.msgid)
    _resegment(work)
    for adopt in (_adopt_back, _adopt_changed):
        for others in (living, retired):
            adopt(work, others)
    for index in work.wanting:
        # Nothing newer could be made of how the words were cut meanwhile.
        work.entries[index] = displaced.pop(units[index].key, None)
    living.update(displaced)
    for others in (living, retired):
        _keep_displaced(work.entries, others)
    for index in work.wanting:
        work.give(index, polib.POEntry(msgctxt=units[index].key[0], msgid=units[index].text, msgstr=""), Kind.NEW, "")
    entries = [entry for entry in work.entries if entry is not None]
    for entry, unit in zip(entries, units, strict=True):
        entry.obsolete = False
        describe(entry, unit, source)
    work.changes.kept = len(units) - len(work.changes.found)
    _retire(work)
    file = _file_like(catalog.file, [*entries, *retired.values()])
    if work.changes.any and catalog.read_digest:
        file.metadata["POT-Creation-Date"] = header.moment(now)
    return Catalog(catalog.path, file, catalog.read_hash, catalog.read_digest), work.changes


def _retire(work: _Merge) -> None:
    """Make the entries that no unit took obsolete; one without words or notes goes."""
    for entry in work.living.values():
        if worth_keeping(entry):
            entry.obsolete = True
            entry.occurrences = []
            work.retired[key(entry)] = entry
        work.changes.found.append(Change(Kind.OBSOLETE, entry.msgid))


def _same(work: _Merge) -> None:
    """Take out the entries with these very texts: with their contexts first, what is left then with another.

    No key may stay behind that a unit has: gettext refuses two entries with one key, even where one is obsolete.
    """
    units, living, retired = work.units, work.living, work.retired
    for keys in (
        [_former_key(unit, living) for unit in units],
        [unit.key for unit in units],
        [(HEADING_CONTEXT if unit.key[0] is None else None, unit.text) for unit in units],
    ):
        for index, unit in enumerate(units):
            wanted = keys[index]
            if wanted is None or work.entries[index] is not None:
                continue
            entry = living.pop(wanted, None) or retired.pop(wanted, None)
            if entry is not None:
                without_plural(entry)
                _set_key(entry, unit.key)
                work.entries[index] = entry


def _outdated(work: _Merge) -> dict[Key, polib.POEntry]:
    """Take out the retired entries whose words were cut otherwise meanwhile, and rewritten: they do not come back."""
    texts = [unit.text for unit in work.units]
    present = set(texts)
    gone = (one for one in work.living.values() if one.msgid not in present and not untouched(one))
    leaving = {one.msgid: one.msgstr for one in gone if one.msgstr}
    retired = {one.msgid: one.msgstr for one in work.retired.values() if one.msgstr}
    keys = (work.units[index].key for index in resegmentation.outdated(texts, leaving, retired))
    return {key: work.retired.pop(key) for key in keys if key in work.retired}


def _former_key(unit: Unit, living: dict[Key, polib.POEntry]) -> Key | None:
    """Return the key that a heading had while the same words did not stand in the body, or when they still did."""
    old = living.get((None, unit.text))
    if unit.key[0] is None and HEADINGS.issuperset(unit.roles) and (HEADING_CONTEXT, unit.text) in living:
        return (HEADING_CONTEXT, unit.text)
    if unit.key[0] is None or unit.key in living or old is None:
        return None
    return (None, unit.text) if (were := roles(old)) and HEADINGS.issuperset(were) else None


def _keep_displaced(entries: Sequence[polib.POEntry | None], others: dict[Key, polib.POEntry]) -> None:
    """Put what people wrote in an entry whose key another one took over into that one's notes: a key stands once."""
    for entry in filter(None, entries):
        displaced = others.pop(key(entry), None)
        if displaced is not None:
            without_plural(displaced)
            words, notes = " ".join(displaced.msgstr.split()), provenance.notes(displaced.tcomment)
            entry.tcomment = "\n".join(filter(None, [entry.tcomment, words, notes]))


def _resegment(work: _Merge) -> None:
    """Give units that are cut otherwise the joined or split translations of what they consist of."""
    if not work.wanting or not work.living:
        return
    texts = [unit.text for unit in work.units]
    every = {entry.msgid: entry for entry in (*filter(None, work.entries), *work.living.values())}
    for joined in resegmentation.joins(texts, work.wanting, every):
        parts = [every[text] for text in joined.old]
        whole = texts[joined.new]
        words = resegmentation.join(joined.old, [part.msgstr for part in parts], whole)
        if words is None or not all(part.msgstr for part in parts) or all(map(untouched, parts)):
            continue
        if any(state(part) is State.STALE and part.previous_msgid == whole for part in parts):
            # It was split, and nobody has parted its translation yet: that comes back.
            continue
        entry = _cut_otherwise(whole, words, parts, provenance.resegmented_line("joined", len(parts)))
        _set_key(entry, work.units[joined.new].key)
        work.give(joined.new, entry, Kind.RESEGMENTED, " | ".join(joined.old))
    if work.splitter is None:
        return
    left = {entry.msgid: entry for entry in work.living.values() if entry.msgstr and not untouched(entry)}
    for parted in resegmentation.splits(texts, work.wanting, left):
        whole_entry = left[parted.old]
        empty = [index for index in parted.new if work.entries[index] is None]
        if not empty:
            continue
        pieces = resegmentation.split(parted.old, whole_entry.msgstr, [texts[one] for one in parted.new], work.splitter)
        if pieces is None:
            # A person has to part it: the words go whole to the first text.
            del work.living[key(whole_entry)]
            _take_over(work, empty[0], whole_entry)
            continue
        for index, words in zip(parted.new, pieces, strict=True):
            if index in empty:
                line = provenance.resegmented_line("split", len(parted.new))
                entry = _cut_otherwise(texts[index], words, [whole_entry], line)
                _set_key(entry, work.units[index].key)
                work.give(index, entry, Kind.RESEGMENTED, parted.old)


def _cut_otherwise(text: str, words: str, parts: Sequence[polib.POEntry], line: str) -> polib.POEntry:
    """Make the entry of a text that was cut otherwise: reviewed where all that it was made of is."""
    notes = dict.fromkeys(provenance.notes(part.tcomment) for part in parts)
    drafted = provenance.drafted_lines((part.tcomment for part in parts), text)
    entry = polib.POEntry(msgid=text, msgstr=words, tcomment="\n".join(filter(None, (*notes, *drafted, line))))
    set_fuzzy(entry, any(state(part) is not State.REVIEWED for part in parts))
    return entry


def _adopt_back(work: _Merge, others: dict[Key, polib.POEntry]) -> None:
    """Give each unit without an entry the stale one whose translation was made of this very text."""
    made_of = {one.previous_msgid: one for one in others.values() if state(one) is State.STALE}
    for index in work.wanting if made_of else ():
        entry = made_of.pop(work.units[index].text, None)
        if entry is not None:
            del others[key(entry)]
            _take_over(work, index, entry)


def _adopt_changed(work: _Merge, others: dict[Key, polib.POEntry]) -> None:
    """Give each unit without an entry the entry of its old self: the likest, then the nearest."""
    wanting = work.wanting
    left = [entry for entry in others.values() if worth_keeping(entry)]
    if not wanting or not left:
        return
    new, old = list(_new_places(work, set(wanting))), list(_old_places(work, left))
    for one, other in likeness.pairs(new, old):
        entry = left[other]
        del others[key(entry)]
        _take_over(work, wanting[one], entry)


def _new_places(work: _Merge, wanting: set[int]) -> Iterator[likeness.Place]:
    """Say where units would stand in the old catalog: after the entry of the unit before them."""
    gap = position = 0
    for index, unit in enumerate(work.units):
        known = work.positions.get(id(work.entries[index]))
        gap, position = (known, known) if known else (gap, position + 1)
        if index in wanting:
            yield likeness.Place(unit.text, position, gap, frozenset(unit.roles))


def _old_places(work: _Merge, left: Sequence[polib.POEntry]) -> Iterator[likeness.Place]:
    """Say where entries stood; those that are retired stand nowhere."""
    taken = sorted(work.positions[id(entry)] for entry in work.entries if id(entry) in work.positions)
    gaps = iter([*taken, len(work.positions) + 1])
    gap, following = 0, next(gaps)
    for entry in left:
        position = work.positions.get(id(entry))
        if position is None:
            yield likeness.Place(entry.msgid, 0, roles=frozenset(roles(entry)))
            continue
        while following < position:
            gap, following = following, next(gaps)
        yield likeness.Place(entry.msgid, position, gap, frozenset(roles(entry)))


def _take_over(work: _Merge, index: int, entry: polib.POEntry) -> None:
    """Turn the entry of a text into the entry of its changed version."""
    without_plural(entry)
    unit, before, was = work.units[index], entry.msgid, state(entry)
    if untouched(entry) or not entry.msgstr:
        notes = provenance.notes(entry.tcomment)
        made = polib.POEntry(msgctxt=unit.key[0], msgid=unit.text, msgstr="", tcomment=notes)
        work.give(index, made, Kind.CHANGED, before)
        return
    harmless = cosmetic(before, unit.text, dictionary(work.language), work.language)
    if was is State.STALE and entry.previous_msgid == unit.text:
        # The source went back to what this translation was made of.
        entry.previous_msgid = entry.previous_msgctxt = None
        if provenance.stale_was(entry.tcomment, entry.msgstr) == State.REVIEWED:
            set_fuzzy(entry, False)
        entry.tcomment = provenance.without_stale(entry.tcomment)
    elif was is not State.STALE and harmless:
        entry.tcomment = provenance.signed_again(entry.tcomment, before, unit.text, entry.msgstr)
        entry.tcomment = provenance.with_line(entry.tcomment, provenance.cosmetic_line(before))
    elif was is not State.STALE:
        entry.previous_msgid, entry.previous_msgctxt = entry.msgid, entry.msgctxt
        entry.tcomment = provenance.with_line(entry.tcomment, provenance.stale_line(was, entry.msgstr))
        set_fuzzy(entry, True)
    _set_key(entry, unit.key)
    work.give(index, entry, Kind.COSMETIC if harmless else Kind.CHANGED, before)


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
