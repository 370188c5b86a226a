"""Text in XML: numbered tags become inline elements and tags again, signs that XML forbids become elements too."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from enum import Enum, auto
from typing import TYPE_CHECKING

from translate.documents.codes import TAG
from translate.errors import CatalogError

if TYPE_CHECKING:
    from lxml import etree

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LARGEST = 200 << 20


class Inline(Enum):
    """What an inline element stands for: a pair of tags, a tag alone, a sign that XML forbids."""

    PAIR = auto()
    ALONE = auto()
    SIGN = auto()


#: Adds an inline element to another: its kind, and the number of its tag or the code point in hexadecimal.
Make = Callable[["etree._Element", Inline, str], "etree._Element"]
#: Says how an inline element reads: what stands before and after its content; None for the end leaves the content out.
Spell = Callable[["etree._Element"], tuple[str, str | None]]


def parse(data: bytes, where: str) -> etree._Element:
    """Parse XML without entities, document types or network.

    Raises:
        CatalogError: it is not well-formed, has a document type, or is larger than any catalog.
    """
    from lxml import etree

    if len(data) > _LARGEST:
        raise CatalogError(
            f"the file is larger than {_LARGEST >> 20} MB", where=where, remedy="Exchange fewer documents at a time."
        )
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise CatalogError(
            f"not well-formed XML: {error.msg}",
            where=f"{where}:{error.lineno or 1}",
            remedy="Save it again in the tool it comes from; nothing was imported.",
        ) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise CatalogError("a DOCTYPE is not accepted", where=where, remedy="Remove it; XLIFF needs none.")
    return root


def written(root: etree._Element, mixed: frozenset[str]) -> bytes:
    """Return the bytes of a document, indented outside elements of mixed content (by local name)."""
    from lxml import etree

    _indent(root, mixed, "\n")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


def local(element: etree._Element) -> str:
    """Return the name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def children(element: etree._Element, *names: str) -> list[etree._Element]:
    """Return the children with one of some local names, whatever the namespace."""
    return [child for child in element if local(child) in names]


def legible(text: str) -> str:
    """Return a text that may stand where XML allows no elements: forbidden signs are shown as U+FFFD."""
    return _FORBIDDEN.sub("\ufffd", text)


def tags(source: str) -> frozenset[str]:
    """Return the tags of a text that can be elements: `1` for a pair, `2/` for one alone.

    >>> sorted(tags("<1>a<2/></1> <3>"))
    ['1', '2/']
    """
    return frozenset(match["number"] + (match["alone"] or "") for match in _elements(source, None))


def fill(element: etree._Element, text: str, known: frozenset[str], make: Make) -> None:
    """Write a text into an element. A tag that is not `known`, comes twice or is out of its nest stays text."""
    here, at = element, 0
    for match in _elements(text, known):
        _append(here, text[at : match.start()], make)
        at = match.end()
        if match["close"]:
            parent = here.getparent()
            assert parent is not None
            here = parent
        elif match["alone"]:
            make(here, Inline.ALONE, match["number"])
        else:
            here = make(here, Inline.PAIR, match["number"])
    _append(here, text[at:], make)


def read(element: etree._Element | None, spell: Spell) -> str:
    """Return the text of an element with tags for inline elements."""
    if element is None:
        return ""
    parts = [element.text or ""]
    for child in element:
        before, after = spell(child)
        parts += [before] if after is None else [before, read(child, spell), after]
        parts.append(child.tail or "")
    return "".join(parts)


def plain(element: etree._Element) -> str:
    """Return the text of an element, whatever is in it."""
    return "".join(map(str, element.itertext()))


def tag(number: str | None, before: str = "<", after: str = ">") -> str:
    """Return a tag by its number; an element whose number is not ours reads as nothing, and the code is missed."""
    return f"{before}{number}{after}" if number and number.isdecimal() else ""


def sign(code_point: str) -> str:
    """Return the sign of a code point in hexadecimal; one that no text can hold is U+FFFD."""
    try:
        made = chr(int(code_point, 16))
        made.encode()
    except (ValueError, OverflowError):
        return "\ufffd"
    return made


def _elements(text: str, known: frozenset[str] | None) -> list[re.Match[str]]:
    """Return the tags that can be elements, in order."""
    if "<" not in text:
        return []
    open_: list[re.Match[str]] = []
    used: set[str] = set()
    kept: list[re.Match[str]] = []
    for match in TAG.finditer(text):
        number = match["number"]
        if number in used or (match["close"] and match["alone"]):
            continue
        if match["alone"]:
            if known is None or f"{number}/" in known:
                used.add(number)
                kept.append(match)
        elif not match["close"]:
            if known is None or number in known:
                open_.append(match)
        elif any(other["number"] == number for other in open_):
            while (other := open_.pop())["number"] != number:
                pass
            used.add(number)
            kept += [other, match]
    return sorted(kept, key=re.Match.start)


def _append(element: etree._Element, text: str, make: Make) -> None:
    at = 0
    for match in _FORBIDDEN.finditer(text):
        _add(element, text[at : match.start()])
        make(element, Inline.SIGN, f"{ord(match.group()):04X}")
        at = match.end()
    _add(element, text[at:])


def _add(element: etree._Element, text: str) -> None:
    if not text:
        return
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def _indent(element: etree._Element, mixed: frozenset[str], margin: str) -> None:
    inner: Iterator[etree._Element] = iter(element)
    if local(element) in mixed or not len(element):
        return
    element.text = margin + " "
    for child in inner:
        _indent(child, mixed, margin + " ")
        child.tail = margin + " "
    element[-1].tail = margin
