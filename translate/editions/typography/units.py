"""What stands beside figures: signs of currencies and per cent, and spaces that must not break.

Sources: per cent and currency: CLDR, numbers, patterns; DIN 5008; Lexique de l'Imprimerie nationale; Chicago Manual of
Style. Spaces between figure and unit: BIPM, SI Brochure, 5.4.3. Months: CLDR, dates, wide names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from translate.editions.typography.bare import OBJECT, SPACES, Edit
from translate.editions.typography.figures import SCALES, UNITS
from translate.editions.typography.locales import Style

_FIGURE = re.compile(r"\d")
_NUMBER = rf"(?<![\w.,:/'’{OBJECT}–-])(?<!\d[{SPACES}])\d+(?:[.,'’\u00a0\u202f]\d+)*"
_SIGN = re.compile("[€$£]")
_PERCENT = re.compile(rf"(?<=\d)(?P<space>[{SPACES}]?)%(?![\w%])")
_BEFORE = re.compile(
    rf"(?<![\w.{OBJECT}€$£])(?P<sign>[€$£])[{SPACES}]?(?P<amount>\d+(?:[.,'’\u00a0\u202f]\d+)*)"
    rf"(?P<scale>[{SPACES}]{SCALES})?(?![\w{OBJECT}/]|[{SPACES}]?(?:[€$£]|bn\b|m\b|k\b))"
)
_AFTER = re.compile(
    rf"(?<![€$£])(?<![€$£][{SPACES}]){_NUMBER}(?P<scale>[{SPACES}]{SCALES})?[{SPACES}]?(?P<sign>[€$£])(?![\w{OBJECT}/])"
)
_MONEY = re.compile(r"(?<=\d)[ \u202f](?=[€$£¥]|(?:EUR|USD|GBP|CHF|JPY)(?!\w))|(?<=(?<!\w)[€£])[ \u202f](?=\d)")
_CODE = re.compile(r"(?:(?<=(?<!\w)EUR)|(?<=(?<!\w)USD)|(?<=(?<!\w)GBP)|(?<=(?<!\w)CHF)|(?<=(?<!\w)JPY)) (?=\d)")
_UNIT = re.compile(rf"(?<=\d) (?={UNITS}(?![\w’']))")
_OTHERS = {
    "de": re.compile(rf"(?<=[\d{OBJECT}]) (?=Uhr\b)|(?<=(?<!\w)(?:Nr)\.) (?=\d)"),
    "fr": re.compile(r"(?<=(?<!\w)n°) (?=\d)|(?<=(?<!\w)M\.) (?=[A-ZÀ-Þ])|(?<=[IVX]e) (?=siècle\b)"),
    "en": re.compile(r"(?<=(?<!\w)(?:No)\.) (?=\d)|(?<=\d) (?=[ap]\.m\.)"),
}


def percents(line: str, wanted: Style) -> Iterator[Edit]:
    """Yield the changes to the space between a figure and the per cent sign."""
    for match in _PERCENT.finditer(line) if wanted.percent is not None and "%" in line else ():
        if match["space"] != wanted.percent:
            yield match.start("space"), match.end("space"), str(wanted.percent)


def currencies(line: str, wanted: Style) -> Iterator[Edit]:
    """Yield the changes to the place of the sign of a currency."""
    if not wanted.full or not _SIGN.search(line):
        return
    if wanted.currency == "before":
        for match in _AFTER.finditer(line):
            yield match.start(), match.start(), match["sign"]
            end = match.end("scale") if match["scale"] else _end(match, line)
            yield end, match.end(), ""
    elif wanted.currency == "after" or wanted.french:
        for match in _BEFORE.finditer(line):
            yield match.start(), match.start("amount"), ""
            end = match.end()
            yield end, end, "\u00a0" + match["sign"]


def _end(match: re.Match[str], line: str) -> int:
    end = match.start("sign")
    while line[end - 1] in SPACES:
        end -= 1
    return end


def spaces(line: str, wanted: Style) -> Iterator[Edit]:
    """Yield the changes that keep a figure and what belongs to it on one line."""
    if not wanted.full:
        return
    found = _together(wanted.primary, wanted.months) if _FIGURE.search(line) else [_OTHERS[wanted.primary]]
    for pattern in found:
        for match in pattern.finditer(line):
            yield match.start(), match.end(), "\u00a0"


@cache
def _together(primary: str, names: tuple[str, ...]) -> Sequence[re.Pattern[str]]:
    """Return the patterns of spaces that must not break."""
    months = "|".join(map(re.escape, names))
    patterns = [rf"(?<=(?<!\w)\d) (?=(?:{months})\b)|(?<=(?<!\w)\d\d) (?=(?:{months})\b)"]
    if primary == "de":
        patterns.append(rf"(?<=\d\.) (?=(?:{months})\b)")
    elif primary == "fr":
        patterns.append(rf"(?<=\b1er) (?=(?:{months})\b)")
    else:
        before = "|".join(f"(?<=\\b{name})" for name in names)
        patterns.append(rf"(?:{before}) (?=\d{{1,2}}(?:st|nd|rd|th)?\b(?! \d{{1,3}}\b))")
    return [_MONEY, _CODE, _UNIT, _OTHERS[primary], *map(re.compile, patterns)]
