"""What may leave: each edition as it would be published, and what closes the gate for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat
from pathlib import Path
from typing import TypeVar

from translate import checking
from translate.catalogs import store
from translate.catalogs.states import State, state
from translate.documents import sources
from translate.documents.model import Document
from translate.editions import edition as editions
from translate.editions import journal, publication
from translate.editions.closing import Closed, closed
from translate.editions.gate import shows
from translate.editions.journal import What
from translate.editions.publication import Publication
from translate.editions.release import Release
from translate.errors import DeskError, EditionError, UsageError
from translate.processes import mapped, workers
from translate.project import Project
from translate.project import language as language_tag
from translate.reading import rules, settings_hash

# Documents are read, checked and published so many at a time: memory is bounded by that.
_BATCH = 50
_EDITIONS = "published"
_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a story in a language; `what` is None where nothing changed, or the gate is closed."""

    document: str
    language: str
    what: What | None
    closed: tuple[Closed, ...] = ()


@dataclass(frozen=True, slots=True)
class Gate:
    """What closes the gate for a document in a language; it is open where nothing does.

    `catalog` is None where there is none yet, and for the document in its own language.
    """

    document: Document
    language: str
    closed: tuple[Closed, ...]
    catalog: store.Catalog | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """What closes the gate for an edition, and the edition as it would be published (None where it is closed)."""

    document: str
    language: str
    closed: tuple[Closed, ...]
    made: Publication | None


@dataclass
class Desk:
    """A project with what publishing needs to know once."""

    project: Project
    now: dt.datetime

    @property
    def release(self) -> Release:
        """Return how the desk publishes."""
        return self.project.publish

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """Return the languages of its site, the source's first where it has pages."""
        own = (self.project.source,) if self.release.source else ()
        return (*own, *self.project.targets)

    @cached_property
    def reads(self) -> sources.Reading:
        """Return how the desk reads documents."""
        return rules(self.project)

    @cached_property
    def settings(self) -> str:
        """Return a hash of all that may change an edition beside its document and its catalog."""
        return settings_hash(self.project)

    @property
    def log(self) -> Path:
        """Return the path of the log of publications."""
        return self.project.output_folder / journal.FILE

    def snapshot(self, document: str, language: str) -> Path:
        """Return where an edition is kept as it was published."""
        return self.project.output_folder / _EDITIONS / language / f"{document}.json"

    def published(self, document: str, language: str) -> Publication:
        """Return an edition as it was published.

        Raises:
            EditionError: what was kept of it is lost or broken.
        """
        path = self.snapshot(document, language)
        try:
            return publication.load(path.read_bytes())
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise EditionError(
                "the published edition cannot be read again",
                where=self.project.shown(path),
                remedy=f"Take it back from version control, or withdraw it: translate publish --withdraw {document}",
            ) from error

    def chosen(self, only: Sequence[str]) -> tuple[str, ...]:
        """Return the languages of a run, in the order of the site.

        Raises:
            UsageError: the desk does not publish in one of them.
        """
        wanted = [language_tag("--lang", language) for language in only]
        for language in wanted:
            if language not in self.languages:
                raise UsageError(
                    f"{language!r} is not a language that this desk publishes",
                    where="--lang",
                    remedy=f"Languages: {', '.join(self.languages)}.",
                )
        return tuple(one for one in self.languages if one in wanted) if wanted else self.languages


def prepared(
    project: Project, now: dt.datetime, paths: Mapping[str, Path], wanted: Collection[tuple[str, str]]
) -> tuple[list[Candidate], list[DeskError]]:
    """Read some documents; return the wanted editions of them, and what was refused."""
    desk = Desk(project, now)
    documents, refused = sources.read_all(dict(paths), desk.reads)
    return [
        Candidate(one.document.name, one.language, one.closed, None if one.closed else made(desk, one))
        for one in gates(desk, documents, wanted)
    ], refused


def shared_out(
    project: Project, now: dt.datetime, parts: Sequence[tuple[Mapping[str, Path], Collection[tuple[str, str]]]]
) -> Iterator[tuple[list[Candidate], list[DeskError]]]:
    """Yield what `prepared` returns for each part, in order; several parts are shared out among the cores."""
    paths, wanted = [one for one, _ in parts], [one for _, one in parts]
    return mapped(prepared, repeat(project), repeat(now), paths, wanted, processes=workers(len(parts) // 2))


def gates(desk: Desk, documents: Sequence[Document], wanted: Collection[tuple[str, str]]) -> Iterator[Gate]:
    """Yield the gate of each wanted edition (document, language) of some documents, in their order."""
    project = desk.project
    loaded = {
        (document.name, language): store.load(project.catalog(document.name, language))
        for document in documents
        for language in desk.languages
        if (document.name, language) in wanted and language != project.source
    }
    errors = _errors(desk, documents, loaded)
    for document in documents:
        for language in desk.languages:
            if (document.name, language) not in wanted:
                continue
            if language == project.source:
                yield Gate(document, language, (), None)
            elif catalog := loaded[document.name, language]:
                shut = (*closed(document, catalog, desk.release), *errors.get((document.name, language), ()))
                yield Gate(document, language, shut, catalog)
            else:
                yield Gate(document, language, (Closed(1, State.UNTRANSLATED, "", "there is no catalog yet"),), None)


def made(desk: Desk, gate: Gate) -> Publication:
    """Return an edition as it would be published, were its gate open."""
    project = desk.project
    house = project.typography
    if gate.catalog is None:
        return publication.of_source(gate.document, house)
    edition = editions.assemble(
        gate.document, gate.catalog, gate.language, desk.release.drafts, project.labels, project.disclosure, house
    )
    return publication.of_edition(edition, gate.document)


def _errors(
    desk: Desk, documents: Sequence[Document], loaded: Mapping[tuple[str, str], store.Catalog | None]
) -> dict[tuple[str, str], list[Closed]]:
    """Return what checks call errors in what would be shown, where the desk lets them close the gate."""
    shut: dict[tuple[str, str], list[Closed]] = {}
    if not desk.release.errors:
        return shut
    by_name = {document.name: document for document in documents}
    there = [(by_name[name], language, catalog) for (name, language), catalog in loaded.items() if catalog]
    for found in checking.examined(desk.project, there, desk.now.date(), errors_only=True):
        catalog = loaded[found.document, found.language]
        entry = catalog.get((found.context, found.source)) if catalog else None
        if found.is_error and entry is not None and shows(state(entry), desk.release.drafts):
            why = f"a check finds an error: {found.finding.message} [{found.finding.check}]"
            one = Closed(found.line, state(entry), found.source, why)
            shut.setdefault((found.document, found.language), []).append(one)
    return shut


def everything(documents: Sequence[Document], languages: Sequence[str]) -> set[tuple[str, str]]:
    """Return every document in every language."""
    return {(document.name, language) for document in documents for language in languages}


def batches(items: Sequence[_Item]) -> Iterator[Sequence[_Item]]:
    """Cut what there is to do into parts of which one fits into memory."""
    return (items[start : start + _BATCH] for start in range(0, len(items), _BATCH))
