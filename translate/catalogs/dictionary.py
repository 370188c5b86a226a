"""The words of a language, as the word lists of pyspellchecker have them (from film subtitles, cleaned)."""

from __future__ import annotations

import gzip
import json
import pkgutil
from functools import cache

from translate.catalogs.changes import Dictionary


@cache
def dictionary(language: str) -> Dictionary | None:
    """Return the dictionary of a language; None where there is no list of its words."""
    # What is in the package is read directly: its own class counts letters as well, which takes as long again.
    try:
        data = pkgutil.get_data("spellchecker", f"resources/{language.split('-')[0]}.json.gz")
    except FileNotFoundError:
        return None
    words = frozenset(map(str.lower, json.loads(gzip.decompress(data or b"{}"))))
    return lambda word: word.lower() in words
