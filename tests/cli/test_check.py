"""The check verb on the command line: formats, exit codes, mends."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import polib
import pytest
from junitparser import JUnitXml

Run = Callable[..., object]


@pytest.fixture
def wrong(desk: Path, translate) -> Path:
    """Fill three entries, each with a fault; return the catalog."""
    translate("extract")
    path = desk / "locales/en/LC_MESSAGES/port.po"
    path.write_text(
        path.read_text()
        .replace(
            'msgid "Une longue attente"\nmsgstr ""', 'msgid "Une longue attente"\nmsgstr "wait wait wait wait wait"'
        )
        .replace('jours."\nmsgstr ""', 'jours."\nmsgstr "It was shut  for 4 days"')
    )
    return path


def test_the_findings_of_an_entry_stand_together(wrong, translate):
    done = translate("check", "--lang", "en")
    assert done.code == 1
    assert "error: the translation repeats itself [repetition]" in done.out
    assert "error: 3 became 4 [figures]" in done.out
    assert "two spaces where one belongs [spaces] (--fix mends it)" in done.out
    assert done.out.splitlines()[-1].startswith(("5 findings", "6 findings"))
    line = next(line for line in done.out.splitlines() if line.startswith("locales/en/LC_MESSAGES/port.po:"))
    number = int(line.split(":")[1].split()[0])
    assert wrong.read_text().splitlines()[number - 1].startswith(("#", "msg"))


def test_json_has_all_and_nothing_else(wrong, translate):
    for option in (("--json",), ("--format", "json")):
        found = translate("check", "--lang", "en", *option).json["findings"]
        assert {"repetition", "figures", "spaces"} <= {one["check"] for one in found}
        assert next(one["mend"] for one in found if one["check"] == "spaces") == "It was shut for 4 days"


@pytest.mark.parametrize("option", [("--json",), ("--format", "json"), ("--format=json",)])
def test_what_went_wrong_is_json_too(desk, translate, option):
    (desk / "translate.toml").write_text("source = 3")
    done = translate("check", *option)
    assert (done.code, done.json["error"]["where"]) == (2, "translate.toml")


def test_sarif_has_what_the_standard_asks_for(wrong, translate):
    done = translate("check", "--lang", "en", "--format", "sarif")
    assert done.code == 1
    log = json.loads(done.out)
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert run["tool"]["driver"]["name"] == "Translation Desk"
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] in ("error", "warning")
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"] == "locales/en/LC_MESSAGES/port.po"
        assert place["region"]["startLine"] >= 1
        assert result["message"]["text"]


def test_a_waived_finding_is_suppressed_in_sarif_and_skipped_in_junit(wrong, translate):
    catalog = polib.pofile(str(wrong), wrapwidth=0)
    entry = next(one for one in catalog if one.msgstr.startswith("It was shut"))
    entry.tcomment = "check-ignore: figures: the port said 4"
    catalog.save()
    log = json.loads(translate("check", "--lang", "en", "--format", "sarif").out)
    (waived,) = [one for one in log["runs"][0]["results"] if "suppressions" in one]
    assert waived["suppressions"] == [{"kind": "inSource", "justification": "the port said 4"}]
    suites = JUnitXml.fromstring(translate("check", "--lang", "en", "--format", "junit").out.encode())
    assert [suite.skipped for suite in suites] == [1]
    assert "1 waived" in translate("check", "--lang", "en").out


def test_junit_is_read_by_others(wrong, translate):
    suites = JUnitXml.fromstring(translate("check", "--lang", "en", "--format", "junit").out.encode())
    (suite,) = suites
    assert suite.name == "locales/en/LC_MESSAGES/port.po"
    assert suite.failures == suite.tests == len(list(suite)) >= 5
    assert all(case.result[0].message for case in suite)


def test_github_shows_findings_in_place(wrong, translate):
    lines = translate("check", "--lang", "en", "--format", "github").out.splitlines()
    assert all(line.startswith(("::error file=locales/en", "::warning file=locales/en")) for line in lines)
    assert any("title=figures::3 became 4" in line for line in lines)


def test_fix_mends_and_says_so(wrong, translate):
    done = translate("check", "--lang", "en", "--fix")
    assert done.code == 1, "the figure and the loop are still wrong"
    assert "mended [" in done.out
    assert '"It was shut for 4 days."' in wrong.read_text()
    assert "--fix mends it" not in done.out
    assert translate("check", "--lang", "en", "--fix", "--json").json["mended"] == []


def test_an_unknown_format_is_a_wrong_usage(desk, translate):
    done = translate("check", "--format", "xml")
    assert done.code == 2
    assert "sarif" in done.err


def test_the_checks_are_listed(desk, translate):
    with (desk / "translate.toml").open("a") as file:
        file.write("\n[checks]\nspelling = false\n")
    listed = translate("check", "--list", "--json").json["checks"]
    assert {one["check"]: one["on"] for one in listed}["spelling"] is False
    assert all(one["about"] for one in listed)


def test_nothing_wrong_is_exit_0(desk, translate):
    translate("extract")
    assert translate("check").code == 0
