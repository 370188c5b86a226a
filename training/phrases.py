"""Draw short phrase pairs around seldom words from word alignments.

A corpus shows a seldom word once in many thousand tokens; its phrase shows it in six. So the network meets the words
of the whole corpus before it has read a fraction of it.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import eflomal

from training.corpora import Pair

#: French splits at its apostrophes: "l'eau" is two words.
WORD = re.compile(r"\w+['’](?=\w)|\w+(?:-\w+)*|[^\w\s]")
_SELDOM = range(2, 400)
_LONGEST = 6
# A translation counts when the aligner chose it at least this often, and for this share of the word's places.
_FEWEST, _SHARE = 2, 0.25
_TRANSLATIONS = 2
# "constitueront" is no "will": a translation may be so much more frequent than its word, and no more.
_COMMONER, _ALLOWED = 8, 50
# Short sentences align best, and cost least.
_ALIGNED = 25

Span = tuple[int, int]
Links = frozenset[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Place:
    """Hold where a seldom word was met: the pair, its smallest phrase and the phrase with a neighbour each side."""

    pair: int
    smallest: tuple[Span, Span]
    wider: tuple[Span, Span]


def align(pairs: Sequence[Pair]) -> Iterator[Links]:
    """Yield the word links of each pair on which both directions of eflomal agree."""
    with TemporaryDirectory() as folder:
        forward, backward = Path(folder) / "forward", Path(folder) / "backward"
        eflomal.Aligner(rel_iterations=0.6).align(
            (_words(pair.source) for pair in pairs),
            (_words(pair.target) for pair in pairs),
            links_filename_fwd=str(forward),
            links_filename_rev=str(backward),
        )
        with forward.open() as one, backward.open() as other:
            for first, second in zip(one, other, strict=True):
                yield _links(first) & _links(second)


def phrases(pairs: Sequence[Pair], weight: float) -> list[Pair]:
    """Return for each seldom source word its most usual translations, bare and with their neighbours."""
    pairs = [pair for pair in pairs if max(pair.source.count(" "), pair.target.count(" ")) < _ALIGNED]
    reads, writes = (_frequency(pair.source for pair in pairs), _frequency(pair.target for pair in pairs))
    met: defaultdict[str, defaultdict[str, list[Place]]] = defaultdict(lambda: defaultdict(list))
    for number, (pair, links) in enumerate(zip(pairs, align(pairs), strict=True)):
        words = _words(pair.source).split(" ")
        target = list(WORD.finditer(pair.target))
        for at, word in enumerate(words):
            if reads[word] not in _SELDOM or not word[0].isalpha():
                continue
            smallest = consistent((at, at + 1), links)
            if smallest is None:
                continue
            span = slice(*smallest[1])
            written = tuple(match.group().lower() for match in target[span])
            if min(writes[other] for other in written) > _COMMONER * reads[word] + _ALLOWED:
                continue
            sides = [n for n in (at - 1, at + 1) if 0 <= n < len(words) and words[n][0].isalpha()]
            wider = consistent((min(at, *sides, at), max(at, *sides, at) + 1), links) or smallest
            met[word][" ".join(written)].append(Place(number, smallest, wider))
    return list(_chosen(pairs, met, weight))


def consistent(span: Span, links: Links) -> tuple[Span, Span] | None:
    """Return the smallest phrase pair around a source span that no link leaves; None past six words.

    >>> consistent((1, 2), frozenset({(0, 0), (1, 2), (2, 1)}))
    ((1, 2), (2, 3))
    >>> consistent((0, 1), frozenset({(0, 0), (0, 2), (1, 1)}))
    ((0, 2), (0, 3))
    """
    while True:
        there = [t for s, t in links if span[0] <= s < span[1]]
        if not there:
            return None
        target = (min(there), max(there) + 1)
        here = [s for s, t in links if target[0] <= t < target[1]]
        wider = (min(span[0], *here), max(span[1] - 1, *here) + 1)
        if wider[1] - wider[0] > _LONGEST or target[1] - target[0] > _LONGEST:
            return None
        if wider == span:
            return span, target
        span = wider


def _chosen(
    pairs: Sequence[Pair], met: defaultdict[str, defaultdict[str, list[Place]]], weight: float
) -> Iterator[Pair]:
    done: set[tuple[str, str]] = set()
    for translations in met.values():
        total = sum(map(len, translations.values()))
        usual = sorted(translations.values(), key=len, reverse=True)[:_TRANSLATIONS]
        for places in usual:
            if len(places) < _FEWEST or len(places) < _SHARE * total:
                continue
            shown = places[len(places) // 2]
            for spans in (shown.smallest, shown.wider):
                texts = _cut(pairs[shown.pair].source, spans[0]), _cut(pairs[shown.pair].target, spans[1])
                if texts not in done:
                    done.add(texts)
                    yield Pair(*texts, weight)


def _frequency(texts: Iterable[str]) -> Counter[str]:
    return Counter(word for text in texts for word in set(_words(text).split(" ")))


def _cut(text: str, span: Span) -> str:
    words = list(WORD.finditer(text))
    return text[words[span[0]].start() : words[span[1] - 1].end()]


def _words(text: str) -> str:
    return " ".join(WORD.findall(text.lower()))


def _links(line: str) -> Links:
    return frozenset((int(s), int(t)) for s, t in (link.split("-") for link in line.split()))
