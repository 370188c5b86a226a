"""What changed between two texts, word by word, for people who look at both."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence

#: Words that stayed (" "), came ("+") or went ("-").
Change = tuple[str, str]

_WORD = re.compile(r"\w+|\s+|[^\w\s]")


def differences(before: str, after: str) -> list[Change]:
    """Return the words of two texts as runs that stayed, went or came.

    >>> differences("Il y a 3 morts.", "Il y a 4 morts.")
    [(' ', 'Il y a '), ('-', '3'), ('+', '4'), (' ', ' morts.')]
    """
    old, new = _WORD.findall(before), _WORD.findall(after)
    runs: list[Change] = []
    for kind, start, end, first, last in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            runs.append((" ", "".join(old[start:end])))
            continue
        runs += [("-", "".join(old[start:end]))] if end > start else []
        runs += [("+", "".join(new[first:last]))] if last > first else []
    return runs


def changed(before: str, after: str) -> list[tuple[int, int]]:
    """Return the places [start, end) of a text that become others in another; a place where words come has their room.

    >>> changed("the the minister", "the minister")
    [(0, 4)]
    """
    places: list[tuple[int, int]] = []
    at = 0
    for kind, words in differences(before, after):
        if kind == "-":
            places.append((at, at + len(words)))
        elif kind == "+" and not (places and places[-1][1] == at):
            places.append((max(0, at - 1), min(len(before), at + 1)))
        at += len(words) if kind != "+" else 0
    return places


def marked(text: str, marks: Sequence[tuple[int, int, str]]) -> list[tuple[str, str]]:
    """Cut a text at its marks [start, end, kind]: runs of (kind, words), kind empty outside; the first of two wins.

    >>> marked("Paris, 3 mai", [(7, 8, "figure"), (0, 5, "name")])
    [('name', 'Paris'), ('', ', '), ('figure', '3'), ('', ' mai')]
    """
    runs: list[tuple[str, str]] = []
    at = 0
    for start, end, kind in sorted(marks):
        if start < at or end <= start:
            continue
        runs += [("", text[at:start])] if start > at else []
        runs.append((kind, text[start:end]))
        at = end
    return [*runs, ("", text[at:])] if at < len(text) or not runs else runs
