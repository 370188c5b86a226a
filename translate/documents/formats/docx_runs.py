"""The runs of a Word paragraph: as tokens, and from tokens to text and markup that can be moved.

A paragraph's most frequent formatting is its base. Runs with other formatting, links and fields are inline codes: the
markup of a code ends the run before it and begins the next one, so that a code may stand anywhere in the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from translate.documents.codes import Atom, Markup, Run
from translate.documents.elements import Meaning, tag_pieces
from translate.documents.markup import Event, attributes
from translate.documents.markup import Kind as Is
from translate.documents.model import Kind, Literal, Piece, Role

TEXT = '<w:t xml:space="preserve">'
_END = "</w:t></w:r>"
EMPTY_RUN = re.compile(rf"<w:r>(?:<w:rPr>(?:(?!</w:rPr>|<w:rPr).)*</w:rPr>)?{TEXT}</w:t></w:r>", re.DOTALL)
_NOISE = re.compile(r"<w:(?:lang|noProof|proofErr)\b[^>]*/>|\s+w:rsid\w*=\"[^\"]*\"")
# They hold runs, and are one with them.
_WRAPPERS = frozenset({"w:hyperlink", "w:smartTag", "w:sdt", "w:sdtContent", "w:customXml", "w:bdo", "w:dir"})
_SPACES = frozenset({"w:tab", "w:br", "w:cr", "w:ptab"})
_TRACES = frozenset({"w:proofErr", "w:lastRenderedPageBreak"})


def _picture(element: str, name: str, _: Mapping[str, str]) -> Meaning:
    if element == "wp:docPr" and name in ("descr", "title"):
        return Role.ALTERNATIVE if name == "descr" else Role.TITLE
    return None


@dataclass(frozen=True, slots=True)
class Token:
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


def element(first: Event, stream: Iterator[Event]) -> list[Event]:
    """Return the events of an element that has just begun."""
    events, depth = [first], 1
    while depth:
        event = next(stream)
        events.append(event)
        if event.name == first.name:
            depth += {Is.START: 1, Is.END: -1}.get(event.kind, 0)
    return events


def children(events: Sequence[Event]) -> Iterator[list[Event]]:
    """Yield the children of a paragraph, each with all it holds; tags of wrappers and of the paragraph stand alone."""
    stream = iter(events)
    for event in stream:
        alone = event.name == "w:p" or event.name in _WRAPPERS or event.kind is not Is.START
        yield [event] if alone else element(event, stream)


def tokens_of(part: Sequence[Event], language: str) -> Iterator[Token]:
    """Yield the tokens of a child of a paragraph."""
    first = part[0]
    raw = "".join(event.raw for event in part)
    if first.name == "w:r" and any(event.name == "w:t" for event in part):
        yield from _run(part, language)
    elif first.name == "w:r":
        yield Token("whole", raw, key=_key(part), name=_field(part), inner=_inner(part, language))
    elif first.name in _TRACES or (first.kind in (Is.OTHER, Is.TEXT) and raw.isspace()):
        yield Token("trace", raw)
    elif first.name == "w:p" or first.name == "w:pPr":
        yield Token("frame", raw)
    elif first.name in _WRAPPERS and first.kind is not Is.EMPTY:
        yield Token("open" if first.kind is Is.START else "close", raw, name=first.name)
    elif first.name.endswith("bookmarkStart") and 'w:name="_GoBack"' in raw:
        yield Token("whole", raw)
    else:
        yield Token("whole", raw)


def _run(part: Sequence[Event], language: str) -> Iterator[Token]:
    """Yield the tokens of a run that has text."""
    key = _key(part)
    stream = iter(part)
    wrapper: list[str] = []
    for event in stream:
        if event.name == "w:t" and event.kind is Is.START:
            wrapper.append(event.raw)
            inside = element(event, stream)[1:-1]
            yield Token("trace", "".join(wrapper), key=key)
            for one in inside:
                yield Token("text", one.raw, one.plain, key)
            wrapper = ["</w:t>"]
        elif event.name == "w:rPr" and event.kind is Is.START:
            wrapper += [one.raw for one in element(event, stream)]
        elif event.name in ("w:r", "w:rPr", "w:t") or event.name in _TRACES or event.kind in (Is.OTHER, Is.TEXT):
            wrapper.append(event.raw)
        else:
            whole = element(event, stream) if event.kind is Is.START else [event]
            if wrapper:
                yield Token("trace", "".join(wrapper), key=key)
                wrapper = []
            raw = "".join(one.raw for one in whole)
            yield Token("inside", raw, key=key, space=event.name in _SPACES, inner=_inner(whole, language))
    yield Token("trace", "".join(wrapper), key=key)


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


def with_fields(tokens: Sequence[Token]) -> list[Token]:
    """Make one token of each field that begins and ends in the paragraph; the text of a link stays text."""
    made: list[Token] = []
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


def _field_end(tokens: Sequence[Token], start: int) -> int | None:
    depth = 0
    for index in range(start, len(tokens)):
        depth += (tokens[index].name == "begin") - (tokens[index].name == "end")
        if not depth:
            return index
    return None


def _joined(tokens: Sequence[Token], kind: str) -> Token:
    return Token(kind, "".join(token.raw for token in tokens), key=tokens[0].key, name="field")


def atoms(tokens: Sequence[Token]) -> list[Atom]:
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

    def of(self, tokens: Sequence[Token]) -> list[Atom]:
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

    def _take(self, token: Token, following: Sequence[Token]) -> None:
        if token.kind in ("trace", "frame"):
            self.pending += token.raw
            self.frame += token.raw if token.kind == "frame" else ""
        elif token.kind == "text":
            self._enter(token.key)
            self.made += [Run(self.pending, "", shown="")] if self.pending else []
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
            self._markup(token, f"</w:t>{token.raw}{TEXT}")
        else:
            self._markup(token, f"{_END}{token.raw}{self._again()}")

    def _markup(self, token: Token, shown: str, *, opens: bool = False, closes: bool = False) -> None:
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


def _base(tokens: Sequence[Token], until: str = "") -> str:
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
    return f"<w:r><w:rPr>{key}</w:rPr>{TEXT}" if key else f"<w:r>{TEXT}"
