"""Marks in editions of a document's own format: what is disclosed, where the format has a place for it.

Plain text, subtitles and ninjs have none: there the notices speak, and the record beside the edition.
"""

from __future__ import annotations

from collections.abc import Callable

from translate.editions.disclosure import Disclosure
from translate.editions.marks import news, office, text

#: Write the marks into the bytes of an edition; they come back as they are where a place for them is missing.
Marker = Callable[[bytes, Disclosure, str], bytes]

MARKERS: dict[str, Marker] = {
    "html": text.html,
    "markdown": text.markdown,
    "docx": office.docx,
    "odt": office.odt,
    "epub": office.epub,
    "newsml": news.newsml,
    "nitf": news.nitf,
}


def marked(data: bytes, format_: str, disclosure: Disclosure | None, where: str) -> bytes:
    """Return an edition with its marks; without a disclosure, or where the desk wants no marks, as it is."""
    if disclosure is None or not disclosure.marks or format_ not in MARKERS:
        return data
    return MARKERS[format_](data, disclosure, where)
