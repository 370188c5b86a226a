"""The page of benchmarks says of every budget whether it is kept, and is silent about none."""

from __future__ import annotations

import doctest
import importlib
import json
from pathlib import Path
from types import ModuleType

import pytest

BENCH = Path(__file__).parents[1] / "bench"


@pytest.fixture
def report(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    monkeypatch.syspath_prepend(str(BENCH))
    made = importlib.import_module("report")
    monkeypatch.setattr(made, "RESULTS", tmp_path / "results")
    monkeypatch.setattr(made, "ROOT", tmp_path)
    monkeypatch.setattr(made, "PAGE", tmp_path / "benchmarks.md")
    monkeypatch.setattr(made, "IMAGES", tmp_path)
    return made


def measured(report: ModuleType, name: str, *figures: dict[str, object]) -> None:
    report.RESULTS.mkdir(exist_ok=True)
    made = {"bench": f"{name}.py", "day": "2026-05-01", "machine": "a machine", "figures": figures, "series": {}}
    (report.RESULTS / f"{name}.json").write_text(json.dumps(made), encoding="utf-8")


def row(page: str, words: str) -> str:
    return next(line for line in page.splitlines() if words in line)


def test_a_budget_is_kept_or_missed_or_not_measured(report: ModuleType) -> None:
    fast = {"what": "merge of 20,000 entries, 5% changed", "value": 1.0, "unit": "s", "most": 2.0}
    slow = {"what": "cold start to editions, two languages", "value": 4.0, "unit": "s", "most": 3.0}
    measured(report, "merge", fast | {"peers": {"msgmerge": 2.0}, "absent": {"Babel": "it is not installed"}})
    measured(report, "cold_start", slow)
    report.main()
    page = report.PAGE.read_text(encoding="utf-8")
    assert row(page, "PO merge").endswith("| kept |")
    assert "msgmerge 2.00 s: 2.00 x as fast; Babel: not measured (it is not installed)" in row(page, "PO merge")
    assert "**MISSED**: " in row(page, "cold start to editions")
    assert "not measured" in row(page, "extraction with sentences, Markdown")
    assert "bench/extraction.py" in row(page, "extraction with sentences, Markdown")


def test_more_is_better_where_a_rate_is_measured(report: ModuleType) -> None:
    measured(
        report, "serving", {"what": "serving: 200 clients", "value": 90.0, "unit": "texts/s", "peers": {"B": 30.0}}
    )
    report.main()
    assert "B 30.0 texts/s: 3.00 x as fast" in report.PAGE.read_text(encoding="utf-8")


def test_what_the_page_shows_is_what_the_measures_wrote_last(report: ModuleType) -> None:
    kept = {path.name: path.read_text(encoding="utf-8") for path in BENCH.glob("results/*.json")}
    report.RESULTS.mkdir()
    for name, text in kept.items():
        (report.RESULTS / name).write_text(text, encoding="utf-8")
    report.main()
    committed = BENCH.parent / "docs" / "benchmarks.md"
    assert report.PAGE.read_text(encoding="utf-8") == committed.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["measuring", "report", "runs"])
def test_the_examples_in_docstrings_are_true(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.syspath_prepend(str(BENCH))
    assert doctest.testmod(importlib.import_module(name)).failed == 0
