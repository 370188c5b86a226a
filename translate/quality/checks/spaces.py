"""Spaces: none doubled, none before a comma, none at an edge where the source has none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from translate.language import primary
from translate.quality.checks import Finding, Pair, Severity

_GAP = " \u00a0\u202f"
_DOUBLED = re.compile(rf"[{_GAP}]{{2,}}")
# A point after a space may begin something (.org, .30) or be one of several (. . .).
_BEFORE = re.compile(rf"[{_GAP}]+(?=[,;!?](?:\s|\Z))|(?<![.…])[{_GAP}]+(?=\.(?:\s(?!\.)|\Z))")
# A colon between figures or names is a score (3 : 2).
_COLON = re.compile(rf"(?<=[^\W\d_])[{_GAP}]+(?=:(?:\s+[^\w\s]|\s+[^\WA-ZÀ-Þ\d_]|\s*\Z))")
# No emoticon :-( is a bracket.
_INSIDE = re.compile(rf"(?:(?<=\A\()|(?<=\s\())[{_GAP}]+(?=\w)|(?<=[\w.!?])[{_GAP}]+(?=\))")
# Any of these; most texts have none. The signs with which one may begin are quickly found.
_WRONG = re.compile(rf"[{_GAP}(,](?:(?<=[{_GAP}])[{_GAP},;:!?.)]|(?<=\()[{_GAP}]|(?<=[^\W\d_],)[^\W\d_])")
# Between two words and nothing else: no address, no placeholder, no script without spaces.
_LATIN = "[A-Za-zÀ-ɏ]{2,}"
_MISSING = re.compile(rf"(?<![^\s(\"„“])({_LATIN},)(?={_LATIN}[,.;:!?)\"”“]*(?:\s|\Z))")


def check(pair: Pair) -> Iterator[Finding]:
    """Yield a finding for each kind of wrong space, mended. French keeps its spaces before signs."""
    text = pair.translation
    if not _WRONG.search(text) and _edged(pair.source, text) == text:
        return
    french = primary(pair.language) == "fr"
    for message, mended in (
        ("two spaces where one belongs", _DOUBLED.sub(_kept, text) if not _DOUBLED.search(pair.source) else text),
        ("a space before a sign", text if french else _COLON.sub("", _BEFORE.sub("", text))),
        ("a space inside a bracket", _INSIDE.sub("", text)),
        ("no space after a sign", _MISSING.sub(r"\1 ", text)),
        ("spaces at the edge that differ from the source", _edged(pair.source, text)),
    ):
        if mended != text:
            yield Finding("spaces", Severity.WARNING, message, mended)


def _kept(gap: re.Match[str]) -> str:
    """Return the one space of several that is to stay: one that holds a line together, if there is one."""
    return max(gap.group())


def _edged(source: str, text: str) -> str:
    """Return a text with the spaces that its source has at the edges; line ends are another check's."""
    if source == source.strip() and text == text.strip():
        return text
    begin, end = (part.strip("\n") for part in (_leading(source), _leading(source[::-1])[::-1]))
    body = text.strip(_GAP + "\t")
    if not body or "\n" in _leading(text) or "\n" in _leading(text[::-1]):
        return text
    return begin + body + end


def _leading(text: str) -> str:
    return text[: len(text) - len(text.lstrip())]
