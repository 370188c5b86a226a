"""Fixed labels and dates of an edition: a small table for each language, CLDR (through Babel) for dates."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from translate.documents.model import Kind, Literal, Moment
from translate.errors import ProjectError
from translate.language import primary

# Signs that stand close to the word before them (and no sign at all).
_CLINGING = ("", ",", ";", ".")
# How the labels begin that only the pages of a site have.
_SITE = "site_"
# What stands in a dispatch as it is; other literals are markup.
_SAID = frozenset(
    {Kind.CREDIT, Kind.NAME, Kind.DATE, Kind.PUBLISHED, Kind.MODIFIED}
    | {Kind.READ_ALSO, Kind.SEE_ALSO, Kind.BY, Kind.WITH}
)
_SPACE = re.compile(r"\s+")
_TABLE = Path(__file__).with_name("labels.toml")


@cache
def _shipped() -> dict[str, dict[str, str]]:
    return tomllib.loads(_TABLE.read_text(encoding="utf-8"))


def labels(language: str, own: Mapping[str, Mapping[str, str]], *, site: bool = False) -> dict[str, str]:
    """Return the labels of a language: the shipped ones, the desk's own over them; those of a site where asked.

    Raises:
        ProjectError: a label has no text in this language.
    """
    shipped = _shipped()
    base = primary(language)
    table = {**shipped.get(base, {}), **own.get(base, {}), **own.get(language, {})}
    missing = sorted(name for name in shipped["en"].keys() - table.keys() if site or not name.startswith(_SITE))
    if missing:
        raise ProjectError(
            f"the labels of editions in {language!r} are missing: {', '.join(missing)}",
            where="translate.toml",
            remedy=f'Add a table [labels.{language}] with these keys, for example: {missing[0]} = "..."',
        )
    for name, text in table.items():
        try:
            text.format(when="", source="")
        except (LookupError, ValueError, AttributeError) as error:
            raise ProjectError(
                f"labels.{language}.{name}: {text!r} has braces that stand for nothing",
                where="translate.toml",
                remedy="Allowed in braces: {when} in published_when, modified_when, site_...; {source} in missing.",
            ) from error
    unknown = sorted(table.keys() - shipped["en"].keys())
    if unknown:
        raise ProjectError(
            f"labels.{language}.{unknown[0]}: is no label",
            where="translate.toml",
            remedy=f"Labels: {', '.join(shipped['en'])}.",
        )
    return table


def own_text_of(literal: Literal) -> str:
    """Return what a literal is in its document's own language, which keeps its own way of saying it.

    >>> own_text_of(Literal("Publié  le 3 mai", Kind.PUBLISHED)), own_text_of(Literal("<p>", Kind.CODE))
    ('Publié le 3 mai', '')
    """
    if literal.kind is Kind.SPACE:
        return text_of(literal, "", {})
    return _SPACE.sub(" ", literal.raw) if literal.kind in _SAID else ""


def text_of(literal: Literal, language: str, table: Mapping[str, str]) -> str:
    """Return what a literal is in an edition; white space is one space.

    >>> status = Literal("Publié à 14h05", Kind.PUBLISHED, Moment(time=dt.time(14, 5)))
    >>> text_of(status, "de", {"published_when": "Um {when}"})
    'Um 14:05'
    """
    match literal.kind:
        case Kind.SPACE:
            inner = literal.raw.strip()
            return f"{inner} " if inner in _CLINGING else f" {inner} "
        case Kind.CREDIT | Kind.NAME:
            return literal.raw
        case Kind.DATE:
            assert literal.moment is not None
            return when(literal.moment, language)
        case Kind.PUBLISHED | Kind.MODIFIED:
            if literal.moment is None:
                return table[literal.kind]
            return table[f"{literal.kind}_when"].format(when=when(literal.moment, language))
        case Kind.CODE | Kind.NOTICE | Kind.LANGUAGE | Kind.TERRITORY | Kind.IDENTITY | Kind.SOURCE:
            # Markup of the source's own format says nothing in another.
            return ""
        case Kind.READ_ALSO | Kind.SEE_ALSO | Kind.BY | Kind.WITH:
            return f"{table[literal.kind]} "


def when(moment: Moment, language: str) -> str:
    """Write a date, a time or both the way CLDR writes them in a language.

    >>> when(Moment(dt.date(2016, 12, 7), dt.time(14, 5)), "en-GB"), when(Moment(dt.date(2016, 12, 7)), "de")
    ('7 December 2016, 14:05', '7. Dezember 2016')
    """
    from babel import Locale
    from babel.dates import format_date, format_skeleton, format_time

    locale = Locale.parse(language, sep="-")
    parts = []
    if moment.date:
        if moment.year:
            parts.append(format_date(moment.date, "long", locale=locale))
        else:
            day = dt.datetime.combine(moment.date, dt.time())
            parts.append(format_skeleton("MMMMd", day, locale=locale))
    if moment.time:
        parts.append(format_time(dt.datetime.combine(dt.date(2000, 1, 1), moment.time), "short", locale=locale))
    return ", ".join(parts)


def language_name(code: str, language: str) -> str:
    """Return the name of a language in another.

    >>> language_name("fr", "de")
    'Französisch'
    """
    from babel import Locale

    return Locale.parse(code, sep="-").get_display_name(Locale.parse(language, sep="-")) or code
