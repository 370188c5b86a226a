"""Quotation marks of the language: the source's « » have no place in an English text.

Which marks an edition has is a matter of its typography; straight ones are right in every catalog.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from translate.language import primary
from translate.quality.checks import Finding, Pair, Severity
from translate.quality.text import known, swiss

_PAIRS = re.compile(r"«[ \u00a0\u202f]?([^«»\"]*?)[ \u00a0\u202f]?»")
# So German books and some of its papers write.
_REVERSED = re.compile(r"(?<!\w)»(?=\S)[^«»]*(?<=\S)«(?!\w)")


def check(pair: Pair) -> Iterator[Finding]:
    """Yield a finding for guillemets in a language that does not write them; pairs are mended to straight marks."""
    if not any(sign in pair.translation for sign in "«»‹›"):
        return
    marks = _marks(pair.language)
    if "«" in marks or "»" in marks:
        return
    if primary(pair.language) == "de" and not any(sign in _REVERSED.sub("", pair.translation) for sign in "«»‹›"):
        return
    mended = _PAIRS.sub(r'"\1"', pair.translation)
    mend = None if any(sign in mended for sign in "«»‹›") else mended
    yield Finding("quotation-marks", Severity.WARNING, "guillemets, which this language does not use", mend)


@cache
def _marks(language: str) -> str:
    """Return the quotation marks of a language, any of one that is not listed. The Swiss write guillemets."""
    return "«»" if swiss(language) else known("quotes", language) or "«»"
