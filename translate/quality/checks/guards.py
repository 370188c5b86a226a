"""The drafting guards, applied to every translation, whoever wrote it."""

from __future__ import annotations

from collections.abc import Iterator

from translate.engines.guards import doubts
from translate.quality.checks import Finding, Pair, Severity

_SAYS = {
    "loop": (Severity.ERROR, "the translation repeats itself"),
    "codes": (Severity.ERROR, "the inline codes differ from the source"),
    "literals": (Severity.ERROR, "a web or mail address differs from the source"),
    "copied": (Severity.WARNING, "the translation is the source text"),
    "figures": (Severity.WARNING, "the figures differ from the source"),
    "short": (Severity.WARNING, "the translation is less than half as long as its source"),
}


def check(pair: Pair) -> Iterator[Finding]:
    """Yield a finding for every guard that fires, and one for a line end that gettext refuses."""
    ends = [(text[:1] == "\n", text[-1:] == "\n") for text in (pair.source, pair.translation)]
    if pair.translation and ends[0] != ends[1]:
        yield Finding("line-ends", Severity.ERROR, "the translation begins or ends with a line end its source has not")
    for name in doubts(pair.source, pair.translation):
        severity, message = _SAYS[name]
        yield Finding(name, severity, message)
