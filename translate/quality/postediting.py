"""Measure what people made of drafts: reviewed entries against the drafts they started from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import polib

from translate.catalogs import provenance
from translate.catalogs.states import State, state
from translate.quality.evaluation import Drafted, Score, scores

#: The package of an entry that a person translated from nothing.
BY_HAND = ""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A reviewed entry: its source, its words, what its provenance says and which text its draft had (by its hash)."""

    source: str
    text: str
    package: str
    drafted: str

    @property
    def untouched(self) -> bool:
        """Say whether a person left the draft as it was."""
        return self.package != BY_HAND and provenance.fingerprint(self.text) == self.drafted


@dataclass(frozen=True, slots=True)
class Editing:
    """What became of the drafts of one package.

    `untouched` of `entries` were reviewed as they came. `known` drafts could be had again, word for word; `scores`
    compare those with what was reviewed, so TER is the post-editing distance: edits a hundred words.
    """

    package: str
    entries: int
    untouched: int
    known: int
    scores: tuple[Score, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The reviewed entries of a language, and what the package in use makes of their sources."""

    language: str
    entries: list[Reviewed]
    drafted: Drafted


def reviewed(entries: Iterable[polib.POEntry]) -> list[Reviewed]:
    """Return the reviewed entries; one that was drafted and then stale is by hand: its draft was of another source."""
    found = []
    for entry in entries:
        if state(entry) is State.REVIEWED:
            made = provenance.parse(entry.tcomment)
            mine = made is not None and not made.foreign(entry.msgid)
            package, drafted = (_drafter(made.facts), made.text) if made and mine else (BY_HAND, "")
            found.append(Reviewed(entry.msgid, entry.msgstr, package, drafted))
    return found


def _drafter(facts: Mapping[str, str]) -> str:
    """Return what drafted an entry: a package, or the translation memory."""
    return facts.get("package") or facts.get("engine") or BY_HAND


def editing(entries: Sequence[Reviewed], drafts: Sequence[str]) -> list[Editing]:
    """Return the post-editing of each package that drafted some entries.

    `drafts` are what the packages in use make of the entries now. One of them is the draft that a person saw only if it
    has the hash of that draft: a package that was replaced since leaves nothing but its untouched drafts to compare.
    """
    by_package: dict[str, list[tuple[Reviewed, str | None]]] = {}
    for entry, again in zip(entries, drafts, strict=True):
        seen = entry.text if entry.untouched else again if provenance.fingerprint(again) == entry.drafted else None
        by_package.setdefault(entry.package, []).append((entry, seen))
    return [_editing(package, pairs) for package, pairs in sorted(by_package.items())]


def _editing(package: str, pairs: Sequence[tuple[Reviewed, str | None]]) -> Editing:
    known = [(seen, entry.text) for entry, seen in pairs if seen is not None] if package != BY_HAND else []
    # Where drafts are missing, those that are left are the untouched ones: their score would flatter.
    complete = known and len(known) == len(pairs)
    return Editing(
        package,
        len(pairs),
        sum(entry.untouched for entry, _ in pairs),
        len(known),
        scores([seen for seen, _ in known], [text for _, text in known]) if complete else (),
    )
