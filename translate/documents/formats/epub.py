"""EPUB 3 (and 2): the pages in reading order, the navigation, the metadata of the package."""

from __future__ import annotations

import posixpath
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
_PACKAGE_TYPE = "application/oebps-package+xml"


def _meaning(element: str, name: str, values: Mapping[str, str]) -> Meaning:
    return Kind.LANGUAGE if name == "xml:lang" else html.meaning(element, name, values)


def _package_meaning(element: str, name: str, _: Mapping[str, str]) -> Meaning:
    if name == "xml:lang":
        return Kind.LANGUAGE
    return Role.TITLE if (element, name) == ("opf:reference", "title") else None


_PAGE = replace(html.DIALECT, opaque=html.DIALECT.opaque | {"svg:svg", "math:math"}, meaning=_meaning)
_PACKAGE = Dialect(
    roles={
        "dc:title": Role.TITLE,
        "dc:description": Role.DESCRIPTION,
        "dc:subject": Role.KEYWORD,
        "dc:language": Kind.LANGUAGE,
    },
    meaning=_package_meaning,
)
_TOC = Dialect(
    roles={"ncx:text": Role.TITLE},
    kept=frozenset({"ncx:docAuthor"}),
    meaning=lambda _element, name, _values: Kind.LANGUAGE if name == "xml:lang" else None,
)
# Old books give their pages other names.
_DIALECTS = {
    **dict.fromkeys(("application/xhtml+xml", "text/html", "text/x-oeb1-document"), _PAGE),
    "application/x-dtbncx+xml": _TOC,
}


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
        for part, dialect in _parts(opened).items():
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


def _parts(opened: archive.Archive) -> dict[str, Dialect]:
    """Return the parts to be read, in reading order; several renditions may share some."""
    found: dict[str, Dialect] = {}
    for values in _tags(opened, _CONTAINER, "ocf:rootfile"):
        if values.get("media-type", _PACKAGE_TYPE) == _PACKAGE_TYPE:
            for part, dialect in _of_package(opened, values.get("full-path", "")):
                found.setdefault(part, dialect)
    encrypted = _encrypted(opened)
    for part in found:
        if part in encrypted:
            raise DocumentError(
                "the book is protected (DRM)",
                where=f"{opened.where}:{part}",
                remedy="Get it without protection from its publisher.",
            )
    return found


def _encrypted(opened: archive.Archive) -> frozenset[str]:
    """Return the parts that cannot be read as they are: fonts, in a book without protection."""
    if _ENCRYPTION not in opened.names:
        return frozenset()
    return frozenset(unquote(values.get("URI", "")) for values in _tags(opened, _ENCRYPTION, "CipherReference"))


def _tags(opened: archive.Archive, part: str, name: str) -> Iterator[dict[str, str]]:
    """Yield the attributes of the elements of one name, whatever comes before it."""
    text, _ = opened.text(part)
    for event in xml_events(text, f"{opened.where}:{part}"):
        if event.name.endswith(name) and event.kind is not Is.END:
            yield {one.name: one.value for one in attributes(event.raw)}


def _of_package(opened: archive.Archive, package: str) -> Iterator[tuple[str, Dialect]]:
    """Yield the parts of one rendition."""
    items: dict[str, tuple[str, str]] = {}
    for values in _tags(opened, package, "opf:item"):
        target = posixpath.normpath(posixpath.join(posixpath.dirname(package), unquote(values.get("href", ""))))
        items[values.get("id", "")] = (target, values.get("media-type", ""))
    spine = dict.fromkeys(values.get("idref", "") for values in _tags(opened, package, "opf:itemref"))
    order = [items.pop(one) for one in spine if one in items] + list(items.values())
    for target, media in order:
        if media in _DIALECTS and target in opened.names:
            yield target, _DIALECTS[media]
    yield package, _PACKAGE
