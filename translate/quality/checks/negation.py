"""Negation: what the source denies, the translation does not assert."""

from __future__ import annotations

from collections.abc import Iterator

from translate.quality.checks import Finding, Pair, Severity
from translate.quality.text import matcher, plain


def check(pair: Pair) -> Iterator[Finding]:
    """Yield a finding where only one side denies something. The words are in `words.toml`: fr, en and de."""
    denies, hints = matcher("denials", pair.source_language), matcher("denials", pair.language)
    if denies is None or hints is None:
        return
    source, translation = plain(pair.source), plain(pair.translation)
    said, written = denies.search(source), hints.search(translation)
    if said and not written and not _hinted(translation, pair.language):
        yield Finding("negation", Severity.WARNING, f"the source denies ({said.group()!r}), the translation does not")
    elif written and not said and not _hinted(source, pair.source_language):
        message = f"the translation denies ({written.group()!r}), the source does not"
        yield Finding("negation", Severity.WARNING, message)


def _hinted(text: str, language: str) -> bool:
    """Say whether a text has words that deny by their sense: sans, refuse, without, kaum."""
    hints = matcher("denying", language)
    return hints is not None and hints.search(text) is not None
