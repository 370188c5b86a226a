"""Word documents (DOCX): the paragraphs of all text parts, and the metadata; everything else stays as it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from types import MappingProxyType

from translate.documents import archive, elements, rewrite
from translate.documents.codes import Atom, Place, Run, pieces
from translate.documents.elements import Dialect, Meaning, Reader
from translate.documents.encoding import normal
from translate.documents.formats import Settings, Source
from translate.documents.formats.docx_runs import EMPTY_RUN, TEXT, atoms
from translate.documents.formats.docx_tokens import (
    Token,
    children,
    described,
    element,
    source_of,
    tokens_of,
    with_fields,
)
from translate.documents.layout import Splitter
from translate.documents.markup import Event, attributes, escaped, xml_events
from translate.documents.markup import Kind as Is
from translate.documents.model import HEADINGS, Block, Document, Kind, Literal, Part, Piece, Role, Segment
from translate.documents.rewrite import Wording, Writer
from translate.errors import DocumentError

_PROSE = re.compile(
    r"application/vnd\.openxmlformats-officedocument\.wordprocessingml\."
    r"(?:document\.main|template\.main|header|footer|footnotes|endnotes)\+xml"
)
_STYLES = "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"
_CORE = "application/vnd.openxmlformats-package.core-properties+xml"
_TYPES = "[Content_Types].xml"
# What a paragraph points to or shows; runs come and go.
_ANCHORS = re.compile(r"<w:(?:hyperlink|footnoteReference|endnoteReference|drawing|object|pict|fldChar|br|tab|sym)\b")
_INSERTED = frozenset({"w:ins", "w:moveTo"})
_DELETED = frozenset({"w:del", "w:moveFrom"})
_CHANGE_MARKS = re.compile(
    r"w:(?:rPr|pPr|tblPr|tcPr|trPr|sectPr|tblGrid|tblPrEx|numbering)Change\Z|w:cell(?:Ins|Del|Merge)\Z"
)
_RANGES = re.compile(r"w:move(?:From|To)Range(?:Start|End)\Z")
_ROOT = re.compile(r"(?>(?:<\?.*?\?>|<!--.*?-->|<!.*?>|[^<])*)<w:", re.DOTALL)
_METADATA = Dialect(
    roles={
        "dc:title": Role.TITLE,
        "dc:subject": Role.TITLE,
        "dc:description": Role.DESCRIPTION,
        "cp:keywords": Role.KEYWORD,
        "dc:language": Kind.LANGUAGE,
    }
)
_HEADING = re.compile(r"(?i)<w:pStyle w:val=\"(?P<style>title|titre|heading|subtitle)\s*(?P<level>\d*)")


def _language(element: str, name: str, _: Mapping[str, str]) -> Meaning:
    return Kind.LANGUAGE if (element, name) == ("w:lang", "w:val") else None


_STYLESHEET = Dialect(roles={}, meaning=_language)


class DocxFormat(archive.ArchiveFile):
    """Read DOCX."""

    name = "docx"
    suffixes = (".docx", ".dotx", ".docm")
    defaults: Settings = MappingProxyType({"tracked_changes": "refuse"})

    def score(self, data: bytes, language: str) -> float:
        """Look for the parts of a Word document in the archive."""
        del language
        if data.startswith(archive.OLE):
            return 0.4
        return 1.0 if archive.looks_like_zip(data, "word/") and b"[Content_Types].xml" in data else 0.0

    def read(self, data: bytes, source: Source) -> Document:
        """Read the body, headers, footers and notes, and the metadata; comments are left alone."""
        opened = archive.open_archive(data, source.where)
        types = _types(opened)
        if any("macroEnabled" in kind or "vbaProject" in kind for kind in types.values()):
            raise DocumentError(
                "the document holds macros", where=source.where, remedy="Save it as .docx, which holds none."
            )
        blocks: list[Block] = []
        parts: list[Part] = []
        accepted: dict[str, bytes] = {}
        noticed, number = False, 0
        for part, kind in sorted(types.items(), key=lambda one: ("main" not in one[1], one[0])):
            if not (_PROSE.fullmatch(kind) or kind in (_STYLES, _CORE)):
                continue
            text, encoding = opened.text(part)
            where = f"{source.where}:{part}"
            if _PROSE.fullmatch(kind):
                kept = _without_changes(text, where, source.settings["tracked_changes"] == "accept")
                if kept != text:
                    accepted[part], text = kept.encode(encoding.codec), kept
                prose = _Prose(source.split, part, noticed, number)
                blocks += prose.blocks(xml_events(text, where))
                _check(text, where)
                noticed, number, tail = True, prose.number, "".join(prose.gap)
            else:
                dialect = _METADATA if kind == _CORE else _STYLESHEET
                reader = Reader(dialect, source.language, source.split, number, part=part, counts_blocks=True)
                blocks += reader.blocks(xml_events(text, where))
                number, tail = reader.line, "".join(reader.gap)
            parts.append(Part(part, tail, encoding))
        if not noticed:
            raise DocumentError("the document has no text part", where=source.where, remedy="Save it again as DOCX.")
        whole = archive.replaced(opened, accepted) if accepted else data
        return source.whole(self.name, blocks, parts, whole)

    def writer(self, _: Document, wording: Wording) -> Writer:
        """Return what writes an edition."""
        return _Writer(wording)

    def finish(self, text: str) -> str:
        """Take out the runs that were left without text."""
        return EMPTY_RUN.sub("", text)

    def skeleton(self, block: Block) -> Counter[str]:
        """Count the markup of a block."""
        return Counter(_ANCHORS.findall("".join(rewrite.markup(block).elements())))


class _Writer(elements.MarkupWriter):
    def literal(self, literal: Literal) -> str:
        if literal.kind is Kind.LANGUAGE:
            return self.wording.full_language
        runs = (
            f"<w:p><w:r><w:rPr><w:i/></w:rPr>{TEXT}{escaped(one)}</w:t></w:r></w:p>" for one in self.wording.notices
        )
        return "".join(runs)


@dataclass(slots=True)
class _Prose:
    """Make blocks of a part that holds paragraphs."""

    split: Splitter | None
    part: str
    noticed: bool
    number: int = 0
    heading: str = ""
    gap: list[str] = field(default_factory=list)

    def blocks(self, events: Iterable[Event]) -> Iterator[Block]:
        """Yield the blocks; what follows the last one is left in `gap`."""
        stream = iter(events)
        cell = 0
        for event in stream:
            if event.name == "w:p" and event.kind is Is.START:
                yield from self._paragraph(element(event, stream), "cell" if cell else "")
                continue
            if event.name == "w:t" and event.kind is Is.START:
                yield from self._beside(element(event, stream))
                continue
            if event.name == "w:tc":
                cell += {Is.START: 1, Is.END: -1}.get(event.kind, 0)
            if description := described(event, self.number):
                yield self._block(Role.ALTERNATIVE, description)
                continue
            self.gap.append(event.raw)
            if event.name == "w:body" and event.kind is Is.START and not self.noticed:
                self.noticed = True
                yield self._block(Role.STATUS, (Literal("", Kind.NOTICE),))

    def _paragraph(self, events: Sequence[Event], inside: str) -> Iterator[Block]:
        """Yield the block of a paragraph, if it has text."""
        self.number += 1
        number = self.number
        tokens: list[Token] = []
        for child in children(events):
            boxed = any(event.name == "w:txbxContent" for event in child)
            tokens += [self._boxed(child)] if boxed else tokens_of(child, number)
        role = _role(tokens, inside, self.part)
        yield from self._finished(atoms(with_fields(tokens)), Place(role, number, elements.TEXT, numbered=True))

    def _boxed(self, child: Sequence[Event]) -> Token:
        """Return a text box: it is a code of the paragraph around it, with all it holds."""
        box = _Prose(self.split, self.part, True, self.number, self.heading)
        inner: list[Piece] = []
        for block in box.blocks(child):
            inner += (Literal(block.gap, Kind.CODE), *block.pieces)
        self.number = box.number
        return Token("whole", source_of(child), space=True, inner=(*inner, Literal("".join(box.gap), Kind.CODE)))

    def _beside(self, events: Sequence[Event]) -> Iterator[Block]:
        """Yield the block of text that stands in one run with a text box."""
        self.gap.append(events[0].raw)
        text = [Run(event.raw, event.plain) for event in events[1:-1]]
        yield from self._finished(text, Place(Role.PARAGRAPH, self.number, elements.TEXT, numbered=True))
        self.gap.append(events[-1].raw)

    def _finished(self, made_of: Sequence[Atom], place: Place) -> Iterator[Block]:
        made = pieces(made_of, place, self.split)
        if any(isinstance(piece, Segment) for piece in made):
            yield self._block(place.role, made)
        else:
            self.gap += [piece.raw for piece in made]

    def _block(self, role: Role, made: tuple[Piece, ...]) -> Block:
        block = Block(role, "".join(self.gap), made, heading=self.heading, part=self.part)
        self.gap.clear()
        if role in HEADINGS:
            self.heading = normal(" ".join(piece.text for piece in made if isinstance(piece, Segment)))
        return block


def _types(opened: archive.Archive) -> dict[str, str]:
    """Return the content type of every part: one of its own, or that of all with its suffix."""
    text, _ = opened.text(_TYPES)
    found = {}
    for event in xml_events(text, f"{opened.where}:{_TYPES}"):
        values = {one.name: one.value for one in attributes(event.raw)}
        name = values.get("PartName", f".{values.get('Extension', '')}")
        found[name.lstrip("/").lower()] = values.get("ContentType", "")
    by_suffix = {name: found.get(f".{name.lower().rpartition('.')[2]}", "") for name in opened.names if name != _TYPES}
    return {name: found.get(name.lower(), kind) for name, kind in by_suffix.items()}


def _check(text: str, where: str) -> None:
    """Refuse a part that is well-formed, but of which text would be lost.

    Raises:
        DocumentError: it calls its elements by names no office program gives them, or holds another document.
    """
    problem = None
    if not _ROOT.match(text):
        problem = "the document was not written by an office program: its elements have other names"
    elif "<w:altChunk" in text:
        problem = "the document holds another one, in another format (altChunk)"
    if problem:
        raise DocumentError(problem, where=where, remedy="Open it in an office program and save it again.")


def _role(tokens: Sequence[Token], inside: str, part: str) -> Role:
    properties = next((token.raw for token in tokens if token.raw.startswith("<w:pPr")), "")
    heading = _HEADING.search(properties)
    if heading:
        main = (heading["style"].lower() in ("title", "titre") and not heading["level"]) or heading["level"] == "1"
        return Role.HEADLINE if main else Role.CROSSHEAD
    if "notes" in part:
        return Role.NOTE
    if inside:
        return Role.CELL
    return Role.ITEM if "<w:numPr>" in properties else Role.PARAGRAPH


def _without_changes(text: str, where: str, accept: bool) -> str:
    """Return a part as it is with all its tracked changes accepted.

    Raises:
        DocumentError: it has tracked changes that the desk does not accept unseen.
    """
    if not re.search(r"<w:(?:ins|del|move(?:From|To)|\w+Change|cell(?:Ins|Del|Merge))\b", text):
        return text
    made = source_of(_accepted(iter(xml_events(text, where))))
    if made != text and not accept:
        raise archive.tracked_changes(where)
    return made


def _accepted(stream: Iterator[Event]) -> Iterator[Event]:
    """Yield events as they are with all changes accepted; a table that loses all its rows goes with them."""
    for event in stream:
        if event.name in _DELETED or _CHANGE_MARKS.match(event.name) or _RANGES.match(event.name):
            if event.kind is Is.START:
                element(event, stream)
        elif event.name in ("w:tbl", "w:tr") and event.kind is Is.START:
            whole = element(event, stream)
            if event.name == "w:tr" and _is_deleted(whole):
                continue
            left = list(_accepted(iter(whole[1:])))
            if event.name == "w:tr" or any(one.name == "w:tr" for one in left):
                yield event
                yield from left
        elif event.name not in _INSERTED:
            yield event


def _is_deleted(row: Sequence[Event]) -> bool:
    """Say whether a table row was deleted: its properties stand before its first cell."""
    return any(event.name == "w:del" for event in takewhile(lambda event: event.name != "w:tc", row))
