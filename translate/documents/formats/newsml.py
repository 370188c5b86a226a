"""NewsML-G2: the metadata and the inline content of a news item; a translation is an item of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from html import unescape

from translate.documents import elements, nested
from translate.documents.archive import decode_xml
from translate.documents.elements import Dialect, Meaning, Reader
from translate.documents.formats import Source, TextFile, html, nitf
from translate.documents.html_markup import html_events
from translate.documents.markup import escaped, xml_events
from translate.documents.model import Block, Document, Kind, Literal, Piece, Role
from translate.documents.rewrite import Wording, Writer
from translate.errors import DocumentError
from translate.language import same_language

_NAMESPACE = "http://iptc.org/std/nar/2006-10-01/"
_LOOKS = re.compile(rb"<(?:[\w.-]+:)?(?:newsItem|packageItem|newsMessage)[\s>]")
# Names of things keep the language they are in; what is listed here is the story's own text.
_SOURCE = Literal("", Kind.SOURCE)
_ITEMS = frozenset({"nar:newsItem", "nar:packageItem"})
_STORY = _ITEMS | {"nar:contentMeta", "nar:inlineXML", "nar:inlineData"}


def _meaning(element: str, name: str, values: Mapping[str, str]) -> Meaning:
    if element in _ITEMS and name == "guid":
        return Kind.IDENTITY
    if element == "nar:language" and name == "tag":
        return Kind.LANGUAGE
    if not element.startswith("nar:"):
        held = nitf.meaning(element, name, values) or html.meaning(element, name, values)
        # The item has the identity; what is in it has none of its own.
        return None if held is Kind.IDENTITY else held
    return Kind.LANGUAGE if name == "xml:lang" and (element in _STORY or element in _ROLES) else None


_DATA = "nar:inlineData"
_HTML = frozenset({"text/html", "application/xhtml+xml"})
_SECTION = re.compile(r"(\s*<!\[CDATA\[)((?:(?!]]>).)*)(]]>\s*)", re.DOTALL)
_SIGN = re.compile(r"&[#\w]+;|.", re.DOTALL)
_ESCAPED = nested.Outer("xml>", escaped)
_SECTIONED = nested.Outer("section>", str)
_ROLES: Mapping[str, Meaning] = {
    "nar:headline": Role.HEADLINE,
    "nar:slugline": Role.KEYWORD,
    "nar:keyword": Role.KEYWORD,
    "nar:by": Role.BYLINE,
    "nar:dateline": Role.DATELINE,
    "nar:description": Role.DESCRIPTION,
    "nar:title": Role.TITLE,
    "nar:inlineData": Role.PARAGRAPH,
}
_DIALECT = Dialect(
    roles={**nitf.prefixed(nitf.ROLES, "nitf"), **html.DIALECT.roles, "body": Role.PARAGRAPH, **_ROLES},
    inline=nitf.both(nitf.INLINE, "nitf")
    | html.DIALECT.inline
    | {"nar:inline", "nar:ruby", "nar:rb", "nar:rt", "nar:rp"},
    breaks=frozenset({"br", "nitf:br", "nar:br"}),
    kept=nitf.both(nitf.KEPT, "nitf") | html.DIALECT.kept | {"nar:rightsInfo"},
    opaque=html.DIALECT.opaque,
    notice="nar:itemMeta",
    notice_in=_ITEMS,
    # The schema has an order: an editor's note, these, then links.
    notice_before=frozenset(
        [
            "nar:memberOf",
            "nar:instanceOf",
            "nar:signal",
            "nar:altRep",
            "nar:deliverableOf",
            "nar:hash",
            "nar:expires",
            "nar:origRep",
            "nar:incomingFeedId",
            "nar:metadataCreator",
            "nar:link",
            "nar:itemMetaExtProperty",
        ]
    ),
    source_before=frozenset({"nar:link", "nar:itemMetaExtProperty"}),
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
        dialect = replace(_DIALECT, keeps=partial(_keeps, source.language), holding=partial(_holding, source))
        reader = Reader(dialect, source.language, source.split, noticed=True)
        blocks = tuple(_named(reader.blocks(xml_events(text, source.where))))
        return source.document(self.name, encoding, blocks, "".join(reader.gap))

    def writer(self, _: Document, wording: Wording) -> Writer:
        """Return what writes an edition."""
        return _Writer(wording)


def _keeps(language: str, element: str, values: Mapping[str, str]) -> bool:
    """Say whether an element is left alone: metadata in another language, data, what a page says so of."""
    if element == _DATA:
        return not _type(values).startswith("text/") or _type(values) in _HTML or "encoding" in values
    if element in _ROLES:
        return not same_language(values.get("xml:lang", language), language)
    return html.keeps(element, values)


def _type(values: Mapping[str, str]) -> str:
    return values.get("contenttype", "text/plain").split(";")[0].strip().lower()


def _holding(source: Source, element: str, values: Mapping[str, str], body: str) -> tuple[Piece, ...] | None:
    """Read a page that is escaped."""
    if element != _DATA or _type(values) not in _HTML or "encoding" in values:
        return None
    section = _SECTION.fullmatch(body)
    if not section and "<" in body:
        raise DocumentError(
            "a page in inlineData is partly in a CDATA section",
            where=source.where,
            remedy="Put all of it in one section, or escape all of it.",
        )
    before, inner, after = section.groups() if section else ("", body, "")
    signs = list(inner) if section else _SIGN.findall(inner)
    page = inner if section else "".join(map(unescape, signs))
    reader = Reader(html.DIALECT, source.language, source.split, noticed=True)
    blocks = list(nested.within(reader.blocks(html_events(page)), signs, _SECTIONED if section else _ESCAPED))
    tail = "".join(signs[len(signs) - len("".join(reader.gap)) :])
    made = [part for block in blocks for part in (Literal(block.gap), *block.pieces)]
    return (Literal(before), *made, Literal(tail + after)) if blocks else None


def _named(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks, each place of a source's name with the identity of its item."""
    identity = ""
    for block in blocks:
        for piece in block.pieces:
            if isinstance(piece, Literal) and piece.kind is Kind.IDENTITY:
                identity = piece.raw
        if block.pieces == (_SOURCE,):
            block, identity = replace(block, pieces=(replace(_SOURCE, shown=identity),)), ""
        yield block


class _Writer(elements.MarkupWriter):
    """Write as in markup, and the identity of an item and its link to its source."""

    def text(self, text: str, context: str) -> str:
        for outer in (_SECTIONED, _ESCAPED):
            if context.startswith(outer.context):
                return outer.write(html.HtmlWriter(self.wording).text(text, context.removeprefix(outer.context)))
        return elements.MarkupWriter.text(self, text, context)

    def literal(self, literal: Literal) -> str:
        match literal.kind:
            case Kind.LANGUAGE:
                return self.wording.language
            case Kind.IDENTITY:
                return f"{literal.raw}:{self.wording.language}"
            case Kind.SOURCE if literal.shown:
                # The value is written as it stands in the source: it is escaped already.
                quote = "'" if '"' in literal.shown else '"'
                residref = f"{quote}{literal.shown}{quote}"
                return f'<link xmlns="{_NAMESPACE}" rel="irel:translatedFrom" residref={residref}/>'
            case Kind.SOURCE:
                return ""
        return "".join(f'<edNote xmlns="{_NAMESPACE}">{escaped(one)}</edNote>' for one in self.wording.notices)
