from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import polib
import pytest

from tests.conftest import snapshot
from translate.catalogs.provenance import carried, fingerprint
from translate.errors import MissingPackageError
from translate.knowledge.history import kept

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
        (["--html", "page.html"], "--desk"),
        (["--desk", "--source", "text.fr", "--reference", "text.en"], "--desk"),
        (["--desk", "--save", "x"], "--source"),
    ],
)
def test_wrong_usage_names_its_remedy(files: Path, translate: Run, arguments: list[str], told: str) -> None:
    (files / "short").write_text("One line.\n")
    (files / "latin").write_bytes("été\nété\n".encode("latin-1"))
    done = translate("evaluate", *arguments)
    assert done.code == 2
    assert told in done.err
    assert not (files / "page.html").exists()


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


def review(path: Path, changed: str = " Indeed", reviewer: str = "Ann Lee <ann@example.org>") -> int:
    """Accept every draft of a catalog, every second one with a change."""
    file = polib.pofile(path, wrapwidth=0)
    drafts = [entry for entry in file if entry.msgstr]
    for number, entry in enumerate(drafts):
        entry.flags = []
        entry.msgstr += changed if number % 2 else ""
    file.metadata["Last-Translator"] = reviewer
    file.save()
    return len(drafts)


def test_the_desk_tells_what_people_changed_in_the_drafts_they_were_shown(
    desk: Path, translate: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    translate("run", "--lang", "en", "--quiet")
    path = desk / "locales/en/LC_MESSAGES/port.po"
    count = review(path)
    before = snapshot(desk)

    def no_engine(*_: object) -> None:
        raise AssertionError("what was kept is not made again")

    monkeypatch.setattr("translate.drafting.route", no_engine)
    done = translate("evaluate", "--desk", "--lang", "en", "--json")
    assert done.code == 0, done.err
    (language,) = done.json["languages"]
    total = language["total"]
    assert (total["entries"], total["measured"], total["untouched"]) == (count, count, count - count // 2)
    assert total["ter"] > 0
    assert language["verdict"] == "too few to say"
    assert [group["name"] for group in language["groups"]["reviewer"]] == ["Ann Lee"]
    assert [group["name"] for group in language["groups"]["document"]] == ["port"]
    assert {group["name"] for group in language["groups"]["role"]} >= {"headline", "paragraph"}
    said = translate("evaluate", "--desk", "--lang", "en").out
    assert "edits per 100 words" in said
    assert "too few" in said
    assert snapshot(desk) == before, "to measure is not to write"


def test_without_history_the_package_in_use_makes_the_drafts_again(
    desk: Path, translate: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    translate("run", "--lang", "en", "--quiet")
    count = review(desk / "locales/en/LC_MESSAGES/port.po")
    (desk / ".translate/drafts.sqlite").unlink()
    (language,) = translate("evaluate", "--desk", "--lang", "en", "--json").json["languages"]
    assert language["total"]["measured"] == count
    assert not (desk / ".translate/drafts.sqlite").exists()

    def no_package(*_: object) -> None:
        raise MissingPackageError("no package for the pair")

    monkeypatch.setattr("translate.drafting.route", no_package)
    (language,) = translate("evaluate", "--desk", "--lang", "en", "--json").json["languages"]
    assert (language["total"]["measured"], language["total"]["ter"]) == (0, None)
    assert f"{count} drafts are not known" in translate("evaluate", "--desk", "--lang", "en").out


def test_the_desk_writes_its_report_as_a_page(desk: Path, translate: Run) -> None:
    translate("extract", "--quiet")
    done = translate("evaluate", "--desk", "--html", "report.html")
    assert done.code == 0
    assert "nothing to compare" in done.out
    assert "nothing to compare" in (desk / "report.html").read_text(encoding="utf-8")
    translate("run", "--lang", "en", "--quiet")
    review(desk / "locales/en/LC_MESSAGES/port.po", reviewer="<b>Ann</b> <ann@example.org>")
    done = translate("evaluate", "--desk", "--html", desk / "report.html", "--json")
    assert done.json["html"] == str(desk / "report.html")
    text = (desk / "report.html").read_text(encoding="utf-8")
    assert "<svg" in text
    assert "<b>Ann" not in text


def test_what_a_check_mended_is_the_draft_that_people_saw(desk: Path, translate: Run) -> None:
    translate("run", "--lang", "en", "--quiet")
    path = desk / "locales/en/LC_MESSAGES/port.po"
    file = polib.pofile(path, wrapwidth=0)
    entry = next(entry for entry in file if entry.msgid.startswith("Le port est calme"))
    before, entry.msgstr = entry.msgstr, "The port is  very calm on Tuesday."
    entry.tcomment = carried(entry.tcomment, before, entry.msgstr)
    file.save()
    assert translate("check", "--fix", "--lang", "en").code in (0, 1)
    file = polib.pofile(path, wrapwidth=0)
    entry = next(entry for entry in file if entry.msgid.startswith("Le port est calme"))
    assert entry.msgstr == "The port is very calm on Tuesday."
    name = fingerprint(entry.msgid), fingerprint(entry.msgstr)
    assert kept(desk / ".translate/drafts.sqlite", "en", [name]) == {name: entry.msgstr}


def test_what_the_memory_forgets_the_history_forgets(desk: Path, translate: Run) -> None:
    translate("run", "--lang", "en", "--quiet")
    history = desk / ".translate/drafts.sqlite"
    file = polib.pofile(desk / "locales/en/LC_MESSAGES/port.po", wrapwidth=0)
    name = next((fingerprint(e.msgid), fingerprint(e.msgstr)) for e in file if e.msgstr)
    assert kept(history, "en", [name])
    assert translate("memory", "delete", "--document", "other").code == 0
    assert kept(history, "en", [name])
    assert translate("memory", "delete", "--document", "port").code == 0
    assert not kept(history, "en", [name])
