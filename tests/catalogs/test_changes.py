"""What counts as cosmetic: a mended slip, never a fact."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.catalogs.changes import cosmetic
from translate.catalogs.dictionary import dictionary


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Le présidnt a parlé.", "Le président a parlé."),
        ("L'Etat et l'Elysée", "L’État et l’Élysée"),
        ('Il a dit: "oui"!', "Il a dit : « oui » !"),
        ("10 000 euros", "10\u202f000 euros"),
        ("10 000 euros", "10000 euros"),
        ("Le le chat dort", "Le chat dort"),
        ("Il voit le le chat", "Il voit le chat"),
        ("Un coup de coeur", "Un coup de cœur"),
        ("un <1>evenement</1> majeur", "un <1>événement</1> majeur"),
        ("2024-2025", "2024–2025"),
        ("Tout va bien...", "Tout va bien…"),
        ("l'homme,qui parle", "l'homme, qui parle"),
    ],
)
def test_slips_are_cosmetic(before: str, after: str) -> None:
    assert cosmetic(before, after, dictionary("fr"))
    assert cosmetic(after, before, dictionary("fr")) == ("présidnt" not in before and "evenement" not in before)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Trois morts", "Quatre morts"),
        ("Tros morts", "Trois morts"),
        ("Il ne vient pass", "Il ne vient pas"),
        ("Il vient", "Il ne vient pas"),
        ("3,5 %", "3, 5 %"),
        ("12 blessés", "13 blessés"),
        ("Le 12/05", "Le 12/06"),
        ("M. Zelenski", "M. Zelensky"),
        ("Un homme tue", "Un homme tué"),
        ("Les soldat", "Les soldats"),
        ("Il a dit oui", "Il a dit « oui »"),
        ("<1>a</1> b", "a b"),
        ("Nous nous voyons", "Nous voyons"),
        ("peut être", "peut-être"),
        ("La fin", "La fin ?"),
        ("Le ministre, absent, se tait", "Le ministre absent se tait"),
        ("l'a tué", "la tué"),
    ],
)
def test_facts_are_not(before: str, after: str) -> None:
    assert not cosmetic(before, after, dictionary("fr"))
    assert not cosmetic(after, before, dictionary("fr"))


def test_without_a_dictionary_no_word_is_mistyped() -> None:
    assert dictionary("gsw") is None
    assert not cosmetic("Le présidnt", "Le président")
    assert cosmetic("Le  président", "Le président")


@given(
    st.text(alphabet="abé0123 ,.'\"«»-–<1/>NnePpas", max_size=60),
    st.text(alphabet="0123456789", min_size=1, max_size=3),
)
def test_another_figure_is_never_cosmetic(text: str, figure: str) -> None:
    assert cosmetic(text, text)
    assert not cosmetic(f"{text} a {figure} b", f"{text} a {figure}1 b", dictionary("fr"))
