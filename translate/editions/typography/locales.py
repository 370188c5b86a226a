"""What a locale does: CLDR's data where Babel carries it, a table for the rest, a house's own choices on top."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from translate.editions.typography.policy import House
from translate.language import primary

_SINGLE = "‘‚’‹"
# Marks that a house may choose in place of its locale's double ones.
_GUILLEMETS = {"de": ("»", "«", "›", "‹"), "en": ("«", "»", "‹", "›")}


@dataclass(frozen=True, slots=True)
class Style:
    """How a locale sets text. What is None is not known and stays as it is.

    `marks` are the opening and closing signs of quotations and of quotations in them, with the spaces inside them.
    `before_colon` and `before_high` stand before : and before ; ! ?. `currency` is where the sign stands. `full` says
    that the language has more than marks.
    """

    language: str
    marks: tuple[str, str, str, str] | None = None
    before_colon: str | None = None
    before_high: str | None = None
    percent: str | None = None
    group: str | None = None
    decimal: str | None = None
    currency: str = "keep"
    dash: str = "keep"
    ranges: bool = False
    sharp_s: bool = False
    months: tuple[str, ...] = ()

    @property
    def full(self) -> bool:
        """Say whether the locale is one of those that are set in full."""
        return self.before_high is not None

    @property
    def primary(self) -> str:
        """Return the language without its region."""
        return primary(self.language)

    @property
    def french(self) -> bool:
        """Say whether signs stand apart from the words before them."""
        return bool(self.before_colon)


def style(language: str, house: House) -> Style:
    """Return how a language is set in a house."""
    own = house.style(language, "quotation_marks"), house.style(language, "dash")
    return _style(language, *own)


@cache
def _style(language: str, quotation_marks: str, dash: str) -> Style:
    said = dict(_said(language))
    marks: tuple[str, ...] = tuple(said.pop("marks", ()))
    made: Style = Style(language, **said)
    if made.full:
        made = _with_numbers(made, said)
    if quotation_marks == "keep" or len(marks) != 4:
        marks = ()
    elif quotation_marks == "guillemets" and "«" not in marks[0]:
        marks = _GUILLEMETS.get(made.primary, _GUILLEMETS["en"])
    elif quotation_marks in ("single", "double") and (marks[0] in _SINGLE) is (quotation_marks == "double"):
        marks = (*marks[2:], *marks[:2])
    return replace(made, marks=(marks[0], marks[1], marks[2], marks[3]) if marks else None, dash=dash or made.dash)


def _with_numbers(made: Style, said: Mapping[str, Any]) -> Style:
    """Add the marks of figures and the names of months as CLDR has them."""
    from babel import Locale

    locale = Locale.parse(made.language, sep="-")
    symbols = locale.number_symbols["latn"]
    months = tuple(dict.fromkeys(locale.months["format"]["wide"].values()))
    decimal = said.get("decimal", symbols["decimal"]) or None
    # From CLDR 48 on Switzerland has the typewriter's apostrophe here, before that the typesetter's.
    group = said.get("group", symbols["group"].replace("'", "\u2019"))
    return replace(made, group=group, decimal=decimal, months=months)


def _said(language: str) -> Mapping[str, Any]:
    """Return what the table says of a tag: its own words before those of its parent, of its language."""
    table = _table()
    return {**table.get(primary(language), {}), **table.get(_parent(language), {}), **table.get(language, {})}


def _parent(language: str) -> str:
    """Return the parent that CLDR gives a locale, where it is another than its language."""
    from babel.core import get_global

    tag = language.replace("-", "_")
    return str(get_global("parent_exceptions").get(tag, "")).replace("_", "-")


@cache
def _table() -> Mapping[str, Mapping[str, Any]]:
    data = files("translate.editions.typography").joinpath("locales.toml").read_text(encoding="utf-8")
    return tomllib.loads(data)
