"""The SQLite files of a desk: made once, whoever comes first; never taken for broken because they are in use."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from translate.databases import OtherVersionError, connected, unusable
from translate.errors import MemoryFileError, WriteError

SCHEMA = "create table a (b text); create table c (d text)"


def test_whoever_comes_first_makes_it_and_the_others_wait(tmp_path: Path) -> None:
    path = tmp_path / "new" / "a.sqlite"
    script = (
        "import sys; from pathlib import Path; from translate.databases import connected\n"
        f"with connected(Path({str(path)!r}), {SCHEMA!r}, 7, wait=60) as database:\n"
        "    database.execute('insert into a values (?)', (sys.argv[1],))"
    )
    started = [subprocess.Popen([sys.executable, "-c", script, str(number)]) for number in range(6)]
    assert [one.wait() for one in started] == [0] * 6
    found = connected(path, SCHEMA, 7, wait=1).execute("select b from a order by b").fetchall()
    assert found == [(str(number),) for number in range(6)]


def test_a_file_of_another_version_or_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    connected(path, SCHEMA, 7, wait=1).close()
    before = path.read_bytes()
    with pytest.raises(OtherVersionError) as caught:
        connected(path, SCHEMA, 8, wait=1)
    assert (caught.value.version, path.read_bytes()) == (7, before)
    foreign = sqlite3.connect(tmp_path / "b.sqlite")
    foreign.execute("create table theirs (x)")
    foreign.close()
    with pytest.raises(OtherVersionError):
        connected(tmp_path / "b.sqlite", SCHEMA, 7, wait=1)


def test_what_the_system_refuses_is_told_apart_from_what_is_broken(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    database = connected(path, SCHEMA, 7, wait=0)
    database.execute("pragma max_page_count = 4")
    with pytest.raises(sqlite3.OperationalError) as full:
        database.execute("insert into a values (zeroblob(100000))")
    database.close()
    told = unusable(full.value, path, "the list", "Move it away.")
    assert isinstance(told, WriteError)
    assert (told.where, "room" in told.remedy) == (str(path), True)
    path.write_bytes(b"no database" * 100)
    with pytest.raises(sqlite3.DatabaseError) as broken:
        connected(path, SCHEMA, 7, wait=0)
    told = unusable(broken.value, path, "the list", "Move it away.")
    assert isinstance(told, MemoryFileError)
    assert told.remedy == "Move it away."
