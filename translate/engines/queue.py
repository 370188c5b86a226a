"""The queue: all pending texts of a run, split into sentences, deduplicated, sorted, decoded in large batches."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from types import MappingProxyType

from translate.catalogs.interchange.pairs import NOWHERE, Place
from translate.documents.codes import without_tags
from translate.engines import casing, figures, guards, placing, terms
from translate.engines.guards import doubts, loop
from translate.engines.model import Aligning, Continuing, Decoded, Engine, Missing
from translate.knowledge.glossary import Glossary, Terms, missing

#: Split a text into sentences: offsets of each.
Splitter = Callable[[str], list[tuple[int, int]]]
#: A translation that exists already, and how sure one may be of it.
Known = tuple[str, float]
#: Told how many words are done, of how many.
Progress = Callable[[int, int], None]

#: How sure one may be of a text, 0 to 1: the engine, and each sentence with what was made of it.
Judge = Callable[[Engine, Sequence[tuple[str, Decoded]]], float]

# Sentences handed to the engine at once: enough to keep every thread busy, few enough to bound memory and what an
# interruption costs.
_CHUNK = 512
_NOTHING: Mapping[str, str] = MappingProxyType({})
_UNKNOWN: Mapping[str, Known] = MappingProxyType({})
#: A glossary without a term.
NO_TERMS = Glossary(general=False)
_WORD = re.compile(r"\w")
_LETTER = re.compile(r"[^\W\d_]")
_OWN_STOP = re.compile(r"(?<![.\s])\.\Z")


@dataclass(frozen=True, slots=True)
class Request:
    """A text to be drafted, and where it stands; `ticket` is the caller's."""

    ticket: object
    text: str
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Draft:
    """The draft of a text: empty where the engine returned nothing.

    `confidence` is what the judge said of it, 0 to 1; `doubts` are the guards that fired.
    """

    ticket: object
    text: str
    confidence: float
    doubts: tuple[str, ...]
    facts: dict[str, str]


@dataclass(slots=True)
class _Job:
    """A request on its way: its sentences as the engine sees them, `[start, end)` of its text without codes."""

    request: Request
    plain: str
    codes: tuple[placing.Code, ...]
    spans: list[tuple[int, int]]
    sentences: list[str]
    shouted: bool
    missing: set[str] = field(default_factory=set)


def mean_probability(engine: Engine, sentences: Sequence[tuple[str, Decoded]]) -> float:
    """Return the geometric mean of the probabilities that the engine gave its words: what it thinks of itself."""
    del engine
    weights = [max(1, len(one.text.split())) for _, one in sentences]
    score = sum(one.log_probability * weight for (_, one), weight in zip(sentences, weights, strict=True))
    return math.exp(min(0.0, score / sum(weights)))


def draft(
    requests: Sequence[Request],
    engines: Sequence[Engine],
    splitters: Sequence[Splitter],
    *,
    spellings: Mapping[str, str] = _NOTHING,
    known: Mapping[str, Known] = _UNKNOWN,
    glossary: Glossary = NO_TERMS,
    judge: Judge = mean_probability,
    progress: Progress = lambda _done, _all: None,
) -> Iterator[Draft]:
    """Yield a draft for every request, as soon as all its sentences are decoded.

    Args:
        requests: the pending texts of all documents.
        engines: one, or one for each hop of a pivot.
        splitters: how the input of each engine is split into sentences.
        spellings: how words in capitals are spelt elsewhere, by their lower-case form.
        known: translations after the first hop that exist already (English drafts, better when reviewed), and how
            sure one may be of them.
        glossary: the terms that drafts are to have, between the languages of each engine.
        judge: how sure one may be of a text; of a text that took two hops, the product of both.
        progress: called after each batch.
    """
    facts = joined(engines)
    for request in requests:
        if _figures_alone(request.text):
            # They are the same in every language; an engine makes words of them.
            yield Draft(request.ticket, request.text, 1.0, (), facts)
    requests = [request for request in requests if not _figures_alone(request.text)]
    hop = partial(_hop, glossary=glossary, judge=judge, progress=progress)
    if len(engines) == 1:
        for request, text, sure, extra in hop(requests, engines[0], splitters[0], spellings):
            yield _drafted(request, text, sure, extra, facts)
        return
    middle: dict[str, tuple[str, float, tuple[str, ...]]] = {
        request.text: (*known[request.text], ()) for request in requests if request.text in known
    }
    wanting = [Request(text, text) for text in dict.fromkeys(r.text for r in requests) if text not in middle]
    for request, text, sure, extra in hop(wanting, engines[0], splitters[0], spellings):
        middle[request.text] = (text, sure, extra)
    second = [Request(request, middle[request.text][0]) for request in requests]
    for relay, text, sure, extra in hop(second, engines[1], splitters[1], _NOTHING):
        original = relay.ticket
        assert isinstance(original, Request)
        _, first_sure, first_extra = middle[original.text]
        yield _drafted(original, text, first_sure * sure, (*first_extra, *extra), facts)


def _figures_alone(text: str) -> bool:
    plain = without_tags(text)
    return bool(_WORD.search(plain)) and not _LETTER.search(plain)


def _hop(
    requests: Sequence[Request],
    engine: Engine,
    split: Splitter,
    spellings: Mapping[str, str],
    *,
    glossary: Glossary,
    judge: Judge,
    progress: Progress,
) -> Iterator[tuple[Request, str, float, tuple[str, ...]]]:
    """Decode the texts of one hop; yield (request, text, how sure one may be of it, doubts of the decoder)."""
    jobs = [_job(request, split, spellings) for request in requests]
    waiting: dict[str, list[_Job]] = {}
    for job in jobs:
        if not job.missing:
            yield job.request, "", 0.0, ()
        for sentence in job.missing:
            waiting.setdefault(sentence, []).append(job)
    # Longest first: a batch that is too large for the memory fails at once, and the last batches are short.
    order = sorted(waiting, key=lambda sentence: (-len(sentence), sentence))
    words = {sentence: max(1, len(sentence.split())) for sentence in order}
    every, so_far = sum(words.values()), 0
    done: dict[str, Decoded] = {}
    for at in range(0, len(order), _CHUNK):
        chunk = order[at : at + _CHUNK]
        finished = []
        for sentence, decoded in zip(chunk, _decode(engine, chunk, glossary), strict=True):
            done[sentence] = decoded
            for job in waiting.pop(sentence):
                job.missing.discard(sentence)
                if not job.missing:
                    finished.append(job)
        links = _links(engine, [job for job in finished if job.codes], done)
        for job in finished:
            sure = judge(engine, [(sentence, done[sentence]) for sentence in job.sentences])
            text, extra = _finished(job, done, links)
            yield job.request, text, sure, extra
        so_far += sum(words[sentence] for sentence in chunk)
        progress(so_far, every)


def _decode(engine: Engine, sentences: Sequence[str], glossary: Glossary) -> list[Decoded]:
    """Decode sentences; those that loop are decoded once more with repetitions forbidden.

    Where figures or terms are lost or changed, the best other result of the search that has them is taken, if there is
    one; from figures that none has the engine writes on; terms that none has are put in.
    """
    decoded = list(engine.translate(sentences))
    again = [index for index, one in enumerate(decoded) if one.truncated or loop(sentences[index], one.text)]
    if again:
        careful = engine.translate([sentences[index] for index in again], careful=True)
        for index, one in zip(again, careful, strict=True):
            decoded[index] = one
    decoded = [_with_figures(sentence, one) for sentence, one in zip(sentences, decoded, strict=True)]
    if isinstance(engine, Continuing):
        decoded = figures.kept(engine, sentences, decoded, (engine.source, engine.target))
    return _with_terms(engine, sentences, decoded, glossary.between(engine.source, engine.target))


def _with_terms(engine: Engine, sentences: Sequence[str], decoded: list[Decoded], known: Terms) -> list[Decoded]:
    found = {at: those for at, sentence in enumerate(sentences) if (those := known.find(sentence))}
    for at, those in found.items():
        decoded[at] = terms.best(those, decoded[at], partial(_faithful, sentences[at]))
    lacking = [at for at, those in found.items() if decoded[at].text and missing(those, decoded[at].text)]
    if lacking and isinstance(engine, Aligning):
        links = engine.align([sentences[at] for at in lacking], [decoded[at] for at in lacking])
        for at, seen in zip(lacking, links, strict=True):
            decoded[at] = terms.put(sentences[at], found[at], decoded[at], seen)
    return decoded


def _with_figures(sentence: str, one: Decoded) -> Decoded:
    if not guards.figures(sentence, one.text):
        return one
    return next((other for other in one.others if _faithful(sentence, other)), one)


def _faithful(sentence: str, one: Decoded) -> bool:
    return bool(one.text) and not (one.truncated or guards.figures(sentence, one.text) or loop(sentence, one.text))


def _job(request: Request, split: Splitter, spellings: Mapping[str, str]) -> _Job:
    plain, codes = placing.taken_out(request.text) if "<" in request.text else (request.text, ())
    shouted = casing.shouted(plain)
    text = casing.fold(plain, spellings) if shouted else plain
    spans = split(text)
    sentences = [text[start:end] for start, end in spans]
    return _Job(request, plain, codes, spans, sentences, shouted, set(sentences))


def _links(engine: Engine, jobs: Sequence[_Job], done: Mapping[str, Decoded]) -> dict[str, list[placing.Link]]:
    """Return what the engine wrote for what, in each sentence of texts with codes."""
    if not jobs:
        return {}
    wanted: dict[str, list[tuple[int, int]]] = {sentence: [] for job in jobs for sentence in job.sentences}
    for job in jobs:
        for (start, end), sentence in zip(job.spans, job.sentences, strict=True):
            asked = placing.asked(job.plain, job.codes)
            wanted[sentence] += [(one - start, other - start) for one, other in asked if start <= one < other <= end]
    sentences, decoded = list(wanted), [done[sentence] for sentence in wanted]
    found: list[list[placing.Link]] = [list(one.links) for one in decoded]
    if isinstance(engine, Aligning):
        found = [links or known for links, known in zip(engine.align(sentences, decoded), found, strict=True)]
    if isinstance(engine, Missing):
        spans = [list(dict.fromkeys(one)) for one in wanted.values()]
        missed = engine.missed(sentences, decoded, spans)
        found = [links + more for links, more in zip(found, missed, strict=True)]
    return dict(zip(sentences, found, strict=True))


def _finished(
    job: _Job, done: Mapping[str, Decoded], links: Mapping[str, list[placing.Link]]
) -> tuple[str, tuple[str, ...]]:
    decoded = [done[sentence] for sentence in job.sentences]
    text = " ".join(one.text for one in decoded if one.text)
    if not job.plain.rstrip().endswith("."):
        # Models were trained on sentences and end a headline with a full stop.
        text = _OWN_STOP.sub("", text)
    if job.shouted:
        text = casing.restore(text)
    extra = ["truncated"] if any(one.truncated for one in decoded) else []
    if text and any(not one.text for one in decoded):
        extra.append("short")
    if any(one.links for one in decoded):
        extra.append("terms-put")
    if text and job.codes:
        text, guessed = placing.put_back(job.plain, job.codes, text, _moved(job, decoded, links))
        extra += ["codes-guessed"] if guessed else []
    return text, tuple(extra)


def _moved(job: _Job, decoded: Sequence[Decoded], links: Mapping[str, list[placing.Link]]) -> list[placing.Link]:
    """Return the links of all sentences of a text, at their places in the whole."""
    found: list[placing.Link] = []
    at = 0
    for (start, _), sentence, one in zip(job.spans, job.sentences, decoded, strict=True):
        found += [link.moved(start, at) for link in links.get(sentence, ())]
        at += len(one.text) + 1 if one.text else 0
    return found


def _drafted(request: Request, text: str, sure: float, extra: Iterable[str], facts: dict[str, str]) -> Draft:
    if _WORD.search(without_tags(request.text)) and not _WORD.search(without_tags(text)):
        # Signs alone are no translation of words.
        text = ""
    found = (*extra, *doubts(request.text, text)) if text else ("empty",)
    return Draft(request.ticket, text, sure if text else 0.0, tuple(dict.fromkeys(found)), facts)


def joined(engines: Sequence[Engine]) -> dict[str, str]:
    """Join the facts of all hops: those of a pivot are separated by `+`."""
    every = [engine.facts for engine in engines]
    return {name: "+".join(dict.fromkeys(facts.get(name, "") for facts in every)) for name in every[0]}
