"""Months and days of the week: mardi is Tuesday, not Monday."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from translate.language import primary
from translate.quality.checks import Finding, Pair, Severity
from translate.quality.text import common_words, known, plain

# May and Mar. are other words as well where they stand small or short.
_SHORTEST = 3


def check(pair: Pair) -> Iterator[Finding]:
    """Yield an error for a day or month that became another, a warning for a missing one (fr, en, de, es, it, nl).

    Names are CLDR's. The translation may shorten them (Sept.) or build words of them (Dienstagabend).
    """
    source, translation = plain(pair.source), plain(pair.translation)
    for kind in ("day", "month"):
        read = _found(source, pair.source_language, kind, short=False)
        if not read:
            continue
        written = _found(translation, pair.language, kind, short=False)
        missing, new = read.keys() - written.keys(), written.keys() - read.keys()
        missing -= _found(translation, pair.language, kind, short=True).keys() if missing else set()
        if not missing:
            continue
        lost = ", ".join(read[one] for one in sorted(missing))
        if new:
            became = ", ".join(written[one] for one in sorted(new))
            yield Finding("dates", Severity.ERROR, f"{lost} became {became}")
        elif primary(pair.language) in common_words():
            # Other languages may decline names (v březnu) or write months in figures.
            yield Finding("dates", Severity.WARNING, f"{lost} of the source is missing")


def _found(text: str, language: str, kind: str, *, short: bool) -> dict[int, str]:
    if not any(map(text.__contains__, _written(language, kind, short=short))):
        # Most sentences have none.
        return {}
    numbers = _numbers(language, kind, short=short)
    return {numbers[match[1].lower()]: match.group() for match in _pattern(language, kind, short=short).finditer(text)}


@cache
def _pattern(language: str, kind: str, *, short: bool) -> re.Pattern[str]:
    # German builds words of them, others have a plural of days at most (mais is no month).
    ends = r"\w*" if known("compounds", language) else r"s?(?!\w)" if kind == "day" else r"(?!\w)"
    adverb = r"(?=s\b)" if known("compounds", language) and kind == "day" else ""
    joined = "|".join(re.escape(name) + adverb * name.islower() for name in _written(language, kind, short=short))
    return re.compile(rf"(?<!\w)({joined}){ends}" if not short else rf"(?<!\w)({joined})(?!\w)")


@cache
def _written(language: str, kind: str, *, short: bool) -> tuple[str, ...]:
    """Return the names as they are written, long ones first."""
    names = sorted(_numbers(language, kind, short=short), key=len, reverse=True)
    small = _wide(language, kind)[2].islower()
    written = [name if small else name.capitalize() for name in names]
    if small and kind == "day":
        # At the beginning of a sentence; months have namesakes there (Mars, Mai, Avril).
        written += [name.capitalize() for name in names]
    if known("compounds", language) and kind == "day":
        # Adverbs of days are small: samstags.
        written += names
    return tuple(written)


@cache
def _numbers(language: str, kind: str, *, short: bool) -> dict[str, int]:
    """Return the number of each name, in small letters; also the shortened ones, where those are asked for."""
    made = {name.lower(): number for number, name in _wide(language, kind).items()}
    made |= known(f"{kind}s", language)
    if short:
        from babel.dates import get_day_names, get_month_names

        get = get_day_names if kind == "day" else get_month_names
        narrow = get("abbreviated", locale=language.replace("-", "_"))
        made |= {name.lower().rstrip("."): number for number, name in narrow.items() if len(name) >= _SHORTEST}
        made |= {name[:size].lower(): number for number, name in _wide(language, kind).items() for size in (3, 4)}
    return made


@cache
def names_of_days_and_months(language: str) -> frozenset[str]:
    """Return what this check looks after, in small letters."""
    return frozenset(name.lower() for kind in ("day", "month") for name in _wide(language, kind).values())


@cache
def _wide(language: str, kind: str) -> dict[int, str]:
    from babel.dates import get_day_names, get_month_names

    get = get_day_names if kind == "day" else get_month_names
    return {int(number): str(name) for number, name in get("wide", locale=language.replace("-", "_")).items()}
