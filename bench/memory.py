"""Budget: a translation memory of a million pairs: exact look-up p95 under 1 ms, fuzzy best-of p95 under 20 ms.

    python bench/memory.py [--tmx] [FILE.tsv[.xz] ...]

The files have a French text and its translation a line, with a tab between; without them, sentences are made of French
words as frequent as they are. Queries are texts of the memory with about one word in eight taken out, put in or
replaced. The peer in the same run is rapidfuzz over all texts, which finds the best match whatever it costs: how often
the memory finds one as good is the recall. The matcher of the Translate Toolkit is timed as well, on the first ten
thousand pairs: it compares every text.
"""

from __future__ import annotations

import json
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from pathlib import Path

import peers
from measuring import Figure, keep, parser, seconds, share
from rapidfuzz import fuzz, process
from texts import pairs

from translate.catalogs.interchange import tmx
from translate.catalogs.interchange.pairs import Place, TranslatedPair
from translate.knowledge import slots
from translate.knowledge.memory import Memory, opened

PAIRS = 1_000_000
QUERIES = 500
COMPARED = 20
TOOLKIT_PAIRS = 10_000
TOOLKIT = """
import json, sys, time
from translate.search.match import matcher
from translate.storage.tmx import tmxfile
units = tmxfile.parsefile(sys.argv[1])
found = matcher(units, max_candidates=1, min_similarity=70, max_length=10000)
times = []
for text in json.load(sys.stdin):
    begin = time.perf_counter()
    found.matches(text)
    times.append((time.perf_counter() - begin) * 1e3)
print(json.dumps(times))
"""
THRESHOLD = 70


def main() -> None:
    asked = parser(__doc__)
    asked.add_argument("files", nargs="*", type=Path)
    asked.add_argument("--tmx", action="store_true", help="write and read the whole memory as TMX as well")
    wanted = asked.parse_args()
    rng = random.Random(7)
    found: dict[str, str] = {}
    for source, translation in chain.from_iterable(map(pairs, wanted.files)) if wanted.files else _made(rng):
        found.setdefault(source, translation)
        if len(found) == PAIRS:
            break
    texts = list(found)
    print(f"{len(texts):,} pairs, {sum(map(len, texts)) / len(texts):.0f} characters a text")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "memory.sqlite"
        with opened(path) as memory:
            begin = time.perf_counter()
            memory.add(TranslatedPair(s, t, "fr", "en", Place("bench")) for s, t in found.items())
            built = time.perf_counter() - begin
        print(f"built in {built:.0f} s, {path.stat().st_size / 1e6:.0f} MB")
        with opened(path) as memory:
            exact, fuzzy, compared, recall = _look_up(memory, texts, rng)
            if wanted.tmx:
                _tmx(memory, Path(folder) / "memory.tmx")
        rivals, absent = {"rapidfuzz over all": compared}, {}
        try:
            few = dict(list(found.items())[:TOOLKIT_PAIRS])
            rivals[f"Translate Toolkit, {len(few):,} pairs"] = _toolkit(Path(folder), few, rng)
        except peers.AbsentError as error:
            absent["Translate Toolkit"] = str(error)
            print(error)
    many = f"memory of {len(texts):,} pairs"
    figures = [
        Figure(f"{many}: exact look-up, p95", exact, "ms", most=1),
        Figure(f"{many}: fuzzy best-of, p95", fuzzy, "ms", most=20, peers=rivals, absent=absent, note=recall),
    ]
    keep(wanted.json, figures)


def _tmx(memory: Memory, path: Path) -> None:
    """Time the writing and the reading of all pairs."""
    begin = time.perf_counter()
    with path.open("wb") as stream:
        tmx.write(stream, "fr", memory.pairs())
        size = stream.tell()
    print(f"TMX of {size / 1e6:.0f} MB written in {time.perf_counter() - begin:.0f} s")
    begin = time.perf_counter()
    count = sum(1 for _ in tmx.read(path, "fr"))
    print(f"and read in {time.perf_counter() - begin:.0f} s: {count:,} pairs")


def _toolkit(folder: Path, found: dict[str, str], rng: random.Random) -> float:
    with (folder / "few.tmx").open("wb") as stream:
        tmx.write(stream, "fr", (TranslatedPair(s, t, "fr", "en", Place("bench")) for s, t in found.items()))
    words = [word for text in rng.sample(list(found), 300) for word in text.split()]
    queries = [_changed(text, words, rng) for text in rng.sample(list(found), COMPARED)]
    command = [peers.program("toolkit", "python"), "-c", TOOLKIT, str(folder / "few.tmx")]
    times = json.loads(peers.run(command, peers.environment(folder), json.dumps(queries)))
    return _told(f"Translate Toolkit, {len(found):,} pairs, fuzzy", times)


def _look_up(memory: Memory, texts: Sequence[str], rng: random.Random) -> tuple[float, float, float, str]:
    """Return the p95 of exact and fuzzy look-ups, the time of comparing all texts (ms), and how often it is as good."""
    words = [word for text in rng.sample(texts, 300) for word in text.split()]
    known = rng.sample(texts, QUERIES)
    changed = [_changed(text, words, rng) for text in known]
    exact = _timed("exact", known, lambda text: memory.exact(text, "fr", "en"))
    fuzzy = _timed("fuzzy", changed, lambda text: memory.fuzzy(text, "fr", "en", THRESHOLD))
    shapes = [slots.shape(text, "fr") for text in texts]
    spent, wanted, as_good = 0.0, 0, 0
    for text in changed[:COMPARED]:
        begin = time.perf_counter()
        best = process.extractOne(slots.shape(text, "fr"), shapes, scorer=fuzz.ratio, score_cutoff=THRESHOLD)
        spent += time.perf_counter() - begin
        if best:
            wanted += 1
            match = memory.fuzzy(text, "fr", "en", THRESHOLD)
            as_good += match is not None and match.score >= min(99, int(best[1]))
    print(f"rapidfuzz over all texts: {spent / COMPARED * 1e3:.0f} ms a text")
    print(f"of {wanted} best matches the memory found {as_good} as good")
    own = sum(
        (match := memory.fuzzy(text, "fr", "en", THRESHOLD)) is not None and match.score >= min(99, int(score))
        for text, old in zip(changed, known, strict=True)
        if (score := fuzz.ratio(slots.shape(text, "fr"), slots.shape(old, "fr"))) >= THRESHOLD
    )
    like = sum(
        fuzz.ratio(slots.shape(a, "fr"), slots.shape(b, "fr")) >= THRESHOLD for a, b in zip(changed, known, strict=True)
    )
    print(f"of {like} changed texts {own} found a text as like as the one they were made of")
    recall = f"as good as the best of all texts in {as_good} of {wanted}"
    return exact, fuzzy, spent / COMPARED * 1e3, recall


def _timed(name: str, texts: Sequence[str], look_up: Callable[[str], object]) -> float:
    return _told(name, [seconds(lambda one=text: look_up(one)) * 1e3 for text in texts])  # type: ignore[misc]


def _told(name: str, times: list[float]) -> float:
    late = share(times, 0.95)
    print(f"{name}: p50 {share(times, 0.5):.2f} ms, p95 {late:.2f} ms, worst {max(times):.2f} ms")
    return late


def _changed(text: str, words: Sequence[str], rng: random.Random) -> str:
    changed = text.split()
    for _ in range(max(1, len(changed) // 8)):
        at = rng.randrange(len(changed))
        how = rng.random()
        if how < 0.4:
            changed[at] = rng.choice(words)
        elif how < 0.7:
            changed.insert(at, rng.choice(words))
        elif len(changed) > 1:
            del changed[at]
    return " ".join(changed)


def _made(rng: random.Random) -> Iterator[tuple[str, str]]:
    from spellchecker import SpellChecker

    frequencies = SpellChecker(language="fr").word_frequency.dictionary
    words, weights = list(frequencies), list(frequencies.values())
    while True:
        pool = rng.choices(words, weights, k=100_000)
        while len(pool) > 40:
            length = rng.randint(4, 35)
            text = " ".join(pool[-length:]).capitalize() + "."
            del pool[-length:]
            yield text, text.upper()


if __name__ == "__main__":
    main()
