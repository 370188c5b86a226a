"""Markdown to blocks: pulldown-cmark, through pyromark, tells the byte range of every event of a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from html import unescape
from typing import TYPE_CHECKING, Any

from translate.documents import elements
from translate.documents.codes import Atom, Markup, Place, Run, pieces
from translate.documents.encoding import normal
from translate.documents.formats import front_matter, html
from translate.documents.formats.markdown_html import Inline, Opened, block_events, joined
from translate.documents.layout import Splitter
from translate.documents.model import HEADINGS, Block, Kind, Literal, Piece, Role, Segment

if TYPE_CHECKING:
    import pyromark


#: The contexts of text: running text, the title of a link.
TEXT, TITLE = "markdown", "markdown-title"

# The length of the opening sign of inline markup; what closes it is all that follows its text.
_OPENS = {"Emphasis": 1, "Strong": 2, "Strikethrough": 0, "Link": 1, "Image": 2}
_ROLES = {"Item": Role.ITEM, "TableCell": Role.CELL, "BlockQuote": Role.QUOTATION, "FootnoteDefinition": Role.NOTE}
_QUOTED = r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\))"""
_LINK_TITLE = re.compile(rf"\s(?P<title>{_QUOTED})\s*\)\Z", re.DOTALL)
_DEFINITION_TITLE = re.compile(rf"\s(?P<title>{_QUOTED})\s*\Z", re.DOTALL)
_ESCAPED = re.compile(r"\\(?P<sign>[!-/:-@\[-`{-~])|&#?\w+;")


@cache
def _parser() -> pyromark.Markdown:
    import pyromark

    options = pyromark.Options
    return pyromark.Markdown(
        options=options.ENABLE_TABLES
        | options.ENABLE_FOOTNOTES
        | options.ENABLE_STRIKETHROUGH
        | options.ENABLE_TASKLISTS
        | options.ENABLE_GFM
    )


@dataclass(slots=True)
class Reader:
    """Make blocks of the events; offsets are in the UTF-8 bytes of the text."""

    data: bytes
    language: str
    split: Splitter | None
    front_matter: frozenset[str]
    where: str
    at: int = 0
    here: int = 0
    begin: int = 0
    line: int = 1
    counted: int = 0
    heading: str = ""
    containers: list[str] = field(default_factory=list)
    inline: list[Inline] = field(default_factory=list)
    titles: list[tuple[int, int]] = field(default_factory=list)
    html_lines: list[tuple[int, int]] = field(default_factory=list)

    def rest(self) -> str:
        """Return what follows the last block."""
        return self.data[self.at :].decode()

    def blocks(self, text: str) -> Iterator[Block]:
        """Yield the blocks in order."""
        parser = _parser()
        head, front = front_matter.read(text, self.front_matter, self.language, self.where)
        for first, last, piece in front:
            begin = len(text[:first].encode())
            yield from self._block(Role.TITLE, (piece,), begin, begin + len(text[first:last].encode()))
        # The parser takes what stands between any two rulers for front matter: it sees empty lines in its place.
        size = len(text[:head].encode())
        text = "\n" * size + text[head:]
        self.titles = sorted(self._definition_titles(parser, text), reverse=True)
        noticed = False
        kind: str
        value: Any
        for event, span in parser.events_with_range(text):
            start, end = span["start"], span["end"]
            if isinstance(event, str):
                kind, value, tag = event, None, ""
            else:
                ((kind, value),) = event.items()
                tag = _tag(value) if kind in ("Start", "End") else ""
            if not noticed:
                noticed = True
                yield from self._notice(max(size, self.data.rfind(b"\n", 0, start) + 1))
            if kind == "Start" and tag not in _OPENS:
                yield from self._flush()
                self.containers.append(tag)
            elif kind == "End" and tag not in _OPENS:
                yield from self._end(tag)
            elif self.containers and self.containers[-1] == "HtmlBlock":
                self.html_lines.append((start, end))
            elif self.containers and self.containers[-1] == "CodeBlock":
                continue
            elif kind == "Rule":
                yield from self._flush()
            else:
                self._inline(kind, value, start, end)
        yield from self._flush()
        yield from self._definitions(len(self.data))
        if not noticed:
            apart = "" if self.data.endswith(b"\n") else "\n\n"
            yield from self._notice(len(self.data), apart)

    def _notice(self, at: int, apart: str = "") -> Iterator[Block]:
        yield from self._block(Role.STATUS, (Literal("", Kind.NOTICE, shown=apart),), at, at)

    def _inline(self, kind: str, value: Any, start: int, end: int) -> None:
        """Add one event of inline content."""
        if not self.inline:
            self.inline.append(Inline(self._role()))
            escape = kind == "Text" and start > self.at and self.data[start - 1 : start] == b"\\"
            self.begin = self.here = start - escape
        atoms = self.inline[-1].atoms
        if start > self.here:
            self._between(atoms, self.data[self.here : start].decode(), escapes=kind == "Text")
        if kind == "Start":
            self._open(_tag(value), value, start, end)
            return
        if kind == "End":
            self._close(_tag(value), end)
            return
        raw = self.data[start:end].decode()
        self.here = end
        if kind == "Text":
            self._text(atoms, raw, str(value))
        elif kind == "SoftBreak":
            atoms.append(Run(raw, " "))
        elif kind == "HardBreak":
            atoms.append(Markup(raw, space=True))
        elif kind == "InlineHtml":
            self.inline[-1].add_tag(raw, self.language, self._line(start))
        else:
            atoms.append(Markup(raw))

    def _between(self, atoms: list[Atom], gap: str, *, escapes: bool) -> None:
        """Add what stands between two events: a backslash, the prefix of a line, the rest of markup."""
        if escapes and gap.endswith("\\"):
            gap = gap[:-1]
            if gap:
                self._between(atoms, gap, escapes=False)
            atoms.append(Run("\\", ""))
        elif atoms and isinstance(atoms[-1], Markup) and not atoms[-1].inner and not _lost(atoms[-1].raw, gap):
            last = atoms[-1]
            shown = None if last.shown is None else last.shown + gap
            atoms[-1] = replace(last, raw=last.raw + gap, shown=shown)
        else:
            atoms.append(Run(gap, ""))

    def _text(self, atoms: list[Atom], raw: str, plain: str) -> None:
        """Add text; a sign after a backslash stays with it."""
        if atoms and isinstance(atoms[-1], Run) and atoms[-1].raw == "\\" and not atoms[-1].plain:
            atoms[-1] = Run("\\" + raw[:1], plain[:1])
            raw, plain = raw[1:], plain[1:]
        if raw:
            atoms.append(Run(raw, plain))

    def _open(self, tag: str, value: Any, start: int, end: int) -> None:
        """Add the opening sign of inline markup."""
        length = _OPENS[tag]
        if tag == "Strikethrough":
            length = 2 if self.data[start : start + 2] == b"~~" else 1
        self.here = start + length
        sign = self.data[start : self.here].decode()
        kind = value[tag]["link_type"] if tag in ("Link", "Image") else ""
        opened = Opened(kind, self.here, self._starred(sign, start, end))
        if tag == "Image":
            self.inline.append(Inline(Role.ALTERNATIVE, [Markup(sign)], [opened]))
        else:
            self.inline[-1].opened.append(opened)
            self.inline[-1].atoms.append(Markup(sign, opens=True, shown=opened.shown, name=tag))

    def _starred(self, sign: str, start: int, end: int) -> str | None:
        """Return the sign of emphasis that may stand inside a word, where this one may not; beside others it stays."""
        edges = start - 1, start + len(sign), end - len(sign) - 1, end
        alone = sign in ("_", "__") and not any(self.data[at : at + 1] in (b"*", b"~") for at in edges if at >= 0)
        return sign.replace("_", "*") if alone else None

    def _close(self, tag: str, end: int) -> None:
        """Add what closes inline markup; the title of a link is text."""
        opened = self.inline[-1].opened.pop()
        shown = opened.shown
        if opened.kind in ("Shortcut", "Collapsed"):
            # The text of these links is also the name of what they point to.
            shown = f"][{self.data[opened.start : end - 1].decode()}]"
        if opened.kind == "Collapsed" and self.data[end : end + 2] == b"[]":
            end += 2
        raw = self.data[self.here : end].decode()
        self.here = end
        ends = () if shown else self._link_end(raw)
        if tag == "Image":
            image = self.inline.pop()
            closing = ends or (Literal(raw, Kind.CODE, shown=shown),)
            inner = (*pieces(image.atoms, self._place(Role.ALTERNATIVE), None), *closing)
            self.inline[-1].atoms.append(Markup("".join(piece.raw for piece in inner), inner=inner))
            return
        atoms = self.inline[-1].atoms
        if opened.kind in ("Autolink", "Email"):
            opening = max(index for index, atom in enumerate(atoms) if isinstance(atom, Markup) and atom.opens)
            atoms[opening:] = [Markup(joined(atoms[opening:]).raw + raw)]
        else:
            atoms.append(Markup(raw, closes=True, shown=shown, inner=ends, name=tag))

    def _link_end(self, raw: str) -> tuple[Piece, ...]:
        match = _LINK_TITLE.search(raw)
        if not match:
            return (Literal(raw, Kind.CODE),)
        start, end = match.start("title") + 1, match.end("title") - 1
        return (Literal(raw[:start], Kind.CODE), self._title(raw[start:end], self.here), Literal(raw[end:], Kind.CODE))

    def _title(self, raw: str, offset: int) -> Piece:
        if not any(sign.isalpha() for sign in raw):
            return Literal(raw, Kind.CODE)
        text = _ESCAPED.sub(lambda match: match["sign"] or unescape(match.group()), raw)
        return Segment(normal(text), raw, Role.TITLE, self._line(offset), context=TITLE)

    def _end(self, tag: str) -> Iterator[Block]:
        """Leave a container."""
        if tag == "HtmlBlock":
            yield from self._html_block()
        yield from self._flush()
        self.containers.pop()

    def _html_block(self) -> Iterator[Block]:
        """Yield the blocks of HTML; the lines of it may have the sign of a quotation before them."""
        begin = self.html_lines[0][0]
        events = block_events(self.data, self.html_lines)
        self.html_lines = []
        yield from self._definitions(begin)
        reader = elements.Reader(html.DIALECT, self.language, self.split, self._line(begin))
        for block in reader.blocks(events):
            begin = max(self.at, begin) + len(block.gap.encode())
            size = sum(len(piece.raw.encode()) for piece in block.pieces)
            yield from self._block(block.role, block.pieces, begin, begin + size)

    def _flush(self) -> Iterator[Block]:
        """Make a block of the inline content gathered so far."""
        if not self.inline:
            return
        content = self.inline.pop()
        while self.inline:
            content = self.inline.pop()
        place = self._place(content.role, self._line(self.begin))
        made = pieces(content.atoms, place, self.split)
        if any(isinstance(piece, Segment) for piece in made):
            yield from self._block(content.role, made, self.begin, self.here)

    def _block(self, role: Role, made: tuple[Piece, ...], start: int, end: int) -> Iterator[Block]:
        yield from self._definitions(start)
        gap = self.data[self.at : start].decode()
        yield Block(role, gap, made, heading=self.heading)
        self.at = end
        if role in HEADINGS:
            self.heading = normal(" ".join(piece.text for piece in made if isinstance(piece, Segment)))

    def _definitions(self, before: int) -> Iterator[Block]:
        """Yield the titles of link definitions that stand before an offset."""
        while self.titles and self.titles[-1][0] < before:
            start, end = self.titles.pop()
            if start >= self.at:
                piece = self._title(self.data[start:end].decode(), start)
                yield Block(Role.TITLE, self.data[self.at : start].decode(), (piece,), heading=self.heading)
                self.at = end

    def _definition_titles(self, parser: pyromark.Markdown, text: str) -> Iterator[tuple[int, int]]:
        for definition in parser.reference_definitions(text).values():
            start, end = definition["span"]["start"], definition["span"]["end"]
            match = _DEFINITION_TITLE.search(self.data[start:end].decode())
            if definition["title"] and match:
                before = self.data[start:end].decode()[: match.start("title") + 1]
                first = start + len(before.encode())
                yield first, first + len(match["title"][1:-1].encode())

    def _role(self) -> Role:
        for tag in reversed(self.containers):
            if tag == "Heading":
                return Role.CROSSHEAD if self.heading else Role.HEADLINE
            if tag in _ROLES:
                return _ROLES[tag]
        return Role.PARAGRAPH

    def _place(self, role: Role, line: int = 0) -> Place:
        return Place(role, line or self._line(self.here), TEXT)

    def _line(self, offset: int) -> int:
        """Return the line of an offset, counting on from the last one asked for."""
        if offset < self.counted:
            self.line, self.counted = 1, 0
        self.line += self.data.count(b"\n", self.counted, offset)
        self.counted = offset
        return self.line


def _tag(value: Any) -> str:
    """Return the name of a tag, which pulldown-cmark gives alone or with its attributes."""
    return value if isinstance(value, str) else next(iter(value)) if isinstance(value, dict) else ""


def _lost(raw: str, gap: str) -> bool:
    """Say whether what follows markup is space that means nothing; after a line break it is the prefix of a line."""
    return gap.isspace() and not raw.endswith(("\n", "\r"))
