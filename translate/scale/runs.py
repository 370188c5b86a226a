"""A run: extract, draft, check and assemble what is new, in slices; what is known stays as it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from translate.documents import sources
from translate.editions.labels import labels
from translate.errors import DeskError
from translate.project import Project
from translate.reading import languages, rules
from translate.scale.plan import plan
from translate.scale.records import Known, Outcome, glanced, opened

if TYPE_CHECKING:
    from translate.catalogs.changes import Changes
    from translate.checking import Found
    from translate.drafting import Find, Progress
    from translate.engines.model import Options
    from translate.pipeline import Status
    from translate.scale.slices import Crew

_RECORDS = "records.sqlite"
# Memory is bounded by a slice: so many documents are in one drafting queue.
_SLICE = 1_000


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

    `outcomes` are those of this run, `known` those that still held; `written` are the editions that changed. `broken`
    is what kept editions from being written.
    """

    refused: list[DeskError] = field(default_factory=list)
    changes: list[Changed] = field(default_factory=list)
    drafted: int = 0
    outcomes: list[Outcome] = field(default_factory=list)
    known: list[Known] = field(default_factory=list)
    written: list[Path] = field(default_factory=list)
    broken: list[DeskError] = field(default_factory=list)

    @property
    def findings(self) -> int:
        """Return how many findings there are, in what is new and what is known."""
        return sum(len(one.findings) for one in self.outcomes) + sum(one.found for one in self.known)


@dataclass(frozen=True, slots=True)
class Checked:
    """Findings in the order of documents and languages, and the documents that were refused."""

    findings: list[Found]
    refused: list[DeskError]


@dataclass(frozen=True, slots=True)
class Standing:
    """How far documents are, in the order of documents and languages, and the documents that were refused."""

    rows: list[Status | Known]
    refused: list[DeskError]


def run(
    project: Project,
    only_documents: Sequence[str],
    only_languages: Sequence[str],
    options: Options,
    now: dt.datetime,
    progress: Progress,
    *,
    find: Find | None = None,
    details: bool = False,
    crew: Crew | None = None,
) -> Run:
    """Extract, draft, check and assemble what is new; write nothing before every language has labels and terms.

    With `details`, what is known is told in full, like what is new. `find` finds engines, if not the usual ones; `crew`
    does the work, if not the cores of this machine.

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
    with opened(project.local_folder / _RECORDS) as records:
        wanted = plan(project, records, found, chosen, now.date())
        done.known += wanted.known
        if not only_documents:
            records.drop_others(found)
        records.commit()
        names = list(wanted.stale)
        for at in range(0, len(names), _SLICE):
            # Most runs have nothing to do, and need none of what this imports.
            from translate.scale.slices import Slice, work

            paths = {name: wanted.stale[name] for name in names[at : at + _SLICE]}
            work(Slice(project, paths, chosen, now), records, wanted.made_of, options, progress, find, done, crew)
        if details:
            done.outcomes = [*map(records.whole, done.known), *done.outcomes]
            done.known = []
    if done.broken:
        raise done.broken[0]
    return done


def check(project: Project, only_documents: Sequence[str], only: Sequence[str], now: dt.datetime) -> Checked:
    """Return the findings of some documents: those that are known of the same bytes, and anew those that are not.

    Raises:
        CatalogError: a catalog is missing or broken.
    """
    from translate.scale.outcomes import read_found
    from translate.scale.slices import Slice, examine

    chosen = languages(project, only)
    found = sources.find(project.source_folder, only_documents)
    with opened(project.local_folder / _RECORDS) as records:
        wanted = plan(project, records, found, chosen, now.date(), editions=False)
        refused = examine(Slice(project, wanted.stale, chosen, now), records, wanted.made_of)
        rows = (
            row
            for name in found
            if name not in refused
            for language in chosen
            for row in records.findings(name, language)
        )
        return Checked(list(map(read_found, rows)), list(refused.values()))


def status(project: Project, only_documents: Sequence[str], only: Sequence[str], now: dt.datetime) -> Standing:
    """Count segments, words and states: as they are known of the same bytes, and anew where they are not.

    It writes nothing, so that whoever may only read a desk can ask.
    """
    chosen = languages(project, only)
    found = sources.find(project.source_folder, only_documents)
    with glanced(project.local_folder / _RECORDS) as records:
        wanted = plan(project, records, found, chosen, now.date(), editions=False)
    rows: dict[tuple[str, str], Status | Known] = {(one.document, one.language): one for one in wanted.known}
    refused: list[DeskError] = []
    if wanted.stale:
        from translate.catalogs import store
        from translate.pipeline import counted

        read, refused = sources.read_all(wanted.stale, rules(project))
        for document in read:
            for language in chosen:
                catalog = store.load(project.catalog(document.name, language))
                rows[document.name, language] = counted(document, language, catalog)
    order = ((name, language) for name in found for language in chosen)
    return Standing([rows[place] for place in order if place in rows], refused)
