"""Order the pairs and pack them into rows of one constant shape."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training.special import BOS, EOS, IGNORED

CHUNK = 4096
_KEYS = ("source", "source_place", "source_sentence", "target", "target_place", "target_sentence", "expected")


@dataclass(frozen=True, slots=True)
class Shape:
    """Hold a batch's shape: rows, source positions a row, target positions a row."""

    rows: int
    source: int
    target: int


@dataclass(frozen=True, slots=True)
class Tokens:
    """Hold the encoded pairs as ``prepare`` wrote them: flat identifiers, exclusive ends, weights."""

    source: NDArray[np.uint16]
    source_ends: NDArray[np.int64]
    target: NDArray[np.uint16]
    target_ends: NDArray[np.int64]
    weight: NDArray[np.float32]

    def pair(self, number: int) -> tuple[NDArray[np.uint16], NDArray[np.uint16]]:
        """Return the identifiers of one pair; the source ends with its end mark, the target does not."""
        first = (self.source_ends[number - 1], self.target_ends[number - 1]) if number else (0, 0)
        return self.source[first[0] : self.source_ends[number]], self.target[first[1] : self.target_ends[number]]


def read_tokens(path: Path) -> Tokens:
    """Read ``pairs.npz`` or ``development.npz`` (whose weights are all one)."""
    with np.load(path) as arrays:
        count = len(arrays["source_ends"])
        weight = arrays["weight"] if "weight" in arrays else np.ones(count, np.float32)
        return Tokens(*(arrays[key] for key in ("source", "source_ends", "target", "target_ends")), weight)


def order(weight: NDArray[np.float32], seed: int, turn: int) -> NDArray[np.int64]:
    """Return all pairs once, heavier ones earlier by chance: weighted sampling without replacement.

    Efraimidis and Spirakis 2006: sort by an exponential variate over the weight.
    """
    variate = np.random.default_rng((seed, turn)).exponential(size=len(weight))
    return np.argsort(variate / weight, kind="stable")


def pack(sizes: NDArray[np.int64], shape: Shape) -> list[list[int]]:
    """Return rows of pair indices, longest first, each into the first row that still has room on both sides."""
    rows: list[list[int]] = []
    room = np.empty((0, 2), np.int64)
    limit = np.array([shape.source, shape.target])
    for number in np.argsort(-sizes.max(1), kind="stable"):
        fits = (room >= sizes[number]).all(1)
        found = int(fits.argmax()) if fits.any() else len(rows)
        if found == len(rows):
            rows.append([])
            room = np.vstack([room, limit])
        rows[found].append(int(number))
        room[found] -= sizes[number]
    return rows


def batches(
    tokens: Tokens, shape: Shape, seed: int, place: tuple[int, int, int]
) -> Iterator[tuple[tuple[int, int, int], dict[str, NDArray[np.int64]]]]:
    """Yield batches without end from ``place`` on, each with the place that follows it.

    A place is (turn through the pairs, chunk in the turn, batch in the chunk); the same seed and place give the same
    batches.
    """
    turn, chunk, batch = place
    while True:
        sequence = order(tokens.weight, seed, turn)
        for first in range(chunk * CHUNK, len(sequence), CHUNK):
            numbers = sequence[first : first + CHUNK]
            pairs = [tokens.pair(number) for number in numbers]
            rows = pack(np.array([(len(source), len(target) + 1) for source, target in pairs]), shape)
            np.random.default_rng((seed, turn, first)).shuffle(rows)
            for start in range(batch * shape.rows, len(rows) - shape.rows + 1, shape.rows):
                batch += 1
                yield (
                    (turn, chunk, batch),
                    fill([[pairs[i] for i in row] for row in rows[start : start + shape.rows]], shape),
                )
            chunk, batch = chunk + 1, 0
        turn, chunk, batch = turn + 1, 0, 0


def fill(rows: list[list[tuple[NDArray[np.uint16], NDArray[np.uint16]]]], shape: Shape) -> dict[str, NDArray[np.int64]]:
    """Return the batch of these rows of pairs: an array for each field of `network.Batch`."""
    arrays = {
        key: np.zeros((shape.rows, shape.source if key.startswith("source") else shape.target), np.int64)
        for key in _KEYS
    }
    arrays["expected"][:] = IGNORED
    for number, row in enumerate(rows):
        read = written = 0
        for sentence, (source, target) in enumerate(row, 1):
            here = slice(read, read + len(source))
            there = slice(written, written + len(target) + 1)
            for key, span, values in (
                ("source", here, source),
                ("target", there, [BOS, *target]),
                ("expected", there, [*target, EOS]),
            ):
                arrays[key][number, span] = values
            for key, span in (("source", here), ("target", there)):
                arrays[f"{key}_place"][number, span] = np.arange(span.stop - span.start)
                arrays[f"{key}_sentence"][number, span] = sentence
            read, written = here.stop, there.stop
    return arrays
