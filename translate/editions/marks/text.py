"""Marks in HTML and Markdown."""

from __future__ import annotations

import json
import re
from html import escape

from translate.documents.encoding import decode, encode
from translate.editions.disclosure import Disclosure, json_ld

_HEAD_ENDS = re.compile(r"</head\s*>", re.IGNORECASE)
_NAMES = r"translation-(?:state|source-language|summary|machine|reviewer|responsible)"
# What an earlier edition said of itself.
_OLD_META = re.compile(rf'<meta name="{_NAMES}" content="[^"]*">\n?', re.IGNORECASE)
_OLD_LD = re.compile(r'<script type="application/ld\+json" data-translation>.*?</script>\n?', re.DOTALL)
_FRONT = re.compile(r"\A(\ufeff?---[ \t]*\r?\n)(.*?)(^(?:---|\.\.\.)[ \t]*$)", re.DOTALL | re.MULTILINE)
_OLD_KEY = re.compile(rf"^{_NAMES}:.*\r?\n", re.MULTILINE)
_OLD_COMMENT = re.compile(rf"\n*<!--\n(?:{_NAMES}: .*\n)+-->\n*\Z")


def html(data: bytes, disclosure: Disclosure, where: str) -> bytes:
    """Write meta elements and JSON-LD at the end of the head; a page without one has no place."""
    page, encoding = decode(data, where)
    end = _HEAD_ENDS.search(page)
    if end is None:
        return data
    head = _OLD_LD.sub("", _OLD_META.sub("", page[: end.start()]))
    metas = "".join(f'<meta name="{name}" content="{escape(value)}">\n' for name, value in disclosure.marks)
    script = f'<script type="application/ld+json" data-translation>{json_ld(disclosure)}</script>\n'
    return encode(head + metas + script + page[end.start() :], encoding)


def markdown(data: bytes, disclosure: Disclosure, where: str) -> bytes:
    """Write keys into the YAML front matter; a file without one gets a comment at its end, which no reader sees."""
    text, encoding = decode(data, where)
    rows = [(name, " ".join(value.split())) for name, value in disclosure.marks]
    front = _FRONT.match(text)
    if front:
        keys = "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in rows)
        if "\r\n" in front[1]:
            keys = keys.replace("\n", "\r\n")
        return encode(front[1] + _OLD_KEY.sub("", front[2]) + keys + text[front.start(3) :], encoding)
    body = _OLD_COMMENT.sub("\n", text).rstrip("\r\n")
    said = "\n".join(f"{name}: {value.replace('--', '- -')}" for name, value in rows)
    return encode(f"{body}\n\n<!--\n{said}\n-->\n", encoding)
