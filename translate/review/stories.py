"""The stories of a desk as they are on disk now, and decisions about them, written down at once."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from threading import RLock

import polib

from translate import pipeline
from translate.catalogs import header, store
from translate.catalogs.interchange.sheets import name
from translate.catalogs.units import units
from translate.documents import sources
from translate.documents.model import Document
from translate.editions.labels import labels
from translate.errors import CatalogError, UsageError
from translate.holding import holding
from translate.knowledge.glossary import Glossary
from translate.project import Project
from translate.quality.checks import checks
from translate.reading import catalog, glossary, glossary_path, languages, rules
from translate.review import deciding
from translate.review.deciding import Act
from translate.review.ledger import Decision, Ledger, Snapshot
from translate.review.story import Stamp, Story

_LEDGER = "reviews.sqlite"
# A catalog that somebody else writes at this very moment is read again so many times.
_TRIES = 5
# A run that holds the desk is waited for (seconds) before its catalogs are brought up to a document.
_WAIT = 20.0
# The source folder is looked through again after so many seconds.
_LOOKED = 2.0


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a decision: `conflict` holds what somebody else wrote meanwhile, and then nothing was saved."""

    decision: Decision | None = None
    conflict: Snapshot | None = None


@dataclass(slots=True)
class Stories:
    """The stories of a desk, for the threads of a server; `asked` is when a page last wanted something (seconds)."""

    project: Project
    clock: Callable[[], dt.datetime]
    ledger: Ledger = field(init=False)
    _open: dict[tuple[str, str], Story] = field(default_factory=dict)
    _documents: dict[str, tuple[Stamp, Document]] = field(default_factory=dict)
    _names: tuple[float, dict[str, Path]] | None = None
    _glossary: tuple[tuple[Stamp, dt.date], Glossary] | None = None
    asked: float = 0.0
    lock: RLock = field(default_factory=RLock)

    def __post_init__(self) -> None:
        """Find the ledger of the desk."""
        self.ledger = Ledger(self.project.local_folder / _LEDGER)

    def names(self) -> dict[str, Path]:
        """Return the documents of the desk; the folder is looked through again after a while."""
        now = time.monotonic()
        if self._names is None or now - self._names[0] > _LOOKED:
            self._names = now, sources.find(self.project.source_folder)
        return self._names[1]

    def open(self, document: str, language: str) -> Story:
        """Return a story as it is on disk now; catalogs that lack a text of the document are brought up to it first.

        Raises:
            UsageError: the desk has no such document or language.
            DeskError: the document or the catalog cannot be read.
        """
        with self.lock:
            return self._current(document, language)

    def save(
        self, document: str, language: str, segment: str, act: Act, text: str | None, person: str, base: str | None
    ) -> Saved:
        """Put a person's words into the catalog at once (None: those that are there).

        `base` says what the person saw; None is whatever is there.

        Raises:
            UsageError: the words are not to be accepted as they are.
        """

        def change(entry: polib.POEntry) -> None:
            deciding.decide(entry, act, entry.msgstr if text is None else text, person, self.clock())

        return self._write(document, language, segment, act, person, base, change, wanted=text)

    def comment(self, document: str, language: str, segment: str, words: str, was: str, person: str) -> Saved:
        """Replace what people wrote beside an entry, as far as the person saw it."""

        def change(entry: polib.POEntry) -> None:
            deciding.comment(entry, words, was)

        return self._write(document, language, segment, "comment", person, None, change)

    def waive(self, document: str, language: str, segment: str, check: str, reason: str, person: str) -> Saved:
        """Let a finding be none for this entry, with the reason.

        Raises:
            UsageError: there is no such check, or no reason.
        """
        said = " ".join(reason.split())
        if check not in checks() or not said:
            raise UsageError("a finding is left with a reason", where=check, remedy="Say why it is none.")

        def change(entry: polib.POEntry) -> None:
            entry.tcomment = f"check-ignore: {check}: {said}\n{entry.tcomment}".rstrip("\n")

        return self._write(document, language, segment, "waive", person, None, change)

    def undo(self, document: str, language: str, person: str) -> tuple[str, Saved] | None:
        """Take back the newest decision of a person in a story; return its segment, or None where there is none.

        Where somebody changed since what it changed, it stays, and the next call goes on to the one before it.
        """
        with self.lock:
            last = self.ledger.last(person, document, language)
            if last is None:
                return None
            segment, story = name(last.key), self._current(document, language)
            entry = story.entry(segment) if segment in story.units else None
            before = deciding.without(deciding.snapshot(entry), last) if entry else None
            if entry is None or before is None:
                self.ledger.stays(last)
                return segment, Saved(conflict=deciding.snapshot(story.entry(segment)))

            def change(entry: polib.POEntry) -> None:
                deciding.restore(entry, before)

            def noting(_made: Decision) -> AbstractContextManager[None]:
                return self.ledger.taking_back(last)

            base = deciding.seen(entry)
            return segment, self._write(document, language, segment, "undo", person, base, change, noting=noting)

    def terms(self) -> Glossary:
        """Return the desk's glossary as it is now."""
        with self.lock:
            stamp = _stamp(glossary_path(self.project)), self.clock().date()
            if self._glossary is None or self._glossary[0] != stamp:
                self._glossary = stamp, glossary(self.project, stamp[1])
            return self._glossary[1]

    def forget(self) -> None:
        """Read everything again the next time: a run has written."""
        with self.lock:
            self._documents.clear()
            self._names = None

    def _write(
        self,
        document: str,
        language: str,
        segment: str,
        act: str,
        person: str,
        base: str | None,
        change: Callable[[polib.POEntry], None],
        *,
        wanted: str | None = None,
        noting: Callable[[Decision], AbstractContextManager[None]] | None = None,
    ) -> Saved:
        """Change one entry of the catalog as it is on disk, unless somebody wrote other words than `wanted` there.

        The ledger has the decision if the catalog has it: where one of them cannot be written, nothing is. `noting`
        writes it down, if not the ledger's own way.
        """
        for left in reversed(range(_TRIES)):
            with self.lock:
                story = self._current(document, language)
                entry = story.entry(segment)
                before = deciding.snapshot(entry)
                if base is not None and not deciding.knew(entry, base, act, wanted):
                    return Saved(conflict=before)
                change(entry)
                now = self.clock()
                kept = dict(story.catalog.file.metadata)
                header.revise(story.catalog.file.metadata, now, person)
                made = Decision(
                    now.isoformat(timespec="seconds"), person, act, document, language, story.units[segment].key,
                    before, deciding.snapshot(entry),
                )  # fmt: skip
                try:
                    with (noting or self.ledger.noting)(made):
                        store.save(story.catalog)
                except BaseException as error:
                    deciding.restore(entry, before)
                    story.catalog.file.metadata = kept
                    story.stamps = (story.stamps[0], (0, 0, 0))
                    if isinstance(error, CatalogError) and left:
                        continue
                    raise
                story.stamps = (story.stamps[0], _stamp(story.catalog.path))
                story.touch([segment])
                return Saved(made)
        raise AssertionError

    def _current(self, document: str, language: str) -> Story:
        paths = self.names()
        if document not in paths:
            raise UsageError(f"there is no document {document!r}", where="the address", remedy="Go to the dashboard.")
        (language,) = languages(self.project, [language])
        path = self.project.catalog(document, language)
        stamps = _stamp(paths[document]), _stamp(path)
        story = self._open.get((document, language))
        if story is not None and story.stamps == stamps:
            return story
        read = self._document(document, paths[document], stamps[0])
        if story is None or story.stamps[0] != stamps[0] or not path.is_file():
            self._bring_up(read)
        # What is written after this look is read the next time.
        stamps = stamps[0], _stamp(path)
        loaded = catalog(self.project, document, language)
        table = labels(language, self.project.labels)
        known = {name(unit.key): unit for unit in units(read)}
        fresh = Story(read, language, loaded, known, table, stamps)
        if story is not None:
            fresh.carry(story)
        self._open[document, language] = fresh
        return fresh

    def _document(self, document: str, path: Path, stamp: Stamp) -> Document:
        known = self._documents.get(document)
        if known is None or known[0] != stamp:
            known = stamp, sources.read(document, path, rules(self.project))
            self._documents[document] = known
        return known[1]

    def _bring_up(self, document: Document) -> None:
        """Bring the catalogs of a document up to it, where they lack a text of it."""
        if all(_has_all(self.project, document, language) for language in self.project.targets):
            return
        try:
            with holding(self.project, timeout=_WAIT):
                now = self.clock()
                pipeline.save(self.project, pipeline.extract(self.project, [document], (), now), now)
        except UsageError as error:
            # Whoever asked did nothing wrong: it is to be asked again.
            raise CatalogError(error.problem, where=error.where, remedy=error.remedy) from error


def _has_all(project: Project, document: Document, language: str) -> bool:
    there = store.load(project.catalog(document.name, language))
    return there is not None and all(there.get(unit.key) is not None for unit in units(document))


def _stamp(path: Path) -> Stamp:
    """Return what changes when a file is written; zeros where there is none."""
    try:
        told = path.stat()
    except OSError:
        return 0, 0, 0
    return told.st_mtime_ns, told.st_size, told.st_ino
