"""NewsML-G2: the metadata and the inline content of a news item; a translation is an item of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from translate.documents import elements
from translate.documents.archive import decode_xml
from translate.documents.elements import Dialect, Meaning, Reader
from translate.documents.formats import Source, TextFile, html, nitf
from translate.documents.markup import escaped, xml_events
from translate.documents.model import Document, Kind, Literal, Role
from translate.documents.rewrite import Wording, Writer

_NAMESPACE = "http://iptc.org/std/nar/2006-10-01/"
_LOOKS = re.compile(rb"<(?:\w+:)?(?:newsItem|newsMessage)[\s>]")
# Names of things keep the language they are in; what is listed here is the story's own text.
_STORY = frozenset({"nar:newsItem", "nar:contentMeta", "nar:inlineXML", "nar:inlineData"})


def _meaning(element: str, name: str, values: Mapping[str, str]) -> Meaning:
    if element == "nar:newsItem" and name == "guid":
        return Kind.IDENTITY
    if element == "nar:language" and name == "tag":
        return Kind.LANGUAGE
    if not element.startswith("nar:"):
        return nitf.meaning(element, name, values) or html.meaning(element, name, values)
    return Kind.LANGUAGE if name == "xml:lang" and (element in _STORY or element in _ROLES) else None


_ROLES: Mapping[str, Meaning] = {
    "nar:headline": Role.HEADLINE,
    "nar:slugline": Role.KEYWORD,
    "nar:by": Role.BYLINE,
    "nar:dateline": Role.DATELINE,
    "nar:description": Role.DESCRIPTION,
    "nar:title": Role.TITLE,
    "nar:inlineData": Role.PARAGRAPH,
}
_DIALECT = Dialect(
    roles={**nitf.prefixed(nitf.ROLES, "nitf"), **html.DIALECT.roles, "body": Role.PARAGRAPH, **_ROLES},
    inline=nitf.both(nitf.INLINE, "nitf") | html.DIALECT.inline | {"nar:inline", "nar:ruby"},
    breaks=frozenset({"br", "nitf:br", "nar:br"}),
    kept=nitf.both(nitf.KEPT, "nitf") | html.DIALECT.kept | {"nar:rightsInfo"},
    opaque=html.DIALECT.opaque,
    notice="nar:itemMeta",
    notice_before=frozenset({"nar:link", "nar:itemMetaExtProperty"}),
    each=True,
    meaning=_meaning,
)


class NewsmlFormat(TextFile):
    """Read NewsML-G2."""

    name = "newsml"
    suffixes = (".xml", ".newsml", ".g2")

    def score(self, data: bytes, language: str) -> float:
        """Look for a news item and its namespace."""
        del language
        head = data[:8192].replace(b"\0", b"")
        return 0.95 if _LOOKS.search(head) and _NAMESPACE.encode() in head else 0.0

    def read(self, data: bytes, source: Source) -> Document:
        """Read headline, slugline, by-line, date line, description, and content in NITF, XHTML or plain text."""
        text, encoding = decode_xml(data, source.where)
        reader = Reader(_DIALECT, source.language, source.split, noticed=True)
        blocks = tuple(reader.blocks(xml_events(text, source.where)))
        return source.document(self.name, encoding, blocks, "".join(reader.gap))

    def writer(self, document: Document, wording: Wording) -> Writer:
        """Return what writes an edition."""
        pieces = (piece for block in document.blocks for piece in block.pieces if isinstance(piece, Literal))
        identities = [piece.raw for piece in pieces if piece.kind is Kind.IDENTITY]
        return _Writer(wording, iter(identities))


@dataclass(frozen=True, slots=True)
class _Writer(elements.MarkupWriter):
    identities: Iterator[str]

    def literal(self, literal: Literal) -> str:
        if literal.kind is Kind.LANGUAGE:
            return self.wording.language
        if literal.kind is Kind.IDENTITY:
            return f"{literal.raw}:{self.wording.language}"
        source = next(self.identities, "")
        notes = "".join(f'<edNote xmlns="{_NAMESPACE}">{escaped(one)}</edNote>' for one in self.wording.notices)
        # The value is written as it stands in the source: it is escaped already.
        return f'{notes}<link xmlns="{_NAMESPACE}" rel="irel:translatedFrom" residref="{source}"/>'
