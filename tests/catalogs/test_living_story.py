"""A story corrected and extended all day: ten versions, and what a translator has to look at after each of them.

`python -m tests.catalogs.test_living_story` prints the table that docs/living.md shows.
"""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
import pytest

from translate.catalogs import header, merge, store
from translate.catalogs.changes import Kind
from translate.catalogs.states import State, set_fuzzy, state
from translate.catalogs.units import Unit
from translate.documents.model import Role
from translate.documents.segmentation import load_segmenter

NOW = dt.datetime(2026, 5, 1, 9, 30, tzinfo=dt.UTC)
ENGLISH = load_segmenter("en").spans

FIRST = [
    "Incendie dans un entrepot du port de Lorient",
    "Un incendie s'est déclaré vendredi vers 5h30 dans un entrepôt du port de commerce de Lorient.",
    "Une épaisse fumée noire est visible à plusieurs kilomètres.",
    "Les pompiers ont engagé 40 hommes et 12 véhicules.",
    '"Le feu n\'est pas maitrisé", a dit le commandant Yann Le Goff.',
    "Aucune victime n'est signalée pour le moment.",
    "L'entrepôt abritait des engrais et du matériel de pèche.",
    "La préfecture du Morbihan demande aux habitants de rester chez eux.",
]


@dataclass(frozen=True, slots=True)
class Step:
    """A version: what was done to the one before, and how many texts say something else than before."""

    said: str
    edits: tuple[tuple[str, str], ...]
    really: int


STEPS = (
    Step("an accent in the headline", (("entrepot", "entrepôt"),), 0),
    Step("typographic quotes and spaces", (('"Le feu n\'est pas maitrisé",', "« Le feu n’est pas maîtrisé »,"),), 0),
    Step("more men", (("40 hommes", "60 hommes"),), 1),
    Step(
        "a victim, and a sentence on the port",
        (
            ("Aucune victime n'est signalée pour le moment.", "Un pompier a été légèrement blessé."),
            ("rester chez eux.", "rester chez eux.\nLe trafic du port est suspendu jusqu'à midi."),
        ),
        2,
    ),
    Step(
        "the smoke before the fire brigade goes to the end",
        (
            ("Une épaisse fumée noire est visible à plusieurs kilomètres.\n", ""),
            ("jusqu'à midi.", "jusqu'à midi.\nUne épaisse fumée noire est visible à plusieurs kilomètres."),
        ),
        0,
    ),
    Step("a slip, and the wrong word", (("matériel de pèche", "matériel de pêche"), ("Lorient.", "Lorrient.")), 1),
    Step("the name put right", (("Lorrient.", "Lorient."),), 0),
    Step(
        "under control",
        (
            ("« Le feu n’est pas maîtrisé »", "« Le feu est maîtrisé »"),
            ("Incendie dans un entrepôt", "Incendie maîtrisé dans un entrepôt"),
        ),
        2,
    ),
    Step(
        "two sentences become a paragraph, another goes",
        (
            ("12 véhicules.\n", "12 véhicules. "),
            ("Le trafic du port est suspendu jusqu'à midi.\n", ""),
        ),
        0,
    ),
    Step(
        "the sentence on the port is back",
        (("rester chez eux.", "rester chez eux.\nLe trafic du port est suspendu jusqu'à midi."),),
        0,
    ),
)


def versions() -> Iterator[tuple[Step, list[str]]]:
    text = "\n".join(FIRST)
    for step in STEPS:
        for old, new in step.edits:
            assert old in text, old
            text = text.replace(old, new, 1)
        yield step, text.split("\n")


def units(texts: list[str]) -> list[Unit]:
    roles = [Role.HEADLINE, *[Role.PARAGRAPH] * len(texts)]
    return [Unit((None, text), (roles[at],), (), (at + 1,)) for at, text in enumerate(texts)]


def translation(text: str) -> str:
    """Make a translation that says of which text it is, in as many sentences."""
    return text.upper()


def review(file: polib.POFile) -> set[str]:
    """Do what a translator does: put right what is marked, and return every word that stands reviewed."""
    for entry in file:
        if not entry.obsolete and state(entry) is not State.REVIEWED:
            entry.msgstr = translation(entry.msgid)
            set_fuzzy(entry, False)
            entry.previous_msgid = None
    return {entry.msgstr for entry in file if not entry.obsolete}


def eyes(file: polib.POFile) -> int:
    return sum(state(entry) is not State.REVIEWED for entry in file if not entry.obsolete)


@dataclass(frozen=True, slots=True)
class Row:
    said: str
    really: int
    ours: int
    msgmerge: int
    cosmetic: int


def replay(folder: Path) -> list[Row]:
    catalog = merge.create(folder / "a.po", "a", "fr", "en", NOW)
    catalog, _ = merge.merge(catalog, units(FIRST), "a.txt", NOW, language="fr")
    words = review(catalog.file)
    store.save(catalog)
    theirs, template = folder / "theirs.po", folder / "a.pot"
    shutil.copy(catalog.path, theirs)
    rows = []
    for step, texts in versions():
        read = store.load(catalog.path)
        assert read is not None
        catalog, changes = merge.merge(read, units(texts), "a.txt", NOW, language="fr", splitter=ENGLISH)
        kept = "\n".join(entry.msgstr for entry in catalog.file)
        lost = {text for text in words if not all(part in kept for part in text.split(". "))}
        assert not lost, (step.said, lost)
        ours = eyes(catalog.file)
        words = review(catalog.file)
        store.save(catalog)
        pot = store.template(units(texts), "a.txt", header.template_header("a", "fr", NOW))
        template.write_bytes(store.serialise(pot))
        subprocess.run(["msgmerge", "--quiet", "--previous", "--update", "--backup=none", theirs, template], check=True)
        other = polib.pofile(str(theirs))
        rows.append(Row(step.said, step.really, ours, eyes(other), changes.count(Kind.COSMETIC)))
        review(other)
        other.save()
    return rows


@pytest.mark.skipif(not shutil.which("msgmerge"), reason="gettext is not installed")
def test_a_translator_looks_at_what_changed_and_at_nothing_else(tmp_path: Path) -> None:
    rows = replay(tmp_path)
    assert len(rows) == 10
    for row in rows:
        assert row.really <= row.ours <= row.really + 1, row
    assert sum(row.ours for row in rows) < sum(row.msgmerge for row in rows)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        print("| version | says something else | to look at | with msgmerge |\n| --- | ---: | ---: | ---: |")
        for number, one in enumerate(replay(Path(name)), 1):
            print(f"| {number}: {one.said} | {one.really} | {one.ours} | {one.msgmerge} |")
