"""The figures of a text and their values, however the language writes them: 1,5 million, 1.5 million, 14h30, XXIe."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from itertools import zip_longest

from translate.language import primary
from translate.quality.text import known, plain

_SPACES = " \u00a0\u202f\u2009"
_APOSTROPHES = "'’"
# Digits in groups of three, or as they come; then what may follow a decimal sign.
_FIGURE = re.compile(
    rf"(?<![\d])(?:\d{{1,3}}(?:[{_SPACES}{_APOSTROPHES}]\d{{3}}(?!\d))+|\d+)(?:[.,]\d+)*"
    rf"(?P<clock>\s?(?:[hH]|heures?|Uhr|[:点點时時시]|[ap]\.?m\b)(?=\W|\d|$))?"
)
# An hour without its minutes: 14h00 is 14 Uhr.
_ZERO_MINUTES = re.compile(r"(?<=\d)(?:\s?[hH]\s?|:)00(?!\d)")
# 14.30 Uhr and 2.30pm are no decimals; agencies write 1430 GMT.
_DOTTED_CLOCK = re.compile(r"(?<!\d)(\d{1,2})\.(?=\d\d\s?(?:Uhr\b|[ap]\.?m\b|GMT\b|UTC\b|CES?T\b|BST\b))")
_HOUR_AND_MINUTE = re.compile(r"([01]\d|2[0-4])([0-5]\d)(?=\s?(?:GMT|UTC|hrs|hours|local time)\b)")
# A height: 1m80.
_METRES = re.compile(r"(?<=\d)m(?=\d\d(?!\d))")
# Arabic signs of figures; and halves, as they are printed.
_SIGNS = str.maketrans("٫٬", ".,")
_FRACTIONS = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}
_ROMAN = re.compile(r"\b(?=[IVXL]{1,6}(?:e|ème|er|\b))(X{0,3}L?X{0,3})(IX|IV|V?I{0,3})(?:er?|ème)?\b")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}
# What stands between the two ends of a range: 2 to 3 million.
_RANGE = re.compile(r"\s?(?:à|-|–|to|bis|et|and|ou|or|und|oder)\s?")
# The languages whose number words text2num reads.
_SPOKEN = frozenset({"fr", "en", "es", "pt", "de", "nl", "da", "it"})

# Languages that count by ten thousands, half in words (1万2000).
TEN_THOUSANDS = frozenset({"zh", "ja", "ko"})


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure at `[start, end)` and what it may mean (14 by the clock is also 2).

    `foreign` says that its decimal sign is not the one of the language; then `text` is what it should be.
    """

    text: str
    start: int
    end: int
    values: frozenset[Decimal]
    foreign: bool = False


@lru_cache(maxsize=16)
def figures(text: str, language: str) -> tuple[Figure, ...]:
    """Return the figures that a text writes in digits, without its codes.

    >>> [str(*one.values) for one in figures("1,5 million, 1 200 et 2016", "fr")]
    ['1500000.0', '1200', '2016']
    >>> [sorted(map(int, one.values)) for one in figures("14h30", "fr")]
    [[2, 14], [30]]
    """
    text = plain(text)
    return tuple(_found(text, language)) if _DIGIT.search(text) else ()


_DIGIT = re.compile(r"\d")


@lru_cache(maxsize=16)
def spoken(text: str, language: str) -> frozenset[Decimal]:
    """Return the values that a text says in words or in Roman figures, and those that its words may stand for.

    >>> sorted(map(int, spoken("une vingtaine d'hommes, quatre-vingt-dix ans, le XXIe siècle", "fr")))
    [1, 20, 21, 90, 100]
    """
    text = plain(text)
    values = {Decimal(_roman(match.group(1) + match.group(2))) for match in _ROMAN.finditer(text) if match.group()}
    if primary(language) in _SPOKEN:
        from text_to_num import alpha2digit

        written = alpha2digit(text.replace("\u2019", "'"), primary(language), 0)
        values |= {value for figure in _found(written, language) for value in figure.values}
    about = known("about", language)
    values |= {Decimal(str(about[word])) for word in re.findall(r"\w+", text.lower()) if word in about}
    for beginning, value in known("beginnings", language).items():
        values |= {Decimal(value)} if re.search(rf"\b{beginning}\w", text, re.IGNORECASE) else set()
    return frozenset(values)


def _found(text: str, language: str) -> Iterator[Figure]:
    decimal = _decimal(language)
    text = _METRES.sub(decimal, _DOTTED_CLOCK.sub(r"\1:", text.translate(_SIGNS)))
    text = _ZERO_MINUTES.sub(lambda match: match.group().replace("0", " "), text)
    made: list[Figure] = []
    for match in _FIGURE.finditer(text):
        end = match.start("clock") if match["clock"] else match.end()
        digits = text[match.start() : end]
        hour = _HOUR_AND_MINUTE.match(text, match.start())
        for start, part, value, foreign in _clock_parts(hour) if hour else _parts(digits, decimal):
            clock = bool(match["clock"] or hour)
            made.append(_scaled(text, match.start() + start, part, value, foreign, language, clock))
    for figure, after in zip_longest(made, made[1:]):
        yield _ranged(text, figure, after, language) if after else figure


def _clock_parts(match: re.Match[str]) -> Iterator[tuple[int, str, Decimal, bool]]:
    for start, part in ((0, match[1]), (2, match[2])):
        if start == 0 or part != "00":
            yield start, part, Decimal(part), False


def _parts(digits: str, decimal: str) -> Iterator[tuple[int, str, Decimal, bool]]:
    """Yield the figures in digits and signs: where, what, the value, whether the decimal sign is foreign."""
    head = re.split(r"[.,]", digits, maxsplit=1)[0]
    tail = re.findall(r"([.,])(\d+)", digits[len(head) :])
    whole = re.sub(r"\D", "", head)
    groups = [sign for sign, part in tail if sign != decimal and len(part) == 3]
    if tail and len(groups) == len(tail) and len(whole) <= 3 and whole != "0":
        yield 0, digits, Decimal(whole + "".join(part for _, part in tail)), False
    elif tail and tail[-1][0] == decimal and len(groups) == len(tail) - 1:
        yield 0, digits, Decimal(whole + "".join(part for _, part in tail[:-1]) + "." + tail[-1][1]), False
    elif len(tail) == 1:
        yield 0, digits, Decimal(f"{whole}.{tail[0][1]}"), True
    elif tail:
        # 12.5.2016 is three figures.
        for match in re.finditer(r"\d+", digits):
            yield match.start(), match.group(), Decimal(match.group()), False
    else:
        yield 0, digits, Decimal(whole), False


def _scaled(text: str, start: int, digits: str, value: Decimal, foreign: bool, language: str, clock: bool) -> Figure:
    end = start + len(digits)
    values = {value, value + _FRACTIONS.get(text[end : end + 1], 0)}
    if foreign and "." in digits and all(len(part) <= 2 for part in digits.split(".")):
        # A date (12.5.) or an hour (14.30) where decimals have a comma.
        values |= set(map(Decimal, digits.split(".")))
    short = _SHORT_MONEY.match(text, end) if text[max(0, start - 1) : start] in tuple("€$£") else None
    if short:
        values.add(value * _MONEY[short[1]])
    scale = _scales(language).match(text, end)
    if scale:
        values = {value * _scale(language)[scale[1].lower().rstrip(".")]}
        end = scale.end()
    elif value == value.to_integral_value():
        if (clock or _clock(text, end)) and value <= 24:
            # 14 is 2 p.m.; 0, 12 and 24 are one.
            values |= {hour for hour in (value - 12, value + 12) if 0 <= hour <= 24}
        if len(digits) == 2 and not value % 10:
            # The nineties are the 1990s.
            values |= {1900 + value} if _DECADE_BEFORE.search(text, max(0, start - 9), start) else set()
        if len(digits) == 4 and not value % 10 and _DECADE_AFTER.match(text, end):
            values.add(value % 100)
        years = _YEARS.search(text, max(0, start - 5), start)
        if len(digits) == 2 and years:
            values.add(int(years[1]) * 100 + value)
    return Figure(digits, start, end, frozenset(one for one in values if one >= 0), foreign)


_CLOCK = re.compile(
    r"\s?(?:[hH]\b|[hH]\d|[点點时時시]|heures?\b|Uhr\b|:\d|[ap]\.?m\b|o[’']clock)|[:.]\d\d\s?(?:Uhr|[ap]\.?m)"
)
_DECADE_BEFORE = re.compile(r"années\s\Z")
# 1950-53 ends in 1953.
_YEARS = re.compile(r"(?<!\d)(\d\d)\d\d[-–/]\Z")
# €5m.
_SHORT_MONEY = re.compile(r"([kmb])\b")
_MONEY = {"k": 10**3, "m": 10**6, "b": 10**9}
_DECADE_AFTER = re.compile(r"[’']?s\b|er\b|er-")


def _clock(text: str, at: int) -> bool:
    return _CLOCK.match(text, at) is not None


def _ranged(text: str, figure: Figure, after: Figure, language: str) -> Figure:
    """Let the first figure of a range have the scale of the second: 2 to 3 million, 12 to 15,000."""
    if not _RANGE.fullmatch(text[figure.end : after.start]):
        return figure
    scale = _scales(language).match(text, after.start + len(after.text))
    if scale:
        times = _scale(language)[scale[1].lower().rstrip(".")]
    elif max(figure.values) < 1000 and not any(value % 1000 for value in after.values):
        times = Decimal(1000)
    else:
        return figure
    return Figure(
        figure.text, figure.start, figure.end, figure.values | {v * times for v in figure.values}, figure.foreign
    )


def _roman(text: str) -> int:
    values = [_ROMAN_VALUES[sign] for sign in text]
    return sum(-value if after > value else value for value, after in zip(values, [*values[1:], 0], strict=False))


@cache
def _decimal(language: str) -> str:
    from babel.numbers import get_decimal_symbol

    return get_decimal_symbol(language.replace("-", "_")).translate(_SIGNS)


@cache
def _scale(language: str) -> dict[str, Decimal]:
    """Return the words for thousands and more: those of CLDR's compact numbers, and those that newspapers add."""
    from babel import Locale

    found = {word: Decimal(int(power)) for word, power in known("scales", language).items()}
    formats = Locale.parse(language, sep="-").compact_decimal_formats
    for width in ("short", "long"):
        for table in formats.get(width, {}).values():
            for power, pattern in table.items():
                zeros = pattern.pattern.count("0")
                word = re.sub(r"[0\s\u00a0'.]", "", pattern.pattern).lower()
                # A single letter is a unit as often: 100 m; a single sign of Chinese is a word.
                if (len(word) > 1 or (word and primary(language) in TEN_THOUSANDS)) and zeros:
                    found.setdefault(word, Decimal(int(power) // 10 ** (zeros - 1)))
    return found


@cache
def _scales(language: str) -> re.Pattern[str]:
    names = "|".join(map(re.escape, sorted(_scale(language), key=len, reverse=True)))
    end = "" if primary(language) in TEN_THOUSANDS else r"\.?(?!\w)"
    return re.compile(rf"[\s\u00a0\u202f-]?({names}){end}", re.IGNORECASE)
