"""Labels, the gate, and what an edition is made of."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.editions.targets.abstract import edition
from translate.catalogs.states import State
from translate.documents.model import Moment
from translate.editions import gate, labels
from translate.editions.disclosure import Machine, Origin
from translate.editions.policy import Drafts, Policy
from translate.errors import ProjectError

U, S, D, R = State.UNTRANSLATED, State.STALE, State.DRAFT, State.REVIEWED


def test_every_shipped_language_is_complete() -> None:
    for language in labels._shipped():
        assert all(labels.labels(language, {}).values())


def test_missing_labels_are_named() -> None:
    with pytest.raises(ProjectError, match=r"'nl' are missing: by, machine"):
        labels.labels("nl", {})
    with pytest.raises(ProjectError, match=r"labels.de.by: .*braces"):
        labels.labels("de", {"de": {"by": "Von {wem}"}})
    with pytest.raises(ProjectError, match=r"labels.de.publised: is no label"):
        labels.labels("de", {"de": {"publised": "x"}})
    assert labels.labels("de-CH", {"de": {"by": "von"}})["by"] == "von"


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        ("en-GB", "7 December 2016"),
        ("en-US", "December 7, 2016"),
        ("de", "7. Dezember 2016"),
        ("fr", "7 décembre 2016"),
    ],
)
def test_dates(language: str, wanted: str) -> None:
    assert labels.when(Moment(dt.date(2016, 12, 7)), language) == wanted


@pytest.mark.parametrize(("language", "wanted"), [("en", "December 7"), ("de", "7. Dezember"), ("fr", "7 décembre")])
def test_dates_without_a_year(language: str, wanted: str) -> None:
    assert labels.when(Moment(dt.date(2016, 12, 7), year=False), language) == wanted


@pytest.mark.parametrize(
    ("states", "policy", "wanted"),
    [
        ([R], Drafts.LABEL, []),
        ([D], Drafts.LABEL, ["machine"]),
        ([D, R], Drafts.LABEL, ["partly"]),
        ([S, R], Drafts.LABEL, ["stale"]),
        ([S, D], Drafts.LABEL, ["partly", "stale"]),
        ([D, U], Drafts.LABEL, ["machine", "missing"]),
        ([D, S, U, R], Drafts.HOLD, ["missing"]),
        ([R], Drafts.HOLD, []),
    ],
)
def test_gate(states: list[State], policy: Drafts, wanted: list[str]) -> None:
    machine = (Machine("argos"),)
    origins = [Origin(1, "", one, gate.shows(one, policy), () if one is S else machine) for one in states]
    assert gate.notices(origins, Policy()) == wanted


def test_assemble() -> None:
    made = edition(["One.", "Two.", "Three.", "Four."], [R, D, U, S])
    assert made.counts == {R: 1, D: 1, U: 1, S: 1}
    assert made.engines == ("argos fr_en/0.1",)
    assert [(one.line, one.state, one.text) for one in made.held] == [(3, U, "Phrase 2.")]
    assert made.title == "Two.[Keystone]"
    assert not made.reviewed
    assert edition(["One."]).reviewed
    assert edition(["One."]).engines == ()
