"""Thousands and decimal marks of figures.

Source: CLDR, numbers, symbols: group and decimal; French thin space: Lexique de l'Imprimerie nationale. A figure that
can be read in two ways ("1.234" or "1,234", a figure after another) stays as it is, as do years, dates and codes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from translate.editions.typography.bare import OBJECT, SPACES, Edit
from translate.editions.typography.locales import Style

#: What may follow a figure that is an amount.
SCALES = (
    r"(?:millions?|billions?|trillions?|milliards?|Millionen|Million|Milliarden|Milliarde|Billionen"
    r"|Mio\.?|Mrd\.?|bn|mn)"
)
UNITS = (
    r"(?:km/h|km²|km2|m²|m2|m³|m3|km|cm|mm|kg|mg|ha|kWh|MWh|GWh|TWh|kW|MW|GW|kHz|MHz|GHz|kB|MB|GB|TB|°C|°F|hPa"
    r"|ml|cl|hl|m|g|t|l)"
)
_MONEYS = r"EUR|USD|GBP|CHF|JPY|euros?|Euro|dollars?|Dollar|francs?|Franken|pounds?|Pfund|livres?"
_CURRENCIES = rf"(?:[€$£¥]|(?:{_MONEYS})(?!\w))"
_AMOUNT = rf"(?=[{SPACES}]?(?:%(?!\w)|{_CURRENCIES}|(?:{SCALES}|{UNITS})(?!\w)))"
_NOT_AFTER = rf"(?<![\w.,:/'’{OBJECT}–-])(?<!\d[{SPACES}])"
_NOT_BEFORE = rf"(?![\w{OBJECT}]|[.,:'’/–-]\d|[{SPACES}]\d|['’′″\"]\d)"
_FIGURE = re.compile(r"\d")
_GROUPED = re.compile(
    rf"{_NOT_AFTER}[1-9]\d{{0,2}}(?P<groups>(?P<sign>[.,'’{SPACES}])\d{{3}}(?:(?P=sign)\d{{3}})*)"
    rf"(?P<decimals>(?!(?P=sign))[.,]\d+)?{_NOT_BEFORE}"
)
_DECIMAL = re.compile(rf"{_NOT_AFTER}\d+(?P<sign>[.,])\d{{1,2}}(?!\d|[.,]\d){_AMOUNT}")
_AFTER_SIGN = re.compile(r"(?<=[€$£])\d+(?P<sign>[.,])\d{1,2}(?!\w|[.,:'’/–-]\d)")


def groups(line: str, wanted: Style) -> Iterator[Edit]:
    """Yield the changes to the marks of figures of thousands and more."""
    if wanted.group is None or not _FIGURE.search(line):
        return
    for match in _GROUPED.finditer(line):
        if not _certain(match, line):
            continue
        for at in range(match.start("groups"), match.end("groups"), 4):
            if line[at] != wanted.group:
                yield at, at + 1, wanted.group
        at = match.start("decimals")
        if at >= 0 and wanted.decimal and line[at] != wanted.decimal:
            yield at, at + 1, wanted.decimal


def _certain(match: re.Match[str], line: str) -> bool:
    """Say whether a figure has one reading: a mark used twice or beside another one is that of thousands."""
    sign, parts = match["sign"], match["groups"]
    many = len(parts) > 4 or match["decimals"] is not None
    if sign in ".,":
        return many
    if sign == " ":
        return many or parts.endswith("000") or re.match(_AMOUNT, line[match.end() :]) is not None
    return True


def decimals(line: str, wanted: Style) -> Iterator[Edit]:
    """Yield the changes to decimal marks of amounts: before a unit, a currency, a per cent sign, a million."""
    if wanted.decimal is None or not _FIGURE.search(line):
        return
    for pattern in (_DECIMAL, _AFTER_SIGN):
        for match in pattern.finditer(line):
            if match["sign"] != wanted.decimal:
                yield match.start("sign"), match.end("sign"), wanted.decimal
