"""EPUB 3 (and 2): the pages in reading order, the navigation, the metadata of the package."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from urllib.parse import unquote

from translate.documents import archive
from translate.documents.elements import Dialect, Meaning, Reader
from translate.documents.formats import Source, html
from translate.documents.markup import Kind as Is
from translate.documents.markup import attributes, escaped, xml_events
from translate.documents.model import Block, Document, Kind, Literal, Part, Role
from translate.documents.rewrite import Wording, Writer
from translate.errors import DocumentError

_MIME = b"application/epub+zip"
_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_XHTML, _NCX = "application/xhtml+xml", "application/x-dtbncx+xml"


def _meaning(element: str, name: str, values: Mapping[str, str]) -> Meaning:
    return Kind.LANGUAGE if name == "xml:lang" else html.meaning(element, name, values)


_PAGE = replace(html.DIALECT, opaque=html.DIALECT.opaque | {"svg:svg", "math:math"}, meaning=_meaning)
_PACKAGE = Dialect(
    roles={
        "dc:title": Role.TITLE,
        "dc:description": Role.DESCRIPTION,
        "dc:subject": Role.KEYWORD,
        "dc:language": Kind.LANGUAGE,
    },
    meaning=lambda _element, name, _values: Kind.LANGUAGE if name == "xml:lang" else None,
)
_TOC = Dialect(
    roles={"ncx:text": Role.TITLE},
    meaning=lambda _element, name, _values: Kind.LANGUAGE if name == "xml:lang" else None,
)


class EpubFormat(archive.ArchiveFile):
    """Read EPUB."""

    name = "epub"
    suffixes = (".epub",)

    def score(self, data: bytes, language: str) -> float:
        """Look for the media type at the beginning of the archive."""
        del language
        return 1.0 if _MIME in data[:200] or archive.looks_like_zip(data, "META-INF/container.xml") else 0.0

    def read(self, data: bytes, source: Source) -> Document:
        """Read every page of the spine, then what is not in it, the tables of contents and the metadata."""
        opened = archive.open_archive(data, source.where)
        blocks: list[Block] = []
        parts: list[Part] = []
        noticed, line = False, 1
        for part, dialect in _parts(opened):
            text, encoding = opened.text(part)
            elsewhere = noticed or dialect is not _PAGE
            reader = Reader(
                dialect, source.language, source.split, line, part=part, noticed=elsewhere, counts_blocks=True
            )
            blocks += reader.blocks(xml_events(text, f"{source.where}:{part}"))
            line, noticed = reader.line, noticed or (reader.noticed and dialect is _PAGE)
            parts.append(Part(part, "".join(reader.gap), encoding))
        return source.whole(self.name, blocks, parts, data)

    def writer(self, _: Document, wording: Wording) -> Writer:
        """Return what writes an edition."""
        return _Writer(wording)


class _Writer(html.HtmlWriter):
    """Write as in HTML; a notice has no attribute that older books forbid."""

    def literal(self, literal: Literal) -> str:
        if literal.kind is not Kind.NOTICE:
            return super().literal(literal)
        return "".join(f'<p class="translation-notice">{escaped(one)}</p>' for one in self._wording.notices)


def _parts(opened: archive.Archive) -> Iterator[tuple[str, Dialect]]:
    """Yield the parts to be read, in reading order."""
    if "META-INF/encryption.xml" in opened.names and re.search(
        rb"\.x?html?[\"']", opened.read("META-INF/encryption.xml")
    ):
        raise DocumentError(
            "the book is protected (DRM)", where=opened.where, remedy="Get it without protection from its publisher."
        )
    container, _ = opened.text(_CONTAINER)
    for event in xml_events(container, f"{opened.where}:{_CONTAINER}"):
        if event.name == "ocf:rootfile" and event.kind is not Is.END:
            package = {one.name: one.value for one in attributes(event.raw)}.get("full-path", "")
            yield from _of_package(opened, package)


def _of_package(opened: archive.Archive, package: str) -> Iterator[tuple[str, Dialect]]:
    """Yield the parts of one rendition."""
    items: dict[str, tuple[str, str]] = {}
    spine: list[str] = []
    text, _ = opened.text(package)
    for event in xml_events(text, f"{opened.where}:{package}"):
        if event.kind is Is.END:
            continue
        values = {one.name: one.value for one in attributes(event.raw)}
        if event.name == "opf:item":
            target = posixpath.normpath(posixpath.join(posixpath.dirname(package), unquote(values.get("href", ""))))
            items[values.get("id", "")] = (target, values.get("media-type", ""))
        elif event.name == "opf:itemref":
            spine.append(values.get("idref", ""))
    order = [items.pop(one) for one in dict.fromkeys(spine) if one in items] + list(items.values())
    for target, media in order:
        if media in (_XHTML, _NCX) and target in opened.names:
            yield target, _PAGE if media == _XHTML else _TOC
    yield package, _PACKAGE
