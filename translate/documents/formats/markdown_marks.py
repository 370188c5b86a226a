"""Emphasis, links and line breaks where a translation puts them: Markdown does not take every sign at every place.

`mot**(x)**mot`, `**mot **mot` and `**un****deux**` are no emphasis, a line break at the end of a paragraph is no break.
Spaces go outside the pair, and a word joiner, which nobody sees, parts what would be read together.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Set
from enum import Enum, auto

from translate.documents.codes import TAG
from translate.documents.encoding import spaced
from translate.documents.model import Segment

_JOINER = "\u2060"
_EMPHASIS = frozenset({"*", "**", "_", "__", "~", "~~"})
_TOKEN = re.compile(r"(</?\d+/?>)")
_SPACE_INSIDE = re.compile(r"<(?P<opens>\d+)>(?P<after>\s+)|(?<!\s)(?P<before>\s+)</(?P<closes>\d+)>")


class _Is(Enum):
    """What a stretch of a translation is."""

    OPENING = auto()
    CLOSING = auto()
    BREAK = auto()
    LINK = auto()
    CODE = auto()
    TEXT = auto()


def fitted(segment: Segment, words: str) -> str:
    """Return a translation whose emphasis, links and line breaks Markdown reads as such."""
    signs = {str(number): code.open[0].raw for number, code in enumerate(segment.codes, 1)}
    words = _spaces_outside(words, {number for number, sign in signs.items() if sign in _EMPHASIS})
    tokens = ((_kind(token, signs), token) for token in _TOKEN.split(words) if token)
    return "".join(_parted(_runs(tokens)))


def _spaces_outside(words: str, emphasis: Set[str]) -> str:
    """Move the spaces at the edges of emphasis out of it."""

    def moved(match: re.Match[str]) -> str:
        if (match["opens"] or match["closes"]) not in emphasis:
            return match.group()
        return f"{match['after']}<{match['opens']}>" if match["opens"] else f"</{match['closes']}>{match['before']}"

    while (other := _SPACE_INSIDE.sub(moved, words)) != words:
        words = other
    return spaced(words)


def _kind(token: str, signs: dict[str, str]) -> _Is:
    match = TAG.fullmatch(token)
    sign = signs[match["number"]] if match else ""
    if not match:
        return _Is.TEXT
    if sign in _EMPHASIS:
        return _Is.CLOSING if match["close"] else _Is.OPENING
    if sign.endswith(("\n", "\r")):
        return _Is.BREAK
    return _Is.LINK if sign == "[" and not match["close"] else _Is.CODE


def _runs(tokens: Iterable[tuple[_Is, str]]) -> list[tuple[_Is, str]]:
    """Join signs of emphasis that stand together: Markdown looks at what is around all of them."""
    made: list[tuple[_Is, str]] = []
    for kind, token in tokens:
        if made and made[-1][0] is kind and kind in (_Is.OPENING, _Is.CLOSING):
            made[-1] = kind, made[-1][1] + token
        else:
            made.append((kind, token))
    return made


def _parted(runs: list[tuple[_Is, str]]) -> Iterator[str]:
    """Yield the runs, and a joiner between those that Markdown would read together."""
    for index, (kind, token) in enumerate(runs):
        before = runs[index - 1] if index else (_Is.BREAK, "")
        after = runs[index + 1] if index + 1 < len(runs) else (_Is.BREAK, "")
        left, right = _reads(before, -1), _reads(after, 0)
        if kind is _Is.OPENING:
            # What follows must be no space, and no sign where a letter stands before it; for what closes, the reverse.
            yield _JOINER if before[0] is _Is.CLOSING else ""
            yield token
            empty = after[0] is _Is.CLOSING
            yield _JOINER if empty or right == "space" or (right == "sign" and left == "letter") else ""
        elif kind is _Is.CLOSING:
            yield _JOINER if left == "space" or (left == "sign" and right == "letter") else ""
            yield token
        elif kind is _Is.BREAK:
            yield _JOINER if before[0] is _Is.BREAK else ""
            yield token
            yield _JOINER if not after[1] else ""
        else:
            yield _JOINER if kind is _Is.LINK and before[1].endswith("!") else ""
            # Spaces at the start of a line are none.
            yield token.lstrip() if before[0] is _Is.BREAK else token


def _reads(run: tuple[_Is, str], end: int) -> str:
    """Say how Markdown sees a neighbour of emphasis: as a space, a sign or a letter (the joiner is one)."""
    kind, token = run
    if kind is _Is.TEXT:
        sign = token[end]
        return "space" if sign.isspace() else "sign" if unicodedata.category(sign)[0] in "PS" else "letter"
    if kind in (_Is.OPENING, _Is.CLOSING):
        return "letter"
    return "space" if kind is _Is.BREAK else "sign"
