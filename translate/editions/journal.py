"""The log of what was published: what, when, which revision of which catalog; one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from translate.errors import EditionError
from translate.files import write_atomic

#: The name of the log, below the output folder.
FILE = "published.jsonl"


class What(StrEnum):
    """What happened to the page of an edition."""

    PUBLISHED = "published"
    UPDATED = "updated"
    CORRECTED = "corrected"
    STALE = "stale"
    CURRENT = "current"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the log. `edition`, `catalog` and `source` are the SHA-256 of what stood then; empty where nothing did.

    `stale` says that the source changed and no new edition could leave; `current` that a page was made again, or is up
    to its source again, and reads as before.
    """

    when: str
    what: What
    document: str
    language: str
    edition: str = ""
    catalog: str = ""
    source: str = ""


class Journal:
    """The rows of a log, by document and language, oldest first."""

    def __init__(self, rows: Iterable[Row] = ()) -> None:
        """Keep the rows."""
        self.rows: list[Row] = []
        self._by_edition: dict[tuple[str, str], list[Row]] = {}
        for row in rows:
            self.add(row)

    def add(self, row: Row) -> None:
        """Add the next row."""
        self.rows.append(row)
        self._by_edition.setdefault((row.document, row.language), []).append(row)

    def of(self, document: str, language: str) -> list[Row]:
        """Return what happened to an edition since it was published, or published again after it was withdrawn."""
        rows = self._by_edition.get((document, language), [])
        last = max((place for place, row in enumerate(rows) if row.what is What.WITHDRAWN), default=-1)
        return rows[last + 1 :]

    def out(self) -> list[tuple[str, str]]:
        """Return the documents and languages that are published now."""
        return [key for key, rows in self._by_edition.items() if rows[-1].what is not What.WITHDRAWN]

    def withdrawn(self) -> list[tuple[str, str]]:
        """Return the documents and languages that were published once, and are not now."""
        return [key for key, rows in self._by_edition.items() if rows[-1].what is What.WITHDRAWN]


def last_edition(rows: Sequence[Row]) -> Row:
    """Return the newest row that has an edition: the first row of a page always has one."""
    return next(row for row in reversed(rows) if row.edition)


def load(path: Path) -> Journal:
    """Read a log; one that is not there is empty.

    Raises:
        EditionError: a line is none of ours.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return Journal()
    rows = []
    for number, line in enumerate(lines, 1):
        try:
            value = json.loads(line)
            rows.append(Row(**{**value, "what": What(value["what"])}))
        except (ValueError, TypeError, KeyError) as error:
            raise EditionError(
                f"line {number} is no line of a log of publications: {line[:60]!r}",
                where=str(path),
                remedy="Take it back from version control; nothing was published.",
            ) from error
    return Journal(rows)


def save(path: Path, journal: Journal) -> None:
    """Write a log in one step."""
    # `asdict` copies deeply: a third of the time of a site's one change.
    rows = ({name: getattr(row, name) for name in Row.__slots__} for row in journal.rows)
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    write_atomic(path, "".join(lines).encode())
