"""What the memory knows becomes a draft: its figures, its codes, and doubts where doubts are due."""

from __future__ import annotations

from pathlib import Path

from translate.catalogs.interchange.pairs import TranslatedPair
from translate.engines.queue import Draft, Request
from translate.engines.recall import recalled
from translate.knowledge.memory import opened


def drafts(tmp_path: Path, known: tuple[str, str], text: str, threshold: int = 70) -> list[Draft]:
    with opened(tmp_path / "m.sqlite") as memory:
        memory.add([TranslatedPair(*known, "fr", "en")])
        return list(recalled([Request("t", text)], memory, "fr", "en", threshold))


def test_the_very_same_text(tmp_path: Path) -> None:
    (draft,) = drafts(tmp_path, ("Il pleut.", "It is raining."), "Il pleut.", 100)
    assert (draft.ticket, draft.text, draft.confidence, draft.doubts) == ("t", "It is raining.", 1.0, ())
    assert draft.facts["match"] == "100"


def test_other_figures_are_put_in(tmp_path: Path) -> None:
    (draft,) = drafts(
        tmp_path, ("Il y a 12 morts à Brest.", "There are 12 dead in Brest."), "Il y a 15 morts à Brest.", 95
    )
    assert (draft.text, draft.facts["match"]) == ("There are 15 dead in Brest.", "99")


def test_figures_that_cannot_be_put_in_are_left_to_the_engine(tmp_path: Path) -> None:
    assert not drafts(tmp_path, ("Il y a 12 morts à Brest.", "A dozen are dead in Brest."), "Il y a 15 morts à Brest.")


def test_only_the_very_same_text_where_the_desk_says_so(tmp_path: Path) -> None:
    assert not drafts(tmp_path, ("Il y a 12 morts.", "There are 12 dead."), "Il y a 15 morts.", 100)


def test_codes_come_from_the_new_text(tmp_path: Path) -> None:
    known = ("Le port de <1>Brest</1> est fermé.", "The port of <1>Brest</1> is closed.")
    (same,) = drafts(tmp_path, known, "Le port de <1>Brest</1> est fermé !")
    assert (same.text, same.doubts) == ("The port of <1>Brest</1> is closed.", ())
    (other,) = drafts(tmp_path, known, "Le port de <1>Brest</1> est <2>fermé</2>.")
    assert other.text.count("<2>") == other.text.count("</2>") == 1
    assert "<1>Brest</1>" in other.text
    assert other.doubts == ("codes-guessed",)
    (none,) = drafts(tmp_path, known, "Le port de Brest est fermé.")
    assert (none.text, none.doubts) == ("The port of Brest is closed.", ())
