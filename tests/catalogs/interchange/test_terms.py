from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings

from tests.catalogs.interchange.strategies import terms
from translate.catalogs.interchange.terms import COLUMNS, Term, merge, read_csv, write_csv
from translate.errors import GlossaryError

HEAD = "source_language,target_language,source,translation,admitted,forbidden,case_sensitive,valid_from,roles\n"


@settings(deadline=None)
@given(terms())
def test_what_is_written_is_read_again(some: Sequence[Term]) -> None:
    assert read_csv(write_csv(some), "a.csv") == tuple(some)


@settings(deadline=None)
@given(terms())
def test_an_import_of_what_is_there_changes_nothing(some: Sequence[Term]) -> None:
    merged = merge(some, some)
    assert (merged.terms, merged.added, merged.updated) == (tuple(some), 0, 0)


@settings(deadline=None)
@given(terms(), terms())
def test_an_import_loses_no_term_and_no_word_of_one(kept: Sequence[Term], coming: Sequence[Term]) -> None:
    merged = merge(kept, coming)
    assert merge(merged.terms, coming).terms == merged.terms
    by_key = {term.key: term for term in merged.terms}
    for term in (*kept, *coming):
        known = by_key[term.key]
        assert {*term.translations, *term.forbidden} <= {*known.translations, *known.forbidden}
        assert not {*known.translations} & {*known.forbidden}


def test_what_comes_has_the_last_word() -> None:
    old = Term("bourse", "fr", "en", ("bourse", "exchange"), ("purse",), note="1")
    new = Term("bourse", "fr", "en", ("stock exchange", "purse"), ("bourse",))
    (term,) = merge([old], [new]).terms
    assert term.translations == ("stock exchange", "purse", "exchange")
    assert (term.forbidden, term.note) == (("bourse",), "1")


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_tables_as_spreadsheets_write_them(codec: str, delimiter: str, line_end: str) -> None:
    table = HEAD + 'fr,de,séisme,Erdbeben,"Beben|das ""große"" Beben",,yes,2026-01-31,headline|lead\n,,,,,,,,\n'
    data = table.replace(",", delimiter).replace("\n", line_end).encode(codec)
    assert read_csv(data, "a.csv") == (
        Term(
            "séisme",
            "fr",
            "de",
            ("Erdbeben", "Beben", 'das "große" Beben'),
            cased=True,
            roles=("headline", "lead"),
            since=dt.date(2026, 1, 31),
        ),
    )


def test_a_table_may_have_a_column_for_each_language() -> None:
    found = read_csv(
        "sep=;\r\nfr;en;de;note\r\nséisme;earthquake|quake;Erdbeben;x\r\nport;port;;\r\n".encode(), "a.csv"
    )
    assert found == (
        Term("séisme", "fr", "en", ("earthquake", "quake"), note="x"),
        Term("séisme", "fr", "de", ("Erdbeben",), note="x"),
        Term("port", "fr", "en", ("port",)),
    )


@pytest.mark.parametrize(
    ("row", "line", "told"),
    [
        ("fr,en,,port,,,,,", 2, "'source'"),
        ("fr,en,port,,,,,,", 2, "'translation'"),
        ("fr,en,port,port,,,maybe,,", 2, "'case_sensitive'"),
        ("fr,en,port,port,,,,31/01/2026,", 2, "'valid_from'"),
        ("fr,en,port,port,,,,,nowhere", 2, "'roles'"),
        ("french,en,port,port,,,,,", 2, "'source_language'"),
        ("fr,en,port,port,,port,,,", 2, "'forbidden'"),
        ("fr,en,port,port,,,,,,,more", 2, "11 cells"),
        ('\n\nfr,en,"port,port,,,,,', 4, "no line of a table"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line_and_column(row: str, line: int, told: str) -> None:
    with pytest.raises(GlossaryError) as error:
        read_csv((HEAD + row + "\n").encode(), "a.csv")
    assert error.value.where == f"a.csv, line {line}"
    assert told in error.value.problem


@pytest.mark.parametrize(
    ("head", "told"),
    [
        ("fr,en,definition", "'definition'"),
        ("source,translation", "'source_language'"),
        ("fr", "'fr'"),
        ("source_language,target_language,source,translation,translation", "'translation'"),
        ("source_language,target_language,source,translation,en", "'en'"),
    ],
)
def test_columns_that_are_not_known_are_named(head: str, told: str) -> None:
    with pytest.raises(GlossaryError, match=told) as error:
        read_csv(f"{head}\na,b,c,d,e\n".encode(), "a.csv")
    assert error.value.where.startswith("a.csv, line 1")


@pytest.mark.parametrize("data", [b"", b"  \n", b"PK\x03\x04\x00\x00"])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(GlossaryError):
        read_csv(data, "a.csv")


def test_a_term_holds_in_its_roles_and_between_its_days() -> None:
    term = Term("a", "fr", "en", ("b",), roles=("headline",), since=dt.date(2026, 1, 1), until=dt.date(2026, 1, 31))
    assert term.holds("headline", dt.date(2026, 1, 31))
    assert not term.holds("headline", dt.date(2026, 2, 1))
    assert not term.holds("headline", dt.date(2025, 12, 31))
    assert not term.holds("paragraph", None)
    assert not term.holds(None, None)


def test_all_columns_are_documented() -> None:
    text = (Path(__file__).parents[3] / "docs" / "glossary.md").read_text(encoding="utf-8")
    assert all(f"`{column}`" in text for column in COLUMNS)
