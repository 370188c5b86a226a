"""The ledger: every decision made in the workbench, so that it can be taken back, shown, and its pace measured.

It is this machine's and can be deleted: the words themselves are in the catalogs.
"""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path

from translate.catalogs.units import Key, words
from translate.databases import connected, unusable

_VERSION = 1
_WAIT = 30.0
_SCHEMA = """
create table decisions (
    id integer primary key autoincrement, at text not null, person text not null, act text not null,
    document text not null, language text not null, context text, source text not null,
    before text not null, after text not null, undone integer not null default 0);
create index by_entry on decisions (language, source, context);
create index by_person on decisions (person, document, language);"""
# A pause of so many seconds is no work; the pace is that of the newest so many decisions.
_PAUSE = 300.0
_NEWEST = 500
_SELECTED = "id, at, person, act, document, language, context, source, before, after"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All of an entry that a decision may change."""

    text: str
    flags: tuple[str, ...]
    comment: str
    previous: str | None
    previous_context: str | None


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about an entry: when (ISO 8601), and how it was before and after; `id` is the ledger's."""

    at: str
    person: str
    act: str
    document: str
    language: str
    key: Key
    before: Snapshot
    after: Snapshot
    id: int = 0


@dataclass(frozen=True, slots=True)
class Ledger:
    """The decisions in a SQLite file, opened anew for each call: handlers run in threads."""

    path: Path

    @contextmanager
    def noting(self, one: Decision) -> Iterator[None]:
        """Write a decision down if what happens in the block goes well.

        Raises:
            MemoryFileError: the file is broken.
            WriteError: it cannot be written.
        """
        context, source = one.key
        row = (one.at, one.person, one.act, one.document, one.language, context, source, _dump(one.before))
        with self._opened() as database:
            database.execute(
                "insert into decisions (at, person, act, document, language, context, source, before, after)"
                " values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (*row, _dump(one.after)),
            )
            yield

    def of(self, language: str, key: Key, limit: int = 20) -> list[Decision]:
        """Return what was decided about a text in a language, in whatever document, the newest first."""
        where = "where language = ? and source = ? and context is ? and undone != 1 order by id desc limit ?"
        return self._select(where, (language, key[1], key[0], limit))

    def last(self, person: str, document: str, language: str) -> Decision | None:
        """Return the newest decision of a person in a story that may be taken back."""
        where = "where person = ? and document = ? and language = ? and not undone order by id desc limit 1"
        return next(iter(self._select(where, (person, document, language))), None)

    @contextmanager
    def taking_back(self, one: Decision) -> Iterator[None]:
        """Note that a decision was taken back if what happens in the block goes well.

        Raises:
            MemoryFileError: the file is broken.
            WriteError: it cannot be written.
        """
        with self._opened() as database:
            database.execute("update decisions set undone = 1 where id = ?", (one.id,))
            yield

    def stays(self, one: Decision) -> None:
        """Note that a decision cannot be taken back any more."""
        with self._opened() as database:
            database.execute("update decisions set undone = 2 where id = ?", (one.id,))

    def newest(self) -> dict[tuple[str, str], str]:
        """Return when each document and language was last worked in (ISO 8601)."""
        with self._opened() as database:
            rows = database.execute("select document, language, max(at) from decisions group by document, language")
            return {(document, language): at for document, language, at in rows}

    def pace(self, language: str) -> float | None:
        """Return how many source words an hour the desk reviews into a language; None where nobody has yet."""
        found = self._select("where language = ? and undone != 1 order by id desc limit ?", (language, _NEWEST))[::-1]
        return pace([(dt.datetime.fromisoformat(one.at), words([one.key[1]])) for one in found])

    def _select(self, where: str, values: Sequence[object]) -> list[Decision]:
        with self._opened() as database:
            rows = database.execute(f"select {_SELECTED} from decisions {where}", values).fetchall()
        return [
            Decision(at, person, act, document, language, (context, source), _load(before), _load(after), number)
            for number, at, person, act, document, language, context, source, before, after in rows
        ]

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        try:
            database = connected(self.path, _SCHEMA, _VERSION, wait=_WAIT)
            try:
                with database:
                    database.execute("begin immediate")
                    yield database
            finally:
                database.close()
        except sqlite3.Error as error:
            remedy = "Move it away; the catalogs have every word, only the history of entries is lost."
            raise unusable(error, self.path, "the ledger of the workbench cannot be used", remedy) from error


def pace(done: Sequence[tuple[dt.datetime, int]]) -> float | None:
    """Return words an hour of decisions in order, pauses left out; None of fewer than two.

    >>> noon = dt.datetime(2026, 5, 1, 12)
    >>> pace([(noon, 9), (noon + dt.timedelta(minutes=1), 20), (noon + dt.timedelta(minutes=2), 10)])
    900.0
    """
    seconds = counted = 0.0
    for (before, _), (after, number) in pairwise(done):
        took = (after - before).total_seconds()
        if 0 <= took <= _PAUSE:
            seconds, counted = seconds + took, counted + number
    return counted * 3600 / seconds if seconds else None


def _dump(one: Snapshot) -> str:
    return json.dumps(asdict(one), ensure_ascii=False)


def _load(text: str) -> Snapshot:
    value = json.loads(text)
    return Snapshot(**{**value, "flags": tuple(value["flags"])})
