"""The glossary of a desk: the terms that stand in a text, and what of them is missing or wrong in its translation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path

from translate.catalogs.interchange import tbx
from translate.catalogs.interchange.terms import Term, read_csv
from translate.documents.parts import Remembered
from translate.errors import GlossaryError
from translate.knowledge import cldr, inflection
from translate.knowledge.inflection import standing, tokens, words
from translate.language import primary

#: The files in which a desk keeps its terms when its `translate.toml` names none.
FILES = ("glossary.csv", "glossary.tbx")


@dataclass(frozen=True, slots=True)
class Found:
    """A term at `[start, end)` of a text."""

    term: Term
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Entry:
    """A term with its words, and the number of that by which it is found; `general` where it is CLDR's."""

    term: Term
    phrase: tuple[str, ...]
    landmark: int
    general: bool

    def stands(self, written: Sequence[str], at: int) -> bool:
        """Say whether the words of the term are those of a text from the word number `at` on."""
        run = written[max(at, 0) : at + len(self.phrase)]
        return len(run) == len(self.phrase) and all(map(self.same, run, self.phrase))

    def same(self, written: str, word: str) -> bool:
        if self.term.cased:
            return inflection.is_exactly(written, word)
        return inflection.is_form(written, word, self.term.source, verb=self.term.part_of_speech == "verb")


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms that hold between two languages on a day, by the word by which each is found."""

    glossary: Glossary
    source: str
    target: str
    _by_landmark: Remembered[tuple[_Entry, ...]] = field(repr=False)
    _landmarks: Remembered[bool] = field(repr=False)

    def __reduce__(self) -> tuple[Callable[[Glossary, str, str], Terms], tuple[Glossary, str, str]]:
        """Let another process have one of its own, and remember what it looks up in it."""
        return _between, (self.glossary, self.source, self.target)

    def find(self, text: str, role: str | None = None) -> list[Found]:
        """Return the terms of a text in reading order: the longest where they overlap, the desk's before CLDR's."""
        if not self._landmarks.any(text):
            # Most texts have no term.
            return []
        written = tokens(text)
        possible = [
            (entry, first)
            for at, word in enumerate(written)
            for entry in self._by_landmark[word]
            if entry.stands(written, first := at - entry.landmark)
        ]
        spans = inflection.places(text) if possible else []
        candidates = [
            (entry.general, Found(entry.term, *span))
            for entry, at in possible
            if (span := inflection.together(text, spans[at : at + len(entry.phrase)])) is not None
            and entry.term.holds(role, self.glossary.day)
            and inflection.whole(text, *span)
            and not (entry.general and cldr.part_of_a_name(text, *span))
        ]
        taken: list[Found] = []
        for _, one in sorted(candidates, key=_rank):
            if all(one.end <= other.start or other.end <= one.start for other in taken):
                taken.append(one)
        return sorted(taken, key=lambda one: one.start)


def _rank(candidate: tuple[bool, Found]) -> tuple[object, ...]:
    """Order candidates: longest first, the desk's before CLDR's, a term for this role or from a later day first."""
    general, one = candidate
    since = -one.term.since.toordinal() if one.term.since else 0
    return one.start - one.end, general, not one.term.roles, since, one.start


@dataclass(frozen=True, slots=True)
class Glossary:
    """What a desk knows of terms: its own, and CLDR's where it wants them; `day` is the day they are to hold on."""

    terms: tuple[Term, ...] = ()
    general: bool = True
    day: dt.date | None = None

    def between(self, source: str, target: str) -> Terms:
        """Return the terms from one language to another."""
        return _between(self, source, target)


@lru_cache(maxsize=16)
def _between(glossary: Glossary, source: str, target: str) -> Terms:
    own = [term for term in glossary.terms if _covers(term.source, source) and _covers(term.target, target)]
    general = cldr.terms(source, target) if glossary.general else ()
    entries: dict[str, list[_Entry]] = {}
    for number, term in enumerate((*own, *general)):
        phrase = tuple(word.text for word in words(term.text))
        if phrase:
            at = inflection.landmark(phrase)
            entry = _Entry(term, phrase, at, general=number >= len(own))
            word = phrase[at]
            for key in {inflection.letters(word)} if term.cased else {*inflection.keys(word, source)}:
                entries.setdefault(key, []).append(entry)
    by_landmark = Remembered(partial(_with_landmark, entries, source))
    return Terms(glossary, source, target, by_landmark, Remembered(partial(_has_landmark, by_landmark)))


def _with_landmark(entries: Mapping[str, Sequence[_Entry]], language: str, word: str) -> tuple[_Entry, ...]:
    """Return the terms that have a form of a word as their landmark."""
    possible = [entry for key in inflection.lookups(word, language) for entry in entries.get(key, ())]
    return tuple([entry for entry in possible if entry.same(word, entry.phrase[entry.landmark])])


def _has_landmark(by_landmark: Remembered[tuple[_Entry, ...]], part: str) -> bool:
    return any(map(by_landmark.__getitem__, tokens(part)))


def _covers(language: str, wanted: str) -> bool:
    """Say whether the terms of a language are for another: it is the same, or one of them names no region."""
    bare = primary(wanted)
    return language == wanted or (primary(language) == bare and bare in (language, wanted))


def missing(found: Sequence[Found], translation: str) -> list[Term]:
    """Return the terms of which no right translation stands in a translation."""
    terms = dict.fromkeys(one.term for one in found)
    return [
        term
        for term in terms
        # As the glossary writes it is the usual case, and quickly seen.
        if not any(_as_written(translation, one) for one in term.translations)
        and not any(standing(translation, one, term.target) for one in term.translations)
    ]


def _as_written(text: str, phrase: str) -> bool:
    at = text.find(phrase)
    return at >= 0 and not text[max(0, at - 1) : at].isalnum() and not text[at + len(phrase) :][:1].isalnum()


def forbidden(found: Sequence[Found], translation: str) -> list[tuple[Term, str]]:
    """Return the terms and their forbidden variants that stand in a translation, but in a right one."""
    return [
        (term, variant) for term in dict.fromkeys(one.term for one in found) for variant in _wrong(term, translation)
    ]


def right(term: Term, translation: str) -> list[tuple[int, int]]:
    """Return where right translations of a term stand in a translation."""
    return [span for one in term.translations for span in standing(translation, one, term.target)]


def _wrong(term: Term, translation: str) -> Iterator[str]:
    if not term.forbidden:
        return
    inside = right(term, translation)
    for variant in term.forbidden:
        spans = standing(translation, variant, term.target)
        if any(not any(start <= span[0] and span[1] <= end for start, end in inside) for span in spans):
            yield variant


def load(path: Path, source: str) -> tuple[Term, ...]:
    """Read a glossary, CSV or TBX by its content; of a TBX file, the terms of a source language.

    Raises:
        GlossaryError: it cannot be read.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise GlossaryError(
            f"cannot be read: {error.strerror}", where=str(path), remedy="Set glossary in translate.toml."
        ) from error
    return tbx.read(path, source) if tbx.is_tbx(data) else read_csv(data, str(path))
