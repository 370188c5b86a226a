"""Repetitions: loops, as small models make them, and a word written twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from translate.engines.guards import loop, stutters
from translate.quality.checks import Finding, Pair, Severity
from translate.quality.text import known, plain, words

_TWICE = re.compile(r"(?<![\w’'-])([^\W\d_]+)[ \u00a0]+\1(?![\w’'-])", re.IGNORECASE)

# The source says something twice over as well, if less often: a refrain.
_TWICE_OVER = re.compile(r"\b(\w+(?:[’'-]\w+)*)\W+\1\b", re.IGNORECASE)


def check(pair: Pair) -> Iterator[Finding]:
    """Yield an error for a loop, a warning for a word written twice in a row."""
    said = words(pair.translation)
    if len(said) == len({word.lower() for word in said}) and not stutters(pair.translation):
        return
    source, translation = plain(pair.source), plain(pair.translation)
    if loop(source, translation):
        severity = Severity.WARNING if _TWICE_OVER.search(source) else Severity.ERROR
        yield Finding("repetition", severity, "the translation repeats itself")
        return
    allowed = known("twice", pair.language)
    if not allowed or not _TWICE.search(translation):
        # Many languages say things twice (piano piano).
        return
    there = {match[1].lower() for match in _TWICE.finditer(source)}
    for match in _TWICE.finditer(translation):
        word = match[1].lower()
        # A name may come twice (Duran Duran), and so may what the source says twice.
        if word not in allowed and word not in there and not (there and match[1][0].isupper()):
            yield Finding("repetition", Severity.WARNING, f"{match.group()!r}: a word twice")
