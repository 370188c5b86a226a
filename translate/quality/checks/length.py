"""Lengths: what the place allows (a subtitle on the screen, say), and what a translation of this source can have."""

from __future__ import annotations

from collections.abc import Iterator

from translate.language import primary
from translate.quality.checks import Finding, Pair, Severity
from translate.quality.text import SPACELESS, plain, sentences

# Between French, English and German, professional translations of at least so many signs are never outside these
# ratios in 6,000 (docs/checks.md).
_LONG_ENOUGH, _SHORTEST, _LONGEST = 40, 0.45, 2.2
# Sentences that were joined keep their length; one that was left out does not.
_SHORT = 0.75


def check(pair: Pair) -> Iterator[Finding]:
    """Yield a finding for a translation too long for its place, or much shorter or longer than its source is."""
    translation = plain(pair.translation)
    length, source = len(translation), len(plain(pair.source))
    if pair.limit and length > pair.limit:
        yield Finding("length", Severity.WARNING, f"the translation has {length} signs where {pair.limit} fit")
    if source < _LONG_ENOUGH or primary(pair.language) in SPACELESS | {"ko"}:
        return
    if length < _SHORTEST * source:
        yield Finding("length", Severity.WARNING, "the translation is less than half as long as its source")
    elif length > _LONGEST * source:
        yield Finding("length", Severity.WARNING, "the translation is more than twice as long as its source")
    elif length < _SHORT * source and 3 <= sentences(pair.source) >= 2 * sentences(pair.translation):
        message = f"{sentences(pair.source)} sentences of the source became {sentences(pair.translation)}"
        yield Finding("length", Severity.WARNING, message)
