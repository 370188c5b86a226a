"""The end of a text: a question stays a question, a sentence ends as one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from translate.catalogs.dictionary import dictionary
from translate.documents.model import HEADINGS
from translate.language import primary
from translate.quality.checks import Finding, Pair, Severity
from translate.quality.text import plain

_CLOSING = " \u00a0\u202f\n\"'“”„»«‹›‘’)]–—」』）"
_NAMES = {".": "full stop", "?": "question mark", "!": "exclamation mark", ":": "colon", "…": "ellipsis"}

# The signs of other scripts, and the Greek question mark.
_SCRIPTS = str.maketrans("。．？؟！：।۔։።।", "..??!:.....")
# Languages without a sign there.
_WITHOUT = frozenset({"th", "lo", "km"})
# A sentence has a word for its end, no abbreviation (Tél., J.-C.).
_SENTENCE = re.compile(r"\A.*\s.*\s([^\W\d_]{3,})\.[\s»”\")]*\Z", re.DOTALL)


def check(pair: Pair) -> Iterator[Finding]:
    """Yield a finding where the sign at the end differs; a heading has its own rule."""
    if primary(pair.language) in _WITHOUT or any(role in HEADINGS for role in pair.roles):
        return
    wanted, there = _end(pair.source, pair.source_language), _end(pair.translation, pair.language)
    if wanted == there or not wanted:
        return
    if not there:
        mend = _with_stop(pair) if wanted == "." else None
        yield Finding("punctuation", Severity.WARNING, f"the {_NAMES[wanted]} at the end is missing", mend)
    elif "?" in (wanted, there) or ":" in (wanted, there):
        yield Finding(
            "punctuation", Severity.WARNING, f"ends with a {_NAMES[there]}, the source with a {_NAMES[wanted]}"
        )


def _end(text: str, language: str) -> str:
    text = plain(text).rstrip(_CLOSING)[-3:].translate(_SCRIPTS)
    if primary(language) == "el" and text.endswith((";", "\u037e")):
        return "?"
    if text.endswith(("...", "…")):
        return "…"
    return text[-1:] if text[-1:] in _NAMES else ""


def _with_stop(pair: Pair) -> str | None:
    """Add a full stop where a sentence ends with nothing but a word, in a script that has the sign."""
    last, knows = _SENTENCE.match(pair.source), dictionary(pair.source_language)
    if last is None or knows is None or not knows(last[1]):
        return None
    return f"{pair.translation}." if re.search(r"[A-Za-zÀ-ӿ]{2}\Z", pair.translation) else None
