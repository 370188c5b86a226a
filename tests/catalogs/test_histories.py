"""Random histories of a story, of its translators and of their tools: whatever happens, no words are lost.

`python -m tests.catalogs.test_histories 1000 9000` goes through other histories than the suite does.
"""

from __future__ import annotations

import copy
import datetime as dt
import random
import re
import sys
from pathlib import Path

import polib
import pytest

from translate.catalogs import merge, provenance, store
from translate.catalogs.states import State, set_fuzzy, state, untouched
from translate.catalogs.units import Unit
from translate.documents.model import Role
from translate.documents.segmentation import load_segmenter

NOW = dt.datetime(2026, 5, 1, tzinfo=dt.UTC)
SPANS = load_segmenter("en").spans
SENTENCES = [
    "Il pleut à Brest.",
    "Il neige à Lorient.",
    "Le maire parle.",
    "Le maire a parlé.",
    "Le vent souffle à 90 km/h.",
    "Le vent souffle à 80 km/h.",
    "Fin.",
    "Paix",
]


def version(chance: random.Random) -> list[Unit]:
    """Make a version of the story: paragraphs of one to three sentences, some of them headings."""
    places = [
        (" ".join(chance.choices(SENTENCES, k=chance.choice([1, 1, 1, 2, 2, 3]))), chance.random() < 0.3)
        for _ in range(chance.randint(1, 5))
    ]
    both = {text for text, heading in places if heading} & {text for text, heading in places if not heading}
    units: dict[tuple[str | None, str], Unit] = {}
    for line, (text, heading) in enumerate(places, 1):
        key = ("heading" if heading and text in both else None, text)
        units.setdefault(key, Unit(key, (Role.HEADLINE if heading else Role.PARAGRAPH,), (), (line,)))
    return list(units.values())


def kept(file: polib.POFile) -> str:
    """Return everything that a catalog says to a translator."""
    said = (" ".join((entry.msgstr, *entry.msgstr_plural.values(), entry.tcomment)) for entry in file)
    return " ".join(" ".join(said).split())


class People:
    """Translators and their tools; `words` are what they wrote and did not take back."""

    def __init__(self, chance: random.Random) -> None:
        self.chance, self.words, self.count = chance, set[str](), 0

    def work(self, file: polib.POFile) -> None:
        for entry in file:
            if not entry.obsolete:
                self.touch(entry, file)
            elif self.chance.random() < 0.03:
                # Another tool, with another template, takes it for one in use.
                entry.obsolete = False

    def touch(self, entry: polib.POEntry, file: polib.POFile) -> None:
        what = self.chance.random()
        if state(entry) is State.UNTRANSLATED and not entry.msgid_plural:
            if what < 0.75:
                self.translate(entry, drafted=what < 0.25)
        elif untouched(entry):
            if what < 0.1:
                set_fuzzy(entry, False)
                self.words.update(sentences(entry.msgstr))
        elif what < 0.03 and entry.msgstr:
            rest = kept([one for one in file if one is not entry] + [polib.POEntry(tcomment=entry.tcomment)])
            self.words -= {one for one in sentences(entry.msgstr) if one not in rest}
            entry.msgstr = ""
            set_fuzzy(entry, False)
        elif what < 0.06 and entry.msgstr:
            entry.msgid_plural = f"{entry.msgid} (2)"
            entry.msgstr_plural, entry.msgstr = {0: entry.msgstr, 1: "more"}, ""
        elif what < 0.08:
            entry.obsolete = True
        elif what < 0.2 and not provenance.notes(entry.tcomment):
            self.count += 1
            entry.tcomment = "\n".join(filter(None, [entry.tcomment, f"note {self.count}."]))
            self.words.add(f"note {self.count}.")

    def translate(self, entry: polib.POEntry, *, drafted: bool) -> None:
        self.count += 1
        parts = [" ".join(re.findall(r"\d+", part)) for part in sentences(entry.msgid)]
        entry.msgstr = " ".join(f"Words {self.count}x{at} {part}.".replace(" .", ".") for at, part in enumerate(parts))
        entry.previous_msgid, entry.tcomment = None, provenance.without_stale(entry.tcomment)
        set_fuzzy(entry, drafted)
        if drafted:
            hashes = provenance.fingerprint(entry.msgstr), provenance.fingerprint(entry.msgid)
            line = provenance.Provenance({"engine": "argos"}, 0.5, (), *hashes).line()
            entry.tcomment = provenance.with_line(entry.tcomment, line)
        else:
            self.words.update(sentences(entry.msgstr))


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=\.) ", text)


def history(seed: int) -> None:
    """Go through the versions of a story, each merged and worked on, and look after every merge."""
    chance = random.Random(seed)
    catalog, people = merge.create(Path("a.po"), "a", "fr", "en", NOW), People(chance)
    for _ in range(chance.randint(3, 9)):
        units, splitter = version(chance), SPANS if chance.random() < 0.8 else None
        catalog, _ = merge.merge(catalog, units, "a.txt", NOW, splitter=splitter)
        keys = [store.key(entry) for entry in catalog.file]
        assert len(keys) == len(set(keys)), seed
        assert [store.key(entry) for entry in catalog.entries] == [unit.key for unit in units], seed
        there = kept(catalog.file)
        assert [one for one in people.words if one not in there] == [], seed
        again, changes = merge.merge(copy.deepcopy(catalog), units, "a.txt", NOW, splitter=splitter)
        assert (changes.found, store.digest(again.file)) == ([], store.digest(catalog.file)), seed
        people.work(catalog.file)


@pytest.mark.parametrize("seed", range(1, 121, 30))
def test_whatever_happens_no_words_are_lost_and_no_key_stands_twice(seed: int) -> None:
    for one in range(seed, seed + 30):
        history(one)


if __name__ == "__main__":
    for number in range(*map(int, sys.argv[1:])):
        history(number)
