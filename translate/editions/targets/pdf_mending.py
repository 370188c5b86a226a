"""Put right what Typst writes of lines from right to left, and of signs above and below letters.

Typst cuts words where their font changes, and where a sign stands higher or lower than the line. From right to left the
parts lie in the file as they stand on the page, the end of the words first; and a part that is only a sign above a
letter says that letter a second time. A screen reader says what lies in the file.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise

from translate.editions.targets.pdf_reading import Element, Marked, Tagged, seen, signs, tagged

_RIGHT = frozenset({"R", "AL"})
# Letters that one font has, each as one sign, and marks between words: of them nothing can go wrong.
_PLAIN = re.compile("[\0-\u024f\u2000-\u20cf]*")
# How far a sign may stand above or below a line and still belong to it, in points.
_NEAR = 9.0
_ROW = re.compile(rb"(\d{10}) \d{5} n")
_HELD = re.compile(rb"/K\[([^\]]*)\]")
_CHILD = re.compile(rb"<<.*?>>|\d+ 0 R|\d+")
_BEGUN = re.compile(rb"/Span\s*<<([^<>]*/MCID (\d+)\b[^<>]*)>>\s*BDC")


@dataclass(frozen=True, slots=True)
class _Part:
    """Marked content in its place: which child of which element it is."""

    parent: Element
    place: int
    marked: Marked

    @property
    def backwards(self) -> bool:
        """Say whether its signs are painted from their end."""
        return any(turned for _, turned in self.marked.parts) or _runs_left(self.marked.signs)

    @property
    def words(self) -> str:
        """Return what its signs read."""
        return "".join(reversed(self.marked.signs) if self.backwards else self.marked.signs)


@dataclass(slots=True)
class _Changes:
    """What marked content shall say, which shall say nothing, and in which order elements hold what they hold."""

    said: dict[tuple[int, int], str] = field(default_factory=dict)
    silent: set[tuple[int, int]] = field(default_factory=set)
    order: dict[int, list[int]] = field(default_factory=dict)


def mended(data: bytes, wanted: Sequence[str]) -> bytes:
    """Return a file that reads as it should, or as it is where it cannot be put right.

    What marked content says is taken from the signs painted in it; what an edition says only tells in which order.

    Args:
        data: the file as Typst wrote it.
        wanted: what is said in each block.
    """
    wanted = [words for words in wanted if seen(words)]
    if all(_PLAIN.fullmatch(words) for words in wanted):
        return data
    file, changes = tagged(data), _Changes()
    found = [one for one in file.blocks if seen(one.words)]
    if len(found) != len(wanted):
        return data
    for element, words in zip(found, wanted, strict=True):
        if seen(element.words) != seen(words):
            _put_right(element, words, changes)
    return _written(data, file, changes) if changes.order else data


def _put_right(block: Element, wanted: str, changes: _Changes) -> None:
    parts = list(_parts(block))
    silent = {key for siblings in _siblings(parts) for key in _silent(siblings)}
    shown = [one for one in parts if _key(one) not in silent]
    order = _ordered([*_closed(shown)], signs(wanted))
    # An element without a number is written inside another: not by the Typst that we know.
    if order is None or not all(one.parent.number for one in parts):
        return
    changes.silent |= silent
    changes.said |= {_key(one): one.words for one in shown if one.words != one.marked.words}
    turned = {_key(old): new.place for old, new in zip(shown, order, strict=True)}
    for element in {one.parent.number: one.parent for one in parts}.values():
        held = enumerate(element.children)
        keys = [(place, (one.page, one.number) if isinstance(one, Marked) else None) for place, one in held]
        changes.order[element.number] = [
            place if key is None else turned[key] for place, key in keys if key is None or key not in silent
        ]


def _parts(element: Element) -> Iterator[_Part]:
    for place, one in enumerate(element.children):
        if isinstance(one, Marked):
            yield _Part(element, place, one)
        else:
            yield from _parts(one)


def _key(part: _Part) -> tuple[int, int]:
    return part.marked.page, part.marked.number


def _runs_left(painted: Sequence[str]) -> bool:
    return any(unicodedata.bidirectional(letter) in _RIGHT for letter in chain.from_iterable(painted))


def _has_mark(sign: str) -> bool:
    return any(unicodedata.category(one).startswith("M") for one in unicodedata.normalize("NFD", sign))


def _siblings(parts: Sequence[_Part]) -> Iterator[list[_Part]]:
    """Yield the parts that stand next to each other in one line of one element."""
    run = list(parts[:1])
    for one, other in pairwise(parts):
        if not _together(one, other):
            yield run
            run = []
        run.append(other)
    yield run


def _together(one: _Part, other: _Part) -> bool:
    """Say whether parts that follow each other belong to one line of one element."""
    near = abs(one.marked.base - other.marked.base) < _NEAR and one.marked.page == other.marked.page
    return near and one.parent is other.parent


def _closed(parts: Sequence[_Part]) -> Iterator[_Part]:
    """Yield the parts of each line, and last the space that it ends with.

    That space lies at the edge of the page, and where something else does: it has no width.
    """
    places = defaultdict(list)
    for one in parts:
        places[one.marked.page, round(one.marked.left, 2)].append(one.marked.base)
    for line in _siblings(parts):
        last = []
        for one in line:
            beside = places[one.marked.page, round(one.marked.left, 2)]
            if one.words.isspace() and sum(abs(one.marked.base - base) < _NEAR for base in beside) > 1:
                last.append(one)
            else:
                yield one
        yield from last


def _silent(parts: Sequence[_Part]) -> Iterator[tuple[int, int]]:
    """Yield what is only a sign above or below a letter, whose own part says both."""
    # From right to left a sign is painted before its letter, else after it.
    for left, line in ((False, parts), (True, parts[::-1])):
        letter: Marked | None = None
        for one in line:
            painted = one.marked.signs
            stacked = len(painted) == 1 and _has_mark(painted[0])
            if (
                letter is not None
                and stacked
                and _runs_left(painted) is left
                and letter.signs[0 if left else -1] == painted[0]
                and letter.base != one.marked.base
            ):
                yield _key(one)
            else:
                letter = one.marked if painted else None


def _ordered(parts: Sequence[_Part], wanted: str) -> list[_Part] | None:
    """Return parts in the order in which they say the words; some of a line may have to be turned round."""
    made: list[_Part] = []
    at = 0
    while len(made) < len(parts):
        for turned in _turned(parts, len(made)):
            said = signs("".join(one.words for one in turned))
            if wanted.startswith(said, at):
                made += turned
                at += len(said)
                break
        else:
            return None
    return made if at == len(wanted) else None


def _turned(parts: Sequence[_Part], start: int) -> Iterator[list[_Part]]:
    """Yield what may come next: parts of a line that lie in the order of the page, the most first, or a part alone."""
    end = start + 1
    for one, other in pairwise(parts[start:]):
        if not _together(one, other) or one.marked.left > other.marked.left:
            break
        end += 1
    alone, turned = [parts[start]], (list(reversed(parts[start:at])) for at in range(end, start + 1, -1))
    # Which of both holds for marks between words cannot be seen.
    yield from (*turned, alone) if any(one.backwards for one in parts[start:end]) else (alone, *turned)


def _written(data: bytes, file: Tagged, changes: _Changes) -> bytes:
    """Write a file again with what has changed; its objects keep their numbers and their order."""
    table = int(data[data.rindex(b"startxref") + len(b"startxref") :].split()[0])
    starts = [int(row) for row in _ROW.findall(data, table)]
    ends = dict(pairwise([*sorted(starts), table]))
    objects = {number: data[start : ends[start]] for number, start in enumerate(starts, 1)}
    for number, order in changes.order.items():
        objects[number] = _held(objects[number], order)
    for number in {page for page, _ in chain(changes.said, changes.silent)}:
        page = file.pages[number]
        content = b"\n".join(stream.get_data() for stream in page.contents)
        stream = zlib.compress(_said(content, number, changes))
        (place,) = {stream.objid for stream in page.contents}
        head = b"%d 0 obj\n<</Length %d/Filter/FlateDecode>>\nstream\n" % (place, len(stream))
        objects[place] = head + stream + b"\nendstream\nendobj\n"
    assert b"/Size %d/" % (len(starts) + 1) in data[table:], "every object has a row in the table"
    made, places = data[: min(starts)], {}
    for number in sorted(objects, key=lambda number: starts[number - 1]):
        places[number] = len(made)
        made += objects[number]
    rows = b"".join(b"%010d 00000 n\r\n" % places[number] for number in range(1, len(starts) + 1))
    trailer = data[data.index(b"trailer", table) : data.rindex(b"startxref")]
    head = b"xref\n0 %d\n0000000000 65535 f\r\n" % (len(starts) + 1)
    return made + head + rows + trailer + b"startxref\n%d\n%%%%EOF" % len(made)


def _held(element: bytes, order: Sequence[int]) -> bytes:
    """Return an element of the structure that holds its children in another order, or not all of them."""
    held = _HELD.search(element)
    assert held is not None
    children = _CHILD.findall(held[1])
    made = b" ".join(children[place] for place in order)
    return element[: held.start(1)] + made + element[held.end(1) :]


def _said(content: bytes, page: int, changes: _Changes) -> bytes:
    """Return the content of a page in which marked content says what it should."""

    def begun(found: re.Match[bytes]) -> bytes:
        key = page, int(found[2])
        if key in changes.silent:
            return b"/Artifact BMC"
        if key not in changes.said:
            return found[0]
        words = ("\ufeff" + changes.said[key]).encode("utf-16-be").hex().encode()
        return b"/Span<<" + found[1] + b"/ActualText<" + words + b">>>BDC"

    return _BEGUN.sub(begun, content)
