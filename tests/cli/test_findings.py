"""The formats of findings hold whatever a text or a file name has."""

from __future__ import annotations

import json

import pytest
from junitparser import JUnitXml

from translate.checking import Found
from translate.cli import findings
from translate.quality.checks import Finding, Severity

HOSTILE = "a\n::error file=x::b ]]> <b>&amp; \x00\x1b[31m %0A \ufffe \u2028"


@pytest.fixture
def hostile() -> list[Found]:
    finding = Finding("figures", Severity.ERROR, HOSTILE)
    catalog = "locales/en/LC_MESSAGES/été à 50%, a:b #1.po"
    return [
        Found("a", "en", 1, HOSTILE, HOSTILE, finding, catalog, 3),
        Found("a", "en", 1, HOSTILE, HOSTILE, finding, catalog, 3, waived=HOSTILE),
    ]


def test_sarif_names_files_by_uri(hostile) -> None:
    log = json.loads(findings.sarif(hostile).encode("utf-8"))
    places = [one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in log["runs"][0]["results"]]
    assert set(places) == {"locales/en/LC_MESSAGES/%C3%A9t%C3%A9%20%C3%A0%2050%25%2C%20a%3Ab%20%231.po"}


def test_a_catalog_outside_the_desk_has_a_whole_uri(hostile) -> None:
    hostile[0] = Found("a", "en", 1, "a", "b", hostile[0].finding, "/tmp/a b.po", 3)
    log = json.loads(findings.sarif(hostile[:1]).encode("utf-8"))
    place = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "file:///tmp/a%20b.po"


def test_junit_is_xml_whatever_is_in_it(hostile) -> None:
    (suite,) = JUnitXml.fromstring(findings.junit(hostile).encode("utf-8"))
    assert (suite.tests, suite.failures, suite.skipped) == (2, 1, 1)


def test_github_gets_a_line_a_finding(hostile) -> None:
    lines = findings.github(hostile).rstrip("\n").split("\n")
    assert len(lines) == 1
    assert lines[0].startswith(
        "::error file=locales/en/LC_MESSAGES/été à 50%25%2C a%3Ab #1.po,line=3,title=figures::a%0A"
    )
    lines[0].encode("utf-8")
