"""The units and currencies that figures of a text count in, by CLDR's names and signs and those that people write."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from translate.quality.figures import figures
from translate.quality.text import known, plain

_UNITS = (
    "length-kilometer", "length-meter", "length-centimeter", "length-millimeter", "length-mile", "length-foot",
    "length-inch", "length-yard", "mass-kilogram", "mass-gram", "mass-pound", "mass-ounce", "area-hectare", "area-acre",
    "area-square-kilometer", "area-square-meter", "area-square-mile", "volume-liter", "volume-gallon",
    "speed-kilometer-per-hour", "speed-mile-per-hour", "temperature-celsius", "temperature-fahrenheit", "power-watt",
    "power-kilowatt", "power-megawatt", "energy-kilowatt-hour", "concentr-percent",
)  # fmt: skip
_CURRENCIES = ("EUR", "USD", "GBP", "CHF", "JPY", "CNY", "RUB", "INR")
_GAP = r"[\s\u00a0\u202f-]*"


@lru_cache(maxsize=16)
def units(text: str, language: str) -> frozenset[str]:
    """Return the units in which the figures of a text count.

    >>> sorted(units("12 km, 5 % et 3,5 millions d'euros", "fr"))
    ['EUR', 'kilometer', 'percent']
    """
    text = plain(text)
    return frozenset(unit for one in figures(text, language) if (unit := _unit(text, one.start, one.end, language)))


def named(text: str, language: str) -> frozenset[str]:
    """Return the units that a text names anywhere.

    >>> sorted(named("Millions of euros and a few miles", "en"))
    ['EUR', 'mile']
    """
    table = _table(language)
    return frozenset(table[match[1].lower()] for match in _pattern(language).finditer(plain(text)))


def _unit(text: str, start: int, end: int, language: str) -> str | None:
    table = _table(language)
    after = re.match(rf"{_GAP}(?:d[’'e]{_GAP})?", text[end : end + 5])
    assert after is not None
    match = _pattern(language).match(text, end + after.end())
    if match is None:
        # A currency may stand before: $5, US$ 5, EUR 5.
        match = _last(_pattern(language), text[max(0, start - 5) : start])
    return table[match[1].lower()] if match else None


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return next((match for match in pattern.finditer(text) if not text[match.end() :].strip(" \u00a0\u202f")), None)


@cache
def _pattern(language: str) -> re.Pattern[str]:
    names = "|".join(map(re.escape, sorted(_table(language), key=len, reverse=True)))
    return re.compile(rf"(?<![^\W\d_])({names})(?![^\W\d_])", re.IGNORECASE)


@cache
def _table(language: str) -> dict[str, str]:
    """Return the unit of each name and sign, in small letters."""
    from babel.numbers import get_currency_name, get_currency_symbol
    from babel.units import format_unit

    locale = language.replace("-", "_")
    made: dict[str, str] = {}
    for unit in _UNITS:
        for length in ("long", "short"):
            for count in (1, 2):
                written = format_unit(count, unit, length, locale=locale)
                name = re.sub(r"^[\d\s\u00a0\u202f]*", "", written).strip()
                made.setdefault(name.lower(), _short(unit))
    for code in _CURRENCIES:
        names = (get_currency_name(code, count, locale) for count in (1, 2))
        for name in (code, get_currency_symbol(code, locale), *names):
            made.setdefault(name.lower(), code)
    for unit, names in known("units", language).items():
        made |= dict.fromkeys(names, unit)
    return {name: unit for name, unit in made.items() if name}


def _short(unit: str) -> str:
    return unit.split("-", 1)[1]
