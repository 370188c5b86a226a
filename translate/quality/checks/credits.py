"""Credits: who made a picture or a story is named as in the source (© Anna Keller, Keystone/AFP)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from translate.quality.checks import Finding, Pair, Severity
from translate.quality.text import plain

_NAME = r"[A-ZÀ-Þ](?:\.(?:-[A-ZÀ-Þ]\.)?|[\w&’'-]*)"
_NAMES = rf"{_NAME}(?:(?: | ?/ ?){_NAME})*"
_AGENCY = r"(?:AFP|ATS|SDA|AP|DPA|dpa|APA|Reuters|REUTERS|EFE|ANSA|Belga|BELGA|Keystone|KEYSTONE|Getty Images)"
# Who stands after a copyright sign (no sentence: © Tous droits réservés), and names with a stroke of which one is an
# agency's; others are as often towns or parties.
_CREDIT = re.compile(
    rf"(?:©|(?<!\w)\([cC]\)) ?(?:\d{{4}} )?(?P<who>{_NAMES})(?![\w&’'-]| [a-zà-ÿ])"
    rf"|(?P<both>{_NAMES} ?/ ?{_AGENCY}\b|\b{_AGENCY} ?/ ?{_NAMES})"
)
_AGENCIES = re.compile(rf"\({_AGENCY}\b(?:[ /,-]+\w+)*\)")
# What the credit is for is translated.
_KIND = re.compile(r"\A(?:(?:Photos?|Images?|Crédits?|Illustrations?|Archives?) )+")
# A list: (a), (b), (c).
_LIST = re.compile(r"\bb\)")
# The Swiss agency has a name in each language.
_SAME = {"ats": "sda", "sda": "ats"}


def check(pair: Pair) -> Iterator[Finding]:
    """Yield an error for a credit of the source that the translation does not have."""
    source = plain(pair.source)
    if not any(sign in source for sign in "©/("):
        return
    translation = _spaced(plain(pair.translation))
    for who in _credits(source):
        if _spaced(who) not in translation and _SAME.get(who.lower(), who) not in translation:
            yield Finding("credits", Severity.ERROR, f"the credit {who!r} is missing")


def _credits(text: str) -> Iterator[str]:
    for match in _CREDIT.finditer(text):
        if not (match.group().startswith(("(c", "(C")) and _LIST.search(text)):
            yield _KIND.sub("", match["who"] or match["both"])
    for match in _AGENCIES.finditer(text):
        yield from re.findall(rf"\b{_AGENCY}\b", match.group())


def _spaced(text: str) -> str:
    return re.sub(r"\s+", "", text).casefold()
