"""A slice of bench/faults.py: whatever strikes, nothing that people wrote is lost, and the next run completes."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults import interposer

ROOT = Path(__file__).resolve().parents[2]


def test_faults_lose_nothing(tmp_path: Path) -> None:
    if why := interposer.lacking() or ("" if shutil.which("msgfmt") else "gettext is not installed"):
        pytest.skip(why)
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.table", "--quick"],
        cwd=ROOT, env=interposer.environment(interposer.built(tmp_path)), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "losses: 0" in done.stdout
