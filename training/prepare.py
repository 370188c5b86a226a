"""Prepare one recipe: checked pairs, vocabulary, token identifiers, development set, manifest."""

import hashlib
import json
import random
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sentencepiece import SentencePieceProcessor

from training import vocabulary as vocabularies
from training.corpora import Pair, folded, found, read_pairs, test_sentences
from training.phrases import phrases
from training.pretrained import FILE, read_pretrained
from training.recipe import Recipe
from training.special import EOS
from training.substitution import collect_names, substitute
from training.synthetic import synthetic

LONGEST = 64
DEVELOPMENT = 400
_COUNTED = 400_000
_RATIO, _SLACK = 2.2, 4
_LOW, _HIGH = 0.3, 3.0
# Words in fewer pairs are mostly misspelt; words in more are learnt anyway.
_RARE = range(3, 3000)
_WORD = re.compile(r"[^\W\d_]+")


def prepare(recipe: Recipe, corpora: Sequence[Path], tests: Path, weights: Path) -> dict[str, object]:
    """Write ``vocabulary.json``, ``sentencepiece.model``, ``pairs.npz``, the development set and ``manifest.json``.

    A vocabulary already there is kept: weights belong to it. Returns the manifest.
    Raises: FileNotFoundError if a corpus, a test set or the pretrained weights are absent.
    """
    folder = recipe.folder
    folder.mkdir(parents=True, exist_ok=True)
    languages = (recipe.source, recipe.target)
    refused = test_sentences(tests, recipe.test_sets, languages)
    everything = list(read_pairs(corpora, recipe.corpora))
    pairs = _allowed(everything, refused)
    words = _allowed(list(read_pairs(corpora, recipe.dictionaries)), refused)
    splitters = _splitters(recipe, pairs, weights)
    rng = random.Random(recipe.seed)
    held = set(rng.sample(range(len(pairs)), DEVELOPMENT))
    development, training = [pairs[i] for i in sorted(held)], [p for i, p in enumerate(pairs) if i not in held]
    same = {pair.source for pair in development} | {pair.target for pair in development}
    training = [pair for pair in training if pair.source not in same and pair.target not in same]
    for side, language in enumerate(languages):
        lines = [(pair.source, pair.target)[side] for pair in development]
        (folder / f"development.{language}").write_text("\n".join(lines) + "\n")
    names = collect_names(training)
    made = synthetic(recipe, names, rng) + phrases(training, recipe.phrase_weight)
    order = np.concatenate([_weights(training), np.array([pair.weight for pair in made + words], np.float32)])
    training = [substitute(pair, names, rng) if rng.random() < recipe.substituted else pair for pair in training] + made
    training += words
    arrays = encode(training, *splitters)
    np.savez(folder / "pairs.npz", weight=order[arrays.pop("kept")], **arrays)
    held_out = encode(development, *splitters)
    held_out.pop("kept")
    np.savez(folder / "development.npz", **held_out)
    manifest = {
        "recipe": recipe.name,
        "seed": recipe.seed,
        "read": len(everything),
        "refused_as_test": len(everything) - len(pairs),
        "pairs": len(arrays["source_ends"]),
        "target_tokens": len(arrays["target"]) + len(arrays["source_ends"]),
        "made": len(made),
        "words": len(words),
        "names": len(names.seen),
        "data": _sha256(folder / "pairs.npz"),
        "corpora": {name: _sha256(found(corpora, name)) for name in (*recipe.corpora, *recipe.dictionaries)},
        "test_sets": {
            f"{name}.{language}": _sha256(tests / f"{name}.{language}")
            for name in recipe.test_sets
            for language in languages
        },
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n")
    return manifest


def encode(
    pairs: Sequence[Pair], reader: SentencePieceProcessor, writer: SentencePieceProcessor
) -> dict[str, NDArray[np.generic]]:
    """Return flat token arrays, exclusive ends and the indices of the pairs kept; only sources have their end mark.

    Left out: sides of ``LONGEST`` pieces or more, sides under two, lengths that cannot be a translation.
    """
    source: list[NDArray[np.uint16]] = []
    target: list[NDArray[np.uint16]] = []
    kept: list[int] = []
    for start in range(0, len(pairs), 20_000):
        chunk = pairs[start : start + 20_000]
        reads = reader.encode([pair.source for pair in chunk])
        writes = writer.encode([pair.target for pair in chunk])
        for number, (read, written) in enumerate(zip(reads, writes, strict=True), start):
            sizes = len(read), len(written)
            if min(sizes) < 2 or max(sizes) >= LONGEST or max(sizes) > _RATIO * min(sizes) + _SLACK:
                continue
            source.append(np.array([*read, EOS], np.uint16))
            target.append(np.array(written, np.uint16))
            kept.append(number)
    return {
        "source": np.concatenate(source),
        "source_ends": np.cumsum([len(row) for row in source]),
        "target": np.concatenate(target),
        "target_ends": np.cumsum([len(row) for row in target]),
        "kept": np.array(kept),
    }


def _allowed(pairs: Sequence[Pair], refused: frozenset[str]) -> list[Pair]:
    return [pair for pair in pairs if folded(pair.source) not in refused and folded(pair.target) not in refused]


def _splitters(
    recipe: Recipe, pairs: Sequence[Pair], weights: Path
) -> tuple[SentencePieceProcessor, SentencePieceProcessor]:
    """Return the splitters of both sides, from the vocabulary at hand or one cut from the pairs."""
    listed, model = recipe.folder / "vocabulary.json", recipe.folder / "sentencepiece.model"
    if not listed.exists():
        counted = pairs[:_COUNTED]
        vocabulary, data = vocabularies.cut(
            read_pretrained(weights / FILE),
            [pair.source for pair in counted],
            [pair.target for pair in counted],
            (recipe.source_pieces, recipe.target_pieces),
        )
        vocabularies.save(vocabulary, listed)
        model.write_bytes(data)
    data = model.read_bytes()
    writer = vocabularies.target_model(vocabularies.load(listed), data)
    return SentencePieceProcessor(model_proto=data), SentencePieceProcessor(model_proto=writer)


def _weights(pairs: Sequence[Pair]) -> NDArray[np.float32]:
    """Return how early each pair should come: rich in words seen seldom, for what it costs in tokens.

    The sum over its rare words of one over the root of the number of pairs that have them, by its length;
    scaled to a median of one and kept within a factor of about three, times its corpus's weight.
    """
    words = [frozenset(map(str.lower, _WORD.findall(pair.target))) for pair in pairs]
    frequency = Counter(word for row in words for word in row)
    value = np.array(
        [sum(frequency[word] ** -0.5 for word in row if frequency[word] in _RARE) / (len(row) + 3) for row in words]
    )
    scaled = np.clip(value / np.median(value[value > 0]), _LOW, _HIGH)
    return (scaled * np.array([pair.weight for pair in pairs])).astype(np.float32)


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
