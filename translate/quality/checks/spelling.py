"""Spelling: words that are in no dictionary and one letter away from one that is, by Hunspell."""

from __future__ import annotations

import re
from collections.abc import Iterator

from translate.catalogs.dictionary import dictionary
from translate.knowledge.spelling import Speller, speller
from translate.quality.checks import Finding, Pair, Severity
from translate.quality.text import known, unknown, words

_ADDRESS = re.compile(r"(?<!\S)\S*(?:www\.|://|[@#])\S*")
_PARTS = re.compile(r"[’'‑-]")
_LETTERS = "abcdefghijklmnopqrstuvwxyzäöüßéèêç"
# Small and also a noun where it has a capital: a verb (kämpfen), an adjective (weiten); no others end so.
_VERBAL = re.compile(r"(?<!i)(?<!ung)(?<!eit)en\Z")
# Infinitives with zu inside (anzuleiten) are not in dictionaries.
_WITH_ZU = re.compile(r"\w{2,7}zu\w{3,}n\Z")
# Shorter ones are abbreviations as often as not.
_SHORTEST = 4


def check(pair: Pair) -> Iterator[Finding]:
    """Yield a warning for each word in small letters that seems to be misspelt.

    What stands in the source counts as known, and so do words of pyspellchecker's lists. New words are no faults: a
    word is one only where a known one is a letter away. A German noun without its capital is
    mended after its article. Nothing is said in a language without a dictionary.
    """
    spells = speller(pair.language)
    if spells is None:
        return
    if not unknown(pair.translation, pair.language):
        return
    there = set(words(pair.source))
    written = unknown(_ADDRESS.sub(" ", pair.translation), pair.language)
    for word in dict.fromkeys(word for word in written if word not in there):
        right = _meant(word, spells, pair.language)
        if right is None:
            continue
        mend = _raised(word, right, pair) if right.lower() == word else None
        yield Finding("spelling", Severity.WARNING, f"{word!r} may be {right!r}", mend)


def _raised(word: str, right: str, pair: Pair) -> str | None:
    """Give a noun its capital after its article; before another noun it may be an adjective that nobody listed."""
    english = speller("en")
    if not _listed(word, pair.language) or (english is not None and english(word)):
        return None
    articles = "|".join(known("articles", pair.language))
    found = re.compile(rf"(?<!\S)({articles}) {re.escape(word)}(?=[.!?]?(?:\s+[a-zäöü]|\s*\Z))", re.IGNORECASE)
    mended = found.sub(rf"\1 {right}", pair.translation)
    return None if word in words(mended) else mended


def _meant(word: str, spells: Speller, language: str) -> str | None:
    """Return the word that a wrong one may have been, None where it is right or nobody knows."""
    noun = word.capitalize()
    if language.startswith("de"):
        if len(word) >= _SHORTEST and spells(noun) and not _VERBAL.search(word):
            return noun
        if _WITH_ZU.match(word):
            return None
    parts = [part for part in _PARTS.split(word) if part]
    if len(parts) > 1:
        return next((right for part in parts if not spells(part) and (right := _meant(part, spells, language))), None)
    if len(word) < _SHORTEST or spells(noun) or any(_listed(word, one) for one in (language, "en")):
        return None
    if language.startswith("de") and spells(word.replace("ss", "ß")):
        # The Swiss have no ß.
        return None
    if language.startswith("de") and any(spells(word[:at]) and spells(word[at:]) for at in range(3, len(word) - 2)):
        return None
    # Right is what both have, the dictionary and the list of words that people use.
    return next((one for one in _a_letter_away(word) if _listed(one, language) and spells(one)), None)


def _listed(word: str, language: str) -> bool:
    knows = dictionary(language)
    return knows is not None and knows(word)


def _a_letter_away(word: str) -> Iterator[str]:
    """Yield what becomes of a word by swapping two letters, leaving one out, changing one or adding one."""
    for at in range(len(word) - 1):
        yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]
    for at in range(len(word) + 1):
        for letter in _LETTERS:
            yield word[:at] + letter + word[at + 1 :]
            yield word[:at] + letter + word[at:]
