from __future__ import annotations

import datetime as dt
import pickle
from pathlib import Path

import pytest

from translate.catalogs.interchange.terms import Term
from translate.errors import GlossaryError
from translate.knowledge.glossary import Glossary, Terms, forbidden, load, missing


def terms(*some: Term, day: dt.date | None = None, general: bool = False) -> Terms:
    return Glossary(some, general, day).between("fr", "en")


def term(text: str, *right: str, **more: object) -> Term:
    return Term(text, "fr", "en", right or ("x",), **more)  # type: ignore[arg-type]


def found(known: Terms, text: str, role: str | None = None) -> list[str]:
    return [text[one.start : one.end] for one in known.find(text, role)]


def test_the_longest_term_wins() -> None:
    known = terms(term("conseil"), term("conseil de sécurité"), term("sécurité sociale"))
    assert found(known, "Le Conseil de sécurité et le conseil") == ["Conseil de sécurité", "conseil"]


def test_forms_are_found_and_parts_of_words_are_not() -> None:
    known = terms(term("droit de douane"), term("parole"))
    assert found(known, "Les droits de douane du porte-parole") == ["droits de douane"]


def test_a_cased_term_is_found_in_its_own_letters() -> None:
    known = terms(term("Insoumis", cased=True))
    assert found(known, "Des Insoumis, des insoumis, LES INSOUMIS") == ["Insoumis", "INSOUMIS"]


def test_roles_and_days_narrow_a_term() -> None:
    headline = term("ministre", "Minister", roles=("headline",))
    former = term("chef", "Smith", until=dt.date(2025, 12, 31))
    present = term("chef", "Jones", since=dt.date(2026, 1, 1))
    known = terms(headline, former, present, day=dt.date(2026, 1, 1))
    assert found(known, "Le ministre") == []
    assert found(known, "Le ministre", "headline") == ["ministre"]
    (one,) = known.find("Le chef")
    assert one.term is present


def test_the_desk_knows_better_than_cldr() -> None:
    own = term("Birmanie", "Burma")
    assert [one.term for one in terms(own, general=True).find("en Birmanie")] == [own]


def test_a_term_is_for_its_language_and_its_regions() -> None:
    known = Glossary((Term("a", "fr", "de", ("b",)), Term("c", "fr", "de-AT", ("d",))), general=False)
    assert found(known.between("fr", "de-CH"), "a c") == ["a"]
    assert found(known.between("fr-CA", "de-AT"), "a c") == ["a", "c"]
    assert found(known.between("fr", "en"), "a c") == []


def test_a_process_has_terms_once_however_often_they_are_sent() -> None:
    known = terms(term("droit"))
    again = pickle.loads(pickle.dumps(known))
    assert again is known
    assert found(again, "Les droits") == ["droits"]


def test_what_is_missing_and_what_is_forbidden() -> None:
    some = terms(term("bourse", "stock exchange", "markets", forbidden=("exchange", "purse*"))).find("La bourse")
    assert not missing(some, "The stock exchange")
    assert not forbidden(some, "The stock exchange")
    assert [variant for _, variant in forbidden(some, "The purses on the stock exchange")] == ["purse*"]
    assert [one.text for one in missing(some, "The exchange")] == ["bourse"]


def test_a_glossary_is_told_by_its_content(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("fr,en\nport,port\n")
    assert load(tmp_path / "a.txt", "fr") == (Term("port", "fr", "en", ("port",)),)
    (tmp_path / "b.csv").write_text("<tbx><text>")
    with pytest.raises(GlossaryError, match="broken XML"):
        load(tmp_path / "b.csv", "fr")
    with pytest.raises(GlossaryError, match="cannot be read"):
        load(tmp_path / "c.csv", "fr")
