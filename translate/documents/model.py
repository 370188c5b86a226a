"""The model of a document: blocks in order, each with a role, each made of segments and literals.

Joining every gap and every piece gives back the text of the source; nothing else is needed to rebuild it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path


class Role(StrEnum):
    """What a block is in the story."""

    STATUS = "status"
    HEADLINE = "headline"
    BYLINE = "byline"
    DATELINE = "dateline"
    CAPTION = "caption"
    ALTERNATIVE = "alternative"
    LEAD = "lead"
    PARAGRAPH = "paragraph"
    CROSSHEAD = "crosshead"
    QUOTATION = "quotation"
    RELATED = "related"
    AGENCY = "agency"
    ITEM = "item"
    CELL = "cell"
    NOTE = "note"
    TITLE = "title"
    DESCRIPTION = "description"
    KEYWORD = "keyword"
    CUE = "cue"


#: Roles whose text is written as a heading: no full stop, a translation of its own.
HEADINGS = frozenset({Role.HEADLINE, Role.CROSSHEAD})


class Kind(StrEnum):
    """What a literal is: text that no engine sees."""

    SPACE = "space"
    CREDIT = "credit"
    NAME = "name"
    DATE = "date"
    PUBLISHED = "published"
    MODIFIED = "modified"
    READ_ALSO = "read_also"
    SEE_ALSO = "see_also"
    BY = "by"
    WITH = "with"
    CODE = "code"
    NOTICE = "notice"
    LANGUAGE = "language"
    TERRITORY = "territory"
    IDENTITY = "identity"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Moment:
    """A date, a time of day, or both, as a status line or a dateline gives them.

    Without `year`, only the day and the month of `date` were given.
    """

    date: dt.date | None = None
    time: dt.time | None = None
    year: bool = True


@dataclass(frozen=True, slots=True)
class Segment:
    """A unit of translation.

    `text` is what the catalog holds: NFC, white space reduced to single spaces, inline codes as numbered tags.
    `raw` is what the source holds. `line` counts from 1. `codes` are the inline codes by number, from 1. `context` says
    how the format writes text at this place (as an attribute, say). `limit` is the length the place allows, 0 for any.
    """

    text: str
    raw: str
    role: Role
    line: int
    codes: tuple[Code, ...] = ()
    context: str = ""
    limit: int = 0


@dataclass(frozen=True, slots=True)
class Literal:
    """Text that is kept, formatted or replaced by a fixed label, never translated by an engine.

    `shown` is what stands there once a text of the block has changed, where that is not `raw`.
    """

    raw: str
    kind: Kind = Kind.SPACE
    moment: Moment | None = None
    shown: str | None = None


Piece = Segment | Literal


@dataclass(frozen=True, slots=True)
class Code:
    """An inline code: markup inside a segment. `close` is None where it stands alone.

    Its markup may hold text of its own: the alternative text of a picture, say.
    """

    open: tuple[Piece, ...]
    close: tuple[Piece, ...] | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A line or paragraph with one role; `gap` is the source's text between it and the block before."""

    role: Role
    gap: str
    pieces: tuple[Piece, ...]
    story: int = 1
    heading: str = ""
    part: str = ""

    @property
    def segments(self) -> Iterator[Segment]:
        """Yield the segments of the block in order, those inside inline codes after the one that holds the code."""
        return _segments(self.pieces)


def _segments(pieces: Iterable[Piece]) -> Iterator[Segment]:
    for piece in pieces:
        if isinstance(piece, Segment):
            yield piece
            for code in piece.codes:
                yield from _segments((*code.open, *(code.close or ())))


@dataclass(frozen=True, slots=True)
class Encoding:
    """How the bytes of a text file become text: a Python codec and the byte order mark before it.

    `references` says that the file can hold signs outside its encoding, as numeric character references.
    """

    codec: str = "utf-8"
    bom: bytes = b""
    references: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A file inside a document that is an archive: what follows its last block, and its encoding."""

    name: str
    tail: str
    encoding: Encoding


@dataclass(frozen=True, slots=True)
class Document:
    """A source document, read; `name` is its path below the source folder without the suffix.

    A document that is an archive has `parts`, and each of its blocks names one; `archive` is the whole file.
    """

    name: str
    path: Path
    format: str
    language: str
    encoding: Encoding
    blocks: tuple[Block, ...]
    tail: str = ""
    parts: tuple[Part, ...] = ()
    archive: bytes = field(default=b"", repr=False)

    @property
    def segments(self) -> Iterator[Segment]:
        """Yield every segment in reading order."""
        return (segment for block in self.blocks for segment in block.segments)
