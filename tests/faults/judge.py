"""What a desk is: whole or not, whose words it has, and whether it is the same as another."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import sqlite3
import subprocess
import tempfile
import tomllib
import zipfile
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import polib
from lxml import etree, html

# Row numbers and the times of files are not the same in two desks that are.
_VOLATILE = {"id", "mtime", "inode", "read"}
# What is only known of files, so that they need not be read again.
_NOTES = ("sqlite_sequence", "files", "learned")
_MEMORY = """select texts.language, texts.text, pairs.language, translation,
    document, context, roles, before, reviewer, date from pairs join texts on texts.id = pairs.text"""
_FORMS = (".po", ".pot", ".html", ".json", ".jsonl", ".xml", ".xlf", ".tmx", ".tbx", ".toml", ".docx", ".zip", ".xlsx")

State = Mapping[str, Any]


def state(desk: Path, ignored: Iterable[str] = ()) -> State:
    """Return the files of a desk by name: their bytes; of a database, its rows."""
    found: dict[str, Any] = {}
    for path in sorted(desk.rglob("*")):
        name = path.relative_to(desk).as_posix()
        if not path.is_file() or name.startswith((".translate/lock", *ignored)) or name.endswith("-journal"):
            continue
        found[name] = rows(path) if path.suffix == ".sqlite" else path.read_bytes()
    return found


def rows(path: Path) -> dict[str, list[str]]:
    """Return the rows of a database by table, from a copy: whoever opens a database also mends it."""
    with tempfile.TemporaryDirectory(dir=path.parents[2]) as scratch:
        copy = Path(shutil.copy(path, scratch))
        journal = path.with_name(f"{path.name}-journal")
        if journal.exists():
            shutil.copy(journal, scratch)
        database = sqlite3.connect(copy)
        try:
            said = database.execute("pragma integrity_check").fetchone()[0]
            if said != "ok":
                raise sqlite3.DatabaseError(f"integrity_check: {said}")
            tables = [name for (name,) in database.execute("select name from sqlite_schema where type = 'table'")]
            if "postings" in tables:
                return {
                    "pairs": sorted(map(repr, database.execute(_MEMORY))),
                    "forgotten": _rows(database, "forgotten"),
                }
            return {name: _rows(database, name) for name in tables if name not in _NOTES}
        finally:
            database.close()


def _rows(database: sqlite3.Connection, table: str) -> list[str]:
    columns = [row[1] for row in database.execute(f"pragma table_info({table})") if row[1] not in _VOLATILE]
    return sorted(map(repr, database.execute(f"select {', '.join(columns)} from {table}")))


def unfinished(path: Path) -> bool:
    """Say whether a file is where a package is put together: nobody reads it, and the next command clears it away."""
    return any(part.startswith(".install-") for part in path.parts)


def broken(desk: Path) -> list[str]:
    """Return the files of a desk that are not whole, and why."""
    found = []
    for path in desk.rglob("*"):
        if not path.is_file() or unfinished(path):
            continue
        try:
            if path.suffix == ".sqlite":
                rows(path)
            elif path.suffix in _FORMS:
                said = _judged(path.suffix, hashlib.sha256(data := path.read_bytes()).digest(), _Data(data))
                if said:
                    found.append(f"{path.relative_to(desk)}: {said}")
        except (sqlite3.Error, OSError) as error:
            found.append(f"{path.relative_to(desk)}: {error}")
    return found


class _Data(bytes):
    """Bytes that need not be hashed again to be looked up."""

    __slots__ = ()

    def __hash__(self) -> int:
        return 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Data)


@cache
def _judged(suffix: str, digest: bytes, data: _Data) -> str:
    """Return what is wrong with a file; each content is looked at once."""
    del digest
    try:
        if suffix in (".po", ".pot"):
            done = subprocess.run(
                ["msgfmt", "-c", "-o", "/dev/null", "-"], input=bytes(data), capture_output=True, check=False
            )
            return done.stderr.decode() if done.returncode else ""
        if suffix == ".json":
            json.loads(data)
        elif suffix == ".jsonl":
            for line in bytes(data).decode().splitlines():
                json.loads(line)
        elif suffix == ".toml":
            tomllib.loads(bytes(data).decode())
        elif suffix in (".xml", ".xlf", ".tmx", ".tbx"):
            etree.fromstring(bytes(data))
        elif suffix == ".html":
            if not bytes(data).rstrip().endswith(b"</html>"):
                return "its end is missing"
            html.document_fromstring(bytes(data))
        elif (bad := zipfile.ZipFile(io.BytesIO(data)).testzip()) is not None:
            return f"{bad} is damaged"
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return ""


def words(desk: Path) -> set[tuple[str, str]]:
    """Return the language and the words of every reviewed entry of a desk."""
    return {
        (path.parts[-3], entry.msgstr)
        for path in (desk / "locales").rglob("*.po")
        for entry in _read(path)
        if entry.msgstr and not entry.fuzzy
    }


def held(desk: Path) -> set[tuple[str, str]]:
    """Return the language and the words of every entry of a desk, whatever its state."""
    return {
        (path.parts[-3], entry.msgstr)
        for path in (desk / "locales").rglob("*.po")
        for entry in _read(path)
        if entry.msgstr
    }


def _read(path: Path) -> polib.POFile:
    return polib.pofile(path.read_text(encoding="utf-8") + "\n")


def differing(one: State, other: State) -> list[str]:
    """Return how two desks differ, file by file."""
    found = []
    for name in sorted(one.keys() | other.keys()):
        if name not in one:
            found.append(f"{name}: is left over")
        elif name not in other:
            found.append(f"{name}: is missing")
        elif one[name] != other[name]:
            found.append(f"{name}: differs{_how(one[name], other[name])}")
    return found


def _how(one: Any, other: Any) -> str:
    if isinstance(one, dict):
        return "".join(
            f"\n      {table}: - {sorted(set(one.get(table, [])) - set(other.get(table, [])))[:2]}"
            f" + {sorted(set(other.get(table, [])) - set(one.get(table, [])))[:2]}"
            for table in one.keys() | other.keys()
            if one.get(table) != other.get(table)
        )[:600]
    before, after = one.decode(errors="replace").splitlines(), other.decode(errors="replace").splitlines()
    lost = [line for line in before if line not in after][:2]
    new = [line for line in after if line not in before][:2]
    return f"\n      - {lost}\n      + {new}"[:600]
