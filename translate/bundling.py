"""Bundles: a story to hand over, with all its editions that may leave."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from translate import pipeline
from translate.catalogs.store import Catalog
from translate.documents import sources
from translate.documents.model import Document
from translate.editions import bundle, journal
from translate.editions.archive import packed
from translate.editions.journal import Journal
from translate.errors import DeskError
from translate.files import sweep, write_if_changed
from translate.project import Project
from translate.releasing import Desk, Outcome, batches, everything, gates


def bundles(
    project: Project, only: Sequence[str], languages: Sequence[str], folder: Path, now: dt.datetime, *, zipped: bool
) -> tuple[list[Path], list[Outcome], list[DeskError]]:
    """Write a bundle of each story with the editions that the gate lets out.

    Returns:
        The paths of the bundles, what closes the gate for each edition, and the documents that were refused.
    """
    desk = Desk(project, now)
    chosen = [language for language in desk.chosen(languages) if language != project.source]
    log = journal.load(desk.log)
    written: list[Path] = []
    outcomes: list[Outcome] = []
    refused: list[DeskError] = []
    for part in batches(list(sources.find(project.source_folder, only).items())):
        documents, broken = sources.read_all(dict(part), desk.reads)
        refused += broken
        files: dict[str, dict[str, bytes]] = {}
        for one in gates(desk, documents, everything(documents, chosen)):
            name = one.document.name
            outcomes.append(Outcome(name, one.language, None, one.closed))
            if one.catalog and not one.closed:
                files.setdefault(name, {}).update(_files(desk, one.document, one.language, one.catalog, log))
        for document in documents:
            if held := files.get(document.name):
                held[f"source/{document.path.name}"] = document.path.read_bytes()
                written.append(_write(folder / document.name, bundle.listed(held), zipped=zipped))
    return written, outcomes, refused


def _write(place: Path, files: Mapping[str, bytes], *, zipped: bool) -> Path:
    if zipped:
        path = place.with_name(f"{place.name}.zip")
        sweep(path.parent)
        inside = {f"{place.name}/{name}": data for name, data in files.items()}
        write_if_changed(path, packed(inside, compressed=False))
        return path
    for there in {(place / name).parent for name in files}:
        sweep(there)
    for name, data in files.items():
        write_if_changed(place / name, data)
    return place


def _files(
    desk: Desk, document: Document, language: str, catalog: Catalog, log: Journal
) -> Iterator[tuple[str, bytes]]:
    """Yield the files of an edition: every target, the record, the catalog, what the log says."""
    name = catalog.path.stem
    for one in pipeline.rendered(desk.project, document, language, catalog, desk.release.drafts):
        yield f"{language}/{name}{one.suffix}", one.data
    yield f"catalogs/{language}.po", catalog.path.read_bytes()
    if rows := log.of(document.name, language):
        lines = (json.dumps(asdict(row), ensure_ascii=False) + "\n" for row in rows)
        yield f"{language}/{journal.FILE}", "".join(lines).encode()
