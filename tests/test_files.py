"""Files: one or the other, never half of one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from translate import files
from translate.errors import UsageError, WriteError
from translate.files import exclusive, replacing, sweep, write_atomic, write_if_changed


def test_mode_and_bytes(tmp_path: Path) -> None:
    path = tmp_path / "new" / ("é" * 120)
    write_atomic(path, b"1")
    path.chmod(0o640)
    write_atomic(path, b"2")
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"2", 0o640)
    assert list(path.parent.iterdir()) == [path]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real", tmp_path / "link"
    real.write_bytes(b"1")
    link.symlink_to(real)
    write_atomic(link, b"2")
    assert link.is_symlink()
    assert real.read_bytes() == b"2"


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")

    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(*((os, "fsync") if step == "fsync" else (Path, "replace")), fail)
    with pytest.raises(WriteError, match="disk full"):
        write_atomic(path, b"new")
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("a", b"old")]


def test_write_if_changed(tmp_path: Path) -> None:
    path = tmp_path / "a"
    assert write_if_changed(path, b"1")
    node = path.stat().st_ino
    assert not write_if_changed(path, b"1")
    assert path.stat().st_ino == node


def test_second_holder_says_so(tmp_path: Path) -> None:
    lock = tmp_path / "desk" / "lock"
    with exclusive(lock, timeout=0):
        with pytest.raises(UsageError, match="another run") as caught, exclusive(lock, timeout=0.05):
            pass
        assert caught.value.where == str(lock)
    with exclusive(lock, timeout=0):
        pass


def test_what_a_killed_run_left_is_swept_and_nothing_else(tmp_path: Path) -> None:
    kept = [tmp_path / "notes.tmp", tmp_path / ".hidden.tmp", tmp_path / ".port.po.swp", tmp_path / "port.po"]
    left = tmp_path / "en" / ".port.po.x7_ab12c.tmp"
    left.parent.mkdir()
    for path in (*kept, left):
        path.write_text("x")
    sweep(tmp_path, deep=True)
    assert not left.exists()
    assert all(path.exists() for path in kept)


@pytest.mark.skipif(os.name != "posix", reason="elsewhere a file in use cannot be removed")
def test_a_sweep_leaves_what_is_being_written(tmp_path: Path) -> None:
    path = tmp_path / "a"
    with replacing(path) as stream:
        stream.write(b"1")
        sweep(tmp_path)
    assert [one.name for one in tmp_path.iterdir()] == ["a"]


@pytest.mark.parametrize("exchanged", [True, False])
def test_what_is_checked_is_what_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exchanged: bool) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"theirs")
    seen = []

    def check(there: Path) -> None:
        seen.append(there.read_bytes())
        if len(seen) == 1:
            raise UsageError("not yours")

    if not exchanged:
        monkeypatch.setattr(files, "_exchange", lambda *_: False)
    with pytest.raises(UsageError, match="not yours"), replacing(path, check) as stream:
        stream.write(b"ours")
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("a", b"theirs")]
    with replacing(path, check) as stream:
        stream.write(b"ours")
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("a", b"ours")]
    assert seen == [b"theirs", b"theirs"]
