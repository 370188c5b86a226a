"""Between catalogs and the queue: which entries want a draft, and drafts into entries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import polib

from translate.catalogs import header, provenance, store
from translate.catalogs.interchange.pairs import places
from translate.catalogs.states import State, set_fuzzy, state, untouched
from translate.catalogs.units import Key
from translate.engines.queue import Draft, Known, Request
from translate.errors import CatalogError

#: How a request finds its way back: the path of its catalog and the key of its entry.
Ticket = tuple[Path, Key]


def pending(catalog: store.Catalog, document: str, package: str = "") -> Iterator[Request]:
    """Yield a request for every entry of a document's catalog that no engine has tried yet.

    With a package, also for every draft that another package made and that nobody has touched.
    """
    for entry, place in zip(catalog.entries, places(catalog, document), strict=True):
        if wants_draft(entry) or (package and _of_another(entry, package)):
            yield Request((catalog.path, store.key(entry)), entry.msgid, place)


def wants_draft(entry: polib.POEntry) -> bool:
    """Say whether no engine has tried an empty entry; what it could not fill, or a person emptied, is a person's."""
    return state(entry) is State.UNTRANSLATED and provenance.parse(entry.tcomment) is None


def _of_another(entry: polib.POEntry, package: str) -> bool:
    """Say whether an entry is still exactly what another package drafted."""
    made = provenance.parse(entry.tcomment)
    return made is not None and made.facts.get("package", package) != package and untouched(entry)


def _takes(entry: polib.POEntry, draft: Draft) -> bool:
    """Say whether an entry, as it is on disk now, is one that a draft may stand in."""
    return wants_draft(entry) or (bool(draft.text) and _of_another(entry, provenance.drafter(draft.facts)))


def known(catalogs: Iterable[store.Catalog]) -> dict[str, Known]:
    """Return what catalogs hold and how sure one may be of it, by source text: reviewed words before drafts.

    Stale words are left out.
    """
    found: dict[State, dict[str, Known]] = {State.DRAFT: {}, State.REVIEWED: {}}
    for catalog in catalogs:
        for entry in catalog.entries:
            if (how := state(entry)) in found:
                found[how].setdefault(entry.msgid, (entry.msgstr, confidence(entry)))
    return found[State.DRAFT] | found[State.REVIEWED]


def confidence(entry: polib.POEntry) -> float:
    """Return how sure one may be of the words in an entry: 1 where a person has accepted them.

    Else 0, unless they are the very draft that was judged: stale words are those of another text, and of words that a
    person began to change nobody knows anything.
    """
    if state(entry) is State.REVIEWED:
        return 1.0
    made = provenance.parse(entry.tcomment)
    if made is None or made.foreign(entry.msgid) or not untouched(entry):
        return 0.0
    return min(1.0, max(0.0, made.confidence))


def save(drafts: Sequence[Draft], now: dt.datetime) -> int:
    """Write drafts into their catalogs as they are on disk now; return how many.

    Only an entry that is still empty takes one, or one that is still exactly what another package drafted.

    Raises:
        CatalogError: a catalog is broken, or was written at this very moment; the others have their drafts.
    """
    by_catalog: dict[Path, list[tuple[Key, Draft]]] = {}
    for draft in drafts:
        assert isinstance(draft.ticket, tuple)
        path, key = draft.ticket
        by_catalog.setdefault(path, []).append((key, draft))
    filled, broken = 0, None
    for path, made in by_catalog.items():
        try:
            filled += _fill(path, made, now)
        except CatalogError as error:
            # The drafts of the other catalogs are not to be lost for this one.
            broken = broken or error
    if broken:
        raise broken
    return filled


def _fill(path: Path, drafts: Sequence[tuple[Key, Draft]], now: dt.datetime) -> int:
    """Fill the entries of one catalog; an entry that a person filled meanwhile, or took out, is left alone."""
    catalog = store.load(path)
    if catalog is None:
        return 0
    filled = 0
    for key, draft in drafts:
        entry = catalog.get(key)
        if entry is None or not _takes(entry, draft):
            continue
        if draft.text:
            entry.msgstr = draft.text
            # A translator may have emptied a stale entry; what stands there now was made of the text as it is.
            entry.previous_msgid = entry.previous_msgctxt = None
            entry.tcomment = provenance.without_stale(entry.tcomment)
            set_fuzzy(entry, True)
            filled += 1
        hashes = provenance.fingerprint(draft.text), provenance.fingerprint(entry.msgid)
        made = provenance.Provenance(draft.facts, draft.confidence, draft.doubts, *hashes)
        entry.tcomment = provenance.with_line(entry.tcomment, made.line())
    header.revise(catalog.file.metadata, now)
    store.save(catalog)
    return filled
