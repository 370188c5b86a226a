"""Inline codes: the numbered tags of a source, each once, properly nested."""

from __future__ import annotations

from collections.abc import Iterator

from translate.documents.codes import fault
from translate.quality.checks import Finding, Pair, Severity


def check(pair: Pair) -> Iterator[Finding]:
    """Yield an error for a code that is lost, new or wrongly nested: the edition could not be written."""
    if "<" not in pair.source and "<" not in pair.translation:
        return
    problem = fault(pair.source, pair.translation)
    if problem is not None:
        yield Finding("codes", Severity.ERROR, f"the inline codes differ from the source: {problem}")
