"""Segments cut otherwise keep what people wrote."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.catalogs.test_merge import NOW, at, fill, new, unit
from translate.catalogs import provenance
from translate.catalogs.changes import Change, Kind
from translate.catalogs.merge import create, merge
from translate.catalogs.resegmentation import join, outdated, split
from translate.catalogs.states import State, set_fuzzy, state
from translate.documents.codes import fault, without_tags
from translate.documents.model import Role
from translate.documents.segmentation import load_segmenter

SPANS = load_segmenter("en").spans
ONE, TWO = "Il pleut à Brest.", "Il neige <1>à 1 200 mètres</1>."
WHOLE = f"{ONE} {TWO}"


def test_joined_sentences_stay_reviewed(tmp_path: Path) -> None:
    catalog = new(tmp_path, ONE, TWO)
    fill(catalog, ONE, "It is raining in Brest.", State.REVIEWED)
    fill(catalog, TWO, "Snow falls <1>at 1,200 metres</1>.", State.REVIEWED).tcomment = "snow, not hail"
    merged, changes = merge(catalog, [unit(WHOLE)], "a.txt", NOW)
    assert at(merged, WHOLE) == (State.REVIEWED, "It is raining in Brest. Snow falls <1>at 1,200 metres</1>.")
    assert changes.count(Kind.RESEGMENTED) == 1
    entry = merged.get((None, WHOLE))
    assert entry is not None
    assert provenance.notes(entry.tcomment) == "snow, not hail"
    back, _ = merge(merged, [unit(ONE), unit(TWO, 2)], "a.txt", NOW, splitter=SPANS)
    assert at(back, ONE)[0] is at(back, TWO)[0] is State.REVIEWED


def test_split_paragraph_stays_reviewed_and_its_codes_are_renumbered(tmp_path: Path) -> None:
    whole = f"<1>Non</1>, dit-il. {TWO.replace('1>', '2>')}"
    catalog = new(tmp_path, whole)
    fill(catalog, whole, "“<1>No</1>,” he said. Snow falls <2>at 1,200 metres</2>.", State.REVIEWED)
    units = [unit("<1>Non</1>, dit-il."), unit(TWO, 2)]
    merged, changes = merge(catalog, units, "a.txt", NOW, splitter=SPANS)
    assert at(merged, TWO) == (State.REVIEWED, "Snow falls <1>at 1,200 metres</1>.")
    assert at(merged, "<1>Non</1>, dit-il.") == (State.REVIEWED, "“<1>No</1>,” he said.")
    assert changes.count(Kind.RESEGMENTED) == 2
    assert merged.entries[0].tcomment == "@resegmented split=2"


def test_a_part_that_is_a_heading_elsewhere_has_its_own_entry(tmp_path: Path) -> None:
    catalog = new(tmp_path, WHOLE)
    fill(catalog, WHOLE, "It rains in Brest. Snow falls <1>at 1,200 metres</1>.", State.REVIEWED)
    units = [unit(ONE, 1, Role.HEADLINE, "heading"), unit(TWO, 2), unit(ONE, 3)]
    merged, _ = merge(catalog, units, "a.txt", NOW, splitter=SPANS)
    assert at(merged, ONE, "heading") == (State.REVIEWED, "It rains in Brest.")
    assert at(merged, TWO) == (State.REVIEWED, "Snow falls <1>at 1,200 metres</1>.")
    assert at(merged, ONE) == (State.UNTRANSLATED, "")


@pytest.mark.parametrize("words", ["It rains in Brest, and snow falls <1>at 1,200 metres</1>.", "Snow. <1>1</1> Rain."])
def test_words_that_do_not_fall_into_as_many_go_whole_to_the_first(tmp_path: Path, words: str) -> None:
    catalog = new(tmp_path, WHOLE)
    fill(catalog, WHOLE, words, State.REVIEWED)
    merged, _ = merge(catalog, [unit(ONE), unit(TWO, 2)], "a.txt", NOW, splitter=SPANS)
    assert at(merged, ONE) == (State.STALE, words)
    assert at(merged, TWO) == (State.UNTRANSLATED, "")


def test_a_join_of_reviewed_and_draft_is_no_review(tmp_path: Path) -> None:
    catalog = new(tmp_path, ONE, "Deux.")
    fill(catalog, ONE, "One.", State.REVIEWED)
    fill(catalog, "Deux.", "Two.", State.DRAFT)
    merged, _ = merge(catalog, [unit(f"{ONE} Deux.")], "a.txt", NOW)
    assert at(merged, f"{ONE} Deux.") == (State.DRAFT, "One. Two.")


@pytest.mark.parametrize(("first", "second"), [(State.DRAFT, State.DRAFT), (State.REVIEWED, None)])
def test_untouched_drafts_and_texts_without_words_are_not_joined(
    tmp_path: Path, first: State, second: State | None
) -> None:
    catalog = new(tmp_path, ONE, "Deux.")
    fill(catalog, ONE, "One.", first)
    if second:
        fill(catalog, "Deux.", "Two.", second)
    merged, _ = merge(catalog, [unit(f"{ONE} Deux.")], "a.txt", NOW)
    assert at(merged, f"{ONE} Deux.")[0] is not State.REVIEWED
    assert "Two" not in at(merged, f"{ONE} Deux.")[1]


def test_an_untouched_draft_is_not_split(tmp_path: Path) -> None:
    catalog = new(tmp_path, WHOLE)
    fill(catalog, WHOLE, "It rains. Snow falls <1>at 1,200 metres</1>.", State.DRAFT)
    merged, _ = merge(catalog, [unit(ONE), unit(TWO, 2)], "a.txt", NOW, splitter=SPANS)
    assert at(merged, ONE) == at(merged, TWO) == (State.UNTRANSLATED, "")


def test_a_translation_that_nobody_has_parted_yet_comes_back_whole(tmp_path: Path) -> None:
    whole, words = f"{ONE} Le vent souffle.", "It rains in Brest, and the wind blows."
    catalog = new(tmp_path, whole)
    fill(catalog, whole, words, State.REVIEWED)
    catalog, _ = merge(catalog, [unit(ONE), unit("Le vent souffle.", 2)], "a.txt", NOW, splitter=SPANS)
    assert at(catalog, ONE) == (State.STALE, words)
    fill(catalog, "Le vent souffle.", "The wind blows.", State.REVIEWED)
    back, _ = merge(catalog, [unit(whole)], "a.txt", NOW, splitter=SPANS)
    assert at(back, whole) == (State.REVIEWED, words)


def test_what_is_stale_for_another_reason_is_joined_and_no_review(tmp_path: Path) -> None:
    catalog = new(tmp_path, "Il pleut à Lorient.", TWO)
    fill(catalog, "Il pleut à Lorient.", "Rain in Lorient.", State.REVIEWED)
    fill(catalog, TWO, "Snow <1>there</1>.", State.REVIEWED)
    catalog, _ = merge(catalog, [unit(ONE), unit(TWO, 2)], "a.txt", NOW, splitter=SPANS)
    assert at(catalog, ONE)[0] is State.STALE
    joined, _ = merge(catalog, [unit(WHOLE)], "a.txt", NOW, splitter=SPANS)
    assert at(joined, WHOLE) == (State.DRAFT, "Rain in Lorient. Snow <1>there</1>.")


def test_a_part_that_has_its_entry_keeps_it(tmp_path: Path) -> None:
    catalog = new(tmp_path, ONE, WHOLE)
    fill(catalog, ONE, "Rain.", State.REVIEWED)
    fill(catalog, WHOLE, "It rains in Brest. Snow falls <1>at 1,200 metres</1>.", State.REVIEWED)
    merged, changes = merge(catalog, [unit(ONE), unit(TWO, 2)], "a.txt", NOW, splitter=SPANS)
    assert at(merged, ONE) == (State.REVIEWED, "Rain.")
    assert at(merged, TWO) == (State.REVIEWED, "Snow falls <1>at 1,200 metres</1>.")
    assert changes.count(Kind.RESEGMENTED) == 1


def test_of_two_texts_with_the_same_parts_one_is_split_and_the_other_kept(tmp_path: Path) -> None:
    wide = f"{ONE}  {TWO}"
    catalog = new(tmp_path, WHOLE, wide)
    fill(catalog, WHOLE, "Rain in Brest. Snow <1>at 1,200 metres</1>.", State.REVIEWED)
    fill(catalog, wide, "Some rain. Some snow <1>at 1,200 metres</1>.", State.REVIEWED)
    merged, _ = merge(catalog, [unit(ONE), unit(TWO, 2)], "a.txt", NOW, splitter=SPANS)
    assert [at(merged, text) for text in (ONE, TWO)] == [
        (State.REVIEWED, "Rain in Brest."),
        (State.REVIEWED, "Snow <1>at 1,200 metres</1>."),
    ]
    assert "Some rain. Some snow <1>at 1,200 metres</1>." in [entry.msgstr for entry in merged.file.obsolete_entries()]


def test_headline_and_body_are_both_joined_of_what_was_written_last(tmp_path: Path) -> None:
    catalog = new(tmp_path, WHOLE)
    fill(catalog, WHOLE, "Rain in Brest. Snow <1>at 1,200 metres</1>.", State.REVIEWED)
    catalog, _ = merge(catalog, [unit(ONE), unit(TWO, 2)], "a.txt", NOW, splitter=SPANS)
    fill(catalog, ONE, "It rains.", State.REVIEWED)
    both = [unit(WHOLE, 1, Role.HEADLINE, "heading"), unit(WHOLE, 2)]
    merged, changes = merge(catalog, both, "a.txt", NOW, splitter=SPANS)
    for context in ("heading", None):
        assert at(merged, WHOLE, context) == (State.REVIEWED, "It rains. Snow <1>at 1,200 metres</1>.")
    assert changes.found[0] == Change(Kind.RESEGMENTED, f"{ONE} | {TWO}", WHOLE, 1)


def test_a_text_without_words_outdates_nothing(tmp_path: Path) -> None:
    catalog = new(tmp_path, ONE, TWO)
    fill(catalog, ONE, "Rain.", State.REVIEWED)
    fill(catalog, TWO, "Snow <1>there</1>.", State.REVIEWED)
    catalog, _ = merge(catalog, [unit(WHOLE)], "a.txt", NOW, splitter=SPANS)
    fill(catalog, WHOLE, "", State.REVIEWED)
    back, _ = merge(catalog, [unit(ONE), unit(TWO, 2)], "a.txt", NOW, splitter=SPANS)
    assert [at(back, text) for text in (ONE, TWO)] == [
        (State.REVIEWED, "Rain."),
        (State.REVIEWED, "Snow <1>there</1>."),
    ]


SENTENCES = ["Il pleut.", "Il neige <1>fort</1>.", "Le vent souffle à 90 km/h.", "Un <1>mot</1>, dit-il.", "Fin."]


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.lists(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3), min_size=1, max_size=4),
        min_size=2,
        max_size=6,
    )
)
def test_whatever_is_joined_and_split_no_words_are_lost(versions: list[list[list[str]]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        catalog = create(Path(folder) / "a.po", "a", "fr", "en", NOW)
        said: set[str] = set()
        for version in versions:
            texts = list(dict.fromkeys(map(_numbered, version)))
            catalog, _ = merge(
                catalog, [unit(text, at) for at, text in enumerate(texts, 1)], "a.txt", NOW, splitter=SPANS
            )
            for entry in catalog.entries:
                if state(entry) is not State.REVIEWED:
                    # The words of a stale entry are a translator's to throw away.
                    said -= {one for one in said if one in entry.msgstr}
                    entry.msgstr = entry.msgid.replace("Il", "It").replace("Le", "The").replace("Un", "A")
                    entry.previous_msgid = None
                    set_fuzzy(entry, False)
                said.add(entry.msgstr)
            kept = "\n".join(entry.msgstr for entry in catalog.file)
            sentences = {one for words in said for one in without_tags(words).split(". ")}
            assert all(one.removesuffix(".") in without_tags(kept) for one in sentences)
            assert all(fault(entry.msgid, entry.msgstr) is None for entry in catalog.entries)


def _numbered(sentences: list[str]) -> str:
    """Join sentences; their codes count on."""
    joined, count = [], 0
    for one in sentences:
        joined.append(one.replace("1>", f"{count + 1}>"))
        count += "<1>" in one
    return " ".join(joined)


def test_codes_that_do_not_agree_are_not_joined_or_split() -> None:
    assert join(["<1>a</1>"], ["x"], "<1>a</1>") is None
    assert split("<1>Un.</1> Deux.", "<1>One. Two.</1>", ["<1>Un.</1>", "Deux."], SPANS) is None


@pytest.mark.parametrize(
    ("whole", "parts", "translation", "translations"),
    [
        ("<1>Un.</1> Deux.", ["Un.", "Deux."], "<1>One.</1> Two.", ["One.", "Two."]),
        ("Un. <1>Deux <2>ici</2>.</1>", ["Un.", "Deux <1>ici</1>."], None, ["One.", "Two <1>here</1>."]),
        ("<1>Un.</1> <2>Deux.</2>", ["Un.", "Deux."], "<1>One.</1> <2>Two.</2>", ["One.", "Two."]),
        ("Un <1>mot</1>.<2/>Deux.", ["Un <1>mot</1>.", "Deux."], "A <1>word</1>.<2/>Two.", ["A <1>word</1>.", "Two."]),
        ("Un.<1/> Deux <2/> là.", ["Un.", "Deux <1/> là."], "One.<1/> Two <2/> there.", ["One.", "Two <1/> there."]),
    ],
)
def test_codes_around_the_parts_stand_around_their_translations(
    whole: str, parts: list[str], translation: str | None, translations: list[str]
) -> None:
    joined = join(parts, translations, whole)
    assert joined is not None
    assert translation in (joined, None)
    assert fault(whole, joined) is None
    assert split(whole, joined, parts, SPANS) == translations


@pytest.mark.parametrize("words", ["One <1>two.</1> Three.", "One. Two. <1>Three.</1>"])
def test_codes_that_a_translator_moved_stay_with_their_words_or_the_text_is_not_split(words: str) -> None:
    made = split("Un <1>deux</1>. Trois.", words, ["Un <1>deux</1>.", "Trois."], SPANS)
    assert made == (["One <1>two.</1>", "Three."] if words.startswith("One <1>") else None)


def test_what_was_written_last_counts(tmp_path: Path) -> None:
    catalog = new(tmp_path, ONE, TWO)
    fill(catalog, ONE, "It is raining in Brest.", State.REVIEWED).tcomment = "rain"
    fill(catalog, TWO, "Snow falls <1>at 1,200 metres</1>.", State.REVIEWED).tcomment = "rain"
    catalog, _ = merge(catalog, [unit(WHOLE)], "a.txt", NOW, splitter=SPANS)
    rewritten = "Rain in Brest. Snow <1>at 1,200 metres</1>."
    entry = fill(catalog, WHOLE, rewritten, State.REVIEWED)
    assert provenance.notes(entry.tcomment) == "rain"
    parted, _ = merge(catalog, [unit(ONE), unit(TWO, 2)], "a.txt", NOW, splitter=SPANS)
    assert at(parted, ONE) == (State.REVIEWED, "Rain in Brest.")
    assert at(parted, TWO) == (State.REVIEWED, "Snow <1>at 1,200 metres</1>.")
    # What stood here before is a note: a person may want it back.
    entry = fill(parted, ONE, "Rain over Brest.", State.REVIEWED)
    assert "It is raining in Brest." in provenance.notes(entry.tcomment)
    again, _ = merge(parted, [unit(WHOLE)], "a.txt", NOW, splitter=SPANS)
    assert at(again, WHOLE) == (State.REVIEWED, "Rain over Brest. Snow <1>at 1,200 metres</1>.")
    entry = fill(again, WHOLE, "-", State.REVIEWED)
    assert rewritten in provenance.notes(entry.tcomment)


def test_parts_that_stay_outdate_nothing(tmp_path: Path) -> None:
    catalog = new(tmp_path, ONE, TWO, WHOLE, "Fin.")
    fill(catalog, WHOLE, "Rain, and snow <1>at 1,200 metres</1>.", State.REVIEWED)
    catalog, _ = merge(catalog, [unit(ONE), unit(TWO, 2), unit("Fin.", 3)], "a.txt", NOW, splitter=SPANS)
    fill(catalog, ONE, "It rains in Brest.", State.REVIEWED)
    fill(catalog, TWO, "Snow falls <1>at 1,200 metres</1>.", State.REVIEWED)
    fill(catalog, "Fin.", "The end.", State.REVIEWED)
    back, _ = merge(catalog, [unit(ONE), unit(TWO, 2), unit(WHOLE, 3)], "a.txt", NOW, splitter=SPANS)
    assert at(back, WHOLE) == (State.REVIEWED, "Rain, and snow <1>at 1,200 metres</1>.")


def test_what_was_written_first_comes_back_where_nothing_newer_can_be_made(tmp_path: Path) -> None:
    texts = [ONE, "Le vent souffle.", "Le port est fermé.", "Le maire a parlé."]
    catalog = new(tmp_path, *texts)
    for text in texts:
        fill(catalog, text, f"Words of {text}", State.REVIEWED)
    whole = " ".join(texts)
    catalog, _ = merge(catalog, [unit(whole)], "a.txt", NOW, splitter=SPANS)
    fill(catalog, whole, "Other words.", State.REVIEWED)
    back, changes = merge(catalog, [unit(text, at) for at, text in enumerate(texts, 1)], "a.txt", NOW, splitter=None)
    assert [at(back, text) for text in texts] == [(State.REVIEWED, f"Words of {text}") for text in texts]
    assert [(entry.msgid, entry.msgstr) for entry in back.file.obsolete_entries()] == [(whole, "Other words.")]
    assert (changes.kept, changes.count(Kind.OBSOLETE)) == (4, 1)


def test_a_draft_never_outdates_a_person_s_words(tmp_path: Path) -> None:
    catalog = new(tmp_path, ONE, TWO)
    fill(catalog, ONE, "Rain.", State.REVIEWED)
    fill(catalog, TWO, "Snow <1>there</1>.", State.REVIEWED)
    catalog, _ = merge(catalog, [unit(WHOLE)], "a.txt", NOW, splitter=SPANS)
    fill(catalog, WHOLE, "Some rain. Some snow <1>there</1>.", State.DRAFT)
    back, _ = merge(catalog, [unit(ONE), unit(TWO, 2)], "a.txt", NOW, splitter=SPANS)
    assert at(back, ONE) == (State.REVIEWED, "Rain.")


def test_outdated_are_only_words_that_differ() -> None:
    leaving, retired = {ONE: "Rain.", TWO: "Snow <1>up</1>."}, {WHOLE: "Rain.  Snow <1>up</1>."}
    assert outdated([WHOLE], leaving, retired) == set()
    assert outdated([WHOLE], leaving, {WHOLE: "Rain. Snow."}) == {0}
    assert outdated([WHOLE], {}, retired) == set()
    assert outdated([ONE, TWO], {WHOLE: "Rain. Snow <1>up</1>."}, leaving) == set()
    assert outdated([ONE, TWO], {WHOLE: "Rain. Snow <1>now</1>."}, leaving) == {0, 1}
    assert outdated([ONE, TWO], {WHOLE: "Rain. Snow <1>now</1>."}, {ONE: "Rain."}) == set()
