"""The verbs of the desk as functions over a Project: extract, assemble, status, queue."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from translate import checking
from translate.catalogs import header, merge, renames, store, templates
from translate.catalogs.changes import Changes
from translate.catalogs.states import State, state
from translate.catalogs.units import Unit, units, words
from translate.documents import sources
from translate.documents.formats import Rewriting, formats, settings_of
from translate.documents.model import Document
from translate.editions import edition as editions
from translate.editions import own
from translate.editions.disclosure import RECORD, record
from translate.editions.gate import Held
from translate.editions.policy import Drafts
from translate.editions.targets import proven, targets
from translate.errors import DeskError, DocumentError, EditionError
from translate.files import digest, write_if_changed
from translate.project import Project
from translate.quality import risk
from translate.reading import catalogs, languages, splitter


@dataclass(slots=True)
class Extracted:
    """A catalog brought up to its source; `former` is the name of the document it was taken over from.

    `orphan` is the name under which the texts of the document were known, whether catalogs are left under it or not.
    """

    document: Document
    language: str
    catalog: store.Catalog
    change: Changes
    units: tuple[Unit, ...]
    former: str | None = None
    former_hash: str = ""
    orphan: str | None = None


@dataclass(frozen=True, slots=True)
class Assembled:
    """A file of an edition on disk: its SHA-256, and whether this run changed it."""

    document: str
    language: str
    path: Path
    hash: str
    written: bool
    notices: tuple[str, ...]
    held: tuple[Held, ...]


def told(project: Project, one: Assembled) -> dict[str, Any]:
    """Return what there is to say of a file of an edition, for JSON and for records."""
    held = [{"line": held.line, "state": str(held.state), "text": held.text} for held in one.held]
    return {"path": project.shown(one.path), "notices": list(one.notices), "held": held}


@dataclass(frozen=True, slots=True)
class Status:
    """How far a document is in a language; `words` are the source's."""

    document: str
    language: str
    segments: int
    words: int
    states: Mapping[str, int]


def extract(project: Project, documents: Sequence[Document], only: Sequence[str], now: dt.datetime) -> list[Extracted]:
    """Bring the catalogs of some documents up to their sources, in memory; `save` writes them."""
    orphaned: dict[str, frozenset[str]] | None = None
    made = []
    for document in documents:
        found = units(document)
        former = None
        needed = [project.catalog(document.name, language) for language in project.targets]
        # A run that was killed while it moved them has moved the template last.
        if not all(path.is_file() for path in (*needed, project.template(document.name))):
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
            made.append(Extracted(document, language, catalog, change, found, taken, taken_hash, former))
    return made


def save(project: Project, extracted: Sequence[Extracted], now: dt.datetime) -> list[Path]:
    """Write templates and catalogs that changed; return the paths that were written.

    Raises:
        CatalogError: somebody else wrote a catalog since it was read; theirs is kept.
    """
    for one in extracted:
        if one.former:
            store.unchanged(project.catalog(one.former, one.language), one.former_hash)
    for one in extracted:
        # Where two documents take it over, it moves to the first, and the other has a copy.
        if one.former and (former := project.catalog(one.former, one.language)).is_file():
            # A catalog is under one name at any moment, with all that people wrote.
            one.catalog.path.parent.mkdir(parents=True, exist_ok=True)
            former.rename(one.catalog.path)
            one.catalog.read_hash = one.former_hash
    for name, orphan in {one.document.name: one.orphan for one in extracted if one.orphan}.items():
        old, new = project.template(orphan), project.template(name)
        if old.is_file() and not any(project.catalog(orphan, language).is_file() for language in project.targets):
            new.parent.mkdir(parents=True, exist_ok=True)
            old.rename(new)
    written = [one.catalog.path for one in extracted if store.save(one.catalog)]
    one_each = {one.document.name: one for one in extracted}.values()
    for one in one_each:
        path, source = project.template(one.document.name), project.shown(one.document.path)
        stamp = header.template_header(one.document.name, project.source, now)
        written += [path] if templates.save(path, one.units, source, stamp) else []
    return written


def assemble(project: Project, documents: Sequence[Document], only: Sequence[str], policy: Drafts) -> list[Assembled]:
    """Assemble the editions of some documents; each is proven before it replaces the old file.

    Raises:
        DeskError: the first of what kept an edition from being written; the others are written all the same.
    """
    made: list[Assembled] = []
    broken: DeskError | None = None
    for document, language, catalog in catalogs(project, documents, only):
        try:
            files = assembled(project, document, language, catalog, policy)
            # The record of how texts came to be tells of the editions beside it; it is none itself.
            made += [one for one in files if not one.path.name.endswith(RECORD)]
        except (DocumentError, EditionError) as error:
            broken = broken or error
    if broken:
        raise broken
    return made


def assembled(
    project: Project, document: Document, language: str, catalog: store.Catalog, policy: Drafts
) -> Iterator[Assembled]:
    """Write the editions of a document in one language, each proven before it replaces the old file, and their record.

    Raises:
        DeskError: an edition would not say what its catalog says; the old file stays.
    """
    for one in rendered(project, document, language, catalog, policy):
        path = project.edition(document.name, language, one.suffix)
        written = write_if_changed(path, one.data)
        yield Assembled(document.name, language, path, digest(one.data), written, one.notices, one.held)


@dataclass(frozen=True, slots=True)
class Rendered:
    """A file of an edition, proven; `suffix` is how its name ends."""

    suffix: str
    data: bytes
    notices: tuple[str, ...] = ()
    held: tuple[Held, ...] = ()


def rendered(
    project: Project, document: Document, language: str, catalog: store.Catalog, policy: Drafts
) -> Iterator[Rendered]:
    """Yield the files of a document's edition: in its own format, and in those the desk wants; last, its record."""
    format_ = formats()[document.format]
    own_labels, disclose, house = project.labels, project.disclosure, project.typography
    wanted, told = [targets()[name] for name in project.editions], None
    if isinstance(format_, Rewriting):
        settings = settings_of(format_, project.formats)
        one = own.assemble(document, catalog, language, policy, own_labels, format_, settings, disclose, house)
        yield Rendered(document.path.suffix, one.data, one.notices, one.held)
        # A target of the same suffix is the document's own edition, with its layout.
        others = (targets()[name] for name in project.also)
        wanted, told = [target for target in others if target.suffix != document.path.suffix], one.disclosure
    if wanted:
        edition = editions.assemble(document, catalog, language, policy, own_labels, disclose, house)
        for target in wanted:
            where = project.shown(project.edition(document.name, language, target.suffix))
            yield Rendered(target.suffix, proven(target, edition, where), edition.notices, edition.held)
        told = told or edition.disclosure
    if told:
        yield Rendered(RECORD, record(told))


def counted(document: Document, language: str, catalog: store.Catalog | None) -> Status:
    """Count the segments, words and states of a document in a language; None is a catalog that is not there yet."""
    found = units(document)
    counts = dict.fromkeys(map(str, State), 0)
    for unit in found:
        entry = catalog.get(unit.key) if catalog else None
        counts[state(entry) if entry is not None else State.UNTRANSLATED] += 1
    return Status(document.name, language, len(found), words([unit.text for unit in found]), counts)


def queue(project: Project, documents: Sequence[Document], only: Sequence[str], today: dt.date) -> list[risk.Waiting]:
    """Return what waits for a person in some documents, the most risky first; what has no catalog yet waits too.

    What the checks say of an entry lowers its confidence; `today` is for terms.
    """
    targets_, weights = languages(project, only), project.weights
    begun = [one for one in documents if all(project.catalog(one.name, to).is_file() for to in targets_)]
    said = checking.worst(checking.check(project, begun, only, today))
    return risk.ordered(
        waiting
        for document in documents
        for found in [units(document)]
        for language in targets_
        for catalog in [store.load(project.catalog(document.name, language))]
        for findings in [said.get((document.name, language), {})]
        for waiting in risk.queue(document.name, language, catalog, found, weights, findings)
    )
