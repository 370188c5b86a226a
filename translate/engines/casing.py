"""Capitals: a line in capitals is folded for the engine, which knows few such words, and restored in its draft."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def shouted(text: str) -> bool:
    """Say whether a text is in capitals, and more than acronyms: a word of five letters in it, or four words.

    >>> shouted("ALEP SOUS LES BOMBES"), shouted("L'ONU"), shouted("ONU")
    (True, False, False)
    """
    words = _WORD.findall(text)
    return len(words) > 1 and text.upper() == text and (len(words) > 3 or max(map(len, words)) > 4)


def spellings(texts: Iterable[str]) -> dict[str, str]:
    """Return how each word is spelt in the running text of a document, by its lower-case form.

    The first word of a text is left out (its capital may be the sentence's), and so are texts in capitals.
    """
    counts: dict[str, Counter[str]] = {}
    for text in texts:
        if not shouted(text):
            for word in _WORD.findall(text)[1:]:
                counts.setdefault(word.lower(), Counter())[word] += 1
    return {lower: seen.most_common(1)[0][0] for lower, seen in counts.items()}


def fold(text: str, known: Mapping[str, str]) -> str:
    """Write a text in capitals as a sentence; words keep the spelling they have elsewhere in the document.

    >>> fold("L'ONU À ALEP", {"alep": "Alep", "l'onu": "l'ONU"})
    "L'ONU à Alep"
    """
    folded = _WORD.sub(lambda match: known.get(match.group().lower(), match.group().lower()), text)
    first = next((index for index, sign in enumerate(folded) if sign.isalpha()), 0)
    return folded[:first] + folded[first : first + 1].upper() + folded[first + 1 :]


def restore(draft: str) -> str:
    """Write a draft in capitals again; ß becomes the capital ẞ (in use since 2017, DIN 5008 and the Duden).

    >>> restore("Große Lage")
    'GROẞE LAGE'
    """
    return draft.replace("ß", "ẞ").upper()
