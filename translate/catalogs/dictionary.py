"""The words of a language, as the word lists of pyspellchecker have them (from film subtitles, cleaned)."""

from __future__ import annotations

from functools import cache

from translate.catalogs.changes import Dictionary


@cache
def dictionary(language: str) -> Dictionary | None:
    """Return the dictionary of a language; None where there is no list of its words."""
    from spellchecker import SpellChecker

    code = language.split("-")[0]
    if code not in SpellChecker.languages():
        return None
    words = SpellChecker(language=code).word_frequency.dictionary
    return lambda word: word.lower() in words
