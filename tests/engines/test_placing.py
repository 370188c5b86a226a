"""Codes go where their words went, and every one comes back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.documents.codes import fault
from translate.engines.argos import find_engines
from translate.engines.model import Aligning, Options
from translate.engines.placing import Link, put_back, taken_out
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


def test_a_name_is_found_by_itself():
    assert place("selon <1>Claire Vidal</1>, oui", "yes, says Claire Vidal")[0] == "yes, says <1>Claire Vidal</1>"


def test_the_second_of_two_equal_names():
    assert place("Alep et <1>Alep</1>", "Alep and Alep")[0] == "Alep and <1>Alep</1>"


def test_articles_stay_outside():
    made, _ = place("par <1>président</1>", "by the president", ((4, 13), (3, 6)), ((4, 13), (7, 16)))
    assert made == "by the <1>president</1>"


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
