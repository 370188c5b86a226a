"""Where words may be put into what was written already, so that an engine goes on from them."""

from __future__ import annotations

from collections.abc import Sequence

# So many places are looked at, around where the words stand in the source, and so many are worth a search: the
# likeliest is not always the one with the best end.
_SEEN, _TRIED = 8, 3
# SentencePiece marks the beginning of a word.
_WORD = "▁"


def beginnings(
    written: Sequence[str], words: Sequence[str], share: float, likely: Sequence[float]
) -> list[tuple[str, ...]]:
    """Return what was written up to each of some words, with new words after it: the likeliest first.

    The words are those around a share of what was written, 0 to 1; `likely` has for each token, and for the end, how
    likely the new words are in its place.

    >>> beginnings(["▁the", "▁dea", "d"], ["▁12"], 0.0, [-9.0, -0.1, -0.2, -8.0])
    [('▁the', '▁12'), ('▁the', '▁dea', 'd', '▁12'), ('▁12',)]
    """
    places = [*(at for at, token in enumerate(written) if at == 0 or token.startswith(_WORD)), len(written)]
    near = sorted(places, key=lambda at: abs(at - share * len(written)))[:_SEEN]
    return [(*written[:at], *words) for at in sorted(near, key=lambda at: (-likely[at], at))[:_TRIED]]
