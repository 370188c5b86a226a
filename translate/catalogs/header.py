"""The headers of PO catalogs: complete, from Babel, and stable."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from translate import __version__

#: What gettext calls a moment.
_FORMAT = "%Y-%m-%d %H:%M%z"
# Who stands in a header before any person does.
_NOBODY = ("Automatically generated", "FULL NAME")


def moment(now: dt.datetime) -> str:
    """Write a moment as gettext does.

    >>> moment(dt.datetime(2026, 5, 1, 9, 30, tzinfo=dt.UTC))
    '2026-05-01 09:30+0000'
    """
    return now.strftime(_FORMAT)


def template_header(document: str, source_language: str, now: dt.datetime) -> dict[str, str]:
    """Return the header of a POT file."""
    return {
        "Project-Id-Version": document,
        "Report-Msgid-Bugs-To": "",
        "POT-Creation-Date": moment(now),
        "PO-Revision-Date": "YEAR-MO-DA HO:MI+ZONE",
        "Last-Translator": "FULL NAME <EMAIL@ADDRESS>",
        "Language-Team": "LANGUAGE <LL@li.org>",
        "Language": "",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "X-Source-Language": source_language,
    }


def catalog_header(document: str, source_language: str, language: str, now: dt.datetime) -> dict[str, str]:
    """Return the header of a new catalog; plural forms are CLDR's (through Babel)."""
    from babel import Locale
    from babel.messages.plurals import get_plural

    locale = Locale.parse(language, sep="-")
    return template_header(document, source_language, now) | {
        "PO-Revision-Date": moment(now),
        "Last-Translator": "Automatically generated <>",
        "Language-Team": locale.get_display_name("en") or language,
        "Language": str(locale),
        "Plural-Forms": get_plural(locale).plural_forms,
        "X-Generator": f"Translation Desk {__version__}",
    }


def revise(metadata: dict[str, str], now: dt.datetime, person: str = "") -> None:
    """Say in a header when its catalog was last written and, where a person is named, by whom.

    >>> made = {"Last-Translator": "Ben <>"}
    >>> revise(made, dt.datetime(2026, 5, 1, 9, 30, tzinfo=dt.UTC), "Ann Lee")
    >>> made
    {'Last-Translator': 'Ann Lee <>', 'PO-Revision-Date': '2026-05-01 09:30+0000'}
    """
    metadata["PO-Revision-Date"] = moment(now)
    if named := " ".join(person.split()):
        metadata["Last-Translator"] = named if "<" in named else f"{named} <>"


def translator(metadata: Mapping[str, str]) -> str:
    """Return the person that a header names as the last translator; nothing where it names nobody.

    >>> translator({"Last-Translator": "Ann Lee <ann@example.org>"}), translator({"Last-Translator": "FULL NAME <>"})
    ('Ann Lee <ann@example.org>', '')
    """
    named = metadata.get("Last-Translator", "").strip()
    return "" if named.startswith(_NOBODY) else named
