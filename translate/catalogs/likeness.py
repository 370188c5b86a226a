"""Which new text is the successor of which old one: between the same neighbours first, then anywhere."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

# msgmerge takes over a translation from about 60 % likeness on. That is enough after the same neighbour and in the
# same role; elsewhere in news copy it joins strangers.
_IN_PLACE = 60.0
_ANYWHERE = 70.0
# A gap with more pairs than this is searched through the index.
_GAP = 2_500
# Each text looks at what its rarest words propose: so many words, for each of them so many texts nearest to its place,
# and so many texts in all. The work grows with the number of texts, not with its square.
_WORDS = 12
_NEAREST = 48
_CANDIDATES = 32
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Place:
    """A text and where it stands.

    `position` counts in the old version; that of a new text is where it would stand there, after the unchanged text
    `gap`. A text whose place nobody knows has the gap -1.
    """

    text: str
    position: int
    gap: int = -1
    roles: frozenset[str] = frozenset()


#: A pair: its likeness (negative: the likest sorts first), its distance in the story, the new text and the old one.
_Scored = tuple[float, int, int, int]


def pairs(new: Sequence[Place], old: Sequence[Place]) -> Iterator[tuple[int, int]]:
    """Yield (index of a new text, index of its old self), the likest first; each text is taken once."""
    wanting, left = set(range(len(new))), set(range(len(old)))
    for scored in (_in_gaps, _anywhere):
        found = True
        # Texts that look alike propose the same few: what goes without proposes others in the next pass.
        while found and wanting and left:
            found = False
            for _, _, one, other in sorted(scored(new, old, wanting, left)):
                if one in wanting and other in left:
                    wanting.remove(one)
                    left.remove(other)
                    found = True
                    yield one, other


def _in_gaps(
    new: Sequence[Place], old: Sequence[Place], wanting: Collection[int], left: Collection[int]
) -> Iterator[_Scored]:
    """Compare the texts that stand after the same unchanged one."""
    ones, others = _by_gap(new, wanting), _by_gap(old, left)
    for gap in ones.keys() & others.keys() - {-1}:
        if len(ones[gap]) * len(others[gap]) <= _GAP:
            for one in ones[gap]:
                yield from _scored(new, old, one, others[gap], in_place=True)


def _by_gap(places: Sequence[Place], chosen: Iterable[int]) -> dict[int, list[int]]:
    gaps: dict[int, list[int]] = defaultdict(list)
    for index in chosen:
        gaps[places[index].gap].append(index)
    return gaps


def _anywhere(
    new: Sequence[Place], old: Sequence[Place], wanting: Collection[int], left: Collection[int]
) -> Iterator[_Scored]:
    """Compare each text with those that share its rarest words."""
    having: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for index in left:
        for word in _words(old[index].text):
            having[word].append((old[index].position, index))
    for found in having.values():
        found.sort()
    for one in wanting:
        yield from _scored(new, old, one, _proposed(new[one], having), in_place=False)


def _proposed(place: Place, having: Mapping[str, Sequence[tuple[int, int]]]) -> list[int]:
    """Return the old texts that share most of the rarest words of a text, those near its place where many do."""
    shared: Counter[int] = Counter()
    known = sorted((word for word in _words(place.text) if word in having), key=lambda word: (len(having[word]), word))
    for word in known[:_WORDS]:
        found = having[word]
        at = max(0, bisect_left(found, (place.position, 0)) - _NEAREST // 2)
        shared.update(index for _, index in found[at : at + _NEAREST])
    return [index for index, _ in shared.most_common(_CANDIDATES)]


def _scored(
    new: Sequence[Place], old: Sequence[Place], one: int, others: Sequence[int], *, in_place: bool
) -> Iterator[_Scored]:
    from rapidfuzz import fuzz, process

    place = new[one]
    cutoff = _IN_PLACE if in_place else _ANYWHERE
    texts = [old[other].text for other in others]
    for _, score, at in process.extract(place.text, texts, scorer=fuzz.ratio, score_cutoff=cutoff, limit=None):
        other = others[at]
        if score >= _ANYWHERE or place.roles & old[other].roles:
            yield -score, abs(place.position - old[other].position), one, other


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.lower()))
