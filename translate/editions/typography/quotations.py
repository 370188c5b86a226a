"""Quotation marks and apostrophes.

Marks: CLDR, delimiters; inner marks in turn. Apostrophe: U+2019 (The Unicode Standard, 6.2; Duden; Lexique de
l'Imprimerie nationale). What is no mark for certain (inches, feet, a mark between letters) stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from translate.editions.typography.bare import BREAK, OBJECT, SPACES, Edit
from translate.editions.typography.locales import Style

_DOUBLE = '"“”„‟«»「」'
_SINGLE = "'‘’‚‛‹›『』"
_MARK = re.compile(f"[{_DOUBLE}{_SINGLE}]")
_GUILLEMETS = "«»‹›"
_OPENING = "“„«‘‚‹「『"
_CLOSING = "”»’›」』"
_BEFORE = "([{—–/-¿¡"
_AFTER = ".,;:!?)]}…—–-/"
# Words that begin with an apostrophe, by language.
_CLIPPED = {
    "en": r"(?:n|em|til|tis|twas|twere|twill|cause|cos|bout|round|cept|kay|ave|er|im|im|neath|gainst|tude|hood|\d\ds?)",
    "de": r"(?:s|n|ne|nen|nem|ner|ran|rauf|raus|rein|rum|runter|rüber|drauf|\d\der?)",
    "nl": r"(?:s|t|n|k|m|r)",
    "fr": r"(?:tain|\d\d)",
}
_ELIDED = re.compile(
    r"(?i:(?<![\w’'])(?:[cdjlmnstz]|qu|jusqu|lorsqu|puisqu|quoiqu|presqu|aujourd|dell|nell|dall|all|un))$"
)
_N = re.compile(r"(?<!\w)['’‘]n$")


# No quotation begins or ends with more marks at once; a line of nothing but marks must not be walked for each of them.
_BESIDE = 8
# The other ends of single marks, as far as no apostrophe looks like them.
_ENDS = {"‹": "›", "‚": "‘"}


@dataclass(slots=True)
class _Mark:
    """A quotation mark: where it stands, whether it opens (None: not known), its level, its other end."""

    at: int
    sign: str
    opens: bool | None
    other: _Mark | None = None
    level: int = -1

    @property
    def double(self) -> bool:
        """Say whether the mark is of the outer kind."""
        return self.sign in _DOUBLE


def marks(line: str, wanted: Style) -> Iterator[Edit]:
    """Yield the changes that give quotations the marks of the locale."""
    if wanted.marks is None or not _MARK.search(line):
        return
    found = _pairs(line, _found(line, wanted))
    outer, inner = ({part.strip(SPACES) for part in wanted.marks[at : at + 2]} for at in (0, 2))
    for mark in found:
        if mark.level < 0:
            continue
        ends = {one.sign for one in (mark, mark.other) if one and not one.double}
        # What stands in inner marks of the locale alone, if only at one end, was meant so.
        level = mark.level or int(bool(ends & (inner - outer)))
        text = wanted.marks[2 * (level % 2) + (0 if mark.opens else 1)]
        yield from _edits(line, mark, text)


def apostrophes(line: str, wanted: Style) -> Iterator[Edit]:
    """Yield the changes that make apostrophes of straight signs."""
    for match in re.finditer(r"(?<=[^\W\d_])'(?=[^\W_])|(?<=\d)'(?=s\b)", line):
        yield match.start(), match.end(), "’"
    clipped = _clipped(wanted)
    for match in re.finditer(rf"(?<![\w{OBJECT}])['‘](?=(?i:{clipped})(?!\w))", line) if clipped else ():
        yield match.start(), match.end(), "’"
    if not wanted.full:
        return
    found = _found(line, wanted) if "'" in line else []
    for match in re.finditer(r"(?<=[^\W\d_])'(?!\w)", line):
        at = match.start()
        if _ELIDED.search(_tail(line, at)) and line[at + 1 : at + 2] in (*_DOUBLE, "‹", "‘", OBJECT):
            yield at, at + 1, "’"
        elif not any(mark.at < at and mark.sign in "'‘" and mark.opens is not False for mark in found):
            n_between = wanted.primary == "en" and _N.search(_tail(line, at))
            if n_between or line[at - 1] in "sxzßSXZ" or (wanted.primary == "en" and line[at - 2 : at] == "in"):
                yield at, at + 1, "’"


def _found(line: str, wanted: Style) -> list[_Mark]:
    """Return the marks of a line that are no apostrophes."""
    made: list[_Mark] = []
    clipped = re.compile(rf"(?i:{_clipped(wanted)})(?!\w)") if _clipped(wanted) else None
    for match in _MARK.finditer(line):
        at, sign = match.start(), match.group()
        before, after = line[at - 1 : at] or BREAK, line[at + 1 : at + 2] or BREAK
        word_before, word_after = _word(before), _word(after)
        if sign in "'’‘‛":
            if word_before and word_after:
                continue
            if sign != "‘" and _ELIDED.search(_tail(line, at)) and after in _DOUBLE + "‹‘":
                continue
            if clipped and word_after and clipped.match(line, at + 1):
                continue
            if word_before and _N.search(_tail(line, at)):
                continue
            if sign == "’" and word_after and (wanted.marks is None or "’" not in (wanted.marks[0], wanted.marks[2])):
                # An apostrophe that begins a word: few languages open with this sign.
                continue
        made.append(_Mark(at, sign, _direction(line, at, sign, made)))
    return made


def _direction(line: str, at: int, sign: str, made: Sequence[_Mark]) -> bool | None:
    """Say whether a mark opens a quotation, as far as what stands around it shows."""
    before, after = line[at - 1 : at] or BREAK, line[at + 1 : at + 2] or BREAK
    free_before, free_after = before.isspace(), after.isspace()
    beside = made[-1] if made and made[-1].at == at - 1 else None
    natural = True if sign in _OPENING else False if sign in _CLOSING else None
    if free_before and free_after:
        return natural
    near = _near(line, at, 1 if free_before else -1)
    if sign in _GUILLEMETS and (free_before or free_after) and not _word(near):
        # Spaces stand inside guillemets in French; only beside a word do they show more than the sign.
        return False if sign in "«‹" and near in _AFTER and free_after else natural
    if free_before:
        return True if after not in ".,;)]}" or line[at + 1 : at + 4] == "..." else natural
    if free_after:
        return False if before not in "([{¿¡" else natural
    if beside is not None and beside.opens is not None:
        return beside.opens if beside.opens or not _word(after) else natural
    if before in _BEFORE or (before in "'’" and _ELIDED.search(_tail(line, at - 1))):
        return True if _word(after) or after in _DOUBLE + _SINGLE + "…¿¡([" else natural
    if after in _AFTER or after in _DOUBLE + _SINGLE:
        return False
    return natural if not (_word(before) and _word(after)) else None


def _near(line: str, at: int, step: int) -> str:
    """Return what stands before (-1) or after (1) a mark and the few marks beside it."""
    end = at + step * (_BESIDE + 1)
    at += step
    while (
        at != end
        and 0 <= at < len(line)
        and _MARK.match(line, at)
        and not (line[at] in "'’" and _ELIDED.search(_tail(line, at)))
    ):
        at += step
    return line[max(at, 0) : at + 1] or BREAK


def _pairs(line: str, found: Sequence[_Mark]) -> list[_Mark]:
    """Join the marks into pairs and give each that is certain its level."""
    _singles(found)
    waiting: list[_Mark] = []
    seen: list[_Mark] = []
    balanced, unknown = True, False
    for mark in found:
        if not mark.double:
            if mark.other is None:
                continue
            if mark.opens:
                waiting.append(mark)
            elif waiting and waiting[-1] is mark.other:
                waiting.pop()
            else:
                _part(mark)
                continue
            seen.append(mark)
            continue
        last = next((one for one in reversed(waiting) if one.double), None)
        if mark.opens is None:
            before, after = line[mark.at - 1 : mark.at] or " ", line[mark.at + 1 : mark.at + 2] or " "
            free = before.isspace() and (after.isspace() or after in ".,;)]}")
            if not free and OBJECT not in (before, after):
                unknown = True
                continue
            mark.opens = last is None
        if mark.opens:
            waiting.append(mark)
        elif last is not None:
            while waiting[-1] is not last:
                _part(waiting.pop())
            mark.other = waiting.pop()
            mark.other.other = mark
        elif line[mark.at - 1 : mark.at].isdigit() and mark.sign in '"”':
            # Inches.
            unknown = True
            continue
        else:
            balanced = False
        seen.append(mark)
    # Half a quotation is not set where a mark that nobody can tell may be its other end.
    seen = [mark for mark in seen if mark.other is not None or (mark.double and not unknown)]
    return _levelled(seen, balanced and not waiting)


def _levelled(seen: list[_Mark], balanced: bool) -> list[_Mark]:
    depth: list[_Mark] = []
    for mark in seen:
        if mark.other is None or (mark.double and not balanced):
            mark.level = 0
        elif mark.opens:
            mark.level = len(depth) if balanced else 1
            depth.append(mark)
        else:
            mark.level = mark.other.level
            depth.pop()
    return seen


def _singles(found: Sequence[_Mark]) -> None:
    """Join single marks: an opening one and the only one after it that can close, before the next that opens."""
    singles = [mark for mark in found if not mark.double]
    opening = [index for index, mark in enumerate(singles) if mark.opens]
    for number, index in enumerate(opening):
        end = opening[number + 1] if number + 1 < len(opening) else len(singles)
        closing = [mark for mark in singles[index + 1 : end] if mark.opens is False]
        # An apostrophe may look like the other end; the sign that is none comes first.
        end_sign = _ENDS.get(singles[index].sign)
        closing = [mark for mark in closing if mark.sign == end_sign][:1] or closing
        if len(closing) == 1:
            singles[index].other, closing[0].other = closing[0], singles[index]


def _part(mark: _Mark) -> None:
    if mark.other is not None:
        mark.other.other = None
        mark.other = None


def _edits(line: str, mark: _Mark, text: str) -> Iterator[Edit]:
    """Yield the changes for a mark: the sign, and the spaces inside it."""
    at = mark.at
    yield at, at + 1, text
    around = line[at - 1 : at] or BREAK, line[at + 1 : at + 2] or BREAK
    spaced = text.strip(SPACES) != text or mark.sign in _GUILLEMETS or (around[0].isspace() and around[1].isspace())
    if not spaced:
        return
    if mark.opens:
        end = at + 1
        while line[end : end + 1] and line[end] in SPACES:
            yield end, end + 1, ""
            end += 1
    else:
        start = at
        while start and line[start - 1] in SPACES:
            yield start - 1, start, ""
            start -= 1


def _tail(line: str, at: int) -> str:
    """Return what stands before a place, as far as a word that is elided can reach."""
    return line[max(at - 12, 0) : max(at, 0)]


def _clipped(wanted: Style) -> str:
    return _CLIPPED.get(wanted.primary, "")


def _word(sign: str) -> bool:
    return sign.isalnum() or sign == OBJECT
