"""Terms: what a word must become in another language, and the CSV file in which a desk keeps them."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from translate.catalogs.interchange.cells import guarded, unguarded
from translate.documents.encoding import decode
from translate.documents.model import Role
from translate.errors import DocumentError, GlossaryError

COLUMNS = (
    "source_language",
    "target_language",
    "source",
    "translation",
    "admitted",
    "forbidden",
    "part_of_speech",
    "case_sensitive",
    "roles",
    "valid_from",
    "valid_until",
    "note",
)
#: The parts of speech of TBX-Basic.
PARTS_OF_SPEECH = ("noun", "verb", "adjective", "adverb", "other")
_REQUIRED = ("source_language", "target_language", "source", "translation")
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_YES = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False, "": False}
# Between the values of a cell; written `\|` where it belongs to a value, `\\` for a backslash.
_SEPARATOR = "|"
_PIECE = re.compile(r"(?:[^|\\]|\\.|\\$)*", re.DOTALL)
_ESCAPED = re.compile(r"\\([|\\])")
# Excel writes and reads such a line above the table.
_SEP_LINE = re.compile(r"\A\"?sep=([,;\t])\"?\r?\n", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Term:
    """What a word or a few words of one language are in another.

    `translations` are those that are right, the preferred one first; `forbidden` those that are not. An admitted or
    forbidden one that ends in `*` stands for every word that begins so. A `cased` term is found only in its own
    letters, without inflection. No `roles` means every role, no date no limit.
    """

    text: str
    source: str
    target: str
    translations: tuple[str, ...]
    forbidden: tuple[str, ...] = ()
    part_of_speech: str = ""
    cased: bool = False
    roles: tuple[str, ...] = ()
    since: dt.date | None = None
    until: dt.date | None = None
    note: str = ""

    @property
    def key(self) -> tuple[object, ...]:
        """Return what makes it this term and no other: languages, text, roles and the day from which it holds."""
        return self.source, self.target, self.text, self.roles, self.since

    def holds(self, role: str | None, day: dt.date | None) -> bool:
        """Say whether the term is to be used in a role (None: in no special one) on a day (None: on any)."""
        if self.roles and role not in self.roles:
            return False
        return day is None or ((self.since is None or self.since <= day) and (self.until is None or day <= self.until))


@dataclass(frozen=True, slots=True)
class Merged:
    """Terms after an import, and how many of them are new or changed."""

    terms: tuple[Term, ...]
    added: int
    updated: int


def merge(kept: Sequence[Term], coming: Iterable[Term]) -> Merged:
    """Bring terms into a glossary: what comes has the last word, and nothing that was known is lost.

    A translation that is no longer the preferred one stays admitted, unless what comes forbids it.
    """
    terms = {term.key: term for term in kept}
    before = dict(terms)
    for term in coming:
        terms[term.key] = _united(terms[term.key], term) if term.key in terms else term
    updated = sum(terms[key] != term for key, term in before.items())
    return Merged(tuple(terms.values()), len(terms) - len(before), updated)


def _united(old: Term, new: Term) -> Term:
    known = (*new.translations, *(one for one in old.translations if one not in new.forbidden))
    forbidden = (*new.forbidden, *(one for one in old.forbidden if one not in new.translations))
    return replace(
        new,
        translations=tuple(dict.fromkeys(known)),
        forbidden=tuple(dict.fromkeys(forbidden)),
        part_of_speech=new.part_of_speech or old.part_of_speech,
        cased=new.cased or old.cased,
        until=new.until or old.until,
        note=new.note or old.note,
    )


def read_csv(data: bytes, where: str) -> tuple[Term, ...]:
    """Read terms from a table: with the columns of `COLUMNS`, or with a column for each language (`fr`, `en`, `de`).

    Comma, semicolon or tab; UTF-8 or what Excel writes (a byte order mark, UTF-16, Windows-1252).

    Raises:
        GlossaryError: the table cannot be read; the error names the line and the column.
    """
    try:
        text, _ = decode(data, where)
    except DocumentError as error:
        raise GlossaryError(
            "is empty or no text", where=where, remedy="Save the table as CSV in UTF-8, with a line of column names."
        ) from error
    told = _SEP_LINE.match(text)
    text = text[told.end() :] if told else text
    delimiter = told[1] if told else max(",;\t", key=text.split("\n", 1)[0].count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    first = 1 if told else 0
    try:
        heads = [head.strip().lower() for head in next(rows)]
        wide = _languages(heads, where)
        found: list[Term] = []
        for row in rows:
            line = first + rows.line_num
            if not any(cell.strip() for cell in row):
                continue
            if len(row) > len(heads) and any(cell.strip() for cell in row[len(heads) :]):
                raise _bad(where, line, f"has {len(row)} cells where there are {len(heads)} columns")
            cells = dict(zip(heads, map(unguarded, row), strict=False))
            found += _wide_terms(cells, wide, where, line) if wide else [_term(cells, where, line)]
    except csv.Error as error:
        raise _bad(where, first + rows.line_num, f"is no line of a table: {error}") from error
    return merge((), found).terms


def write_csv(terms: Iterable[Term]) -> bytes:
    """Write terms as a table: comma, UTF-8, LF; no cell is a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for term in terms:
        dates = (day.isoformat() if day else "" for day in (term.since, term.until))
        preferred, admitted = term.translations[0], _joined(term.translations[1:])
        forbidden, cased, roles = _joined(term.forbidden), "yes" if term.cased else "", _joined(term.roles)
        head = (term.source, term.target, term.text, preferred, admitted, forbidden)
        writer.writerow(map(guarded, (*head, term.part_of_speech, cased, roles, *dates, term.note)))
    return out.getvalue().encode()


def _languages(heads: Sequence[str], where: str) -> tuple[str, ...]:
    """Return the languages of a table that has a column for each; check the names of the columns."""
    twice = next((head for at, head in enumerate(heads) if head and head in heads[:at]), None)
    if twice:
        raise _bad(where, 1, "stands twice", column=twice)
    wide = tuple(head for head in heads if head not in COLUMNS and _TAG.fullmatch(head))
    unknown = next((head for head in heads if head and head not in COLUMNS and head not in wide), None)
    missing = next((name for name in _REQUIRED if name not in heads), None)
    if unknown or (missing and len(wide) < 2) or (wide and not missing):
        problem = "is no column of a glossary" if unknown or wide else "is missing"
        column = unknown or (wide[0] if wide else missing)
        remedy = f"Columns: {', '.join(COLUMNS)}; or one for each language, the source's first (fr, en, de)."
        raise GlossaryError(f"column {column!r} {problem}", where=f"{where}, line 1", remedy=remedy)
    return wide


def _wide_terms(cells: Mapping[str, str], languages: Sequence[str], where: str, line: int) -> Iterator[Term]:
    source, *targets = languages
    for target in targets:
        first, *admitted = _values(cells.get(target, "")) or [""]
        named = {"source_language": source, "target_language": target, "source": cells.get(source, "")}
        if first:
            both = _joined((*admitted, *_values(cells.get("admitted", ""))))
            yield _term({**cells, **named, "translation": first, "admitted": both}, where, line)


def _term(cells: Mapping[str, str], where: str, line: int) -> Term:
    def fail(column: str, problem: str) -> GlossaryError:
        return _bad(where, line, problem, column=column)

    def day(column: str) -> dt.date | None:
        value = cells.get(column, "").strip()
        try:
            return dt.date.fromisoformat(value) if value else None
        except ValueError as error:
            raise fail(column, f"{value!r} is no date; write it as 2026-01-31") from error

    for column in _REQUIRED:
        if not clean(cells.get(column, "")):
            raise fail(column, "is empty")
    for column in ("source_language", "target_language"):
        if not _TAG.fullmatch(cells[column].strip()):
            raise fail(column, f"{cells[column].strip()!r} is no language; write a tag such as fr or de-CH")
    part = cells.get("part_of_speech", "").strip().lower()
    if part and part not in PARTS_OF_SPEECH:
        raise fail("part_of_speech", f"{part!r} is not allowed; allowed: {', '.join(PARTS_OF_SPEECH)}")
    cased = cells.get("case_sensitive", "").strip().lower()
    if cased not in _YES:
        raise fail("case_sensitive", f"{cased!r} is not allowed; write yes or no")
    roles = _values(cells.get("roles", ""))
    for role in roles:
        if role not in set(Role):
            raise fail("roles", f"{role!r} is no role; roles: {', '.join(Role)}")
    since, until = day("valid_from"), day("valid_until")
    if since and until and until < since:
        raise fail("valid_until", "is before valid_from")
    translations = (clean(cells["translation"]), *_values(cells.get("admitted", "")))
    forbidden = _values(cells.get("forbidden", ""))
    both = next((one for one in forbidden if one in translations), None)
    if both:
        raise fail("forbidden", f"{both!r} is also a translation")
    return Term(
        clean(cells["source"]),
        cells["source_language"].strip(),
        cells["target_language"].strip(),
        tuple(dict.fromkeys(translations)),
        tuple(dict.fromkeys(forbidden)),
        part,
        _YES[cased],
        tuple(dict.fromkeys(roles)),
        since,
        until,
        cells.get("note", "").strip(),
    )


def clean(text: str) -> str:
    """Return the words of a term as they are compared: composed signs (NFC), single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _values(cell: str) -> list[str]:
    pieces = [cell[match.start() : match.end()] for match in _PIECE.finditer(cell) if match.group()]
    return [value for piece in pieces if (value := clean(_ESCAPED.sub(r"\1", piece)))]


def _joined(values: Iterable[str]) -> str:
    return _SEPARATOR.join(value.replace("\\", "\\\\").replace("|", "\\|") for value in values)


def _bad(where: str, line: int, problem: str, *, column: str = "") -> GlossaryError:
    told = f"column {column!r}: {problem}" if column else problem
    return GlossaryError(told, where=f"{where}, line {line}", remedy="Mend it; nothing was changed.")
