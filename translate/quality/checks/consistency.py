"""Consistency: one text, one translation at a desk, where nothing but the place differs."""

from __future__ import annotations

from collections.abc import Iterator

from translate.quality.checks import Finding, Pair, Severity


def check(pair: Pair) -> Iterator[Finding]:
    """Yield a finding for a text that is translated otherwise elsewhere."""
    if pair.others:
        others = " | ".join(repr(other[:80]) for other in pair.others[:3])
        yield Finding("consistency", Severity.WARNING, f"the same text is elsewhere {others}")
