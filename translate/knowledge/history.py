"""The history of a desk's drafts: the words that people were shown, so that what they changed can be measured later.

A catalog keeps a hash of each draft (see `catalogs.provenance`); this file has the words of that hash. It is this
machine's and can be deleted: what was drafted before is then not known, and drafting goes on.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from translate.catalogs.provenance import fingerprint
from translate.databases import OtherVersionError, connected, unusable
from translate.errors import MemoryFileError

_VERSION = 1
# A history that another run writes to is waited for (seconds).
_WAIT = 60.0
# The newest drafts, about 150 MB of them: a desk measures the drafts of the last months, not of the last decade.
_MOST = 500_000
_SCHEMA = """
create table drafts (
    id integer primary key autoincrement, language text not null, source text not null, hash text not null,
    package text not null, document text not null, text text not null, unique (language, source, hash));
"""

#: What names a draft in a language: the hash of its source and its own.
Name = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Shown:
    """A draft as people are shown it: of which source, by which package (or the memory), in which document."""

    language: str
    source: str
    text: str
    package: str
    document: str


def name(source: str, text: str) -> Name:
    """Return what names a draft."""
    return fingerprint(source), fingerprint(text)


def keep(path: Path, drafts: Iterable[Shown], most: int = _MOST) -> None:
    """Keep some drafts, the newest `most` of all; one that is kept already stays as it is.

    Raises:
        MemoryFileError: the file is no history of this kind, or broken.
        WriteError: it cannot be written.
    """
    rows = [(one.language, *name(one.source, one.text), one.package, one.document, one.text) for one in drafts]
    if not rows:
        return
    with _opened(path) as database:
        columns = "language, source, hash, package, document, text"
        database.executemany(f"insert or ignore into drafts ({columns}) values (?, ?, ?, ?, ?, ?)", rows)
        database.execute("delete from drafts where id <= (select max(id) from drafts) - ?", (most,))


def kept(path: Path, language: str, wanted: Iterable[Name]) -> Mapping[Name, str]:
    """Return those of some drafts in a language that are kept; a file that is not there is not made.

    Raises:
        MemoryFileError: the file is no history of this kind, or broken.
    """
    if not path.exists():
        return {}
    found = {}
    with _opened(path, "deferred") as database:
        for one in wanted:
            query = "select text from drafts where language = ? and source = ? and hash = ?"
            if row := database.execute(query, (language, *one)).fetchone():
                found[one] = str(row[0])
    return found


def forget(path: Path, package: str, document: str = "") -> int:
    """Delete the drafts of a package, and those of a document if one is named; return how many."""
    if not path.exists():
        return 0
    with _opened(path) as database:
        query = "delete from drafts where package = ? or (document = ? and document <> '')"
        return database.execute(query, (package, document)).rowcount


@contextmanager
def _opened(path: Path, lock: str = "immediate") -> Iterator[sqlite3.Connection]:
    try:
        database = connected(path, _SCHEMA, _VERSION, wait=_WAIT)
        try:
            # What was deleted is overwritten: it may be the words of a person who wants them gone.
            database.execute("pragma secure_delete = on")
            with database:
                database.execute(f"begin {lock}")
                yield database
        finally:
            database.close()
    except OtherVersionError as error:
        raise MemoryFileError(
            f"is no history of drafts of this version ({error.version}, not {_VERSION})",
            where=str(path),
            remedy="Move it away; a new one is made.",
        ) from error
    except sqlite3.Error as error:
        remedy = "Move it away; a new one is made."
        raise unusable(error, path, "the history of drafts cannot be used", remedy) from error
