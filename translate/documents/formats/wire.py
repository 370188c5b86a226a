"""The French wire dispatch as plain text: every line gets its role in the story."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from translate.documents.encoding import composed, decode, normal
from translate.documents.formats import Settings, Source, rebuild_text, wire_marks
from translate.documents.formats.text import reads_like_heading
from translate.documents.layout import Line, Mark, Part, logical_lines, pieces
from translate.documents.model import Block, Document, Kind, Role

# A cross-head is a few words on a line of its own; longer lines without a full stop are paragraphs.
_CROSSHEAD_LIMIT = 80
_OPENERS = '"«“'
_CLOSERS = '"»”'
_BODY = frozenset({Role.LEAD, Role.PARAGRAPH, Role.QUOTATION})
_WHOLE_LINES = (wire_marks.status, wire_marks.agency, wire_marks.byline)


@dataclass(frozen=True, slots=True)
class _Reading:
    """A line with the role it has, its marks, and where it stands."""

    line: Line
    role: Role
    marks: Sequence[Mark | Part]
    story: int
    heading: str


class WireFormat:
    """Read the dispatches of French agencies and newsrooms."""

    name = "wire"
    suffixes = (".txt",)
    defaults: Settings = MappingProxyType({})

    def score(self, data: bytes, language: str) -> float:
        """Look for the marks of a wire: a status line at the top is proof, else two different marks are."""
        if not language.lower().startswith("fr"):
            return 0.0
        text, _ = decode(data, "")
        lines = [normal(text[line.start : line.end]) for line in logical_lines(text, _breaks)]
        if wire_marks.status(lines[0]):
            return 1.0
        marks = {
            name
            for name, find in (
                ("status", wire_marks.status),
                ("credit", wire_marks.credit),
                ("related", wire_marks.related),
                ("agency", wire_marks.agency),
                ("byline", wire_marks.byline),
                ("dateline", wire_marks.dateline),
            )
            if any(find(line) for line in lines)
        }
        return 0.9 if len(marks) > 1 or marks & {"status", "dateline"} else 0.0

    def read(self, data: bytes, source: Source) -> Document:
        """Read one or more stories, each under its own status line."""
        text, encoding = decode(data, source.where)
        lines = list(logical_lines(text, _breaks))
        blocks: list[Block] = []
        at = 0
        for reading in _readings(text, lines):
            line = reading.line
            made = pieces(text, line, reading.role, source.split, reading.marks)
            blocks.append(Block(reading.role, text[at : line.start], made, reading.story, reading.heading))
            at = line.end
        return source.document(self.name, encoding, tuple(blocks), text[at:])

    def rebuild(self, document: Document) -> bytes:
        """Write the source again, byte for byte."""
        return rebuild_text(document)


def _readings(text: str, lines: Sequence[Line]) -> Iterator[_Reading]:
    """Give each line its role, from its own marks and from what came before it in its story."""
    seen: set[Role] = set()
    story, heading, caption = 1, "", ""
    shown = (composed(text[line.start : line.end]) for line in lines)
    contents = [(_one_line(plain), offsets) for plain, offsets in shown]
    for index, line in enumerate(lines):
        content, offsets = contents[index]
        following = contents[index + 1][0] if index + 1 < len(lines) else ""
        role, marks = _marked(content)
        if role is Role.STATUS and seen & _BODY and _opens_story(following):
            story, heading, caption, seen = story + 1, "", "", set()
        if role is None:
            role, marks = _by_position(content, following, seen)
        if role is Role.CAPTION and seen & _BODY and _signs_off(content[marks[-1].start :], following):
            role = Role.QUOTATION if _opens_with_quotation(content) else Role.PARAGRAPH
        if role is Role.CAPTION:
            plain = normal(content[: marks[0].start]).rstrip(" -–—")
            role = Role.ALTERNATIVE if plain == caption else role
            caption = plain
        shifted = [_shift(mark, line.start, offsets) for mark in marks]
        yield _Reading(line, role, shifted, story, heading)
        seen.add(role)
        if role in (Role.HEADLINE, Role.CROSSHEAD):
            heading = normal(content)


def _marked(content: str) -> tuple[Role | None, Sequence[Mark | Part]]:
    """Return the role that the marks of a line prove, and those marks; no role where it has none."""
    for role, find in (
        (Role.STATUS, wire_marks.status),
        (Role.AGENCY, wire_marks.agency),
        (Role.BYLINE, wire_marks.byline),
    ):
        marks = find(content)
        if marks:
            return role, _filled(marks)
    related = wire_marks.related(content)
    if related:
        return Role.RELATED, [related]
    credit = wire_marks.credit(content)
    if credit:
        dash = content[: credit.start].rstrip(" \t\u00a0\u202f-–—")
        return Role.CAPTION, [Mark(len(dash), credit.start, Kind.SPACE), credit]
    return None, []


def _by_position(content: str, following: str, seen: set[Role]) -> tuple[Role, Sequence[Mark | Part]]:
    """Return the role of a line without marks of its own."""
    dateline = wire_marks.dateline(content)
    if not seen & (_BODY | {Role.HEADLINE}) and not dateline and following and reads_like_heading(content):
        return Role.HEADLINE, []
    if not seen & _BODY:
        return Role.LEAD, dateline or []
    if (
        len(content) <= _CROSSHEAD_LIMIT
        and reads_like_heading(content, _CROSSHEAD_LIMIT)
        and following
        and _marked(following)[0] is None
    ):
        return Role.CROSSHEAD, []
    return (Role.QUOTATION if _opens_with_quotation(content) else Role.PARAGRAPH), dateline or []


def _opens_with_quotation(content: str) -> bool:
    """Say whether a paragraph begins with direct speech that is closed in it."""
    return content[0] in _OPENERS and any(sign in content[1:] for sign in _CLOSERS)


def _signs_off(credit: str, following: str) -> bool:
    """Say whether the credit at the end of a body line is the agency's own ("... la police. (ats)"), not a photo's."""
    return credit.startswith("(") and (credit.islower() or not following or bool(wire_marks.status(following)))


def _breaks(line: str, following: str) -> bool:
    """Say whether the marks of two lines keep them apart, though the second may look like wrapped copy."""
    if any(find(mark) for find in _WHOLE_LINES for mark in (line, following)) or wire_marks.related(following):
        return True
    credit = wire_marks.credit(line)
    return credit is not None and (line[credit.start] != "(" or following[0].isupper())


def _opens_story(following: str) -> bool:
    """Say whether the line after a status line begins another story."""
    return bool(following) and _marked(following)[0] is None and reads_like_heading(following)


def _filled(marks: Sequence[Mark]) -> list[Mark | Part]:
    """Mark what stands between two marks as white space, so that nothing of the line is a segment."""
    filled: list[Mark | Part] = []
    for mark in marks:
        if filled and filled[-1].end < mark.start:
            filled.append(Mark(filled[-1].end, mark.start, Kind.SPACE))
        filled.append(mark)
    return filled


def _one_line(content: str) -> str:
    """Write spaces for line ends: marks may run over those of hard-wrapped copy."""
    return content.replace("\r", " ").replace("\n", " ")


def _shift(mark: Mark | Part, by: int, offsets: Sequence[int] | None) -> Mark | Part:
    """Move a mark from offsets in its composed line to offsets in the text."""
    start, end = (mark.start, mark.end) if offsets is None else (offsets[mark.start], offsets[mark.end])
    if isinstance(mark, Part):
        return Part(start + by, end + by, mark.role)
    return Mark(start + by, end + by, mark.kind, mark.moment)
