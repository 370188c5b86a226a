"""Editions as books (EPUB 3): a page for every story, a table of contents, and what readers need to know of access."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from textwrap import shorten

from translate.documents.archive import open_archive
from translate.documents.encoding import spaced
from translate.documents.model import Role
from translate.editions.archive import packed
from translate.editions.disclosure import json_ld, one_line
from translate.editions.edition import Edition, EditionBlock, Text
from translate.editions.marks import marked
from translate.editions.targets.rendering import Run, attributes, direction, identity, runs, stories, template, title
from translate.language import primary

_TYPE = "application/epub+zip"
_NAMES = {
    "c": "urn:oasis:names:tc:opendocument:xmlns:container",
    "o": "http://www.idpf.org/2007/opf",
    "h": "http://www.w3.org/1999/xhtml",
}
# A story without a headline is listed under its first words.
_LONGEST = 100
# EPUB must say when a book was modified; where no catalog says it, the first moment that archives know.
_NEVER = "1980-01-01"
_SUMMARY = {
    "en": "The book is text with headings, a reading order and a table of contents. It has no pictures and no sound.",
    "de": "Das Buch ist Text mit Überschriften, Lesereihenfolge und Inhaltsverzeichnis, ohne Bild und Ton.",
    "fr": "Le livre est du texte avec titres, ordre de lecture et table des matières ; il n’a ni images ni sons.",
    "it": "Il libro è testo con titoli, ordine di lettura e indice; non contiene immagini né suoni.",
    "es": "El libro es texto con títulos, orden de lectura e índice; no contiene imágenes ni sonido.",
}


@dataclass(frozen=True, slots=True)
class Page:
    """A story; `language` and `direction` of its title are empty where they are the edition's."""

    blocks: Sequence[EditionBlock]
    title: str
    language: str
    direction: str


class EpubTarget:
    """Render a book.

    Its parts are templates, put into an archive: ebooklib writes pages its own way, and the time into every book.
    """

    name = "epub"
    suffix = ".epub"

    def render(self, edition: Edition) -> bytes:
        """Return the book."""
        pages = [_page(edition, blocks) for blocks in stories(edition)]
        base = primary(edition.language)
        values = {
            "edition": edition,
            "pages": pages,
            "runs": partial(runs, edition),
            "attributes": partial(_attributes, attributes(edition)),
            "whole": _page(edition, [block for one in stories(edition) for block in one]),
            "identifier": identity(edition, edition.language),
            "publisher": one_line(edition.disclosure.policy.responsible),
            "modified": f"{edition.disclosure.revised or _NEVER}T00:00:00Z",
            "summary": (edition.language, _SUMMARY[base]) if base in _SUMMARY else ("en", _SUMMARY["en"]),
            "direction": direction(edition.language),
            "json_ld": json_ld(edition.disclosure) if edition.disclosure.marks else "",
        }
        parts = {"mimetype": _TYPE, "META-INF/container.xml": template("epub/container.xml.j2").render(values)}
        for name in ("package.opf", "nav.xhtml", "style.css"):
            parts[f"EPUB/{name}"] = template(f"epub/{name}.j2").render(values)
        for number, page in enumerate(pages, 1):
            parts[f"EPUB/story-{number}.xhtml"] = template("epub/story.xhtml.j2").render(values, page=page)
        return marked(packed(parts), "epub", edition.disclosure, edition.document)

    def texts(self, edition: Edition) -> Sequence[str]:
        """Return the blocks of every story but alternative texts, the notices before each: a reader may begin there."""
        return [text for one in stories(edition) for text in (*edition.notices, *(block.text for block in one))]

    def read(self, data: bytes) -> Sequence[str]:
        """Follow the book from its container to its pages with lxml and return the words of their blocks."""
        return list(_blocks(data))


def _page(edition: Edition, blocks: Sequence[EditionBlock]) -> Page:
    """Name a story by its headline, or else by its first words."""
    first = next((block for block in blocks if block.role is Role.HEADLINE), blocks[0] if blocks else None)
    if first is None:
        return Page(blocks, title(edition), "", "")
    shown = [text for text in first.texts if text.state is not None]
    other = edition.source_language if shown and all(text.held for text in shown) else ""
    name = first.text if first.role is Role.HEADLINE else _short(first.text)
    return Page(blocks, name, other, direction(other) if other else "")


def _short(text: str) -> str:
    """Return the first words of a text, or what fits of a word that is very long."""
    made = shorten(text, _LONGEST, placeholder="…")
    return made if made != "…" else f"{text[:_LONGEST]}…"


def _attributes(of: Callable[[Text], dict[str, str]], run: Run) -> dict[str, str]:
    """Return what a page says of a text, as XHTML says it."""
    said = of(run.text)
    language = {"xml:lang": said["lang"]} if "lang" in said else {}
    turn = {"dir": run.direction} if run.direction else {}
    return {**language, **said, **turn}


def _blocks(data: bytes) -> Iterator[str]:
    from lxml import etree

    book, parser = open_archive(data, "epub"), etree.XMLParser(resolve_entities=False, no_network=True)
    container = etree.fromstring(book.read("META-INF/container.xml"), parser)
    for root in container.findall(".//c:rootfile", _NAMES):
        path = root.get("full-path", "")
        package = etree.fromstring(book.read(path), parser)
        places = {one.get("id"): one.get("href", "") for one in package.findall(".//o:item", _NAMES)}
        for item in package.findall(".//o:itemref", _NAMES):
            name = posixpath.join(posixpath.dirname(path), places[item.get("idref")])
            body = etree.fromstring(book.read(name), parser).find("h:body", _NAMES)
            assert body is not None
            for block in body.iter(*(f"{{{_NAMES['h']}}}{tag}" for tag in ("h1", "h2", "p"))):
                yield spaced("".join(map(str, block.itertext())))
