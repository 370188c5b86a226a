"""Segments that were cut otherwise, when the rules of segmentation change: translations are joined and split alike."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from translate.documents.codes import TAG, fault, without_tags
from translate.documents.layout import Splitter

_FIGURES = re.compile(r"\d+")
_BETWEEN = r"((?:\s|</?\d+/?>)*?)"
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
    known: dict[str, str] = {}
    for text in old:
        known.setdefault(without_tags(text), text)
    ordered = sorted(known)
    for index in wanting:
        parts = tuple(known[part] for part in _cover(new[index], ordered))
        if parts:
            yield Joined(index, parts)


def splits(new: Sequence[str], wanting: Iterable[int], old: Iterable[str]) -> Iterator[Split]:
    """Yield each old text that consists of consecutive new ones, at least one of them wanting."""
    starts: dict[str, list[int]] = defaultdict(list)
    places = sorted({index - back for index in wanting for back in range(_MOST) if index >= back})
    for index in places:
        starts[without_tags(new[index])].append(index)
    wanted, ordered = set(wanting), sorted(starts)
    for text in old:
        begun = sorted(start for one in beginnings(without_tags(text), ordered) for start in starts[one])
        runs = (_run(text, new, start) for start in begun)
        if run := next((run for run in runs if wanted.intersection(run)), ()):
            yield Split(text, run)


def beginnings(text: str, ordered: Sequence[str]) -> Iterator[str]:
    """Yield which of some ordered texts a text begins with, none of them inside a word: the longest first.

    However many they are, a few are looked at.

    >>> list(beginnings("Le chat dort.", ["", "L", "La", "Le", "Le chat", "Le chien", "Le quai"]))
    ['Le chat', 'Le']
    """
    # Of all that a bound begins with, each stands before it, and whatever stands between begins with it too.
    bound = text
    while bound and (at := bisect_right(ordered, bound)):
        found = ordered[at - 1]
        if text.startswith(found):
            if not found:
                return
            if not (found[-1].isalnum() and text[len(found) :][:1].isalnum()):
                yield found
            bound = found[:-1]
        else:
            signs = enumerate(zip(found, bound, strict=False))
            bound = bound[: next(place for place, (one, other) in signs if one != other)]


def join(sources: Sequence[str], translations: Sequence[str], whole: str) -> str | None:
    """Return the translation of a text made of others, its codes numbered as there; None where codes do not agree.

    Codes that stood outside of the parts stand around their translations.
    """
    aligned = _aligned(whole, sources)
    if aligned is None:
        return None
    between, numberings = aligned
    made = [between[0]]
    for translation, numbering, after in zip(translations, numberings, between[1:], strict=True):
        words = _renumbered(translation, numbering)
        if words is None:
            return None
        made += [words, after or " "]
    text = "".join(made).strip()
    return None if fault(whole, text) else text


def split(source: str, translation: str, parts: Sequence[str], splitter: Splitter) -> list[str] | None:
    """Return the translations of the parts of a text; None where the translation does not fall into as many.

    Each part must have the figures and the codes that its translation has, or sentences changed places.
    """
    aligned = _aligned(source, parts)
    if aligned is None or fault(source, translation):
        return None
    between, numberings = aligned
    outside = set(_codes("".join(between)))
    pieces = _pieces(_without(translation, outside), splitter)
    if len(pieces) != len(parts):
        return None
    made = []
    for part, piece, numbering in zip(parts, pieces, numberings, strict=True):
        renumbered = _renumbered(piece, {there: here for here, there in numbering.items()})
        if renumbered is None or fault(part, renumbered):
            return None
        if sorted(_FIGURES.findall(without_tags(part))) != sorted(_FIGURES.findall(without_tags(piece))):
            return None
        made.append(renumbered)
    return made


def outdated(texts: Sequence[str], leaving: Mapping[str, str], retired: Mapping[str, str]) -> set[int]:
    """Return the texts whose retired translation is older than that of the same words cut otherwise, which leaves.

    Somebody joined or split segments, wrote, and took it back: what was written last counts.

    Args:
        texts: the texts as they are cut now.
        leaving: the translations of texts that are no more.
        retired: those of texts that were none until now.
    """
    wanting = [index for index, text in enumerate(texts) if text in retired]
    if not (wanting and leaving):
        return set()
    found = {
        joined.new
        for joined in joins(texts, wanting, leaving)
        if _differs(
            join(joined.old, [leaving[one] for one in joined.old], texts[joined.new]), retired[texts[joined.new]]
        )
    }
    for parted in splits(texts, wanting, leaving):
        parts = [texts[index] for index in parted.new]
        if all(part in retired for part in parts):
            before = join(parts, [retired[part] for part in parts], parted.old)
            found.update(parted.new if _differs(before, leaving[parted.old]) else ())
    return found


def _differs(one: str | None, other: str) -> bool:
    return one is not None and one.split() != other.split()


def _run(text: str, new: Sequence[str], start: int) -> tuple[int, ...]:
    """Return the consecutive new texts from a place on that make up a text; none where they do not."""
    rest = without_tags(text)
    for index in range(start, min(start + _MOST, len(new))):
        part = without_tags(new[index])
        if not rest.startswith(part):
            return ()
        rest = rest[len(part) :].lstrip()
        if not rest:
            return tuple(range(start, index + 1)) if index > start else ()
    return ()


def _cover(text: str, ordered: Sequence[str]) -> tuple[str, ...]:
    """Return texts that make up a text, the longest first at each place; none where they do not."""
    rest = without_tags(text)
    parts: list[str] = []
    while rest and len(parts) < _MOST:
        part = next(beginnings(rest, ordered), "")
        if not part:
            return ()
        parts.append(part)
        rest = rest[len(part) :].lstrip()
    return tuple(parts) if not rest and len(parts) > 1 else ()


def _aligned(whole: str, parts: Sequence[str]) -> tuple[list[str], list[dict[int, int]]] | None:
    """Return what stands before, between and after the parts of a text, and the numbers there of the codes of each."""
    pattern = _BETWEEN + "".join(_pattern(part) + _BETWEEN for part in parts)
    found = re.fullmatch(pattern, whole)
    if found is None:
        return None
    between, texts = found.groups()[::2], found.groups()[1::2]
    numberings = [dict(zip(_codes(part), _codes(text), strict=True)) for part, text in zip(parts, texts, strict=True)]
    return list(between), numberings


def _pattern(part: str) -> str:
    """Return an expression for a text with other numbers in its codes."""
    made, at = [], 0
    for tag in TAG.finditer(part):
        made += [re.escape(part[at : tag.start()]), rf"<{tag['close'] or ''}\d+{tag['alone'] or ''}>"]
        at = tag.end()
    return f"({''.join(made)}{re.escape(part[at:])})"


def _without(text: str, codes: Collection[int]) -> str:
    """Return a text without some codes; one that stood between two words, as a line break does, leaves a space."""

    def left(tag: re.Match[str]) -> str:
        if int(tag["number"]) not in codes:
            return tag.group()
        before, after = text[: tag.start()][-1:], text[tag.end() :][:1]
        return " " if tag["alone"] and after.isalnum() and not before.isspace() else ""

    return TAG.sub(left, text)


def _pieces(translation: str, splitter: Splitter) -> list[str]:
    """Cut a translation into sentences; what closes or stands alone right behind one belongs to it."""
    ends = [end for _, end in splitter(without_tags(translation))]
    tags = [tag.span() for tag in TAG.finditer(translation)]
    texts = zip([0, *(end for _, end in tags)], [*(start for start, _ in tags), len(translation)], strict=True)
    offsets = [at for start, end in texts for at in range(start, end)]
    cuts = [0]
    for end in ends[:-1]:
        cut = offsets[end - 1] + 1
        while (tag := TAG.match(translation, cut)) and (tag["close"] or tag["alone"]):
            cut = tag.end()
        cuts.append(cut)
    return [translation[start:end].strip() for start, end in pairwise([*cuts, len(translation)])]


def _codes(text: str) -> list[int]:
    """Return the numbers of the codes of a text, of each once, in the order in which they open."""
    return list(dict.fromkeys(int(tag["number"]) for tag in TAG.finditer(text)))


def _renumbered(text: str, numbering: Mapping[int, int]) -> str | None:
    """Give codes other numbers; None where one has none."""
    if any(code not in numbering for code in _codes(text)):
        return None
    return TAG.sub(lambda tag: tag.group().replace(tag["number"], str(numbering[int(tag["number"])])), text)
