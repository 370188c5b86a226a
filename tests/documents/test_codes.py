"""Inline codes: whatever the markup, nothing is lost and tags are balanced."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.documents.codes import Markup, Place, Run, fault, pieces
from translate.documents.model import Literal, Role, Segment
from translate.documents.segmentation import load_segmenter

SPLIT = load_segmenter("fr").spans
PLACE = Place(Role.PARAGRAPH, 1)


def run(text):
    return Run(text, text)


def opened(name="b"):
    return Markup(f"<{name}>", opens=True, name=name)


def closed(name="b"):
    return Markup(f"</{name}>", closes=True, name=name)


def texts(atoms, split=SPLIT):
    return [piece.text for piece in pieces(atoms, PLACE, split) if isinstance(piece, Segment)]


def test_markup_inside_a_sentence_is_a_tag():
    assert texts([run("Un "), opened(), run("mot"), closed(), run(" ici.")]) == ["Un <1>mot</1> ici."]


def test_markup_around_sentences_stays_outside():
    assert texts([opened(), run("Un mot. Deux mots."), closed()]) == ["Un mot.", "Deux mots."]


def test_a_pair_that_covers_a_sentence_in_part_joins_it_with_the_next():
    assert texts([run("Un "), opened(), run("mot. Deux"), closed(), run(" mots.")]) == ["Un <1>mot. Deux</1> mots."]


def test_a_pair_that_begins_at_the_edge_of_the_sentence_before_joins_both():
    atoms = [opened(), run("Un mot. Deux"), closed(), run(" mots. Trois.")]
    assert texts(atoms) == ["<1>Un mot. Deux</1> mots.", "Trois."]


def test_what_was_never_closed_stands_alone():
    assert texts([run("Un "), opened(), run("mot "), opened("i"), run("ici"), closed(), run(" là.")]) == [
        "Un <1>mot <2/>ici</1> là."
    ]


def test_what_stands_alone_at_an_edge_stays_outside():
    assert texts([Markup("<img>"), run("Un mot."), Markup("[1]"), run(" Deux.")]) == ["Un mot.", "Deux."]


def test_text_that_looks_like_a_tag_is_protected():
    made = pieces([run("Un <1>mot</1> ici.")], PLACE, SPLIT)
    assert [piece.text for piece in made if isinstance(piece, Segment)] == ["Un <1/>mot<2/> ici."]
    assert "".join(piece.raw for piece in made) == "Un <1>mot</1> ici."


def test_a_text_of_references_that_looks_like_a_tag_is_protected():
    assert texts([Run("&lt;", "<"), run("1"), Run("&gt;", ">"), run(" mot")]) == ["mot"]


@pytest.mark.parametrize("text", ["—", " ", "…", ""])
def test_what_has_no_words_has_no_segment(text):
    assert texts([run(text)]) == []


ATOMS = st.lists(
    st.one_of(
        st.sampled_from(
            ["Un mot", ". Deux", " et", "é. ", " ", "\n", "<1>", "M. ", "«\u00a0Oui\u00a0!\u00a0»", "e\u0301"]
        ).map(run),
        st.sampled_from(["&amp;", "&nbsp;", "\\*"]).map(
            lambda raw: Run(raw, "&" if raw == "&amp;" else "\u00a0" if "n" in raw else "*")
        ),
        st.sampled_from(["b", "i"]).map(opened),
        st.sampled_from(["b", "i"]).map(closed),
        st.just(Markup("<img>")),
        st.just(Markup("<br>", space=True)),
    ),
    max_size=12,
)


@given(ATOMS, st.booleans())
def test_nothing_is_lost_and_tags_are_balanced(atoms, whole):
    made = pieces(atoms, PLACE, None if whole else SPLIT)
    assert "".join(piece.raw for piece in made) == "".join(atom.raw for atom in atoms)
    for piece in made:
        if isinstance(piece, Segment):
            assert fault(piece.text, piece.text) is None
            assert piece.text.strip() == piece.text
            numbers = {int(number) for number in re.findall(r"<(\d+)/?>", piece.text)}
            assert numbers == set(range(1, len(piece.codes) + 1))
        else:
            assert isinstance(piece, Literal)


@pytest.mark.parametrize(
    ("source", "translation", "problem"),
    [
        ("<1>a</1>", "b", "<1> is missing"),
        ("<1>a</1>", "<1>b", "</1> is missing"),
        ("a<1/>", "b<1/><1/>", "twice"),
        ("a", "b<1/>", "is not in the source"),
        ("<1>a</1>", "</1>b<1>", "stands before"),
        ("<1>a</1><2>b</2>", "<1>a<2>b</1></2>", "inside another pair"),
        ("<1>a</1><2/>", "<2/><1>b</1>", None),
    ],
)
def test_faults(source, translation, problem):
    found = fault(source, translation)
    assert (found is None) if problem is None else (problem in (found or ""))
