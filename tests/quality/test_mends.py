"""Mends are applied without asking: what may be right is never changed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translate.catalogs.states import State
from translate.documents.model import Role
from translate.quality.checks import Pair, examine

FLAG = "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"


def mends(check: str, source: str, translation: str, language: str, source_language: str = "fr", **more) -> list[str]:
    pair = Pair(source, translation, source_language, language, State.REVIEWED, **more)
    return [found.mend for found in examine(pair) if found.check == check and found.mend is not None]


@pytest.mark.parametrize(
    ("check", "language", "source", "right"),
    [
        ("spaces", "de", "Lyon bat Metz 3-1.", "Lyon schlägt Metz 3 : 1."),
        ("spaces", "de", "Bâle - Zurich", "Basel : Zürich"),
        ("spaces", "en", "Il a dit... rien.", "He said . . . nothing."),
        ("spaces", "de", "Bravo :-( Dommage", "Bravo :-( und schade"),
        ("spaces", "de", "Lire là.", "Siehe taz.de/politik,ausland"),
        ("spaces", "de", "{n,plural,other{x}} là", "Da {n,plural,other{x}}"),
        ("spaces", "zh", "Il est venu, lui.", "部长来了,他说了。"),
        ("spaces", "en", "Oui.", " "),
        ("invisible", "ar", "Il est venu en 2026.", "جاء\u200f في عام 2026."),
        ("invisible", "en", "Il dit oui.", "He says \u2067نعم\u2069."),
        ("invisible", "de", "La navigation.", "Die Donaudampf\u00adschifffahrt."),
        ("invisible", "en", "Vive l’Angleterre !", f"Long live England {FLAG}!"),
        ("invisible", "en", "Il n’est pas venu.", "He didn\u0092t come."),
        ("invisible", "en", "Il est venu.", "He\rcame."),
        ("invisible", "th", "Il est venu.", "เขา\u200bมา"),
        ("capitals", "de", "Paul Durand hier.", "gestern Paul Durand."),
        ("capitals", "de", "Le site du journal le dit.", "lemonde.fr sagt es."),
        ("capitals", "de", "Le ministre le dit.", "@ministre sagt es."),
        ("capitals", "de", "Il vient.", "iPhone da."),
        ("capitals", "nl", "Le matin, il vient.", "'s ochtends komt hij."),
        ("capitals", "nl", "La glace fond.", "ijs smelt."),
        ("capitals", "tr", "La ville dort.", "istanbul uyuyor."),
        ("capitals", "ka", "La ville dort.", "ქალაქი სძინავს."),
        ("capitals", "en", "Et il vint...", "...and he came..."),
        ("punctuation", "de", "Tél.", "Telefon"),
        ("punctuation", "de", "Fondée en 500 av. J.-C.", "Gegründet 500 vor Christus"),
        ("punctuation", "de", "Vélos, autos, etc.", "Fahrräder, Autos und so weiter"),
        ("punctuation", "zh", "Le ministre est venu hier.", "部长昨天来了"),
        ("quotation-marks", "de", "Il dit « oui » et part.", "Er sagt »ja« und geht."),
        ("quotation-marks", "en", "Accueil – Sport – Football", "Home » Sport » Football"),
        ("quotation-marks", "en", "Il dit « j’ai dit “non” ».", '« I said "no" », he says.'),
        ("repetition", "en", "Elle lui a donné son livre.", "She gave her her book."),
        ("repetition", "en", "Il est venu en mai.", "He came in in May."),
        ("repetition", "it", "Il est venu peu à peu.", "È venuto piano piano."),
        ("spelling", "de", "Une vallée enneigée.", "Das schneereiche, achtmal besuchte Tal."),
        ("spelling", "de", "Voir l’eau.", "Siehe www.das-wasser.de und #wasser, @wasser, das/wasser."),
        ("spelling", "de", "Elle chante.", "Sie singt „The land of wind“."),
        ("spelling", "de", "La navigation.", "Die Donaudampf\u00adschifffahrt."),
        ("figures", "fr", "The Web 2.0 is here.", "Le Web 2.0 est là."),
        ("figures", "de", "Python 3.11 is here.", "Python 3.11 ist da."),
        ("figures", "de-CH", "Une hausse de 3,5 %.", "Ein Anstieg um 3,5 Prozent."),
    ],
)
def test_what_may_be_right_is_left_as_it_is(check, language, source, right) -> None:
    other = "en" if source.isascii() and " is here" in source else "fr"
    assert mends(check, source, right, language, other) == []


@pytest.mark.parametrize("right", ["Peace with Delta Corp.", "Peace in Mass.", "Who won? We know.", "Peace ..."])
def test_a_headline_keeps_the_point_of_an_abbreviation(right) -> None:
    assert mends("headlines", "La paix", right, "en", roles=(Role.HEADLINE,)) == []


@pytest.mark.parametrize(
    ("check", "language", "source", "wrong", "mended"),
    [
        ("spaces", "de", "Il vient, lui.", "Er kommt , er.", "Er kommt, er."),
        ("spaces", "de", "Il dit : « Oui. »", "Er sagt : „Ja.“", "Er sagt: „Ja.“"),
        (
            "spaces",
            "de",
            "Il vend 100 000 autos.",
            "Er verkauft 100 \u00a0000 Autos.",
            "Er verkauft 100\u00a0000 Autos.",
        ),
        ("spaces", "en", "Oui (hier).", "Yes ( yesterday ).", "Yes (yesterday)."),
        ("spaces", "de", "À Lyon, France.", "In Lyon,Frankreich.", "In Lyon, Frankreich."),
        ("invisible", "en", "Il vient.", "He\u200b \ufeffcomes.", "He comes."),
        ("capitals", "en", "Le port ferme.", "“the port closes.", "“The port closes."),
        ("punctuation", "de", "Le port est fermé.", "Der Hafen ist zu", "Der Hafen ist zu."),
        ("quotation-marks", "de", "Il dit « oui ».", "Er sagt « ja ».", 'Er sagt "ja".'),
        ("spelling", "de", "Voir l’eau.", "Er sieht das wasser.", "Er sieht das Wasser."),
    ],
)
def test_what_is_certain_is_mended(check, language, source, wrong, mended) -> None:
    assert mends(check, source, wrong, language) == [mended]


@settings(deadline=None)
@given(
    st.text(alphabet="aBé1 ,.;:!?()«»\"'-\u00a0\u200b\u00ad\n<>/", max_size=40),
    st.text(alphabet="aBé1 ,.;:!?()«»\"'-\u00a0\u200b\u00ad\n<>/", max_size=40),
    st.sampled_from(["en", "de", "it", "de-CH"]),
)
def test_no_mend_loses_a_letter_or_a_figure_or_a_code(source, translation, language) -> None:
    def signs(text: str) -> str:
        return "".join(sign for sign in text.casefold() if sign.isalnum() or sign in "<>/-()")

    for found in examine(Pair(source, translation, "fr", language, State.REVIEWED)):
        if found.mend is not None:
            assert signs(found.mend) == signs(translation)
