"""What goes out: the entries of a catalog as every format of exchange shows them."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

import polib

from translate.catalogs import provenance
from translate.catalogs.states import State, state, untouched
from translate.catalogs.store import LIMIT, ROLE, Catalog, key
from translate.catalogs.units import Key
from translate.documents.encoding import whole_number
from translate.errors import CatalogError

_IDENTITY = re.compile(r"([0-9a-f]{16})(?:-([0-9a-f]{8}))?")


@dataclass(frozen=True, slots=True)
class Item:
    """An entry on its way out.

    `identity` says which entry it is, and with a hash what of it was given out.
    `about` is what the source says of it (role, headings, limit, place), `origin` its provenance lines, `note` what
    people wrote beside it. `made` says that an engine drafted it and nobody has touched it since.
    """

    identity: str
    source: str
    target: str
    state: State
    about: tuple[str, ...]
    origin: tuple[str, ...]
    note: str
    previous: str
    made: bool

    @property
    def name(self) -> str:
        """Return the part of the identity that stays the same whatever the translation is."""
        return parted(self.identity)[0]

    @property
    def role(self) -> str:
        """Return the roles, as the catalog names them."""
        return _said(self.about, ROLE)

    @property
    def limit(self) -> int:
        """Return the length limit, 0 for none."""
        return whole_number(_said(self.about, LIMIT))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document in one language, on its way out."""

    document: str
    source_language: str
    language: str
    items: tuple[Item, ...]


def sheet(catalog: Catalog, document: str, source_language: str, language: str) -> Sheet:
    """Return what goes out of a catalog: its entries in use, in order.

    Raises:
        CatalogError: an entry has plural forms, which only another tool can have written.
    """
    for entry in catalog.entries:
        if entry.msgid_plural:
            raise CatalogError(
                f"an entry has plural forms: {entry.msgid[:60]!r}",
                where=str(catalog.path),
                remedy=f"Make it a plain entry, its words kept, with: translate extract {document}",
            )
    return Sheet(document, source_language, language, tuple(map(_item, catalog.entries)))


def name(key: Key) -> str:
    """Return the name of an entry outside its catalog: a hash of its context and text."""
    context, text = key
    return hashlib.sha256(f"{context or ''}\x04{text}".encode()).hexdigest()[:16]


def given(state: State, text: str) -> str:
    """Return a hash of a translation and its state: by it we know what of a file that comes back was changed."""
    return provenance.fingerprint(f"{state}\x04{text}")


def parted(identity: str) -> tuple[str, str]:
    """Return the name and the hash in an identity; the name is empty where another program made it."""
    found = _IDENTITY.fullmatch(identity)
    return (found[1], found[2] or "") if found else ("", "")


def _item(entry: polib.POEntry) -> Item:
    now = state(entry)
    note = provenance.notes(entry.tcomment)
    kept = note.split("\n")
    return Item(
        f"{name(key(entry))}-{given(now, entry.msgstr)}",
        entry.msgid,
        entry.msgstr,
        now,
        (*entry.comment.split("\n"), *(f"{file}:{line}" for file, line in entry.occurrences)),
        tuple(line for line in entry.tcomment.split("\n") if line.strip() and line not in kept),
        note,
        entry.previous_msgid or "" if now is State.STALE else "",
        untouched(entry),
    )


def _said(about: tuple[str, ...], what: str) -> str:
    return next((line.removeprefix(what) for line in about if line.startswith(what)), "")
