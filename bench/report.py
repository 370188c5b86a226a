"""Make docs/benchmarks.md and its plots of what the measures wrote: every budget, measured or not, kept or missed.

python bench/report.py
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import plots
from measuring import RESULTS, ROOT, Figure

PAGE = ROOT / "docs" / "benchmarks.md"
IMAGES = ROOT / "docs" / "images"
#: Each budget: how the design words it, the measure that shows it, and the figures of that (by how they begin).
BUDGETS = (
    ("drafting, against raw CTranslate2 on the same sorted sentences", "drafting", "drafting: its time"),
    ("drafting, against `argostranslate.translate.translate`, same package and beam", "drafting", "drafting: speed"),
    ("one dispatch of 20 segments, two languages, cold start to editions", "cold_start", "cold start"),
    ("re-run with nothing changed, 1,000 documents", "runs", "a run with nothing new, 1,000"),
    ("re-run with nothing changed, 10,000 documents", "runs", "a run with nothing new, 10,000"),
    ("re-run with nothing changed, 10,000 documents of open text, drafted", "archive", "10,000 documents, nothing new"),
    ("extraction with sentences, Markdown, one core", "extraction", "extraction with sentences, Markdown"),
    ("extraction with sentences, text, one core", "extraction", "extraction with sentences, text"),
    ("extraction, against po4a on the same file", "extraction", "extraction: speed against po4a"),
    ("extraction, against mdpo on the same file", "extraction", "extraction: speed against mdpo"),
    ("PO merge, 20,000 entries, 5 % changed", "merge", "merge of 20,000 entries, 5%"),
    ("checks, 20,000 entries", "checks", "checking "),
    ("translation memory of a million pairs, exact look-up, p95", "memory", "memory of 1,000,000 pairs: exact"),
    ("translation memory of a million pairs, fuzzy best-of, p95", "memory", "memory of 1,000,000 pairs: fuzzy"),
    ("`translate serve`, 200 clients, against LibreTranslate's server", "serving", "serving: throughput"),
    ("site of 1,000 stories", "publishing", "site of 1,000 stories"),
    ("site of 1,000 stories, one changed", "publishing", "site of 1,000 stories, one changed"),
    ("`translate --help`", "cold_start", "translate --help"),
)
#: Why a budget is missed, by the beginning of its figure.
WHY = {
    "drafting: its time": "one sentence of fifteen of this news text loses a figure, and each of these costs one to "
    "four searches more in small batches (docs/engines.md); without them it was 1.10",
    "merge of 20,000": "reading and writing the catalog (polib) are 1.4 s of it",
    "drafting: speed": "at beam 4 a sentence takes 55 ms of a core in a large batch and 145 ms alone, so that two "
    "cores can be 5.3 x as fast as one call a sentence, and no more",
    "extraction": "a third of the time is making the objects of the model, a tenth is finding sentences, the rest is "
    "spread over thirty functions (docs/formats.md); the parsers themselves read 19 MB/s and more",
    "cold start": "about three seconds of a core are imports, dictionaries and patterns; decoding is the smaller part "
    "(raw CTranslate2 beside it)",
}
#: Units of which more is better.
MORE = ("/s", "texts/s", "MB/s")
#: What others may use of a machine that is said to be idle.
BUSY = 0.05
#: What the plot of peers shows: the measure, how its figure begins, what it is called.
PLOTTED = (
    ("drafting", "drafting 1", "drafting"),
    ("serving", "serving: 2", "serving"),
    ("serving", "serving: p95", "an answer, p95"),
    ("extraction", "extraction with sentences, Markdown", "extraction"),
    ("merge", "merge of 20,000 entries, 5%", "merge"),
    ("checks", "checking", "checks"),
)
ORDER = ("drafting", "threads", "serving", "cold_start", "runs", "archive", "extraction", "merge", "checks", "memory")
HEAD = """# Benchmarks

Made by `python bench/report.py` from the figures that `make bench` wrote to `bench/results/`; do not edit. Each row
says on which machine it was measured; ratios travel to other machines, seconds do not. "x as fast" is always ours
against the peer's.
"""


def main() -> None:
    results = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(RESULTS.glob("*.json"))}
    parts = [HEAD, *budgets(results), *drawn(results), *everything(results), *machines(results)]
    PAGE.write_text("\n".join(parts).rstrip() + "\n", encoding="utf-8")
    print(f"{PAGE.relative_to(ROOT)}: {len(results)} measures")


def figures(result: Mapping[str, Any]) -> list[Figure]:
    """Return the figures of a measure."""
    return [Figure(**one) for one in result["figures"]]


def budgets(results: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Yield the table of every budget."""
    numbers = numbered(results)
    yield "## Every budget\n"
    yield "| what | budget | measured | against peers | machine | |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for words, measure, begin in BUDGETS:
        found = [one for one in figures(results.get(measure, {"figures": []})) if one.what.startswith(begin)]
        if not found:
            yield f"| {words} | | not measured | | | `python bench/{measure}.py` |"
            continue
        one = found[0]
        where = place(results[measure], numbers)
        cells = (words, budget(one), shown(one.value, one.unit), ratios(one), where, verdict(one, results[measure]))
        yield f"| {' | '.join(cells)} |"
    yield ""


def place(result: Mapping[str, Any], numbers: Mapping[str, int]) -> str:
    """Return on which machine a measure was made, and what others used of it meanwhile."""
    where = f"[{numbers[result['machine']]}](#machines)"
    return where + (f", {result['others']:.0%} of it at other work" if result.get("others", 0) >= BUSY else "")


def budget(one: Figure) -> str:
    """Return the budget of a figure in words."""
    if one.most is not None:
        return f"at most {shown(one.most, one.unit)}"
    return f"at least {shown(one.least, one.unit)}" if one.least is not None else ""


def kept(one: Figure) -> bool:
    """Say whether a figure keeps its budget."""
    return (one.most is None or one.value <= one.most) and (one.least is None or one.value >= one.least)


def verdict(one: Figure, result: Mapping[str, Any]) -> str:
    """Return whether a budget is kept, and why not."""
    if kept(one):
        return "kept"
    whys = [why for begin, why in WHY.items() if one.what.startswith(begin)]
    whys += ["measured beside other work"] if result.get("others", 0) >= BUSY else []
    return f"**MISSED**: {'; '.join(whys) or 'the reason is not known yet'}"


def ratios(one: Figure) -> str:
    """Return what peers need for the same, as multiples of ours, and which peers could not be had."""
    made = [
        f"{name} {shown(value, one.unit)}: {faster_by(one, value):.2f} x as fast" for name, value in one.peers.items()
    ]
    made += [f"{name}: not measured ({why})" for name, why in one.absent.items()]
    return "; ".join(made)


def faster_by(one: Figure, value: float) -> float:
    """Return how many times as fast as a peer with this value we are."""
    return one.value / value if one.unit in MORE else value / one.value


def shown(value: float, unit: str) -> str:
    """Return a number with its unit, three digits of it or more.

    >>> shown(0.9412, "s"), shown(1234.5, "MB"), shown(1.1, "x")
    ('0.94 s', '1,234 MB', '1.10 x')
    """
    digits = 2 if abs(value) < 10 else 1 if abs(value) < 100 else 0
    return f"{value:,.{digits}f} {unit}".strip().replace(" /s", "/s")


def drawn(results: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Draw the plots, and yield the lines that show them."""
    yield "## Plots\n"
    if "runs" in results:
        series = results["runs"]["series"]
        names = {step: f"{step}" for step in ("first run", "nothing new", "one changed")}
        points = {name: [tuple(one) for one in series[step]] for step, name in names.items()}
        plots.lines(IMAGES / "bench-growth.svg", "Runs by the number of documents", ("documents", "seconds"), points)
        slopes = [
            f"{one.what.split(' (')[0]}: {one.value:.2f}" for one in figures(results["runs"]) if "slope" in one.what
        ]
        yield "![Seconds of a run against documents, both axes logarithmic](images/bench-growth.svg)\n"
        yield f"Slopes (1 is linear): {'; '.join(slopes)}.\n"
    if "threads" in results:
        rows = [
            (f"{cores} of the cores, {how}", rate) for cores, how, rate, _ in results["threads"]["series"]["threads"]
        ]
        title = "Drafting, workers x threads of CTranslate2"
        plots.bars(IMAGES / "bench-threads.svg", title, rows, "sentences/s")
        yield "![Sentences a second by workers and threads](images/bench-threads.svg)\n"
    faster = [
        (f"{label}: {name}", faster_by(one, value))
        for measure, begin, label in PLOTTED
        for one in figures(results.get(measure, {"figures": []}))
        if one.what.startswith(begin)
        for name, value in one.peers.items()
        if name != "Babel"
    ]
    if faster:
        plots.bars(IMAGES / "bench-peers.svg", "How many times as fast as others (1: as fast)", faster, "x")
        yield "![How many times as fast as others](images/bench-peers.svg)\n"


def everything(results: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Yield a table of every figure, a measure at a time."""
    numbers = numbered(results)
    yield "## Every figure\n"
    for name in sorted(results, key=lambda one: (ORDER.index(one) if one in ORDER else len(ORDER), one)):
        result = results[name]
        yield f"### {name}\n"
        yield f"`bench/{result['bench']}`, {result['day']}, machine {place(result, numbers)}\n"
        yield "| what | measured | against peers | |"
        yield "| --- | --- | --- | --- |"
        for one in figures(result):
            yield f"| {one.what} | {shown(one.value, one.unit)} | {ratios(one)} | {one.note} |"
        yield ""


def numbered(results: Mapping[str, Mapping[str, Any]]) -> dict[str, int]:
    """Return a number for each machine."""
    return {one: at for at, one in enumerate(dict.fromkeys(result["machine"] for result in results.values()), 1)}


def machines(results: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Yield the list of machines."""
    yield "## Machines\n"
    for one, number in numbered(results).items():
        yield f"{number}. {one}"


if __name__ == "__main__":
    main()
