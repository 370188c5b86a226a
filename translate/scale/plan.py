"""What is to be done: the documents whose outcomes do not hold any more.

This is all that a run with nothing to do needs to know, so nothing heavy is imported here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from translate.files import digest
from translate.project import Project
from translate.reading import glossary, settings_hash
from translate.scale.records import Known, Records


@dataclass(frozen=True, slots=True)
class Plan:
    """The documents to be done, and the outcomes that hold; `made_of` is a hash of the settings."""

    made_of: str
    stale: Mapping[str, Path]
    known: tuple[Known, ...]


def plan(
    project: Project,
    records: Records,
    found: Mapping[str, Path],
    languages: Sequence[str],
    today: dt.date,
    *,
    editions: bool = True,
) -> Plan:
    """Tell, of some documents, those to be done from those that are known; without `editions`, these do not matter."""
    made_of = settings_of(project, today)
    kept = records.known()
    stale: dict[str, Path] = {}
    known: list[Known] = []
    still = holds if editions else is_of
    for document, path in found.items():
        held = [kept.get((document, language)) for language in languages]
        if all(one and still(records, project, one, made_of, path) for one in held):
            known += [one for one in held if one]
        else:
            stale[document] = path
    return Plan(made_of, stale, tuple(known))


def key(settings: str, document: str, catalog: str) -> str:
    """Return a hash of the hashes of all that an outcome is made of."""
    return digest(f"{settings} {document} {catalog}".encode())


def is_of(records: Records, project: Project, one: Known, made_of: str, path: Path) -> bool:
    """Say whether an outcome is of the settings, the document and the catalog as they are now."""
    return one.key == key(made_of, records.hash(path), records.hash(project.catalog(one.document, one.language)))


def holds(records: Records, project: Project, one: Known, made_of: str, path: Path) -> bool:
    """Say whether an outcome is still that of these bytes, and what was written then is there as it was."""
    return (
        one.outputs is not None
        and is_of(records, project, one, made_of, path)
        and project.template(one.document).is_file()
        and all(records.hash(project.root / shown) == hash_ for shown, hash_ in one.outputs.items())
    )


def settings_of(project: Project, today: dt.date) -> str:
    """Return a hash of all that may change an outcome beside its document and its catalog."""
    dated = any(term.since or term.until for term in glossary(project, None).terms)
    return digest(f"{settings_hash(project)} {today if dated else ''}".encode())
