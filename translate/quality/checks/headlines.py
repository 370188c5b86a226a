"""What the desk's roles ask for: a headline has no full stop, a caption ends with its credit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from translate.documents.model import HEADINGS, Role
from translate.quality.checks import Finding, Pair, Severity
from translate.quality.text import plain

_STOP = re.compile(r"(?<=[^\W\d_]{3})\.\s*\Z")
# A shorter word may be an abbreviation (Corp., Mass., usw.), and of two sentences both have their sign.
_SURE = re.compile(r"\A[^.!?…]*[^\W\d_]{6}\.\s*\Z")
_CREDIT = re.compile(r"\(([^()]*)\)\W*\Z")


def check(pair: Pair) -> Iterator[Finding]:
    """Yield a finding for a full stop at the end of a headline, and for a caption whose credit is not at its end."""
    text = pair.translation
    if pair.roles and all(role in HEADINGS for role in pair.roles):
        if _STOP.search(text) and not _STOP.search(pair.source) and text.count(". ") == 0:
            mend = _STOP.sub("", text) if _SURE.match(text) else None
            yield Finding("headlines", Severity.WARNING, "a headline has no full stop", mend)
    elif Role.CAPTION in pair.roles and _CREDIT.search(plain(pair.source)) and not _CREDIT.search(plain(text)):
        yield Finding("headlines", Severity.WARNING, "the caption of the source ends with its credit, this one not")
