"""Markdown (CommonMark, GFM tables, footnotes, front matter): its own source, other words.

pulldown-cmark (through pyromark) tells the byte range of every event, so that only the words are touched.
"""

from __future__ import annotations

import json
import re
from types import MappingProxyType

from translate.documents import elements
from translate.documents.encoding import decode
from translate.documents.formats import Settings, Source, TextFile, front_matter, html
from translate.documents.formats.markdown_marks import fitted
from translate.documents.formats.markdown_reader import TEXT, TITLE, Reader
from translate.documents.model import Document, Kind, Literal, Segment
from translate.documents.rewrite import Wording, Writer

# A tilde after a slash is part of an address; number signs close a heading.
_SIGNS = re.compile(r"[\\`*\[\]<|]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)|(?<!/)~|(?<!\S)#(?=#*\Z)|\A\^")
_FIRST = re.compile(r"\s*(?:\d{1,9}(?=[.)](?:\s|\Z))|(?=#{1,6}(?:\s|\Z)|[-+](?:\s|\Z)|-+\s*\Z|>|=+\s*\Z|:\s))")
_IN_TITLE = re.compile(r"""[\\"'()|]|&(?=#?\w+;)""")


class MarkdownFormat(TextFile):
    """Read Markdown."""

    name = "markdown"
    suffixes = (".md", ".markdown")
    defaults: Settings = MappingProxyType({"front_matter": ("title", "subtitle", "description", "summary")})

    def score(self, data: bytes, language: str) -> float:
        """Take any text: every text is Markdown."""
        del language
        decode(data, "")
        return 0.2

    def read(self, data: bytes, source: Source) -> Document:
        """Read headings, paragraphs, items, cells, notes, and the chosen keys of the front matter."""
        text, encoding = decode(data, source.where)
        reader = Reader(
            text.encode(), source.language, source.split, frozenset(source.settings["front_matter"]), source.where
        )
        blocks = tuple(reader.blocks(text))
        return source.document(self.name, encoding, blocks, reader.rest())

    def writer(self, _: Document, wording: Wording) -> Writer:
        """Return what writes an edition."""
        return _Writer(wording)

    def fitted(self, segment: Segment, words: str) -> str:
        """Return a translation whose codes Markdown can write where they are."""
        return fitted(segment, words)


class _Writer:
    """Write text, languages and notices in Markdown."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording
        self._html = html.HtmlWriter(wording)

    def text(self, text: str, context: str) -> str:
        """Write text so that no sign of it is markup."""
        if context == front_matter.CONTEXT:
            return json.dumps(text, ensure_ascii=False)
        if context == TITLE:
            return _IN_TITLE.sub(r"\\\g<0>", text)
        if context != TEXT:
            # A table's cell ends at a bar, even inside a tag.
            written = self._html.text(text, context)
            return written.replace("|", "&#124;") if context == elements.ATTRIBUTE else written
        written = _SIGNS.sub(r"\\\g<0>", text)
        first = _FIRST.match(written)
        return f"{first.group()}\\{written[first.end() :]}" if first else written

    def literal(self, literal: Literal) -> str:
        """Write the language, or the notices as a quotation."""
        if literal.kind is Kind.NOTICE:
            said = "".join(f"> {self.text(notice, TEXT)}\n\n" for notice in self._wording.notices)
            return f"{literal.shown or ''}{said}" if said else ""
        return self._html.literal(literal)
