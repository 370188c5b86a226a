"""Segments cut otherwise keep what people wrote."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.catalogs.test_merge import NOW, at, fill, new, unit
from translate.catalogs import provenance
from translate.catalogs.changes import Kind
from translate.catalogs.merge import create, merge
from translate.catalogs.resegmentation import join, split
from translate.catalogs.states import State, set_fuzzy, state
from translate.documents.codes import fault, without_tags
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
