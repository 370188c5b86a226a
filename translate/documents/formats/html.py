"""HTML pages: their own markup, other words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from translate.documents import json_strings
from translate.documents.elements import Dialect, Reader, write
from translate.documents.encoding import decode_declared
from translate.documents.formats import Source, TextFile
from translate.documents.html_markup import html_events
from translate.documents.markup import escaped
from translate.documents.model import Block, Document, Encoding, Kind, Literal, Piece, Role
from translate.documents.rewrite import Wording, Writer

_INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "label",
        "mark",
        "meter",
        "output",
        "progress",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "img",
        "input",
        "picture",
        "source",
    ]
)
_OPAQUE = frozenset(["audio", "canvas", "code", "kbd", "math", "object", "svg", "video"])
_KEPT = frozenset(["iframe", "noframes", "pre", "script", "style", "template", "textarea", "xmp"])
_ROLES: Mapping[str, Role | None] = {
    "title": Role.TITLE,
    "h1": Role.HEADLINE,
    **dict.fromkeys(("h2", "h3", "h4", "h5", "h6"), Role.CROSSHEAD),
    "blockquote": Role.QUOTATION,
    "figcaption": Role.CAPTION,
    "caption": Role.CAPTION,
    **dict.fromkeys(("li", "dt", "dd", "option"), Role.ITEM),
    **dict.fromkeys(("td", "th"), Role.CELL),
}
_META = {
    **dict.fromkeys(("description", "og:description", "twitter:description", "dc.description"), Role.DESCRIPTION),
    **dict.fromkeys(("og:title", "twitter:title", "dc.title", "apple-mobile-web-app-title"), Role.TITLE),
    **dict.fromkeys(("og:image:alt", "twitter:image:alt"), Role.ALTERNATIVE),
    **dict.fromkeys(("keywords", "news_keywords"), Role.KEYWORD),
}
_LANGUAGE_META = frozenset({"og:locale", "content-language", "dc.language"})
_ATTRIBUTES = {
    "alt": Role.ALTERNATIVE,
    "title": Role.TITLE,
    "aria-label": Role.TITLE,
    "aria-description": Role.TITLE,
    "placeholder": Role.TITLE,
    "summary": Role.TITLE,
}
_LINKED_DATA = {
    **dict.fromkeys(("headline", "alternativeHeadline"), Role.HEADLINE),
    **dict.fromkeys(("description", "abstract"), Role.DESCRIPTION),
    "caption": Role.CAPTION,
    "articleBody": Role.PARAGRAPH,
}
_LOOKS = re.compile(rb"<(?:!doctype\s+html|html|head|body|article|div|p|h1|section|main|table)\b", re.IGNORECASE)
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w:.-]+)""", re.IGNORECASE)


def meaning(element: str, name: str, values: Mapping[str, str]) -> Role | Kind | None:
    """Tell what an attribute of HTML holds."""
    if name == "lang" or (name == "xml:lang"):
        return Kind.LANGUAGE
    if element == "meta":
        said = next(
            (values[key].lower() for key in ("name", "property", "http-equiv", "itemprop") if key in values), ""
        )
        if name == "content" and said in _LANGUAGE_META:
            return Kind.LANGUAGE
        return _META.get(said) if name == "content" else None
    if name == "value":
        shown = values.get("type", "").lower() in ("button", "submit", "reset") and element == "input"
        return Role.TITLE if shown else None
    return _ATTRIBUTES.get(name)


def keeps(_: str, values: Mapping[str, str]) -> bool:
    """Say whether the page asks to leave an element alone."""
    return values.get("translate", "").lower() == "no" or "notranslate" in values.get("class", "").split()


def holding(element: str, values: Mapping[str, str], body: str) -> tuple[Piece, ...] | None:
    """Read the linked data of a page."""
    if element == "script" and values.get("type", "").lower() == "application/ld+json":
        return json_strings.pieces(body, lambda path: _LINKED_DATA.get(path[-1]) if path else None)
    return None


DIALECT = Dialect(
    roles=_ROLES,
    inline=_INLINE,
    breaks=frozenset({"br", "wbr"}),
    kept=_KEPT,
    opaque=_OPAQUE,
    default=Role.PARAGRAPH,
    notice="body",
    meaning=meaning,
    keeps=keeps,
    holding=holding,
)


def decoded(data: bytes, where: str) -> tuple[str, Encoding]:
    """Return a page as text, in the encoding that it says it has; what that has no sign for is a reference."""
    declared = _CHARSET.search(data[:4096])
    text, encoding = decode_declared(data, where, declared[1].decode() if declared else "")
    return text, replace(encoding, references=True)


class HtmlFormat(TextFile):
    """Read HTML."""

    name = "html"
    suffixes = (".html", ".htm", ".xhtml")

    def score(self, data: bytes, language: str) -> float:
        """Look for the tags a page begins with."""
        del language
        return 0.9 if _LOOKS.search(data[:4096].replace(b"\0", b"")) else 0.0

    def read(self, data: bytes, source: Source) -> Document:
        """Read the prose of a page, and what its attributes and its metadata say."""
        text, encoding = decoded(data, source.where)
        reader = Reader(DIALECT, source.language, source.split)
        blocks = tuple(reader.blocks(html_events(text)))
        if not reader.noticed:
            blocks = (Block(Role.STATUS, "", (Literal("", Kind.NOTICE),)), *blocks)
        return source.document(self.name, encoding, blocks, "".join(reader.gap))

    def writer(self, _: Document, wording: Wording) -> Writer:
        """Return what writes an edition."""
        return HtmlWriter(wording)


class HtmlWriter:
    """Write text, languages and notices in HTML."""

    def __init__(self, wording: Wording) -> None:
        """Keep what the edition says."""
        self._wording = wording

    def text(self, text: str, context: str) -> str:
        """Write text between tags, in an attribute, or in linked data."""
        return json_strings.write(text, context) if context == json_strings.CONTEXT else write(text, context)

    def literal(self, literal: Literal) -> str:
        """Write the language, or the notices as a paragraph that is not translated again."""
        if literal.kind is Kind.LANGUAGE:
            return self._wording.full_language.replace("-", "_") if "_" in literal.raw else self._wording.language
        return "".join(
            f'<p class="translation-notice" role="note" translate="no">{escaped(notice)}</p>'
            for notice in self._wording.notices
        )
