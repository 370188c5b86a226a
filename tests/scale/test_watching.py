"""The desk is followed as people use it: by a process that stays."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import polib
import pytest

PATIENCE = 60.0


def until(condition) -> None:
    last = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < last
        time.sleep(0.05)


@pytest.mark.slow
def test_what_is_saved_is_drafted_and_assembled(desk: Path):
    command = [sys.executable, "-m", "translate", "watch"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        command, cwd=desk, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
    )
    try:
        assert process.stdout is not None
        while not process.stdout.readline().startswith("Watching"):
            assert process.poll() is None
        edition = desk / "output/en/new.txt"
        (desk / "source/new.txt").write_text("Le port rouvre demain.\n")
        until(edition.is_file)
        path = desk / "locales/en/LC_MESSAGES/new.po"
        file = polib.pofile(str(path))
        assert file[0].msgstr
        file[0].msgstr, file[0].flags = "A person wrote this.", []
        file.save(str(path))
        until(lambda: "A person wrote this." in edition.read_text())
        toml = desk / "translate.toml"
        toml.write_text(toml.read_text().replace("[", 'editions = ["text", "html", "markdown", "odt"]\n[', 1)
                        if "\n[" in toml.read_text() else toml.read_text() + '\neditions = ["text", "odt"]\n')  # fmt: skip
        until((desk / "output/en/new.odt").is_file)
        # A document that cannot be read is told of, and nothing ends.
        (desk / "source/broken.txt").write_bytes(b"\x00\x01\x02")
        (desk / "source/last.txt").write_text("Le dernier texte.\n")
        until((desk / "output/de/last.txt").is_file)
    finally:
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "broken.txt" in out
