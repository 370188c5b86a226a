"""Plain text to logical lines, and logical lines to pieces; shared by the formats that read plain text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from translate.documents.encoding import composed, is_blank, normal
from translate.documents.model import Kind, Literal, Moment, Piece, Role, Segment

#: Find the sentences of a text: offsets of each, white space between them left out.
Splitter = Callable[[str], list[tuple[int, int]]]

#: Say whether a line ends before the next one even where that one's first word did not fit any more.
Breaks = Callable[[str, str], bool]

_LINE = re.compile(r"[^\r\n]+")
_BULLET = re.compile(r"[-–—*•]\s|\d{1,2}[.)]\s")
# Hard-wrapped copy is set to so many columns; a longer line is a paragraph of its own, shorter ones are a list.
_WRAP_COLUMNS = range(40, 101)


_SPACE = Literal(" ")


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


def logical_lines(text: str, breaks: Breaks | None = None) -> Iterator[Line]:
    r"""Yield the lines of a text, those that a sender broke at a fixed width joined again.

    `breaks` knows lines that are never joined, in their normal form.

    >>> [text[line.start:line.end] for text in ["Un\n\nDeux\r\n"] for line in logical_lines(text)]
    ['Un', 'Deux']
    """
    group: list[Line] = []
    number, seen = 1, 0
    for match in _LINE.finditer(text):
        if is_blank(match.group()):
            continue
        start = match.start() + len(match.group()) - len(match.group().lstrip())
        end = match.start() + len(match.group().rstrip())
        number += _line_ends(text, seen, start)
        seen = start
        if group and number - group[-1].number > 1:
            yield from _unwrapped(text, group, breaks)
            group = []
        group.append(Line(start, end, number))
    yield from _unwrapped(text, group, breaks)


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


def whole(text: str) -> list[tuple[int, int]]:
    """Return the one span of a text that is not cut."""
    stripped = text.strip()
    start = text.find(stripped)
    return [(start, start + len(stripped))] if stripped else []


def _segments(text: str, start: int, end: int, role: Role, split: Splitter | None, line: Line) -> Iterator[Piece]:
    """Yield the segments of `[start, end)` and the white space around and between them."""
    raw = text[start:end]
    plain, offsets = composed(raw)
    at, number, counted = 0, line.number, line.start
    # Most copy is in the catalog's form already, and a line is seldom joined from several: both are looked up once.
    joined = _line_ends(text, line.start, end) > 0
    for span in split(plain) if split else whole(plain):
        first, last = span if offsets is None else (offsets[span[0]], offsets[span[1]])
        if first > at:
            yield _SPACE if raw[at:first] == " " else Literal(raw[at:first])
        sentence = raw[first:last]
        clean = " ".join(sentence.split()) if offsets is None else normal(sentence)
        if clean:
            if joined:
                number += _line_ends(text, counted, start + first)
                counted = start + first
            yield Segment(clean, sentence, role, number)
        else:
            yield Literal(sentence)
        at = last
    if at < len(raw):
        yield Literal(raw[at:])


def _line_ends(text: str, start: int, end: int) -> int:
    """Count the line ends in `[start, end)`; CR LF is one."""
    return text.count("\n", start, end) + text.count("\r", start, end) - text.count("\r\n", start, end)


def _unwrapped(text: str, group: Sequence[Line], breaks: Breaks | None) -> Iterator[Line]:
    """Join the lines of a group that end only because the next word did not fit."""
    if len(group) < 2 or max(line.end - line.start for line in group) > 2 * _WRAP_COLUMNS.stop:
        yield from group
        return
    contents = [normal(text[line.start : line.end]) for line in group]
    width = max(map(len, contents))
    joined = group[0]
    for index, line in enumerate(group[1:], 1):
        before, content = contents[index - 1 : index + 1]
        if width in _WRAP_COLUMNS and _continues(before, content, width) and not (breaks and breaks(before, content)):
            joined = Line(joined.start, line.end, joined.number)
        else:
            yield joined
            joined = line
    yield joined


def _continues(before: str, line: str, width: int) -> bool:
    """Say whether `line` was split off only because its first word did not fit into `width` columns."""
    if _BULLET.match(line) or before.endswith("]"):
        # A bullet begins a line, and a credit in brackets ends one.
        return False
    return len(before) + 1 + len(line.partition(" ")[0]) > width
