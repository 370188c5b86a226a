"""Records: what a run made of which bytes, so that the next one does only what is new; one SQLite file a desk.

It is this machine's and can be deleted: then everything is looked at again, and nothing else changes.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from translate.databases import connected, unusable
from translate.files import digest

_VERSION = 1
_WAIT = 60.0
# A file that was written so shortly before it was read (nanoseconds) may have been written again in the same tick.
_TICK = 2_000_000_000
_SCHEMA = """
create table files (path text primary key, mtime integer, size integer, inode integer, read integer, hash text);
create table outcomes (
    document text, language text, key text, states text, segments integer, words integer, findings text, found integer,
    errors integer, editions text, outputs text, primary key (document, language)) without rowid;
create table translations (language text, entry text, words text, document text);
create index by_entry on translations (language, entry);
create index by_document on translations (document, language);"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was made of a document in a language.

    `key` is a hash of all that it was made of. `states` count its segments; `words` are the source's. `findings` and
    `editions` are rows of JSON; `outputs` are the files that were written and their hashes, None where none were.
    """

    document: str
    language: str
    key: str
    states: Mapping[str, int]
    segments: int
    words: int
    findings: Sequence[Mapping[str, Any]]
    errors: int
    editions: Sequence[Mapping[str, Any]] = ()
    outputs: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What is kept of an outcome without its details: `found` findings."""

    document: str
    language: str
    key: str
    states: Mapping[str, int]
    segments: int
    words: int
    found: int
    errors: int
    outputs: Mapping[str, str] | None


@dataclass(slots=True)
class Records:
    """The records of a desk, open."""

    database: sqlite3.Connection
    _files: dict[str, tuple[int, int, int, int, str]] = field(default_factory=dict)
    _changed: dict[str, tuple[int, int, int, int, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Load what is known of files: one query for all of them."""
        rows = self.database.execute("select path, mtime, size, inode, read, hash from files")
        self._files = {path: (mtime, size, inode, read, hash_) for path, mtime, size, inode, read, hash_ in rows}

    def hash(self, path: Path) -> str:
        """Return the SHA-256 of a file, empty where there is none; one that nobody wrote since is not read again."""
        name = str(path)
        try:
            told = path.stat()
        except OSError:
            return ""
        known = self._files.get(name)
        if known and known[:3] == (told.st_mtime_ns, told.st_size, told.st_ino) and known[3] - known[0] > _TICK:
            return known[4]
        read = time.time_ns()
        try:
            found = digest(path.read_bytes())
        except OSError:
            return ""
        row = told.st_mtime_ns, told.st_size, told.st_ino, read, found
        self._files[name] = self._changed[name] = row
        return found

    def known(self) -> dict[tuple[str, str], Known]:
        """Return what is kept of every document and language, without details."""
        rows = self.database.execute(
            "select document, language, key, states, segments, words, found, errors, outputs from outcomes"
        )
        return {
            (document, language): Known(
                document, language, key, json.loads(states), segments, words, found, errors, json.loads(outputs)
            )
            for document, language, key, states, segments, words, found, errors, outputs in rows
        }

    def whole(self, one: Known) -> Outcome:
        """Return an outcome with its details."""
        document, language = one.document, one.language
        findings, editions = self.findings(document, language), self.editions(document, language)
        return Outcome(
            document,
            language,
            one.key,
            one.states,
            one.segments,
            one.words,
            findings,
            one.errors,
            editions,
            one.outputs,
        )

    def findings(self, document: str, language: str) -> list[dict[str, Any]]:
        """Return the findings that are kept of a document in a language."""
        return self._detail("findings", document, language)

    def editions(self, document: str, language: str) -> list[dict[str, Any]]:
        """Return what is kept of the editions of a document in a language."""
        return self._detail("editions", document, language)

    def keep(self, outcomes: Iterable[Outcome]) -> None:
        """Keep some outcomes, in place of what was known of these documents and languages."""
        self.database.executemany(
            "insert or replace into outcomes values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    one.document, one.language, one.key, _dump(dict(one.states)), one.segments, one.words,
                    _dump(list(one.findings)), len(one.findings), one.errors, _dump(list(one.editions)),
                    _dump(None if one.outputs is None else dict(one.outputs)),
                )
                for one in outcomes
            ),
        )  # fmt: skip
        self.commit()

    def commit(self) -> None:
        """Write down what is known of files and outcomes; an interruption after it loses nothing of that."""
        self.database.executemany(
            "insert or replace into files values (?, ?, ?, ?, ?, ?)",
            ((path, *row) for path, row in self._changed.items()),
        )
        self._changed.clear()
        self.database.commit()

    def translated(self, document: str, language: str, entries: Mapping[str, str]) -> set[str]:
        """Note the words of each entry of a catalog (hashes); return the entries of which a desk's words changed.

        Only those count that are, or were, translated in more than one way.
        """
        before = dict(
            self.database.execute(
                "select entry, words from translations where document = ? and language = ?", (document, language)
            ).fetchall()
        )
        changed = [entry for entry in before.keys() | entries.keys() if before.get(entry) != entries.get(entry)]
        if not changed:
            return set()
        were = {entry: self._ways(language, entry) for entry in changed}
        self.database.executemany(
            "delete from translations where document = ? and language = ? and entry = ?",
            ((document, language, entry) for entry in changed),
        )
        self.database.executemany(
            "insert into translations values (?, ?, ?, ?)",
            ((language, entry, entries[entry], document) for entry in changed if entry in entries),
        )
        now = {entry: self._ways(language, entry) for entry in changed}
        return {entry for entry in changed if were[entry] != now[entry] and max(len(were[entry]), len(now[entry])) > 1}

    def holders(self, language: str, entry: str) -> list[str]:
        """Return the documents that have an entry."""
        rows = self.database.execute(
            "select document from translations where language = ? and entry = ? order by document", (language, entry)
        )
        return [document for (document,) in rows]

    def rivals(self, document: str, language: str) -> set[str]:
        """Return documents that have other words for entries of a document: one for each of these words."""
        rows = self.database.execute(
            "select min(other.document) from translations own join translations other"
            " on own.language = other.language and own.entry = other.entry and own.words != other.words"
            " where own.document = ? and own.language = ? group by own.entry, other.words",
            (document, language),
        )
        return {rival for (rival,) in rows}

    def look_again(self, document: str, language: str) -> None:
        """Let an outcome hold no longer."""
        self.database.execute("update outcomes set key = '' where document = ? and language = ?", (document, language))

    def drop_others(self, documents: Container[str]) -> None:
        """Forget documents that are not there any more."""
        rows = self.database.execute("select distinct document from outcomes").fetchall()
        gone = [(document,) for (document,) in rows if document not in documents]
        for table in ("outcomes", "translations"):
            self.database.executemany(f"delete from {table} where document = ?", gone)

    def _ways(self, language: str, entry: str) -> frozenset[str]:
        rows = self.database.execute(
            "select distinct words from translations where language = ? and entry = ?", (language, entry)
        )
        return frozenset(words for (words,) in rows)

    def _detail(self, column: str, document: str, language: str) -> list[dict[str, Any]]:
        row = self.database.execute(
            f"select {column} from outcomes where document = ? and language = ?", (document, language)
        ).fetchone()
        found: list[dict[str, Any]] = json.loads(row[0]) if row else []
        return found


@contextmanager
def opened(path: Path) -> Iterator[Records]:
    """Open the records of a desk; what is broken, or of another version, is begun anew.

    Raises:
        WriteError: they cannot be written.
        MemoryFileError: another program keeps them, or they turn out to be broken while they are read.
    """
    with _told(path), closing(_connected(path)) as database:
        records = Records(database)
        yield records
        records.commit()


@contextmanager
def glanced(path: Path) -> Iterator[Records]:
    """Open the records of a desk only to read them; where there are none that can be read, nothing is known.

    Raises:
        MemoryFileError: they turn out to be broken while they are read.
    """
    with _told(path), closing(_read_only(path)) as database:
        yield Records(database)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        remedy = "Delete the file: then everything is looked at again, and nothing else changes."
        raise unusable(error, path, "the records of what was done cannot be used", remedy) from error


def _connected(path: Path) -> sqlite3.Connection:
    try:
        return connected(path, _SCHEMA, _VERSION, wait=_WAIT)
    except sqlite3.OperationalError:
        # They are in use, or the disk is full: no reason to delete them.
        raise
    except sqlite3.DatabaseError:
        path.unlink(missing_ok=True)
        return connected(path, _SCHEMA, _VERSION, wait=_WAIT)


def _read_only(path: Path) -> sqlite3.Connection:
    with suppress(sqlite3.Error):
        database = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=_WAIT)
        with suppress(sqlite3.Error):
            if database.execute("pragma user_version").fetchone()[0] == _VERSION:
                return database
        database.close()
    nothing = sqlite3.connect(":memory:")
    nothing.executescript(_SCHEMA)
    return nothing


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
