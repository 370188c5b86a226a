"""What helps with one segment: what stands in its source, what is known of it, what is doubted of its translation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import polib

from translate import checking
from translate.catalogs import provenance, waivers
from translate.catalogs.states import state
from translate.catalogs.units import Unit
from translate.documents.codes import TAG, without_tags
from translate.knowledge.glossary import Found, Terms
from translate.knowledge.memory import Match, opened
from translate.project import Project
from translate.quality.checks import Finding, Severity, examine
from translate.quality.checks.names import names
from translate.quality.figures import figures
from translate.review.differences import Change, changed, differences, marked
from translate.review.ledger import Ledger
from translate.review.story import Story

# A match of less says little about a sentence of news.
_THRESHOLD = 60
_MATCHES = 9
_QUOTED = re.compile(r"[«»“”„\"]")
_NAMED = re.compile(r"'([^']+)'|\"([^\"]+)\"|(\d[\d.,:\u202f\u00a0]*)")
_LISTED = re.compile(r"(.+?) (?:became (.+)|of the source is missing|is not in the source)\Z")


@dataclass(frozen=True, slots=True)
class Known:
    """A match of the memory: how like in per cent, its words, how its source differs, and where it is from."""

    score: int
    text: str
    source: str
    changes: tuple[Change, ...]
    where: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """A finding, and the places [start, end) of the translation that it is about; `waived` is a person's reason."""

    check: str
    severity: Severity
    message: str
    mend: str
    waived: str
    places: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to an entry: when, who, what, and how its words changed."""

    at: str
    person: str
    act: str
    changes: tuple[Change, ...]


def source_runs(text: str, language: str, terms: Sequence[Found]) -> list[tuple[str, str]]:
    """Cut a source text into runs: terms, names, figures, quotation marks, inline codes, and the rest (empty kind)."""
    marks = [(match.start(), match.end(), "code") for match in TAG.finditer(text)]
    plain = TAG.sub(lambda match: "\x00" * len(match.group()), text)
    marks += [(one.start, one.end, "term") for one in terms]
    bare = without_tags(text)
    at = _offsets(text)
    marks += [(at[one.start], at[one.end - 1] + 1, "figure") for one in figures(bare, language)]
    for one in names(text, language):
        marks += [(found.start(), found.end(), "name") for found in re.finditer(rf"\b{re.escape(one)}\b", plain)]
    marks += [(found.start(), found.end(), "quote") for found in _QUOTED.finditer(plain)]
    return marked(text, marks)


def matches(project: Project, story: Story, unit: Unit) -> list[Known]:
    """Return what the memory knows of a text like this one, the likest first; every translation once."""
    with opened(project.memory) as memory:
        found = memory.matches(unit.text, project.source, story.language, _THRESHOLD, limit=3 * _MATCHES)
    kept: dict[str, Match] = {}
    own = story.catalog.get(unit.key)
    for one in found:
        if own is None or one.pair.translation != own.msgstr or one.score == 100:
            kept.setdefault(one.pair.translation, one)
    return [
        Known(
            one.score,
            text,
            one.pair.source,
            tuple(differences(one.pair.source, unit.text)) if one.score < 100 else (),
            ", ".join(filter(None, (one.pair.place.document, one.pair.reviewer.partition("<")[0].strip()))),
        )
        for text, one in list(kept.items())[:_MATCHES]
    ]


def findings(project: Project, story: Story, segment: str, text: str, terms: Terms) -> list[Finding]:
    """Return what the checks say of words for a segment."""
    now = state(story.entry(segment))
    pair = checking.pair(project, story.units[segment], story.language, text, now, terms)
    return examine(pair, project.checks_off)


def doubts(entry: polib.POEntry, text: str, found: Sequence[Finding]) -> list[Doubt]:
    """Return findings with the places that they are about, as far as these can be told."""
    given = waivers.given(entry)
    return [
        Doubt(
            one.check, one.severity, one.message, one.mend or "", given.get(one.check, ""), tuple(_places(text, one))
        )
        for one in found
    ]  # fmt: skip


def history(ledger: Ledger, story: Story, unit: Unit, entry: polib.POEntry) -> list[Event]:
    """Return what happened to an entry, the newest first: the decisions made here, and what its provenance says."""
    events = [
        Event(one.at[:16].replace("T", " "), one.person, one.act, tuple(differences(one.before.text, one.after.text)))
        for one in ledger.of(story.language, unit.key)
    ]
    signed = provenance.reviewed_by(entry.tcomment, entry.msgid, entry.msgstr)
    if signed and not any(one.person == signed[0] for one in events):
        events.append(Event(signed[1][:16].replace("T", " "), signed[0], "accept", ()))
    made = provenance.parse(entry.tcomment)
    if made:
        events.append(Event(made.facts.get("date", ""), provenance.drafter(made.facts), "drafted", ()))
    return events


def _places(text: str, one: Finding) -> list[tuple[int, int]]:
    """Return where a finding is: what its mend changes, else the words that its message names."""
    if one.mend is not None and one.mend != text:
        return changed(text, one.mend)
    named = ["".join(filter(None, match)) for match in _NAMED.findall(one.message)]
    listed = _LISTED.fullmatch(one.message)
    if listed:
        named += [word.strip() for part in listed.groups() if part for word in part.split(",")]
    found: list[tuple[int, int]] = []
    for word in dict.fromkeys(named):
        if word:
            found += [match.span() for match in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", text)]
    return found


def _offsets(text: str) -> list[int]:
    """Return, for each sign of a text without its codes, where it stands in the text."""
    at, found = 0, list[int]()
    for match in TAG.finditer(text):
        found += range(at, match.start())
        at = match.end()
    return [*found, *range(at, len(text)), len(text)]
