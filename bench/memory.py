"""Budget: a translation memory of a million pairs: exact look-up p95 under 1 ms, fuzzy best-of p95 under 20 ms.

    python bench/memory.py [--toolkit PYTHON] [FILE.tsv[.xz] ...]

The files have a French text and its translation a line, with a tab between; without them, sentences are made of French
words as frequent as they are. Queries are texts of the memory with about one word in eight taken out, put in or
replaced. The peer in the same run is rapidfuzz over all texts, which finds the best match whatever it costs: how often
the memory finds one as good is the recall. With a Python that has the Translate Toolkit and rapidfuzz, its matcher is
timed as well, on the first ten thousand pairs: it compares every text.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from rapidfuzz import fuzz, process

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


def main(toolkit: str, files: Sequence[str]) -> None:
    rng = random.Random(7)
    found: dict[str, str] = {}
    for source, translation in _read(files) if files else _made(rng):
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
            _look_up(memory, texts, rng)
            begin = time.perf_counter()
            with (Path(folder) / "memory.tmx").open("wb") as stream:
                tmx.write(stream, "fr", memory.pairs())
                size = stream.tell()
            spent = time.perf_counter() - begin
            print(f"TMX of {size / 1e6:.0f} MB written in {spent:.0f} s")
            begin = time.perf_counter()
            count = sum(1 for _ in tmx.read(Path(folder) / "memory.tmx", "fr"))
            print(f"and read in {time.perf_counter() - begin:.0f} s: {count:,} pairs")
        if toolkit:
            _toolkit(toolkit, Path(folder), dict(list(found.items())[:TOOLKIT_PAIRS]), rng)


def _toolkit(python: str, folder: Path, found: dict[str, str], rng: random.Random) -> None:
    with (folder / "few.tmx").open("wb") as stream:
        tmx.write(stream, "fr", (TranslatedPair(s, t, "fr", "en", Place("bench")) for s, t in found.items()))
    words = [word for text in rng.sample(list(found), 300) for word in text.split()]
    queries = [_changed(text, words, rng) for text in rng.sample(list(found), COMPARED)]
    command = [python, "-c", TOOLKIT, str(folder / "few.tmx")]
    done = subprocess.run(command, input=json.dumps(queries), cwd=folder, capture_output=True, text=True, check=True)
    _told(f"Translate Toolkit, {len(found):,} pairs, fuzzy", json.loads(done.stdout))


def _look_up(memory: Memory, texts: Sequence[str], rng: random.Random) -> None:
    words = [word for text in rng.sample(texts, 300) for word in text.split()]
    known = rng.sample(texts, QUERIES)
    changed = [_changed(text, words, rng) for text in known]
    _timed("exact", known, lambda text: memory.exact(text, "fr", "en"))
    _timed("fuzzy", changed, lambda text: memory.fuzzy(text, "fr", "en", THRESHOLD))
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


def _timed(name: str, texts: Sequence[str], look_up: Callable[[str], object]) -> None:
    times = []
    for text in texts:
        begin = time.perf_counter()
        look_up(text)
        times.append((time.perf_counter() - begin) * 1e3)
    _told(name, times)


def _told(name: str, times: list[float]) -> None:
    times.sort()
    middle, most = times[len(times) // 2], times[int(len(times) * 0.95)]
    print(f"{name}: p50 {middle:.2f} ms, p95 {most:.2f} ms, worst {times[-1]:.2f} ms")


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


def _read(files: Sequence[str]) -> Iterator[tuple[str, str]]:
    for name in files:
        with lzma.open(name, "rt", encoding="utf-8") if name.endswith(".xz") else open(name, encoding="utf-8") as lines:  # noqa: PTH123
            for line in lines:
                source, _, translation = line.rstrip("\n").partition("\t")
                if source and translation:
                    yield source, translation


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
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--toolkit", default="")
    arguments.add_argument("files", nargs="*")
    given = arguments.parse_args()
    main(given.toolkit, given.files)
