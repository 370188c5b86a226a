"""Plain text to logical lines, and logical lines to pieces; shared by the formats that read plain text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from translate.documents.encoding import composed, normal
from translate.documents.model import Kind, Literal, Moment, Piece, Role, Segment

#: Find the sentences of a text: offsets of each, white space between them left out.
Splitter = Callable[[str], list[tuple[int, int]]]

_LINE = re.compile(r"[^\r\n]+")
_BLANK_BETWEEN = re.compile(r"(?:\r\n|\r|\n)[^\S\r\n]*(?:\r\n|\r|\n)")
_BULLET = re.compile(r"[-–—*•]\s|\d{1,2}[.)]\s")
# Hard-wrapped copy is set to at most this many columns; a longer line is a paragraph of its own.
_WRAP_COLUMNS = 100


@dataclass(frozen=True, slots=True)
class Line:
    """A logical line: `[start, end)` in the text, white space around it left out; `number` counts from 1."""

    start: int
    end: int
    number: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a line that is a literal."""

    start: int
    end: int
    kind: Kind
    moment: Moment | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a line whose segments have a role of their own."""

    start: int
    end: int
    role: Role


def logical_lines(text: str) -> Iterator[Line]:
    r"""Yield the lines of a text, those that a sender broke at a fixed width joined again.

    >>> [text[line.start:line.end] for text in ["Un\n\nDeux\r\n"] for line in logical_lines(text)]
    ['Un', 'Deux']
    """
    group: list[Line] = []
    number, seen = 1, 0
    for match in _LINE.finditer(text):
        if not match.group().strip():
            continue
        start = match.start() + len(match.group()) - len(match.group().lstrip())
        end = match.start() + len(match.group().rstrip())
        number += _line_ends(text, seen, start)
        seen = start
        if group and _BLANK_BETWEEN.search(text, group[-1].end, start):
            yield from _unwrapped(text, group)
            group = []
        group.append(Line(start, end, number))
    yield from _unwrapped(text, group)


def pieces(
    text: str, line: Line, role: Role, split: Splitter | None, marks: Sequence[Mark | Part] = ()
) -> tuple[Piece, ...]:
    """Cut a line into literals (its marks, the white space) and segments (all the rest).

    `marks` are in order and do not overlap. `split` is None when a paragraph is one segment.
    """
    made: list[Piece] = []
    at = line.start
    for mark in marks:
        made += _segments(text, at, mark.start, role, split, line)
        if isinstance(mark, Part):
            made += _segments(text, mark.start, mark.end, mark.role, None, line)
        else:
            made.append(Literal(text[mark.start : mark.end], mark.kind, mark.moment))
        at = mark.end
    made += _segments(text, at, line.end, role, split, line)
    return tuple(made)


def _segments(text: str, start: int, end: int, role: Role, split: Splitter | None, line: Line) -> Iterator[Piece]:
    """Yield the segments of `[start, end)` and the white space around and between them."""
    raw = text[start:end]
    plain, offsets = composed(raw)
    at = 0
    for span in split(plain) if split else _whole(plain):
        first, last = span if offsets is None else (offsets[span[0]], offsets[span[1]])
        if first > at:
            yield Literal(raw[at:first])
        sentence = raw[first:last]
        if normal(sentence):
            yield Segment(normal(sentence), sentence, role, line.number + _line_ends(text, line.start, start + first))
        else:
            yield Literal(sentence)
        at = last
    if at < len(raw):
        yield Literal(raw[at:])


def _whole(text: str) -> list[tuple[int, int]]:
    """Return the one span of a text that is not cut."""
    stripped = text.strip()
    start = text.find(stripped)
    return [(start, start + len(stripped))] if stripped else []


def _line_ends(text: str, start: int, end: int) -> int:
    """Count the line ends in `[start, end)`; CR LF is one."""
    return text.count("\n", start, end) + text.count("\r", start, end) - text.count("\r\n", start, end)


def _unwrapped(text: str, group: Sequence[Line]) -> Iterator[Line]:
    """Join the lines of a group that end only because the next word did not fit."""
    width = max((line.end - line.start for line in group), default=0)
    joined: Line | None = None
    for line in group:
        if joined is None:
            joined = line
        elif width <= _WRAP_COLUMNS and _continues(text, joined, line, width):
            joined = Line(joined.start, line.end, joined.number)
        else:
            yield joined
            joined = line
    if joined is not None:
        yield joined


def _continues(text: str, joined: Line, line: Line, width: int) -> bool:
    """Say whether `line` was split off only because its first word did not fit into `width` columns."""
    if _BULLET.match(text, line.start) or text[joined.end - 1] == "]":
        # A bullet begins a line, and a credit in brackets ends one.
        return False
    last = max(text.rfind("\n", joined.start, joined.end), text.rfind("\r", joined.start, joined.end)) + 1
    used = joined.end - max(last, joined.start)
    first_word = len(text[line.start : line.end].split(maxsplit=1)[0])
    return used + 1 + first_word > width
