"""Say in numbers whether drafts help: how far people went from the drafts that they were shown."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING

from translate.catalogs.provenance import MEMORY
from translate.catalogs.units import words
from translate.quality.postediting import BY_HAND, Compared, Reviewed

if TYPE_CHECKING:
    from sacrebleu.metrics.chrf import CHRF
    from sacrebleu.metrics.ter import TER

#: Fewer drafts than this say nothing.
ENOUGH = 30
#: A draft with so many edits per 100 words, or fewer, needed little change; one with more than the other was rewritten.
LITTLE, REWRITTEN = 30, 70
# The histogram: no edit, then steps of ten, then all that is beyond the last of them.
_STEPS = (0, *range(10, 101, 10), math.inf)
#: What drafts are grouped by, and how the group of an entry is called.
GROUPS: dict[str, Callable[[Reviewed], str]] = {
    "package": lambda entry: entry.package,
    "role": lambda entry: entry.role,
    "document": lambda entry: entry.document,
    "reviewer": lambda entry: entry.reviewer.partition("<")[0].strip() or entry.reviewer,
}


class Verdict(StrEnum):
    """What the numbers say of the drafts of a language."""

    TOO_FEW = "too few to say"
    HELP = "drafts help"
    MIXED = "drafts help in places"
    NO_HELP = "drafts do not help"


@dataclass(frozen=True, slots=True)
class Group:
    """What became of some drafts that were reviewed.

    Of `entries` (with `words` in their sources), `untouched` were left as they came. Of `measured` the draft is known:
    `ter` is the post-editing distance, edits per 100 words, `chrf` how alike draft and text are (100: the same),
    `little` and `rewritten` count drafts. `agreement` is Spearman's correlation of confidence and distance: below 0
    where the engine was less sure of what had to be changed more. What cannot be said is None.
    """

    name: str
    entries: int
    words: int
    untouched: int
    measured: int
    ter: float | None
    chrf: float | None
    little: int
    rewritten: int
    agreement: float | None

    @property
    def few(self) -> bool:
        """Say whether the drafts are too few to say anything."""
        return self.measured < ENOUGH

    @property
    def unknown(self) -> int:
        """Return how many drafts nobody has any more; no distance counts them."""
        return self.entries - self.measured


@dataclass(frozen=True, slots=True)
class Bar:
    """How many drafts needed more than `above` and at most `upto` edits per 100 words; `upto` None is any number."""

    above: int | None
    upto: int | None
    drafts: int


@dataclass(frozen=True, slots=True)
class Distances:
    """What became of the drafts into a language: `total`, the same by package, role ..., and the histogram.

    `by_hand` entries were translated from nothing; they are in no other number.
    """

    language: str
    verdict: Verdict
    by_hand: int
    total: Group
    histogram: tuple[Bar, ...]
    groups: dict[str, tuple[Group, ...]]
    signatures: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Measured:
    """An entry, and if its draft is known: so many edits, of so many words, and what chrF counts."""

    entry: Reviewed
    known: bool = False
    edits: float = 0.0
    length: float = 0.0
    counts: tuple[int, ...] = ()

    @property
    def ter(self) -> float:
        return 100 * self.edits / self.length if self.length else 0.0


def distances(
    language: str, compared: Sequence[Compared], progress: Callable[[int, int], None] = lambda _done, _every: None
) -> Distances:
    """Measure the drafts into a language."""
    from sacrebleu.metrics.chrf import CHRF
    from sacrebleu.metrics.ter import TER

    ter, chrf = TER(), CHRF()
    drafted: list[_Measured] = []
    begun = [one for one in compared if one.entry.package != BY_HAND]
    for one in begun:
        drafted.append(_measured(one, ter, chrf))
        progress(len(drafted), len(begun))
    total = _group("", drafted, chrf)
    return Distances(
        language,
        _verdict(total),
        len(compared) - len(drafted),
        total,
        _histogram([one.ter for one in drafted if one.known]),
        {kind: _groups(drafted, of, chrf) for kind, of in GROUPS.items()},
        {"TER": str(ter.get_signature()), "chrF": str(chrf.get_signature())} if total.measured else {},
    )


def _measured(one: Compared, ter: TER, chrf: CHRF) -> _Measured:
    if one.draft is None:
        return _Measured(one.entry)
    score = ter.sentence_score(one.draft, [one.entry.text])
    # Counted once for every group that the entry is in; sacrebleu itself does so for its bootstrap.
    (counts,) = chrf._extract_corpus_statistics([one.draft], [[one.entry.text]])
    return _Measured(one.entry, True, score.num_edits, score.ref_length, tuple(counts))


def _groups(drafted: Sequence[_Measured], of: Callable[[Reviewed], str], chrf: CHRF) -> tuple[Group, ...]:
    """Return the groups, the one with the most entries first."""
    by_name: dict[str, list[_Measured]] = {}
    for one in drafted:
        by_name.setdefault(of(one.entry), []).append(one)
    made = [_group(name, members, chrf) for name, members in by_name.items()]
    return tuple(sorted(made, key=lambda group: (-group.entries, group.name)))


def _group(name: str, members: Sequence[_Measured], chrf: CHRF) -> Group:
    known = [one for one in members if one.known]
    length = sum(one.length for one in known)
    return Group(
        name,
        len(members),
        words([one.entry.source for one in members]),
        sum(one.entry.untouched for one in members),
        len(known),
        round(100 * sum(one.edits for one in known) / length, 2) if length else None,
        round(chrf._aggregate_and_compute([list(one.counts) for one in known]).score, 2) if known else None,
        sum(one.ter <= LITTLE for one in known),
        sum(one.ter > REWRITTEN for one in known),
        _agreement([one for one in known if one.entry.package != MEMORY and one.entry.confidence > 0]),
    )


def _agreement(known: Sequence[_Measured]) -> float | None:
    """Correlate confidence and distance; a match of the memory is no confidence of an engine and is left out before."""
    if len(known) < ENOUGH:
        return None
    return spearman([one.entry.confidence for one in known], [one.ter for one in known])


def spearman(one: Sequence[float], other: Sequence[float]) -> float | None:
    """Return the rank correlation of two rows of numbers; None where one of them is constant.

    >>> spearman([1, 2, 3, 4], [1, 4, 9, 9.5]), spearman([1, 2, 2], [5, 5, 5])
    (1.0, None)
    """
    if len(set(one)) < 2 or len(set(other)) < 2:
        return None
    return round(statistics.correlation(_ranks(one), _ranks(other)), 3)


def _ranks(values: Sequence[float]) -> list[float]:
    """Return the rank of each value; equal values share the mean of their ranks."""
    places: dict[float, list[int]] = {}
    for rank, value in enumerate(sorted(values)):
        places.setdefault(value, []).append(rank)
    return [statistics.fmean(places[value]) for value in values]


def _histogram(found: Sequence[float]) -> tuple[Bar, ...]:
    bars = [Bar(None, 0, sum(one <= 0 for one in found))]
    for above, upto in pairwise(_STEPS):
        inside = sum(above < one <= upto for one in found)
        bars.append(Bar(int(above), None if upto == math.inf else int(upto), inside))
    return tuple(bars)


def _verdict(total: Group) -> Verdict:
    """Judge by majority: drafts help if more than half needed little change, and don't if more were rewritten."""
    if total.few:
        return Verdict.TOO_FEW
    if 2 * total.little > total.measured:
        return Verdict.HELP
    return Verdict.NO_HELP if 2 * total.rewritten > total.measured else Verdict.MIXED
