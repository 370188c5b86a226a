"""Make short pairs of names, figures, dates and countries, so that copying and converting them is learnt early."""

import random
from collections.abc import Sequence
from datetime import date

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from training.corpora import Pair
from training.recipe import Recipe
from training.substitution import Names

_MOST = 3
# A reply is met so many times in each turn through the pairs.
_REPLIES = 30


def synthetic(recipe: Recipe, names: Names, rng: random.Random) -> list[Pair]:
    """Return ``recipe.synthetic`` pairs from its templates, its replies, and what CLDR names, once each."""
    locales = Locale.parse(recipe.source), Locale.parse(recipe.target_locale)
    made = [Pair(*both, recipe.synthetic_weight) for both in _listed(*locales)]
    made += [Pair(*both, recipe.synthetic_weight) for both in recipe.replies for _ in range(_REPLIES)]
    for _ in range(recipe.synthetic):
        chosen = rng.sample(recipe.templates, rng.randint(1, _MOST))
        values = [_values(locales, names, rng) for _ in chosen]
        sides = (
            ", ".join(template[side].format(**value[side]) for template, value in zip(chosen, values, strict=True))
            for side in (0, 1)
        )
        made.append(Pair(*sides, recipe.synthetic_weight))
    return made


def _listed(source: Locale, target: Locale) -> Sequence[tuple[str, str]]:
    tables = ((source.territories, target.territories), (source.languages, target.languages))
    return [(mine[code], theirs[code]) for mine, theirs in tables for code in sorted(mine) if code in theirs]


def _values(locales: tuple[Locale, Locale], names: Names, rng: random.Random) -> tuple[dict[str, str], dict[str, str]]:
    """Return what each field of a template stands for, on both sides."""
    shared = {field: names.draw(rng) for field in ("name", "surname", "place")}
    shared |= {
        "figure": str(rng.randint(2, 99)),
        "hundreds": str(rng.randint(100, 999)),
        "year": str(rng.randint(1850, 2035)),
        "code": "".join(rng.choices("ABCDEFGHIKLMNOPRSTUV", k=rng.randint(2, 5))),
        "hour": str(rng.randint(1, 23)),
        "minute": f"{rng.randint(0, 59):02}",
    }
    large = rng.choice((rng.randint(1000, 9999), rng.randint(10_000, 99_999), rng.randint(100, 9999) * 100))
    decimal = rng.randint(1, 99) + rng.randint(1, 9) / 10
    day = date.fromordinal(rng.randint(date(1900, 1, 1).toordinal(), date(2035, 12, 31).toordinal()))
    country = rng.choice([code for code in sorted(locales[0].territories) if len(code) == 2 and code.isalpha()])
    source, target = (
        shared
        | {
            "large": format_decimal(large, locale=locale),
            "decimal": format_decimal(decimal, locale=locale),
            "date": format_date(day, "long", locale=locale),
            "day": format_date(day, "d MMMM", locale=locale),
            "month": format_date(day, "MMMM y", locale=locale),
            "weekday": format_date(day, "EEEE", locale=locale),
            "country": str(locale.territories[country]),
        }
        for locale in locales
    )
    # CLDR groups French digits with a narrow no-break space; what newsrooms type is any of three spaces.
    space = rng.choice("\u202f\u00a0 ")
    return {field: text.replace("\u202f", space) for field, text in source.items()}, target
