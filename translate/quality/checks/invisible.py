"""Invisible characters: what no eye sees and what breaks search, copying and lines."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from translate.quality.checks import Finding, Pair, Severity

# Joiners belong to scripts and pictures; the soft hyphen and the marks of direction are at home in some texts.
_JOINERS = "\u200c\u200d"


def check(pair: Pair) -> Iterator[Finding]:
    """Yield a finding for control and format characters (Unicode Cc, Cf) that the source has not."""
    if pair.translation.isascii() and pair.translation.isprintable():
        return
    found = {
        sign
        for sign in pair.translation
        if sign not in _JOINERS and sign not in "\n\t" and sign not in pair.source and _invisible(sign)
    }
    if found:
        mend = "".join(sign for sign in pair.translation if sign not in found)
        names = ", ".join(sorted(f"U+{ord(sign):04X} {unicodedata.name(sign, '')}".strip() for sign in found))
        yield Finding("invisible", Severity.WARNING, f"invisible characters: {names}", mend)


def _invisible(sign: str) -> bool:
    return not sign.isprintable() and unicodedata.category(sign) in ("Cc", "Cf")
