"""The pages of the workbench and the parts of them that are made again while people work."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader

from translate import __version__
from translate.catalogs.states import State
from translate.documents.model import Role
from translate.editions.disclosure import in_script
from translate.editions.journal import What
from translate.editions.labels import language_name
from translate.editions.targets.rendering import environment
from translate.review import interface
from translate.review.deciding import Act

_HERE = Path(__file__).parent
#: What pages call by the name that the program has for it: states, roles, acts, what happened to an edition.
NAMES = (*State, *Role, *Act, *What, "comment", "waive", "undo", "drafted")


@dataclass(frozen=True, slots=True)
class Pages:
    """Templates in the language of a reader."""

    language: str

    def render(self, template: str, **values: Any) -> str:
        """Return a page, or a part of one; everything in it is escaped."""
        told = interface.messages(self.language)

        def said(text: str) -> str:
            return told.get(text, text)

        own = {
            "_": said,
            "interface": self.language,
            "interfaces": [(one, language_name(one, one).capitalize()) for one in interface.languages()],
            "version": __version__,
            "minutes": minutes,
            "moment": moment,
            "address": address,
        }
        return _environment().get_template(template).render(**own, **values)

    def told(self, **values: Any) -> Any:
        """Return what a page tells its script, as JSON that may stand in it."""
        from markupsafe import Markup

        words = dict(interface.messages(self.language))
        return Markup(in_script(json.dumps({"words": words, **values}, ensure_ascii=False)))


def address(document: str, language: str) -> str:
    """Return the address of a story.

    >>> address("2026/le port", "de")
    '/story/de/2026/le%20port'
    """
    return f"/story/{quote(language)}/{quote(document)}"


def minutes(number: float | None) -> str:
    """Write how long something takes: hours and minutes, a dash where nobody knows.

    >>> minutes(None), minutes(0), minutes(9.2), minutes(125)
    ('–', '0 min', '10 min', '2 h 05')
    """
    if number is None:
        return "–"
    whole = -int(-number // 1)
    return f"{whole} min" if whole < 60 else f"{whole // 60} h {whole % 60:02}"


def moment(text: str) -> str:
    """Write a moment (ISO 8601) short: day and minute; nothing for none."""
    return dt.datetime.fromisoformat(text).strftime("%Y-%m-%d %H:%M") if text else ""


def names(languages: tuple[str, ...], reader: str) -> Mapping[str, str]:
    """Return the names of languages in the reader's."""
    return {one: language_name(one, reader) for one in languages}


@cache
def _environment() -> Environment:
    return environment(FileSystemLoader(_HERE / "templates"), lambda _name: True)
