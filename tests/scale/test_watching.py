"""The desk is followed as people use it: by a process that stays."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import polib
import pytest
from watchfiles import Change

from translate.engines.model import Options
from translate.errors import MissingPackageError, ProjectError
from translate.project import load
from translate.scale.watching import Engines, saved

PATIENCE = 60.0


def until(condition) -> None:
    last = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < last
        time.sleep(0.05)


def test_engines_are_those_of_the_settings_as_they_are_now(desk: Path):
    engines, opened = Engines(), load(desk)
    (first,) = engines.find(opened, "en", Options())
    assert engines.find(opened, "en", Options()) == (first,)
    with pytest.raises(MissingPackageError):
        engines.find(replace(opened, source="it"), "en", Options())
    with pytest.raises(ProjectError):
        engines.find(replace(opened, engine="another"), "en", Options())


def test_folders_are_passed_over_for_their_place_not_for_their_name(desk: Path, monkeypatch: pytest.MonkeyPatch):
    project = load(desk.rename(desk.parent / "output"))
    document = project.source_folder / "output" / "new.txt"
    document.parent.mkdir()
    document.write_text("Le port rouvre demain.\n")
    taken: list[bool] = []

    def watch(*_, watch_filter, **__):
        yield set()
        paths = [project.output_folder / "en/new.txt", project.local_folder / "lock", project.root / ".git/index"]
        for path in (*paths, document):
            taken.append(watch_filter(Change.modified, str(path)))
            if taken[-1]:
                yield {(Change.modified, str(path))}

    monkeypatch.setattr("watchfiles.watch", watch)
    assert list(saved(project)) == [[], ["output/new"]]
    assert taken == [False, False, False, True]


@pytest.mark.slow
def test_what_is_saved_is_drafted_and_assembled(desk: Path):
    command = [sys.executable, "-m", "translate", "watch"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    said = desk.parent / "said"
    with said.open("w") as stream:
        process = subprocess.Popen(command, cwd=desk, stdout=stream, stderr=stream, env=environment)
    try:
        until(lambda: "Watching" in said.read_text())
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
        toml.write_text('editions = ["text", "odt"]\n' + re.sub("(?m)^editions.*$", "", toml.read_text()))
        until((desk / "output/en/new.odt").is_file)
        # A document that cannot be read is told of, and nothing ends.
        (desk / "source/broken.txt").write_bytes(b"\x00\x01\x02")
        (desk / "source/last.txt").write_text("Le dernier texte.\n")
        until(lambda: (desk / "output/de/last.txt").is_file() and "broken.txt" in said.read_text())
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 130
