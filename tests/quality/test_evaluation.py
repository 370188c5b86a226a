from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import polib
from hypothesis import given
from hypothesis import strategies as st

from translate.catalogs.provenance import Provenance, fingerprint
from translate.documents.segmentation import load_segmenter
from translate.engines.model import Decoded
from translate.quality.evaluation import draft, health, scores
from translate.quality.postediting import BY_HAND, editing, reviewed

SPLIT = load_segmenter("fr").spans
TEXTS = ["Le chat dort sur le canapé rouge.", "La ville a été reprise hier soir.", "Il y a eu 12 morts et 40 blessés."]


class Shouting:
    """An engine that needs no model."""

    source, target = "fr", "en"
    facts: dict[str, str] = {"engine": "shouting", "package": "fr_en/9"}  # noqa: RUF012 - as a protocol's property

    def translate(self, sentences: Sequence[str], **_: object) -> Iterator[Decoded]:
        return (Decoded(sentence.upper(), -0.1) for sentence in sentences)


def entry(source: str, text: str, package: str = "", drafted: str = "", *, fuzzy: bool = False) -> polib.POEntry:
    made = polib.POEntry(msgid=source, msgstr=text, flags=["fuzzy"] if fuzzy else [])
    if package:
        made.tcomment = Provenance({"package": package}, 0.5, (), fingerprint(drafted)).line()
    return made


def test_scores_are_those_of_sacrebleu_itself(tmp_path: Path) -> None:
    theirs, mine = tmp_path / "reference", tmp_path / "translation"
    theirs.write_text("The cat sleeps on the red sofa.\nThe town was taken back last night.\n")
    mine.write_text("The cat is sleeping on a red sofa.\nLast night the town was taken.\n")
    lines = [path.read_text().splitlines() for path in (mine, theirs)]
    command = [sys.executable, "-m", "sacrebleu", theirs, "-i", mine, "-m", "bleu", "chrf", "ter", "-b", "-w", "2"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert [score.value for score in scores(*lines)] == json.loads(said)


def test_a_signature_says_how_a_score_was_computed() -> None:
    assert all("version:" in score.signature for score in scores(["a b c d"], ["a b c d"]))


def test_drafts_come_back_in_order_with_what_made_them() -> None:
    done = draft(TEXTS, [Shouting()], [SPLIT], spellings={}, progress=lambda _done, _all: None)
    assert done.texts == tuple(text.upper() for text in TEXTS)
    assert done.facts["package"] == "fr_en/9"
    assert done.seconds > 0


def test_faults_are_counted() -> None:
    looping = "the town of the town of the town of the town of the town of"
    found = health([*TEXTS, "Rien."], [TEXTS[0], looping, "There were 12 dead.", ""])
    assert (found.sentences, found.empty, found.loops, found.copied, found.identical) == (4, 1, 1, 1, 1)
    assert (found.figures, found.figures_kept) == (2, 1)


@given(st.lists(st.text(st.characters(categories=["L", "N", "P", "Z"]), max_size=40), max_size=8))
def test_figures_kept_are_never_more_than_there_are(texts: list[str]) -> None:
    found = health(texts, texts)
    assert found.figures_kept == found.figures
    assert health(texts, [""] * len(texts)).figures_kept == 0


def test_only_reviewed_entries_count() -> None:
    entries = [entry("a", "b"), entry("c", "d", fuzzy=True), entry("e", "")]
    assert [one.source for one in reviewed(entries)] == ["a"]


def test_what_became_of_drafts_is_told_by_package() -> None:
    entries = reviewed(
        [
            entry("un", "one thing", "fr_en/1", "one thing"),
            entry("deux", "two good things", "fr_en/1", "two things"),
            entry("trois", "three", "fr_en/0", "an older draft"),
            entry("quatre", "four"),
        ]
    )
    by_package = {row.package: row for row in editing(entries, ["one thing", "two things", "3", "4"])}
    mine = by_package["fr_en/1"]
    assert (mine.entries, mine.untouched, mine.known) == (2, 1, 2)
    # One word put in, of five that were reviewed.
    assert next(score.value for score in mine.scores if score.metric == "TER") == 20.0
    assert by_package["fr_en/0"].known == 0, "a draft that nobody has any more is not made up"
    assert by_package["fr_en/0"].scores == ()
    assert by_package[BY_HAND].known == 0


def test_a_draft_of_an_earlier_source_is_not_what_a_person_edited() -> None:
    made = polib.POEntry(msgid="Le texte changé.", msgstr="The changed text.")
    hashes = fingerprint("The text."), fingerprint("Le texte.")
    made.tcomment = Provenance({"package": "fr_en/1"}, 0.5, (), *hashes).line()
    assert [one.package for one in reviewed([made])] == [BY_HAND]


def test_a_package_with_lost_drafts_gets_no_flattering_score() -> None:
    entries = reviewed([entry("un", "one", "fr_en/1", "one"), entry("deux", "two", "fr_en/1", "lost")])
    (row,) = editing(entries, ["one", "another"])
    assert (row.untouched, row.known, row.scores) == (1, 1, ())
