"""The end of a text: a question stays a question, a sentence ends as one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from translate.documents.model import HEADINGS
from translate.quality.checks import Finding, Pair, Severity
from translate.quality.text import plain

_CLOSING = " \u00a0\u202f\n\"'“”„»«‹›‘’)]–—"
_OTHER_SCRIPTS = {"。": ".", "।": ".", "۔": ".", "！": "!", "？": "?", "؟": "?", "：": ":", ";": "?"}
_SENTENCE = re.compile(r"[^\W\d_]{4}\.\Z")
_NAMES = {".": "full stop", "?": "question mark", "!": "exclamation mark", ":": "colon", "…": "ellipsis"}


def check(pair: Pair) -> Iterator[Finding]:
    """Yield a finding where the sign at the end differs; a heading has its own rule."""
    if any(role in HEADINGS for role in pair.roles):
        return
    wanted, there = _end(plain(pair.source)), _end(plain(pair.translation))
    if wanted == there or not wanted:
        return
    if not there:
        mend = _with_stop(pair) if wanted == "." else None
        yield Finding("punctuation", Severity.WARNING, f"the {_NAMES[wanted]} at the end is missing", mend)
    elif "?" in (wanted, there) or ":" in (wanted, there):
        yield Finding(
            "punctuation", Severity.WARNING, f"ends with a {_NAMES[there]}, the source with a {_NAMES[wanted]}"
        )


def _end(text: str) -> str:
    text = text.rstrip(_CLOSING)
    if text.endswith(("...", "…")):
        return "…"
    end = _OTHER_SCRIPTS.get(text[-1:], text[-1:])
    return end if end in _NAMES else ""


def _with_stop(pair: Pair) -> str | None:
    """Add a full stop where nothing but a word ends both texts, and the source's is no abbreviation."""
    sure = _SENTENCE.search(pair.source) and re.search(r"[A-Za-zÀ-ɏͰ-ϿЀ-ӿ]{2}\Z", pair.translation)
    return f"{pair.translation}." if sure else None
