"""Tables for people who have neither a PO editor nor a translation tool: CSV and XLSX, one row an entry."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from translate.catalogs.interchange.cells import guarded, unguarded
from translate.catalogs.interchange.inline import sign
from translate.catalogs.interchange.returns import Batch, Return
from translate.catalogs.interchange.sheets import Sheet
from translate.catalogs.states import State
from translate.documents.archive import open_archive
from translate.errors import CatalogError, DocumentError

if TYPE_CHECKING:
    from openpyxl.styles import NamedStyle
    from openpyxl.worksheet.worksheet import Worksheet

COLUMNS = ("id", "role", "source", "translation", "state", "limit", "note", "previous source")
_WANTED = frozenset({"id", "source", "translation"})
_EDITED = frozenset({"translation", "state", "note"})
_HEAD, _OPEN, _CLOSED = "Column", "Translation", "Source"
_WIDTHS = (14, 12, 60, 60, 14, 7, 30, 40)
# Programs do not find the height of a row by themselves: points a line, and the most a row may have.
_LINE, _TALLEST = 15.0, 400.0
_DELIMITERS = ",;\t"
# Signs that no XML holds, as Office Open XML writes them; so is what already looks like that.
_ESCAPED = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_LONGEST = 32_767
# A workbook may say that it is as large as a sheet can be: 16,384 columns, and rows without end.
_MOST_ROWS, _MOST_COLUMNS = 250_000, 100
_PERSON = "Translation Desk"
# A file says when it was made; the same rows must be the same file.
_MOMENT = dt.datetime(1980, 1, 1)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def dump_csv(sheet: Sheet) -> bytes:
    """Write a sheet as CSV: UTF-8 with a mark, by which spreadsheets know it; no cell is a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    for row in _rows(sheet):
        writer.writerow(map(guarded, row))
    return out.getvalue().encode("utf-8-sig")


def load_csv(data: bytes, where: str) -> list[Batch]:
    """Read a table of UTF-8 or UTF-16 text with commas, semicolons or tabs."""
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig").removeprefix("\ufeff")
        head = text.split("\n", 1)[0]
        delimiter = max(_DELIMITERS, key=head.count)
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except UnicodeDecodeError as error:
        raise CatalogError(
            "the table is not UTF-8",
            where=f"{where}:{data[: error.start].count(10) + 1}",
            remedy="Save it as “CSV UTF-8”, or as XLSX.",
        ) from error
    except csv.Error as error:
        raise CatalogError(
            f"the table is no CSV: {error}", where=where, remedy="Save it again as CSV UTF-8."
        ) from error
    return _batches((list(map(unguarded, row)) for row in rows), where, "")


def dump_xlsx(sheet: Sheet) -> bytes:
    """Write a sheet as XLSX: every cell is text, only what is to be written in is not protected."""
    from openpyxl import Workbook
    from openpyxl.worksheet.datavalidation import DataValidation
    from openpyxl.worksheet.properties import PageSetupProperties

    book = Workbook()
    table = book.active
    assert table is not None
    table.title = "Translation"
    for style in _styles():
        book.add_named_style(style)
    for number, row in enumerate(_rows(sheet), 1):
        _fill(table, number, row, sheet.document)
    for width, column in zip(_WIDTHS, "ABCDEFGH", strict=True):
        table.column_dimensions[column].width = width
    table.freeze_panes = "A2"
    table.page_setup.orientation = "landscape"
    table.page_setup.fitToHeight = 0
    table.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    table.protection.sheet = True
    table.protection.formatColumns = table.protection.formatRows = False
    choice = DataValidation(type="list", formula1=f'"{",".join(State)}"', allow_blank=True)
    choice.add(f"E2:E{len(sheet.items) + 1}")
    table.add_data_validation(choice)
    book.properties.creator = book.properties.lastModifiedBy = _PERSON
    book.properties.created = _MOMENT
    made = io.BytesIO()
    book.save(made)
    return _timeless(made.getvalue())


def load_xlsx(data: bytes, where: str) -> list[Batch]:
    """Read the tables of a workbook; formulas stay the text they are."""
    from openpyxl import load_workbook

    try:
        open_archive(data, where)
        # An empty workbook of another program has no size and reads as endless; nobody has a million entries here.
        book = load_workbook(io.BytesIO(data), read_only=True)
        person = (book.properties.lastModifiedBy or "").strip()
        tables = [_cells(table, where) for table in book.worksheets]
    except DocumentError as error:
        raise CatalogError(error.problem, where=error.where, remedy=error.remedy) from error
    except CatalogError:
        raise
    except Exception as error:
        # openpyxl has no errors of its own for what is wrong in a file: any part of it may fail in any way.
        raise CatalogError(
            "the workbook is damaged", where=where, remedy="Save it again as XLSX where it was written."
        ) from error
    named = person if person != _PERSON else ""
    found = [rows for rows in tables if rows and _columns(rows[0])]
    return [batch for rows in found or tables[:1] for batch in _batches(rows, where, named)]


def _rows(sheet: Sheet) -> Iterator[tuple[str, ...]]:
    yield COLUMNS
    for item in sheet.items:
        identity = f"{sheet.language}/{sheet.document}#{item.identity}"
        limit = str(item.limit or "")
        yield identity, item.role, item.source, item.target, str(item.state), limit, item.note, item.previous


def _batches(rows: Iterable[list[str]], where: str, person: str) -> list[Batch]:
    """Return the rows of a table by document and language, which each row names itself."""
    lines = iter(rows)
    columns = _columns(next(lines, []))
    if not columns:
        raise CatalogError(
            f"the table has no columns {', '.join(sorted(_WANTED))}",
            where=where,
            remedy="Its first row names the columns; keep it as it was exported.",
        )
    found: dict[tuple[str, str], list[Return]] = {}
    for number, row in enumerate(lines, 2):
        cells = {name: row[at] for name, at in columns.items() if at < len(row)}
        if not any(cells.values()):
            continue
        head, _, identity = cells.get("id", "").strip().rpartition("#")
        language, _, document = head.partition("/")
        if not identity or not document:
            raise CatalogError(
                f"the row has no id of ours: {cells.get('id', '')!r}",
                where=f"{where}:{number}",
                remedy="Restore the id from the export, or delete the row.",
            )
        found.setdefault((document, language), []).append(_return(identity, cells, f"{where}:{number}"))
    return [Batch(document, language, tuple(many), person) for (document, language), many in found.items()]


def _return(identity: str, cells: Mapping[str, str], where: str) -> Return:
    said = cells.get("state", "").strip().lower()
    if said and said not in list(State):
        raise CatalogError(f"{said!r} is no state", where=where, remedy=f"States: {', '.join(State)}.")
    return Return(
        identity,
        cells.get("source", ""),
        cells.get("translation", ""),
        State(said) if said else None,
        cells.get("note", ""),
        previous=cells.get("previous source", ""),
    )


def _columns(row: list[str]) -> dict[str, int]:
    """Return where each of our columns is; empty where one is missing that nothing can do without."""
    found = {cell.strip().lower(): at for at, cell in enumerate(row)}
    return {name: found[name] for name in COLUMNS if name in found} if found.keys() >= _WANTED else {}


def _fill(table: Worksheet, number: int, row: tuple[str, ...], document: str) -> None:
    for at, text in enumerate(row, 1):
        escaped = _ESCAPED.sub(lambda found: f"_x{ord(found.group()):04X}_", text)
        if len(escaped) > _LONGEST:
            raise CatalogError(
                f"an entry is longer than a cell may be ({_LONGEST} signs): {text[:60]!r}",
                where=document,
                remedy="Export this document with --as xliff2.",
            )
        cell = table.cell(number, at)
        if escaped:
            cell.value = escaped
            # openpyxl takes what begins with “=” for a formula, and “#N/A” for an error.
            cell.data_type = "s"
        cell.style = _HEAD if number == 1 else _OPEN if COLUMNS[at - 1] in _EDITED else _CLOSED
    # The identity in the first column is for programs; it may be cut.
    lines = max(1 + len(text) // width for text, width in zip(row[1:], _WIDTHS[1:], strict=True))
    table.row_dimensions[number].height = min(_TALLEST, _LINE * lines)


def _styles() -> Iterator[NamedStyle]:
    """Yield the styles of cells: the head, what is to be written in, the rest; all are text, and wrapped."""
    from openpyxl.styles import Alignment, Font, NamedStyle, Protection

    for name in (_HEAD, _OPEN, _CLOSED):
        wrapped = Alignment(wrap_text=True, vertical="top")
        locked = Protection(locked=name != _OPEN)
        font = Font(bold=name == _HEAD)
        yield NamedStyle(name, number_format="@", alignment=wrapped, protection=locked, font=font)


def _cells(table: Worksheet, where: str) -> list[list[str]]:
    """Return the rows of a table; those without a word are empty.

    Raises:
        CatalogError: there are more than any catalog has.
    """
    found: list[list[str]] = []
    for number, row in enumerate(table.iter_rows(max_col=_MOST_COLUMNS, values_only=True), 1):
        if number > _MOST_ROWS:
            raise CatalogError(
                f"the table has more than {_MOST_ROWS} rows",
                where=f"{where}:{table.title}",
                remedy="Delete the rows below the last entry, and save it again.",
            )
        found.append([] if row.count(None) == len(row) else [_text(cell, where, table.title, number) for cell in row])
    return found


def _text(value: Any, where: str, table: str, number: int) -> str:
    """Return the text of a cell; a number that a spreadsheet made of it is written as people write it."""
    if value is None:
        return ""
    if isinstance(value, str):
        return _ESCAPE.sub(lambda found: sign(found[1]), value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise CatalogError(
            f"a cell holds no text: {value}",
            where=f"{where}:{table}:{number}",
            remedy="Format the cell as text and write it again.",
        )
    return str(int(value)) if value == int(value) else str(value)


def _timeless(data: bytes) -> bytes:
    """Return an archive without the moment at which it was made."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            content = old.read(member)
            if member.filename == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>" + f"{_MOMENT:%Y-%m-%dT%H:%M:%SZ}".encode(), content)
            made = zipfile.ZipInfo(member.filename)
            made.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(made, content)
    return out.getvalue()
