"""Credits: who made a picture or a story is named as in the source (© Anna Keller, Keystone/AFP)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from translate.quality.checks import Finding, Pair, Severity
from translate.quality.text import plain

# A copyright sign and what follows, or two names parted by a stroke at the end.
_CREDIT = re.compile(
    r"(?:©|\([cC]\))\s*[^\W\d_][\w .&/-]*\w|\b[A-ZÀ-Þ][\w.-]*(?: [A-ZÀ-Þ][\w.-]*)*\s?/\s?[A-Z][\w.-]+(?=\W*\Z)"
)
_AGENCIES = re.compile(r"\((?:AFP|ATS|AP|dpa|DPA|SDA|APA|Reuters|REUTERS|EFE|ANSA|Belga|Keystone)(?:[ /,-]+\w+)*\)")


def check(pair: Pair) -> Iterator[Finding]:
    """Yield an error for a credit of the source that the translation does not have."""
    source = plain(pair.source)
    if not any(sign in source for sign in "©/("):
        return
    translation = _spaced(plain(pair.translation))
    for pattern in (_CREDIT, _AGENCIES):
        for match in pattern.finditer(source):
            if _spaced(match.group()) not in translation:
                yield Finding("credits", Severity.ERROR, f"the credit {match.group()!r} is missing")


def _spaced(text: str) -> str:
    return re.sub(r"\s+", "", text).casefold()
