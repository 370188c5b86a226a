"""A desk that the first release made, and people worked on, opens in this one and loses nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import polib
import pytest

from tests.conftest import snapshot

# Made by the first version that had `run`: drafted, reviewed in an editor, then the source changed and was run again.
FIRST = Path(__file__).parent / "desks" / "first"
LANGUAGES = ("en", "de")
STALE = "Il était fermé depuis 5 jours."
NOTE = 'Not "opens its doors": the desk\'s style.'


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Copy the desk with the lock that the first release left, and step into it."""
    folder = shutil.copytree(FIRST, tmp_path / "first")
    (folder / ".translate").mkdir()
    (folder / ".translate" / "lock").touch()
    monkeypatch.chdir(folder)
    return folder


def catalog(folder: Path, language: str) -> polib.POFile:
    return polib.pofile(str(folder / f"locales/{language}/LC_MESSAGES/port.po"))


def words(folder: Path, language: str) -> dict[str, tuple[str, bool, str | None]]:
    """Return the translation of every entry, whether a person must look, and the source it was made for."""
    return {one.msgid: (one.msgstr, one.fuzzy, one.previous_msgid) for one in catalog(folder, language)}


def test_status_and_check_read_it_and_change_nothing(old: Path, translate) -> None:
    before = snapshot(old)
    status = translate("status", "--json")
    assert status.code == 0
    rows = {row["language"]: row for row in status.json["status"]}
    assert {name: rows["en"][name] for name in ("draft", "stale", "reviewed")} == {
        "draft": 1,
        "stale": 1,
        "reviewed": 4,
    }
    assert {name: rows["de"][name] for name in ("draft", "stale", "reviewed")} == {
        "draft": 2,
        "stale": 0,
        "reviewed": 4,
    }
    assert translate("check", "--json").code in (0, 1)
    assert snapshot(old) == before


def test_a_run_keeps_every_word_of_people_and_every_draft(old: Path, translate) -> None:
    before = {language: words(old, language) for language in LANGUAGES}
    assert translate("run", "--json").code == 0
    for language in LANGUAGES:
        after = words(old, language)
        kept = {text: after[text] for text, entry in before[language].items()}
        assert kept == before[language]
        assert catalog(old, language)[0].msgstr == before[language][catalog(old, language)[0].msgid][0]
        assert NOTE in catalog(old, language)[0].tcomment
        gone = {one.msgid: one.msgstr for one in catalog(old, language).obsolete_entries()}
        assert gone["Une longue attente"] == {"en": "A long wait", "de": "Langes Warten"}[language]
    assert after.keys() == before["de"].keys()


def test_a_second_run_finds_nothing_to_do(old: Path, translate) -> None:
    assert translate("run").code == 0
    before = snapshot(old)
    assert translate("run").code == 0
    assert snapshot(old) == before


def test_words_that_come_back_find_their_translation(old: Path, translate) -> None:
    source = old / "source" / "port.txt"
    source.write_text(source.read_text().replace("\n\n\n\n", "\n\nUne longue attente\n\n"))
    assert translate("run").code == 0
    assert words(old, "en")["Une longue attente"][0] == "A long wait"


def test_its_settings_are_all_still_known(old: Path, translate) -> None:
    assert translate("assemble", "--json").code == 0
    text = (old / "output" / "en" / "port.txt").read_text(encoding="utf-8")
    assert "The port reopens" in text
    assert "The city’s port reopened on Tuesday, the government announced." in text
