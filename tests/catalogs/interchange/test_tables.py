"""CSV and XLSX: no cell is a formula, and what a spreadsheet makes of a table comes back."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.catalogs.interchange.catalogs import catalog, entry, out
from tests.conftest import program
from translate.catalogs.interchange import tables
from translate.catalogs.interchange.returns import Return
from translate.catalogs.states import State
from translate.errors import CatalogError

DANGEROUS = [
    "=1+1",
    "+1",
    "-1",
    "@A1",
    "\t=1",
    "\r=1",
    "'=1",
    "'",
    "#N/A",
    "007",
    "1e5",
    "TRUE",
    "12.10",
    "=HYPERLINK()",
]


def sheet() -> Any:
    return out(catalog(*(entry(f"{text} source", text, State.DRAFT, note=text.strip()) for text in DANGEROUS)))


def rows(data: bytes) -> list[Return]:
    load = tables.load_xlsx if data.startswith(b"PK") else tables.load_csv
    (batch,) = load(data, "t")
    return list(batch.returns)


def workbook(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


def saved(book: Any) -> bytes:
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def test_no_cell_of_a_csv_is_a_formula() -> None:
    text = tables.dump_csv(sheet()).decode("utf-8-sig")
    for row in csv.reader(io.StringIO(text, newline="")):
        assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_every_cell_of_a_workbook_is_text() -> None:
    table = workbook(tables.dump_xlsx(sheet())).active
    for row in table.iter_rows():
        for cell in row:
            assert cell.data_type in ("s", "n")
            assert cell.value is None or cell.data_type == "s"
            assert cell.number_format == "@"
            assert cell.alignment.wrap_text
    assert table.freeze_panes == "A2"
    assert table.protection.sheet
    open_ = {cell.column_letter for cell in table[2] if not cell.protection.locked}
    assert open_ == {"D", "E", "G"}
    assert {cell.protection.locked for cell in table[1]} == {True}


@pytest.mark.parametrize("dump", [tables.dump_csv, tables.dump_xlsx])
def test_dangerous_cells_come_back_identical(dump: Any) -> None:
    assert [one.target for one in rows(dump(sheet()))] == DANGEROUS


@pytest.mark.parametrize(
    "change",
    [
        lambda t: t.replace("\r\n", "\n"),
        lambda t: t.replace(",", ";"),
        lambda t: t.replace(",", "\t"),
        lambda t: "\ufeff" + t,
        lambda t: t + "\r\n,,,,,,,\r\n",
        lambda t: t.replace("id,role", "ID , Role"),
    ],
)
@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_csv_as_spreadsheets_save_it(change: Any, codec: str) -> None:
    plain = tables.dump_csv(out(catalog(entry("Oui", "Ja", State.REVIEWED)))).decode("utf-8-sig")
    (one,) = rows(change(plain).encode(codec))
    assert (one.source, one.target, one.state) == ("Oui", "Ja", State.REVIEWED)


def test_columns_in_another_order_with_others_between() -> None:
    (one,) = rows(b"mine,translation,id,source\r\nx,Ja,de/port#u1,Oui\r\n")
    assert one == Return("u1", "Oui", "Ja", None)


def test_rows_of_several_documents_in_one_table() -> None:
    data = b"id,source,translation\nde/a#1,x,X\nen/b/c#2,y,Y\nde/a#3,z,Z\n"
    found = {(b.document, b.language): [r.target for r in b.returns] for b in tables.load_csv(data, "t")}
    assert found == {("a", "de"): ["X", "Z"], ("b/c", "en"): ["Y"]}


@pytest.mark.parametrize(
    ("data", "where", "problem"),
    [
        (b"id,source,translation\nde/a#1,x,\xe9\n", "t:2", "not UTF-8"),
        (b"source,translation\nx,y\n", "t", "no columns"),
        (b"", "t", "no columns"),
        (b"id,source,translation\n7,x,y\n", "t:2", "no id"),
        (b"id,source,translation,state\nde/a#1,x,y,perfect\n", "t:2", "no state"),
        (b'id,source,translation\nde/a#1,x,"y\n', "t", "no CSV"),
    ],
)
def test_csv_that_is_refused(data: bytes, where: str, problem: str) -> None:
    with pytest.raises(CatalogError, match=problem) as caught:
        tables.load_csv(data, "t")
    assert caught.value.where == where
    assert caught.value.remedy


def test_a_workbook_as_a_person_leaves_it() -> None:
    book = workbook(tables.dump_xlsx(out(catalog(entry("Oui", "Ja", State.DRAFT), entry("Sept", "7", State.DRAFT)))))
    table = book.active
    table["D2"], table["E2"], table["G2"] = "=Doch", " Reviewed", "sicher?"
    table["D3"] = 12
    table.insert_cols(4)
    book.create_sheet("Notes", 0)["A1"] = "ours"
    book.properties.lastModifiedBy = "Eva"
    (batch,) = tables.load_xlsx(saved(book), "t")
    assert batch.person == "Eva"
    first, second = batch.returns
    assert (first.target, first.state, first.note) == ("=Doch", State.REVIEWED, "sicher?")
    assert second.target == "12"


def test_our_own_name_is_no_persons() -> None:
    (batch,) = tables.load_xlsx(tables.dump_xlsx(sheet()), "t")
    assert batch.person == ""


def test_a_date_that_a_spreadsheet_made_of_words_is_refused() -> None:
    import datetime as dt

    book = workbook(tables.dump_xlsx(out(catalog(entry("3 mars", "3. März", State.DRAFT)))))
    book.active["D2"] = dt.datetime(2026, 3, 3)
    with pytest.raises(CatalogError, match="holds no text") as caught:
        tables.load_xlsx(saved(book), "t")
    assert caught.value.where == "t:Translation:2"


def bomb() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", bytes(200 << 20))
    return made.getvalue()


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"id,source", bomb()], ids=["empty", "cut", "csv", "bomb"])
def test_workbooks_that_are_refused(data: bytes) -> None:
    with pytest.raises(CatalogError) as caught:
        tables.load_xlsx(data, "t")
    assert caught.value.remedy


def test_an_entry_too_long_for_a_cell_is_refused_not_cut() -> None:
    with pytest.raises(CatalogError, match="longer than a cell"):
        tables.dump_xlsx(out(catalog(entry("a" * 40_000))))


@pytest.mark.slow
@pytest.mark.parametrize("dump", [tables.dump_csv, tables.dump_xlsx])
def test_libreoffice_opens_and_saves_without_loss(dump: Any, tmp_path: Path, home_of_office: str) -> None:
    soffice = program("soffice")
    suffix = "csv" if dump is tables.dump_csv else "xlsx"
    path = tmp_path / f"a.{suffix}"
    # A carriage return is a line break to LibreOffice; so it is to us, and words have none.
    texts = [text.replace("\r", "\t") for text in DANGEROUS]
    path.write_bytes(dump(out(catalog(*(entry(f"{at}", text, State.DRAFT) for at, text in enumerate(texts))))))
    # Field separator, quote, UTF-8, first line, text in every column; quoted, as text, on the way out.
    filters = {"csv": "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,false", "xlsx": "xlsx"}
    extra = ["--infilter=CSV:44,34,76,1,1/2/2/2/3/2/4/2/5/2/6/2/7/2/8/2"] if suffix == "csv" else []
    command = [soffice, home_of_office, "--headless", *extra, "--convert-to", filters[suffix]]
    subprocess.run([*command, "--outdir", tmp_path / "out", path], check=True, capture_output=True, timeout=120)
    if not (tmp_path / "out").exists() and not os.environ.get("CI"):
        pytest.skip("LibreOffice is installed without Calc")
    made = (tmp_path / "out" / path.name).read_bytes()
    assert made != path.read_bytes()
    assert [one.target for one in rows(made)] == texts
