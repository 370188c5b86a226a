"""Right translations as newsrooms write them: no error is said of them, whatever the language."""

from __future__ import annotations

import pytest

from translate.catalogs.states import State
from translate.quality.checks import Pair, Severity, examine


@pytest.mark.parametrize(
    ("language", "source", "right"),
    [
        # Hours.
        ("en", "La séance commence à 14 h 30.", "The session starts at 14.30 GMT."),
        ("en", "La séance commence à 18H30 (16H30 GMT).", "The session starts at 6:30 pm (1630 GMT)."),
        ("en", "La séance commence à 18H00 GMT.", "The session starts at 1800 GMT."),
        ("de", "De 14h30 à 16h.", "Von 14.30 bis 16 Uhr."),
        ("nl", "La séance commence à 14 h 30.", "De zitting begint om 14.30 uur."),
        ("it", "La séance commence à 14 h 30.", "La seduta inizia alle 14.30."),
        ("pl", "La séance commence à 14 h 30.", "Posiedzenie zaczyna się o 14.30."),
        # Dates and years.
        ("de", "Ouvert dès le 12/05.", "Ab dem 12.05. geöffnet."),
        ("de", "Ouvert dès le 12 mai.", "Ab dem 12.5. geöffnet."),
        ("en", "La guerre de Corée (1950-1953).", "The Korean war (1950-53)."),
        # Figures.
        ("en", "Entre 12 000 et 15 000 personnes.", "Between 12 and 15,000 people."),
        ("en", "Ils étaient 12 000 à 15 000.", "There were 12-15,000 of them."),
        ("en", "Il a sauté 1m80.", "He jumped 1.80 m."),
        ("en", "Il a duré 3,5 ans.", "It lasted 3½ years."),
        ("en", "Appelez le 044 123 45 67.", "Call 044 1234567."),
        ("ja", "Ils sont 12 000.", "1万2000人います。"),
        ("zh", "Ils sont 1,2 million.", "他们有120万人。"),
        ("ko", "Ils sont 12 000.", "1만 2000명입니다."),
        ("ar", "Ils sont 3,5 millions.", "عددهم ٣٫٥ مليون."),
        ("en", "Une rançon de 5 millions d’euros.", "A €5m ransom."),
        ("en", "De 2 à 3 millions de personnes.", "2-3 million people."),
        # Brackets.
        ("en", "Bravo :)", "Well done!"),
        ("en", "a) le port ; b) la gare.", "(a) the port; (b) the station."),
        ("en", "1) Le port", "1. The port"),
        ("ja", "Le port (la photo", "港（写真"),
        # Strokes, credits and copyright.
        ("en", "Le match France/Belgique", "The France-Belgium match"),
        ("en", "Paris/Londres", "Paris/London"),
        ("en", "Mardi/Mercredi", "Tuesday/Wednesday"),
        ("de", "Un gouvernement CDU/SPD", "Eine Regierung aus CDU und SPD"),
        ("en", "La loi (c) du code", "Paragraph (c) of the code"),
        ("en", "(a) Le port, (b) la gare, (c) Les quais", "(a) The harbour, (b) the station, (c) The quays"),
        ("en", "© Tous droits réservés", "© All rights reserved"),
        ("de", "Le ministre est arrivé. (ATS)", "Der Minister ist angekommen. (SDA)"),
        ("en", "Le ministre est arrivé. (AP et AFP)", "The minister arrived. (AP and AFP)"),
        ("en", "Le port. © Anna Keller", "The harbour. Photo: Anna Keller"),
        ("en", "Londres. Photo Anna Keller/AFP", "London. Picture: Anna Keller/AFP"),
        # Placeholders.
        ("en", "Ils sont 5 %d'entre eux.", "They are 5% of them."),
        ("en", "Une amende de 5 $US.", "A fine of $5."),
        ("en", "Une amende de 5 $CAN.", "A fine of C$5."),
        # Addresses.
        ("en", "Selon www.exemple.fr, rien.", "Nothing, according to www.exemple.fr's report."),
        ("en", "Selon www.exemple.fr, rien.", "Nothing, according to www.exemple.fr’s report."),
        ("zh", "Voir www.exemple.fr pour la suite.", "更多信息见www.exemple.fr网站。"),
        ("de", "Voir « www.exemple.fr ».", "Siehe „www.exemple.fr“."),
        # Titles, and the same language elsewhere.
        ("en", "« Ne me quitte pas »", '"Ne me quitte pas"'),
        ("fr-CH", "Le port est fermé aujourd’hui.", "Le port est fermé aujourd’hui."),
        ("en", "Pompe-le, pompe-le, pompe-le, je nourris.", "Pump it out, pump it out, pump it out, pump it out."),
    ],
)
def test_a_right_translation_carries_no_error(language, source, right) -> None:
    found = examine(Pair(source, right, "fr", language, State.REVIEWED))
    assert [one for one in found if one.severity is Severity.ERROR] == []


@pytest.mark.parametrize(
    ("check", "language", "source", "wrong"),
    [
        ("figures", "en", "La séance commence à 18H30 (16H30 GMT).", "The session starts at 6:30 pm (1730 GMT)."),
        ("figures", "en", "La guerre de Corée (1950-1953).", "The Korean war (1950-54)."),
        ("figures", "pl", "Il y a 5 morts.", "6 osób zginęło."),
        ("figures", "ar", "Ils sont 3,5 millions.", "عددهم ٤٫٥ مليون."),
        ("figures", "en", "Le budget est de 1,5 million.", "The budget is 15 million."),
        ("brackets", "en", "Le port (photo).", "The harbour (photo."),
        ("credits", "en", "Le port. (Anna Keller/AFP)", "The harbour. (Anna Keller)"),
        ("credits", "en", "Le port. (c) Anna Keller", "The harbour."),
        ("credits", "en", "Le ministre. (AP et AFP)", "The minister. (AP)"),
        ("placeholders", "en", "Bonjour %s et $NAME.", "Hello %d and $NOM."),
        ("addresses", "zh", "Voir www.exemple.fr pour la suite.", "见www.example.fr网站。"),
    ],
)
def test_what_is_surely_wrong_is_an_error(check, language, source, wrong) -> None:
    found = examine(Pair(source, wrong, "fr", language, State.REVIEWED))
    assert [one.severity for one in found if one.check == check][:1] == [Severity.ERROR]


@pytest.mark.parametrize(
    ("check", "language", "source", "right"),
    [
        ("dates", "cs", "Il est venu en mars.", "Přišel v březnu."),
        ("dates", "hu", "Il est venu mardi en mars.", "Kedden jött márciusban."),
        ("dates", "pt", "Il est venu lundi et mardi.", "Veio na segunda e na terça-feira."),
        ("dates", "zh", "Le 5 mars 2026.", "2026年3月5日。"),
        ("punctuation", "zh", "Le ministre est venu ?", "部长来了吗？"),
        ("punctuation", "ja", "« Il est venu. »", "「彼は来た。」"),
        ("punctuation", "hi", "Il est venu.", "वह आया था।"),
        ("punctuation", "el", "Qui viendra ?", "Ποιος θα έρθει;"),
        ("punctuation", "ar", "Qui viendra ?", "من سيأتي؟"),
        ("punctuation", "th", "Il est venu.", "เขามาแล้ว"),
        ("capitals", "zh", "LE MINISTRE EST VENU HIER.", "部长昨天来了，他说了很多话。"),
        ("capitals", "de", "Le site.", "eBays Seite."),
        ("figures", "de-CH", "Une hausse de 3,5 %.", "Ein Anstieg um 3,5 Prozent."),
        ("figures", "zh", "Une hausse de 5 % et 300 euros.", "上涨5%和300欧元。"),
        ("figures", "ja", "À 14h30.", "午後2時30分。"),
        ("units", "ru", "Une hausse de 5 %.", "Рост на 5 процентов."),
        ("length", "zh", "Le président a quitté la ville de Lyon tôt mardi matin.", "总统星期二清晨离开里昂。"),
        ("names", "ru", "Le président Macron a quitté Lyon.", "Президент Макрон покинул Лион."),
        (
            "quotations",
            "ja",
            "« Nous irons jusqu’au bout de ce combat », dit-il.",
            "「この戦いを最後まで続ける」と言った。",
        ),
        ("negation", "en", "Le n°5 de Chanel.", "Chanel No. 5."),
        ("repetition", "en", "Elle lui a donné son livre.", "She gave her her book."),
        ("repetition", "de", "Elles voient leur chien.", "Sie sehen, dass ihr ihr Hund folgt."),
        ("repetition", "it", "Il est venu peu à peu.", "È venuto piano piano."),
        ("spelling", "de", "Voir là.", "Siehe www.haus.de/garten."),
    ],
)
def test_a_check_says_nothing_where_it_knows_nothing(check, language, source, right) -> None:
    found = examine(Pair(source, right, "fr", language, State.REVIEWED))
    assert [one for one in found if one.check == check] == []


def test_nouns_with_capitals_are_no_names() -> None:
    pair = Pair("Die Menschen kamen zur Sitzung.", "Les gens sont venus.", "de", "fr", State.REVIEWED)
    assert [one for one in examine(pair) if one.check == "names"] == []
