"""The length that a place allows: a subtitle on the screen, say."""

from __future__ import annotations

from collections.abc import Iterator

from translate.documents.codes import without_tags
from translate.quality.checks import Finding, Pair, Severity


def check(pair: Pair) -> Iterator[Finding]:
    """Yield a finding for a translation that is longer than its place allows."""
    length = len(without_tags(pair.translation))
    if pair.limit and length > pair.limit:
        yield Finding("length", Severity.WARNING, f"the translation has {length} signs where {pair.limit} fit")
