"""Invisible characters: what no eye sees and what breaks search, copying and lines."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from translate.language import primary
from translate.quality.checks import Finding, Pair, Severity
from translate.quality.text import SPACELESS

# Joiners belong to scripts and pictures.
_JOINERS = "\u200c\u200d"
# Marks of direction are at home where anything is written from right to left, chances of a break in scripts without
# spaces, tags in the flags of England, Scotland and Wales.
_DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_BREAK = "\u200b"
_FLAG, _TAGS = "\U0001f3f4", range(0xE0020, 0xE0080)
# What nobody sees and nobody needs, wherever it stands. Others stand for something: an end of a line, an apostrophe
# in another encoding, a place to hyphenate, a figure's sign.
_NEEDLESS = frozenset("\u200b\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_LINES = "\t\n\r\v\f\x1c\x1d\x1e\x1f"


def check(pair: Pair) -> Iterator[Finding]:
    """Yield a finding for control and format characters (Unicode Cc, Cf) that the source has not."""
    if pair.translation.isascii() and pair.translation.isprintable():
        return
    home = _at_home(pair.translation, primary(pair.language))
    found = {
        sign
        for sign in pair.translation
        if _invisible(sign) and sign not in "\n\t" and sign not in home and sign not in pair.source
    }
    if found:
        needless = all(sign in _NEEDLESS or (sign < " " and sign not in _LINES) for sign in found)
        mend = "".join(sign for sign in pair.translation if sign not in found) if needless else None
        names = ", ".join(sorted(f"U+{ord(sign):04X} {unicodedata.name(sign, '')}".strip() for sign in found))
        yield Finding("invisible", Severity.WARNING, f"invisible characters: {names}", mend)


def _at_home(text: str, language: str) -> frozenset[str]:
    """Return the invisible characters that are right in a text."""
    signs = set(_JOINERS)
    if any(unicodedata.bidirectional(sign) in ("R", "AL") for sign in text):
        signs |= _DIRECTIONS
    if language in SPACELESS:
        signs.add(_BREAK)
    if _FLAG in text:
        signs |= set(map(chr, _TAGS))
    return frozenset(signs)


def _invisible(sign: str) -> bool:
    return not sign.isprintable() and unicodedata.category(sign) in ("Cc", "Cf")
