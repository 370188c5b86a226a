"""Markdown (CommonMark, GFM tables, footnotes, front matter): its own source, other words.

pulldown-cmark (through pyromark) tells the byte range of every event, so that only the words are touched.
"""

from __future__ import annotations

import json
import re
from types import MappingProxyType

from translate.documents.encoding import decode
from translate.documents.formats import Settings, Source, TextFile, html
from translate.documents.formats.markdown_reader import CELL, FRONT, TEXT, TITLE, Reader
from translate.documents.model import Document, Kind, Literal
from translate.documents.rewrite import Wording, Writer

_SIGNS = re.compile(r"[\\`*\[\]<]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)|~(?=~)|(?<=~)~")
_FIRST = re.compile(r"(?P<figures>\d{1,9})(?=[.)](?:\s|\Z))|(?=#{1,6}(?:\s|\Z)|[-+](?:\s|\Z)|>|=+\Z|:\s)")


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


class _Writer:
    """Write text, languages and notices in Markdown."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording
        self._html = html.HtmlWriter(wording)

    def text(self, text: str, context: str) -> str:
        """Write text so that no sign of it is markup."""
        if context == FRONT:
            return json.dumps(text, ensure_ascii=False)
        if context == TITLE:
            return re.sub(r"""([\\"'()|])""", r"\\\1", text)
        if context not in (TEXT, CELL):
            return self._html.text(text, context)
        written = _SIGNS.sub(r"\\\g<0>", text)
        written = (
            _FIRST.sub(lambda match: (match["figures"] or "") + "\\", written, count=1)
            if _FIRST.match(written)
            else written
        )
        return written.replace("|", r"\|") if context == CELL else written

    def literal(self, literal: Literal) -> str:
        """Write the language, or the notices as a quotation."""
        if literal.kind is Kind.NOTICE:
            return "".join(f"> {self.text(notice, TEXT)}\n\n" for notice in self._wording.notices)
        return self._html.literal(literal)
