"""A run: extract, draft, check and assemble what is new, in slices, on all cores; what is known stays as it is.

An outcome holds as long as the settings of the desk, the document and its catalog are the bytes that it was made of,
and its editions are the bytes that were made.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import repeat
from pathlib import Path
from typing import Any

from translate import checking, drafting, pipeline
from translate.catalogs.changes import Changes
from translate.documents import sources
from translate.documents.model import Document
from translate.editions.disclosure import RECORD
from translate.editions.labels import labels
from translate.editions.policy import Drafts
from translate.engines import drafts
from translate.engines.model import Options
from translate.errors import DeskError, DocumentError, EditionError, MissingPackageError
from translate.processes import mapped, workers
from translate.project import Project
from translate.reading import catalogs, glossary, languages, rules
from translate.scale import outcomes
from translate.scale.outcomes import Finished
from translate.scale.records import Known, Outcome, Records, opened

_RECORDS = ".translate/records.sqlite"
# Memory is bounded by a slice: so many documents are in one drafting queue.
_SLICE = 1_000
# A process is worth its start for so many documents; they are handed out in such shares.
_MANY, _SHARE = 60, 20


@dataclass(frozen=True, slots=True)
class Changed:
    """What a run did to a catalog; `former` is the name of the document that it was taken over from."""

    document: str
    language: str
    change: Changes
    former: str | None = None


@dataclass(slots=True)
class Run:
    """What a run did.

    `outcomes` are those of this run, `known` those that still held; `written` are the editions that changed.
    """

    refused: list[DeskError] = field(default_factory=list)
    changes: list[Changed] = field(default_factory=list)
    drafted: int = 0
    outcomes: list[Outcome] = field(default_factory=list)
    known: list[Known] = field(default_factory=list)
    written: list[Path] = field(default_factory=list)

    @property
    def findings(self) -> int:
        """Return how many findings there are, in what is new and what is known."""
        return sum(len(one.findings) for one in self.outcomes) + sum(one.found for one in self.known)


@dataclass(frozen=True, slots=True)
class _Extracted:
    documents: tuple[Document, ...]
    refused: tuple[DeskError, ...]
    changes: tuple[Changed, ...]


def run(
    project: Project,
    only_documents: Sequence[str],
    only_languages: Sequence[str],
    options: Options,
    now: dt.datetime,
    progress: drafting.Progress,
    *,
    find: drafting.Find = drafting.route,
    details: bool = False,
) -> Run:
    """Extract, draft, check and assemble what is new; write nothing before every language has labels and terms.

    With `details`, what is known is told in full, like what is new. `find` finds engines.

    Raises:
        MissingPackageError: entries want a draft, and no package leads to their language; no catalog of the slice of
            documents that they are in was written.
        DeskError: the first of what kept an edition from being written; the others are written all the same.
    """
    done = Run()
    chosen = languages(project, only_languages)
    for language in chosen:
        labels(language, project.labels)
    found = sources.find(project.source_folder, only_documents)
    broken: list[DeskError] = []
    with opened(project.root / _RECORDS, project.root) as records:
        made_of = outcomes.settings_of(project, now.date())
        known = records.known()
        stale = []
        for document, path in found.items():
            held = [known.get((document, language)) for language in chosen]
            if all(one and outcomes.holds(records, project, one, made_of, path) for one in held):
                done.known += [one for one in held if one]
            else:
                stale.append(document)
        if not only_documents:
            records.drop(place for place in known if place[0] not in found)
        records.commit()
        work = partial(_work, project, records, made_of, chosen, options, now, progress, find)
        for at in range(0, len(stale), _SLICE):
            work({document: found[document] for document in stale[at : at + _SLICE]}, done, broken)
        if details:
            done.outcomes = [*map(records.whole, done.known), *done.outcomes]
            done.known = []
    if broken:
        raise broken[0]
    return done


def check(project: Project, only_documents: Sequence[str], only: Sequence[str], now: dt.datetime) -> Checked:
    """Return the findings of some documents: those that are known of the same bytes, and anew those that are not.

    Raises:
        CatalogError: a catalog is missing or broken.
    """
    chosen = languages(project, only)
    found = sources.find(project.source_folder, only_documents)
    with opened(project.root / _RECORDS, project.root) as records:
        made_of = outcomes.settings_of(project, now.date())
        known = records.known()
        stale = {
            document: path
            for document, path in found.items()
            if not all(
                (one := known.get((document, language))) and outcomes.is_of(records, project, one, made_of, path)
                for language in chosen
            )
        }
        # Before they are read: what is written meanwhile is another document.
        hashes = {document: records.hash(path) for document, path in stale.items()}
        documents, refused = sources.read_all(stale, rules(project))
        kept: list[Outcome] = []
        for finished in outcomes.examined(project, list(catalogs(project, documents, chosen)), now.date()):
            made = outcomes.key(made_of, hashes[finished.outcome.document], finished.catalog)
            kept.append(replace(finished.outcome, key=made))
            outcomes.note(records, finished)
        records.keep(kept)
        outcomes.consistent(project, records, kept, now.date())
        rows = [
            outcomes.read_found(row)
            for document in found
            if document not in stale or any(one.name == document for one in documents)
            for language in chosen
            for row in records.findings(document, language)
        ]
    return Checked(rows, refused)


@dataclass(frozen=True, slots=True)
class Checked:
    """Findings in the order of documents and languages, and the documents that were refused."""

    findings: list[checking.Found]
    refused: list[DeskError]


def _work(
    project: Project,
    records: Records,
    made_of: str,
    chosen: Sequence[str],
    options: Options,
    now: dt.datetime,
    progress: drafting.Progress,
    find: drafting.Find,
    paths: Mapping[str, Path],
    done: Run,
    broken: list[DeskError],
) -> None:
    """Do a slice of documents from end to end, and keep what came of it."""
    glossary(project, now.date())
    documents: list[Document] = []
    missing = _missing(project, chosen, options, find)
    for part in _shared(_extract, project, paths, chosen, now, missing):
        documents += part.documents
        done.refused += part.refused
        done.changes += part.changes
    # Whatever is reviewed is learnt, also where nothing wants a draft.
    done.drafted += drafting.draft(project, documents, chosen, options, now, progress, find)
    kept: list[Outcome] = []
    read = {document.name: paths[document.name] for document in documents}
    # Before they are read: what is written meanwhile is another document.
    hashes = {document: records.hash(path) for document, path in read.items()}
    for finished, errors in _shared(_finish, project, read, chosen, now, missing):
        broken += errors
        for one in finished:
            made = outcomes.key(made_of, hashes[one.outcome.document], one.catalog)
            kept.append(replace(one.outcome, key=made))
            done.written += one.written
            outcomes.note(records, one)
        if len(kept) >= _SHARE:
            progress("editions", len(kept), len(read) * len(chosen))
    records.keep(kept)
    done.outcomes += outcomes.consistent(project, records, kept, now.date())


def _shared(
    function: Callable[..., Any],
    project: Project,
    paths: Mapping[str, Path],
    chosen: Sequence[str],
    now: dt.datetime,
    missing: Mapping[str, DeskError],
) -> Iterable[Any]:
    """Share documents out among the cores; a few are done here."""
    names = list(paths)
    processes = workers(len(names) // _MANY)
    # Whoever looks for former names of new documents looks at all of them.
    share = _SHARE if processes > 1 else len(names) or 1
    shares = [{one: paths[one] for one in names[at : at + share]} for at in range(0, len(names), share)]
    arguments = (repeat(project), shares, repeat(chosen), repeat(now), repeat(missing))
    return mapped(function, *arguments, processes=processes)


def _extract(
    project: Project,
    paths: Mapping[str, Path],
    chosen: Sequence[str],
    now: dt.datetime,
    missing: Mapping[str, DeskError],
) -> _Extracted:
    """Bring the catalogs of some documents up to them."""
    documents, refused = sources.read_all(dict(paths), rules(project))
    extracted = pipeline.extract(project, documents, chosen, now)
    for one in extracted:
        if one.language in missing and any(map(drafts.wants_draft, one.catalog.entries)):
            raise missing[one.language]
    pipeline.save(project, extracted, now)
    changes = tuple(Changed(one.document.name, one.language, one.change, one.former) for one in extracted)
    return _Extracted(tuple(documents), tuple(refused), changes)


def _finish(
    project: Project,
    paths: Mapping[str, Path],
    chosen: Sequence[str],
    now: dt.datetime,
    missing: Mapping[str, DeskError],
) -> tuple[list[Finished], list[DeskError]]:
    """Check and assemble some documents; an edition that cannot be written holds up no other."""
    del missing
    documents, _ = sources.read_all(dict(paths), rules(project))
    finished, broken = [], list[DeskError]()
    loaded = list(catalogs(project, documents, chosen))
    for (document, language, catalog), one in zip(loaded, outcomes.examined(project, loaded, now.date()), strict=True):
        try:
            made = list(pipeline.assembled(project, document, language, catalog, Drafts(project.drafts)))
        except (DocumentError, EditionError) as error:
            broken.append(error)
            continue
        outcome = outcomes.with_editions(project, one.outcome, made)
        written = tuple(edition.path for edition in made if edition.written and not edition.path.name.endswith(RECORD))
        finished.append(replace(one, outcome=outcome, written=written))
    return finished, broken


def _missing(project: Project, chosen: Sequence[str], options: Options, find: drafting.Find) -> dict[str, DeskError]:
    """Return the languages to which no package leads, with the error that says so."""
    missing: dict[str, DeskError] = {}
    for language in chosen:
        try:
            find(project, language, options)
        except MissingPackageError as error:
            missing[language] = error
    return missing
