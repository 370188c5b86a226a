from __future__ import annotations

from translate.catalogs.interchange.terms import Term
from translate.catalogs.states import State
from translate.knowledge.glossary import Glossary
from translate.quality.checks import Pair
from translate.quality.checks.terms import check

TERMS = Glossary(
    (
        Term("séance", "fr", "de", ("Sitzung",), ("Seance",)),
        Term("ministre", "fr", "de", ("Ressortchef",), roles=("headline",)),
    )
).between("fr", "de")


def said(source: str, translation: str, *roles: str) -> list[str]:
    pair = Pair(source, translation, "fr", "de", State.REVIEWED, roles=roles, terms=TERMS)
    assert all((one.check, str(one.severity)) == ("terms", "warning") for one in check(pair))
    return [one.message for one in check(pair)]


def test_a_missing_term_is_a_warning() -> None:
    assert said("La séance de mardi", "Die Aussprache am Dienstag") == ["'séance' should be 'Sitzung'"]
    assert said("La <1>séance</1> de mardi", "Die Diens<1>tags</1>sitzungen") == []
    assert said("aux Etats-Unis", "in den Vereinigten Staaten") == []
    assert said("aux Etats-Unis", "in der Fremde") == ["'États-Unis' should be 'Vereinigte Staaten'"]


def test_a_forbidden_variant_is_told_once_with_what_is_right() -> None:
    assert said("La séance", "Die Seancen") == ["'Seance' is not to be used for 'séance'; write 'Sitzung'"]


def test_a_role_has_its_own_terms() -> None:
    assert said("Le ministre", "Der Minister", "paragraph") == []
    assert said("Le ministre", "Der Minister", "paragraph", "headline") == ["'ministre' should be 'Ressortchef'"]


def test_without_terms_nothing_is_said() -> None:
    assert list(check(Pair("aux Etats-Unis", "in der Fremde", "fr", "de", State.REVIEWED))) == []
