"""Figures, months and days of a known sentence become those of the new one, or nothing does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.knowledge.slots import adapted, shape


@pytest.mark.parametrize(
    ("old", "translation", "new", "language", "wanted"),
    [
        ("Le 2 mai, 1 200 cas", "On May 2, 1,200 cases", "Le 3 juin, 15 300 cas", "en", "On June 3, 15,300 cases"),
        ("Mardi 12 mai", "Dienstag, 12. Mai", "Jeudi 4 juin", "de", "Donnerstag, 4. Juni"),
        ("1,5 million en 2024", "1.5 million in 2024", "2,5 million en 2025", "en", "2.5 million in 2025"),
        ("1 200 euros", "1.200 Euro", "1 900,50 euros", "de", "1.900,5 Euro"),
        ("<1>3</1>-0", "<1>3</1>-0", "<1>2</1>-1", "en", "<1>2</1>-1"),
        ("3 morts et 3 blessés", "3 dead and 3 hurt", "4 morts et 4 blessés", "en", "4 dead and 4 hurt"),
        ("le 05 10", "05 10", "le 06 10", "en", "06 10"),
        ("En 2024", "In 2024", "En 2026", "en", "In 2026"),
        ("10 000 voix", "10,000 votes", "9 000 voix", "en", "9,000 votes"),
    ],
)  # fmt: skip
def test_what_changed_is_put_in(old: str, translation: str, new: str, language: str, wanted: str) -> None:
    if "<1>" not in old:
        assert shape(old.lower(), "fr").replace("0", "") == shape(new.lower(), "fr").replace("0", "")
    assert adapted(old, translation, new, "fr", language) == wanted


@pytest.mark.parametrize(
    ("old", "translation", "new"),
    [
        ("À 14h30", "At 2:30 p.m.", "À 15h30"),
        ("3 morts, 3 blessés", "3 dead, 3 hurt", "4 morts, 5 blessés"),
        ("Le 4 mai", "On the fourth of May", "Le 5 mai"),
        ("3 morts", "3 dead, 3 hurt", "4 morts"),
        ("3 morts", "3 dead", "mai morts"),
        ("3 morts", "3 dead", "3 morts, 4 blessés"),
    ],
)
def test_what_cannot_be_put_in_surely_is_not(old: str, translation: str, new: str) -> None:
    assert adapted(old, translation, new, "fr", "en") is None


def test_a_month_is_no_planet() -> None:
    assert shape("Sur Mars en mars", "fr") == "Sur Mars en 0"
    assert shape("On Monday in March", "en") == "On 0 in 0"


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_any_figure_for_any_other(one: int, other: int) -> None:
    put = adapted(f"Il y a {one} voix", f"There are {one} votes", f"Il y a {other} voix", "fr", "en")
    assert put is not None
    assert "".join(sign for sign in put if sign.isdigit()) == str(other)
