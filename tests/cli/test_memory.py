"""The memory as a person meets it: reviewed words come back, in other documents, from files, and go when told to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import polib
import pytest

from translate.catalogs import provenance

Run = Callable[..., Any]

KNOWN = "Le port est fermé depuis 3 jours."
TMX = """<?xml version="1.0"?><tmx version="1.4"><header/><body>
<tu><tuv xml:lang="fr-FR"><seg>Le phare est allumé depuis 3 jours.</seg></tuv>
<tuv xml:lang="en-US" changeid="Bob"><seg>The lighthouse has been lit for 3 days.</seg></tuv>
<tuv xml:lang="it"><seg>Il faro</seg></tuv></tu></body></tmx>"""


@pytest.fixture
def reviewed(desk: Path, translate: Run) -> Path:
    (desk / "source" / "port.txt").write_text(f"Titre du port\n\n{KNOWN}\n", encoding="utf-8")
    assert translate("extract").code == 0
    path = desk / "locales" / "en" / "LC_MESSAGES" / "port.po"
    file = polib.pofile(str(path), wrapwidth=0)
    for entry in file:
        entry.msgstr = "Port title" if "Titre" in entry.msgid else "The port has been closed for 3 days."
    file.metadata["Last-Translator"] = "Ann Lee <ann@x.org>"
    file.save()
    return desk


def entry(desk: Path, document: str, text: str, language: str = "en") -> polib.POEntry:
    file = polib.pofile(str(desk / "locales" / language / "LC_MESSAGES" / f"{document}.po"), wrapwidth=0)
    return next(one for one in file if one.msgid == text)


def test_what_was_reviewed_drafts_the_next_story(reviewed: Path, translate: Run) -> None:
    later = KNOWN.replace("3", "12")
    (reviewed / "source" / "later.txt").write_text(f"Un autre titre\n\n{later}\n{KNOWN}\n", encoding="utf-8")
    assert translate("run", "--lang", "en").code == 0
    made = entry(reviewed, "later", later)
    assert (made.msgstr, made.fuzzy) == ("The port has been closed for 12 days.", True)
    facts = provenance.parse(made.tcomment)
    assert facts is not None
    assert (facts.facts["engine"], facts.facts["match"], facts.facts["document"]) == ("memory", "99", "port")
    assert "Ann" not in made.tcomment
    assert entry(reviewed, "later", KNOWN).msgstr == "The port has been closed for 3 days."
    before = {path: path.read_bytes() for path in reviewed.rglob("*.po")}
    assert translate("run", "--lang", "en").code == 0
    assert {path: path.read_bytes() for path in reviewed.rglob("*.po")} == before


def test_learn_search_stats_export_and_back(reviewed: Path, translate: Run) -> None:
    assert "2 pairs new" in translate("memory", "learn").out
    assert translate("memory", "learn", "--json").json == {"new": 0}
    assert translate("memory", "stats", "--json").json["pairs"] == {"en": 2}
    said = translate("memory", "search", "Le port est fermé depuis 9 jours.").out
    assert "99 %" in said
    assert "Ann Lee" in said
    assert "has it" in translate("memory", "search", "has been").out
    assert translate("memory", "search", "zzzz").code == 1
    assert translate("memory", "export", "all.tmx", "--json").json["pairs"] == 2
    for path in (reviewed / ".translate").glob("memory*"):
        path.unlink()
    assert "2 pairs new" in translate("memory", "import", "all.tmx").out
    assert "0 pairs new, 2 known" in translate("memory", "import", "all.tmx").out


def test_files_of_other_tools(reviewed: Path, translate: Run) -> None:
    Path("other.tmx").write_text(TMX, encoding="utf-8")
    done = translate("memory", "import", "other.tmx", "locales/en/LC_MESSAGES/port.po", "--json").json["imported"]
    assert [(one["new"], one["other_languages"]) for one in done] == [(1, 1), (2, 0)]
    (found, *_) = translate("memory", "search", "Le phare est allumé depuis 4 jours.", "--json").json["found"]
    assert (found["score"], found["language"], found["reviewer"], found["document"]) == (99, "en", "Bob", "other.tmx")


def test_a_person_is_forgotten_and_not_learned_again(reviewed: Path, translate: Run) -> None:
    translate("memory", "learn")
    assert "2 pairs deleted" in translate("memory", "delete", "--reviewer", "Ann Lee <ann@x.org>").out
    assert translate("memory", "learn", "--json").json == {"new": 0}
    translate("memory", "delete", "--undo", "--reviewer", "Ann Lee <ann@x.org>")
    assert translate("memory", "learn", "--json").json == {"new": 2}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["import", "absent.tmx"], "absent.tmx"),
        (["import", "source/port.txt"], "port.txt"),
        (["delete"], "--document"),
        (["export", "x.tmx", "--lang", "it"], "'it'"),
    ],
)
def test_mistakes_are_said(reviewed: Path, translate: Run, arguments: list[str], told: str) -> None:
    done = translate("memory", *arguments)
    assert done.code == 2
    assert told in done.err
    assert not Path("x.tmx").exists()
