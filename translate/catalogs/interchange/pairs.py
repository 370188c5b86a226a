"""A text and its translation, with where they stood and who vouches for them: what memories hold and TMX carries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from translate.catalogs import header
from translate.catalogs.provenance import fingerprint
from translate.catalogs.states import State, state
from translate.catalogs.store import Catalog, roles


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text stands: in which document, with which context and roles, after which text (its fingerprint)."""

    document: str = ""
    context: str = ""
    roles: str = ""
    before: str = ""


NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class TranslatedPair:
    """A text and its translation; `reviewer` and `date` (ISO 8601) are empty where nobody knows."""

    source: str
    translation: str
    source_language: str
    language: str
    place: Place = NOWHERE
    reviewer: str = ""
    date: str = ""


def places(catalog: Catalog, document: str) -> Iterator[Place]:
    """Yield the place of each entry in use, in order."""
    before = ""
    for entry in catalog.entries:
        yield Place(document, entry.msgctxt or "", ", ".join(roles(entry)), before)
        before = fingerprint(entry.msgid)


def reviewed(catalog: Catalog, document: str, source_language: str, language: str) -> Iterator[TranslatedPair]:
    """Yield what is reviewed in a catalog; the reviewer and the date are those of its header."""
    metadata = catalog.file.metadata
    reviewer = header.translator(metadata)
    date = _iso(metadata.get("PO-Revision-Date", ""))
    for entry, place in zip(catalog.entries, places(catalog, document), strict=True):
        if state(entry) is State.REVIEWED:
            yield TranslatedPair(entry.msgid, entry.msgstr, source_language, language, place, reviewer, date)


def _iso(date: str) -> str:
    """Return a date as gettext writes it in ISO 8601; nothing where it is none.

    >>> _iso("2026-05-01 09:30+0200"), _iso("YEAR-MO-DA HO:MI+ZONE")
    ('2026-05-01T09:30:00+02:00', '')
    """
    try:
        return dt.datetime.fromisoformat(date).isoformat()
    except ValueError:
        return ""
