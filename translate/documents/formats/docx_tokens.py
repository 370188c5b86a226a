"""The parts of a Word paragraph, in order: text, what stands in a run beside it, links and fields around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from translate.documents.elements import Meaning, tag_pieces
from translate.documents.markup import Event, attributes
from translate.documents.markup import Kind as Is
from translate.documents.model import Kind, Literal, Piece, Role

_NOISE = re.compile(r"<w:(?:lang|noProof|proofErr)\b[^>]*/>|(?<!\s)\s+w:rsid\w*=\"[^\"]*\"")
# They hold runs, and are one with them.
_WRAPPERS = frozenset({"w:hyperlink", "w:smartTag", "w:sdt", "w:customXml", "w:bdo", "w:dir"})
_PROPERTIES = frozenset({"w:sdtPr", "w:sdtEndPr", "w:smartTagPr", "w:customXmlPr"})
_SPACES = frozenset({"w:tab", "w:br", "w:cr", "w:ptab"})
_TRACES = frozenset({"w:proofErr", "w:lastRenderedPageBreak"})
# Hyphens that are elements, and the signs they are in text.
_SIGNS = {"w:noBreakHyphen": "\u2011", "w:softHyphen": "\u00ad"}
_DIVIDED = frozenset({"w:t", "w:fldChar", "w:instrText", *_SIGNS})
# The fields whose text somebody wrote; that of all others is computed.
_WRITTEN = re.compile(r"\s*(?:HYPERLINK|FORMTEXT|TOC)\b", re.IGNORECASE)
_DESCRIBED = ("wp:docPr", "v:", "w:tblCaption", "w:tblDescription")


@dataclass(frozen=True, slots=True)
class Token:
    """A part of a paragraph: text in a run, what stands in a run beside text, or what stands outside of runs.

    `key` is the formatting of its run. A token of kind "trace" disappears when the paragraph is written anew. `shown`
    is what can stand between runs, where `raw` cannot.
    """

    kind: str
    raw: str
    plain: str = ""
    key: str = ""
    space: bool = False
    name: str = ""
    inner: tuple[Piece, ...] = ()
    shown: str | None = None

    @property
    def alone(self) -> str:
        """Return it as it can stand between runs."""
        if self.kind == "trace":
            return ""
        return self.raw if self.shown is None else self.shown


def source_of(events: Iterable[Event]) -> str:
    """Return the source of some events."""
    return "".join(event.raw for event in events)


def element(first: Event, stream: Iterator[Event]) -> list[Event]:
    """Return the events of an element that has just begun."""
    events, depth = [first], 1
    while depth:
        event = next(stream)
        events.append(event)
        if event.name == first.name:
            depth += {Is.START: 1, Is.END: -1}.get(event.kind, 0)
    return events


def children(events: Sequence[Event]) -> Iterator[Sequence[Event]]:
    """Yield the children of a paragraph, each with all it holds; tags of the paragraph and of wrappers stand alone."""
    at = 0
    while at < len(events):
        end = _end_of_child(events, at)
        yield events[at:end]
        at = end


def _end_of_child(events: Sequence[Event], at: int) -> int:
    first = events[at]
    if _wraps(first):
        # The properties of a wrapper are one with its tag: apart from it, they would be no properties.
        at += 1
        while events[at].name in _PROPERTIES or events[at].raw.isspace():
            at = _end(events, at)
        return at + (events[at].name == "w:sdtContent")
    if (first.kind, first.name) == (Is.END, "w:sdtContent"):
        return next(index for index in range(at, len(events)) if events[index].name == "w:sdt") + 1
    if first.name == "w:bookmarkStart" and at + 1 < len(events) and events[at + 1].name == "w:bookmarkEnd":
        return at + 2
    return at + 1 if first.name == "w:p" or first.kind is Is.END else _end(events, at)


def _end(events: Sequence[Event], at: int) -> int:
    """Return where the element ends that begins at an event."""
    depth = 0
    for index in range(at, len(events)):
        if events[index].name == events[at].name:
            depth += {Is.START: 1, Is.END: -1}.get(events[index].kind, 0)
        if not depth:
            return index + 1
    return len(events)


def _wraps(event: Event) -> bool:
    """Say whether an event begins an element whose runs are text of the paragraph."""
    if event.name == "w:fldSimple" and event.kind is Is.START:
        return any(one.name == "w:instr" and _WRITTEN.match(one.value) for one in attributes(event.raw))
    return event.name in _WRAPPERS and event.kind is Is.START


def tokens_of(child: Sequence[Event], line: int) -> Iterator[Token]:
    """Yield the tokens of a child of a paragraph; `line` is the number of the paragraph."""
    first = child[0]
    raw = source_of(child)
    if first.name == "w:r":
        yield from _run(child, raw, line)
    elif first.name in _TRACES or (first.kind in (Is.OTHER, Is.TEXT) and raw.isspace()):
        yield Token("trace", raw)
    elif first.name in ("w:p", "w:pPr"):
        yield Token("frame", raw)
    elif _wraps(first):
        yield Token("open", raw, name=first.name)
    elif first.kind is Is.END:
        yield Token("close", raw, name=child[-1].name)
    elif len(child) == 2 and 'w:name="_GoBack"' in raw:
        # Where the cursor was when Word last saved: it would cut words in two.
        yield Token("trace", raw)
    else:
        yield Token("whole", raw, inner=_inner(child, line))


def _run(run: Sequence[Event], raw: str, line: int) -> Iterator[Token]:
    """Yield the tokens of a run: one, unless it has text or parts of fields."""
    inside = list(_elements(run))
    names = {one[0].name for one in inside} - _TRACES - {"w:rPr", ""}
    key = _key(inside)
    if not names:
        yield Token("trace", raw)
        return
    if not names & _DIVIDED:
        yield Token("whole", raw, key=key, space=names <= _SPACES, inner=_inner(run, line))
        return
    skipped = run[0].raw
    for one in inside:
        first, content = one[0], source_of(one)
        shown = f"{opened(key)}{content}</w:r>"
        if first.name == "w:t" and first.kind is Is.START:
            yield Token("trace", skipped + first.raw)
            for event in one[1:-1]:
                shown = f"{opened(key)}{first.raw}{event.raw}</w:t></w:r>"
                yield Token("text", event.raw, event.plain, key, shown=shown)
            skipped = one[-1].raw
        elif first.name in ("w:rPr", "w:t") or first.name in _TRACES or first.kind in (Is.OTHER, Is.TEXT):
            skipped += content
        else:
            yield Token("trace", skipped)
            skipped = ""
            if first.name in _SIGNS:
                yield Token("text", content, _SIGNS[first.name], key, shown=shown)
            elif field := _field(one):
                plain = "".join(event.plain for event in one) if field == "instruction" else ""
                yield Token("whole", content, plain, key, name=field, shown=shown)
            else:
                space = first.name in _SPACES
                yield Token("inside", content, key=key, space=space, inner=_inner(one, line), shown=shown)
    yield Token("trace", skipped + run[-1].raw)


def _elements(run: Sequence[Event]) -> Iterator[Sequence[Event]]:
    """Yield the elements in a run."""
    at = 1
    while at < len(run) - 1:
        end = _end(run, at)
        yield run[at:end]
        at = end


def opened(key: str) -> str:
    """Return the beginning of a run with some formatting."""
    return f"<w:r><w:rPr>{key}</w:rPr>" if key else "<w:r>"


def _key(inside: Iterable[Sequence[Event]]) -> str:
    """Return the formatting of a run: its properties without those that only spelling checkers look at."""
    properties = next((source_of(one[1:-1]) for one in inside if one[0].name == "w:rPr"), "")
    return _NOISE.sub("", properties).strip()


def _field(part: Sequence[Event]) -> str:
    """Return what an element is to a field: its beginning, what it computes, its middle, its end."""
    if part[0].name == "w:instrText":
        return "instruction"
    if part[0].name == "w:fldChar":
        return next((one.value for one in attributes(part[0].raw) if one.name == "w:fldCharType"), "")
    return ""


def described(event: Event, line: int) -> tuple[Piece, ...]:
    """Return a tag as pieces, where it describes a picture or a table."""
    if event.kind not in (Is.START, Is.EMPTY) or not event.name.startswith(_DESCRIBED):
        return ()
    values = {one.name: one.value for one in attributes(event.raw)}
    return tag_pieces(event, values, _description, "", line)


def _description(name: str, attribute: str, _: Mapping[str, str]) -> Meaning:
    if name == "wp:docPr" and attribute in ("descr", "title"):
        return Role.ALTERNATIVE if attribute == "descr" else Role.TITLE
    if name in ("w:tblCaption", "w:tblDescription") and attribute == "w:val":
        return Role.ALTERNATIVE
    # The text of a watermark is an attribute.
    return {"alt": Role.ALTERNATIVE, "string": Role.TITLE}.get(attribute) if name.startswith("v:") else None


def _inner(part: Sequence[Event], line: int) -> tuple[Piece, ...]:
    """Return markup as pieces, where it describes a picture."""
    made = [described(event, line) or (Literal(event.raw, Kind.CODE),) for event in part]
    return tuple(piece for one in made for piece in one) if any(len(one) > 1 for one in made) else ()


def with_fields(tokens: Sequence[Token]) -> list[Token]:
    """Make one token of each field that begins and ends in the paragraph, a pair of one whose text somebody wrote.

    Of a field that ends in another paragraph, its beginning with what it computes is one token.
    """
    made: list[Token] = []
    at = 0
    while at < len(tokens):
        middle, end = _parts(tokens, at) if tokens[at].name == "begin" else (None, None)
        if end is not None and not _balanced(tokens[at:end]):
            end = None
        if end is None:
            after = at + 1 if middle is None or not _balanced(tokens[at:middle]) else middle
            made.append(_one(tokens[at:after], "whole"))
        elif middle is None or not _is_written(tokens[at:middle]):
            after = end
            made.append(_one(tokens[at:end], "whole"))
        else:
            after = end
            made.append(_one(tokens[at:middle], "open"))
            made += with_fields(tokens[middle : end - 1])
            made.append(_one(tokens[end - 1 : end], "close"))
        at = after
    return made


def _parts(tokens: Sequence[Token], start: int) -> tuple[int | None, int | None]:
    """Return where the text of a field begins and where the field ends, as far as the paragraph has them."""
    middle, depth = None, 0
    for index in range(start, len(tokens)):
        depth += (tokens[index].name == "begin") - (tokens[index].name == "end")
        if depth == 1 and tokens[index].name == "separate" and middle is None:
            middle = index + 1
        if not depth:
            return middle, index + 1
    return middle, None


def _is_written(tokens: Sequence[Token]) -> bool:
    return _WRITTEN.match("".join(token.plain for token in tokens if token.name == "instruction")) is not None


def _balanced(tokens: Sequence[Token]) -> bool:
    """Say whether wrappers begin and end in some tokens."""
    depth = 0
    for token in tokens:
        depth += (token.kind == "open") - (token.kind == "close")
        if depth < 0:
            return False
    return not depth


def _one(tokens: Sequence[Token], kind: str) -> Token:
    """Make one token of some; the beginning or the end of a field, or all of it."""
    if len(tokens) == 1 and kind == "whole":
        return tokens[0]
    raw = "".join(token.raw for token in tokens)
    return Token(kind, raw, key=tokens[0].key, name="field", shown="".join(token.alone for token in tokens))
