"""Web and mail addresses, which are nobody's to translate."""

from __future__ import annotations

from collections.abc import Iterator

from translate.engines.guards import literals
from translate.quality.checks import Finding, Pair, Severity


def check(pair: Pair) -> Iterator[Finding]:
    """Yield an error where an address differs from the source."""
    if not any(sign in pair.source or sign in pair.translation for sign in ("www.", "://", "@")):
        return
    if literals(pair.source, pair.translation):
        yield Finding("addresses", Severity.ERROR, "a web or mail address differs from the source")
