"""Placeholders of programs: %s, %(name)d, {name}, ${NAME}, {{ name }}."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from translate.quality.checks import Finding, Pair, Severity

_PLACEHOLDER = re.compile(
    # Not 5 %d’entre eux, not 5 $US.
    r"(?<!\d )(?<!\d)%(?:\(\w+\))?[#0+-]*\d*(?:\.\d+)?[sdifgxXr](?![\w])|%\d+\$[sd]"
    r"|\$?\{\{?\s*[A-Za-z_][\w.]*\s*\}?\}|\$(?!(?:US|CAN?|AUD?|NZ|HK)\b)[A-Z_]{2,}\b"
)


def check(pair: Pair) -> Iterator[Finding]:
    """Yield an error where the placeholders differ."""
    if not any(sign in pair.source or sign in pair.translation for sign in "%{$"):
        return
    wanted, there = (Counter(_PLACEHOLDER.findall(text)) for text in (pair.source, pair.translation))
    for problem, some in (("missing", wanted - there), ("not in the source", there - wanted)):
        if some:
            yield Finding("placeholders", Severity.ERROR, f"{', '.join(some)}: {problem}")
