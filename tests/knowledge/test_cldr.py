from __future__ import annotations

import pytest

from translate.knowledge.glossary import Glossary, missing

EN = Glossary().between("fr", "en")
DE = Glossary().between("fr", "de")


@pytest.mark.parametrize(
    ("text", "en", "de"),
    [
        ("Il vit au Royaume-Uni.", "United Kingdom", "Vereinigtes Königreich"),
        ("les Etats-Unis attaquent", "United States", "Vereinigte Staaten"),
        ("LES ETATS-UNIS ATTAQUENT", "United States", "Vereinigte Staaten"),
        ("aux Pays-Bas", "Netherlands", "Niederlande"),
        ("l’armée de l’Irak", "Iraq", "Irak"),
        ("En Égypte, il", "Egypt", "Ägypten"),
        ("la République démocratique du Congo", "Democratic Republic of the Congo", "Demokratische Republik Kongo"),
        ("la Guinée-Bissau", "Guinea-Bissau", "Guinea-Bissau"),
        ("l’UE", "European Union", "Europäische Union"),
        ("le 7 mars", "March", "März"),
        ("mercredi soir", "Wednesday", "Mittwoch"),
        ("dix francs suisses", "Swiss francs", "Schweizer Franken"),
        ("trois livres turques", "Turkish Lira", "Türkische Lira"),
        ("cinq euros", "euros", "Euro"),
        ("il parle en russe", "in Russian", "auf Russisch"),
    ],
)
def test_names_are_recognised_in_french_copy(text: str, en: str, de: str) -> None:
    assert [one.term.translations[0] for one in EN.find(text)] == [en]
    assert [one.term.translations[0] for one in DE.find(text)] == [de]


@pytest.mark.parametrize(
    "text",
    [
        "la planète Mars", "Mars attaque", "il va lire", "une livre de pain", "il est franc", "la couronne du roi",
        "New Jersey", "un pull en jersey", "Air France", "France Télévisions", "Maurice Leblanc", "la ville de Grenade",
        "le peuple français", "la cuisine italienne", "franco-Suisse", "Jean-Chypre", "Le Monde", "le tchad",
        "Avril Lavigne", "les pays-bas", "Nouvelle Guinée", "il vote", "or noir",
    ],
)  # fmt: skip
def test_false_friends_are_left_alone(text: str) -> None:
    assert not EN.find(text)


@pytest.mark.parametrize(
    ("source", "translation"),
    [
        ("aux États-Unis", "in the U.S."), ("aux États-Unis", "in America"), ("au Royaume-Uni", "in Britain"),
        ("la politique de la France", "French politics"), ("le 7 septembre", "on Sept. 7"), ("5 euros", "€5"),
        ("la Suisse", "the Swiss"), ("la Tchéquie", "the Czech Republic"), ("le Viêt Nam", "Vietnam"),
    ],
)  # fmt: skip
def test_what_people_write_for_a_name_is_right(source: str, translation: str) -> None:
    found = EN.find(source)
    assert found
    assert not missing(found, translation)
    assert missing(found, "something else")


def test_german_gives_names_its_cases() -> None:
    assert not missing(DE.find("aux États-Unis"), "in den Vereinigten Staaten")
    assert not missing(DE.find("du Royaume-Uni"), "des Vereinigten Königreichs")
    assert not missing(DE.find("la Russie"), "das russische Heer")
    assert not missing(DE.find("la Syrie"), "der Syrien-Krieg")


def test_any_two_languages_will_do() -> None:
    (found,) = Glossary().between("en", "de").find("people in Switzerland")
    assert found.term.translations[0] == "Schweiz"
    assert Glossary().between("fr", "it").find("en Allemagne")[0].term.translations[0] == "Germania"
    assert not Glossary().between("fr", "tlh").find("en Allemagne")
