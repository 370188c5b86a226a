"""Where words may be put into what was written already, so that an engine goes on from them."""

from __future__ import annotations

from collections.abc import Sequence

# Of all places, so many are tried: the likeliest is not always the one with the best end.
_TRIED = 2
# SentencePiece marks the beginning of a word.
_WORD = "▁"


def beginnings(written: Sequence[str], words: Sequence[str]) -> list[tuple[list[str], int]]:
    """Return what was written up to each of its words with new words after it, and how many tokens are new.

    >>> beginnings(["▁the", "▁dea", "d"], ["▁12"])
    [(['▁12'], 1), (['▁the', '▁12'], 1), (['▁the', '▁dea', 'd', '▁12'], 1)]
    """
    places = [at for at, token in enumerate(written) if at == 0 or token.startswith(_WORD)]
    return [([*written[:at], *words], len(words)) for at in (*places, len(written))]


def best(places: Sequence[tuple[float, list[str]]]) -> list[list[str]]:
    """Return the beginnings after which new words are likeliest.

    >>> best([(-9.0, ["▁12"]), (-0.1, ["▁the", "▁12"]), (-8.0, ["▁a"]), (-7.0, ["▁b"])])
    [['▁the', '▁12'], ['▁b']]
    """
    return [begun for _, begun in sorted(places, key=lambda place: -place[0])[:_TRIED]]
