"""Errors planted into right translations: nearly all must be found, and nothing in the translations themselves."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

import pytest

from tests.quality.seeds import GROUPS, Good, Seeded, plant
from translate.catalogs.states import State
from translate.knowledge.glossary import Glossary
from translate.quality.checks import Pair, examine

PAIRS = Path(__file__).with_name("pairs.toml")
EVAL = Path(__file__).parents[3] / "shared" / "eval"
OTHER = {"en": "de", "de": "en"}
pytestmark = pytest.mark.usefixtures("dictionaries")
# Shares of the planted errors that must be found.
FACTS_AND_FORM, LANGUAGE = 0.95, 0.80


def own_pairs(language: str) -> list[Good]:
    rows = tomllib.loads(PAIRS.read_text(encoding="utf-8"))["pair"]
    return [Good(row["fr"], language, row[language], row[OTHER[language]]) for row in rows]


def said(good: Good, translation: str) -> set[tuple[str, str]]:
    terms = Glossary().between("fr", good.language)
    pair = Pair(good.source, translation, "fr", good.language, State.REVIEWED, terms=terms)
    return {(found.check, found.message) for found in examine(pair)}


def shares(seeded: list[Seeded]) -> dict[str, float]:
    """Return which share of each group was found: only findings count that the right translation has not."""
    planted, found = Counter(), Counter()
    for one in seeded:
        planted[one.group] += 1
        found[one.group] += bool(said(one.good, one.translation) - said(one.good, one.good.translation))
    return {group: found[group] / planted[group] for group in planted} | {
        "facts and form": (found["facts"] + found["form"]) / (planted["facts"] + planted["form"])
    }


@pytest.mark.parametrize("language", ["en", "de"])
def test_right_translations_carry_no_finding(language) -> None:
    assert {good.translation: said(good, good.translation) for good in own_pairs(language)} == {
        good.translation: set() for good in own_pairs(language)
    }


@pytest.mark.parametrize("language", ["en", "de"])
def test_planted_errors_are_found(language) -> None:
    seeded = plant(own_pairs(language), 400)
    assert len(seeded) == 400
    assert {one.kind for one in seeded} == {kind.__name__ for kinds in GROUPS.values() for kind in kinds}
    found = shares(seeded)
    assert found["facts"] >= FACTS_AND_FORM
    assert found["form"] >= FACTS_AND_FORM
    assert found["language"] >= LANGUAGE


@pytest.mark.shared
@pytest.mark.skipif(not EVAL.is_dir(), reason="the shared test sets are not here")
@pytest.mark.parametrize("language", ["en", "de"])
def test_errors_planted_into_other_peoples_translations_are_found(language) -> None:
    def lines(pair: str, side: str) -> list[str]:
        return (EVAL / f"flores101-devtest.{pair}.{side}").read_text(encoding="utf-8").splitlines()

    texts = {"fr": lines("fr-en", "fr"), "en": lines("fr-en", "en"), "de": lines("fr-de", "de")}
    rows = zip(texts["fr"], texts[language], texts[OTHER[language]], strict=True)
    found = shares(plant([Good(source, language, right, other) for source, right, other in rows], 400))
    assert found["facts and form"] >= FACTS_AND_FORM
    assert found["language"] >= LANGUAGE
