"""How sure one may be of a draft: the probability that it is near to what a professional would have written.

Near is a sentence chrF of 50 or more against a professional translation. The number comes from a logistic regression
over what decoding leaves behind; its coefficients are data (`confidence.json`), fitted by `python -m training
confidence`, and docs/confidence.md is their card.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from rapidfuzz.distance import Levenshtein

from translate.engines import guards
from translate.engines.model import Decoded, Engine

#: The coefficients.
FILE = Path(__file__).with_name("confidence.json")
# Where the calibration of packages that were not fitted stands.
_GENERAL = "general"
# What a guard sees for sure no regression may outvote; texts like that are too rare to learn from.
_HOPELESS = (guards.loop, guards.copied, guards.short)
_WORD = re.compile(r"[^\W_]+")
# Shorter words stand in two languages by chance (`on`, `dans`).
_LONG = 4

#: A sentence and what an engine made of it.
Sentences = Sequence[tuple[str, Decoded]]
#: Features by their names; None where an engine did not leave what a feature is made of.
Features = dict[str, float | None]


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature of the regression: its mean and deviation where it was fitted, and what a deviation counts for."""

    mean: float
    deviation: float
    weight: float

    def counts(self, value: float | None) -> float:
        """Return what a value adds to the sum; one that is not known adds as much as the mean: nothing."""
        return 0.0 if value is None else self.weight * (value - self.mean) / self.deviation


@dataclass(frozen=True, slots=True)
class Model:
    """The regression: what is summed up, and by packages (or `general`) what turns the sum into a probability.

    `lengths` are the logarithms of the usual length of a translation over its source's, by the pair of languages.
    """

    features: Mapping[str, Feature]
    lengths: Mapping[str, float]
    calibration: Mapping[str, tuple[float, float]]

    def sum(self, found: Features) -> float:
        """Return the weighted sum of some features; higher is better."""
        return sum(feature.counts(found[name]) for name, feature in self.features.items())

    def probability(self, found: Features, package: str) -> float:
        """Return the probability that the draft with these features, by some package, is near."""
        slope, offset = self.calibration.get(package, self.calibration[_GENERAL])
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, slope * self.sum(found) + offset))))


def judge(engine: Engine, sentences: Sentences) -> float:
    """Return the probability that the draft of a text is near to a professional's, from 0 to 1."""
    if hopeless(sentences):
        return 0.0
    found = features(sentences, model().lengths.get(f"{engine.source}-{engine.target}"))
    return model().probability(found, calibrated(engine.facts))


def hopeless(sentences: Sentences) -> bool:
    """Say whether a draft runs away, loops, lacks half of its text, or is its source again."""
    return any(
        one.truncated or not one.text or any(guard(sentence, one.text) for guard in _HOPELESS)
        for sentence, one in sentences
    )


def calibrated(facts: Mapping[str, str]) -> str:
    """Return whose calibration an engine goes by: a starter package has its own, any other the general one."""
    return facts.get("package", "").split("/")[0] if facts.get("origin") == "starter" else _GENERAL


def features(sentences: Sentences, usual_length: float | None) -> Features:
    """Return the features of a text, of all its sentences together.

    Args:
        sentences: the sentences as the engine saw them, each with what was made of it.
        usual_length: the logarithm of the usual length of a translation over its source's; None if it is not known.
    """
    sources = [word for sentence, _ in sentences for word in _WORD.findall(sentence)]
    words = [word for _, one in sentences for word in _WORD.findall(one.text)]
    read = sum((guards.numbers(sentence) for sentence, _ in sentences), Counter[str]())
    written = sum((guards.numbers(one.text) for _, one in sentences), Counter[str]())
    length = math.log((_signs(one.text for _, one in sentences) + 1) / (_signs(text for text, _ in sentences) + 1))
    known = {word.lower() for word in sources}
    return {
        "probability": math.exp(min(0.0, _mean((one, one.log_probability) for _, one in sentences) or 0.0)),
        "agreement": _mean((one, _likeness(one)) for _, one in sentences if one.others),
        "length": None if usual_length is None else abs(length - usual_length),
        "words": math.log(1 + len(sources)),
        "word_length": _share(_signs(sources), sources),
        "pieces": _pieces([one for _, one in sentences if one.tokens]),
        "kept": _share(sum(len(word) >= _LONG and word.lower() in known for word in words), words),
        "repeated": max(0.0, _share(_repeated(words), words) - _share(_repeated(sources), sources)),
        "figures": _share(((read - written) + (written - read)).total(), sources),
    }


@cache
def model() -> Model:
    """Return the shipped regression."""
    return read(json.loads(FILE.read_text(encoding="utf-8")))


def read(values: Mapping[str, Any]) -> Model:
    """Make a regression of what its file says."""
    return Model(
        {name: Feature(**value) for name, value in values["features"].items()},
        dict(values["lengths"]),
        {name: (slope, offset) for name, (slope, offset) in values["calibration"].items()},
    )


def _mean(values: Iterable[tuple[Decoded, float]]) -> float | None:
    """Return the mean of a number of each sentence, long ones counting for more; None without a sentence."""
    weighed = [(len(one.tokens) or len(one.text.split()) or 1, value) for one, value in values]
    total = sum(weight for weight, _ in weighed)
    return sum(weight * value for weight, value in weighed) / total if total else None


def _likeness(one: Decoded) -> float:
    return Levenshtein.normalized_similarity(one.text, one.others[0].text)


def _pieces(decoded: Sequence[Decoded]) -> float | None:
    """Return of how many pieces the words of a draft were put together: words that a model knows are one piece."""
    count = sum(len(one.tokens) for one in decoded)
    return count / max(1, sum(len(_WORD.findall(one.text)) for one in decoded)) if count else None


def _repeated(words: Iterable[str]) -> int:
    counts = Counter(word.lower() for word in words if len(word) >= _LONG)
    return counts.total() - len(counts)


def _share(count: int, words: Sequence[str]) -> float:
    return count / max(1, len(words))


def _signs(texts: Iterable[str]) -> int:
    return sum(map(len, texts))
