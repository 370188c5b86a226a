"""What an edition says of its making, in sum and text by text."""

from __future__ import annotations

import json

import lxml.html
import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.editions.targets.abstract import catalog, document
from translate.catalogs import provenance
from translate.catalogs.states import State, set_fuzzy
from translate.editions.disclosure import Disclosure, Machine, Origin, json_ld, origin, person, record
from translate.editions.edition import Edition, assemble
from translate.editions.gate import notices
from translate.editions.policy import Drafts, Policy
from translate.editions.targets.html import HtmlTarget

PRIVATE = Policy()
HOSTILE = ["Łukasz Ñandú", "</script><script>alert(1)</script>", '"><b>', "a\nb", "O’Brien & Söhne", "\u2028"]


def edition(*states: State, policy: Policy = PRIVATE, who: str = "", drafts: Drafts = Drafts.LABEL) -> Edition:
    pairs = {f"Phrase {n}.": (f"Sentence {n}.", state) for n, state in enumerate(states)}
    made = catalog(pairs)
    for entry, state in zip(made.file, states, strict=True):
        if state is State.REVIEWED:
            # A person took the flag away and, in every second entry, changed the draft.
            facts = {"engine": "argos", "package": "fr_en/0.2", "model": "ea555e46215b"}
            draft = entry.msgstr if entry.msgid.startswith("Phrase 0") else "Another draft."
            hashes = provenance.fingerprint(draft), provenance.fingerprint(entry.msgid)
            entry.tcomment = provenance.Provenance(facts, 0.5, (), *hashes).line()
    if who:
        made.file.metadata |= {"Last-Translator": f"{who} <a@example.org>", "PO-Revision-Date": "2026-11-02 10:00+0000"}
    return assemble(document(list(pairs)), made, "en", drafts, {}, policy)


def told(made: Edition) -> dict:
    return json.loads(record(made.disclosure))


@pytest.mark.parametrize(
    ("metadata", "moment"),
    [
        ({}, ""),
        ({"PO-Revision-Date": "YEAR-MO-DA HO:MI+ZONE"}, ""),
        ({"PO-Revision-Date": "2026-11-02 10:00+0100"}, "2026-11-02T09:00:00Z"),
        ({"PO-Revision-Date": "2026-11-02 10:00"}, "2026-11-02T10:00:00Z"),
        ({"PO-Revision-Date": "0001-01-01 00:00+0100"}, ""),
        # The source changed after the last translation.
        (
            {"PO-Revision-Date": "2026-11-02 10:00+0000", "POT-Creation-Date": "2026-11-03 00:30+0100"},
            "2026-11-02T23:30:00Z",
        ),
    ],
)
def test_an_edition_knows_when_its_catalog_was_written(metadata: dict[str, str], moment: str):
    made = catalog({"One.": ("Un.", State.REVIEWED)})
    made.file.metadata = metadata
    assert assemble(document(["One."]), made, "en", Drafts.LABEL, {}).disclosure.written == moment


def test_an_unreviewed_edition_says_which_machine_drafted_it():
    made = told(edition(State.DRAFT, State.STALE))
    assert (made["version"], made["state"], made["segments"]) == (1, "not reviewed", 2)
    assert made["states"] == {"untranslated": 0, "stale": 1, "draft": 1, "reviewed": 0}
    (machine,) = made["machines"]
    assert (machine["engine"], machine["package"], machine["package_version"]) == ("argos", "fr_en", "0.1")
    assert (machine["drafted"], machine["reviewed"], machine["edited"]) == (2, 0, 0)
    assert all(one["machine"] == "argos fr_en/0.1" and "reviewed" not in one for one in made["texts"])


def test_a_reviewed_edition_says_what_a_person_changed():
    made = told(edition(State.REVIEWED, State.REVIEWED, who="Ada B."))
    (machine,) = made["machines"]
    assert made["state"] == "reviewed"
    assert (machine["model_sha256"], machine["drafted"], machine["reviewed"], machine["edited"]) == (
        "ea555e46215b", 2, 2, 1,
    )  # fmt: skip
    assert [one["edited"] for one in made["texts"]] == [False, True]
    # The header says who was the last to write in the catalog, and when: not who reviewed each text.
    assert made["catalog_revised"] == "2026-11-02"
    assert not any("reviewed" in one for one in made["texts"])


def test_a_half_reviewed_edition_says_so():
    made = edition(State.REVIEWED, State.DRAFT, State.UNTRANSLATED)
    assert dict(made.disclosure.marks)["translation-state"] == "partly reviewed"
    assert dict(made.disclosure.marks)["translation-summary"] == "1 of 3 segments reviewed, 2 drafted by machine"
    assert [one["shown"] for one in told(made)["texts"]] == [True, True, False]


def test_what_is_held_was_not_shown():
    made = told(edition(State.DRAFT, drafts=Drafts.HOLD))
    assert made["machines"] == []
    assert made["texts"][0]["shown"] is False


def test_names_of_reviewers_are_told_only_where_the_desk_wants_it():
    private = edition(State.REVIEWED, who="Ada B.")
    assert b"Ada" not in record(private.disclosure)
    assert "Ada" not in str(private.disclosure.marks) + json_ld(private.disclosure)
    public = edition(State.REVIEWED, who="Ada B.", policy=Policy(names=True))
    assert told(public)["reviewers"] == ["Ada B."]
    assert dict(public.disclosure.marks)["translation-reviewer"] == "Ada B."
    assert {"@type": "Person", "name": "Ada B."} in json.loads(json_ld(public.disclosure))["translator"]


def test_nobody_is_invented():
    made = told(edition(State.REVIEWED, policy=Policy(names=True)))
    assert made["reviewers"] == []
    assert "reviewed" not in made["texts"][0]


def test_the_line_of_an_entry_goes_before_the_header():
    pairs = {"Phrase.": ("Sentence.", State.REVIEWED)}
    made = catalog(pairs)
    made.file.metadata["Last-Translator"] = "Somebody Else <x@example.org>"
    (entry,) = made.file
    set_fuzzy(entry, False)
    entry.tcomment = provenance.reviewed_line("Ada B.", "2026-11-02T10:00", "Phrase.", "Sentence.")
    done = assemble(document(list(pairs)), made, "en", Drafts.LABEL, {}, Policy(names=True))
    assert (told(done)["texts"][0]["reviewer"], told(done)["texts"][0]["reviewed"]) == ("Ada B.", "2026-11-02")
    assert told(done)["reviewers"] == ["Ada B."]
    entry.msgstr = "Another sentence."
    done = assemble(document(list(pairs)), made, "en", Drafts.LABEL, {}, Policy(names=True))
    assert "reviewer" not in told(done)["texts"][0]
    assert told(done)["reviewers"] == ["Somebody Else"]


@pytest.mark.parametrize(
    ("states", "policy", "count"),
    [
        ((State.REVIEWED,), Policy(), 0),
        ((State.REVIEWED,), Policy(rule="article-50"), 1),
        ((State.REVIEWED,), Policy(rule="article-50", responsible="Der Bote AG"), 0),
        ((State.DRAFT,), Policy(rule="article-50", responsible="Der Bote AG"), 1),
        ((State.DRAFT,), Policy(), 1),
    ],
)
def test_when_notice_is_given(states, policy, count):
    made = edition(*states, policy=policy)
    assert len(made.notices) == count
    if count and states == (State.REVIEWED,):
        assert "reviewed by a person" in made.notices[0]


def test_a_translation_by_hand_needs_no_notice_of_a_machine():
    pairs = {"Phrase.": ("Sentence.", State.REVIEWED)}
    made = assemble(document(list(pairs)), catalog(pairs), "en", Drafts.LABEL, {}, Policy(rule="article-50"))
    assert made.notices == ()
    assert "translation-machine" not in dict(made.disclosure.marks)


def test_a_desk_may_want_no_marks():
    assert edition(State.DRAFT, policy=Policy(marks=False)).disclosure.marks == ()


MACHINE = (Machine("argos", "fr_en/0.2", "ea"),)


def one(state: State, machines: tuple[Machine, ...] = MACHINE, **more: bool) -> Origin:
    return Origin(1, "Un.", state, state is not State.UNTRANSLATED, machines, **more)


R, D, S = one(State.REVIEWED), one(State.DRAFT), one(State.STALE)
SETTLED, GONE = one(State.STALE, once_reviewed=True), one(State.UNTRANSLATED, ())
HAND, THEIRS = one(State.REVIEWED, ()), one(State.DRAFT, ())
KNOWN = one(State.DRAFT, (), recalled=True)


@pytest.mark.parametrize(
    ("origins", "labelled", "ruled", "answered"),
    [
        ([R], [], ["reviewed"], []),
        ([R, HAND], [], ["reviewed"], []),
        ([HAND], [], [], []),
        ([D], ["machine"], ["machine"], ["machine"]),
        ([D, R], ["partly"], ["partly"], ["partly"]),
        ([S], ["machine", "stale"], ["machine", "stale"], ["machine", "stale"]),
        ([S, R], ["partly", "stale"], ["partly", "stale"], ["partly", "stale"]),
        ([SETTLED, R], ["stale"], ["reviewed", "stale"], ["reviewed", "stale"]),
        ([R, GONE], ["missing"], ["reviewed", "missing"], ["reviewed", "missing"]),
        ([THEIRS, R], ["unreviewed"], ["unreviewed", "reviewed"], ["unreviewed", "reviewed"]),
        ([KNOWN], ["unreviewed"], ["unreviewed"], ["unreviewed"]),
        ([KNOWN, D], ["partly"], ["partly"], ["partly"]),
        ([GONE], ["missing"], ["missing"], ["missing"]),
        ([], [], [], []),
    ],
)
def test_the_rule_of_article_50(origins, labelled, ruled, answered):
    assert notices(origins, PRIVATE) == labelled
    assert notices(origins, Policy(responsible="The desk")) == labelled
    assert notices(origins, Policy(rule="article-50")) == ruled
    assert notices(origins, Policy(rule="article-50", responsible="The desk")) == answered


@given(st.lists(st.sampled_from([R, D, S, SETTLED, HAND, THEIRS, KNOWN, GONE])), st.sampled_from(["", "The desk"]))
def test_what_a_machine_drafted_is_said_unless_a_person_reviewed_it_and_answers_for_it(origins, responsible):
    said = notices(origins, Policy(rule="article-50", responsible=responsible))
    answered = responsible and all(one.state is State.REVIEWED for one in origins)
    drafted = any(one.machines for one in origins)
    assert bool({"machine", "partly", "reviewed"} & set(said)) == bool(drafted and not answered)


def entry_of(words: str = "A word.", comment: str = "", *, fuzzy: bool = False, before: str = "") -> polib.POEntry:
    made = polib.POEntry(msgid="Un mot.", msgstr=words, tcomment=comment, flags=["fuzzy"] if fuzzy else [])
    made.previous_msgid = before or None
    return made


def how(entry: polib.POEntry) -> Origin:
    return origin(1, entry, entry.msgid, True)


def drafted(source: str = "Un mot.", **facts: str) -> str:
    said = {"engine": "argos", "package": "fr_en/0.2", "model": "ea"} | facts
    return provenance.Provenance(said, 0.5, (), *map(provenance.fingerprint, ("A word.", source))).line()


def test_a_text_whose_source_was_mended_was_still_drafted_by_a_machine():
    assert how(entry_of(comment=drafted("Un mt."))).machines == MACHINE


def test_a_pivot_is_two_machines():
    found = how(entry_of(comment=drafted(package="fr_en/0.2+en_de/1.0", model="aa+bb"))).machines
    assert [(one.package, one.model) for one in found] == [("fr_en/0.2", "aa"), ("en_de/1.0", "bb")]
    (whole,) = how(entry_of(comment=drafted(package="x/1.0+local"))).machines
    assert whole.package == "x/1.0+local"


def test_what_the_memory_knew_no_machine_wrote():
    found = how(entry_of(comment="@draft engine=memory match=100 confidence=1.00 text=aa"))
    assert (found.machines, found.recalled) == ((), True)


def test_signs_that_no_file_can_hold_are_left_out():
    (machine,) = how(entry_of(comment=drafted(package="fr\x00_en/\n0.2"))).machines
    assert machine.package == "fr_en/ 0.2"


def test_a_review_holds_for_these_words_of_this_text_only():
    signed = provenance.reviewed_line("Anne-Lise <a@x.example>", "2026-05-01", "Un mot.", "A word.")
    found = how(entry_of(comment=signed))
    assert (found.reviewer, found.reviewed) == ("Anne-Lise", "2026-05-01")
    assert not how(entry_of("A word!", signed)).reviewed
    assert not how(entry_of(comment=signed, fuzzy=True)).reviewed
    other = entry_of(comment=signed)
    other.msgid = "Un autre mot."
    assert not how(other).reviewed


@pytest.mark.parametrize(
    "name", ["", "<a@b.example>", "a@b.example", "Anonymous <noreply@x>", "FULL NAME <EMAIL@ADDRESS>"]
)
def test_who_is_nobody_is_not_named(name):
    assert person(name) == ""


@pytest.mark.parametrize("name", HOSTILE)
def test_names_are_data_in_a_page(name):
    policy = Policy(names=True, responsible=name)
    disclosure: Disclosure = edition(State.REVIEWED, who="x", policy=policy).disclosure
    text = json_ld(disclosure)
    assert not set("<>&\n\u2028") & set(text)
    assert json.loads(text)["publisher"]["name"] == " ".join(name.split())


def test_a_page_says_of_every_text_how_it_came_to_be():
    page = lxml.html.document_fromstring(
        HtmlTarget().render(edition(State.DRAFT, State.REVIEWED, State.UNTRANSLATED)).decode()
    )
    machine = "argos fr_en/0.2 (model ea555e46215b)"
    assert [dict(one.attrib) for one in page.iter("span")] == [
        {"data-state": "draft", "data-origin": "machine", "data-machine": "argos fr_en/0.1"},
        {"data-origin": "machine", "data-machine": machine, "data-edited": "true"},
        {"lang": "fr", "data-state": "untranslated"},
    ]
    silent = edition(State.DRAFT, State.REVIEWED, policy=Policy(marks=False))
    assert HtmlTarget().render(silent).count(b'data-state="') == 1
    assert b"data-origin" not in HtmlTarget().render(silent)
