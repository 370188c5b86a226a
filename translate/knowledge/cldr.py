"""The names that CLDR has in every language: countries and regions, languages, currencies, weekdays, months.

They need no set-up, so what is recognised must hardly ever be wrong: it is less than what CLDR knows. Names that are also
first names, towns or common words are left out, and so is a country's name inside another name (Air France, New Jersey).
CLDR has one name for each; how else people call them is in `cldr_names.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from translate.catalogs.interchange.terms import Term
from translate.knowledge.cldr_names import ADJECTIVES, AMBIGUOUS, CURRENCIES, IN_LANGUAGE, NAMES, NO_NAMES, NO_PLACES

if TYPE_CHECKING:
    from babel import Locale

#: A name, what it may become, and whether it is found in its own letters only.
_Row = tuple[str, tuple[str, ...], bool]

# The word right before and right after a place, where nothing but a space or a hyphen parts them.
_BEFORE = re.compile(r"([^\W\d_]+)[ \u00a0\-‐‑]\Z")
_AFTER = re.compile(r"[ \u00a0\-‐‑]([^\W\d_]+)")
_BEGINNING = re.compile(r"(?:\A|[.!?…:»”\"]\s)[«“\"\s]*\Z")
# How much of a country's name its adjective begins with, at least, and how many letters it may lose.
_STEM, _LOST = 4, 2


@lru_cache(maxsize=16)
def terms(source: str, target: str) -> tuple[Term, ...]:
    """Return CLDR's terms from one language to another; none where it does not know one of them."""
    from babel import Locale, UnknownLocaleError

    try:
        here, there = Locale.parse(source, sep="-"), Locale.parse(target, sep="-")
    except (UnknownLocaleError, ValueError):
        return ()
    made: dict[str, Term] = {}
    for rows in (_territories, _currencies, _languages, _days_and_months):
        for text, translations, cased in rows(here, there):
            made.setdefault(text, Term(text, source, target, translations, cased=cased))
    return tuple(made.values())


def part_of_a_name(text: str, start: int, end: int) -> bool:
    """Say whether a word with a capital stands right beside a name, which makes it a part of a longer one.

    >>> part_of_a_name("Le vol Air France part", 11, 17), part_of_a_name("En France, il", 3, 9)
    (True, False)
    """
    if not text[start].isupper() or (text.isupper() and end - start < len(text)):
        return False
    after, before = _AFTER.match(text, end), _BEFORE.search(text[:start])
    if after and after[1][0].isupper():
        return True
    if before is None or not before[1][0].isupper() or before[1].lower() in NO_NAMES:
        return False
    return not _BEGINNING.search(text[: before.start()]) or len(before[1]) > 1


def _territories(here: Locale, there: Locale) -> Iterator[_Row]:
    for code in here.territories:
        if code not in NO_PLACES and code in there.territories:
            names = _names(NAMES, there, code, [there.territories[code]])
            both = [*names, *(name.replace(" & ", " and ") for name in names), *_adjectives(there.language, code, names[0])]
            for name in _names(NAMES, here, code, [here.territories[code]]):
                if name not in AMBIGUOUS.get(here.language, ()):
                    yield name, tuple(dict.fromkeys(both)), True


def _currencies(here: Locale, there: Locale) -> Iterator[_Row]:
    from babel.numbers import get_currency_name, get_currency_symbol

    for code in here.currencies:
        names = [get_currency_name(code, count, there) for count in (2, 1)]
        written = _names(CURRENCIES, there, code, [*names, get_currency_symbol(code, there), code])
        own = [get_currency_name(code, count, here) for count in (1, 2)]
        for name in _names(CURRENCIES, here, code, own):
            # A name of one word (sucre, mark) is a common word in some language.
            if " " in name or code in CURRENCIES.get(here.language, {}) or code == "EUR":
                yield name, written, False


def _languages(here: Locale, there: Locale) -> Iterator[_Row]:
    """Yield languages where a text says that something is said in them; alone, their names are also adjectives."""
    from babel.core import get_global
    from babel.languages import get_official_languages

    if not {here.language, there.language} <= IN_LANGUAGE.keys():
        return
    official = {one for territory in get_global("territory_languages") for one in get_official_languages(territory)}
    for code in sorted(official & here.languages.keys() & there.languages.keys()):
        name, translated = here.languages[code], there.languages[code]
        if len(name) >= _STEM:
            right = IN_LANGUAGE[there.language].format(translated), translated, translated[:-1] + "*"
            yield IN_LANGUAGE[here.language].format(name), right, True


def _days_and_months(here: Locale, there: Locale) -> Iterator[_Row]:
    for own, theirs in ((here.days, there.days), (here.months, there.months)):
        for number, name in own["format"]["wide"].items():
            written = [theirs[context][width][number] for context, width in _WRITTEN]
            yield name, tuple(dict.fromkeys(written)), True


_WRITTEN = (("format", "wide"), ("stand-alone", "wide"), ("format", "abbreviated"), ("stand-alone", "abbreviated"))


def _names(table: dict[str, dict[str, tuple[str, ...]]], locale: Locale, code: str, own: list[str]) -> tuple[str, ...]:
    """Return the names of something in a language, the preferred one first; "" in a table stands for CLDR's own."""
    listed = table.get(locale.language, {}).get(code, ("",))
    known: Iterable[str] = (one for name in listed for one in ((name,) if name else own))
    return tuple(dict.fromkeys((*known, *own)))


def _adjectives(language: str, code: str, name: str) -> tuple[str, ...]:
    """Return how adjectives of a country begin: the politics of France are French politics."""
    irregular = ADJECTIVES.get(language, {}).get(code, ())
    bare = name.removesuffix("land") if language == "de" else name
    regular = (bare[: max(_STEM, len(bare) - _LOST)] + "*",) if name.isalpha() and len(bare) >= _STEM else ()
    return (*regular, *irregular)
