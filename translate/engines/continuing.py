"""Where words may be put into what was written already, so that an engine goes on from them."""

from __future__ import annotations

from collections.abc import Sequence

# So many places are looked at, around where the words stand in the source; of these so many are tried: the likeliest is
# not always the one with the best end.
_SEEN, _TRIED = 8, 3
# SentencePiece marks the beginning of a word.
_WORD = "▁"


def beginnings(written: Sequence[str], words: Sequence[str], share: float) -> list[list[str]]:
    """Return what was written up to each of some words, with new words after it.

    The words are those around a share of what was written, 0 to 1.

    >>> beginnings(["▁the", "▁dea", "d"], ["▁12"], 0.0)
    [['▁12'], ['▁the', '▁12'], ['▁the', '▁dea', 'd', '▁12']]
    """
    places = [*(at for at, token in enumerate(written) if at == 0 or token.startswith(_WORD)), len(written)]
    near = sorted(places, key=lambda at: abs(at - share * len(written)))[:_SEEN]
    return [[*written[:at], *words] for at in sorted(near)]


def best(places: Sequence[tuple[float, list[str]]]) -> list[list[str]]:
    """Return the beginnings that are likeliest to go on with the new words.

    >>> best([(-9.0, ["▁12"]), (-0.1, ["▁the", "▁12"]), (-8.0, ["▁a"]), (-7.0, ["▁b"])])
    [['▁the', '▁12'], ['▁b'], ['▁a']]
    """
    return [begun for _, begun in sorted(places, key=lambda place: -place[0])[:_TRIED]]
