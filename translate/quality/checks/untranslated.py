"""Text left in the source language, or written in a third one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from translate.catalogs.dictionary import dictionary
from translate.engines.guards import copied
from translate.knowledge.spelling import speller
from translate.quality.checks import Finding, Pair, Severity
from translate.quality.text import common_words, known, plain, primary, words

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
    written = [word.lower() for word in words(pair.translation)]
    other = _other_language(written, pair.language)
    if other:
        yield Finding("untranslated", Severity.ERROR, f"the translation is written in {other!r}")
        return
    left = _left(pair)
    if left:
        yield Finding("untranslated", Severity.WARNING, f"left in the source's language: {left!r}")


def _other_language(written: list[str], language: str) -> str | None:
    """Return the language whose commonest words a text has, where it has hardly one of its own."""
    tables = common_words()
    own = tables.get(language.split("-")[0])
    if own is None:
        return None
    there = frozenset(written)
    mine = len(own & there)
    count, best = max((len(table & there), other) for other, table in tables.items())
    return best if count >= _SURE and mine * 4 <= count else None


def _left(pair: Pair) -> str:
    """Return the longest run of words that stand in the source as well and that are words of its language only."""
    known_words, foreign = dictionary(pair.language), dictionary(pair.source_language)
    if known_words is None or foreign is None:
        return ""
    spells = speller(pair.language)
    particles = frozenset(known("particles", pair.source_language))

    def strange(word: str) -> bool:
        right = known_words(word) or (spells is not None and spells(word))
        return len(word) > _LETTERS and foreign(word) and not right and word not in english

    there = set(words(pair.source))
    if not any(word in there and word.islower() for word in words(pair.translation)):
        return ""
    # Names of English organisations and titles stand in every language.
    english = common_words()["en"]
    run: list[str] = []
    best: list[str] = []
    for word in (*words(pair.translation), ""):
        if word in there and word.islower():
            run.append(word)
            continue
        unknown = [] if particles.issuperset(run) and word in there else [one for one in run if strange(one)]
        if len(run) > len(best) and (len(unknown) >= 1 if len(run) < _ROW else len(unknown) * 3 >= len(run)):
            best = run
        run = []
    return " ".join(best)
