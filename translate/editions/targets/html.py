"""Editions as HTML5: semantic, in the edition's language, every unreviewed text marked; escaped by Jinja2."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, partial
from typing import TYPE_CHECKING

from translate import __version__
from translate.catalogs.states import State
from translate.documents.encoding import spaced
from translate.documents.model import Role
from translate.editions.disclosure import json_ld
from translate.editions.edition import Edition, Text

if TYPE_CHECKING:
    from jinja2 import Template

_PAGE = "edition.html.j2"


class HtmlTarget:
    """Render an HTML page."""

    name = "html"
    suffix = ".html"

    def render(self, edition: Edition) -> bytes:
        """Return the page."""
        stories = [
            [block for block in edition.blocks if block.story == number and block.role is not Role.ALTERNATIVE]
            for number in sorted({block.story for block in edition.blocks})
        ]
        from markupsafe import Markup

        page = _template().render(
            edition=edition,
            stories=stories,
            attributes=partial(_attributes, edition),
            version=__version__,
            direction=_direction(edition.language),
            json_ld=Markup(json_ld(edition.disclosure)),
        )
        return (page.rstrip("\n") + "\n").encode("utf-8")

    def texts(self, edition: Edition) -> Sequence[str]:
        """Return the notices and every block but alternative texts (there is no picture they could stand for)."""
        return [*edition.notices, *(block.text for block in edition.blocks if block.role is not Role.ALTERNATIVE)]

    def read(self, data: bytes) -> Sequence[str]:
        """Parse the page with lxml and return the words of its blocks."""
        from lxml import html

        root = html.document_fromstring(data.decode("utf-8"))
        blocks = (element for element in root.iter() if isinstance(element, html.HtmlElement))
        return [spaced(one.text_content()) for one in blocks if "data-block" in one.attrib]


def _attributes(edition: Edition, text: Text) -> dict[str, str]:
    """Return what the page says of one text: its state where it is not reviewed, and how it came to be."""
    origin = text.origin
    if origin is None:
        return {}
    state = {} if origin.state is State.REVIEWED else {"data-state": str(origin.state)}
    if text.held:
        return {"lang": edition.source_language, **state}
    if not edition.disclosure.marks:
        return state
    said = {
        "data-origin": "machine" if origin.machines else "memory" if origin.recalled else "hand",
        "data-machine": " + ".join(machine.name for machine in origin.machines),
        "data-edited": "true" if origin.edited else "",
        "data-reviewed": origin.reviewed,
        "data-reviewer": origin.reviewer if origin.reviewer in edition.disclosure.reviewers else "",
    }
    return state | {name: value for name, value in said.items() if value}


def _direction(language: str) -> str:
    from babel import Locale

    return Locale.parse(language, sep="-").text_direction


@cache
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("translate.editions", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(_PAGE)
