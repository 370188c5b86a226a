"""The verbs of the desk as functions over a Project: extract, draft, check, assemble, and run, which is all of them."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from translate.catalogs import header, merge, renames, store, templates
from translate.catalogs.changes import Changes
from translate.catalogs.states import State, state
from translate.catalogs.units import Unit, units, words
from translate.documents import sources
from translate.documents.formats import Rewriting, formats, settings_of
from translate.documents.model import Document
from translate.editions import edition as editions
from translate.editions import own
from translate.editions.gate import Drafts, Held
from translate.editions.labels import labels
from translate.editions.targets import proven, targets
from translate.engines import casing, drafts, queue
from translate.engines.model import Engine, Options, router
from translate.errors import CatalogError, DeskError, DocumentError, EditionError
from translate.files import write_if_changed
from translate.project import Project
from translate.quality import evaluation, postediting
from translate.quality.checks import Finding, Pair, Severity, examine
from translate.reading import languages, read, splitter

# Drafts are saved this often (seconds); an interruption loses no more than that.
_SAVE_EVERY = 5.0

#: Told what is going on, how much of it is done, of how much.
Progress = Callable[[str, int, int], None]


@dataclass(slots=True)
class Extracted:
    """A catalog brought up to its source; `former` is the name of the document it was taken over from."""

    document: Document
    language: str
    catalog: store.Catalog
    change: Changes
    units: tuple[Unit, ...]
    former: str | None = None
    former_hash: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A finding and the entry it is about."""

    document: str
    language: str
    line: int
    source: str
    translation: str
    finding: Finding


@dataclass(frozen=True, slots=True)
class Assembled:
    """An edition on disk; `written` says whether this run changed it."""

    document: str
    language: str
    path: Path
    written: bool
    notices: tuple[str, ...]
    held: tuple[Held, ...]


@dataclass(frozen=True, slots=True)
class Status:
    """How far a document is in a language; `words` are the source's."""

    document: str
    language: str
    segments: int
    words: int
    states: dict[State, int]


@dataclass(slots=True)
class Run:
    """What a run did."""

    refused: tuple[DeskError, ...] = ()
    changes: list[Extracted] = field(default_factory=list)
    drafted: int = 0
    findings: list[Found] = field(default_factory=list)
    editions: list[Assembled] = field(default_factory=list)
    status: list[Status] = field(default_factory=list)


def extract(project: Project, documents: Sequence[Document], only: Sequence[str], now: dt.datetime) -> list[Extracted]:
    """Bring the catalogs of some documents up to their sources, in memory; `save` writes them."""
    orphaned: dict[str, frozenset[str]] | None = None
    made = []
    for document in documents:
        found = units(document)
        former = None
        if not all(project.catalog(document.name, language).is_file() for language in project.targets):
            if orphaned is None:
                orphaned = renames.orphans(project.locales_folder, sources.find(project.source_folder).keys())
            former = renames.former_name(orphaned, (unit.text for unit in found))
        source = project.shown(document.path)
        for language in languages(project, only):
            path = project.catalog(document.name, language)
            catalog, taken, taken_hash = store.load(path), None, ""
            if catalog is None and former:
                catalog = store.load(project.catalog(former, language))
                if catalog:
                    taken_hash = catalog.read_hash
                    catalog.path, catalog.read_hash, catalog.read_digest, taken = path, "", "", former
            catalog = catalog or merge.create(path, document.name, project.source, language, now)
            merge.complete(catalog, document.name, project.source, language, now)
            splits = splitter(project, language)
            catalog, change = merge.merge(catalog, found, source, now, language=project.source, splitter=splits)
            made.append(Extracted(document, language, catalog, change, found, taken, taken_hash))
    return made


def save(project: Project, extracted: Sequence[Extracted], now: dt.datetime) -> list[Path]:
    """Write templates and catalogs that changed; return the paths that were written.

    Raises:
        CatalogError: somebody else wrote a catalog since it was read; theirs is kept.
    """
    for one in extracted:
        if one.former:
            store.unchanged(project.catalog(one.former, one.language), one.former_hash)
    written = [one.catalog.path for one in extracted if store.save(one.catalog)]
    one_each = {one.document.name: one for one in extracted}.values()
    for one in one_each:
        path, source = project.template(one.document.name), project.shown(one.document.path)
        stamp = header.template_header(one.document.name, project.source, now)
        written += [path] if templates.save(path, one.units, source, stamp) else []
    for one in extracted:
        if one.former:
            # The new catalogs are on disk; only now the old ones may go.
            project.catalog(one.former, one.language).unlink(missing_ok=True)
            if not any(project.catalog(one.former, other).is_file() for other in project.targets):
                project.template(one.former).unlink(missing_ok=True)
    return written


def draft(
    project: Project,
    documents: Sequence[Document],
    only: Sequence[str],
    options: Options,
    now: dt.datetime,
    progress: Progress,
) -> int:
    """Draft every untranslated entry of some documents, all of a language in one queue; return how many.

    Drafts are saved as they are made. An entry that a person filled meanwhile is left alone.
    """
    count = 0
    spellings = _spellings(documents)
    for language in languages(project, only):
        catalogs = [catalog for _, _, catalog in _catalogs(project, documents, [language])]
        requests = [request for catalog in catalogs for request in drafts.pending(catalog)]
        if not requests:
            continue
        engines = route(project, language, options)
        made: list[queue.Draft] = []
        saved = time.monotonic()
        coming = queue.draft(
            requests,
            engines,
            [splitter(project, engine.source) for engine in engines],
            spellings=spellings,
            known=known_english(project, documents) if len(engines) > 1 else {},
            progress=partial(progress, f"drafting {language}"),
        )
        try:
            for one in coming:
                made.append(one)
                if time.monotonic() - saved > _SAVE_EVERY:
                    count += drafts.save(made, now)
                    made, saved = [], time.monotonic()
        finally:
            count += drafts.save(made, now)
    return count


def known_english(project: Project, documents: Sequence[Document]) -> dict[str, str]:
    """Return the English a pivot may start from: what the English catalogs hold, reviewed text before drafts."""
    english = next((target for target in project.targets if target.split("-")[0] == "en"), None)
    if english is None:
        return {}
    loaded = (store.load(project.catalog(document.name, english)) for document in documents)
    return drafts.known(catalog for catalog in loaded if catalog)


def route(project: Project, language: str, options: Options) -> tuple[Engine, ...]:
    """Return the engines from the desk's source language to a target."""
    return router(project.engine)(project.source, language, options)


def check(project: Project, documents: Sequence[Document], only: Sequence[str]) -> list[Found]:
    """Examine every translation of some documents."""
    return [
        Found(document.name, language, unit.lines[0], unit.text, entry.msgstr, finding)
        for document, language, catalog in _catalogs(project, documents, only)
        for unit in units(document)
        if (entry := catalog.get(unit.key)) is not None
        for finding in examine(Pair(unit.text, entry.msgstr, state(entry), unit.limit))
    ]


def assemble(project: Project, documents: Sequence[Document], only: Sequence[str], policy: Drafts) -> list[Assembled]:
    """Assemble the editions of some documents; each is proven before it replaces the old file.

    Raises:
        DeskError: the first of what kept an edition from being written; the others are written all the same.
    """
    made: list[Assembled] = []
    broken: DeskError | None = None
    for document, language, catalog in _catalogs(project, documents, only):
        try:
            made += _assembled(project, document, language, catalog, policy)
        except (DocumentError, EditionError) as error:
            broken = broken or error
    if broken:
        raise broken
    return made


def _assembled(
    project: Project, document: Document, language: str, catalog: store.Catalog, policy: Drafts
) -> Iterator[Assembled]:
    """Write the editions of a document in one language: in its own format, or in those that the desk wants."""
    format_ = formats()[document.format]
    if isinstance(format_, Rewriting):
        settings = settings_of(format_, project.formats)
        one = own.assemble(document, catalog, language, policy, project.labels, format_, settings)
        path = project.edition(document.name, language, document.path.suffix)
        written = write_if_changed(path, one.data)
        yield Assembled(document.name, language, path, written, one.notices, one.held)
        return
    edition = editions.assemble(document, catalog, language, policy, project.labels)
    for name in project.editions:
        target = targets()[name]
        path = project.edition(document.name, language, target.suffix)
        written = write_if_changed(path, proven(target, edition, project.shown(path)))
        yield Assembled(document.name, language, path, written, edition.notices, edition.held)


def status(project: Project, documents: Sequence[Document], only: Sequence[str]) -> list[Status]:
    """Count segments, words and states; what has no catalog yet is untranslated."""
    rows = []
    for document in documents:
        found = units(document)
        for language in languages(project, only):
            catalog = store.load(project.catalog(document.name, language))
            counts = dict.fromkeys(State, 0)
            for unit in found:
                entry = catalog.get(unit.key) if catalog else None
                counts[state(entry) if entry is not None else State.UNTRANSLATED] += 1
            rows.append(Status(document.name, language, len(found), words([u.text for u in found]), counts))
    return rows


def run(
    project: Project,
    only_documents: Sequence[str],
    only_languages: Sequence[str],
    options: Options,
    now: dt.datetime,
    progress: Progress,
) -> Run:
    """Extract, draft, check and assemble; write nothing before every language is known to have labels and an engine."""
    reading = read(project, only_documents)
    documents = reading.documents
    extracted = extract(project, documents, only_languages, now)
    for language in languages(project, only_languages):
        labels(language, project.labels)
        if any(drafts.wants_draft(e) for one in extracted if one.language == language for e in one.catalog.entries):
            route(project, language, options)
    save(project, extracted, now)
    drafted = draft(project, documents, only_languages, options, now, progress)
    return Run(
        reading.refused,
        extracted,
        drafted,
        check(project, documents, only_languages),
        assemble(project, documents, only_languages, Drafts(project.drafts)),
        status(project, documents, only_languages),
    )


def evaluate(
    project: Project, documents: Sequence[Document], only: Sequence[str], options: Options, progress: Progress
) -> list[postediting.Evaluation]:
    """Draft what is reviewed once more, and compare; languages without a reviewed entry are left out."""
    made = []
    spellings = _spellings(documents)
    for language in languages(project, only):
        catalogs = (catalog for _, _, catalog in _catalogs(project, documents, [language]))
        entries = postediting.reviewed(entry for catalog in catalogs for entry in catalog.entries)
        if entries:
            engines = route(project, language, options)
            splitters = [splitter(project, engine.source) for engine in engines]
            told = partial(progress, f"drafting {language}")
            texts = [entry.source for entry in entries]
            drafted = evaluation.draft(texts, engines, splitters, spellings=spellings, progress=told)
            made.append(postediting.Evaluation(language, entries, drafted))
    return made


def errors(found: Sequence[Found]) -> list[Found]:
    """Return the findings that are surely wrong."""
    return [one for one in found if one.finding.severity is Severity.ERROR]


def _spellings(documents: Sequence[Document]) -> dict[str, str]:
    return casing.spellings(segment.text for document in documents for segment in document.segments)


def _catalogs(
    project: Project, documents: Sequence[Document], only: Sequence[str]
) -> Iterator[tuple[Document, str, store.Catalog]]:
    """Yield the catalogs of some documents; one that is missing is an error that names the verb that makes it."""
    for document in documents:
        for language in languages(project, only):
            catalog = store.load(project.catalog(document.name, language))
            if catalog is None:
                raise CatalogError(
                    "there is no such catalog yet",
                    where=project.shown(project.catalog(document.name, language)),
                    remedy=f"Make it with: translate extract {document.name}",
                )
            yield document, language, catalog
