"""XML as events that keep the source: joined, their raw texts are the file. HTML as the same events: `html_markup`.

The parser is expat, which tells where an event begins; it ends where the next one begins.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from xml.parsers import expat
from xml.sax.saxutils import escape

from translate.errors import DocumentError

_CHUNK = 1 << 16
# No document of a newsroom is nested this deep; a parser of somebody else's may break on one that is.
_DEPTH = 1000

#: The prefixes this program calls namespaces by, whatever the file calls them.
NAMESPACES = {
    "http://www.w3.org/1999/xhtml": "",
    "http://www.w3.org/XML/1998/namespace": "xml",
    "http://www.w3.org/2000/svg": "svg",
    "http://www.w3.org/1998/Math/MathML": "math",
    "http://www.idpf.org/2007/opf": "opf",
    "http://www.daisy.org/z3986/2005/ncx/": "ncx",
    "http://purl.org/dc/elements/1.1/": "dc",
    "urn:oasis:names:tc:opendocument:xmlns:container": "ocf",
    "urn:oasis:names:tc:opendocument:xmlns:office:1.0": "office",
    "urn:oasis:names:tc:opendocument:xmlns:text:1.0": "text",
    "urn:oasis:names:tc:opendocument:xmlns:table:1.0": "table",
    "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0": "draw",
    "urn:oasis:names:tc:opendocument:xmlns:style:1.0": "style",
    "urn:oasis:names:tc:opendocument:xmlns:meta:1.0": "meta",
    "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0": "svg",
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp",
    "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": "wp",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "urn:schemas-microsoft-com:vml": "v",
    "http://schemas.openxmlformats.org/package/2006/metadata/core-properties": "cp",
    "http://schemas.openxmlformats.org/package/2006/content-types": "ct",
    "http://schemas.openxmlformats.org/package/2006/relationships": "rel",
    "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties": "custom",
    "http://purl.oclc.org/ooxml/officeDocument/customProperties": "custom",
    "http://iptc.org/std/nar/2006-10-01/": "nar",
    "http://iptc.org/std/NITF/2006-10-18/": "nitf",
}


class Kind(Enum):
    """What an event is."""

    START = auto()
    END = auto()
    EMPTY = auto()
    TEXT = auto()
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class Event:
    """A tag, some text, or anything else; `name` is the element's, `plain` is how text reads."""

    kind: Kind
    raw: str
    name: str = ""
    plain: str = ""


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute in a tag: `[start, end)` is its value in the tag's raw text, quotes left out."""

    name: str
    start: int
    end: int
    value: str
    quoted: bool = True


_ATTRIBUTE = re.compile(
    # A run of spaces is a match by itself where no name follows: it is not tried again from each of them.
    r"""[\s/]+(?:(?P<name>[^\s=>"'/]+)"""
    r"""(?:\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s>"'][^\s>]*)))?)?"""
)
_TAG_NAME = re.compile(r"<[^\s/>]+")


def attributes(raw: str) -> list[Attribute]:
    """Return the attributes of a start tag that have a value.

    >>> [(a.name, a.value) for a in attributes("<img src=a.png alt='Un &amp; deux' hidden>")]
    [('src', 'a.png'), ('alt', 'Un & deux')]
    """
    found = []
    opened = _TAG_NAME.match(raw)
    for match in _ATTRIBUTE.finditer(raw, opened.end() if opened else 0):
        group = next((name for name in ("double", "single", "bare") if match[name] is not None), None)
        if group:
            value = html.unescape(match[group])
            found.append(Attribute(match["name"], *match.span(group), value, group != "bare"))
    return found


def escaped(text: str) -> str:
    """Write text between tags.

    >>> escaped("a < b & c")
    'a &lt; b &amp; c'
    """
    return escape(text)


def escaped_attribute(text: str) -> str:
    """Write text as the value of an attribute, whichever quotes are around it."""
    return escape(text, {'"': "&quot;", "'": "&#39;"})


def xml_events(text: str, where: str) -> Iterator[Event]:
    """Yield the events of an XML document; names carry the prefixes of `NAMESPACES`.

    Raises:
        DocumentError: it is not well-formed, declares entities, or is nested without end.
    """
    data = text.encode("utf-8")
    parser = expat.ParserCreate("utf-8", namespace_separator=" ")
    parser.buffer_text = False
    noted: list[tuple[Kind, int, str, str]] = []
    depth = 0

    def note(kind: Kind, name: str = "", plain: str = "") -> None:
        noted.append((kind, parser.CurrentByteIndex, name, plain))

    def start(name: str, _: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEPTH:
            raise DocumentError(
                "the XML is nested too deep", where=where, remedy=f"{_DEPTH} levels are read; simplify the document."
            )
        note(Kind.START, _canonical(name))

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        note(Kind.END, _canonical(name))

    def default(raw: str) -> None:
        reads = html.unescape(raw) if raw.startswith("&") else raw if raw.isspace() else ""
        note(Kind.TEXT if raw.startswith("&") and reads != raw else Kind.OTHER, plain=reads)

    def refuse(*_: object) -> None:
        raise DocumentError(
            "the XML declares entities, which may be a trap",
            where=where,
            remedy="Remove the declarations <!ENTITY ...> from the document.",
        )

    def other(*_: object) -> None:
        note(Kind.OTHER)

    section: list[str] | None = None

    def text_of(plain: str) -> None:
        if section is None:
            note(Kind.TEXT, plain=plain)
        else:
            section.append(plain)

    def cdata() -> None:
        nonlocal section
        section = []
        note(Kind.TEXT)

    def cdata_end() -> None:
        # A section is one event, brackets and all: its text must be written in another way outside them.
        nonlocal section
        kind, at, name, _ = noted.pop() if noted else last
        noted.append((kind, at, name, "".join(section or ())))
        section = None

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = text_of
    parser.EntityDeclHandler = refuse
    parser.DefaultHandler = default
    parser.CommentHandler = parser.ProcessingInstructionHandler = parser.XmlDeclHandler = other
    parser.StartCdataSectionHandler, parser.EndCdataSectionHandler = cdata, cdata_end
    last = (Kind.OTHER, 0, "", "")
    for at in range(0, len(data) + 1, _CHUNK):
        try:
            parser.Parse(data[at : at + _CHUNK], at + _CHUNK > len(data))
        except expat.ExpatError as error:
            raise DocumentError(
                f"not well-formed XML: {expat.ErrorString(error.code)}",
                where=f"{where}:{error.lineno}",
                remedy="Mend the document, or save it again with the program that made it.",
            ) from error
        for one in noted:
            yield from _event(last, data[last[1] : one[1]].decode("utf-8"))
            last = one
        noted.clear()
    yield from _event(last, data[last[1] :].decode("utf-8"))


def _event(one: tuple[Kind, int, str, str], raw: str) -> Iterator[Event]:
    """Yield an event with its raw text; the end of an empty tag has none."""
    kind, _, name, plain = one
    if raw:
        yield Event(Kind.EMPTY if kind is Kind.START and raw.endswith("/>") else kind, raw, name, plain)


def _canonical(name: str) -> str:
    uri, _, local = name.rpartition(" ")
    if not uri:
        return local
    prefix = NAMESPACES.get(uri, "?")
    return f"{prefix}:{local}" if prefix else local
