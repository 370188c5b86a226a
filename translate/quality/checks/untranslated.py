"""Text left in the source language, or written in a third one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from translate.catalogs.dictionary import dictionary
from translate.documents.parts import Remembered, parts
from translate.engines.guards import copied
from translate.knowledge.spelling import speller
from translate.language import primary
from translate.quality.checks import Finding, Pair, Severity
from translate.quality.text import WORD, common_words, known, plain, unknown, words

# So many words of another language, and hardly one of the own.
_SURE = 3
# Shorter words are units and signs as well.
_LETTERS = 2
# So many words in a row as in the source are left over, not names.
_ROW = 3
# The title of a song may stay as it is.
_TITLE = re.compile(r"\A[«“\"][^«»“”\"]*[»”\"]\Z")


def check(pair: Pair) -> Iterator[Finding]:
    """Yield an error for the source itself or another language, a warning for words left in the source's language.

    Other languages are told by their commonest words (`words.toml`); words by pyspellchecker's lists.
    """
    if primary(pair.language) == primary(pair.source_language):
        return
    source, translation = plain(pair.source), plain(pair.translation)
    if copied(source, translation):
        severity = Severity.WARNING if _TITLE.match(source) else Severity.ERROR
        yield Finding("untranslated", severity, "the translation is the source text")
        return
    other = _other_language(translation, pair.language)
    if other:
        yield Finding("untranslated", Severity.ERROR, f"the translation is written in {other!r}")
        return
    left = _left(pair)
    if left:
        yield Finding("untranslated", Severity.WARNING, f"left in the source's language: {left!r}")


def _other_language(text: str, language: str) -> str | None:
    """Return the language whose commonest words a text has, where it has hardly one of its own."""
    tables = common_words()
    own = tables.get(primary(language))
    if own is None or sum(map(_of_others(primary(language)).__getitem__, parts(text))) < _SURE:
        return None
    there = frozenset(word.lower() for word in words(text))
    mine = len(own & there)
    count, best = max((len(table & there), other) for other, table in tables.items())
    return best if count >= _SURE and mine * 4 <= count else None


@cache
def _of_others(language: str) -> Remembered[int]:
    """Return how many words of a part are among the commonest of other languages."""
    others = frozenset[str]().union(*(table for other, table in common_words().items() if other != language))
    return Remembered(lambda part: sum(word.lower() in others for word in WORD.findall(part)))


def _left(pair: Pair) -> str:
    """Return the longest run of words that stand in the source as well and that are words of its language only."""
    languages = pair.source_language, pair.language
    strange = {word for word in unknown(pair.translation, pair.language) if _is_strange(word, *languages)}
    if not strange:
        return ""
    particles = frozenset(known("particles", pair.source_language))
    there = set(words(pair.source))
    run: list[str] = []
    best: list[str] = []
    for word in (*words(pair.translation), ""):
        if word in there and word.islower():
            run.append(word)
            continue
        count = 0 if particles.issuperset(run) and word in there else sum(one in strange for one in run)
        if len(run) > len(best) and (count >= 1 if len(run) < _ROW else count * 3 >= len(run)):
            best = run
        run = []
    return " ".join(best)


def _is_strange(word: str, source_language: str, language: str) -> bool:
    knows, foreign, spells = dictionary(language), dictionary(source_language), speller(language)
    # Names of English organisations and titles stand in every language.
    if knows is None or foreign is None or len(word) <= _LETTERS or word in common_words()["en"]:
        return False
    return foreign(word) and not knows(word) and not (spells is not None and spells(word))
