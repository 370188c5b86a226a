"""Word documents (DOCX): paragraphs of runs become segments with inline codes, everything else stays as it is.

A paragraph's most frequent formatting is its base. Runs with other formatting, links and fields are inline codes: the
markup of a code ends the run before it and begins the next one, so that a code may stand anywhere in the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from translate.documents import archive, elements, rewrite
from translate.documents.codes import Atom, Markup, Place, Run, pieces
from translate.documents.elements import Dialect, Meaning, Reader, tag_pieces
from translate.documents.encoding import normal
from translate.documents.formats import Settings, Source
from translate.documents.formats.odt import tracked
from translate.documents.layout import Splitter
from translate.documents.markup import Event, attributes, escaped, xml_events
from translate.documents.markup import Kind as Is
from translate.documents.model import HEADINGS, Block, Document, Kind, Literal, Part, Piece, Role, Segment
from translate.documents.rewrite import Wording
from translate.errors import DocumentError

_PROSE = re.compile(
    r"application/vnd\.openxmlformats-officedocument\.wordprocessingml\."
    r"(?:document\.main|template\.main|header|footer|footnotes|endnotes)\+xml"
)
_STYLES = "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"
_CORE = "application/vnd.openxmlformats-package.core-properties+xml"
_TYPES = "[Content_Types].xml"

_TEXT = '<w:t xml:space="preserve">'
_END = "</w:t></w:r>"
_EMPTY_RUN = re.compile(rf"<w:r>(?:<w:rPr>(?:(?!</w:rPr>|<w:rPr).)*</w:rPr>)?{_TEXT}</w:t></w:r>", re.DOTALL)
# What a paragraph points to or shows; runs come and go.
_ANCHORS = re.compile(r"<w:(?:hyperlink|footnoteReference|endnoteReference|drawing|object|pict|fldChar|br|tab|sym)\b")
_NOISE = re.compile(r"<w:(?:lang|noProof|proofErr)\b[^>]*/>|\s+w:rsid\w*=\"[^\"]*\"")

_INSERTED = frozenset({"w:ins", "w:moveTo"})
_DELETED = frozenset({"w:del", "w:moveFrom"})
_CHANGE_MARKS = re.compile(
    r"w:(?:rPr|pPr|tblPr|tcPr|trPr|sectPr|tblGrid|tblPrEx|numbering)Change\Z|w:cell(?:Ins|Del|Merge)\Z"
)
_RANGES = re.compile(r"w:move(?:From|To)Range(?:Start|End)\Z")
# They hold runs, and are one with them.
_WRAPPERS = frozenset({"w:hyperlink", "w:smartTag", "w:sdt", "w:sdtContent", "w:customXml", "w:bdo", "w:dir"})
_SPACES = frozenset({"w:tab", "w:br", "w:cr", "w:ptab"})
_TRACES = frozenset({"w:proofErr", "w:lastRenderedPageBreak"})
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


def _picture(element: str, name: str, _: Mapping[str, str]) -> Meaning:
    if element == "wp:docPr" and name in ("descr", "title"):
        return Role.ALTERNATIVE if name == "descr" else Role.TITLE
    return None


def _language(element: str, name: str, _: Mapping[str, str]) -> Meaning:
    return Kind.LANGUAGE if (element, name) == ("w:lang", "w:val") else None


_STYLESHEET = Dialect(roles={}, meaning=_language)


@dataclass(frozen=True, slots=True)
class _Token:
    """A part of a paragraph: text in a run, what stands in a run beside text, or what stands outside of runs.

    `key` is the formatting of its run. A token of kind "trace" disappears when the paragraph is written anew.
    """

    kind: str
    raw: str
    plain: str = ""
    key: str = ""
    space: bool = False
    name: str = ""
    inner: tuple[Piece, ...] = ()


class DocxFormat:
    """Read DOCX."""

    name = "docx"
    suffixes = (".docx", ".dotx", ".docm")
    defaults: Settings = MappingProxyType({"tracked_changes": "refuse"})

    def score(self, data: bytes, language: str) -> float:
        """Look for the parts of a Word document in the archive."""
        del language
        if data.startswith(bytes.fromhex("d0cf11e0a1b11ae1")):
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
            if part not in opened.names or not (_PROSE.fullmatch(kind) or kind in (_STYLES, _CORE)):
                continue
            text, encoding = opened.text(part)
            where = f"{source.where}:{part}"
            if _PROSE.fullmatch(kind):
                kept = _without_changes(text, where, source.settings["tracked_changes"] == "accept")
                if kept != text:
                    accepted[part], text = kept.encode(encoding.codec), kept
                prose = _Prose(source.language, source.split, part, noticed, number)
                blocks += prose.blocks(xml_events(text, where))
                noticed, number, tail = True, prose.number, "".join(prose.gap)
            else:
                dialect = _METADATA if kind == _CORE else _STYLESHEET
                reader = Reader(dialect, source.language, source.split, number, part=part, counts_blocks=True)
                blocks += reader.blocks(xml_events(text, where))
                number, tail = reader.line, "".join(reader.gap)
            parts.append(Part(part, tail, encoding))
        if not noticed:
            raise DocumentError("the document has no text part", where=source.where, remedy="Save it again as DOCX.")
        whole = archive.replaced(data, accepted) if accepted else data
        return source.whole(self.name, blocks, parts, whole)

    def rebuild(self, document: Document) -> bytes:
        """Write the source again."""
        return archive.rebuild(document)

    def translate(self, document: Document, wording: Wording) -> bytes:
        """Write the document in another language."""
        return archive.rewrite(document, wording, _Writer(wording), lambda text: _EMPTY_RUN.sub("", text))

    def skeleton(self, block: Block) -> Counter[str]:
        """Count the markup of a block."""
        return Counter(_ANCHORS.findall("".join(rewrite.markup(block).elements())))


class _Writer:
    def __init__(self, wording: Wording) -> None:
        self._wording = wording

    def text(self, text: str, context: str) -> str:
        return elements.write(text, context)

    def literal(self, literal: Literal) -> str:
        if literal.kind is Kind.LANGUAGE:
            return self._wording.full_language
        runs = (
            f"<w:p><w:r><w:rPr><w:i/></w:rPr>{_TEXT}{escaped(one)}</w:t></w:r></w:p>" for one in self._wording.notices
        )
        return "".join(runs)


@dataclass(slots=True)
class _Prose:
    """Make blocks of a part that holds paragraphs."""

    language: str
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
                yield from self._paragraph(_element(event, stream), "cell" if cell else "")
                continue
            if event.name == "w:tc":
                cell += {Is.START: 1, Is.END: -1}.get(event.kind, 0)
            self.gap.append(event.raw)
            if event.name == "w:body" and event.kind is Is.START and not self.noticed:
                self.noticed = True
                yield self._block(Role.STATUS, (Literal("", Kind.NOTICE),))

    def _paragraph(self, events: Sequence[Event], inside: str) -> Iterator[Block]:
        """Yield the block of a paragraph; one that holds text boxes is several, theirs in between."""
        tokens: list[_Token] = []
        for part in _parts_of(events):
            if any(event.name == "w:txbxContent" for event in part):
                yield from self._finished(tokens, inside)
                tokens = []
                boxed = _Prose(self.language, self.split, self.part, True, self.number, self.heading, self.gap)
                yield from boxed.blocks(part)
                self.number = boxed.number
            else:
                tokens += _tokens(part, self.language)
        yield from self._finished(tokens, inside)

    def _finished(self, tokens: Sequence[_Token], inside: str) -> Iterator[Block]:
        tokens = _fields(tokens)
        role = _role(tokens, inside, self.part)
        self.number += bool(tokens)
        made = pieces(_atoms(tokens), Place(role, self.number, elements.TEXT), self.split)
        if any(isinstance(piece, Segment) for piece in made):
            yield self._block(role, made)
        else:
            self.gap += [piece.raw for piece in made]

    def _block(self, role: Role, made: tuple[Piece, ...]) -> Block:
        block = Block(role, "".join(self.gap), made, heading=self.heading, part=self.part)
        self.gap.clear()
        if role in HEADINGS:
            self.heading = normal(" ".join(piece.text for piece in made if isinstance(piece, Segment)))
        return block


def _types(opened: archive.Archive) -> dict[str, str]:
    """Return the content type of every part that declares one of its own."""
    text, _ = opened.text(_TYPES)
    found = {}
    for event in xml_events(text, f"{opened.where}:{_TYPES}"):
        values = {one.name: one.value for one in attributes(event.raw)}
        if event.name == "ct:Override" and event.kind is not Is.END:
            found[values.get("PartName", "").lstrip("/")] = values.get("ContentType", "")
        elif event.name == "ct:Default" and "vba" in values.get("ContentType", "").lower():
            found["vba"] = "vbaProject"
    return found


def _element(first: Event, stream: Iterator[Event]) -> list[Event]:
    """Return the events of an element that has just begun."""
    events, depth = [first], 1
    while depth:
        event = next(stream)
        events.append(event)
        if event.name == first.name:
            depth += {Is.START: 1, Is.END: -1}.get(event.kind, 0)
    return events


def _parts_of(events: Sequence[Event]) -> Iterator[list[Event]]:
    """Yield the children of a paragraph, each with all it holds; tags of wrappers and of the paragraph stand alone."""
    stream = iter(events)
    for event in stream:
        alone = event.name == "w:p" or event.name in _WRAPPERS or event.kind is not Is.START
        yield [event] if alone else _element(event, stream)


def _tokens(part: Sequence[Event], language: str) -> Iterator[_Token]:
    """Yield the tokens of a child of a paragraph."""
    first = part[0]
    raw = "".join(event.raw for event in part)
    if first.name == "w:r" and any(event.name == "w:t" for event in part):
        yield from _run(part, language)
    elif first.name == "w:r":
        yield _Token("whole", raw, key=_key(part), name=_field(part), inner=_inner(part, language))
    elif first.name in _TRACES or (first.kind is Is.OTHER and raw.isspace()):
        yield _Token("trace", raw)
    elif first.name == "w:p" or first.name == "w:pPr":
        yield _Token("frame", raw)
    elif first.name in _WRAPPERS and first.kind is not Is.EMPTY:
        yield _Token("open" if first.kind is Is.START else "close", raw, name=first.name)
    elif first.name.endswith("bookmarkStart") and 'w:name="_GoBack"' in raw:
        yield _Token("whole", raw)
    else:
        yield _Token("whole", raw)


def _run(part: Sequence[Event], language: str) -> Iterator[_Token]:
    """Yield the tokens of a run that has text."""
    key = _key(part)
    stream = iter(part)
    wrapper: list[str] = []
    for event in stream:
        if event.name == "w:t" and event.kind is Is.START:
            wrapper.append(event.raw)
            inside = _element(event, stream)[1:-1]
            yield _Token("trace", "".join(wrapper), key=key)
            for one in inside:
                yield _Token("text", one.raw, one.plain, key)
            wrapper = ["</w:t>"]
        elif event.name == "w:rPr" and event.kind is Is.START:
            wrapper += [one.raw for one in _element(event, stream)]
        elif event.name in ("w:r", "w:rPr", "w:t") or event.name in _TRACES or event.kind in (Is.OTHER, Is.TEXT):
            wrapper.append(event.raw)
        else:
            whole = _element(event, stream) if event.kind is Is.START else [event]
            if wrapper:
                yield _Token("trace", "".join(wrapper), key=key)
                wrapper = []
            raw = "".join(one.raw for one in whole)
            yield _Token("inside", raw, key=key, space=event.name in _SPACES, inner=_inner(whole, language))
    yield _Token("trace", "".join(wrapper), key=key)


def _key(part: Sequence[Event]) -> str:
    """Return the formatting of a run: its properties without those that only spelling checkers look at."""
    made: list[str] = []
    depth = 0
    for event in part:
        if event.name == "w:rPr":
            depth += {Is.START: 1, Is.END: -1}.get(event.kind, 0)
        elif depth:
            made.append(event.raw)
    return _NOISE.sub("", "".join(made)).strip()


def _field(part: Sequence[Event]) -> str:
    """Return what a run is to a field: its beginning with what it computes, its middle, its end."""
    for event in part:
        if event.name == "w:fldChar":
            return next((one.value for one in attributes(event.raw) if one.name == "w:fldCharType"), "")
        if event.name == "w:instrText" and event.kind is Is.START:
            return "instruction"
    return ""


def _inner(part: Sequence[Event], language: str) -> tuple[Piece, ...]:
    """Return markup as pieces, where a picture in it has an alternative text."""
    made: list[Piece] = []
    found = False
    for event in part:
        tag = event.kind in (Is.START, Is.EMPTY)
        values = {one.name: one.value for one in attributes(event.raw)} if tag else {}
        inner = tag_pieces(event, values, _picture, language, 1) if tag else ()
        found = found or bool(inner)
        made += inner or (Literal(event.raw, Kind.CODE),)
    return tuple(made) if found else ()


def _fields(tokens: Sequence[_Token]) -> list[_Token]:
    """Make one token of each field that begins and ends in the paragraph; the text of a link stays text."""
    made: list[_Token] = []
    index = 0
    while index < len(tokens):
        end = _field_end(tokens, index) if tokens[index].name == "begin" else None
        if end is None:
            made.append(tokens[index])
            index += 1
            continue
        inside = tokens[index : end + 1]
        code = "".join(token.raw for token in inside if token.name == "instruction")
        if "HYPERLINK" in code:
            middle = next((at for at, token in enumerate(inside) if token.name == "separate"), len(inside) - 1)
            made.append(_joined(inside[: middle + 1], "open"))
            made += inside[middle + 1 : -1]
            made.append(replace(inside[-1], kind="close", name="field") if middle < len(inside) - 1 else inside[-1])
        else:
            made.append(_joined(inside, "whole"))
        index = end + 1
    return made


def _field_end(tokens: Sequence[_Token], start: int) -> int | None:
    depth = 0
    for index in range(start, len(tokens)):
        depth += (tokens[index].name == "begin") - (tokens[index].name == "end")
        if not depth:
            return index
    return None


def _joined(tokens: Sequence[_Token], kind: str) -> _Token:
    return _Token(kind, "".join(token.raw for token in tokens), key=tokens[0].key, name="field")


def _role(tokens: Sequence[_Token], inside: str, part: str) -> Role:
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


def _atoms(tokens: Sequence[_Token]) -> list[Atom]:
    """Return a paragraph as text and markup, each markup with what it is once the paragraph is written anew."""
    return _Atoms().of(tokens)


@dataclass(slots=True)
class _Atoms:
    """Follow which run is open: the base of the paragraph or of a link, or a run with formatting of its own."""

    made: list[Atom] = field(default_factory=list)
    pending: str = ""
    frame: str = ""
    bases: list[str] = field(default_factory=list)
    own: str | None = None
    begun: bool = False

    def of(self, tokens: Sequence[_Token]) -> list[Atom]:
        """Return the atoms of a paragraph."""
        self.bases.append(_base(tokens))
        last = max((index for index, token in enumerate(tokens) if token.kind == "text"), default=-1)
        for index, token in enumerate(tokens[: last + 1]):
            self._take(token, tokens[index + 1 :])
        for token in tokens[last + 1 :]:
            self._take(token, ())
        self._leave_own()
        self.made.append(Markup(self.pending, shown=f"{_END if self.begun else ''}{self.frame}"))
        return self.made

    def _take(self, token: _Token, following: Sequence[_Token]) -> None:
        if token.kind in ("trace", "frame"):
            self.pending += token.raw
            self.frame += token.raw if token.kind == "frame" else ""
        elif token.kind == "text":
            self._enter(token.key)
            self.made += [Run(self.pending, "")] if self.pending else []
            self.made.append(Run(token.raw, token.plain))
            self.pending = ""
        elif token.kind == "open":
            self._leave_own()
            base = _base(following, token.name)
            shown = f"{_END}{token.raw}{_opener(base)}"
            self._markup(token, shown, opens=True)
            self.bases.append(base)
        elif token.kind == "close":
            self._leave_own()
            if len(self.bases) > 1:
                self.bases.pop()
            self._markup(token, f"{_END}{token.raw}{_opener(self.bases[-1])}", closes=True)
        elif token.kind == "inside":
            self._enter(token.key)
            self._markup(token, f"</w:t>{token.raw}{_TEXT}")
        else:
            self._markup(token, f"{_END}{token.raw}{self._again()}")

    def _markup(self, token: _Token, shown: str, *, opens: bool = False, closes: bool = False) -> None:
        self._begin()
        raw = self.pending + token.raw
        self.pending = ""
        if token.inner:
            before, after = shown.split(token.raw, 1)
            first = Literal(raw[: len(raw) - len(token.raw)], Kind.CODE, shown=before)
            inner = (first, *token.inner, Literal("", Kind.CODE, shown=after))
            self.made.append(Markup(raw, inner=inner))
        else:
            self.made.append(Markup(raw, opens, closes, token.space, shown, name=token.name))

    def _enter(self, key: str) -> None:
        """Be in a run with this formatting."""
        self._begin()
        wanted = None if key == self.bases[-1] else key
        if wanted == self.own:
            return
        self._leave_own()
        if wanted is not None:
            self.made.append(Markup(self.pending, opens=True, shown=f"{_END}{_opener(wanted)}", name="run"))
            self.pending, self.own = "", wanted

    def _leave_own(self) -> None:
        if self.own is not None:
            shown = f"{_END}{_opener(self.bases[-1])}"
            self.made.append(Markup(self.pending, closes=True, shown=shown, name="run"))
            self.pending, self.own = "", None

    def _begin(self) -> None:
        """Open the first run of the paragraph."""
        if not self.begun:
            self.begun = True
            self.made.append(Markup(self.pending, shown=self.frame + _opener(self.bases[-1])))
            self.pending = self.frame = ""

    def _again(self) -> str:
        return _opener(self.bases[-1] if self.own is None else self.own)


def _base(tokens: Sequence[_Token], until: str = "") -> str:
    """Return the formatting that most of the text has, up to the end of a wrapper."""
    counts: Counter[str] = Counter()
    depth = 0
    for token in tokens:
        depth += (token.kind == "open") - (token.kind == "close")
        if until and depth < 0:
            break
        if token.kind == "text":
            counts[token.key] += len(token.plain)
    return counts.most_common(1)[0][0] if counts else ""


def _opener(key: str) -> str:
    return f"<w:r><w:rPr>{key}</w:rPr>{_TEXT}" if key else f"<w:r>{_TEXT}"


def _without_changes(text: str, where: str, accept: bool) -> str:
    """Return a part as it is with all its tracked changes accepted.

    Raises:
        DocumentError: it has tracked changes that the desk does not accept unseen.
    """
    if not re.search(r"<w:(?:ins|del|move(?:From|To)|\w+Change|cell(?:Ins|Del|Merge))\b", text):
        return text
    made: list[str] = []
    found = False
    stream = iter(xml_events(text, where))
    for event in stream:
        gone = event.name in _DELETED or bool(_CHANGE_MARKS.match(event.name) or _RANGES.match(event.name))
        if gone and event.kind is Is.START:
            _element(event, stream)
        if not gone and event.name not in _INSERTED:
            made.append(event.raw)
        found = found or gone or event.name in _INSERTED
    if found and not accept:
        raise tracked(where)
    return "".join(made)
