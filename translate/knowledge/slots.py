"""What changes from one dispatch to the next while the sentence stays: figures, months, days of the week.

Two sentences that differ in nothing else have one shape, and the translation of one becomes that of the other by
putting in the other figures, written as the language writes them (CLDR through Babel).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache

from translate.documents.codes import without_tags

_SPACES = " \u00a0\u202f"
#: Stands in a shape for what changes.
SLOT = "0"


@dataclass(frozen=True, slots=True)
class Slot:
    """A figure or the name of a month or a day: where it stands, and its value in every language."""

    start: int
    end: int
    value: tuple[str, str]


def shape(text: str, language: str) -> str:
    """Return a text without its codes, with a sign in the place of each figure, month and day.

    >>> shape("Le <1>12 mai</1>, 1 200 personnes", "fr")
    'Le 0 0, 0 personnes'
    """
    plain = without_tags(text)
    parts, at = [], 0
    for slot in slots(plain, language):
        parts += [plain[at : slot.start], SLOT]
        at = slot.end
    return "".join([*parts, plain[at:]])


def slots(text: str, language: str) -> list[Slot]:
    """Return the figures, months and days of a text, in order."""
    return list(_found(text, language))


def adapted(old: str, translation: str, new: str, source_language: str, language: str) -> str | None:
    """Put the figures, months and days of a new text into the translation of an old one.

    Returns None where that can't be done surely: a changed value does not stand in the translation as often as in its
    source, or there are not as many slots.
    """
    before, after = slots(old, source_language), slots(new, source_language)
    if [slot.value for slot in before] == [slot.value for slot in after]:
        return translation
    if [slot.value[0] for slot in before] != [slot.value[0] for slot in after]:
        return None
    standing = slots(translation, language)
    there = Counter(slot.value for slot in standing)
    here = Counter(slot.value for slot in before)
    becomes: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for one, other in zip(before, after, strict=True):
        becomes.setdefault(one.value, []).append(other.value)
    changed = {value for value, others in becomes.items() if any(other != value for other in others)}
    for value in changed:
        # One value that becomes two: nobody knows which of them goes where.
        if there[value] != here[value] or len(set(becomes[value])) > 1:
            return None
    return _replaced(translation, [slot for slot in standing if slot.value in changed], becomes, language)


def _replaced(
    text: str, found: Sequence[Slot], becomes: dict[tuple[str, str], list[tuple[str, str]]], language: str
) -> str:
    parts, at = [], 0
    for slot in found:
        parts += [text[at : slot.start], written(becomes[slot.value][0], text[slot.start : slot.end], language)]
        at = slot.end
    return "".join([*parts, text[at:]])


def written(value: tuple[str, str], like: str, language: str) -> str:
    """Write a value as a language does, and as the one that stood there was written (grouped, with leading zeros)."""
    kind, what = value
    if kind != "figure":
        name = _names(language)[kind][int(what)]
        return name[0].upper() + name[1:] if like[0].isupper() else name
    if what.startswith("0") and not what.startswith("0."):
        return what
    from babel.numbers import format_decimal

    number = Decimal(what)
    # A four-digit number is a year as often as not: it is grouped only where the other one was.
    grouped = abs(number) >= 10_000 or any(sign in like for sign in (*_SPACES, *_separators(language)[1]))
    return format_decimal(number, locale=_locale(language), group_separator=grouped, decimal_quantization=False)


def _found(text: str, language: str) -> Iterator[Slot]:
    names = _by_name(language)
    for match in _pattern(language).finditer(text):
        if match["figure"]:
            yield Slot(match.start(), match.end(), ("figure", _value(match["figure"], language)))
        elif match["name"]:
            value = names[match["name"].lower()]
            # In a language that writes months without capitals, one with a capital is a name (Mars, Avril).
            if value[0] == "day" or match["name"][0].islower() or not _names(language)["month"][1].islower():
                yield Slot(match.start(), match.end(), value)


def _value(figure: str, language: str) -> str:
    """Return a figure as a plain number; as it stands where it has leading zeros (an hour, a post code)."""
    decimal, _ = _separators(language)
    plain = "".join(figure.split()).replace(decimal, "@")
    plain = re.sub(r"[^\d@]", "", plain).replace("@", ".")
    if plain.startswith("0") and not plain.startswith("0."):
        return plain
    try:
        return format(Decimal(plain).normalize(), "f") if "." in plain else plain
    except InvalidOperation:
        return plain


@cache
def _pattern(language: str) -> re.Pattern[str]:
    decimal, groups = _separators(language)
    grouping = f"[{re.escape(groups + _SPACES)}]"
    figure = rf"\d{{1,3}}(?:{grouping}\d{{3}})+(?!\d)(?:{re.escape(decimal)}\d+)?|\d+(?:{re.escape(decimal)}\d+)?"
    names = "|".join(map(re.escape, sorted(_by_name(language), key=len, reverse=True)))
    return re.compile(rf"</?\d+/?>|(?<!\d)(?P<figure>{figure})|\b(?P<name>{names})\b", re.IGNORECASE)


@cache
def _separators(language: str) -> tuple[str, str]:
    """Return the decimal sign of a language and the signs that group its digits."""
    from babel.numbers import get_decimal_symbol, get_group_symbol

    locale = _locale(language)
    return get_decimal_symbol(locale), get_group_symbol(locale).strip() or "\u202f"


@cache
def _names(language: str) -> dict[str, dict[int, str]]:
    """Return the names of months and days, by number."""
    from babel.dates import get_day_names, get_month_names

    locale = _locale(language)
    return {"month": dict(get_month_names(locale=locale)), "day": dict(get_day_names(locale=locale))}


@cache
def _by_name(language: str) -> dict[str, tuple[str, str]]:
    return {
        name.lower(): (kind, str(number)) for kind, table in _names(language).items() for number, name in table.items()
    }


def _locale(language: str) -> str:
    return language.replace("-", "_")
