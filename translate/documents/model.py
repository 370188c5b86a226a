"""The model of a document: blocks in order, each with a role, each made of segments and literals.

Joining every gap and every piece gives back the text of the source; nothing else is needed to rebuild it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
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

    `text` is what the catalog holds: NFC, white space reduced to single spaces. `raw` is what the source holds.
    `line` counts from 1.
    """

    text: str
    raw: str
    role: Role
    line: int


@dataclass(frozen=True, slots=True)
class Literal:
    """Text that is kept, formatted or replaced by a fixed label, never translated by an engine."""

    raw: str
    kind: Kind = Kind.SPACE
    moment: Moment | None = None


Piece = Segment | Literal


@dataclass(frozen=True, slots=True)
class Block:
    """A line or paragraph with one role; `gap` is the source's text between it and the block before."""

    role: Role
    gap: str
    pieces: tuple[Piece, ...]
    story: int = 1
    heading: str = ""

    @property
    def segments(self) -> Iterator[Segment]:
        """Yield the segments of the block in order."""
        return (piece for piece in self.pieces if isinstance(piece, Segment))


@dataclass(frozen=True, slots=True)
class Encoding:
    """How the bytes of a text file become text: a Python codec and the byte order mark before it."""

    codec: str = "utf-8"
    bom: bytes = b""


@dataclass(frozen=True, slots=True)
class Document:
    """A source document, read; `name` is its path below the source folder without the suffix."""

    name: str
    path: Path
    format: str
    language: str
    encoding: Encoding
    blocks: tuple[Block, ...]
    tail: str = ""

    @property
    def segments(self) -> Iterator[Segment]:
        """Yield every segment in reading order."""
        return (segment for block in self.blocks for segment in block.segments)
