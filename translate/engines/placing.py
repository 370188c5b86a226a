"""Inline codes and engines: tags are taken out of a text before it is drafted, and put back where its words went.

Engines know no tags. What a code stands around is followed by what the engine looked at while it wrote (attention), and
by what of its draft it would hardly have written without those words; a name or a figure that stands in both texts is
found by itself. Every code comes back, exactly once and well nested. docs/formats.md compares this with other ways.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from translate.documents.codes import TAG

_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_OPENERS, _CLOSERS = "«“„\"'‘‚([", "»”“\"'’‘)]"
# How much the place in the sentence counts beside attention, how much the loss beside both, the loss that is a whole
# one (in nats), and what a word more or less than the code has costs. docs/formats.md has the measurements.
_PRIOR = 0.25
_LOSS, _WHOLE_LOSS = 0.5, 7.0
_COUNT = 0.05
# Below this share of attention, the place of a code is called a guess.
_SURE = 0.3


@dataclass(frozen=True, slots=True)
class Link:
    """How much the engine looked at `[source, source_end)` while it wrote `[target, target_end)`.

    Where those words were `left_out`, `weight` is how much less likely the engine finds what it wrote (in nats).
    """

    source: int
    source_end: int
    target: int
    target_end: int
    weight: float
    left_out: bool = False

    def moved(self, source: int, target: int) -> Link:
        """Return the link in texts that begin so much earlier."""
        places = self.source + source, self.source_end + source, self.target + target, self.target_end + target
        return Link(*places, self.weight, self.left_out)


class Clings(Enum):
    """How a code that stands alone stands: to the word before or after it, between spaces, or for a space."""

    BEFORE = auto()
    AFTER = auto()
    SPACED = auto()
    PARTING = auto()


#: These cling to the word before them.
_BEFORE = frozenset({Clings.BEFORE, Clings.PARTING})


@dataclass(frozen=True, slots=True)
class Code:
    """A code in a text without tags: around `[start, end)` with those inside it, or alone at `start`."""

    number: str
    start: int
    end: int
    alone: Clings | None = None
    inner: tuple[Code, ...] = ()


def taken_out(text: str) -> tuple[str, tuple[Code, ...]]:
    """Return a text without its tags, and its outermost codes.

    >>> plain, codes = taken_out("un <1>mot <2>fort</2></1>, voir <3/> ici<4/>")
    >>> plain, [(code.number, code.start, code.end) for code in codes], codes[0].inner[0].number
    ('un mot fort, voir ici', [('1', 3, 11), ('3', 18, 18), ('4', 21, 21)], '2')
    """
    parts: list[str] = []
    length = at = 0
    levels: list[list[Code]] = [[]]
    starts: list[int] = []
    for match in TAG.finditer(text):
        run = text[at : match.start()]
        at = match.end()
        parts.append(run)
        length += len(run)
        if match["close"]:
            inner = tuple(levels.pop())
            levels[-1].append(Code(match["number"], starts.pop(), length, inner=inner))
        elif match["alone"]:
            clings = _clings(TAG.sub("", text[: match.start()])[-1:], TAG.sub("", text[at:])[:1])
            if clings is Clings.SPACED and text[at : at + 1] == " ":
                at += 1
            levels[-1].append(Code(match["number"], length, length, clings))
            if clings is Clings.PARTING:
                parts.append(" ")
                length += 1
        else:
            levels.append([])
            starts.append(length)
    parts.append(text[at:])
    return "".join(parts), tuple(levels[0])


def _clings(before: str, following: str) -> Clings:
    spaced, leads = before in ("", " "), following in ("", " ")
    if spaced and leads:
        return Clings.SPACED
    if not spaced and not leads and before.isalnum() and following.isalnum():
        return Clings.PARTING
    return Clings.AFTER if spaced else Clings.BEFORE


def asked(plain: str, codes: Sequence[Code]) -> Iterator[tuple[int, int]]:
    """Yield the words of a text whose place in the draft is wanted, for codes and those inside them."""
    for code in codes:
        span = (code.start, code.end) if code.alone is None else _anchor(plain, code)
        if span is not None:
            yield span
        yield from asked(plain, code.inner)


def put_back(plain: str, codes: Sequence[Code], draft: str, links: Sequence[Link]) -> tuple[str, bool]:
    """Return the draft with the codes of its source, and whether the place of one of them is a guess."""
    placer = _Placer(plain, draft, links, [match.span() for match in _WORD.finditer(draft)])
    placed = placer.placed(codes, 0, len(draft))
    return "".join(_with_tags(draft, placed, 0, len(draft))), placer.guessed


def place(plain: str, start: int, end: int, draft: str, links: Sequence[Link]) -> tuple[int, int, float]:
    """Return where the draft has what it wrote for `[start, end)` of its source, and how sure that is, 0 to 1."""
    placer = _Placer(plain, draft, links, [match.span() for match in _WORD.finditer(draft)], particle)
    (one,) = placer.placed([Code("", start, end)], 0, len(draft))
    shares = [placer.share(word, start, end) for word in placer.words if one.start <= word[0] < one.end]
    return one.start, one.end, sum(shares) / len(shares) if shares else 0.0


@dataclass(frozen=True, slots=True)
class _Placed:
    """A code and its place in the draft."""

    code: Code
    start: int
    end: int
    inner: tuple[_Placed, ...] = ()


def particle(word: str) -> bool:
    """Say whether a word looks like an article, a preposition or a conjunction."""
    return word.islower() and len(word) < 5


def _article(word: str) -> bool:
    # A word of four letters at the end of a code is more often one of its own (`last week`).
    return particle(word) and len(word) < 4


@dataclass(slots=True)
class _Placer:
    """Find places for codes in the words of a draft."""

    plain: str
    draft: str
    links: Sequence[Link]
    words: list[tuple[int, int]]
    trims: Callable[[str], bool] = _article
    guessed: bool = False

    def placed(self, codes: Sequence[Code], low: int, high: int) -> tuple[_Placed, ...]:
        """Place codes, and those inside them, in `[low, high)` of the draft; pairs do not overlap."""
        found: list[_Placed] = []
        pairs = [(self._verbatim(code, low, high), code) for code in codes if code.alone is None]
        for span, code in sorted(pairs, key=lambda one: (one[0] is None, one[1].start)):
            if span is None or any(one.start < span[1] and span[0] < one.end for one in found):
                span = self._span(code, [(one.start, one.end) for one in found], low, high)
            found.append(_Placed(code, *span, self.placed(code.inner, *span)))
        for code in codes:
            if code.alone is not None:
                offset = self._offset(code, low, high)
                around = next((one for one in found if one.start < offset < one.end), None)
                place = around.end if around else offset
                found.append(_Placed(code, place, place))
        return tuple(sorted(found, key=lambda one: (one.start, one.end, one.code.start)))

    def _verbatim(self, code: Code, low: int, high: int) -> tuple[int, int] | None:
        """Return where the very words of a code stand in the draft: a name or a figure, and as often as there."""
        words = self.plain[code.start : code.end].strip()
        if not words or words.islower():
            return None
        whole = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")
        here = [match.span() for match in whole.finditer(self.plain)]
        there = [match.span() for match in whole.finditer(self.draft)]
        turn = next((index for index, (start, _) in enumerate(here) if start >= code.start), None)
        if turn is None or len(here) != len(there):
            return None
        start, end = there[turn]
        return (start, end) if low <= start and end <= high else None

    def _span(self, code: Code, taken: Sequence[tuple[int, int]], low: int, high: int) -> tuple[int, int]:
        """Return the run of free words that got most of its attention from the words of a code."""
        best: tuple[float, int, int] | None = None
        count = len(_WORD.findall(self.plain[code.start : code.end]))
        for run in self._free(taken, low, high):
            shares = [self.share(word, code.start, code.end) for word in run]
            for first in range(len(run)):
                total = 0.0
                for last in range(first, len(run)):
                    total += shares[last] - 0.5
                    score = total - _COUNT * abs(last - first + 1 - count)
                    if best is None or score > best[0]:
                        start, end = self._without_particles(code, run[first : last + 1])
                        best = score, start, end
        if best is None:
            self.guessed = True
            return high, high
        self.guessed = self.guessed or best[0] < _SURE - 0.5
        return self._with_quotes(code, best[1], best[2], low, high)

    def _without_particles(self, code: Code, words: Sequence[tuple[int, int]]) -> tuple[int, int]:
        """Return the ends of a run of words, without short words at its ends where the code has none at its own.

        Articles and prepositions have no words of their own to look at, and look at those beside them.
        """
        own = _WORD.findall(self.plain[code.start : code.end]) or [""]
        first, last = 0, len(words) - 1
        while first < last and self.trims(self.draft[slice(*words[first])]) and not particle(own[0]):
            first += 1
        while first < last and self.trims(self.draft[slice(*words[last])]) and not particle(own[-1]):
            last -= 1
        return words[first][0], words[last][1]

    def _free(self, taken: Sequence[tuple[int, int]], low: int, high: int) -> Iterator[list[tuple[int, int]]]:
        run: list[tuple[int, int]] = []
        for word in self.words:
            if word[0] < low or word[1] > high:
                continue
            if any(start < word[1] and word[0] < end for start, end in taken):
                if run:
                    yield run
                run = []
            else:
                run.append(word)
        if run:
            yield run

    def _with_quotes(self, code: Code, start: int, end: int, low: int, high: int) -> tuple[int, int]:
        """Take the quotation marks or brackets in that the code has in the source."""
        if self.plain[code.start : code.start + 1] in _OPENERS and start > low and self.draft[start - 1] in _OPENERS:
            start -= 1
        if self.plain[code.end - 1 : code.end] in _CLOSERS and end < high and self.draft[end] in _CLOSERS:
            end += 1
        return start, end

    def share(self, word: tuple[int, int], start: int, end: int) -> float:
        """Return how much of a word's attention went to `[start, end)` of the source, 0 to 1."""
        inside = total = 0.0
        losses: list[float] = []
        for link in self.links:
            if link.target >= word[1] or word[0] >= link.target_end:
                continue
            if link.left_out:
                if (link.source, link.source_end) == (start, end):
                    losses.append(link.weight)
            else:
                total += link.weight
                if link.source < end and start < link.source_end:
                    inside += link.weight
        middle = (word[0] + word[1]) / 2 / max(1, len(self.draft)) * len(self.plain)
        share = prior = 1.0 if start - 1 <= middle <= end + 1 else 0.0
        if total:
            share = (1 - _PRIOR) * inside / total + _PRIOR * prior
        if losses:
            share += _LOSS * (min(1.0, max(0.0, sum(losses) / _WHOLE_LOSS)) - share)
        return share

    def _offset(self, code: Code, low: int, high: int) -> int:
        """Return the place of a code that stands alone: beside the word it clings to."""
        before = code.alone in _BEFORE
        anchor = _anchor(self.plain, code)
        words = [word for word in self.words if low <= word[0] and word[1] <= high]
        if anchor is None or not words:
            return low if before else high
        best = max(words, key=lambda word: self.share(word, *anchor))
        self.guessed = self.guessed or self.share(best, *anchor) < _SURE
        if not before:
            return best[0]
        # A line break, or a note after a full stop, stays behind the punctuation it stood behind.
        between = self.plain[anchor[1] : code.start]
        end = best[1]
        while between and end < high and self.draft[end] in between and not self.draft[end].isspace():
            end += 1
        return end


def _anchor(plain: str, code: Code) -> tuple[int, int] | None:
    """Return the word beside which a code stands that stands alone."""
    spans = [match.span() for match in _WORD.finditer(plain)]
    if code.alone in _BEFORE:
        return next((span for span in reversed(spans) if span[1] <= code.start), None)
    return next((span for span in spans if span[0] >= code.start), None)


def _with_tags(draft: str, placed: Sequence[_Placed], low: int, high: int) -> Iterator[str]:
    at = low
    for one in placed:
        yield draft[at : one.start]
        at = max(at, one.end)
        number = one.code.number
        if one.code.alone is None:
            yield f"<{number}>"
            yield from _with_tags(draft, one.inner, one.start, one.end)
            yield f"</{number}>"
        elif one.code.alone is Clings.SPACED:
            yield f" <{number}/>" if one.start == high and one.start else f"<{number}/> "
        else:
            yield f"<{number}/>"
            at += one.code.alone is Clings.PARTING and draft[at : at + 1] == " "
    yield draft[at:high]
