"""Typography in whole editions: text and pages, the document's own format, and what stays without it."""

from __future__ import annotations

import datetime as dt
import html
from pathlib import Path

import pytest

from translate import pipeline, project
from translate.catalogs import store
from translate.catalogs.states import State, set_fuzzy
from translate.editions.policy import Drafts
from translate.editions.typography.policy import House
from translate.editions.typography.setting import set_in
from translate.quality.checks import Pair, quotation_marks
from translate.reading import read

NOW = dt.datetime(2026, 1, 12, tzinfo=dt.UTC)
WORDS = {
    "Un titre": 'Der "Titel" - kurz',
    "Il dit : « Une phrase.": 'Er sagte: "Ein Satz auf der Straße.',
    "Et une autre. »": 'Und 1,234,567 andere."',
    "Une note en <1>gras</1> : 5 %.": 'Ein "<1>fettes</1>" Wort : 5%.',
    "Le reste attend.": "",
    "Une image": 'Ein "Bild"',
}
SET = ["Der «Titel» – kurz", "Er sagte: «Ein Satz auf der Strasse. Und 1’234’567 andere.»"]
MARKDOWN = """# Un titre

Il dit : « Une phrase. Et une autre. »

Une note en **gras** : 5 %.

Le reste attend.

![Une image](a.png)
"""
HTML = """<!DOCTYPE html><html lang="fr"><head><title>Un titre</title></head><body><h1>Un titre</h1>
<p>Il dit : « Une phrase. Et une autre. »</p><p>Une note en <b>gras</b> : 5 %.</p><p>Le reste attend.</p>
<p><img src="a.png" alt="Une image"></p></body></html>
"""
TEXT = "Un titre\n\nIl dit : « Une phrase. Et une autre. »\n\nLe reste attend.\n"


def desk(tmp_path: Path, name: str, source: str, said: str = "") -> project.Project:
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / name).write_text(source, encoding="utf-8")
    (tmp_path / "translate.toml").write_text(f'source = "fr"\ntargets = ["de-CH"]\n{said}', encoding="utf-8")
    made = project.load(tmp_path)
    pipeline.save(made, pipeline.extract(made, read(made).documents, [], NOW), NOW)
    catalog = store.load(made.catalog(Path(name).stem, "de-CH"))
    assert catalog is not None
    for entry in catalog.entries:
        assert entry.msgid in WORDS
        entry.msgstr = WORDS[entry.msgid]
        set_fuzzy(entry, False)
    store.save(catalog)
    return made


def editions(desk: project.Project) -> dict[str, str]:
    made = pipeline.assemble(desk, read(desk).documents, [], Drafts.LABEL)
    return {one.path.suffix: one.path.read_text(encoding="utf-8") for one in made}


@pytest.mark.parametrize(("name", "source"), [("a.md", MARKDOWN), ("a.html", HTML)])
def test_an_edition_in_its_own_format(tmp_path: Path, name: str, source: str) -> None:
    at = desk(tmp_path, name, source)
    before = at.catalog("a", "de-CH").read_bytes()
    (made,) = editions(at).values()
    made = html.unescape(made)
    for words in (*SET, "Wort: 5\u00a0%.", "«Bild»", "Le reste attend."):
        assert words in made
    assert "«**fettes**»" in made or "«<b>fettes</b>»" in made
    assert at.catalog("a", "de-CH").read_bytes() == before


def test_text_markdown_and_a_page(tmp_path: Path) -> None:
    made = editions(desk(tmp_path, "a.txt", TEXT))
    assert made.keys() == {".txt", ".md", ".html"}
    for words in SET:
        assert words in made[".txt"]
        assert words in made[".md"]
    assert "Und 1’234’567 andere.»" in made[".html"]


@pytest.mark.parametrize(("name", "source"), [("a.md", MARKDOWN), ("a.html", HTML), ("a.txt", TEXT)])
def test_off_says_what_the_catalog_says(tmp_path: Path, name: str, source: str) -> None:
    for made in editions(desk(tmp_path, name, source, "typography = false\n")).values():
        assert 'Und 1,234,567 andere."' in html.unescape(made).replace("\\", "")


def test_held_text_is_not_set(tmp_path: Path) -> None:
    at = desk(tmp_path, "a.txt", "Un titre\n\nLe reste attend.\n")
    source = 'Un "mot" : 5 %.'
    (tmp_path / "source" / "a.txt").write_text(f"Un titre\n\n{source}\n", encoding="utf-8")
    pipeline.save(at, pipeline.extract(at, read(at).documents, [], NOW), NOW)
    assert f"[fr] {source}" in editions(at)[".txt"]


@pytest.mark.parametrize("language", ["en", "en-GB", "de", "de-CH", "fr-CH"])
def test_the_check_of_quotation_marks_agrees(language: str) -> None:
    made = set_in("\"a 'b' c\" d", language, House())
    pair = Pair("« a “b” c » d", made, "it", language, State.REVIEWED)
    assert list(quotation_marks.check(pair)) == []
    assert set_in(made, language, House()) == made
