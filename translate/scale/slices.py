"""A slice of documents from end to end: extracted, drafted in one queue, checked, assembled, recorded, on all cores."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import repeat
from pathlib import Path
from typing import Protocol, TypeVar

from translate import drafting, pipeline
from translate.catalogs import renames
from translate.documents import sources
from translate.documents.model import Document
from translate.editions.disclosure import RECORD
from translate.editions.policy import Drafts
from translate.engines import drafts, queue
from translate.engines.model import Options
from translate.errors import DeskError, DocumentError, EditionError, MissingPackageError
from translate.processes import mapped, workers
from translate.project import Project
from translate.reading import catalogs, glossary, rules
from translate.scale import outcomes, plan
from translate.scale.outcomes import Finished
from translate.scale.records import Outcome, Records
from translate.scale.runs import Changed, Run

#: A process is worth its start for so many documents.
MANY = 60
# They are handed out in such shares.
_SHARE = 20
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class Slice:
    """Some documents of a desk, by name, the languages of a run, and its moment."""

    project: Project
    paths: Mapping[str, Path]
    languages: Sequence[str]
    now: dt.datetime

    def part(self, names: Sequence[str]) -> Slice:
        """Return the slice with some of its documents."""
        return replace(self, paths={name: self.paths[name] for name in names})


class Crew(Protocol):
    """Whoever does the work of a slice: the cores of this machine, or a cluster."""

    def shared(self, function: Callable[..., _Result], slice_: Slice, *arguments: object) -> Iterator[_Result]:
        """Yield what a function returns for shares of a slice, in order; what it writes is then in the desk."""

    @property
    def draft(self) -> drafting.Drafter:
        """Return what drafts texts."""


@dataclass(frozen=True, slots=True)
class _Extracted:
    documents: tuple[Document, ...]
    refused: tuple[DeskError, ...]
    changes: tuple[Changed, ...]


def work(
    slice_: Slice,
    records: Records,
    made_of: str,
    options: Options,
    progress: drafting.Progress,
    find: drafting.Find | None,
    done: Run,
    crew: Crew | None = None,
) -> None:
    """Do a slice from end to end; keep what came of it, and add to what the run has done.

    `crew` does the work; without one, the cores of this machine do it.

    Raises:
        MissingPackageError: entries want a draft, and no package leads to their language; nothing was written.
    """
    project, now = slice_.project, slice_.now
    glossary(project, now.date())
    documents: list[Document] = []
    missing = _missing(slice_, options, find or drafting.route)
    share = crew.shared if crew else shared
    # Whoever looks for former names of new documents looks at the whole desk, which a cluster has not.
    for part in (shared if crew and _renamed(slice_) else share)(_extract, slice_, missing):
        documents += part.documents
        done.refused += part.refused
        done.changes += part.changes
    # Whatever is reviewed is learnt, also where nothing wants a draft.
    drafter = crew.draft if crew else queue.draft
    done.drafted += drafting.draft(project, documents, slice_.languages, options, now, progress, find, drafter=drafter)
    read = slice_.part([document.name for document in documents])
    # Before they are read again: what is written meanwhile is another document.
    hashes = {name: records.hash(path) for name, path in read.paths.items()}
    kept: list[Outcome] = []
    for finished, broken in share(_finish, read):
        done.broken += broken
        for one in finished:
            kept.append(_noted(records, one, made_of, hashes))
            done.written += one.written
        progress("editions", len(kept), len(read.paths) * len(slice_.languages))
    records.keep(kept)
    done.outcomes += outcomes.consistent(project, records, kept, now.date())


def examine(slice_: Slice, records: Records, made_of: str) -> dict[str, DeskError]:
    """Check some documents and keep what was found; return those that were refused.

    Raises:
        CatalogError: a catalog is missing or broken.
    """
    project, today = slice_.project, slice_.now.date()
    # Before they are read: what is written meanwhile is another document.
    hashes = {name: records.hash(path) for name, path in slice_.paths.items()}
    documents: list[Document] = []
    refused: dict[str, DeskError] = {}
    for name, path in slice_.paths.items():
        good, bad = sources.read_all({name: path}, rules(project))
        documents += good
        refused |= dict(zip([name], bad, strict=False))
    loaded = list(catalogs(project, documents, slice_.languages))
    kept = [_noted(records, one, made_of, hashes) for one in outcomes.examined(project, loaded, today)]
    records.keep(kept)
    outcomes.consistent(project, records, kept, today)
    return refused


def _noted(records: Records, one: Finished, made_of: str, hashes: Mapping[str, str]) -> Outcome:
    outcomes.note(records, one)
    return replace(one.outcome, key=plan.key(made_of, hashes[one.outcome.document], one.catalog))


def shared(function: Callable[..., _Result], slice_: Slice, *arguments: object) -> Iterator[_Result]:
    """Yield what a function returns for shares of a slice, worked out on all cores; a few documents are done here."""
    names = list(slice_.paths)
    processes = workers(len(names) // MANY)
    # Whoever looks for former names of new documents looks at all of them.
    share = _SHARE if processes > 1 else len(names) or 1
    shares = [slice_.part(names[at : at + share]) for at in range(0, len(names), share)]
    return mapped(function, shares, *map(repeat, arguments), processes=processes)


def _extract(slice_: Slice, missing: Mapping[str, DeskError]) -> _Extracted:
    """Bring the catalogs of some documents up to them."""
    project, now = slice_.project, slice_.now
    documents, refused = sources.read_all(dict(slice_.paths), rules(project))
    extracted = pipeline.extract(project, documents, slice_.languages, now)
    for one in extracted:
        if one.language in missing and any(map(drafts.wants_draft, one.catalog.entries)):
            raise missing[one.language]
    pipeline.save(project, extracted, now)
    changes = tuple(Changed(one.document.name, one.language, one.change, one.former) for one in extracted)
    return _Extracted(tuple(documents), tuple(refused), changes)


def _finish(slice_: Slice) -> tuple[list[Finished], list[DeskError]]:
    """Check and assemble some documents; an edition that cannot be written holds up no other."""
    project = slice_.project
    documents, _ = sources.read_all(dict(slice_.paths), rules(project))
    finished, broken = list[Finished](), list[DeskError]()
    loaded = list(catalogs(project, documents, slice_.languages))
    examined = outcomes.examined(project, loaded, slice_.now.date())
    for (document, language, catalog), one in zip(loaded, examined, strict=True):
        try:
            made = list(pipeline.assembled(project, document, language, catalog, Drafts(project.drafts)))
        except (DocumentError, EditionError) as error:
            broken.append(error)
            continue
        outcome = outcomes.with_editions(project, one.outcome, made)
        written = tuple(file.path for file in made if file.written and not file.path.name.endswith(RECORD))
        finished.append(replace(one, outcome=outcome, written=written))
    return finished, broken


def _renamed(slice_: Slice) -> bool:
    """Say whether a document without catalogs may be one whose name was another."""
    project = slice_.project
    known = all(project.catalog(name, language).is_file() for name in slice_.paths for language in project.targets)
    return not known and bool(renames.orphans(project.locales_folder, sources.find(project.source_folder).keys()))


def _missing(slice_: Slice, options: Options, find: drafting.Find) -> dict[str, DeskError]:
    """Return the languages to which no package leads, with the error that says so."""
    missing: dict[str, DeskError] = {}
    for language in slice_.languages:
        try:
            find(slice_.project, language, options)
        except MissingPackageError as error:
            missing[language] = error
    return missing
