"""Publishing: what the gate lets out is kept, logged and built into the site; what would change for readers."""

from __future__ import annotations

import datetime as dt
import difflib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from translate.documents import sources
from translate.editions import journal
from translate.editions.journal import Journal, Row, What
from translate.editions.labels import labels
from translate.editions.publication import Publication
from translate.editions.site import build as building
from translate.editions.site import pages, story
from translate.errors import DeskError, ProjectError, UsageError
from translate.files import digest, write_atomic, write_if_changed
from translate.project import Project
from translate.releasing import Candidate, Desk, Outcome, batches, everything, gates, made, shared_out

_SITE = "site"
_MADE = "site.json"
_SEEN = "published.json"


@dataclass(slots=True)
class Published:
    """What a run of `publish` did; `touched` are the site's files that were written or removed."""

    outcomes: list[Outcome] = field(default_factory=list)
    refused: list[DeskError] = field(default_factory=list)
    unchanged: int = 0
    touched: list[Path] = field(default_factory=list)

    @property
    def closed(self) -> list[Outcome]:
        """Return the editions that the gate holds."""
        return [one for one in self.outcomes if one.closed]


@dataclass(frozen=True, slots=True)
class Difference:
    """What a reader of a published page would find changed; `closed` says that the gate would not let it out."""

    document: str
    language: str
    published: bool
    closed: bool
    changes: tuple[tuple[str, str], ...]


def publish(
    project: Project,
    only: Sequence[str],
    languages: Sequence[str],
    now: dt.datetime,
    *,
    correction: bool = False,
    dry: bool = False,
) -> Published:
    """Publish what the gate lets out, and bring the site up to it; a dry run only says what would happen.

    Raises:
        ProjectError: translate.toml does not say where the site will be, or its own words for a language are missing.
    """
    desk = Desk(project, now)
    for language in desk.languages:
        labels(language, project.labels, site=True)
    if not project.publish.url and not dry:
        raise ProjectError(
            "publish.url: is missing",
            where="translate.toml",
            remedy='Say where the site will be, in a table [publish]: url = "https://news.example.org/"',
        )
    log = journal.load(desk.log)
    chosen = desk.chosen(languages)
    seen = _seen(project)
    done = Published()
    rows = len(log.rows)
    found = sources.find(project.source_folder, only)
    wanted = _wanted(desk, found, chosen, log, seen, done)
    names = list(dict.fromkeys(name for name, _ in wanted))
    parts = [
        ({name: found[name] for name in part}, {(name, to) for name in part for to in chosen} & wanted.keys())
        for part in batches(names)
    ]
    try:
        for some, refused in shared_out(project, now, parts):
            done.refused += refused
            for one in some:
                _publish(desk, one, wanted[one.document, one.language], log, seen, done, correction=correction, dry=dry)
    finally:
        # What was published before an interruption or an error was published.
        if not dry and len(log.rows) > rows:
            journal.save(desk.log, log)
    if not dry:
        done.touched = _build(desk, log, seen)
    return done


def withdraw(project: Project, documents: Sequence[str], languages: Sequence[str], now: dt.datetime) -> Published:
    """Take published stories off the site; the log keeps that they were there.

    Raises:
        UsageError: one of them is not published; then none is withdrawn.
    """
    desk = Desk(project, now)
    log = journal.load(desk.log)
    chosen, seen = desk.chosen(languages), _seen(project)
    out = set(log.out())
    wanted = {document: [to for to in chosen if (document, to) in out] for document in documents}
    for document, there in wanted.items():
        if not there:
            # What a run that was killed has withdrawn may still be on the site.
            _build(desk, log, seen)
            raise UsageError(
                f"{document!r} is not published",
                where="--withdraw",
                remedy=f"{project.shown(desk.log)} says what was published, and withdrawn. Nothing was withdrawn now.",
            )
    done = Published()
    for document, there in wanted.items():
        for language in there:
            log.add(Row(now.isoformat(timespec="seconds"), What.WITHDRAWN, document, language))
            done.outcomes.append(Outcome(document, language, What.WITHDRAWN))
    journal.save(desk.log, log)
    done.touched = _build(desk, log, seen)
    return done


def differences(
    project: Project, only: Sequence[str], languages: Sequence[str], now: dt.datetime
) -> tuple[list[Difference], list[DeskError]]:
    """Return what readers would find changed in each published or new edition that is not as its page has it.

    Of documents that were refused nobody knows; they are returned as errors.
    """
    desk = Desk(project, now)
    out = set(journal.load(desk.log).out())
    found: list[Difference] = []
    refused: list[DeskError] = []
    for part in batches(list(sources.find(project.source_folder, only).items())):
        documents, broken = sources.read_all(dict(part), desk.reads)
        refused += broken
        for one in gates(desk, documents, everything(documents, desk.chosen(languages))):
            if one.catalog is None and one.closed:
                continue
            name, there = one.document.name, (one.document.name, one.language) in out
            before = desk.published(name, one.language).reads if there else []
            if changes := tuple(_changes(before, made(desk, one).reads)):
                found.append(Difference(name, one.language, there, bool(one.closed), changes))
    return found, refused


@dataclass(frozen=True, slots=True)
class _Wanted:
    """An edition to be looked at: the sums of its document, of its catalog, and of all that matters."""

    source: str
    catalog: str
    key: str


def _wanted(
    desk: Desk,
    found: Mapping[str, Path],
    languages: Sequence[str],
    log: Journal,
    seen: Mapping[str, str],
    done: Published,
) -> dict[tuple[str, str], _Wanted]:
    """Return the editions of which something has changed since they were published, or that never were."""
    wanted = {}
    for name, path in found.items():
        source = digest(path.read_bytes())
        for language in languages:
            catalog = _catalog_sum(desk, name, language)
            key = digest(f"{desk.settings} {source} {catalog}".encode())
            rows = log.of(name, language)
            if rows and rows[-1].what is not What.STALE and seen.get(story.path(name, language)) == key:
                done.unchanged += 1
            else:
                wanted[name, language] = _Wanted(source, catalog, key)
    return wanted


def _publish(
    desk: Desk,
    one: Candidate,
    wanted: _Wanted,
    log: Journal,
    seen: dict[str, str],
    done: Published,
    *,
    correction: bool,
    dry: bool,
) -> None:
    """Publish an edition, unless the gate is closed; add a row to the log, and to what was done."""
    rows = log.of(one.document, one.language)
    row = Row(desk.now.isoformat(timespec="seconds"), What.STALE, one.document, one.language, source=wanted.source)
    what: What | None = None
    if one.made is None:
        # The page stays as it was, and says that its source has moved on.
        if rows and rows[-1].what is not What.STALE and _moved(rows, wanted.source):
            what = What.STALE
    else:
        data = one.made.data()
        row = replace(row, edition=digest(data), catalog=wanted.catalog)
        what = _what(desk, rows, row.edition, one.made, correction=correction)
        if not dry:
            write_if_changed(desk.snapshot(one.document, one.language), data)
            seen[story.path(one.document, one.language)] = wanted.key
    if what and not dry:
        log.add(replace(row, what=what))
    if what or one.closed:
        done.outcomes.append(Outcome(one.document, one.language, what, one.closed))
    else:
        done.unchanged += 1


def _what(desk: Desk, rows: Sequence[Row], edition: str, made: Publication, *, correction: bool) -> What | None:
    """Return what an edition that may leave is to its readers; None where it is what they have."""
    if not rows:
        return What.PUBLISHED
    if journal.last_edition(rows).edition == edition:
        return What.CURRENT if rows[-1].what is What.STALE else None
    before = desk.published(made.document, made.language)
    # A run that was killed has kept the new edition and not logged it: what readers have is not known any more.
    known = digest(desk.snapshot(made.document, made.language).read_bytes()) == journal.last_edition(rows).edition
    if known and before.reads == made.reads:
        return What.CURRENT
    return What.CORRECTED if correction else What.UPDATED


def _moved(rows: Sequence[Row], source: str) -> bool:
    """Say whether the source is another one than that of the edition that is out."""
    return journal.last_edition(rows).source != source


def _changes(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield what goes ("-") and what comes ("+"), block by block."""
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for kind, old, old_end, new, new_end in matcher.get_opcodes():
        if kind != "equal":
            yield from (("-", text) for text in before[old:old_end])
            yield from (("+", text) for text in after[new:new_end])


def _build(desk: Desk, log: Journal, seen: Mapping[str, str]) -> list[Path]:
    """Remember what was published, and bring the site up to the log; what was withdrawn is kept no longer."""
    project = desk.project
    gone = log.withdrawn()
    places = {story.path(document, language) for document, language in gone}
    kept = {place: key for place, key in seen.items() if place not in places}
    write_if_changed(project.local_folder / _SEEN, json.dumps(kept).encode())
    site = pages.site(project.publish, desk.languages, project.labels)
    before = building.remembered(project.local_folder / _MADE)
    folder = project.output_folder / _SITE
    known, touched = building.build(site, folder, log, desk.published, before, desk.now)
    if known != before:
        write_atomic(project.local_folder / _MADE, known.data())
    for document, language in gone:
        desk.snapshot(document, language).unlink(missing_ok=True)
    return touched


def _seen(project: Project) -> dict[str, str]:
    """Return what was published of which document, catalog and settings; what is not known is looked at again."""
    try:
        value = json.loads((project.local_folder / _SEEN).read_bytes())
    except (OSError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}


def _catalog_sum(desk: Desk, document: str, language: str) -> str:
    path = desk.project.catalog(document, language)
    return digest(path.read_bytes()) if language != desk.project.source and path.is_file() else ""
