"""A desk's own decisions about where sentences end: `segments.toml`, which overrides the rules at some places.

A decision knows its place by the words on both sides of it, and holds wherever these words stand: in the next version
of the story, and in every document of the desk.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

from translate.documents.encoding import normal
from translate.documents.layout import Splitter
from translate.errors import ProjectError
from translate.files import write_if_changed

#: The file, beside `translate.toml`, in which a desk keeps its decisions.
FILE = "segments.toml"

# So many words on each side tell a place, and more where these are not enough.
_FEWEST, _MOST = 3, 5
_HEADER = """\
# Where sentences end, whatever the rules say: docs/segmentation.md.
# before, after: the words on both sides of a place. cut = false: never cut here; true: always cut here.
"""
_KEYS = {"before": str, "after": str, "cut": bool}
_ENTRY = re.compile(r"^[ \t]*\[\[[ \t]*place[ \t]*\]\]", re.MULTILINE)
_WORD = re.compile(r"\S+")

# Decisions by a word, and by the word behind it ("" where that does not matter): many words are common, few pairs are.
_Index = Mapping[str, Mapping[str, Sequence["_Clue"]]]


@dataclass(frozen=True, slots=True, order=True)
class Decision:
    """Cut, or do not cut, between the words that stand before a place and those after it."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    cut: bool

    @property
    def words(self) -> int:
        """Return how many words tell the place."""
        return len(self.before) + len(self.after)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a text: the white space `[start, end)`, inside the stretch `[first, last)` to be parted or joined."""

    text: str
    start: int
    end: int
    first: int
    last: int


def load(path: Path) -> tuple[Decision, ...]:
    """Read the decisions of a desk; it has none where there is no such file.

    Raises:
        ProjectError: the file is not TOML, or one of its entries is wrong; the error names it.
    """
    text = _text(path)
    return _parsed(text, path) if text else ()


def save(path: Path, decisions: Iterable[Decision]) -> bool:
    """Write the decisions; entries that stay keep their lines and comments. Say whether the file changed.

    Raises:
        ProjectError: the file that is there cannot be read; it was not touched.
    """
    wanted, there = set(decisions), load(path)
    if wanted == set(there):
        return False
    text = _text(path) or _HEADER
    starts = list(_starts(text))
    head, *tables = [text[start:end] for start, end in pairwise([0, *starts, len(text)])]
    known = tuple(one for table in tables for one in _parsed(table, path))
    if len(known) != len(tables) or known != there:
        raise _wrong(path, "its entries cannot be told apart", "Begin each entry with a line that is [[place]].")
    kept = [(one, table) for one, table in zip(known, tables, strict=True) if one in wanted]
    for one in sorted(wanted.difference(known)):
        at = next((at for at, (other, _) in enumerate(kept) if other > one), len(kept))
        kept.insert(at, (one, _table(one)))
    if not kept and head.strip() == _HEADER.strip():
        path.unlink()
        return True
    text = "\n\n".join(part.strip("\n") for part in (head, *(table for _, table in kept)) if part.strip()) + "\n"
    return write_if_changed(path, text.encode())


def _starts(text: str) -> Iterator[int]:
    """Yield where the entries of a file begin: with the comments right above them."""
    for match in _ENTRY.finditer(text):
        start = match.start()
        while start and text[(above := text.rfind("\n", 0, start - 1) + 1) : start].lstrip(" \t").startswith("#"):
            start = above
        yield start


def deciding(split: Splitter, decisions: Sequence[Decision]) -> Splitter:
    """Return a splitter that cuts as another one does, but where the desk decided otherwise as the desk decided."""
    return partial(_spans, split, _index(decisions)) if decisions else split


def decide(
    known: Sequence[Decision], spot: Spot, cut: bool, texts: Iterable[str], split: Splitter
) -> tuple[Decision, ...]:
    """Return the decisions with one more: cut, or do not cut, at this place.

    Opposite decisions that would win at this place go. Where the rules then have it so already, nothing is added.

    Args:
        known: the decisions so far.
        spot: the place.
        cut: what is decided.
        texts: all texts of the document; enough words are taken to tell the place from others in them.
        split: the splitter by the rules alone.
    """
    new = _told(spot, cut, texts)
    kept = [
        one
        for one in known
        if one.cut is cut or one.words < new.words or (spot.start, spot.end) not in _places(_index([one]), spot.text)
    ]
    if is_cut(deciding(split, kept), spot) is not cut:
        kept.append(new)
    return tuple(kept)


def is_cut(split: Splitter, spot: Spot) -> bool:
    """Say whether a splitter cuts at a place."""
    spans = split(spot.text)
    return any(one[1] == spot.start and other[0] == spot.end for one, other in pairwise(spans))


@dataclass(frozen=True, slots=True)
class _Clue:
    """The words up to one that stands before a place, and those after it; `tight` where it holds the place itself."""

    left: list[str]
    right: list[str]
    tight: bool
    decision: Decision


def _index(decisions: Iterable[Decision]) -> _Index:
    """Return decisions by the word before their place, and by that and the one after it, where no space parts them."""
    made = defaultdict[str, dict[str, list[_Clue]]](dict)
    for one in decisions:
        before, after = list(one.before), list(one.after)
        clues = [_Clue(before, after, False, one)]
        if not (before[-1][-1].isalnum() and after[0][0].isalnum()):
            glued = before[-1] + after[0]
            clues.append(_Clue([*before[:-1], glued], after[1:], True, one))
        for clue in clues:
            made[clue.left[-1]].setdefault(clue.right[0] if clue.right else "", []).append(clue)
    return dict(made)


def _places(decided: _Index, text: str) -> dict[tuple[int, int], bool]:
    """Return the places of a text that are decided on, and how: where two decisions meet, by that of more words."""
    words = text.split()
    if decided.keys().isdisjoint(words):
        return {}
    hits = [
        (at, clue)
        for at, (word, following) in enumerate(zip(words, [*words[1:], " "], strict=True))
        if word in decided
        for key in (following, "")
        for clue in decided[word].get(key, ())
        if words[max(at + 1 - len(clue.left), 0) : at + 1] == clue.left
        and words[at + 1 : at + 1 + len(clue.right)] == clue.right
    ]
    offsets = [match.span() for match in _WORD.finditer(text)] if hits else []
    found: dict[tuple[int, int], Decision] = {}
    for at, clue in hits:
        inside = offsets[at][0] + len(clue.decision.before[-1])
        place = (inside, inside) if clue.tight else (offsets[at][1], offsets[at + 1][0])
        one = clue.decision
        if place not in found or (one.words, one) > (found[place].words, found[place]):
            found[place] = one
    return {place: one.cut for place, one in found.items()}


def _spans(split: Splitter, decided: _Index, text: str) -> list[tuple[int, int]]:
    """Return the sentences of a text as a splitter finds them, where nothing else is decided."""
    found = split(text)
    places = _places(decided, text)
    if not places:
        return found
    cuts = sorted(place for place, cut in places.items() if cut)
    made: list[tuple[int, int]] = []
    for start, end in found:
        if made and places.get((made[-1][1], start)) is False:
            start = made.pop()[0]
        for before, after in cuts:
            if start < before and after < end:
                made.append((start, before))
                start = after
        made.append((start, end))
    return made


def _told(spot: Spot, cut: bool, texts: Iterable[str]) -> Decision:
    """Return the decision about a place with enough words to tell it from all others of some texts.

    Words of the stretch itself come first: they stand together in its segment too, which is drafted without the others.
    """
    others = set(texts)
    inner = spot.text[spot.first : spot.start].split(), spot.text[spot.end : spot.last].split()
    outer = spot.text[: spot.start].split(), spot.text[spot.end :].split()
    shapes = [inner, outer] if min(map(len, inner)) > 1 else [outer]
    for before, after in shapes:
        for number in range(_FEWEST, _MOST + 1):
            one = Decision(tuple(_nearest(before[::-1], number)[::-1]), tuple(_nearest(after, number)), cut)
            index = _index([one])
            long = one.words >= 2 * _FEWEST or number == _MOST
            if long and sum(len(_places(index, text)) for text in others) <= 1:
                return one
    return one


def _nearest(words: Sequence[str], number: int) -> Sequence[str]:
    """Return the first words up to so many that have a letter or a figure: a lone mark tells nothing."""
    seen = 0
    for at, word in enumerate(words, 1):
        seen += any(map(str.isalnum, word))
        if seen == number:
            return words[:at]
    return words


def _text(path: Path) -> str:
    """Return the text of the file; empty where there is none."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise _wrong(path, f"cannot be read: {error}", "Save it as UTF-8 text.") from error


def _parsed(text: str, path: Path) -> tuple[Decision, ...]:
    try:
        values = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise _wrong(path, f"is not valid TOML: {error}", "Mend that line.") from error
    if unknown := sorted(values.keys() - {"place"}):
        raise _wrong(path, f"{unknown[0]} is not a key of it", "It holds [[place]] entries, and nothing else.")
    places = values.get("place", [])
    if not isinstance(places, list):
        raise _wrong(path, "place is no list of entries", "Begin each entry with a line that is [[place]].")
    found: dict[tuple[tuple[str, ...], tuple[str, ...]], Decision] = {}
    for number, value in enumerate(places, 1):
        one = _decision(value, path, number)
        other = found.setdefault((one.before, one.after), one)
        if other.cut is not one.cut:
            raise _wrong(f"{path}: place {number}", "an entry above it decides the opposite", "Remove one of the two.")
    return tuple(_decision(value, path, number) for number, value in enumerate(places, 1))


def _decision(value: Any, path: Path, number: int) -> Decision:
    where = f"{path}: place {number}"
    remedy = 'An entry has before = "words", after = "words", and cut = true or false.'
    if not isinstance(value, dict):
        raise _wrong(where, "is no table", remedy)
    if odd := sorted(value.keys() ^ _KEYS.keys()):
        raise _wrong(where, f"{odd[0]} is {'not a key' if odd[0] in value else 'missing'}", remedy)
    for key, kind in _KEYS.items():
        if not isinstance(value[key], kind) or not (kind is bool or normal(value[key])):
            raise _wrong(where, f"{key} cannot be {value[key]!r}", remedy)
    return Decision(tuple(normal(value["before"]).split()), tuple(normal(value["after"]).split()), value["cut"])


def _table(one: Decision) -> str:
    sides = {"before": " ".join(one.before), "after": " ".join(one.after), "cut": one.cut}
    # JSON's strings are TOML's, but for this one sign.
    lines = (f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in sides.items())
    return "\n".join(["[[place]]", *lines]).replace("\x7f", "\\u007f")


def _wrong(where: Path | str, problem: str, remedy: str) -> ProjectError:
    return ProjectError(problem, where=str(where), remedy=remedy)
