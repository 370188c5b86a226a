"""Invisible characters: what no eye sees and what breaks search, copying and lines."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from translate.quality.checks import Finding, Pair, Severity

# Joiners and tags belong to scripts and pictures (flags).
_JOINERS = frozenset(map(chr, (0x200C, 0x200D, *range(0xE0020, 0xE0080))))
# A soft hyphen and, beside letters that are read from right to left, marks of direction may be meant.
_SOFT_HYPHEN = "\u00ad"
_DIRECTIONS = frozenset(map(chr, (0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))))


def check(pair: Pair) -> Iterator[Finding]:
    """Yield a finding for control and format characters (Unicode Cc, Cf) that the source has not."""
    if pair.translation.isascii() and pair.translation.isprintable():
        return
    found = {
        sign
        for sign in pair.translation
        if sign not in _JOINERS and sign not in "\n\t" and sign not in pair.source and _invisible(sign)
    }
    if any(unicodedata.bidirectional(sign) in ("R", "AL") for sign in pair.translation):
        found -= _DIRECTIONS
    if found:
        mend = None if _SOFT_HYPHEN in found else "".join(sign for sign in pair.translation if sign not in found)
        names = ", ".join(sorted(f"U+{ord(sign):04X} {unicodedata.name(sign, '')}".strip() for sign in found))
        yield Finding("invisible", Severity.WARNING, f"invisible characters: {names}", mend)


def _invisible(sign: str) -> bool:
    return not sign.isprintable() and unicodedata.category(sign) in ("Cc", "Cf")
