"""Repetitions: loops, as small models make them, and a word written twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from operator import eq

from translate.engines.guards import loop, said, stutters
from translate.quality.checks import Finding, Pair, Severity
from translate.quality.text import known, plain, words

_TWICE = re.compile(r"(?<![\w’'-])([^\W\d_]+)[ \u00a0]+\1(?![\w’'-])", re.IGNORECASE)

# The source says something twice over as well, if less often: a refrain.
_TWICE_OVER = re.compile(r"\b(\w+(?:[’'-]\w+)*)\W+\1\b", re.IGNORECASE)


def check(pair: Pair) -> Iterator[Finding]:
    """Yield an error for a loop, a warning for a word written twice in a row."""
    source, translation = plain(pair.source), plain(pair.translation)
    row = said(translation)
    looping = loop(source, translation)
    if not looping and not any(map(eq, row, row[1:])):
        return
    # Of figures alone nothing is said.
    written = words(pair.translation)
    if len(written) == len({word.lower() for word in written}) and not stutters(pair.translation):
        return
    if looping:
        severity = Severity.WARNING if _TWICE_OVER.search(source) else Severity.ERROR
        yield Finding("repetition", severity, "the translation repeats itself")
        return
    allowed = known("twice", pair.language)
    if not allowed:
        # Many languages say things twice (piano piano).
        return
    there = {match[1].lower() for match in _TWICE.finditer(source)}
    for match in _TWICE.finditer(translation):
        word = match[1].lower()
        # A name may come twice (Duran Duran), and so may what the source says twice.
        if word not in allowed and word not in there and not (there and match[1][0].isupper()):
            yield Finding("repetition", Severity.WARNING, f"{match.group()!r}: a word twice")
