"""Inline codes: markup inside a segment becomes numbered tags, and tags become markup again.

A paragraph arrives as a run of text and markup. Its sentences become segments; markup at the edge of a sentence stays
outside it, markup inside becomes a tag: `<1>…</1>` for a pair, `<2/>` for what stands alone. Sentences that a pair only
partly covers are one segment, so that tags are always balanced.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from sys import intern

from translate.documents.encoding import composed, normal
from translate.documents.layout import Splitter
from translate.documents.model import Code, Kind, Literal, Piece, Role, Segment

TAG = re.compile(r"<(?P<close>/)?(?P<number>\d+)(?P<alone>/)?>")
_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Run:
    """Text of a paragraph: as the source writes it, and as it reads. Where the two differ a run is never cut.

    `shown` is what is written where a run stands outside all sentences and a text of the paragraph has changed.
    """

    raw: str
    plain: str
    shown: str | None = None


@dataclass(frozen=True, slots=True)
class Markup:
    """Markup of a paragraph: one end of a pair, or what stands alone; a `space` separates words (a line break).

    `shown` is what is written once a text of the paragraph has changed, where that is not `raw`. `inner` are the pieces
    of markup that holds text. The two ends of a pair have one `name`.
    """

    raw: str
    opens: bool = False
    closes: bool = False
    space: bool = False
    shown: str | None = None
    inner: tuple[Piece, ...] = ()
    name: str = ""

    @property
    def plain(self) -> str:
        """Return how it reads: a space or nothing."""
        return " " if self.space else ""

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Return the markup as pieces of a block."""
        if self.inner:
            return self.inner
        # A document has the same few tags thousands of times.
        shown = None if self.shown is None else intern(self.shown)
        return (Literal(intern(self.raw), Kind.CODE, shown=shown),)


Atom = Run | Markup


@dataclass(frozen=True, slots=True)
class Place:
    """Where a paragraph stands: what its segments have in common; `line` is that of its first character.

    Where `numbered`, `line` is the number of the paragraph, and its segments are all there.
    """

    role: Role
    line: int
    context: str = ""
    limit: int = 0
    numbered: bool = False


def pieces(atoms: Sequence[Atom], place: Place, split: Splitter | None) -> tuple[Piece, ...]:
    """Cut a paragraph into segments and literals; joined, their raw texts are those of the atoms.

    A paragraph without a letter or a figure has no segment.
    """
    plain = "".join(atom.plain for atom in atoms)
    if not _WORD.search(plain):
        return tuple(_kept(atoms))
    if "<" in plain:
        atoms = _protected(atoms, plain)
        plain = "".join(atom.plain for atom in atoms)
    spans, clean = _spans(plain, split)
    if all(isinstance(atom, Run) and len(atom.raw) == len(atom.plain) for atom in atoms):
        return tuple(_plain(atoms, plain, spans, place, clean))
    atoms, runs = _cut(atoms, spans)
    partner = _partners(atoms)
    made: list[Piece] = []
    at = counted = 0
    line = place.line
    for first, last in _balanced(runs, partner):
        made += _kept(atoms[at:first])
        if place.line and not place.numbered:
            line += sum(atom.raw.count("\n") for atom in atoms[counted:first])
        made += _sentence(atoms, partner, first, last, place, line)
        at, counted = last + 1, first
    made += _kept(atoms[at:])
    return tuple(made)


def _plain(
    atoms: Sequence[Atom], plain: str, spans: Sequence[tuple[int, int]], place: Place, clean: bool
) -> Iterator[Piece]:
    """Yield the pieces of a paragraph without markup, where offsets are the same in both texts: most are such."""
    raw = "".join(atom.raw for atom in atoms)
    at, line = 0, place.line
    lines = "\n" in raw and not place.numbered
    for start, end in spans:
        if start > at:
            yield Literal(raw[at:start])
        if lines:
            line = place.line + raw.count("\n", 0, start)
        text = plain[start:end]
        text = " ".join(text.split()) if clean else normal(text)
        yield _segment(text, raw[start:end], place, line)
        at = end
    if at < len(raw):
        yield Literal(raw[at:])


def fault(source: str, translation: str) -> str | None:
    """Say what is wrong with the tags of a translation: one is missing, too many, unknown, or out of its nest.

    >>> fault("un <1>mot</1>", "a <1>word</1>"), fault("un <1>mot</1>", "a word"), fault("<1>a</1>", "</1>a<1>")
    (None, '<1> is missing', '</1> stands before <1>')
    """
    wanted = Counter(match.group() for match in TAG.finditer(source))
    found = Counter(match.group() for match in TAG.finditer(translation))
    for tag in wanted | found:
        if found[tag] < wanted[tag]:
            return f"{tag} is missing"
        if found[tag] > wanted[tag]:
            return f"{tag} is not in the source" if tag not in wanted else f"{tag} stands there twice"
    open_: list[str] = []
    for match in TAG.finditer(translation):
        if match["close"]:
            if match["number"] not in open_:
                return f"{match.group()} stands before <{match['number']}>"
            if open_.pop() != match["number"]:
                return f"{match.group()} stands inside another pair than <{match['number']}>"
        elif not match["alone"]:
            open_.append(match["number"])
    return None


def without_tags(text: str) -> str:
    """Return a text without its tags.

    >>> without_tags("un <1>mot</1>")
    'un mot'
    """
    return TAG.sub("", text) if "<" in text else text


def _spans(plain: str, split: Splitter | None) -> tuple[list[tuple[int, int]], bool]:
    """Return the sentences that have words, as offsets in the plain text, and whether its signs are the catalog's."""
    seen, offsets = composed(plain)
    if split is None:
        start = len(seen) - len(seen.lstrip())
        found = [(start, len(seen.rstrip()))]
    else:
        found = split(seen)
    mapped = found if offsets is None else [(offsets[start], offsets[end]) for start, end in found]
    return [(start, end) for start, end in mapped if _WORD.search(plain, start, end)], offsets is None


def _protected(atoms: Sequence[Atom], plain: str) -> list[Atom]:
    """Return the atoms with text that looks like a tag as markup: it must not be taken for one of ours."""
    spans = [match.span() for match in TAG.finditer(plain)]
    if not spans:
        return list(atoms)
    cut, runs = _cut(atoms, spans)
    for first, last in reversed(runs):
        cut[first : last + 1] = [Markup("".join(atom.raw for atom in cut[first : last + 1]))]
    return cut


def _cut(atoms: Sequence[Atom], spans: Sequence[tuple[int, int]]) -> tuple[list[Atom], list[tuple[int, int]]]:
    """Cut runs at the ends of spans; return the atoms, and the first and last run of each span."""
    edges = [edge for span in spans for edge in span]
    made: list[Atom] = []
    starts: list[int] = []
    at = next_edge = 0
    for atom in atoms:
        end = at + len(atom.plain)
        while next_edge < len(edges) and edges[next_edge] <= at:
            next_edge += 1
        if isinstance(atom, Run) and atom.raw == atom.plain:
            text = atom.plain
            while next_edge < len(edges) and edges[next_edge] < end:
                made.append(Run(text[: edges[next_edge] - at], text[: edges[next_edge] - at]))
                starts.append(at)
                text, at = text[edges[next_edge] - at :], edges[next_edge]
                next_edge += 1
            atom = Run(text, text)
        made.append(atom)
        starts.append(at)
        at = end
    runs: list[tuple[int, int]] = []
    index = 0
    for start, end in spans:
        inside: list[int] = []
        while index < len(made) and starts[index] < end:
            atom = made[index]
            if isinstance(atom, Run) and atom.plain and starts[index] + len(atom.plain) > start:
                inside.append(index)
            index += 1
        if inside:
            runs.append((inside[0], inside[-1]))
    return made, runs


def _partners(atoms: Sequence[Atom]) -> dict[int, int]:
    """Return the other end of each end of a pair; an end without another stands alone."""
    found: dict[int, int] = {}
    waiting: list[int] = []
    names: dict[int, str] = {}
    opened: Counter[str] = Counter()
    for index, atom in enumerate(atoms):
        if isinstance(atom, Markup):
            if atom.opens:
                waiting.append(index)
                names[index] = atom.name
                opened[atom.name] += 1
            elif atom.closes and opened[atom.name]:
                # Ends inside it that were never closed stand alone.
                while True:
                    first = waiting.pop()
                    opened[names[first]] -= 1
                    if names[first] == atom.name:
                        break
                found[first], found[index] = index, first
    return found


def _balanced(runs: Sequence[tuple[int, int]], partner: dict[int, int]) -> list[tuple[int, int]]:
    """Widen the sentences until each holds both ends of the pairs it holds; join those that then overlap."""
    if not partner:
        return list(runs)
    made: list[tuple[int, int]] = []
    for first, last in runs:
        first, last = _widened(first, last, partner)
        while made and made[-1][1] >= first:
            before = made.pop()
            first, last = _widened(min(before[0], first), max(before[1], last), partner)
        made.append((first, last))
    return made


def _widened(first: int, last: int, partner: dict[int, int]) -> tuple[int, int]:
    while True:
        ends = [partner[index] for index in range(first, last + 1) if index in partner]
        wider = min([first, *ends]), max([last, *ends])
        if wider == (first, last):
            return wider
        first, last = wider


def _sentence(
    atoms: Sequence[Atom], partner: dict[int, int], first: int, last: int, place: Place, line: int
) -> Iterator[Piece]:
    """Yield the segment of some atoms."""
    parts: list[str] = []
    codes: list[Code] = []
    number: dict[int, int] = {}
    for index in range(first, last + 1):
        atom = atoms[index]
        if isinstance(atom, Run):
            parts.append(atom.plain)
        elif index not in partner:
            codes.append(Code(atom.pieces))
            parts.append(f"<{len(codes)}/>")
        elif atom.opens:
            other = atoms[partner[index]]
            assert isinstance(other, Markup)
            codes.append(Code(atom.pieces, other.pieces))
            number[partner[index]] = len(codes)
            parts.append(f"<{len(codes)}>")
        else:
            parts.append(f"</{number[index]}>")
    raw = "".join(atom.raw for atom in atoms[first : last + 1])
    text = normal("".join(parts))
    yield _segment(text, raw, place, line, tuple(codes))


def _segment(text: str, raw: str, place: Place, line: int, codes: tuple[Code, ...] = ()) -> Segment:
    # Most texts are what the source holds: kept once, they need half the memory.
    return Segment(text, text if text == raw else raw, place.role, line, codes, place.context, place.limit)


def _kept(atoms: Sequence[Atom]) -> Iterator[Piece]:
    for atom in atoms:
        if isinstance(atom, Markup):
            yield from atom.pieces
        elif atom.raw:
            yield Literal(atom.raw, shown=atom.shown)
