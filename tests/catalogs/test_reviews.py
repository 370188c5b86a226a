"""Who reviewed an entry: a line that people and tools may meet, and that holds for these very words only."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
from pathlib import Path

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.catalogs import merge, provenance, store
from translate.catalogs.provenance import reviewed_by, reviewed_line
from translate.catalogs.states import State, set_fuzzy, state
from translate.catalogs.units import Unit
from translate.documents.model import Role

NOW = dt.datetime(2026, 5, 1, tzinfo=dt.UTC)
NAMES = [
    "Claire Vidal",
    'A "B" <a@b.example>',
    "</script>",
    "x\ny",
    "100 %, =",
    "\u2028\u0085",
    "Жан 😀",
    "a=b at=1999-01-01",
]


@given(st.one_of(st.sampled_from(NAMES), st.text(st.characters(codec="utf-8"))))
def test_any_name_is_one_line_and_comes_back(name: str) -> None:
    line = reviewed_line(name, "2026-05-01", "Un.", "One.")
    assert len(line.splitlines()) == 1
    comment = provenance.with_line("a note\nanother", line)
    assert reviewed_by(comment, "Un.", "One.") == (name, "2026-05-01")
    assert provenance.notes(comment) == "a note\nanother"


def test_a_review_holds_for_these_words_only() -> None:
    line = reviewed_line("Claire Vidal", "2026-05-01", "Un.", "One.")
    assert reviewed_by(line, "Un.", "One!") is None
    assert reviewed_by(line, "Deux.", "One.") is None
    assert reviewed_by("", "Un.", "One.") is None
    assert reviewed_by("@reviewed by=Claire at=2026-05-01", "Un.", "One.") is None


def test_other_tools_keep_the_line(tmp_path: Path) -> None:
    msgcat, msgmerge = shutil.which("msgcat"), shutil.which("msgmerge")
    if not msgcat or not msgmerge:
        pytest.skip("gettext is not installed")
    said = ("Anne-Sophie d'Aubigné de la Rochefoucauld-Montbazon " * 3, "2026-05-01")
    file = polib.POFile(wrapwidth=40)
    file.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
    file.append(polib.POEntry(msgid="Un.", msgstr="One.", tcomment=reviewed_line(*said, "Un.", "One.")))
    path, template = tmp_path / "a.po", tmp_path / "a.pot"
    file.save(str(path))
    file[0].tcomment = file[0].msgstr = ""
    file.save(str(template))
    subprocess.run([msgcat, "--width=30", "-o", path, path], check=True)
    subprocess.run([msgmerge, "--quiet", "--update", path, template], check=True)
    catalog = store.load(path)
    assert catalog is not None
    (entry,) = catalog.entries
    assert reviewed_by(entry.tcomment, "Un.", "One.") == said
    assert provenance.notes(entry.tcomment) == ""


def merged(catalog: store.Catalog, *texts: str) -> list[polib.POEntry]:
    units = tuple(Unit((None, text), (Role.PARAGRAPH,), (), (number,)) for number, text in enumerate(texts, 1))
    made, _ = merge.merge(catalog, units, "a.txt", NOW, language="fr", splitter=None)
    catalog.file = made.file
    catalog.__post_init__()
    return catalog.entries


def catalog_of(tmp_path: Path, **entries: tuple[str, str]) -> store.Catalog:
    catalog = merge.create(tmp_path / "a.po", "a", "fr", "en", NOW)
    for text, (words, comment) in entries.items():
        catalog.file.append(polib.POEntry(msgid=text, msgstr=words, tcomment=comment))
    catalog.__post_init__()
    return catalog


def test_a_review_outlives_a_cosmetic_change_and_waits_while_a_text_is_stale(tmp_path: Path) -> None:
    before, words = "Le présidnt a parlé hier soir.", "The president spoke last night."
    signed = ("Claire Vidal", "2026-05-01")
    catalog = catalog_of(tmp_path, **{before: (words, reviewed_line(*signed, before, words))})
    mended, changed = "Le président a parlé hier soir.", "Le président a parlé deux fois hier soir."
    (entry,) = merged(catalog, mended)
    assert state(entry) is State.REVIEWED
    assert reviewed_by(entry.tcomment, entry.msgid, entry.msgstr) == signed
    (entry,) = merged(catalog, changed)
    assert state(entry) is State.STALE
    assert reviewed_by(entry.tcomment, entry.msgid, entry.msgstr) is None
    set_fuzzy(entry, False)
    assert reviewed_by(entry.tcomment, entry.msgid, entry.msgstr) is None
    set_fuzzy(entry, True)
    (entry,) = merged(catalog, mended)
    assert state(entry) is State.REVIEWED
    assert reviewed_by(entry.tcomment, entry.msgid, entry.msgstr) == signed


def test_a_joined_translation_keeps_what_drafted_it(tmp_path: Path) -> None:
    facts = {"engine": "argos", "package": "fr_en/0.2"}
    line = provenance.Provenance(facts, 0.5, (), provenance.fingerprint("One day."), "ab").line()
    catalog = catalog_of(tmp_path, **{"Un jour.": ("One day.", line), "Une nuit.": ("One night.", "")})
    (entry,) = merged(catalog, "Un jour. Une nuit.")
    assert state(entry) is State.REVIEWED
    made = provenance.parse(entry.tcomment)
    assert made is not None
    assert made.facts == facts
    assert not made.foreign(entry.msgid)
    assert made.text == ""
    assert "@resegmented joined=2" in entry.tcomment
