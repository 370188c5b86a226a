"""Brackets: each is closed, as far as in the source."""

from __future__ import annotations

import re
from collections.abc import Iterator

from translate.quality.checks import Finding, Pair, Severity
from translate.quality.text import plain

# Those of East Asian scripts.
_WIDE = str.maketrans("（）［］｛｝", "()[]{}")
# A number or letter of a list, 1) or (a), and emoticons.
_OTHERS = re.compile(r"(?<!\S)\(?(?:\d{1,3}|[A-Za-z]|[ivx]{1,4})\)|[:;=]['^]?-?[()]")
_PAIRS = (("(", ")"), ("[", "]"), ("{", "}"))
_ANY = re.compile(r"[()\[\]{}（）［］｛｝]")


def check(pair: Pair) -> Iterator[Finding]:
    """Yield an error for a bracket that is not closed where the source's is (a segment may be half of a bracket)."""
    if not _ANY.search(pair.source) and not _ANY.search(pair.translation):
        return
    source, translation = (_OTHERS.sub("", plain(text).translate(_WIDE)) for text in (pair.source, pair.translation))
    for opening, closing in _PAIRS:
        if all(sign not in source and sign not in translation for sign in (opening, closing)):
            continue
        wanted, there = (text.count(opening) - text.count(closing) for text in (source, translation))
        if wanted != there:
            yield Finding("brackets", Severity.ERROR, f"a bracket {opening}{closing} is open or missing")
