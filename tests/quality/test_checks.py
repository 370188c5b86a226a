from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translate.catalogs.states import State
from translate.documents.model import Role
from translate.errors import EnvironmentLackError
from translate.quality.checks import Pair, Severity, checks, examine


def pair(source: str, translation: str, state: State = State.REVIEWED, language: str = "en", **more) -> Pair:
    return Pair(source, translation, "fr", language, state, **more)


def test_checks_are_found_through_entry_points_by_name() -> None:
    found = checks()
    assert list(found) == sorted(found)
    assert {"figures", "terms", "codes", "quotation-marks"} <= found.keys()
    assert all(
        check.__module__ == f"translate.quality.checks.{name.replace('-', '_')}" for name, check in found.items()
    )


@pytest.mark.parametrize("state", [State.DRAFT, State.STALE, State.REVIEWED])
def test_every_translation_is_examined_whoever_wrote_it(state: State) -> None:
    found = examine(pair("Trois personnes ont fui.", "Trois personnes ont fui.", state))
    assert [(one.check, one.severity) for one in found] == [("untranslated", Severity.ERROR)]


def test_an_empty_translation_is_no_fault() -> None:
    assert examine(pair("Trois personnes ont fui.", "", State.UNTRANSLATED)) == []


def test_a_check_that_is_off_says_nothing() -> None:
    wrong = pair("Il est venu.", "He came on Monday , 12.")
    names = {one.check for one in examine(wrong)}
    assert {"spaces", "figures"} <= names
    assert {one.check for one in examine(wrong, {"spaces"})} == names - {"spaces"}


def test_a_check_of_a_package_that_fails_is_told_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(_pair: Pair) -> None:
        raise KeyError("en")

    failing.__module__ = "desk_checks"
    monkeypatch.setitem(checks(), "house-style", failing)
    right = pair("Il est venu.", "He came.")
    with pytest.raises(EnvironmentLackError, match="the check house-style failed: KeyError: 'en'") as raised:
        examine(right)
    assert raised.value.where == "desk_checks"
    assert "house-style = false" in raised.value.remedy
    assert examine(right, {"house-style"}) == []


@pytest.mark.usefixtures("dictionaries")
@pytest.mark.parametrize(
    ("check", "wrong", "mended"),
    [
        ("invisible", pair("Il est venu.", "He\u200b came."), "He came."),
        ("line-ends", pair("Il est venu.", "He came.\n"), "He came."),
        ("spaces", pair("Il est venu, lui.", "He  came ,him."), None),
        ("punctuation", pair("Il est venu.", "He came"), "He came."),
        ("capitals", pair("Il est venu.", "he came."), "He came."),
        ("headlines", pair("La paix", "Peace agreed.", roles=(Role.HEADLINE,)), "Peace agreed"),
        ("quotation-marks", pair("Il dit « oui ».", "He says « yes »."), 'He says "yes".'),
        ("figures", pair("Il a fait 3,5 degrés.", "It was 3,5 degrees."), "It was 3.5 degrees."),
        ("spelling", pair("L’eau est froide.", "Das wasser ist kalt.", language="de"), "Das Wasser ist kalt."),
    ],
)
def test_what_is_certain_is_mended(check: str, wrong: Pair, mended: str | None) -> None:
    found = list(checks()[check](wrong))
    assert found
    if mended is not None:
        assert [one.mend for one in found] == [mended]


@pytest.mark.parametrize(
    ("source", "translation", "language"),
    [
        ("Le score est de 3 : 2.", "Das Ergebnis ist 3 : 2.", "de"),
        ("Voir www.a.fr/x,y ici.", "See www.a.fr/x,y here.", "en"),
        ("Un bœuf&nbsp;; oui.", "An ox&nbsp;yes.", "en"),
        ("Www.exemple.fr est fermé.", "www.exemple.fr is closed.", "en"),
        ("Des pommes, etc.", "Apples and so on", "en"),
        ("Il est venu.", "他来了。", "zh"),
        ("Qui est venu ?", "من جاء؟", "ar"),
        ("Il est venu.", "\u200fהוא בא.", "he"),
        ("Vive l’Angleterre \U0001f3f4 !", "Go \U0001f3f4\U000e0067\U000e0062\U000e007f!", "en"),
        ("Le bâtiment est grand.", "Das Ge\u00adbäude ist groß.", "de"),
    ],
)
def test_what_is_not_certain_is_left_alone(source, translation, language):
    assert [one for one in examine(pair(source, translation, language=language)) if one.mend is not None] == []


def test_the_company_of_a_headline_keeps_its_stop():
    headline = pair("Valtronic rachète Delmas", "Valtronic buys Delmas Corp.", roles=(Role.HEADLINE,))
    assert [one.mend for one in examine(headline) if one.mend is not None] == []


def test_nothing_with_inline_codes_is_mended_where_a_place_counts() -> None:
    wrong = pair("Il a fait <1>3,5</1> degrés.", "It was <1>3,5</1> degrees.")
    assert [one.mend for one in checks()["figures"](wrong)] == [None]


@pytest.mark.parametrize(
    ("roles", "fires"), [((Role.HEADLINE,), True), ((Role.PARAGRAPH,), False), ((Role.HEADLINE, Role.PARAGRAPH), False)]
)
def test_only_a_headline_has_no_full_stop(roles, fires) -> None:
    assert bool(list(checks()["headlines"](pair("La paix", "Peace agreed.", roles=roles)))) is fires


def test_a_caption_ends_with_its_credit() -> None:
    caption = pair("Le port. (Anna Keller)", "The harbour by Anna Keller.", roles=(Role.CAPTION,))
    assert list(checks()["headlines"](caption))


def test_a_place_has_a_limit() -> None:
    assert list(checks()["length"](pair("Oui.", "Yes, it is so.", limit=5)))
    assert not list(checks()["length"](pair("Oui.", "<1>Yes.</1>", limit=5)))


def test_the_same_text_translated_otherwise_elsewhere() -> None:
    assert list(checks()["consistency"](pair("La paix", "Peace", others=("The peace",))))
    assert not list(checks()["consistency"](pair("La paix", "Peace")))


def test_a_segment_may_be_half_of_a_bracket_or_of_a_quotation() -> None:
    half = pair("« Il est venu (hier.", '"He came (yesterday.')
    assert examine(half) == []


@settings(deadline=None)
@given(st.text(), st.text(), st.sampled_from(["en", "de", "it", "de-CH"]))
def test_no_text_breaks_a_check_and_every_mend_is_another_text(source: str, translation: str, language: str) -> None:
    for found in examine(pair(source, translation, language=language)):
        assert found.message
        assert found.mend != translation


@settings(deadline=None)
@given(st.text(alphabet="ab ,.0123456789<1>/()«»\"'\u00a0\u200bhàé", max_size=60))
def test_a_text_is_its_own_translation_as_far_as_facts_and_form_go(text: str) -> None:
    languages = {"source": text, "translation": text}
    same = Pair(**languages, source_language="en", language="en", state=State.REVIEWED)
    off = {"untranslated", "repetition", "spelling", "spaces", "quotation-marks", "placeholders", "length"}
    assert [one for one in examine(same, off) if one.check not in ("codes",)] == []


def test_the_checks_that_never_find_an_error_are_known() -> None:
    """Publishing leaves them out; a check that begins to find errors must not be among them."""
    import inspect
    import sys

    from translate.quality.checks import WARNINGS_ONLY

    shipped = {name: one for name, one in checks().items() if one.__module__.startswith("translate.")}
    erring = {
        name for name, one in shipped.items() if "Severity.ERROR" in inspect.getsource(sys.modules[one.__module__])
    }
    assert shipped.keys() - erring == WARNINGS_ONLY
