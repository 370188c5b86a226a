"""A story that is open: its document and catalog, what checks say of it, and what changed while pages look at it."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import polib

from translate.catalogs import store
from translate.catalogs.interchange.sheets import name
from translate.catalogs.states import state
from translate.catalogs.units import Unit, keys
from translate.documents.model import HEADINGS, Document, Segment
from translate.errors import UsageError
from translate.quality.checks import Finding
from translate.review import deciding

#: What changes when a file is written: its time, its size, its place on the disk.
Stamp = tuple[int, int, int]


@dataclass(slots=True)
class Changes:
    """What changed in a story: `version` grows with every change, `at` says at which version each entry did.

    However often a story is read again it keeps its one account, so that a thread with an older reading adds to it.
    Versions begin at the time: pages that were open before the server was started again are behind in every entry.
    """

    version: int
    at: dict[str, int]

    def touch(self, segments: Iterable[str]) -> None:
        """Note that some entries are not what they were."""
        for one in segments:
            self.version += 1
            self.at[one] = self.version


@dataclass(slots=True)
class Story:
    """A document in a language, open.

    `findings` are what is known so far, each with a hash of the words that it is about.
    """

    document: Document
    language: str
    catalog: store.Catalog
    units: dict[str, Unit]
    labels: Mapping[str, str]
    stamps: tuple[Stamp, Stamp]
    changes: Changes = field(init=False)
    findings: dict[str, tuple[str, list[Finding]]] = field(default_factory=dict)
    _names: dict[tuple[bool, str], str] = field(init=False, repr=False)
    _blocks: dict[str, list[int]] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        """Look up once by which name each text goes, and in which blocks it stands."""
        self.changes = Changes(time.time_ns() // 1_000_000, {})
        self.changes.touch(self.units)
        self._names = {place: name(key) for place, key in keys(self.document).items()}
        for number, block in enumerate(self.document.blocks):
            for one in dict.fromkeys(map(self.name_of, block.segments)):
                self._blocks.setdefault(one, []).append(number)

    def name_of(self, segment: Segment) -> str:
        """Return the name by which pages know a segment: that of its entry."""
        return self._names[segment.role in HEADINGS, segment.text]

    def blocks_of(self, segments: Iterable[str]) -> list[int]:
        """Return the numbers of the blocks in which some segments stand."""
        return sorted({number for one in segments for number in self._blocks.get(one, ())})

    def entry(self, segment: str) -> polib.POEntry:
        """Return the entry of a segment.

        Raises:
            UsageError: the story has no such segment any more.
        """
        unit = self.units.get(segment)
        entry = self.catalog.get(unit.key) if unit else None
        if entry is None:
            raise UsageError(
                "the story has no such segment any more", where=self.document.name, remedy="Load the page again."
            )
        return entry

    @property
    def version(self) -> int:
        """Return the version of what a page shows now."""
        return self.changes.version

    @property
    def changed(self) -> Mapping[str, int]:
        """Return at which version each entry changed; "*" is the order of the segments."""
        return self.changes.at

    def touch(self, segments: Iterable[str]) -> None:
        """Note that some entries are not what they were."""
        self.changes.touch(segments)

    def carry(self, before: Story) -> None:
        """Know what pages have seen of an earlier reading of the story, and which entries are not what they were."""
        self.changes, self.findings = before.changes, before.findings
        altered = [
            segment
            for segment, unit in self.units.items()
            if _whole(before.catalog.get(unit.key)) != _whole(self.catalog.get(unit.key))
        ]
        self.touch((["*"] if list(before.units) != list(self.units) else []) + altered)


def _whole(entry: polib.POEntry | None) -> object:
    return entry and (deciding.snapshot(entry), state(entry))
