"""The languages of the workbench itself: gettext catalogs of its own, one a language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import polib

from translate.language import primary

_FOLDER = Path(__file__).parent / "locales"
#: The language that the workbench is written in.
OWN = "en"


@cache
def languages() -> tuple[str, ...]:
    """Return the languages that the workbench speaks."""
    return tuple(sorted((OWN, *(path.stem for path in _FOLDER.glob("*.po")))))


@cache
def messages(language: str) -> Mapping[str, str]:
    """Return what the workbench says in a language, by what it says in its own; nothing where that is its own."""
    path = _FOLDER / f"{language}.po"
    if language == OWN or not path.is_file():
        return {}
    return {entry.msgid: entry.msgstr for entry in polib.pofile(str(path)) if entry.msgstr and not entry.fuzzy}


def wanted(accepted: str, chosen: str = "") -> str:
    """Return the language for a reader: the chosen one, else the first of an Accept-Language header that there is.

    >>> wanted("fr-CH, fr;q=0.9, en;q=0.8"), wanted("pt, de;q=0.5", "xx"), wanted("")
    ('fr', 'de', 'en')
    """
    if chosen in languages():
        return chosen
    asked = [primary(part.partition(";")[0].strip()) for part in _ranked(accepted)]
    return next((one for one in asked if one in languages()), OWN)


def _ranked(accepted: str) -> Sequence[str]:
    def weight(part: str) -> float:
        try:
            return -float(part.partition("q=")[2] or 1)
        except ValueError:
            return 0.0

    return sorted(accepted.split(","), key=weight)
