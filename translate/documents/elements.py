"""Prose in elements: the events of HTML or XML become blocks, by what a dialect says of each element."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from translate.documents.codes import Atom, Markup, Place, Run, pieces
from translate.documents.encoding import normal
from translate.documents.layout import Splitter
from translate.documents.markup import Attribute, Event, Kind, attributes, escaped, escaped_attribute
from translate.documents.model import HEADINGS, Block, Literal, Piece, Role, Segment
from translate.documents.model import Kind as Holds
from translate.documents.rewrite import OF_THE_EDITION, Wording
from translate.language import same_language

#: The contexts of text in markup: between tags, in the value of an attribute.
TEXT, ATTRIBUTE = "markup", "attribute"


#: What an element or an attribute holds: text in a role, the document's language or territory, nothing for us.
Meaning = Role | Holds | None


def _no_meaning(_element: str, _name: str, _values: Mapping[str, str]) -> Meaning:
    return None


def _never(_element: str, _values: Mapping[str, str]) -> bool:
    return False


def _nothing(_element: str, _values: Mapping[str, str], _body: str) -> tuple[Piece, ...] | None:
    return None


@dataclass(frozen=True, slots=True)
class Dialect:
    """Say what the elements of a format are.

    `roles`: the role of the prose in an element, or that it holds the document's language; in any other element it is
    that of the element around it, and outside all `default`, or none: then text is left alone. `inline`: inline codes;
    `breaks` are those that separate words; where `closed`, all elements in prose are codes that no other field names.
    `kept`: elements left alone with all they hold; `opaque`: the same inside a sentence. `embedded`: elements whose
    text belongs to the code they are (a footnote), and its role. `notice`: the element that begins with the notices, or
    in which they stand before the first element of `notice_before` or at its end; only inside one of `notice_in`, if
    there are any; `each` where there are several. The name of the source stands there too, before the first element of
    `source_before` or at the end, if there are any.

    `meaning` tells what an attribute holds, from its element, its name and the element's attributes. `keeps` tells
    whether an element is left alone, from its attributes. `holding` reads the body of a kept element, if anything is to
    be read there.
    """

    roles: Mapping[str, Meaning]
    inline: frozenset[str] = frozenset()
    breaks: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()
    opaque: frozenset[str] = frozenset()
    embedded: Mapping[str, Meaning] = field(default_factory=dict)
    default: Meaning = None
    closed: bool = False
    notice: str = ""
    notice_in: frozenset[str] = frozenset()
    notice_before: frozenset[str] = frozenset()
    source_before: frozenset[str] = frozenset()
    each: bool = False
    meaning: Callable[[str, str, Mapping[str, str]], Meaning] = _no_meaning
    keeps: Callable[[str, Mapping[str, str]], bool] = _never
    holding: Callable[[str, Mapping[str, str], str], tuple[Piece, ...] | None] = _nothing


@dataclass(slots=True)
class _Frame:
    """Prose being gathered: the document's, or an embedded element's, which becomes pieces of a code."""

    line: int = 0
    atoms: list[Atom] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)


@dataclass(slots=True)
class Reader:
    """Make blocks of events; `line` is that of the next event, `gap` what no block holds yet.

    `noticed` says that the notices have their place already. Where lines mean nothing, `counts_blocks` makes `line` the
    number of the paragraph.
    """

    dialect: Dialect
    language: str
    split: Splitter | None
    line: int = 1
    part: str = ""
    heading: str = ""
    gap: list[str] = field(default_factory=list)
    noticed: bool = False
    counts_blocks: bool = False
    _ready: list[Block] = field(default_factory=list)
    _sourced: bool = True
    _roles: list[tuple[str, Meaning]] = field(default_factory=list)
    _frames: list[_Frame] = field(default_factory=list)
    _kept: str = ""
    _depth: int = 0
    _keeping: list[Event] = field(default_factory=list)

    def blocks(self, events: Iterable[Event]) -> Iterator[Block]:
        """Yield the blocks; what follows the last one is left in `gap`."""
        self._roles.append(("", self.dialect.default))
        self._frames.append(_Frame())
        for event in events:
            if self._depth:
                self._keep(event)
            elif event.kind in (Kind.START, Kind.EMPTY):
                self._start(event)
            elif event.kind is Kind.END:
                self._end(event)
            elif event.kind is Kind.TEXT and isinstance(self._roles[-1][1], Role):
                # An element that reads as nothing is not written again; the sign of a quotation before a line is.
                unseen = not event.plain and event.raw.startswith("<")
                self._add(Run(event.raw, event.plain, shown="" if unseen else None))
            else:
                self._add(Markup(event.raw))
            if not self.counts_blocks:
                self.line += event.raw.count("\n")
            yield from self._ready
            self._ready.clear()
        if self._keeping:
            self._add(Markup("".join(event.raw for event in self._keeping)))
        while len(self._frames) > 1:
            self._leave("")
        self._flush()
        yield from self._ready

    def _add(self, atom: Atom) -> None:
        frame = self._frames[-1]
        if not frame.atoms:
            frame.line = self.line
        frame.atoms.append(atom)

    def _start(self, event: Event) -> None:
        dialect, name = self.dialect, event.name
        values = {one.name: one.value for one in attributes(event.raw)}
        inline = self._inline(name) or name in dialect.opaque
        if name in dialect.kept or name in dialect.opaque or dialect.keeps(name, values):
            if not inline:
                self._flush()
            self._kept, self._depth = name, 1
            self._keeping.append(event)
            if event.kind is Kind.EMPTY:
                self._depth = 0
                self._end_kept()
        elif name in dialect.embedded and event.kind is Kind.START:
            self._frames.append(_Frame(self.line, [], list(self._tag(event, values).pieces)))
            self._roles.append((name, dialect.embedded[name]))
        elif inline or name in dialect.breaks:
            self._add(self._tag(event, values))
        else:
            self._flush()
            if self._roles[-1][0] == dialect.notice:
                self._notice(name in dialect.notice_before, name in dialect.source_before)
            self._add(self._tag(event, values))
            self._flush()
            if event.kind is Kind.START:
                self._roles.append((name, dialect.roles.get(name, self._roles[-1][1])))
                right = name == dialect.notice and (not dialect.notice_in or self._roles[-2][0] in dialect.notice_in)
                if right and dialect.each:
                    self.noticed, self._sourced = False, not dialect.source_before
                if right and not dialect.notice_before:
                    self._notice()

    def _notice(self, notice: bool = True, source: bool = True) -> None:
        """Mark the places of the notices and of the name of the source, once."""
        if len(self._frames) > 1:
            return
        if notice and not self.noticed:
            self.noticed = True
            self._ready.append(self._block(Role.STATUS, (Literal("", Holds.NOTICE),)))
        if source and not self._sourced:
            self._sourced = True
            self._ready.append(self._block(Role.STATUS, (Literal("", Holds.SOURCE),)))

    def _inline(self, name: str) -> bool:
        """Say whether an element is an inline code."""
        dialect = self.dialect
        if not dialect.closed or name in dialect.inline:
            return name in dialect.inline
        known = name in dialect.roles or name in dialect.kept or name in dialect.embedded or name in dialect.breaks
        return isinstance(self._roles[-1][1], Role) and not known

    def _end(self, event: Event) -> None:
        name = event.name
        if name in self.dialect.embedded and len(self._frames) > 1:
            self._leave(event.raw)
        elif self._inline(name):
            self._add(Markup(event.raw, closes=True, name=name))
        elif name in self.dialect.breaks:
            self._add(Markup(event.raw))
        else:
            self._flush()
            if name == self.dialect.notice and self.dialect.notice_before:
                self._notice()
            self._close(name)
            self._add(Markup(event.raw))
            self._flush()

    def _close(self, name: str) -> None:
        """Leave the role of an element, and of those inside it that were never closed."""
        if any(known == name for known, _ in self._roles[1:]):
            while self._roles.pop()[0] != name:
                pass

    def _leave(self, end: str) -> None:
        """Close an embedded element: it is a code of the prose around it, with all it holds."""
        self._flush()
        self._close(next(name for name, _ in reversed(self._roles) if name in self.dialect.embedded))
        inner = (*self._frames.pop().pieces, Literal(end, Holds.CODE))
        self._add(Markup("".join(piece.raw for piece in inner), inner=inner))

    def _keep(self, event: Event) -> None:
        self._keeping.append(event)
        if event.name == self._kept:
            self._depth += (event.kind is Kind.START) - (event.kind is Kind.END)
        if not self._depth:
            self._end_kept()

    def _end_kept(self) -> None:
        first, *rest = self._keeping
        values = {one.name: one.value for one in attributes(first.raw)}
        *body, end = [event.raw for event in rest] or [""]
        held = self.dialect.holding(first.name, values, "".join(body)) if rest else None
        if held:
            placed = (replace(one, line=self.line) if isinstance(one, Segment) else one for one in held)
            inner = (Literal(first.raw, Holds.CODE), *placed, Literal(end, Holds.CODE))
            self._add(Markup("", inner=inner))
        else:
            self._add(Markup("".join(event.raw for event in self._keeping)))
        if not self._inline(self._kept) and self._kept not in self.dialect.opaque:
            self._flush()
        self._kept = ""
        self._keeping.clear()

    def _tag(self, event: Event, values: Mapping[str, str]) -> Markup:
        """Return a tag as markup, its attributes that hold text or a language as pieces."""
        inner = tag_pieces(event, values, self.dialect.meaning, self.language, self.line)
        pair = event.kind is Kind.START and self._inline(event.name)
        return Markup(event.raw, opens=pair, space=event.name in self.dialect.breaks, inner=inner, name=event.name)

    def _flush(self) -> None:
        """Make a block of the prose gathered so far, or leave it alone where it has no words."""
        frame = self._frames[-1]
        if not frame.atoms:
            return
        meaning = self._roles[-1][1]
        role = meaning if isinstance(meaning, Role) else Role.PARAGRAPH
        text = "".join(atom.raw for atom in frame.atoms) if meaning is Holds.LANGUAGE else ""
        if text and same_language(text.strip(), self.language):
            made: tuple[Piece, ...] = (Literal(text, Holds.LANGUAGE),)
        else:
            made = pieces(frame.atoms, Place(role, frame.line, TEXT, numbered=self.counts_blocks), self.split)
        frame.atoms.clear()
        if len(self._frames) > 1:
            frame.pieces += made
        elif any(isinstance(piece, Segment) or piece.kind in OF_THE_EDITION for piece in made):
            self._ready.append(self._block(role, made))
        else:
            self.gap += [piece.raw for piece in made]

    def _block(self, role: Role, made: tuple[Piece, ...]) -> Block:
        block = Block(role, "".join(self.gap), made, heading=self.heading, part=self.part)
        self.gap.clear()
        self.line += self.counts_blocks
        if role in HEADINGS:
            self.heading = normal("".join(piece.text for piece in made if isinstance(piece, Segment)))
        return block


def write(text: str, context: str) -> str:
    """Write text at a place in markup."""
    return escaped_attribute(text) if context == ATTRIBUTE else escaped(text)


def tag_pieces(
    event: Event,
    values: Mapping[str, str],
    meaning: Callable[[str, str, Mapping[str, str]], Meaning],
    language: str,
    line: int,
) -> tuple[Piece, ...]:
    """Return a tag as pieces; nothing where no attribute of it holds text or the document's language."""
    inner: list[Piece] = []
    at, quote = 0, ""
    for one in attributes(event.raw):
        holds = meaning(event.name, one.name, values)
        piece = _attribute(one, event.raw[one.start : one.end], holds, values, language, line) if holds else None
        if piece is not None:
            before = event.raw[at : one.start]
            # A value without quotes gets some: a translation may have spaces.
            needed = "" if one.quoted else '"'
            inner += [Literal(before, Holds.CODE, shown=f"{quote}{before}{needed}"), piece]
            at, quote = one.end, needed
    return (*inner, Literal(event.raw[at:], Holds.CODE, shown=quote + event.raw[at:])) if inner else ()


def _attribute(
    one: Attribute, raw: str, holds: Meaning, values: Mapping[str, str], language: str, line: int
) -> Piece | None:
    if isinstance(holds, Role) and any(sign.isalpha() for sign in one.value):
        return Segment(normal(one.value), raw, holds, line, context=ATTRIBUTE)
    if holds is Holds.IDENTITY:
        return Literal(raw, Holds.IDENTITY)
    if holds is Holds.LANGUAGE and same_language(one.value, language):
        return Literal(raw, Holds.LANGUAGE)
    languages = (value for name, value in values.items() if name.endswith("language"))
    if holds is Holds.TERRITORY and any(same_language(value, language) for value in languages):
        return Literal(raw, Holds.TERRITORY)
    return None


@dataclass(frozen=True, slots=True)
class MarkupWriter:
    """Write the text of an edition in markup; a format's own writer adds its literals."""

    wording: Wording

    def text(self, text: str, context: str) -> str:
        """Write text between tags or in an attribute."""
        return write(text, context)
