"""Find which draft each reviewed entry started from, and measure what people made of the drafts of a package."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

import polib

from translate.catalogs import provenance
from translate.catalogs.states import State, state
from translate.catalogs.store import roles
from translate.knowledge import history
from translate.quality.evaluation import Drafted, Score, scores

#: The package of an entry that a person translated from nothing.
BY_HAND = ""

#: Drafts by what names them.
Drafts = Mapping[history.Name, str]
_NOTHING: Drafts = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A reviewed entry: its source, its words, what its provenance says and which text its draft had (by its hash).

    `role` is the one in which it stands first; `reviewer` is the person that the header of its catalog names.
    """

    source: str
    text: str
    package: str
    drafted: str
    confidence: float = 0.0
    role: str = ""
    document: str = ""
    reviewer: str = ""

    @property
    def untouched(self) -> bool:
        """Say whether a person left the draft as it was."""
        return self.package != BY_HAND and provenance.fingerprint(self.text) == self.drafted

    @property
    def name(self) -> history.Name:
        """Return what names the draft."""
        return provenance.fingerprint(self.source), self.drafted


@dataclass(frozen=True, slots=True)
class Compared:
    """A reviewed entry with the draft that the person was shown; None where it is not known or there was none."""

    entry: Reviewed
    draft: str | None


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
    """The reviewed entries of a language, what the package in use makes of their sources, and the drafts kept."""

    language: str
    entries: list[Reviewed]
    drafted: Drafted
    kept: Drafts = field(default_factory=dict)


def reviewed(entries: Iterable[polib.POEntry], document: str = "", reviewer: str = "") -> list[Reviewed]:
    """Return the reviewed entries; one that was drafted and then stale is by hand: its draft was of another source."""
    found = []
    for entry in entries:
        if state(entry) is State.REVIEWED:
            made = provenance.parse(entry.tcomment)
            role = next(iter(roles(entry)), "")
            one = Reviewed(entry.msgid, entry.msgstr, BY_HAND, "", 0.0, role, document, reviewer)
            if made is not None and not made.foreign(entry.msgid):
                drafter = provenance.drafter(made.facts)
                one = replace(one, package=drafter, drafted=made.text, confidence=made.confidence)
            found.append(one)
    return found


def compared(entries: Sequence[Reviewed], drafts: Drafts) -> list[Compared]:
    """Put each entry together with its draft.

    A draft that nobody kept and that was left untouched can be read off the entry. Such entries count as known only
    where no draft of their package is lost: the lost ones are those that were edited, and what is left would flatter.
    """
    lost = {entry.package for entry in entries if not entry.untouched and entry.name not in drafts}
    return [
        Compared(
            entry,
            None
            if entry.package == BY_HAND
            else drafts.get(entry.name, entry.text if entry.untouched and entry.package not in lost else None),
        )
        for entry in entries
    ]


def editing(entries: Sequence[Reviewed], drafts: Sequence[str], kept: Drafts = _NOTHING) -> list[Editing]:
    """Return the post-editing of each package that drafted some entries.

    `drafts` are what the packages in use make of the entries now, `kept` those of the desk's history. One of them is
    the draft that a person saw only if it has the hash of that draft.
    """
    again = {history.name(entry.source, draft): draft for entry, draft in zip(entries, drafts, strict=True)}
    by_package: dict[str, list[tuple[Reviewed, str | None]]] = {}
    for entry in entries:
        seen = entry.text if entry.untouched else kept.get(entry.name, again.get(entry.name))
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
