from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import polib
import pytest

Run = Callable[..., Any]

FRENCH = ["Le port est fermé depuis 3 jours.", "Le gouvernement a annoncé la fin de la grève."]
ENGLISH = ["The port has been closed for 3 days.", "The government has announced the end of the strike."]


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    monkeypatch.chdir(folder)
    (folder / "text.fr").write_text("\n".join(FRENCH) + "\n", encoding="utf-8")
    (folder / "text.en").write_text("\n".join(ENGLISH) + "\n", encoding="utf-8")
    return folder


def test_files_are_drafted_and_scored_without_a_desk(files: Path, translate: Run) -> None:
    done = translate(
        "evaluate", "--source", "text.fr", "--reference", "text.en", "--lang", "en", "--save", "drafts", "--json"
    )
    assert done.code == 0, done.err
    result = done.json
    assert result["engine"]["package"].startswith("fr_en/")
    assert [score["metric"] for score in result["scores"]] == ["BLEU", "chrF", "TER"]
    assert result["health"]["sentences"] == 2
    assert result["sentences_per_second"] > 0
    assert len((files / "drafts").read_text().splitlines()) == 2
    again = translate(
        "evaluate", "--source", "text.fr", "--reference", "text.en", "--translation", "drafts", "--json"
    ).json
    assert again["scores"] == result["scores"]
    assert again["engine"] == {}


def test_a_perfect_translation_scores_so(files: Path, translate: Run) -> None:
    said = translate("evaluate", "--source", "text.fr", "--reference", "text.en", "--translation", "text.en").out
    assert "BLEU    100.0" in said
    assert "1 of 1 figures kept" in said


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--source", "text.fr"], "--reference"),
        (["--source", "text.fr", "--reference", "text.en"], "--lang"),
        (["--source", "text.fr", "--reference", "short", "--lang", "en"], "short: 1 lines, but text.fr has 2"),
        (["--source", "text.fr", "--reference", "absent", "--lang", "en"], "absent"),
        (["--source", "latin", "--reference", "text.en", "--lang", "en"], "iconv"),
        (["--save", "x"], "--source"),
        (["port", "--source", "text.fr", "--reference", "text.en"], "port"),
    ],
)
def test_wrong_usage_names_its_remedy(files: Path, translate: Run, arguments: list[str], told: str) -> None:
    (files / "short").write_text("One line.\n")
    (files / "latin").write_bytes("été\nété\n".encode("latin-1"))
    done = translate("evaluate", *arguments)
    assert done.code == 2
    assert told in done.err


def test_the_desk_compares_drafts_with_what_people_made_of_them(desk: Path, translate: Run) -> None:
    translate("run", "--lang", "en", "--quiet")
    assert "nothing to compare" in translate("evaluate", "--lang", "en").out
    path = desk / "locales/en/LC_MESSAGES/port.po"
    file = polib.pofile(path, wrapwidth=0)
    left, mended = [entry for entry in file if entry.msgstr][:2]
    left.flags, mended.flags = [], []
    mended.msgstr += " Indeed"
    file.save()
    before = path.read_bytes()
    done = translate("evaluate", "--lang", "en", "--json")
    assert done.code == 0, done.err
    (language,) = done.json["languages"]
    (row,) = language["editing"]
    assert (row["entries"], row["untouched"], row["known"]) == (2, 1, 2)
    assert next(score["value"] for score in row["scores"] if score["metric"] == "TER") > 0
    assert path.read_bytes() == before, "to measure is not to write"
    assert "edits per 100 words" in translate("evaluate", "--lang", "en").out
