"""Editions as Word documents (DOCX): real headings, a named style for every role, a mark on every unreviewed text."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import partial

from translate import __version__
from translate.catalogs.states import State
from translate.documents.encoding import spaced
from translate.documents.model import Role
from translate.documents.rewrite import full_language
from translate.editions.archive import packed
from translate.editions.disclosure import one_line
from translate.editions.edition import Edition, EditionBlock
from translate.editions.marks import marked
from translate.editions.targets.rendering import Run, direction, fenced, runs, said, stories, template, title

_PARTS = {
    "[Content_Types].xml": "types",
    "_rels/.rels": "package",
    "docProps/core.xml": "core",
    "docProps/app.xml": "app",
    "word/_rels/document.xml.rels": "relations",
    "word/document.xml": "document",
    "word/styles.xml": "styles",
    "word/settings.xml": "settings",
    "word/footer1.xml": "footer",
}
# Word knows those in small letters by their names, in every language, and reads headings aloud as such.
_STYLES = {
    Role.HEADLINE: "Heading1",
    Role.CROSSHEAD: "Heading2",
    Role.LEAD: "Lead",
    Role.DATELINE: "Dateline",
    Role.QUOTATION: "Quote",
    Role.STATUS: "Status",
    Role.BYLINE: "Byline",
    Role.CAPTION: "Caption",
    Role.RELATED: "Related",
    Role.AGENCY: "Agency",
}
_MARKS = {"": "", State.DRAFT: "Draft", State.STALE: "Stale"}


class DocxTarget:
    """Render a Word document.

    Its parts are templates: no library writes styles, directions and languages more simply than they are said in XML,
    and python-docx, which did not write it, can judge it.
    """

    name = "docx"
    suffix = ".docx"

    def render(self, edition: Edition) -> bytes:
        """Return the document."""
        values = {
            "edition": edition,
            "stories": stories(edition),
            "runs": partial(runs, edition),
            "style": _style,
            "mark": _mark,
            "title": title(edition),
            "publisher": one_line(edition.disclosure.policy.responsible),
            "language": full_language(edition.language),
            "full_language": full_language,
            "direction": direction(edition.language),
            "version": __version__,
        }
        made = packed({name: template(f"docx/{part}.xml.j2").render(values) for name, part in _PARTS.items()})
        return marked(made, "docx", edition.disclosure, edition.document)

    def texts(self, edition: Edition) -> Sequence[str]:
        """Return the notices and every block but alternative texts (there is no picture they could stand for)."""
        return said(edition, fenced)

    def read(self, data: bytes) -> Sequence[str]:
        """Open the document with python-docx and return the words of its paragraphs."""
        from docx import Document

        return [spaced(one.text) for one in Document(io.BytesIO(data)).paragraphs]


def _style(block: EditionBlock) -> str:
    return _STYLES.get(block.role, "BodyText")


def _mark(run: Run) -> str:
    return "SourceText" if run.language else _MARKS[run.state]
