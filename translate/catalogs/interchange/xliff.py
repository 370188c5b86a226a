"""What the versions of XLIFF have in common: reading by version, notes, the name of the person."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from translate.catalogs import provenance
from translate.catalogs.interchange import inline
from translate.catalogs.interchange.returns import Batch
from translate.catalogs.interchange.sheets import Item, parted
from translate.errors import CatalogError

if TYPE_CHECKING:
    from lxml import etree

XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_ITS = "{http://www.w3.org/2005/11/its}"
_MIXED = frozenset({"source", "target", "note", "data"})
# What the developer says (gettext's word) is ours, and comes back as it went; the rest is people's.
_OURS, _THEIRS = "developer", "translator"


def load(data: bytes, where: str) -> list[Batch]:
    """Read an XLIFF file of any version from 1.1 on."""
    from translate.catalogs.interchange import xliff1, xliff2

    root = inline.parse(data, where)
    if inline.local(root) != "xliff":
        raise CatalogError("it is no XLIFF", where=where, remedy="Import what `translate exchange export` wrote.")
    if root.get("version", "").startswith("1."):
        return xliff1.load(root)
    return xliff2.load(root)


def written(root: etree._Element) -> bytes:
    """Return the bytes of an XLIFF document."""
    return inline.written(root, _MIXED)


def identity(unit: etree._Element, attribute: str) -> str:
    """Return the identity of a unit. Its id is the part that stays the same: tools match older files by it."""
    found, whole = unit.get("id", ""), unit.get(attribute, "")
    return whole if parted(whole)[0] == found else found


def notes(item: Item) -> list[tuple[str, str]]:
    """Return the notes of an entry: who says it, and what."""
    said = [(_OURS, line) for line in (*item.about, *item.origin) if line]
    return [*said, (_THEIRS, item.note)] if item.note else said


def people(said: Iterable[tuple[str, str]]) -> str:
    """Return what people wrote."""
    return "\n".join(text for who, text in said if who != _OURS)


def origin(said: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Return the lines of provenance that went out."""
    return tuple(text for who, text in said if who == _OURS and not provenance.notes(text) and text.strip())


def its_person(root: etree._Element) -> str:
    """Return the person who revised or else translated, as ITS 2.0 names them; the last one that is named."""
    for attribute in ("revPerson", "person"):
        found = [name for element in root.iter() if (name := element.get(_ITS + attribute, "").strip())]
        if found:
            return found[-1]
    return ""
