"""Segments that were cut otherwise, when the rules of segmentation change: translations are joined and split alike."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from translate.documents.codes import TAG, fault
from translate.documents.layout import Splitter

_FIGURES = re.compile(r"\d+")
# So many sentences become one segment at most; no paragraph of news copy has more.
_MOST = 40


@dataclass(frozen=True, slots=True)
class Joined:
    """A new text that is some old ones, one after the other."""

    new: int
    old: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Split:
    """An old text that is some new ones, one after the other; `new` are consecutive."""

    old: str
    new: tuple[int, ...]


def joins(new: Sequence[str], wanting: Iterable[int], old: Iterable[str]) -> Iterator[Joined]:
    """Yield each wanting new text that consists of old ones."""
    beginnings: dict[str, list[str]] = defaultdict(list)
    for text in old:
        beginnings[_first(text)].append(text)
    for index in wanting:
        parts = _cover(new[index], beginnings)
        if parts:
            yield Joined(index, parts)


def splits(new: Sequence[str], wanting: Iterable[int], old: Iterable[str]) -> Iterator[Split]:
    """Yield each old text that consists of consecutive new ones, at least one of them wanting."""
    starts: dict[str, list[int]] = defaultdict(list)
    places = sorted({index - back for index in wanting for back in range(_MOST) if index >= back})
    for index in places:
        starts[_first(new[index])].append(index)
    wanted = set(wanting)
    for text in old:
        for start in starts.get(_first(text), ()):
            run = _run(text, new, start)
            if run and wanted.intersection(run):
                yield Split(text, run)
                break


def join(sources: Sequence[str], translations: Sequence[str], whole: str) -> str | None:
    """Return the translation of a text made of others, its codes numbered as there; None where codes do not agree."""
    joined, renumbered = [], 0
    for source, translation in zip(sources, translations, strict=True):
        joined.append(_renumbered(translation, {one: one + renumbered for one in _codes(source)}))
        renumbered += len(set(_codes(source)))
    text = " ".join(part for part in joined if part is not None)
    return None if None in joined or fault(whole, text) else text


def split(source: str, translation: str, parts: Sequence[str], splitter: Splitter) -> list[str] | None:
    """Return the translations of the parts of a text; None where the translation does not fall into as many.

    Each part must have the figures and the codes that its translation has, or sentences changed places.
    """
    pieces = [translation[start:end] for start, end in splitter(translation)]
    if len(pieces) != len(parts):
        return None
    numbers = iter(_codes(source))
    made = []
    for part, piece in zip(parts, pieces, strict=True):
        numbering = {next(numbers, 0): code for code in _codes(part)}
        renumbered = _renumbered(piece, numbering)
        if renumbered is None or fault(part, renumbered):
            return None
        if sorted(_FIGURES.findall(_bare(part))) != sorted(_FIGURES.findall(_bare(piece))):
            return None
        made.append(renumbered)
    return made


def _run(text: str, new: Sequence[str], start: int) -> tuple[int, ...]:
    """Return the consecutive new texts from a place on that make up a text; none where they do not."""
    rest = _bare(text)
    for index in range(start, min(start + _MOST, len(new))):
        part = _bare(new[index])
        if not rest.startswith(part):
            return ()
        rest = rest[len(part) :].lstrip()
        if not rest:
            return tuple(range(start, index + 1)) if index > start else ()
    return ()


def _cover(text: str, beginnings: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return old texts that make up a text, the longest first at each place; none where they do not."""
    rest = _bare(text)
    parts: list[str] = []
    while rest and len(parts) < _MOST:
        fitting = [one for one in beginnings.get(_first(rest), ()) if rest.startswith(_bare(one))]
        if not fitting:
            return ()
        parts.append(max(fitting, key=len))
        rest = rest[len(_bare(parts[-1])) :].lstrip()
    return tuple(parts) if not rest and len(parts) > 1 else ()


def _first(text: str) -> str:
    return _bare(text).split(" ", 1)[0]


def _bare(text: str) -> str:
    """Return a text with its codes unnumbered: a segment numbers its own from 1."""
    return TAG.sub(lambda tag: f"<{tag['close'] or ''}{tag['alone'] or ''}>", text) if "<" in text else text


def _codes(text: str) -> list[int]:
    """Return the numbers of the codes of a text, of each once, in the order in which they open."""
    return list(dict.fromkeys(int(tag["number"]) for tag in TAG.finditer(text)))


def _renumbered(text: str, numbering: Mapping[int, int]) -> str | None:
    """Give codes other numbers; None where one has none."""
    if any(code not in numbering for code in _codes(text)):
        return None
    return TAG.sub(lambda tag: tag.group().replace(tag["number"], str(numbering[int(tag["number"])])), text)
