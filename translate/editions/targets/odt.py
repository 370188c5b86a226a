"""Editions as OpenDocument texts (ODT): real headings, a named style for every role, a mark on all unreviewed text."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import partial

from translate import __version__
from translate.catalogs.states import State
from translate.documents.encoding import spaced
from translate.documents.model import Role
from translate.documents.rewrite import full_language, territory
from translate.editions.archive import packed
from translate.editions.disclosure import one_line
from translate.editions.edition import Edition, EditionBlock
from translate.editions.marks import marked
from translate.editions.targets.rendering import Run, direction, fenced, runs, said, stories, template, title

_TYPE = "application/vnd.oasis.opendocument.text"
_PARTS = {"content.xml": "content", "styles.xml": "styles", "meta.xml": "meta", "META-INF/manifest.xml": "manifest"}
_BODY = "Text_20_body"
# Where LibreOffice has a style of its own for a role, it has that name; _20_ is a space.
_STYLES = {
    Role.HEADLINE: "Heading_20_1",
    Role.CROSSHEAD: "Heading_20_2",
    Role.LEAD: "Lead",
    Role.DATELINE: "Dateline",
    Role.QUOTATION: "Quotations",
    Role.STATUS: "Status",
    Role.BYLINE: "Byline",
    Role.CAPTION: "Caption",
    Role.RELATED: "Related",
    Role.AGENCY: "Agency",
}
_LEVELS = {Role.HEADLINE: 1, Role.CROSSHEAD: 2}
_MARKS = {"": "", State.DRAFT: "Draft", State.STALE: "Stale"}
_MODES = {"ltr": "lr-tb", "rtl": "rl-tb"}


class OdtTarget:
    """Render an OpenDocument text.

    Its parts are templates, as those of the Word document are; odfdo, which did not write it, can judge it.
    """

    name = "odt"
    suffix = ".odt"

    def render(self, edition: Edition) -> bytes:
        """Return the document."""
        values = {
            "edition": edition,
            "stories": stories(edition),
            "runs": partial(runs, edition),
            "style": _style,
            "styles": [_BODY, *_STYLES.values()],
            "levels": _LEVELS,
            "mark": _mark,
            "title": title(edition),
            "publisher": one_line(edition.disclosure.policy.responsible),
            "language": full_language(edition.language),
            "tags": _tags,
            "mode": _MODES[direction(edition.language)],
            "version": __version__,
        }
        parts = {name: template(f"odt/{part}.xml.j2").render(values) for name, part in _PARTS.items()}
        return marked(packed({"mimetype": _TYPE, **parts}), "odt", edition.disclosure, edition.document)

    def texts(self, edition: Edition) -> Sequence[str]:
        """Return the notices and every block but alternative texts (there is no picture they could stand for)."""
        return said(edition, fenced)

    def read(self, data: bytes) -> Sequence[str]:
        """Open the document with odfdo and return the words of its headings and paragraphs."""
        from odfdo import Document

        body = Document(io.BytesIO(data)).body
        return [spaced(one.inner_text) for one in body.get_elements("text:h | text:p")]


def _style(block: EditionBlock) -> str:
    return _STYLES.get(block.role, _BODY)


def _mark(run: Run) -> str:
    return "Source_20_Text" if run.language else _MARKS[run.state]


def _tags(language: str) -> tuple[str, str, str]:
    """Return language, country and script as OpenDocument has them, each on its own."""
    from babel import Locale

    locale = Locale.parse(language, sep="-")
    return locale.language, territory(language) or "none", locale.script or ""
