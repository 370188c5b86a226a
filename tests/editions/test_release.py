"""What may leave: every state under every policy, and what translate.toml may say of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from translate.catalogs.states import State
from translate.documents.kinds import FIGURES
from translate.documents.model import Role
from translate.editions import release
from translate.editions.gate import shows
from translate.editions.policy import Drafts, Policy
from translate.editions.release import DEFAULT, POLICIES, Release
from translate.errors import ProjectError

REVIEWED = {State.REVIEWED}
DRAFTED = {State.REVIEWED, State.DRAFT}


def test_only_what_has_words_and_only_what_the_policy_shows_stands_in_an_edition() -> None:
    shown = {policy: {state for state in State if shows(state, policy)} for policy in Drafts}
    assert shown == {Drafts.LABEL: {State.STALE, State.DRAFT, State.REVIEWED}, Drafts.HOLD: REVIEWED}


def test_the_strictest_policy_is_the_one_that_holds_where_a_desk_says_nothing() -> None:
    desk = Release()
    assert (desk.url, desk.title, desk.policy, desk.errors, desk.source) == ("", "", "reviewed", True, True)
    assert desk.rules == {DEFAULT: REVIEWED}
    assert (desk.gate, desk.templates, desk.drafts) == ({}, None, Drafts.LABEL)
    assert Policy() == Policy(marks=True, names=False, rule="unreviewed", responsible="", site="")


def test_every_policy_wants_a_reviewed_headline() -> None:
    for policy in POLICIES:
        rules = Release(policy=policy).rules
        for role in (Role.HEADLINE, Role.TITLE):
            assert rules.get(role, rules[DEFAULT]) == REVIEWED, policy


def test_the_policies_of_drafts() -> None:
    essentials = dict.fromkeys((Role.HEADLINE, Role.TITLE, Role.LEAD, Role.QUOTATION, FIGURES), REVIEWED)
    assert Release(policy="essentials").rules == {DEFAULT: DRAFTED} | essentials
    assert Release(policy="essentials").drafts is Drafts.LABEL
    only = Release(policy="only-reviewed")
    assert only.rules == {DEFAULT: set(State), Role.HEADLINE: REVIEWED, Role.TITLE: REVIEWED}
    assert only.drafts is Drafts.HOLD


def test_the_own_gate_of_a_desk_goes_before_the_policy() -> None:
    desk = Release(policy="essentials", gate={Role.LEAD: frozenset(DRAFTED)})
    assert desk.rules[Role.LEAD] == DRAFTED
    assert desk.rules[Role.HEADLINE] == REVIEWED


def test_every_key_is_read(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    said = {
        "url": "https://news.example.org/paper",
        "title": "The Messenger",
        "policy": "essentials",
        "gate": {"caption": ["reviewed", "draft"], "default": ["reviewed"]},
        "errors": False,
        "source": False,
        "templates": "pages",
    }
    assert release.settings("publish", said, tmp_path) == Release(
        "https://news.example.org/paper/",
        "The Messenger",
        "essentials",
        {"caption": frozenset(DRAFTED), "default": frozenset(REVIEWED)},
        errors=False,
        source=False,
        templates=tmp_path / "pages",
    )
    assert release.settings("publish", {"url": "http://a.example///"}, tmp_path).url == "http://a.example/"
    every = {"gate": {"caption": [*State]}}
    assert release.settings("publish", every, tmp_path).gate == {"caption": frozenset(State)}


@pytest.mark.parametrize(
    ("key", "value", "named", "remedy"),
    [
        ("url", 3, "publish.url: 3 is no address of a site", "https://"),
        ("url", "ftp://news.example.org/", "publish.url: 'ftp://", "https://"),
        ("url", "https:///paper", "publish.url: 'https:///paper' is no address", "https://"),
        ("url", "https://news.example.org/?a=1", "publish.url: ", "https://"),
        ("url", "https://news.example.org/#top", "publish.url: ", "https://"),
        ("title", 3, "publish.title: must be a text", "title = "),
        ("title", "  ", "publish.title: must be a text", "title = "),
        ("policy", "all", "publish.policy: 'all' is no policy", "reviewed, essentials, only-reviewed"),
        ("gate", ["draft"], "publish.gate: must be a table of states", "caption = "),
        ("gate", {"leader": ["reviewed"]}, "publish.gate.leader: is no role", "default, figures, "),
        ("gate", {"lead": "reviewed"}, "publish.gate.lead: must be a list", "stale, draft, reviewed"),
        ("gate", {"lead": ["draft"]}, 'publish.gate.lead: must be a list of states with "reviewed" in it', "States: "),
        ("gate", {"lead": ["reviewed", "done"]}, "publish.gate.lead: must be a list of states", "States: "),
        ("errors", "no", "publish.errors: 'no' is not allowed", "true, false"),
        ("source", 1, "publish.source: 1 is not allowed", "true, false"),
        ("templates", "nowhere", "publish.templates: 'nowhere' is no folder", "Make it"),
        ("templates", 3, "publish.templates: 3 is no folder", "Make it"),
        ("colour", "red", "publish.colour: is not a key", "Keys: url, title, policy, gate"),
    ],
)
def test_what_is_not_allowed_is_named(key: str, value: object, named: str, remedy: str, tmp_path: Path) -> None:
    with pytest.raises(ProjectError) as caught:
        release.settings("publish", {key: value}, tmp_path)
    assert caught.value.where == "translate.toml"
    assert named in caught.value.problem
    assert remedy in caught.value.remedy
