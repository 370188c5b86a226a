"""The outcome of a document in a language: what checks and counts say, what became of its editions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from translate import checking, pipeline
from translate.catalogs import store
from translate.catalogs.interchange.sheets import name
from translate.catalogs.provenance import fingerprint
from translate.catalogs.states import State, state
from translate.documents import sources
from translate.documents.model import Document
from translate.editions.disclosure import RECORD
from translate.project import Project
from translate.quality.checks import Finding, Severity
from translate.reading import catalogs, rules
from translate.scale.records import Outcome, Records

Loaded = tuple[Document, str, store.Catalog]


@dataclass(frozen=True, slots=True)
class Finished:
    """An outcome, the hash of the catalog as it was read, the words of each entry (hashes of both).

    `written` are the editions that this run changed.
    """

    outcome: Outcome
    catalog: str
    entries: Mapping[str, str]
    written: tuple[Path, ...]


def examined(project: Project, loaded: Sequence[Loaded], today: dt.date) -> Iterator[Finished]:
    """Yield what checks and counts say of each catalog."""
    by_place: dict[tuple[str, str], list[checking.Found]] = {}
    for one in checking.examined(project, loaded, today):
        by_place.setdefault((one.document, one.language), []).append(one)
    for document, language, catalog in loaded:
        found = by_place.get((document.name, language), [])
        told = pipeline.counted(document, language, catalog)
        outcome = Outcome(
            document.name,
            language,
            "",
            told.states,
            told.segments,
            told.words,
            [asdict(one) for one in found],
            sum(one.is_error for one in found),
        )
        entries = {
            name(store.key(entry)): fingerprint(entry.msgstr)
            for entry in catalog.entries
            if state(entry) in (State.DRAFT, State.REVIEWED)
        }
        yield Finished(outcome, catalog.read_hash, entries, ())


def with_editions(project: Project, outcome: Outcome, made: Sequence[pipeline.Assembled]) -> Outcome:
    """Return an outcome with what is to be told of its editions, and the files that were written."""
    rows = [pipeline.told(project, one) for one in made if not one.path.name.endswith(RECORD)]
    return replace(outcome, editions=rows, outputs={project.shown(one.path): one.hash for one in made})


def note(records: Records, finished: Finished) -> None:
    """Keep which words each entry has; where a text is now translated otherwise than before, others are looked at."""
    one = finished.outcome
    for entry in records.translated(one.document, one.language, finished.entries):
        for document in records.holders(one.language, entry):
            if document != one.document:
                records.look_again(document, one.language)


def consistent(project: Project, records: Records, kept: Sequence[Outcome], today: dt.date) -> list[Outcome]:
    """Look again at what has other words elsewhere at the desk, beside the documents that have them."""
    rivals = [records.rivals(one.document, one.language) - {one.document} for one in kept]
    if not any(rivals):
        return list(kept)
    made, found = [], sources.find(project.source_folder)
    for one, others in zip(kept, rivals, strict=True):
        if others:
            wanted = {name_: found[name_] for name_ in (one.document, *sorted(others)) if name_ in found}
            documents, _ = sources.read_all(wanted, rules(project))
            loaded = list(catalogs(project, documents, [one.language]))
            again = (finished.outcome for finished in examined(project, loaded, today))
            same = next((other for other in again if other.document == one.document), one)
            one = replace(one, findings=same.findings, errors=same.errors)
            records.keep([one])
        made.append(one)
    return made


def read_found(row: Mapping[str, Any]) -> checking.Found:
    """Return a finding as it was kept."""
    finding = row["finding"]
    return checking.Found(**{**row, "finding": Finding(**{**finding, "severity": Severity(finding["severity"])})})
