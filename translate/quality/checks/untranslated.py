"""Text left in the source language, or written in a third one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from translate.catalogs.dictionary import dictionary
from translate.engines.guards import copied
from translate.quality.checks import Finding, Pair, Severity
from translate.quality.text import common_words, plain, words

# So many words of another language, and hardly one of the own.
_SURE = 3
# So many words in a row as in the source are left over, not names.
_ROW = 3


def check(pair: Pair) -> Iterator[Finding]:
    """Yield an error for the source itself or another language, a warning for words left in the source's language.

    Other languages are told by their commonest words (`words.toml`); words by pyspellchecker's lists.
    """
    source, translation = plain(pair.source), plain(pair.translation)
    if copied(source, translation):
        yield Finding("untranslated", Severity.ERROR, "the translation is the source text")
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
    found = Counter({other: sum(word in table for word in written) for other, table in tables.items()})
    mine = sum(word in own for word in written)
    best, count = max(found.items(), key=lambda item: item[1])
    return best if count >= _SURE and mine * 4 <= count else None


def _left(pair: Pair) -> str:
    """Return the longest run of words that stand in the source as well and that are words of its language only."""
    knows, foreign = dictionary(pair.language), dictionary(pair.source_language)
    if knows is None or foreign is None:
        return ""
    there = set(words(pair.source))
    # Names of English organisations and titles stand in every language.
    english = common_words()["en"]
    run: list[str] = []
    best: list[str] = []
    for word in (*words(pair.translation), ""):
        if word in there and word.islower():
            run.append(word)
            continue
        unknown = [one for one in run if len(one) > 1 and foreign(one) and not knows(one) and one not in english]
        if len(run) > len(best) and (len(unknown) >= 1 if len(run) < _ROW else len(unknown) * 3 >= len(run)):
            best = run
        run = []
    return " ".join(best)
