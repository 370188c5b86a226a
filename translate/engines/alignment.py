"""What an engine wrote for what: attention between tokens, and what it would not have written without some words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from translate.engines.placing import Link

# Less attention than this says nothing.
_LEAST = 0.05
# The logits of one token are tens of kilobytes: so many sentences a batch.
_ROWS = 8


def attention(translator: Any, source: Sequence[Sequence[str]], target: Sequence[Sequence[str]]) -> Iterator[Any]:
    """Yield the attention (target tokens x source tokens) of each pair of token lists.

    The translation is decoded once more, forced: the attention that CTranslate2 4.8 returns of a beam search in a batch
    is that of another hypothesis (measured: up to 0.7 apart from a sentence decoded alone; forced, it is the same).
    """
    if not source:
        return
    results = _forced(translator, source, target, return_attention=True, max_batch_size=1024, batch_type="tokens")
    for tokens, result in zip(target, results, strict=True):
        yield result.attention[0][: len(tokens)]


def linked(source: str, pieces: Sequence[str], target: str, written: Sequence[str], attention: Any) -> list[Link]:
    """Return the links between two sentences, from the attention between their tokens."""
    here, there = offsets(pieces, source), offsets(written, target)
    found = []
    for span, weights in zip(there, attention, strict=False):
        for other, weight in zip(here, weights, strict=False):
            if span and other and weight >= _LEAST:
                found.append(Link(*other, *span, float(weight)))
    return found


def missed(target: str, written: Sequence[str], span: tuple[int, int], losses: Sequence[float]) -> Iterator[Link]:
    """Yield how much less likely each token of a translation is without some words of its source."""
    for place, loss in zip(offsets(written, target), losses, strict=True):
        if place:
            yield Link(*span, *place, loss, left_out=True)


def probabilities(
    translator: Any, source: Sequence[Sequence[str]], target: Sequence[Sequence[str]]
) -> Iterator[list[float]]:
    """Yield the log probability of each token of a translation, given its source."""
    batches: dict[int, list[int]] = {}
    for at, tokens in enumerate(source):
        # Padding changes a sum in its last digits, and 8-bit rounding makes a hundredth of that: the same length only.
        batches.setdefault(len(tokens), []).append(at)
    found: dict[int, list[float]] = {}
    for places in batches.values():
        results = translator.score_batch(
            [source[at] for at in places],
            [target[at] for at in places],
            max_input_length=0,
            max_batch_size=1024,
            batch_type="tokens",
        )
        found |= zip(places, (result.log_probs for result in results), strict=True)
    for at, tokens in enumerate(target):
        yield found[at][: len(tokens)]


def following(
    translator: Any, source: Sequence[Sequence[str]], target: Sequence[Sequence[str]], tokens: Sequence[int]
) -> Iterator[list[float]]:
    """Yield how likely one token of the vocabulary is in the place of each token of a translation, and at its end.

    Log probabilities. The translation is decoded once more, forced: all places cost as much as one.
    """
    for start in range(0, len(source), 2 * _ROWS):
        part = slice(start, start + 2 * _ROWS)
        results = _forced(translator, source[part], target[part], return_logits_vocab=True, max_batch_size=_ROWS)
        for one, written, result in zip(tokens[part], target[part], results, strict=True):
            logits = np.array([np.asarray(row, dtype=np.float32) for row in result.logits[0][: len(written) + 1]])
            greatest = logits.max(axis=1)
            whole = greatest + np.log(np.exp(logits - greatest[:, None]).sum(axis=1))
            yield (logits[:, one] - whole).tolist()


def _forced(translator: Any, source: Sequence[Sequence[str]], target: Sequence[Sequence[str]], **asked: Any) -> Any:
    """Return the results of decoding translations once more as they are, and one step on."""
    return translator.translate_batch(
        list(source),
        target_prefix=list(target),
        beam_size=1,
        max_input_length=0,
        max_decoding_length=max(map(len, target)) + 1,
        disable_unk=True,
        **asked,
    )


def offsets(pieces: Sequence[str], text: str) -> list[tuple[int, int] | None]:
    """Return where each token stands in its sentence; None for one that is not found there as it is.

    >>> offsets(["▁Le", "▁ch", "at"], "Le chat")
    [(0, 2), (3, 5), (5, 7)]
    """
    found: list[tuple[int, int] | None] = []
    at = 0
    for piece in pieces:
        bare = piece.replace("▁", " ").replace("@@", "").strip()
        start = text.find(bare, at, at + len(bare) + 8) if bare else -1
        found.append((start, start + len(bare)) if start >= 0 else None)
        at = start + len(bare) if start >= 0 else at
    return found
