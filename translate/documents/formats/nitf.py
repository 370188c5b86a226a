"""NITF, the IPTC's markup for news text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from translate.documents import elements
from translate.documents.archive import decode_xml
from translate.documents.elements import Dialect, Meaning, Reader
from translate.documents.formats import Source, TextFile
from translate.documents.markup import escaped, xml_events
from translate.documents.model import Document, Kind, Literal, Role
from translate.documents.rewrite import Wording, Writer, original

_LOOKS = re.compile(rb"<(?:[\w.-]+:)?nitf[\s>]")


def meaning(element: str, name: str, _: Mapping[str, str]) -> Meaning:
    """Tell what an attribute of NITF holds."""
    if name == "xml:lang" or (name == "baselang" and element.removeprefix("nitf:") == "nitf"):
        return Kind.LANGUAGE
    if name == "id-string" and element.removeprefix("nitf:") == "doc-id":
        return Kind.IDENTITY
    return Role.ALTERNATIVE if name == "alternate-text" else None


ROLES: Mapping[str, Meaning] = {
    "title": Role.TITLE,
    "hl1": Role.HEADLINE,
    "hl2": Role.CROSSHEAD,
    "p": Role.PARAGRAPH,
    "abstract": Role.LEAD,
    "byline": Role.BYLINE,
    "dateline": Role.DATELINE,
    "media-caption": Role.CAPTION,
    "bq": Role.QUOTATION,
    "li": Role.ITEM,
    "dt": Role.ITEM,
    "dd": Role.ITEM,
    "td": Role.CELL,
    "th": Role.CELL,
    "caption": Role.CAPTION,
    "tagline": Role.AGENCY,
    "datasource": Role.PARAGRAPH,
    "nitf-table-summary": Role.CAPTION,
    "fn": Role.NOTE,
    # Their attributes say something, the text in them is not for readers.
    "docdata": None,
    "media-reference": None,
}
INLINE = frozenset(
    [
        "a",
        "addressee",
        "alt-code",
        "care.of",
        "chron",
        "city",
        "classifier",
        "copyrite",
        "copyrite.holder",
        "copyrite.year",
        "country",
        "delivery.address",
        "delivery.office",
        "delivery.point",
        "denom",
        "em",
        "event",
        "frac",
        "frac-sep",
        "function",
        "lang",
        "location",
        "money",
        "name.family",
        "name.given",
        "num",
        "numer",
        "object.title",
        "org",
        "person",
        "postaddr",
        "postcode",
        "pronounce",
        "q",
        "rb",
        "region",
        "rp",
        "rt",
        "ruby",
        "state",
        "story.date",
        "sub",
        "sublocation",
        "sup",
        "virtloc",
    ]
)
KEPT = frozenset({"pre", "media-object", "media-metadata", "distributor"})


def prefixed(names: Mapping[str, Meaning], prefix: str) -> dict[str, Meaning]:
    """Return names without and with a prefix: NITF stands with and without its namespace."""
    return {**names, **{f"{prefix}:{name}": meaning for name, meaning in names.items()}}


def both(names: frozenset[str], prefix: str) -> frozenset[str]:
    """Return names without and with a prefix."""
    return names | {f"{prefix}:{name}" for name in names}


DIALECT = Dialect(
    roles=prefixed(ROLES, "nitf"),
    inline=both(INLINE, "nitf"),
    breaks=frozenset({"br", "nitf:br"}),
    kept=both(KEPT, "nitf"),
    meaning=meaning,
)
_NAMESPACE = "http://iptc.org/std/NITF/2006-10-18/"
_CONTENT = re.compile(r"<(?:[\w.-]+:)?body\.content(?:\s[^>]*)?(?<!/)>")


class NitfFormat(TextFile):
    """Read NITF."""

    name = "nitf"
    suffixes = (".xml", ".nitf")

    def score(self, data: bytes, language: str) -> float:
        """Look for the root element."""
        del language
        return 0.8 if _LOOKS.search(data[:4096].replace(b"\0", b"")) else 0.0

    def read(self, data: bytes, source: Source) -> Document:
        """Read headlines, by-line, date line, abstract, body and captions."""
        text, encoding = decode_xml(data, source.where)
        reader = Reader(_dialect(text), source.language, source.split)
        blocks = tuple(reader.blocks(xml_events(text, source.where)))
        return source.document(self.name, encoding, blocks, "".join(reader.gap))

    def writer(self, document: Document, wording: Wording) -> Writer:
        """Return what writes an edition."""
        return _Writer(wording, original(document.blocks, document.tail))


def _dialect(text: str) -> Dialect:
    """Return the dialect of a file: the notices begin its content, or become that where there is none."""
    prefix = "nitf:" if _NAMESPACE in text else ""
    if _CONTENT.search(text):
        return replace(DIALECT, notice=f"{prefix}body.content", notice_in=frozenset({f"{prefix}body"}))
    return replace(DIALECT, notice=f"{prefix}body", notice_before=frozenset({f"{prefix}body.end"}))


@dataclass(frozen=True, slots=True)
class _Writer(elements.MarkupWriter):
    """Write as in markup, and the notices as an editor's note in the content of the text."""

    source: str

    def literal(self, literal: Literal) -> str:
        if literal.kind is Kind.LANGUAGE:
            return self.wording.language
        if literal.kind is Kind.IDENTITY:
            return f"{literal.raw}:{self.wording.language}"
        if not self.wording.notices:
            return ""
        notices = "".join(f"<p>{escaped(one)}</p>" for one in self.wording.notices)
        named = f' xmlns="{_NAMESPACE}"' if _NAMESPACE in self.source else ""
        content = bool(_CONTENT.search(self.source))
        note = f'<note{named if content else ""} noteclass="editorsnote"><body.content>{notices}</body.content></note>'
        return note if content else f"<body.content{named}>{note}</body.content>"
