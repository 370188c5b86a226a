"""Capitals: a sentence begins with one where its source does, and is not all capitals alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from translate.documents.codes import without_tags
from translate.quality.checks import Finding, Pair, Severity
from translate.quality.text import plain

_FIRST = re.compile(r"\A[^\w]*")


def check(pair: Pair) -> Iterator[Finding]:
    """Yield a finding where the translation begins with a small letter and its source with a capital, and the like."""
    source, translation = plain(pair.source), plain(pair.translation)
    wanted, there = _first(source), _first(translation)
    if wanted.isupper() and there.islower() and there.upper() != there:
        mend = _raised(pair.translation, there)
        yield Finding("capitals", Severity.WARNING, "begins with a small letter, the source with a capital", mend)
    if source.isupper() != translation.isupper() and _letters(source) > 8 and _letters(translation) > 8:
        which = "the source" if source.isupper() else "the translation"
        yield Finding("capitals", Severity.WARNING, f"only {which} is in capitals")


def _first(text: str) -> str:
    at = _FIRST.match(text)
    assert at is not None
    return text[at.end() : at.end() + 1]


def _letters(text: str) -> int:
    return sum(sign.isalpha() for sign in text)


def _raised(text: str, letter: str) -> str | None:
    """Raise the first letter, unless it may be a name (iPhone) or an address, or codes stand before it."""
    if without_tags(text) != text:
        return None
    at = text.index(letter)
    word = re.match(r"\w*", text[at:])
    if word is None or not word.group().islower() or text[at + word.end() :][:1] in (".", "@", "/", "_", ":"):
        return None
    return text[:at] + letter.upper() + text[at + 1 :]
