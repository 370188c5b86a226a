"""Plain text without the marks of a wire: paragraphs, and a headline where the first line reads like one."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

from translate.documents.encoding import decode, normal
from translate.documents.formats import Settings, Source, rebuild_text
from translate.documents.layout import Line, Splitter, logical_lines, pieces
from translate.documents.model import Block, Document, Role

# A heading in French news copy: seldom over 140 characters (AFP's limit for a "titre" is far below that).
HEADING_LIMIT = 140
_SENTENCE_ENDS = (".", "…", ":", ";", ",")
_CLOSERS = "\"”»’')] \u00a0\u202f"


def reads_like_heading(line: str, limit: int = HEADING_LIMIT) -> bool:
    """Say whether a line looks like a heading: short, and not ended like a sentence.

    >>> reads_like_heading('Situation "déchirante"'), reads_like_heading("Il a plu.")
    (True, False)
    """
    return len(line) <= limit and not line.rstrip(_CLOSERS).endswith(_SENTENCE_ENDS)


class TextFormat:
    """Read plain text as paragraphs."""

    name = "text"
    suffixes = (".txt",)
    defaults: Settings = MappingProxyType({})

    def score(self, data: bytes, language: str) -> float:
        """Take any text, but leave it to a format that knows its marks."""
        del language
        decode(data, "")
        return 0.1

    def read(self, data: bytes, source: Source) -> Document:
        """Read paragraphs; hard-wrapped lines are joined."""
        text, encoding = decode(data, source.where)
        lines = list(logical_lines(text))
        blocks = tuple(self._blocks(text, lines, source.split))
        tail = text[lines[-1].end :] if lines else text
        return source.document(self.name, encoding, blocks, tail)

    def rebuild(self, document: Document) -> bytes:
        """Write the source again, byte for byte."""
        return rebuild_text(document)

    def _blocks(self, text: str, lines: list[Line], split: Splitter | None) -> Iterator[Block]:
        at, heading = 0, ""
        for index, line in enumerate(lines):
            content = normal(text[line.start : line.end])
            role = Role.PARAGRAPH
            if index == 0 and len(lines) > 1 and reads_like_heading(content):
                role = Role.HEADLINE
            yield Block(role, text[at : line.start], pieces(text, line, role, split), heading=heading)
            heading = content if role is Role.HEADLINE else heading
            at = line.end
