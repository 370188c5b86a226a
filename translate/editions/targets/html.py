"""Editions as HTML5: semantic, in the edition's language, every unreviewed text marked; escaped by Jinja2."""

from __future__ import annotations

from collections.abc import Sequence

from translate import __version__
from translate.documents.encoding import spaced
from translate.documents.model import Role
from translate.editions.disclosure import json_ld
from translate.editions.edition import Edition
from translate.editions.targets.rendering import attributes, direction, stories, template

_PAGE = "edition.html.j2"


class HtmlTarget:
    """Render an HTML page."""

    name = "html"
    suffix = ".html"

    def render(self, edition: Edition) -> bytes:
        """Return the page."""
        from markupsafe import Markup

        page = template(_PAGE).render(
            edition=edition,
            stories=stories(edition),
            attributes=attributes(edition),
            version=__version__,
            direction=direction(edition.language),
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
