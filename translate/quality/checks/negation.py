"""Negation: what the source denies, the translation does not assert."""

from __future__ import annotations

from collections.abc import Iterator

from translate.quality.checks import Finding, Pair, Severity
from translate.quality.text import matcher, may_begin, plain


def check(pair: Pair) -> Iterator[Finding]:
    """Yield a finding where one side denies less often than the other. The words are in `words.toml`: fr, en and de.

    On the side that should deny as well, words count that deny by their sense (without, refuse, kaum).
    """
    read, written = _denials(pair.source, pair.source_language), _denials(pair.translation, pair.language)
    if len(read) > len(written) and _count(pair.translation, pair.language) < len(read):
        yield Finding("negation", Severity.WARNING, f"the source denies ({read[0]!r}), the translation does not")
    elif len(written) > len(read) and not _count(pair.source, pair.source_language):
        yield Finding("negation", Severity.WARNING, f"the translation denies ({written[0]!r}), the source does not")


def _denials(text: str, language: str) -> list[str]:
    words = matcher("denials", language)
    if words is None or not may_begin("denials", language).any(plain(text)):
        return []
    return [match.group() for match in words.finditer(plain(text))]


def _count(text: str, language: str) -> int:
    """Count what denies and what does so by its sense."""
    words = matcher("denying", language)
    return len(_denials(text, language)) + (len(words.findall(plain(text))) if words else 0)
