"""A slice of bench/faults.py: whatever strikes, nothing that people wrote is lost, and the next run completes."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults import interposer

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
def test_faults_lose_nothing(tmp_path: Path) -> None:
    if why := interposer.lacking() or ("" if shutil.which("msgfmt") else "gettext is not installed"):
        pytest.skip(why)
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.table", "--quick"],
        cwd=ROOT, env=interposer.environment(interposer.built(tmp_path)), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "losses: 0" in done.stdout


def test_a_small_disk_that_is_full(tmp_path: Path) -> None:
    """A real disk of half a megabyte, on which catalogs find no room; there is some again afterwards."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = ["mount", "-t", "tmpfs", "-o", "size=512k", "none", str(disk)]
    if sys.platform != "linux" or subprocess.run(mounted, capture_output=True, check=False).returncode:
        pytest.skip("a small disk cannot be mounted here")
    try:
        translate = [sys.executable, "-m", "translate"]

        def run(*words: str) -> subprocess.CompletedProcess[str]:
            return subprocess.run([*translate, *words], cwd=disk, capture_output=True, text=True, check=False)

        assert run("init").returncode == 0
        (disk / "source/port.txt").write_text("Le port rouvre.\n\nIl est calme.\n")
        assert run("extract").returncode == 0
        catalogs = {path: path.read_bytes() for path in disk.rglob("*.po")}
        filler = disk / "filler"
        with filler.open("wb", buffering=0) as stream, contextlib.suppress(OSError):
            while True:
                stream.write(b"x" * 4096)
        (disk / "source/port.txt").write_text("Le port rouvre.\n\nIl est vide.\n")
        full = run("extract")
        assert full.returncode == 3, full.stderr
        assert "Make room on the disk" in full.stderr
        assert {path: path.read_bytes() for path in disk.rglob("*.po")} == catalogs
        filler.unlink()
        assert run("extract").returncode == 0
        assert "Il est vide." in (disk / "locales/en/LC_MESSAGES/port.po").read_text()
        assert not list(disk.rglob("*.tmp"))
    finally:
        subprocess.run(["umount", str(disk)], check=True)
