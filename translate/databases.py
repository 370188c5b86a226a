"""Open the SQLite files of a desk: made once, whoever comes first, and never taken for broken while they are in use."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from translate.errors import DeskError, MemoryFileError, WriteError
from translate.files import refused

# What the system refuses, by the beginning of SQLite's name for it.
_SYSTEM = ("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")
_REMEDY = "Make room on the disk, and the file and its folder writable; then run the command again. Nothing was lost."


class OtherVersionError(sqlite3.DatabaseError):
    """Say that a file is of another version, or of another program."""

    def __init__(self, version: int) -> None:
        """Keep the version that the file has."""
        super().__init__(f"it has version {version}")
        self.version = version


def connected(path: Path, schema: str, version: int, *, wait: float) -> sqlite3.Connection:
    """Open a database, made where there is none; whoever else writes to it is waited for (seconds).

    Raises:
        sqlite3.Error: it cannot be used.
        OtherVersionError: it is of another version.
        WriteError: its folder cannot be made.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise refused(error, path.parent) from error
    database = sqlite3.connect(path, timeout=wait)
    try:
        if _version(database) == 0:
            # Of two that find no tables, the second waits here until the first has made them.
            database.execute("begin immediate")
            if _version(database) == 0 and not database.execute("select 1 from sqlite_schema").fetchone():
                for statement in schema.split(";"):
                    database.execute(statement)
                database.execute(f"pragma user_version = {version}")
            database.commit()
        found = _version(database)
        if found != version:
            raise OtherVersionError(found)
    except BaseException:
        database.close()
        raise
    return database


def unusable(error: sqlite3.Error, path: Path, problem: str, remedy: str) -> DeskError:
    """Return what to say of an error of SQLite: `remedy` is that of a broken file; others are the system's."""
    said = f"{problem}: {error}"
    name = getattr(error, "sqlite_errorname", "") or ""
    if name.startswith(_SYSTEM):
        return WriteError(said, where=str(path), remedy=_REMEDY)
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return MemoryFileError(said, where=str(path), remedy="Another program uses it: run the command again.")
    return MemoryFileError(said, where=str(path), remedy=remedy)


def _version(database: sqlite3.Connection) -> int:
    found: int = database.execute("pragma user_version").fetchone()[0]
    return found
