"""Quotation marks of the language: the source's « » have no place in an English text.

Which marks an edition has is a matter of its typography; straight ones are right in every catalog.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from translate.quality.checks import Finding, Pair, Severity
from translate.quality.text import known

_STRAIGHT = re.compile(r"[«‹][ \u00a0\u202f]?|[ \u00a0\u202f]?[»›]")
_DOUBLE, _SINGLE = "«»", "‹›"


def check(pair: Pair) -> Iterator[Finding]:
    """Yield a finding for guillemets in a language that does not write them; mended to straight marks."""
    if not any(sign in pair.translation for sign in _DOUBLE + _SINGLE):
        return
    marks = _marks(pair.language)
    if "«" in marks or "»" in marks:
        return
    mend = _STRAIGHT.sub(lambda match: "'" if match.group().strip() in _SINGLE else '"', pair.translation)
    yield Finding("quotation-marks", Severity.WARNING, "guillemets, which this language does not use", mend)


@cache
def _marks(language: str) -> str:
    """Return the quotation marks of a language, any of one that is not listed. The Swiss write guillemets."""
    return "«»" if language.endswith(("-CH", "-LI")) else known("quotes", language) or "«»"
