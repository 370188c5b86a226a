from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
import time
from pathlib import Path

import pytest

from translate.errors import MemoryFileError
from translate.knowledge.history import _SCHEMA, Shown, forget, keep, kept, name


def shown(number: int, language: str = "en", package: str = "fr_en/1", document: str = "port") -> Shown:
    return Shown(language, f"Texte {number}.", f"Text {number}.", package, document)


def names(*numbers: int) -> list[tuple[str, str]]:
    return [name(f"Texte {number}.", f"Text {number}.") for number in numbers]


def test_drafts_come_back_by_their_hashes_in_their_language(tmp_path: Path) -> None:
    path = tmp_path / "desk" / "drafts.sqlite"
    keep(path, [shown(1), shown(2), shown(1), shown(3, "de")])
    keep(path, [shown(1)])
    assert kept(path, "en", names(1, 2, 3)) == dict(zip(names(1, 2), ["Text 1.", "Text 2."], strict=True))
    assert list(kept(path, "de", names(1, 3))) == names(3)


def test_a_history_that_is_not_there_is_empty_and_not_made_by_looking(tmp_path: Path) -> None:
    path = tmp_path / "drafts.sqlite"
    assert kept(path, "en", names(1)) == {}
    assert forget(path, "memory", "port") == 0
    keep(path, [])
    assert not path.exists()
    keep(path, [shown(1)])
    path.unlink()
    keep(path, [shown(2)])
    assert list(kept(path, "en", names(1, 2))) == names(2)


def test_only_the_newest_drafts_stay(tmp_path: Path) -> None:
    path = tmp_path / "drafts.sqlite"
    for number in range(9):
        keep(path, [shown(number)], most=4)
    assert list(kept(path, "en", names(*range(9)))) == names(5, 6, 7, 8)


def test_what_is_forgotten_is_not_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "drafts.sqlite"
    keep(path, [shown(1), shown(2, package="memory"), shown(3, document="secret"), shown(4, document="")])
    assert forget(path, "memory") == 1
    assert forget(path, "memory", "secret") == 1
    assert list(kept(path, "en", names(1, 2, 3, 4))) == names(1, 4)
    assert b"Text 1." in path.read_bytes()
    assert b"Text 2." not in path.read_bytes()
    assert b"Text 3." not in path.read_bytes()


@pytest.mark.parametrize("content", [b"no database at all, but long enough for one" * 40, None])
def test_another_file_is_refused_and_left_alone(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "drafts.sqlite"
    if content is None:
        other = sqlite3.connect(path)
        other.execute("create table mine (words text)")
        other.close()
    else:
        path.write_bytes(content)
    before = path.read_bytes()
    for act in (lambda: keep(path, [shown(1)]), lambda: kept(path, "en", names(1)), lambda: forget(path, "memory")):
        with pytest.raises(MemoryFileError) as refused:
            act()
        assert refused.value.where == str(path)
        assert "ove it away" in refused.value.remedy
    assert path.read_bytes() == before


def _keep_many(path: Path, first: int) -> None:
    for number in range(first, first + 40):
        keep(path, [shown(number)])


def test_two_runs_may_write_at_once(tmp_path: Path) -> None:
    path = tmp_path / "drafts.sqlite"
    spawn = multiprocessing.get_context("spawn")
    runs = [spawn.Process(target=_keep_many, args=(path, first)) for first in (0, 40)]
    for run in runs:
        run.start()
    for run in runs:
        run.join(60)
        assert run.exitcode == 0
    assert len(kept(path, "en", names(*range(80)))) == 80


def test_who_comes_while_the_file_is_made_waits(tmp_path: Path) -> None:
    path = tmp_path / "drafts.sqlite"
    first = sqlite3.connect(path, isolation_level=None)
    first.execute("begin immediate")
    second = multiprocessing.get_context("spawn").Process(target=_keep_many, args=(path, 0))
    second.start()
    time.sleep(3)
    first.execute(_SCHEMA)
    first.execute("pragma user_version = 1")
    first.execute("commit")
    first.close()
    second.join(60)
    assert second.exitcode == 0
    assert len(kept(path, "en", names(*range(40)))) == 40


def _keep_for_ever(path: Path) -> None:
    for number in range(10**9):
        keep(path, [shown(number)])


def test_a_kill_leaves_what_was_kept(tmp_path: Path) -> None:
    path = tmp_path / "drafts.sqlite"
    run = multiprocessing.get_context("spawn").Process(target=_keep_for_ever, args=(path,))
    run.start()
    waiting = time.monotonic()
    while not (path.exists() and kept(path, "en", names(3))):
        assert time.monotonic() - waiting < 60
        time.sleep(0.05)
    assert run.pid
    os.kill(run.pid, signal.SIGKILL)
    run.join(60)
    keep(path, [shown(-1)])
    assert len(kept(path, "en", names(-1, 0, 1, 2, 3))) == 5
