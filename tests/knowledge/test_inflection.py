from __future__ import annotations

import pytest

from translate.knowledge.inflection import is_exactly, is_form, standing, whole


@pytest.mark.parametrize(
    ("written", "word", "language"),
    [
        ("réfugiées", "réfugié", "fr"),
        ("REFUGIES", "réfugié", "fr"),
        ("Etats", "État", "fr"),
        ("nationaux", "national", "fr"),
        ("premières", "premier", "fr"),
        ("aux", "les", "fr"),
        ("du", "le", "fr"),
        ("cities", "city", "en"),
        ("Häuser", "Haus", "de"),
        ("Rates", "Rat", "de"),
        ("Vereinigten", "vereinigte", "de"),
    ],
)
def test_forms_of_a_word(written: str, word: str, language: str) -> None:
    assert is_form(written, word, language)


@pytest.mark.parametrize(
    ("written", "word", "language"),
    [
        ("partir", "parti", "fr"),
        ("cote", "côte", "fr"),
        ("péché", "pêche", "fr"),
        ("jugée", "juge", "fr"),
        ("ministère", "ministre", "fr"),
        ("aux", "le", "fr"),
        ("nation", "national", "en"),
        ("Raten", "Staat", "de"),
    ],
)
def test_words_that_are_others(written: str, word: str, language: str) -> None:
    assert not is_form(written, word, language)


def test_a_verb_has_more_forms_than_a_noun() -> None:
    assert is_form("votaient", "voter", "fr", verb=True)
    assert not is_form("votaient", "voter", "fr")


def test_capitals_may_lack_accents_and_small_letters_may_not() -> None:
    assert is_exactly("ETATS", "États")
    assert not is_exactly("états", "États")
    assert not is_exactly("Etàts", "États")


@pytest.mark.parametrize("text", ["l’Irak", "d'Irak", "(Irak)", "Irak-t-il", "Irak."])
def test_elision_and_punctuation_end_words(text: str) -> None:
    at = text.index("Irak")
    assert whole(text, at, at + 4)


@pytest.mark.parametrize("text", ["Irak-Iran", "anti-Irak"])
def test_a_part_of_a_hyphenated_word_is_no_word(text: str) -> None:
    at = text.index("Irak")
    assert not whole(text, at, at + 4)


@pytest.mark.parametrize(
    ("text", "phrase", "language"),
    [
        ("in den Vereinigten Staaten", "Vereinigte Staaten", "de"),
        ("des Vereinigten Königreichs", "Vereinigtes Königreich", "de"),
        ("die UN-Sicherheitsratssitzung", "Sicherheitsrat", "de"),
        ("die Flüchtlingskrise", "Flüchtling", "de"),
        ("the prime ministers’ meeting", "prime minister", "en"),
        ("Syria’s army", "Syria", "en"),
        ("italienische Städte", "Itali*", "de"),
        ("les droits de douane", "droit de douane", "fr"),
        ("costs €5", "€", "en"),
        ("in House of Commons", "the House of Commons", "en"),
        ("two PMs", "PM", "en"),
    ],
)
def test_a_phrase_stands_in_a_translation_in_whatever_form(text: str, phrase: str, language: str) -> None:
    assert standing(text, phrase, language)


@pytest.mark.parametrize(
    ("text", "phrase", "language"),
    [
        ("between us", "US", "en"),
        ("United. States", "United States of America", "en"),
        ("the prime of a minister", "prime minister", "en"),
        ("die Ratte", "Rat", "de"),
        ("", "port", "en"),
        ("port", "", "en"),
    ],
)
def test_a_phrase_that_does_not_stand_there(text: str, phrase: str, language: str) -> None:
    assert not standing(text, phrase, language)


def test_a_language_without_stemmer_has_its_words_as_they_are() -> None:
    assert standing("東京 タワー", "タワー", "ja")
    assert not is_form("tornisin", "torni", "xx")
