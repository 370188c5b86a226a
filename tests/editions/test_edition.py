"""Labels, the gate, and what an edition is made of."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from tests.editions.targets.abstract import catalog, document, edition
from translate.catalogs.provenance import Provenance
from translate.catalogs.states import State
from translate.documents.model import Block, Kind, Literal, Moment, Role
from translate.editions import gate, labels
from translate.editions.disclosure import Machine, Origin
from translate.editions.edition import assemble
from translate.editions.policy import Drafts, Policy
from translate.editions.typography.policy import House
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


def test_what_people_reviewed_names_no_engine() -> None:
    made = catalog({"Un.": ("One.", D), "Deux.": ("Two.", R)})
    reviewed = made.get((None, "Deux."))
    assert reviewed is not None
    reviewed.tcomment = Provenance({"engine": "argos", "package": "fr_en/0.2"}, 0.5, (), "ab").line()
    by_hand = made.get((None, "Un."))
    assert by_hand is not None
    by_hand.tcomment = ""
    assert assemble(document(["Un.", "Deux."]), made, "en", Drafts.LABEL, {}).engines == ()


def test_an_edition_without_a_headline_is_called_by_its_first_words_else_by_its_document() -> None:
    made = edition(["One.", "Two.", "Three."], credit="")
    status, headline, byline = made.blocks
    assert (headline.role, made.title) == (Role.HEADLINE, "Two.")
    assert dataclasses.replace(made, blocks=(status, byline)).title == "One."
    assert dataclasses.replace(made, blocks=()).title == "a"


def test_codes_of_the_source_are_no_words_and_other_signs_are() -> None:
    made = catalog({"Un <1>mot</1><2/> ici.": ("A <1>word</1><2/> here.", R), "a < b": ("a < b > c", R)})
    texts = assemble(document(["Un <1>mot</1><2/> ici.", "a < b"], ""), made, "en", Drafts.LABEL, {}).blocks
    assert [block.text for block in texts] == ["A word here.", "a < b > c"]


def test_without_a_house_the_words_stand_as_in_the_catalog() -> None:
    made = catalog({"Un.": ('"One" ... 5 %', R)})
    (block,) = assemble(document(["Un."], ""), made, "en", Drafts.LABEL, {}).blocks
    assert block.text == '"One" ... 5 %'
    (block,) = assemble(document(["Un."], ""), made, "en", Drafts.LABEL, {}, house=House()).blocks
    assert block.text == "“One” … 5%"


def test_a_block_whose_label_the_desk_left_empty_is_none() -> None:
    story = document(["Un."], "")
    signed = Block(Role.BYLINE, "", (Literal("", Kind.BY),))
    story = dataclasses.replace(story, blocks=(*story.blocks, signed))
    made = catalog({"Un.": ("One.", R)})
    assert len(assemble(story, made, "en", Drafts.LABEL, {}).blocks) == 2
    assert [one.text for one in assemble(story, made, "en", Drafts.LABEL, {"en": {"by": ""}}).blocks] == ["One."]
