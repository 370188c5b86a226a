"""What happened to a source text between two versions, and whether its translation wants a new look.

A change is cosmetic where spacing, the style of quotes or a mistyped word was mended and nothing else: no figure, no
name, no negation, no inline code. A mistyped word is one that the dictionary of the language does not know, and that
became one it knows; without a dictionary no word counts as mistyped.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import pairwise

from translate.language import primary

#: Says whether a word is in the dictionary of a language.
Dictionary = Callable[[str], bool]


class Kind(StrEnum):
    """The kinds of change of an entry."""

    NEW = "new"
    COSMETIC = "cosmetic"
    CHANGED = "changed"
    RESEGMENTED = "resegmented"
    OBSOLETE = "obsolete"


@dataclass(frozen=True, slots=True)
class Change:
    """One change: the text before (empty for a new one) and after (empty for one that left), and its line there."""

    kind: Kind
    before: str = ""
    after: str = ""
    line: int = 0


@dataclass(slots=True)
class Changes:
    """What a merge did to a catalog, entry by entry; `kept` counts the entries that stayed as they were."""

    kept: int = 0
    found: list[Change] = field(default_factory=list)

    def count(self, kind: Kind) -> int:
        """Count the changes of one kind."""
        return sum(change.kind is kind for change in self.found)

    @property
    def any(self) -> bool:
        """Say whether anything changed."""
        return bool(self.found)


# Figures with the signs inside them are one token; spaces are none.
_TOKEN = re.compile(r"</?\d+/?>|\d+(?:[.,:/h]\d+)*|[^\W\d_]+|[^\w\s]|_")
_GROUPED = re.compile(r"(?<=\d)\s(?=\d{3}(?!\d))")
_WORD = re.compile(r"[^\W\d_]+")
_SAME_SIGNS = str.maketrans(
    {
        **dict.fromkeys("«»“”„‟″", '"'),
        **dict.fromkeys("’‘ʼ′`", "'"),
        **dict.fromkeys("–—‑‐−", "-"),
        "…": "...",
        "\u00ad": "",
        "œ": "oe",
        "Œ": "Oe",
        "æ": "ae",
        "Æ": "Ae",
    }
)
# Shorter words differ from too many others by one letter.
_LONG_ENOUGH = 4
# A word of this many letters may have one more slip than a shorter one.
_VERY_LONG = 8
# Words that a sentence must not gain or lose unseen: negations and numbers, by language.
_WEIGHTY = {
    "fr": """ne pas plus jamais rien aucun aucune personne sans non ni guère nul nulle un une deux trois quatre cinq six
        sept huit neuf dix onze douze treize quatorze quinze seize vingt trente quarante cinquante soixante septante
        huitante nonante cent cents mille million millions milliard milliards demi moitié tiers quart""",
    "en": """not no never nothing nobody none neither nor without cannot one two three four five six seven eight nine
        ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty
        seventy eighty ninety hundred thousand million millions billion billions half third quarter""",
    "de": """nicht kein keine keinen keinem keiner nie niemals nichts niemand ohne weder noch ein eine zwei drei vier
        fünf sechs sieben acht neun zehn elf zwölf zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig
        hundert tausend million millionen milliarde milliarden halb hälfte drittel viertel""",
}
# They stand twice in good French ("nous nous voyons").
_DOUBLED = frozenset({"nous", "vous", "that", "had", "die", "der", "das", "sie"})


def cosmetic(before: str, after: str, known: Dictionary | None = None, language: str = "fr") -> bool:
    """Say whether a change left what a text says alone.

    >>> cosmetic('Le ministre a dit: "oui".', "Le ministre a dit : « oui ».")
    True
    >>> cosmetic("Trois morts", "Quatre morts")
    False
    >>> cosmetic("Le gouvernment recule", "Le gouvernement recule", lambda word: word != "gouvernment")
    True
    """
    old, new = _tokens(before), _tokens(after)
    weighty = frozenset(_WEIGHTY.get(primary(language), "").split())
    operations = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return all(
        operation == "equal" or _harmless(old[a:b], new[c:d], old[max(0, a - 1) : b + 1], known, weighty)
        for operation, a, b, c, d in operations
    )


def _tokens(text: str) -> list[str]:
    plain = unicodedata.normalize("NFC", text).translate(_SAME_SIGNS)
    return _TOKEN.findall(_GROUPED.sub("", plain))


def _harmless(
    old: Sequence[str], new: Sequence[str], around: Sequence[str], known: Dictionary | None, weighty: frozenset[str]
) -> bool:
    """Say whether some tokens stand for others without saying anything else."""
    if not all(_WORD.fullmatch(token) for token in (*old, *new)) or weighty.intersection(map(str.lower, (*old, *new))):
        return False
    if not old or not new:
        return _doubled(old or new, around if old else (*around[:1], *new, *around[1:]))
    if len(old) == len(new):
        return all(_mended(one, other, known) for one, other in zip(old, new, strict=True))
    together = "".join(old) == "".join(new) and all(word.islower() for word in (*old, *new))
    return together and known is not None and not all(map(known, old)) and all(map(known, new))


def _doubled(words: Sequence[str], around: Sequence[str]) -> bool:
    """Say whether one word stands, or stood, twice by mistake."""
    if len(words) != 1 or not words[0].islower() or words[0] in _DOUBLED:
        return False
    return any(one.lower() == other == words[0] for one, other in pairwise(around))


def _mended(old: str, new: str, known: Dictionary | None) -> bool:
    """Say whether a word is another one, mended."""
    if not old.islower() or not new.islower():
        # A name is never taken for mistyped, but capitals often lack their accents.
        return (
            old[0].isupper()
            and new[0].isupper()
            and old[0] != new[0]
            and _bare(old[0]) + old[1:] == _bare(new[0]) + new[1:]
        )
    if known is None or min(len(old), len(new)) < _LONG_ENOUGH or known(old) or not known(new):
        return False
    from rapidfuzz.distance import OSA

    return OSA.distance(old, new) <= (2 if len(new) >= _VERY_LONG else 1)


def _bare(letter: str) -> str:
    return unicodedata.normalize("NFD", letter)[0]
