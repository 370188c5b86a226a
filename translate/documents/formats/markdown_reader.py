"""Markdown to blocks: pulldown-cmark, through pyromark, tells the byte range of every event of a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from translate.documents import elements
from translate.documents.codes import Atom, Markup, Place, Run, pieces
from translate.documents.encoding import normal
from translate.documents.formats import html
from translate.documents.layout import Splitter
from translate.documents.markup import html_events
from translate.documents.model import HEADINGS, Block, Kind, Literal, Piece, Role, Segment
from translate.errors import DocumentError

if TYPE_CHECKING:
    import pyromark


#: The contexts of text: running text, a table's cell, the title of a link, a value of front matter.
TEXT, CELL, TITLE, FRONT = "markdown", "markdown-cell", "markdown-title", "yaml"

# The length of the opening sign of inline markup; what closes it is all that follows its text.
_OPENS = {"Emphasis": 1, "Strong": 2, "Strikethrough": 0, "Link": 1, "Image": 2}
_ROLES = {"Item": Role.ITEM, "TableCell": Role.CELL, "BlockQuote": Role.QUOTATION, "FootnoteDefinition": Role.NOTE}
_QUOTED = r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\))"""
_LINK_TITLE = re.compile(rf"\s(?P<title>{_QUOTED})\s*\)\Z", re.DOTALL)
_DEFINITION_TITLE = re.compile(rf"\s(?P<title>{_QUOTED})\s*\Z", re.DOTALL)
_TAG = re.compile(r"<(?P<close>/)?(?P<name>[A-Za-z][\w-]*)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


@cache
def _parser() -> pyromark.Markdown:
    import pyromark

    options = pyromark.Options
    return pyromark.Markdown(
        options=options.ENABLE_TABLES
        | options.ENABLE_FOOTNOTES
        | options.ENABLE_STRIKETHROUGH
        | options.ENABLE_TASKLISTS
        | options.ENABLE_YAML_STYLE_METADATA_BLOCKS
        | options.ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS
    )


@dataclass(slots=True)
class _Inline:
    """Inline content being gathered: a block's, or a picture's."""

    role: Role
    atoms: list[Atom] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)


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
    inline: list[_Inline] = field(default_factory=list)
    titles: list[tuple[int, int]] = field(default_factory=list)
    html_from: int = 0

    def rest(self) -> str:
        """Return what follows the last block."""
        return self.data[self.at :].decode()

    def blocks(self, text: str) -> Iterator[Block]:
        """Yield the blocks in order."""
        parser = _parser()
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
            if not noticed and self.containers != ["MetadataBlock"] and tag != "MetadataBlock":
                noticed = True
                yield from self._block(Role.STATUS, (Literal("", Kind.NOTICE),), start, start)
            if kind == "Start" and tag not in _OPENS:
                yield from self._flush()
                self.containers.append(tag)
                self.html_from = start
            elif kind == "End" and tag not in _OPENS:
                yield from self._end(tag, end)
            elif self.containers and self.containers[-1] in ("CodeBlock", "HtmlBlock"):
                continue
            elif self.containers and self.containers[-1] == "MetadataBlock":
                yield from self._front(start, str(value))
            elif kind == "Rule":
                yield from self._flush()
            else:
                self._inline(kind, value, start, end)
        yield from self._flush()
        yield from self._definitions(len(self.data))

    def _inline(self, kind: str, value: Any, start: int, end: int) -> None:
        """Add one event of inline content."""
        if not self.inline:
            self.inline.append(_Inline(self._role()))
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
            atoms.append(_html_tag(raw))
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
            atoms[-1] = Markup(last.raw + gap, last.opens, last.closes, last.space, last.shown, name=last.name)
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
        if tag == "Image":
            image = _Inline(Role.ALTERNATIVE)
            image.links.append(("Image", ""))
            self.inline.append(image)
            self.inline[-1].atoms.append(Markup(sign))
            return
        kind = value["Link"]["link_type"] if tag == "Link" else ""
        self.inline[-1].links.append((kind, self.data[self.here : end - 1].decode()))
        self.inline[-1].atoms.append(Markup(sign, opens=True, name=tag))

    def _close(self, tag: str, end: int) -> None:
        """Add what closes inline markup; the title of a link is text."""
        kind, label = self.inline[-1].links.pop()
        if kind == "Collapsed" and self.data[end : end + 2] == b"[]":
            end += 2
        raw = self.data[self.here : end].decode()
        self.here = end
        if tag == "Image":
            image = self.inline.pop()
            inner = (*pieces(image.atoms, self._place(Role.ALTERNATIVE), None), *self._link_end(raw))
            self.inline[-1].atoms.append(Markup("".join(piece.raw for piece in inner), inner=inner))
            return
        # The text of these links is also the name of what they point to.
        shown = f"][{label}]" if kind in ("Shortcut", "Collapsed") else None
        atoms = self.inline[-1].atoms
        if kind in ("Autolink", "Email"):
            while not (isinstance(atom := atoms.pop(), Markup) and atom.opens):
                raw = atom.raw + raw
            atoms.append(Markup(atom.raw + raw))
        elif shown:
            atoms.append(Markup(raw, closes=True, shown=shown, name=tag))
        else:
            atoms.append(Markup(raw, closes=True, inner=self._link_end(raw), name=tag))

    def _link_end(self, raw: str) -> tuple[Piece, ...]:
        match = _LINK_TITLE.search(raw)
        if not match:
            return (Literal(raw, Kind.CODE),)
        start, end = match.start("title") + 1, match.end("title") - 1
        return (Literal(raw[:start], Kind.CODE), self._title(raw[start:end], self.here), Literal(raw[end:], Kind.CODE))

    def _title(self, raw: str, offset: int) -> Piece:
        if not any(sign.isalpha() for sign in raw):
            return Literal(raw, Kind.CODE)
        return Segment(normal(_ESCAPED.sub(r"\1", raw)), raw, Role.TITLE, self._line(offset), context=TITLE)

    def _end(self, tag: str, end: int) -> Iterator[Block]:
        """Leave a container."""
        if tag == "HtmlBlock":
            raw = self.data[self.html_from : end].decode()
            reader = elements.Reader(html.DIALECT, self.language, self.split, self._line(self.html_from))
            yield from self._definitions(self.html_from)
            for block in reader.blocks(html_events(raw)):
                inside = len(block.gap.encode())
                size = sum(len(piece.raw.encode()) for piece in block.pieces)
                begin = max(self.at, self.html_from) + inside
                yield from self._block(block.role, block.pieces, begin, begin + size)
        yield from self._flush()
        self.containers.pop()

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

    def _front(self, start: int, value: str) -> Iterator[Block]:
        """Yield the chosen values of YAML front matter."""
        if self.data[: self.at + 3].lstrip(b"\xef\xbb\xbf").startswith(b"+++"):
            return
        for first, end, piece in _front_matter(value, self.front_matter, self.language, self._line(start), self.where):
            begin = start + len(value[:first].encode())
            yield from self._block(Role.TITLE, (piece,), begin, begin + len(value[first:end].encode()))

    def _role(self) -> Role:
        for tag in reversed(self.containers):
            if tag == "Heading":
                return Role.CROSSHEAD if self.heading else Role.HEADLINE
            if tag in _ROLES:
                return _ROLES[tag]
        return Role.PARAGRAPH

    def _place(self, role: Role, line: int = 0) -> Place:
        return Place(role, line or self._line(self.here), CELL if "TableCell" in self.containers else TEXT)

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


def _html_tag(raw: str) -> Markup:
    """Return an HTML tag in running text as markup."""
    match = _TAG.match(raw)
    if not match or raw.endswith("/>"):
        return Markup(raw, space=bool(match) and raw.lower().startswith("<br"))
    name = match["name"].lower()
    if name in ("br", "wbr"):
        return Markup(raw, space=name == "br")
    return Markup(raw, opens=not match["close"], closes=bool(match["close"]), name=f"<{name}>")


def _front_matter(
    text: str, keys: frozenset[str], language: str, line: int, where: str
) -> Iterator[tuple[int, int, Piece]]:
    """Yield the offsets and the piece of each chosen value, and of the language."""
    import yaml

    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise DocumentError(
            f"the front matter is no YAML: {getattr(error, 'problem', '') or error}",
            where=f"{where}:{line + (mark.line if mark else 0)}",
            remedy="Mend the lines between the two ---.",
        ) from error
    for key, value in root.value if isinstance(root, yaml.MappingNode) else ():
        for node in value.value if isinstance(value, yaml.SequenceNode) else (value,):
            if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
                continue
            start, end = node.start_mark.index, node.end_mark.index
            raw = text[start:end].rstrip()
            end = start + len(raw)
            if key.value in ("lang", "language") and elements.same_language(node.value, language):
                quoted = raw[0] in "\"'"
                yield start + quoted, end - quoted, Literal(raw[quoted : len(raw) - quoted], Kind.LANGUAGE)
            elif key.value in keys and any(sign.isalpha() for sign in node.value):
                role = Role.TITLE if "title" in key.value else Role.DESCRIPTION
                yield start, end, Segment(normal(node.value), raw, role, line + node.start_mark.line, context=FRONT)
