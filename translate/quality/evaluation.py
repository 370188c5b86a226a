"""Measure drafts: against references with sacrebleu's metrics, and by themselves where a machine can see a fault."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from translate.engines import guards, queue
from translate.engines.model import Engine
from translate.knowledge.glossary import Glossary


@dataclass(frozen=True, slots=True)
class Score:
    """One metric over a whole set: 0 to 100 for BLEU and chrF (more is better), edits a hundred words for TER.

    `signature` is sacrebleu's: with it another paper, or a later release, can be compared.
    """

    metric: str
    value: float
    signature: str


@dataclass(frozen=True, slots=True)
class Health:
    """What is wrong with drafts whatever their references say.

    Counts of sentences, but `figures` and `figures_kept`: numbers in the sources, and those that came back.
    """

    sentences: int
    empty: int
    loops: int
    copied: int
    identical: int
    figures: int
    figures_kept: int


@dataclass(frozen=True, slots=True)
class Drafted:
    """The drafts of some texts, in order, by which engine, and how long decoding them took (seconds)."""

    texts: tuple[str, ...]
    facts: dict[str, str]
    seconds: float


def draft(
    texts: Sequence[str],
    engines: Sequence[Engine],
    splitters: Sequence[queue.Splitter],
    *,
    spellings: Mapping[str, str],
    glossary: Glossary = queue.NO_TERMS,
    progress: queue.Progress,
) -> Drafted:
    """Draft texts as a desk drafts its entries. The time includes loading the model."""
    found = [""] * len(texts)
    facts: dict[str, str] = {}
    began = time.perf_counter()
    requests = [queue.Request(number, text) for number, text in enumerate(texts)]
    drafts = queue.draft(requests, engines, splitters, spellings=spellings, glossary=glossary, progress=progress)
    for one in drafts:
        assert isinstance(one.ticket, int)
        found[one.ticket], facts = one.text, one.facts
    return Drafted(tuple(found), facts, time.perf_counter() - began)


def scores(translations: Sequence[str], references: Sequence[str]) -> tuple[Score, ...]:
    """Return BLEU, chrF and TER of translations against one reference each, with sacrebleu's own defaults.

    >>> [(score.metric, score.value) for score in scores(["The cat sat down."], ["The cat sat down."])]
    [('BLEU', 100.0), ('chrF', 100.0), ('TER', 0.0)]
    """
    return tuple(_scores(translations, references))


def _scores(translations: Sequence[str], references: Sequence[str]) -> Iterator[Score]:
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF
    from sacrebleu.metrics.ter import TER

    for name, metric in (("BLEU", BLEU()), ("chrF", CHRF()), ("TER", TER())):
        value = metric.corpus_score(list(translations), [list(references)]).score
        yield Score(name, round(value, 2), str(metric.get_signature()))


def health(sources: Sequence[str], translations: Sequence[str]) -> Health:
    """Count what the guards see, and the figures that came back whatever groups or decimals they are written with.

    >>> health(["Il y a 1 500 morts.", "Non !"], ["There are 1,500 dead.", ""])
    Health(sentences=2, empty=1, loops=0, copied=0, identical=0, figures=1, figures_kept=1)
    """
    both = list(zip(sources, translations, strict=True))
    numbers = [(guards.numbers(source), guards.numbers(draft)) for source, draft in both]
    return Health(
        sentences=len(both),
        empty=sum(bool(source.strip()) and not draft.strip() for source, draft in both),
        loops=sum(guards.loop(source, draft) for source, draft in both),
        copied=sum(guards.copied(source, draft) for source, draft in both),
        identical=sum(source.strip() == draft.strip() != "" for source, draft in both),
        figures=sum(read.total() for read, _ in numbers),
        figures_kept=sum((read & written).total() for read, written in numbers),
    )
