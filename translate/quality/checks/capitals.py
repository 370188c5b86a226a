"""Capitals: a sentence begins with one where its source does, and is not all capitals alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from translate.language import primary
from translate.quality.checks import Finding, Pair, Severity
from translate.quality.text import beginnings, plain

_FIRST = re.compile(r"\A[^\w]*")
# A word of the language at the beginning, and nothing before it but a mark that opens.
_BEGINNING = re.compile(r"\A[\"“„«(¿¡]?([^\W\d_]{2,})(?=[,;:]?\s)")
_FIRST_WORD = re.compile(r"\A[\"“„«(\s]*([^\W\d_]+)")
# Their capitals are not those of Python: İstanbul, IJs.
_OTHER_CAPITALS = frozenset({"tr", "az", "nl"})


def check(pair: Pair) -> Iterator[Finding]:
    """Yield a finding where the translation begins with a small letter and its source with a capital, and the like."""
    source, translation = plain(pair.source), plain(pair.translation)
    wanted, there = _first(source), _first(translation)
    if wanted.isupper() and there.islower() and there.title() != there and not _mixed(translation):
        mend = _raised(pair)
        yield Finding("capitals", Severity.WARNING, "begins with a small letter, the source with a capital", mend)
    if translation.lower() == translation.upper():
        return
    if source.isupper() != translation.isupper() and _letters(source) > 8 and _letters(translation) > 8:
        which = "the source" if source.isupper() else "the translation"
        yield Finding("capitals", Severity.WARNING, f"only {which} is in capitals")


def _first(text: str) -> str:
    at = _FIRST.match(text)
    assert at is not None
    return text[at.end() : at.end() + 1]


def _letters(text: str) -> int:
    return sum(sign.isalpha() for sign in text)


def _mixed(text: str) -> bool:
    """Say whether a text begins with a name that has its capital inside (iPhone, eBay)."""
    word = re.search(r"\w+", text)
    return word is not None and not word.group().islower()


def _raised(pair: Pair) -> str | None:
    """Raise the first letter, where the source begins with a word that has its capital from its place alone."""
    first, word = _FIRST_WORD.match(pair.source), _BEGINNING.match(pair.translation)
    if first is None or word is None or primary(pair.language) in _OTHER_CAPITALS:
        return None
    if first[1].lower() not in beginnings(pair.source_language):
        return None
    return pair.translation[: word.start(1)] + word[1].capitalize() + pair.translation[word.end(1) :]
