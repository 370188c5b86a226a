"""Figures that a search lost: put in by the real thing, and by an engine that can be told what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engines.test_argos import starter
from tests.engines.test_queue import SPLIT, Glossing
from translate.engines import figures
from translate.engines.model import Decoded
from translate.engines.queue import Request, draft

# Small models leave out a figure at the beginning, and most of a list.
HARD = [
    "18 trous pour se démarquer.",
    "20 % des élèves ont déclaré avoir un compte.",
    "Le 3 mai 2019, 1 250 personnes et 17 chiens ont quitté 12 villages en 48 heures, dont 350 enfants de 4 à 11 ans.",
    "En 2016, 34 personnes sur 812 ont voté, soit 4,2 %.",
]


@dataclass
class Continuing(Glossing):
    """An engine that puts words at the end, and whose other results with them are told."""

    with_them: dict[str, list[str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def beginnings(
        self, sentences: Sequence[str], decoded: Sequence[Decoded], words: Sequence[tuple[str, float]]
    ) -> list[list[tuple[str, ...]]]:
        assert len(sentences) == len(decoded) == len(words)
        self.asked += [word for word, _ in words]
        return [[(word, str(nth)) for nth in range(len(self.with_them.get(word, [])))] for word, _ in words]

    def continued(self, sentences: Sequence[str], begun: Sequence[tuple[str, ...]]) -> list[Decoded]:
        assert len(sentences) == len(begun)
        return [Decoded(self.with_them[word][int(nth)], -0.1) for word, nth in begun]

    def rated(self, sentences: Sequence[str], decoded: Sequence[Decoded]) -> list[Decoded]:
        assert len(sentences) == len(decoded)
        return [replace(one, log_probability=-0.7) for one in decoded]

    def tokens(self, text: str) -> tuple[str, ...]:
        return tuple(text.split())


def drafted(engine: Continuing, source: str) -> str:
    (one,) = draft([Request(1, source)], [engine], [SPLIT])
    return one.text


def test_one_wrong_figure_becomes_the_right_one_without_another_search() -> None:
    engine = Continuing(answers={"Il y avait 1 500 morts.": ["There were 15 dead."]})
    assert drafted(engine, "Il y avait 1 500 morts.") == "There were 1,500 dead."
    assert engine.asked == []


def test_a_lost_figure_is_written_as_the_target_language_writes_it() -> None:
    engine = Continuing(answers={"De 1,5 à 12 000.": ["From."]}, with_them={"1.5": ["From 1.5."]})
    drafted(engine, "De 1,5 à 12 000.")
    assert engine.asked == ["1.5", "12,000"]


def test_only_a_draft_with_more_of_the_figures_replaces_another() -> None:
    source = "Il y a 3 ou 4 jours."
    worse = ["3 and 9 and 8 days ago.", "days and days and days and days and days 3"]
    engine = Continuing(answers={source: ["Some days ago."]}, with_them={"3": worse})
    assert drafted(engine, source) == "Some days ago."
    better = Continuing(answers={source: ["Some days ago."]}, with_them={"3": [*worse, "3 days ago."], "4": []})
    assert drafted(better, source) == "3 days ago."
    assert better.asked == ["3", "4"]


def test_two_wrong_figures_are_not_guessed() -> None:
    assert figures.replaced("Il a 12 ans et 3 mois", "He is 13 years and 4 months", "fr", "en") == (
        "He is 13 years and 4 months"
    )


@given(st.lists(st.integers(0, 99_999), max_size=4), st.lists(st.integers(0, 99_999), max_size=4))
def test_to_replace_a_figure_never_makes_it_worse(here: list[int], there: list[int]) -> None:
    sentence, text = " et ".join(map(str, here)), " and ".join(map(str, there))
    made = figures.replaced(sentence, text, "fr", "en")
    assert figures.faults(sentence, made) <= figures.faults(sentence, text)
    assert figures.replaced(sentence, made, "fr", "en") == made


@pytest.mark.parametrize("name", ["fr_en", "fr_de"])
def test_the_starter_packages_keep_figures_that_their_search_loses(name: str) -> None:
    engine = starter(name)
    plain = [one.text for one in engine.translate(HARD)]
    made = figures.kept(engine, HARD, list(engine.translate(HARD)), (engine.source, engine.target))
    before = sum(map(figures.faults, HARD, plain))
    after = sum(figures.faults(source, one.text) for source, one in zip(HARD, made, strict=True))
    assert before >= 3
    assert after <= before // 2


def test_a_draft_with_figures_put_in_is_the_same_in_any_company() -> None:
    engine = starter("fr_de", beam=4)
    decoded = list(engine.translate(HARD))
    together = figures.kept(engine, HARD, decoded, ("fr", "de"))
    assert together != decoded
    for sentence, one, other in zip(HARD, decoded, together, strict=True):
        (alone,) = figures.kept(engine, [sentence], [one], ("fr", "de"))
        assert alone.text == other.text
        assert alone.log_probability == pytest.approx(other.log_probability, abs=1e-3)


def test_words_are_put_into_what_was_written_and_the_rest_is_written_anew() -> None:
    engine, source = starter(), "Il y a 312 personnes dans la ville."
    (one,) = engine.translate(["Il y a des personnes dans la ville."])
    (places,) = engine.beginnings([source], [one], [("312", 0.2)])
    made = engine.continued([source] * len(places), places)
    assert [other.tokens[: len(begun)] for begun, other in zip(places, made, strict=True)] == places
    assert "312 people" in made[0].text


def test_words_that_were_given_are_not_taken_for_certain() -> None:
    engine, source = starter(), "Il y a 312 personnes dans la ville."
    (own,) = engine.translate([source])
    strange = replace(own, tokens=engine.tokens("312 potatoes in the sea"), text="312 potatoes in the sea")
    again, rated = engine.rated([source] * 2, [own, strange])
    assert again.log_probability == pytest.approx(own.log_probability, abs=1e-2)
    assert rated.log_probability < own.log_probability - 0.5


def test_a_draft_made_in_parts_has_no_beginnings_and_keeps_its_rate() -> None:
    one = Decoded("There are people.", -1.0)
    assert starter().beginnings(["Il y a 312 personnes."], [one], [("312", 0.2)]) == [[]]
    assert starter().rated(["Il y a 312 personnes."], [one]) == [one]


def test_the_places_of_words_are_those_that_the_model_finds_likeliest() -> None:
    """What one forced decoding says of all places is what scoring each of them says."""
    engine, sources = starter("fr_de", beam=4), HARD[:2] * 9
    decoded = list(engine.translate(sources))
    words = [("20", 0.0)] * len(sources)
    found = engine.beginnings(sources, decoded, words)
    for source, places in zip(sources[:2], found, strict=False):
        alone = [engine.rated([source], [Decoded(" ", 0.0, tokens=begun)])[0] for begun in places]
        before = [engine.rated([source], [Decoded(" ", 0.0, tokens=begun[:-1])])[0] for begun in places]
        sums = [
            one.log_probability * len(begun) - (rest.log_probability * (len(begun) - 1) if len(begun) > 1 else 0.0)
            for one, rest, begun in zip(alone, before, places, strict=True)
        ]
        assert sums == sorted(sums, reverse=True)
    assert found == found[:2] * 9
