"""How a run on a cluster grows with its workers: a simulation from stage times that are measured on this machine.

    python bench/cluster.py [--documents 30] [--price 0.04] [--start 3.0] [--json FILE] [--measured FILE]

Measured: the run itself, with a crew of one that does in this process what workers do (the same parcels, the same
functions, one thread) and keeps apart what the workers' part takes and what the driver's. Simulated: slices of 1,000
documents, shares as the program makes them, workers that take the next share when they are free, one driver that takes
what comes back one after the other.

Assumed, and not measured: workers like a core of this machine; `--start` seconds of Ray for each of the four stages of
a slice; a network of 1 Gbit/s into the driver; `--price` for a core and hour, the driver's included. Words are those of
the source, once for each language. `--measured` takes the stage times from such a JSON file instead of measuring.
"""

from __future__ import annotations

import argparse
import heapq
import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from translate import project
from translate.cli import common
from translate.engines import queue
from translate.engines.model import Options
from translate.scale import apart, cluster, runs
from translate.scale.slices import Slice

ROOT = Path(__file__).parents[1]
SLICE, NETWORK = 1_000, 125e6
WORKERS = (1, 2, 4, 8, 16, 32, 64, 128, 256)


@dataclass
class Stage:
    """The seconds of a stage for all documents measured: the workers' part, what the driver does before and after."""

    name: str
    work: float = 0.0
    before: float = 0.0
    after: float = 0.0
    bytes_: int = 0
    texts: int = 0


@dataclass
class Timed:
    """A crew of one, in this process, that keeps apart what the workers of a cluster would do."""

    opened: project.Project
    stages: list[Stage] = field(default_factory=list)

    def shared(self, function: Callable[..., Any], slice_: Slice, *arguments: object) -> Iterator[Any]:
        stage = Stage(function.__name__.strip("_"))
        self.stages.append(stage)
        settings, root = apart.settings(self.opened), self.opened.root
        names = list(slice_.paths)
        for at in range(0, len(names), cluster._DOCUMENTS):
            began = time.perf_counter()
            part = slice_.part(names[at : at + cluster._DOCUMENTS])
            of_each = (apart.files(self.opened, name, path) for name, path in part.paths.items())
            sent = settings | {name: data for files in of_each for name, data in files}
            parcel = apart.packed(apart.Parcel(function, (part, *arguments), sent), root)
            packed = time.perf_counter()
            made = apart.work(parcel)
            done = time.perf_counter()
            result = apart.take(self.opened, apart.unpacked(made, root), sent)
            stage.before += packed - began
            stage.work += done - packed
            stage.after += time.perf_counter() - done
            stage.bytes_ += len(parcel) + len(made)
            yield result

    def draft(self, requests: list[queue.Request], engines: Any, splitters: Any, **facts: Any) -> Iterator[queue.Draft]:
        stage = Stage(f"draft {engines[-1].target}")
        self.stages.append(stage)
        list(engines[0].translate(["Un."]))  # a worker has its packages loaded after the first share
        began = time.perf_counter()
        made = list(queue.draft(requests, engines, splitters, **facts))
        stage.work = time.perf_counter() - began
        stage.texts = len(requests)
        # A text goes there and its draft comes back, each with some facts.
        stage.bytes_ = sum(len(one.text.encode()) + 200 for one in (*requests, *made))
        yield from made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=30)
    parser.add_argument("--price", type=float, default=0.04)
    parser.add_argument("--start", type=float, default=3.0)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--measured", type=Path)
    given = parser.parse_args()
    if given.measured:
        known = json.loads(given.measured.read_text())
        stages, words, rest = [Stage(**one) for one in known["stages"]], known["words"], known["driver"]
        given.documents = known["documents"]
    else:
        # Dictionaries, rules and models are loaded once: that is no part of a document.
        for count in (3, given.documents):
            with tempfile.TemporaryDirectory() as place:
                stages, words, rest = measure(Path(place).resolve(), count)
    print(f"measured with {given.documents} documents, {words / given.documents:.0f} words each, two languages\n")
    print("| stage | a worker, ms a document | the driver, ms a document | kB a document |\n| --- | --- | --- | --- |")
    for one in stages:
        ms = [1000 * part / given.documents for part in (one.work, one.before + one.after)]
        print(f"| {one.name} | {ms[0]:.1f} | {ms[1]:.1f} | {one.bytes_ / given.documents / 1000:.1f} |")
    print(f"| reading, memory, drafts into catalogs, records | | {1000 * rest / given.documents:.1f} | |\n")
    rows = [simulated(stages, rest, words, given.documents, workers, given) for workers in WORKERS]
    heads = (
        "workers",
        "s for 1,000 documents",
        "words a second",
        "of the ideal",
        "driver busy",
        "cost of a million words",
    )
    print(f"| {' | '.join(heads)} |\n|{' --- |' * len(heads)}")
    for workers, seconds, speed, ideal, busy, cost in rows:
        print(f"| {workers} | {seconds:,.0f} | {speed:,.0f} | {ideal:.0%} | {busy:.0%} | {cost:.2f} |")
    driver = (rest + sum(one.before + one.after + one.bytes_ / NETWORK for one in stages)) / words
    print(f"\nThe driver alone: {1 / driver:,.0f} words a second, whatever the number of workers.\n")
    print("| desks, 64 workers in all | words a second | cost of a million words |\n| --- | --- | --- |")
    for desks in (1, 2, 4, 8, 16):
        _, _, speed, _, _, cost = simulated(stages, rest, words, given.documents, 64 // desks, given)
        print(f"| {desks} | {desks * speed:,.0f} | {cost:.2f} |")
    if given.json:
        keys = "workers", "seconds", "words_per_second", "efficiency", "driver_busy", "cost_per_million_words"
        told: dict[str, Any] = {
            "stages": [asdict(one) for one in stages],
            "driver": rest,
            "words": words,
            "documents": given.documents,
        }
        told["rows"] = [dict(zip(keys, row, strict=True)) for row in rows]
        given.json.write_text(json.dumps(told, indent=1) + "\n")


def measure(desk: Path, count: int) -> tuple[list[Stage], int, float]:
    """Return the stages, the words of the documents, and what else the driver does (seconds)."""
    command = [sys.executable, "-m", "translate", "init", "--source", "fr", "--target", "en", "--target", "de"]
    subprocess.run(command, cwd=desk, check=True, capture_output=True)
    shutil.rmtree(desk / "source")
    (desk / "source").mkdir()
    stories = [path.read_text() for path in sorted((ROOT / "source").glob("*.txt"))]
    for number in range(count):
        # Every sentence is another one, so that none is drafted once for many.
        text = re.sub(r"(?m)(?<=\w)\.(?= |$)", f" {number}.", stories[number % len(stories)])
        (desk / f"source/story{number:04}.txt").write_text(text)
    opened = project.load(desk)
    crew = Timed(opened)
    options = replace(common.options(opened), threads=1)
    assert isinstance(options, Options)
    began = time.perf_counter()
    done = runs.run(opened, (), (), options, common.now(), lambda *_: None, crew=crew)
    rest = time.perf_counter() - began - sum(one.work + one.before + one.after for one in crew.stages)
    return crew.stages, sum(one.words for one in done.outcomes), rest


def simulated(
    stages: list[Stage], rest: float, words: int, count: int, workers: int, given: argparse.Namespace
) -> tuple[int, float, float, float, float, float]:
    """Return what a slice takes: workers, seconds, words a second, efficiency, the share of the driver, the cost."""
    scale = SLICE / count
    seconds = busy = rest * scale
    for one in stages:
        shares = SLICE // cluster._DOCUMENTS
        if one.texts:
            texts = round(one.texts * scale)
            most = max(cluster._FEWEST_TEXTS, texts // (cluster._SHARES * workers))
            shares = -(-texts // min(cluster._TEXTS, most))
        before, after = one.before * scale, (one.after + one.bytes_ / NETWORK) * scale
        seconds += before + given.start + handed_out(shares, workers, one.work * scale / shares, after / shares)
        busy += before + after
    ideal = sum(one.work for one in stages) * scale / workers
    speed = words * scale / seconds
    cost = given.price * (workers + 1) * seconds / 3600 / (words * scale) * 1e6
    return workers, seconds, speed, ideal / seconds, busy / seconds, cost


def handed_out(shares: int, workers: int, work: float, take: float) -> float:
    """Return when the driver has taken the last share."""
    free = [0.0] * workers
    driver = 0.0
    for _ in range(shares):
        done = heapq.heappop(free) + work
        heapq.heappush(free, done)
        driver = max(driver, done) + take
    return driver


if __name__ == "__main__":
    main()
