"""Marks in HTML and Markdown."""

from __future__ import annotations

import re
from html import escape

from translate.documents.encoding import decode, encode
from translate.documents.formats import front_matter
from translate.documents.formats.html import decoded
from translate.documents.html_markup import html_events
from translate.documents.markup import Kind
from translate.editions.disclosure import NAMES, Disclosure, json_ld
from translate.editions.marks.markup import without

_OURS = "data-translation"
# What an earlier edition said of itself.
_OLD_COMMENT = re.compile(rf"(?<!\n)\n*<!--\n(?:(?:{'|'.join(NAMES)}): .*\n)+-->\n*\Z")


def html(data: bytes, disclosure: Disclosure, where: str) -> bytes:
    """Write meta elements and JSON-LD at the end of the head; a page without one has JSON-LD in its body."""
    page, encoding = decoded(data, where)
    page = _without_ours(page)
    metas = "".join(f'<meta name="{name}" content="{escape(value)}">\n' for name, value in disclosure.marks)
    script = f'<script type="application/ld+json" {_OURS}>{json_ld(disclosure)}</script>\n'
    at = 0
    for event in html_events(page):
        if event.name == "head" and event.kind is Kind.END:
            return encode(f"{page[:at]}{metas}{script}{page[at:]}", encoding)
        at += len(event.raw)
        if event.name == "body" and event.kind is Kind.START:
            break
    return encode(f"{page[:at]}{script}{page[at:]}", encoding)


def _without_ours(page: str) -> str:
    """Return a page without what an earlier edition said of itself."""
    if "translation" not in page:
        return page
    kept = without(html_events(page), NAMES, "meta", "name")
    made: list[str] = []
    inside = False
    for event in kept:
        if event.name == "script" and event.kind is Kind.START and _OURS in event.raw:
            inside = True
        if not inside:
            made.append(event.raw)
        inside = inside and not (event.name == "script" and event.kind is Kind.END)
    return "".join(made)


def markdown(data: bytes, disclosure: Disclosure, where: str) -> bytes:
    """Write keys into the front matter; a file without one gets a comment at its end, which no reader sees."""
    text, encoding = decode(data, where)
    rows = dict(disclosure.marks)
    made = front_matter.with_keys(text, rows, NAMES)
    if made is not None:
        return encode(made, encoding)
    body = _OLD_COMMENT.sub("\n", text).rstrip("\r\n")
    said = "\n".join(f"{name}: {value.replace('--', '- -')}" for name, value in rows.items())
    return encode(f"{body}\n\n<!--\n{said}\n-->\n", encoding)
