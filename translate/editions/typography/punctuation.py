"""Spaces before punctuation, dashes, ellipses, and the letter ß.

Sources: French spaces: Lexique de l'Imprimerie nationale (before : a word space that does not break, before ; ! ? a
thin one), Banque de dépannage linguistique of the OQLF (none before ; ! ?), Guide du typographe romand (thin ones).
Dashes: Chicago Manual of Style (closed em dash), New Hart's Rules (spaced en rule), Duden and DIN 5008 (spaced, and
unspaced between figures). Ellipsis: U+2026 (Duden; Lexique; Unicode 6.2). ß: Rat für deutsche Rechtschreibung, § 25 E2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from translate.editions.typography.bare import BREAK, OBJECT, SPACES, Edit
from translate.editions.typography.locales import Style

_END = rf"(?=$|[\s{BREAK}{OBJECT})\]»›”’\"“‘])"
# Not after an opening sign.
_WORD = rf"[\w{OBJECT}%‰€$£°)\]…»›”’\"\u2032\u2033]"
_ELLIPSIS = re.compile(r"(?<![.\d…])\.\.\.(?![.\d…])")
_HIGH = re.compile(rf"(?<={_WORD})(?P<space>[{SPACES}]*)(?P<sign>[;!?]+|:){_END}")
_LOOSE = re.compile(rf"(?<=[\w)\]%”’»“‘«›‹])[{SPACES}]+(?=(?P<sign>[.,;:!?])(?:$|[\s{BREAK})\]”’»“‘\"]))")
_DASH = re.compile("[-–—]")
_SHARP = re.compile(r"[ßẞ]")

_LETTER = r"[^\W\d_]"
_BEFORE = rf"(?:{_LETTER}|[{OBJECT})\]”’»“\"'?!%,…])"
_AFTER = rf"(?:{_LETTER}|[{OBJECT}(“„«‘‚\"])"
_SPACED = re.compile(rf"(?<={_BEFORE})[{SPACES}](?P<dash>--|[-–—])[{SPACES}](?={_AFTER})")
_CLOSED = re.compile(rf"(?<={_BEFORE})(?P<dash>--|—)(?={_AFTER})")
_YEARS = re.compile(r"(?<![\w./,:–-])(1\d{3}|20\d\d)-(1\d{3}|20\d\d)(?![\w/–-]|[.,:]\d)")
_PAGES = re.compile(r"(?<!\w)(?:pp\.|pages|S\.|Seiten)[ \u00a0\u202f](\d{1,4})-(\d{1,4})(?![\w/–-]|[.,:]\d)")
_SHARES = re.compile(rf"(?<![\w./,:–-])(\d{{1,3}})-(\d{{1,3}})(?=[{SPACES}]?%(?!\w))")


def ellipses(line: str, wanted: Style) -> Iterator[Edit]:
    """Yield the changes that make an ellipsis of three full stops."""
    del wanted
    for match in _ELLIPSIS.finditer(line):
        yield match.start(), match.end(), "…"


def spaces(line: str, wanted: Style) -> Iterator[Edit]:
    """Yield the changes to spaces before punctuation: the locale's in French, none in English and German."""
    if not wanted.full:
        return
    for match in _HIGH.finditer(line) if wanted.french else ():
        space = wanted.before_colon if match["sign"] == ":" else wanted.before_high
        if space is not None and match["space"] != space:
            yield match.start(), match.end("space"), space
    for match in _LOOSE.finditer(line):
        if (not wanted.french or match["sign"] in ".,") and (match["sign"] in ".,;:" or _ends(line, match.end() + 1)):
            yield match.start(), match.end(), ""


def _ends(line: str, after: int) -> bool:
    """Say whether a sentence can end here: "the ? key" has no such space."""
    rest = line[after:].lstrip(SPACES + BREAK + '!?)]”’»“‘"')
    return not rest or not rest[0].islower()


def dashes(line: str, wanted: Style) -> Iterator[Edit]:
    """Yield the changes that give dashes between words, and ranges that are certain, the form of the locale."""
    if not _DASH.search(line):
        return
    if wanted.ranges:
        for pattern in (_YEARS, _PAGES, _SHARES):
            for match in pattern.finditer(line):
                if int(match[1]) < int(match[2]):
                    yield match.end(1), match.start(2), "–"
    if wanted.dash == "keep":
        return
    for match in _SPACED.finditer(line):
        if match["dash"] == "-" and not _aside(line, match.end()):
            continue
        if wanted.dash == "spaced":
            yield match.start("dash"), match.end("dash"), "–" if match["dash"] != "—" or not wanted.french else "—"
        elif line[match.start() - 1] == OBJECT:
            # An address would go on over a dash without spaces, and into the next one.
            yield match.start("dash"), match.end("dash"), "—"
        else:
            yield match.start(), match.start("dash"), ""
            yield match.start("dash"), match.end("dash"), "—"
            yield match.end("dash"), match.end(), ""
    for match in _CLOSED.finditer(line):
        if wanted.dash == "spaced" and not wanted.french:
            yield match.start(), match.end(), " – "
        elif match["dash"] == "--":
            yield match.start(), match.end(), "—" if wanted.dash == "closed" else " – "


def _aside(line: str, after: int) -> bool:
    """Say whether a sentence goes on after a hyphen with spaces; a name after it may be a credit."""
    return line[after : after + 1].islower()


def sharp_s(line: str, wanted: Style) -> Iterator[Edit]:
    """Yield the changes that write ß as ss, as the Swiss do."""
    for match in _SHARP.finditer(line) if wanted.sharp_s else ():
        around = line[max(match.start() - 1, 0) : match.end() + 1].replace("ß", "")
        yield match.start(), match.end(), "SS" if match.group() == "ẞ" or around.isupper() else "ss"
