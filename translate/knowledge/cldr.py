"""The names that CLDR has in every language: countries and regions, languages, currencies, weekdays, months.

They need no set-up, so what is recognised must hardly ever be wrong: it is less than what CLDR knows. Names that are
also first names, towns or common words are left out, and so is a country's name inside another name (Air France, New
Jersey). CLDR has one name for each; how else people call them is in `names.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from translate.catalogs.interchange.terms import Term

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
    if before is None or not before[1][0].isupper() or before[1].lower() in _known()["no_names"]:
        return False
    return not _BEGINNING.search(text[: before.start()]) or len(before[1]) > 1


def _territories(here: Locale, there: Locale) -> Iterator[_Row]:
    common = _known()["ambiguous"].get(here.language, ())
    for code in map(str, here.territories):
        if code not in _known()["no_places"] and code in there.territories:
            names = _names("names", there, code, [there.territories[code]])
            spelt = (name.replace(" & ", " and ") for name in names)
            right = tuple(dict.fromkeys((*names, *spelt, *_adjectives(there.language, code, names[0]))))
            for name in _names("names", here, code, [here.territories[code]]):
                if name not in common:
                    yield name, right, True


def _currencies(here: Locale, there: Locale) -> Iterator[_Row]:
    from babel.numbers import get_currency_name, get_currency_symbol

    listed = _known()["currencies"].get(here.language, {})
    for code in map(str, here.currencies):
        written = [get_currency_name(code, count, there) for count in (2, 1)]
        right = _names("currencies", there, code, [*written, get_currency_symbol(code, there), code])
        for name in _names("currencies", here, code, [get_currency_name(code, count, here) for count in (1, 2)]):
            # A name of one word (sucre, mark) is a common word in some language.
            if " " in name or code in listed:
                yield name, right, False


def _languages(here: Locale, there: Locale) -> Iterator[_Row]:
    """Yield languages where a text says that something is said in them; alone, their names are also adjectives."""
    from babel.core import get_global
    from babel.languages import get_official_languages

    said = _known()["in_language"]
    if not {here.language, there.language} <= said.keys():
        return
    official = {one for territory in get_global("territory_languages") for one in get_official_languages(territory)}
    for code in sorted(official & here.languages.keys() & there.languages.keys()):
        name, translated = here.languages[code], there.languages[code]
        if len(name) >= _STEM:
            right = said[there.language].format(translated), translated, translated[:-1] + "*"
            yield said[here.language].format(name), right, True


def _days_and_months(here: Locale, there: Locale) -> Iterator[_Row]:
    for own, theirs in ((here.days, there.days), (here.months, there.months)):
        for number, name in own["format"]["wide"].items():
            written = [theirs[context][width][number] for context, width in _WRITTEN]
            # Newspapers write Sept. where CLDR has Sep.
            written.append(written[0][:_STEM])
            yield name, tuple(dict.fromkeys(written)), True


_WRITTEN = (("format", "wide"), ("stand-alone", "wide"), ("format", "abbreviated"), ("stand-alone", "abbreviated"))


def _names(table: str, locale: Locale, code: str, own: list[str]) -> tuple[str, ...]:
    """Return the names of something in a language, the preferred one first."""
    listed = _known()[table].get(locale.language, {}).get(code, [""])
    preferred = (one for name in listed for one in ([name] if name else own))
    return tuple(dict.fromkeys((*preferred, *own)))


def _adjectives(language: str, code: str, name: str) -> tuple[str, ...]:
    """Return how adjectives of a country begin: the politics of France are French politics."""
    irregular = _known()["adjectives"].get(language, {}).get(code, ())
    bare = name.removesuffix("land") if language == "de" else name
    regular = (bare[: max(_STEM, len(bare) - _LOST)] + "*",) if name.isalpha() and len(bare) >= _STEM else ()
    return (*regular, *irregular)


@cache
def _known() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("names.toml").read_text(encoding="utf-8"))
