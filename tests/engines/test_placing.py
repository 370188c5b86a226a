"""Codes go where their words went, and every one comes back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.documents.codes import fault
from translate.engines.argos import find_engines
from translate.engines.model import Aligning, Missing, Options
from translate.engines.placing import Link, asked, put_back, taken_out
from translate.engines.queue import Request, draft


def links(*pairs):
    return [Link(*source, *target, 1.0) for source, target in pairs]


def place(text, translation, *pairs):
    plain, codes = taken_out(text)
    return put_back(plain, codes, translation, links(*pairs))


def test_a_pair_follows_attention():
    # "rouge" is [11, 16) of the source and [4, 7) of the draft.
    made, guessed = place("la maison <1>rouge</1>", "the red house", ((10, 15), (4, 7)), ((3, 9), (8, 13)))
    assert (made, guessed) == ("the <1>red</1> house", False)


def test_what_is_missed_without_the_words_counts_beside_attention():
    # Attention went as much to "red" as to "house"; without "rouge", "red" would hardly have been written.
    plain, codes = taken_out("la maison <1>rouge</1>")
    looked = [Link(10, 15, 4, 7, 0.5), Link(3, 9, 4, 7, 0.5), Link(10, 15, 8, 13, 0.5), Link(3, 9, 8, 13, 0.5)]
    missed = [Link(10, 15, 4, 7, 9.0, left_out=True), Link(10, 15, 8, 13, 0.1, left_out=True)]
    assert put_back(plain, codes, "the red house", [*looked, *missed])[0] == "the <1>red</1> house"
    other = [Link(10, 15, 4, 7, 0.1, left_out=True), Link(10, 15, 8, 13, 9.0, left_out=True)]
    assert put_back(plain, codes, "the red house", [*looked, *other])[0] == "the red <1>house</1>"


def test_what_is_missed_of_a_token_counts_for_its_word():
    plain, codes = taken_out("la <1>maison</1> rouge")
    halves = [Link(3, 9, 4, 6, 3.0, left_out=True), Link(3, 9, 6, 9, 4.0, left_out=True)]
    other = [Link(3, 9, 10, 13, 4.0, left_out=True)]
    assert put_back(plain, codes, "the house red", [*halves, *other])[0] == "the <1>house</1> red"


def test_a_code_gets_about_as_many_words_as_it_had():
    # Less than half of what was looked at for "ancient" was in the code.
    looked = [Link(3, 9, 4, 11, 0.3), Link(0, 2, 4, 11, 0.7), Link(10, 15, 12, 17, 1.0)]
    plain, codes = taken_out("la <1>maison vieille</1>, dit-il")
    assert put_back(plain, codes, "the ancient house said", looked)[0] == "the <1>ancient house</1> said"


def test_the_words_whose_places_are_wanted():
    plain, codes = taken_out("un <1>mot <2>fort</2></1>, voir<3/> ici <4/>là")
    assert [plain[slice(*span)] for span in asked(plain, codes)] == ["mot fort", "fort", "voir", "là"]


def test_a_name_is_found_by_itself():
    assert place("selon <1>Claire Vidal</1>, oui", "yes, says Claire Vidal")[0] == "yes, says <1>Claire Vidal</1>"


def test_the_second_of_two_equal_names():
    assert place("Alep et <1>Alep</1>", "Alep and Alep")[0] == "Alep and <1>Alep</1>"


def test_articles_stay_outside():
    made, _ = place("par <1>président</1>", "by the president", ((4, 13), (3, 6)), ((4, 13), (7, 16)))
    assert made == "by the <1>president</1>"


def test_short_words_stay_inside_that_are_words_of_the_code():
    pairs = [((3, 9), (0, 4)), ((3, 24), (5, 7)), ((13, 25), (8, 20))]
    assert place("le <1>manque de transparence</1>", "lack of transparency", *pairs)[0] == "<1>lack of transparency</1>"


def test_quotation_marks_inside_stay_inside():
    assert place("dit <1>« Oui »</1>", "says “Oui”")[0].count("<1>") == 1


@pytest.mark.parametrize(
    ("text", "translation", "pairs", "expected"),
    [
        ("note<1/>.", "note.", [((0, 4), (0, 4))], "note<1/>."),
        ("un<1/>deux", "one two", [((0, 2), (0, 3)), ((3, 7), (4, 7))], "one<1/>two"),
        ("voir <1/> ici", "see here", [((0, 4), (0, 3)), ((5, 8), (4, 8))], "see <1/> here"),
        ("voir <1/>ici", "see here", [((0, 4), (0, 3)), ((5, 8), (4, 8))], "see <1/>here"),
    ],
)
def test_codes_that_stand_alone(text, translation, pairs, expected):
    assert place(text, translation, *pairs)[0] == expected


TEXT = st.recursive(
    st.sampled_from(["mot", "Alep", " ", " et ", ".", "«", "12", "X1"]),
    lambda inner: st.lists(st.one_of(inner, inner.map(lambda t: f"<p>{t}</p>"), st.just("<a/>")), max_size=5).map(
        "".join
    ),
    max_leaves=12,
)


def numbered(text):
    import re

    count, open_ = 0, []

    def tag(match):
        nonlocal count
        if match.group() == "</p>":
            return f"</{open_.pop()}>"
        count += 1
        if match.group() == "<p>":
            open_.append(count)
            return f"<{count}>"
        return f"<{count}/>"

    return re.sub(r"<p>|</p>|<a/>", tag, text)


@given(
    TEXT.map(numbered),
    st.text(alphabet="ab A.,«1 ", max_size=30),
    st.lists(st.tuples(*[st.integers(0, 30)] * 4), max_size=6),
)
def test_every_code_comes_back_well_nested(text, translation, spans):
    plain, codes = taken_out(text)
    found = [Link(a, a + b, c, c + d, 0.5) for a, b, c, d in spans]
    made, _ = put_back(plain, codes, translation, found)
    assert fault(text, made) is None


@pytest.fixture(scope="module")
def engine():
    (found,) = find_engines("fr", "en", Options())
    return found


def test_the_shipped_engine_aligns(engine):
    assert isinstance(engine, Aligning)
    sentence = "Le Conseil fédéral veut réduire les dépenses."
    (decoded,) = engine.translate([sentence])
    (found,) = engine.align([sentence], [decoded])
    assert found
    assert all(0 <= link.source < link.source_end <= len(sentence) for link in found)
    assert all(0 <= link.target < link.target_end <= len(decoded.text) for link in found)


def test_links_do_not_depend_on_the_batch(engine):
    sentences = [
        "Le président a quitté Paris.",
        "Selon Amnesty International, 250 000 personnes y vivent.",
        "Oui.",
    ]
    decoded = list(engine.translate(sentences))
    together = engine.align(sentences, decoded)
    alone = [engine.align([one], [made])[0] for one, made in zip(sentences, decoded, strict=True)]
    for ours, theirs in zip(together, alone, strict=True):
        weights = [round(link.weight, 3) for link in ours], [round(link.weight, 3) for link in theirs]
        assert weights[0] == weights[1]


def test_the_shipped_engine_misses_what_was_left_out(engine):
    assert isinstance(engine, Missing)
    sentences = ["Le Conseil fédéral veut réduire les dépenses en 2016.", "Oui.", "Paris est grand."]
    spans = [[(48, 52), (3, 18)], [], [(0, 16)]]
    decoded = list(engine.translate(sentences))
    found = engine.missed(sentences, decoded, spans)
    figure = [link for link in found[0] if (link.source, link.source_end) == (48, 52)]
    most = max(figure, key=lambda link: link.weight)
    assert decoded[0].text[most.target : most.target_end] in "2016"
    assert all(link.left_out for link in found[0])
    assert {(link.source, link.source_end) for link in found[0]} == set(spans[0])
    # Nothing is left of the last one without all its words but a full stop.
    assert not found[1]
    alone = engine.missed(sentences[:1], decoded[:1], spans[:1])
    assert [round(link.weight, 3) for link in alone[0]] == [round(link.weight, 3) for link in found[0]]


def test_a_draft_that_was_changed_since_misses_nothing(engine):
    (decoded,) = engine.translate(["Paris est grand."])
    assert engine.missed(["Paris est grand."], [replace(decoded, tokens=())], [[(0, 5)]]) == [[]]


def test_a_draft_has_the_codes_of_its_source(engine):
    texts = [
        "Le <1>Conseil fédéral</1> veut réduire<2/> ses frais. <3>Il le dit.</3>",
        "ALEP <1>SOUS LES BOMBES</1>",
    ]
    from translate.documents.segmentation import load_segmenter

    requests = [Request(text, text) for text in texts]
    for made in draft(requests, [engine], [load_segmenter("fr").spans]):
        assert fault(made.ticket, made.text) is None
        assert "codes" not in made.doubts
