"""Spaces: none doubled, none before a comma, none at an edge where the source has none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from translate.quality.checks import Finding, Pair, Severity
from translate.quality.text import primary

_GAP = " \u00a0\u202f"
_DOUBLED = re.compile(rf"[{_GAP}]{{2,}}")
# A point after a space may begin something (.org, .30).
_BEFORE = re.compile(rf"(?<![\d{_GAP}])[{_GAP}]+(?=[,;:!?](?:\s|\Z)|\.(?:\s|\Z))")
_INSIDE = re.compile(rf"(?<=\()[{_GAP}]+|[{_GAP}]+(?=\))")
# Any of these; most texts have none.
_WRONG = re.compile(rf"[{_GAP}]{{2,}}|[{_GAP}][,;:!?.)]|\([{_GAP}]|[^\W\d_][,;][^\W\d_]")
_MISSING = re.compile(r"(?<=[^\W\d_]{2})[,;](?=[^\W\d_]{2})")


# What has commas and colons of its own: addresses, entities.
_NOT_PROSE = re.compile(r"://|www\.|@|&\w+;")


def check(pair: Pair) -> Iterator[Finding]:
    """Yield a finding for each kind of wrong space, mended. French keeps its spaces before signs."""
    text = pair.translation
    if _NOT_PROSE.search(text):
        return
    if not _WRONG.search(text) and _edged(pair.source, text) == text:
        return
    french = primary(pair.language) == "fr"
    for message, mended in (
        ("two spaces where one belongs", _DOUBLED.sub(" ", text) if not _DOUBLED.search(pair.source) else text),
        ("a space before a sign", text if french else _BEFORE.sub("", text)),
        ("a space inside a bracket", _INSIDE.sub("", text)),
        ("no space after a sign", _MISSING.sub(lambda sign: sign.group() + " ", text)),
        ("spaces at the edge that differ from the source", _edged(pair.source, text)),
    ):
        if mended != text:
            yield Finding("spaces", Severity.WARNING, message, mended)


def _edged(source: str, text: str) -> str:
    """Return a text with the spaces that its source has at the edges; line ends are another check's."""
    begin, end = (part.strip("\n") for part in (_leading(source), _leading(source[::-1])[::-1]))
    body = text.strip(_GAP + "\t")
    if "\n" in _leading(text) or "\n" in _leading(text[::-1]):
        return text
    return begin + body + end


def _leading(text: str) -> str:
    return text[: len(text) - len(text.lstrip())]
