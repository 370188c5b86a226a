"""Fit the confidence of drafts: FLORES for what counts how much, half of NTREX for the probability, NTREX to measure.

What the starter packages make of both sets is kept in ``runs/confidence``, because drafting takes a quarter of an hour.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from itertools import compress
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sacrebleu.metrics.chrf import CHRF
from sacrebleu.metrics.ter import TER

from training.recipe import HERE
from translate.catalogs.provenance import digits
from translate.documents.segmentation import load_segmenter
from translate.engines import queue
from translate.engines.argos import ArgosEngine
from translate.engines.model import Decoded, Engine, Options
from translate.engines.package import STARTERS, read
from translate.quality import confidence

PAIRS = ("fr-en", "fr-de")
FIT, TEST = "flores101-devtest", "ntrex"
#: A draft with a sentence chrF of so much is near to the reference.
NEAR = 50.0
# Every other block of so many lines of the test set calibrates the probability, the rest says whether it holds: whole
# articles, easy and hard ones, on both sides.
_BLOCK = 50
# TER counts half as much as chrF: chrF alone likes long drafts, TER short ones. One past this has no meaning.
_TER_WEIGHT, _TER_MOST = 0.5, 150.0
_RIDGE = 10.0
# What speaks for or against a draft by its nature may not be learnt the other way round.
_SIGNS = {"probability": 1, "agreement": 1, "length": -1, "pieces": -1, "repeated": -1, "figures": -1}

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a test set: its sentences with what was made of each, the whole draft and its scores."""

    sentences: list[tuple[str, Decoded]]
    draft: str
    reference: str
    chrf: float
    ter: float


def fit(sets: Path, out: Path = confidence.FILE) -> dict[str, Any]:
    """Fit the regression, write it, and return what was measured with it on the test set."""
    learnt = {pair: lines(sets, FIT, pair) for pair in PAIRS}
    tests = {pair: lines(sets, TEST, pair) for pair in PAIRS}
    lengths = {pair: float(np.mean([_length(line) for line in found])) for pair, found in learnt.items()}
    features, total = _weights(learnt, lengths)
    half = {pair: list(compress(found, _calibrating(len(found)))) for pair, found in tests.items()}
    first = {pair: total(found, pair) for pair, found in half.items()}
    near = {pair: _near(found) for pair, found in half.items()}
    calibration = {pair.replace("-", "_"): _logistic(first[pair], near[pair]) for pair in PAIRS}
    calibration["general"] = _logistic(np.concatenate([*first.values()]), np.concatenate([*near.values()]))
    made = {
        "fitted": {pair: _engine(pair).facts["package"] for pair in PAIRS},
        "features": {name: {key: round(value, 4) for key, value in asdict(one).items()} for name, one in features},
        "lengths": {pair: round(value, 4) for pair, value in lengths.items()},
        "calibration": {name: [round(value, 4) for value in values] for name, values in calibration.items()},
    }
    out.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
    fitted = confidence.read(made)
    return {pair: measured(fitted, found, pair) for pair, found in tests.items()}


def measured(model: confidence.Model, found: Sequence[Line], pair: str) -> dict[str, Any]:
    """Compare confidence, as provenance writes it, with the scores, beside the probability of the tokens alone."""
    package = pair.replace("-", "_")
    sure = np.array([_sure(model, line, pair, package) for line in found])
    other = np.array([_sure(model, line, pair, "general") for line in found])
    alone = np.array([_features(line, None)["probability"] for line in found])
    chrf, ter = _scores(found)
    near, held = _near(found), ~_calibrating(len(found))
    return {
        "lines": len(found),
        "ranks": {
            name: {
                "chrF": round(spearman(values, chrf), 3),
                "TER": round(spearman(values, -ter), 3),
                "worst fifth": round(worst(values, chrf), 3),
            }
            for name, values in (("confidence", sure), ("token probability", alone), ("general", other))
        },
        "near": round(float(near.mean()), 3),
        "reliability": reliability(sure[held], near[held]),
    }


def lines(sets: Path, name: str, pair: str, count: int | None = None) -> list[Line]:
    """Return the lines of a set as the starter package of a pair drafts them, all of them or the first ones."""
    source, target = pair.split("-")
    texts, references = (
        (sets / f"{name}.{pair}.{language}").read_text(encoding="utf-8").splitlines()[:count]
        for language in (source, target)
    )
    drafted = _drafted(texts, pair) if count else _remembered(texts, pair, name)
    chrf, ter = CHRF(), TER()
    return [
        Line(
            sentences,
            draft,
            reference,
            chrf.sentence_score(draft, [reference]).score,
            min(_TER_MOST, ter.sentence_score(draft, [reference]).score),
        )
        for (sentences, draft), reference in zip(drafted, references, strict=True)
    ]


def joined(found: Sequence[Line], count: int) -> list[Line]:
    """Join so many lines after each other to one."""
    chrf, made = CHRF(), []
    for at in range(0, len(found) - count + 1, count):
        parts = found[at : at + count]
        draft, reference = (" ".join(texts) for texts in zip(*((p.draft, p.reference) for p in parts), strict=True))
        sentences = [sentence for part in parts for sentence in part.sentences]
        made.append(Line(sentences, draft, reference, chrf.sentence_score(draft, [reference]).score, 0.0))
    return made


def spearman(ours: Numbers, theirs: Numbers) -> float:
    """Return Spearman's correlation; equal numbers share their rank."""
    return float(np.corrcoef(_ranks(ours), _ranks(theirs))[0, 1])


def worst(ours: Numbers, theirs: Numbers) -> float:
    """Return how many of the worst fifth by one measure are in the worst fifth by the other."""
    count = len(ours) // 5
    mine, real = (set(np.argsort(values, kind="stable")[:count].tolist()) for values in (ours, theirs))
    return len(mine & real) / count


def reliability(sure: Numbers, near: Numbers) -> list[tuple[float, float, int]]:
    """Return for each tenth of confidence its mean, how many of its drafts are near, and how many drafts there are."""
    tenth = np.minimum(9, (sure * 10).astype(int))
    return [
        (round(float(sure[tenth == at].mean()), 2), round(float(near[tenth == at].mean()), 2), int((tenth == at).sum()))
        for at in range(10)
        if (tenth == at).any()
    ]


def _weights(
    learnt: dict[str, list[Line]], lengths: dict[str, float]
) -> tuple[list[tuple[str, confidence.Feature]], Any]:
    """Return the features with their weights by ridge regression, and what sums them up."""
    rows = [(_features(line, lengths[pair]), line) for pair, found in learnt.items() for line in found]
    names = list(rows[0][0])
    values = np.array([[np.nan if row[name] is None else row[name] for name in names] for row, _ in rows], dtype=float)
    means, deviations = np.nanmean(values, axis=0), np.nanstd(values, axis=0)
    standard = np.nan_to_num((values - means) / deviations)
    chrf, ter = _scores([line for _, line in rows])
    wanted = (chrf - chrf.mean()) / chrf.std() - _TER_WEIGHT * (ter - ter.mean()) / ter.std()
    kept = list(range(len(names)))
    while True:
        columns = standard[:, kept]
        weights = np.linalg.solve(columns.T @ columns + _RIDGE * np.eye(len(kept)), columns.T @ wanted)
        wrong = [at for at, column in enumerate(kept) if _SIGNS.get(names[column], 0) * weights[at] < 0]
        if not wrong:
            break
        kept.pop(max(wrong, key=lambda at: abs(weights[at])))
    made = [
        (names[column], confidence.Feature(float(means[column]), float(deviations[column]), float(weight)))
        for column, weight in zip(kept, weights, strict=True)
    ]
    model = confidence.Model(dict(made), lengths, {})

    def total(found: Sequence[Line], pair: str) -> Numbers:
        return np.array([model.sum(_features(line, lengths[pair])) for line in found])

    return made, total


def _logistic(sums: Numbers, near: Numbers) -> tuple[float, float]:
    """Return slope and offset of the logistic regression of one variable, by Newton's method."""
    columns, found = np.stack([sums, np.ones(len(sums))], axis=1), np.zeros(2)
    for _ in range(30):
        sure = 1 / (1 + np.exp(-columns @ found))
        curvature = columns.T @ (columns * (sure * (1 - sure))[:, None])
        found += np.linalg.solve(curvature, columns.T @ (near - sure))
    return float(found[0]), float(found[1])


def _sure(model: confidence.Model, line: Line, pair: str, package: str) -> float:
    if confidence.hopeless(line.sentences):
        return 0.0
    return float(digits(model.probability(_features(line, model.lengths[pair]), package)))


def _features(line: Line, usual: float | None) -> confidence.Features:
    return confidence.features(line.sentences, usual)


def _length(line: Line) -> float:
    return float(np.log((len(line.reference) + 1) / (sum(len(sentence) for sentence, _ in line.sentences) + 1)))


def _scores(found: Sequence[Line]) -> tuple[Numbers, Numbers]:
    return np.array([line.chrf for line in found]), np.array([line.ter for line in found])


def _calibrating(count: int) -> NDArray[np.bool_]:
    calibrating: NDArray[np.bool_] = np.arange(count) // _BLOCK % 2 == 0
    return calibrating


def _near(found: Sequence[Line]) -> Numbers:
    return np.array([float(line.chrf >= NEAR) for line in found])


def _ranks(values: Numbers) -> Numbers:
    _, places, counts = np.unique(values, return_inverse=True, return_counts=True)
    ranks: Numbers = (np.cumsum(counts) - (counts - 1) / 2)[places]
    return ranks


def _engine(pair: str) -> ArgosEngine:
    package = read(STARTERS / pair.replace("-", "_"))
    assert package is not None
    return ArgosEngine(package, Options())


def _drafted(texts: Sequence[str], pair: str) -> list[tuple[list[tuple[str, Decoded]], str]]:
    """Draft texts as a desk does."""
    found: dict[object, tuple[list[tuple[str, Decoded]], str]] = {}
    seen: list[list[tuple[str, Decoded]]] = []

    def watch(_: Engine, sentences: Sequence[tuple[str, Decoded]]) -> float:
        seen.append(list(sentences))
        return 0.0

    requests = [queue.Request(number, text) for number, text in enumerate(texts)]
    for one in queue.draft(requests, [_engine(pair)], [load_segmenter(pair[:2]).spans], judge=watch):
        found[one.ticket] = (seen[-1] if seen else [], one.text)
    return [found[number] for number in range(len(texts))]


def _remembered(texts: Sequence[str], pair: str, name: str) -> list[tuple[list[tuple[str, Decoded]], str]]:
    """Draft texts, or read what the package made of them before."""
    package = _engine(pair).facts["package"].replace("/", "-")
    path = HERE / "runs" / "confidence" / f"{name}.{package}.json"
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(_drafted(texts, pair), default=_plain), encoding="utf-8")
    kept = json.loads(path.read_text(encoding="utf-8"))
    return [([(sentence, _decoded(one)) for sentence, one in sentences], draft) for sentences, draft in kept]


def _plain(one: object) -> dict[str, Any]:
    assert isinstance(one, Decoded)
    return asdict(replace(one, links=()))


def _decoded(values: dict[str, Any]) -> Decoded:
    others = tuple(_decoded(other) for other in values["others"])
    return Decoded(**{**values, "others": others, "tokens": tuple(values["tokens"]), "links": ()})
