from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import Outcome
from training import confidence as training
from translate.catalogs import provenance
from translate.documents.segmentation import load_segmenter
from translate.engines.argos import ArgosEngine
from translate.engines.model import Decoded, Options
from translate.engines.package import STARTERS, read
from translate.engines.queue import Request, draft
from translate.quality import confidence

SPLIT = load_segmenter("fr").spans
SOURCE = "Le gouvernement français a annoncé une réforme des retraites pour 2024."
DRAFT = Decoded(
    "The French Government has announced a pension reform for 2024.",
    -0.4,
    others=(Decoded("The French Government announced a pension reform for 2024.", -0.5),),
    tokens=tuple("abcdefghijkl"),
)
TEXTS = [
    "Le Parlement a adopté la loi mardi.",
    "Il pleut. La situation humanitaire est grave.",
    "L'ONU a réitéré son appel.",
    "Six pays réclament un <1>cessez-le-feu</1>",
    "Xqzt vrrk blmp gnarf.",
    SOURCE,
]


class Named:
    """What a judge asks an engine for."""

    source, target = "fr", "en"

    def __init__(self, package: str = "fr_en/0.2", origin: str = "starter") -> None:
        self.facts = {"package": package, "origin": origin}

    def translate(self, *_: object, **__: object) -> object:
        raise NotImplementedError


def sure(one: Decoded, source: str = SOURCE, engine: object | None = None) -> float:
    return confidence.judge(engine or Named(), [(source, one)])  # type: ignore[arg-type]


def starter(name: str, **options: object) -> ArgosEngine:
    package = read(STARTERS / name)
    assert package is not None
    return ArgosEngine(package, Options(**options))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["fr_en", "fr_de"])
def test_the_same_whatever_the_batch(name: str) -> None:
    def judged(texts: list[str], **options: object) -> dict[object, float]:
        requests = [Request(text, text) for text in texts]
        made = draft(requests, [starter(name, **options)], [SPLIT], judge=confidence.judge)
        return {one.ticket: one.confidence for one in made}

    together = judged(TEXTS, threads=2)
    assert all(0 <= one <= 1 for one in together.values())
    for text in TEXTS:
        assert judged([text], threads=1)[text] == pytest.approx(together[text], abs=1e-3)
    assert judged(TEXTS[::-1], threads=2) == pytest.approx(together, abs=1e-3)
    assert together["Xqzt vrrk blmp gnarf."] < together["Le Parlement a adopté la loi mardi."]


@given(
    st.lists(
        st.tuples(
            st.text(max_size=60),
            st.builds(
                Decoded,
                st.text(max_size=60),
                st.floats(-1e6, 0),
                st.booleans(),
                st.lists(st.builds(Decoded, st.text(max_size=60), st.just(-1.0)), max_size=2).map(tuple),
                st.lists(st.text(max_size=3), max_size=20).map(tuple),
            ),
        ),
        max_size=4,
    )
)
def test_it_is_a_probability_whatever_an_engine_returns(sentences: list[tuple[str, Decoded]]) -> None:
    once = confidence.judge(Named(), sentences)  # type: ignore[arg-type]
    assert 0 <= once <= 1
    assert confidence.judge(Named(), sentences) == once  # type: ignore[arg-type]


@given(st.floats(-20, 0), st.floats(-20, 0))
def test_words_that_an_engine_doubts_are_doubted(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert sure(replace(DRAFT, log_probability=low)) <= sure(replace(DRAFT, log_probability=high))


@pytest.mark.parametrize(
    "worse",
    [
        replace(DRAFT, others=(Decoded("A reform.", -0.5),)),
        replace(DRAFT, text=DRAFT.text.replace("2024", "2025")),
        replace(DRAFT, text=DRAFT.text.replace("announced", "reform")),
        replace(DRAFT, text=f"{DRAFT.text} And so on, and so on, as it was and as it will be, for ever."),
        replace(DRAFT, tokens=tuple("abcdefghijkl" * 3)),
    ],
    ids=["disagreement", "figures", "repeated", "length", "pieces"],
)
def test_each_fault_counts(worse: Decoded) -> None:
    assert sure(worse) < sure(DRAFT)


@pytest.mark.parametrize(
    "hopeless",
    [
        replace(DRAFT, truncated=True),
        replace(DRAFT, text=""),
        replace(DRAFT, text="He said."),
        replace(DRAFT, text=SOURCE),
        replace(DRAFT, text="adverse adverse adverse adverse adverse adverse"),
    ],
    ids=["truncated", "empty", "short", "copied", "loop"],
)
def test_what_a_guard_sees_for_sure_no_probability_outvotes(hopeless: Decoded) -> None:
    assert sure(replace(hopeless, log_probability=-0.01)) == 0.0


def test_what_an_engine_does_not_tell_counts_for_nothing() -> None:
    found = confidence.features([(SOURCE, replace(DRAFT, others=(), tokens=()))], None)
    assert [name for name, value in found.items() if value is None] == ["agreement", "length", "pieces"]
    assert 0 < sure(replace(DRAFT, others=(), tokens=())) < 1


def test_a_text_of_several_sentences_is_judged_as_a_whole() -> None:
    bad = ("Il pleut.", Decoded("Xqzt.", -4.0))
    one = confidence.judge(Named(), [(SOURCE, DRAFT)])  # type: ignore[arg-type]
    both = confidence.judge(Named(), [(SOURCE, DRAFT), bad])  # type: ignore[arg-type]
    assert both < one
    assert confidence.judge(Named(), [bad, (SOURCE, DRAFT)]) == pytest.approx(both)  # type: ignore[arg-type]


def test_only_the_starter_packages_have_a_calibration_of_their_own() -> None:
    own, installed = Named(), Named("fr_en/1.9", "installed")
    assert confidence.calibrated(own.facts) == "fr_en"
    assert confidence.calibrated(installed.facts) == "general"
    assert sure(DRAFT, engine=own) != sure(DRAFT, engine=installed)
    assert 0 < sure(DRAFT, engine=Named("xx_yy/1", "starter")) < 1


def test_the_coefficients_are_those_of_the_shipped_packages() -> None:
    """Where this fails, a package is new: python -m training confidence FOLDER, then docs/confidence.md."""
    fitted = json.loads(confidence.FILE.read_text(encoding="utf-8"))["fitted"]
    assert fitted == {pair: starter(pair.replace("-", "_")).package.name for pair in ("fr-en", "fr-de")}
    assert set(confidence.model().features) <= set(confidence.features([(SOURCE, DRAFT)], 0.0))


def test_the_number_is_in_the_provenance_of_a_draft(desk: Path, translate: Callable[..., Outcome]) -> None:
    assert translate("extract").code == 0
    assert translate("draft", "--lang", "en").code == 0
    written = {
        entry.msgid: made.confidence
        for entry in polib.pofile(str(desk / "locales/en/LC_MESSAGES/port.po"))
        if (made := provenance.parse(entry.tcomment))
    }
    requests = [Request(text, text) for text in written]
    for one in draft(requests, [starter("fr_en")], [SPLIT], judge=confidence.judge):
        assert written[str(one.ticket)] == pytest.approx(one.confidence, abs=0.006)


def test_the_measures_of_training_are_right() -> None:
    numbers = training.np.array([1.0, 2.0, 2.0, 4.0, 9.0])
    assert training.spearman(numbers, numbers) == pytest.approx(1)
    assert training.spearman(numbers, -numbers) == pytest.approx(-1)
    # By hand: ranks 1, 2.5, 2.5, 4, 5 and 2, 1, 3, 4, 5.
    other = training.np.array([2.0, 1.0, 3.0, 4.0, 5.0])
    assert training.spearman(numbers, other) == pytest.approx(8 / math.sqrt(9.5 * 10))
    assert training.worst(numbers, numbers) == 1
    assert training.worst(numbers, -numbers) == 0
    sure, near = training.np.array([0.11, 0.19, 0.9, 1.0]), training.np.array([0.0, 1.0, 1.0, 1.0])
    assert training.reliability(sure, near) == [(0.15, 0.5, 2), (0.95, 1.0, 2)]


def test_a_logistic_regression_is_found_again() -> None:
    chance = training.np.random.default_rng(1)
    sums = chance.normal(size=20_000)
    near = (chance.random(20_000) < 1 / (1 + training.np.exp(-(1.5 * sums - 0.5)))).astype(float)
    assert training._logistic(sums, near) == pytest.approx((1.5, -0.5), abs=0.1)


@pytest.mark.shared
@pytest.mark.slow
def test_confidence_knows_good_drafts_from_bad_ones() -> None:
    """A small part of what bench/confidence.py measures on all of NTREX."""
    sets = Path(__file__).parents[3] / "shared" / "eval"
    if not sets.is_dir():
        pytest.skip("NTREX is not in this checkout")
    found = training.lines(sets, training.TEST, "fr-en", 100)
    made = training.measured(confidence.model(), found, "fr-en")["ranks"]
    assert made["confidence"]["chrF"] > 0.35
    assert made["confidence"]["chrF"] > made["token probability"]["chrF"]
