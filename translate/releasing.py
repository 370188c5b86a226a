"""What may leave: each edition as it would be published, and what closes the gate for it."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat
from pathlib import Path
from typing import TypeVar

from translate import __version__, checking
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
from translate.project import Project
from translate.project import language as language_tag
from translate.reading import rules

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
class Candidate:
    """An edition as it would be published (None where there is no catalog), and what closes the gate."""

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
        desk = self.project
        known = [path for path in (desk.rules, desk.glossary) if path and path.is_file()]
        files = [digest(path.read_bytes()) for path in known]
        gate = sorted((name, sorted(states)) for name, states in self.release.rules.items())
        # The sets of the gate have no order that one could rely on; the sorted rules stand for them.
        shown = [getattr(desk, name) for name in desk.__slots__ if name != "publish"]
        return digest(repr((__version__, shown, self.release.errors, self.release.policy, gate, files)).encode())

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
    return list(candidates(desk, documents, wanted)), refused


def shared_out(
    project: Project, now: dt.datetime, parts: Sequence[tuple[Mapping[str, Path], Collection[tuple[str, str]]]]
) -> Iterator[tuple[list[Candidate], list[DeskError]]]:
    """Yield what `prepared` returns for each part, in order; several parts are shared out among the cores."""
    workers = min(os.cpu_count() or 1, len(parts) // 2)
    if workers < 2:
        yield from (prepared(project, now, paths, wanted) for paths, wanted in parts)
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_all_start_methods, get_context

    method = "forkserver" if "forkserver" in get_all_start_methods() else "spawn"
    paths, wanted = zip(*parts, strict=True)
    with ProcessPoolExecutor(workers, get_context(method)) as pool:
        yield from pool.map(prepared, repeat(project), repeat(now), paths, wanted)


def candidates(desk: Desk, documents: Sequence[Document], wanted: Collection[tuple[str, str]]) -> Iterator[Candidate]:
    """Yield each wanted edition (document, language) of some documents, in their order."""
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
                yield Candidate(
                    document.name, language, (), publication.of_source(document, project.labels, project.typography)
                )
            elif catalog := loaded[document.name, language]:
                shut = (*closed(document, catalog, desk.release), *errors.get((document.name, language), ()))
                yield Candidate(document.name, language, shut, _made(desk, document, catalog, language))
            else:
                none = Closed(1, State.UNTRANSLATED, "", "there is no catalog yet")
                yield Candidate(document.name, language, (none,), None)


def _made(desk: Desk, document: Document, catalog: store.Catalog, language: str) -> Publication:
    project = desk.project
    policy = desk.release.drafts
    own_labels, disclose, house = project.labels, project.disclosure, project.typography
    edition = editions.assemble(document, catalog, language, policy, own_labels, disclose, house)
    return publication.of_edition(edition, document)


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


def digest(data: bytes) -> str:
    """Return the SHA-256 of some bytes."""
    return hashlib.sha256(data).hexdigest()
