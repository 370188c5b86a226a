"""The verbs that do the work: run, extract, draft, assemble, roundtrip."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from translate.catalogs.changes import Kind
from translate.cli import common, findings
from translate.cli.output import EndError, Output, count, report
from translate.errors import DeskError

if TYPE_CHECKING:
    from translate.pipeline import Status
    from translate.project import Project
    from translate.scale.records import Known, Outcome
    from translate.scale.runs import Changed, Run

# A terminal shows this many findings or held segments; the rest are counted (--json has them all).
_SHOWN = 20
_HEADS = ("document", "language", "segments", "words", "untranslated", "stale", "draft", "reviewed")


def register(app: typer.Typer) -> None:
    """Add these verbs to the command line."""
    for verb in (run, extract, draft, assemble, roundtrip):
        app.command()(verb)


def run(
    documents: common.Documents = None,
    lang: common.Languages = None,
    folder: common.Folder = common.HERE,
    cluster: common.Cluster = "",
    as_json: common.Json = False,
    quiet: common.Quiet = False,
) -> None:
    """Extract, draft, check and assemble everything under source/ that changed."""
    from translate.holding import holding
    from translate.scale import runs

    desk = common.project(folder)
    out = Output(as_json, quiet)
    chosen = documents or [], lang or [], common.options(desk), common.now()
    with holding(desk), common.crew(desk, cluster) as crew, out.progress() as progress:
        done = runs.run(desk, *chosen, progress, details=as_json, crew=crew)
    say_run(out, desk, done)
    refuse(done.refused)


def say_run(out: Output, desk: Project, done: Run) -> None:
    """Tell what a run did: in full as JSON; on a terminal, what is new."""
    written = {desk.shown(path) for path in done.written}
    editions = [
        {"document": one.document, "language": one.language, **row, "written": row["path"] in written}
        for one in done.outcomes
        for row in one.editions
    ]
    rows = status_rows(done.outcomes)
    if out.as_json:
        from translate.scale.outcomes import read_found

        found = [read_found(row) for one in done.outcomes for row in one.findings]
        out.result(
            {
                "changes": _changes(done.changes),
                "drafted": done.drafted,
                "findings": findings.rows(found),
                "editions": editions,
                "status": rows,
                "refused": [str(error) for error in done.refused],
            }
        )
        return
    _say_changes(out, done.changes)
    if rows:
        status_table(out, done.outcomes)
    _say_editions(out, editions)
    if done.known:
        out.say(f"{count(len({one.document for one in done.known}), 'document')} unchanged.")
    if done.findings:
        out.say(f"{count(done.findings, 'finding')}; see them with: translate check")
    _say_held(out, editions)
    if done.drafted:
        _say_starter(out, desk)


def extract(
    documents: common.Documents = None,
    lang: common.Languages = None,
    folder: common.Folder = common.HERE,
    as_json: common.Json = False,
    quiet: common.Quiet = False,
) -> None:
    """Bring the catalogs up to the documents."""
    from translate import pipeline
    from translate.holding import holding
    from translate.reading import read
    from translate.scale.runs import Changed

    desk = common.project(folder)
    out = Output(as_json, quiet)
    with holding(desk):
        reading = read(desk, documents or [])
        now = common.now()
        extracted = pipeline.extract(desk, reading.documents, lang or [], now)
        written = pipeline.save(desk, extracted, now)
    changes = [Changed(one.document.name, one.language, one.change, one.former) for one in extracted]
    paths = [desk.shown(path) for path in written]
    out.result({"changes": _changes(changes), "written": paths, "refused": [str(error) for error in reading.refused]})
    _say_changes(out, changes)
    for path in paths:
        out.say(path)
    refuse(reading.refused)


def draft(
    documents: common.Documents = None,
    lang: common.Languages = None,
    folder: common.Folder = common.HERE,
    again: Annotated[
        bool, typer.Option("--again", help="Also what another package drafted and nobody has touched.")
    ] = False,
    as_json: common.Json = False,
    quiet: common.Quiet = False,
) -> None:
    """Draft every untranslated entry; entries that have a translation are left alone."""
    from translate import drafting
    from translate.holding import holding
    from translate.reading import read

    desk = common.project(folder)
    out = Output(as_json, quiet)
    with holding(desk), out.progress() as progress:
        reading = read(desk, documents or [])
        wanted = desk, reading.documents, lang or [], common.options(desk), common.now()
        drafted = drafting.draft(*wanted, progress, again=again)
    out.result({"drafted": drafted, "refused": [str(error) for error in reading.refused]})
    out.say(f"Drafted {count(drafted, 'entry', 'entries')}.")
    if drafted:
        _say_starter(out, desk)
    refuse(reading.refused)


def assemble(
    documents: common.Documents = None,
    lang: common.Languages = None,
    folder: common.Folder = common.HERE,
    allow_drafts: Annotated[
        bool, typer.Option("--allow-drafts", help="Use drafts, labelled, even where the desk holds them.")
    ] = False,
    as_json: common.Json = False,
    quiet: common.Quiet = False,
) -> None:
    """Assemble the editions from the catalogs; exit 1 where the desk holds drafts and text is missing."""
    from translate import pipeline
    from translate.editions.policy import Drafts
    from translate.holding import holding
    from translate.reading import read

    desk = common.project(folder)
    out = Output(as_json, quiet)
    policy = Drafts.LABEL if allow_drafts else Drafts(desk.drafts)
    with holding(desk):
        reading = read(desk, documents or [])
        made = pipeline.assemble(desk, reading.documents, lang or [], policy)
    editions = [
        {"document": one.document, "language": one.language, **pipeline.told(desk, one), "written": one.written}
        for one in made
    ]
    out.result({"editions": editions, "refused": [str(error) for error in reading.refused]})
    _say_editions(out, editions)
    held = _say_held(out, editions, listed=policy is Drafts.HOLD)
    refuse(reading.refused)
    if held and policy is Drafts.HOLD:
        raise EndError(1)


def roundtrip(
    documents: common.Documents = None,
    folder: common.Folder = common.HERE,
    format_: common.Format = "",
    as_json: common.Json = False,
    quiet: common.Quiet = False,
) -> None:
    """Prove that documents, or any files, would be rebuilt exactly, and say where one would not."""
    from translate import reading as readings
    from translate.documents.formats import Rewriting, formats, settings_of
    from translate.editions import own

    files = [Path(one) for one in documents or [] if Path(one).is_file()]
    everywhere = bool(files) and len(files) == len(documents or [])
    desk = common.project_or_none(folder) if everywhere else common.project(folder)
    out = Output(as_json, quiet)
    if everywhere or desk is None:
        reading = readings.read_files(desk, files, format_)
    else:
        reading = readings.read(desk, documents or [], format_)
    rows, refused = [], list(reading.refused)
    for document in reading.documents:
        known = formats()[document.format]
        try:
            if isinstance(known, Rewriting):
                own.prove(document, known, settings_of(known, desk.formats if desk else {}))
        except DeskError as error:
            refused.append(error)
            continue
        rows.append((document.name, document.format, len(document.blocks), sum(1 for _ in document.segments)))
    heads = ("document", "format", "blocks", "segments")
    told = [dict(zip(heads, row, strict=True)) for row in rows]
    out.result({"documents": told, "refused": [str(error) for error in refused]})
    out.table(heads, rows)
    out.say(f"{count(len(rows), 'document')} rebuilt exactly.")
    refuse(refused)


def refuse(errors: Sequence[DeskError]) -> None:
    """Report documents that were refused, and end with their exit code."""
    for error in errors:
        report(error)
    if errors:
        raise EndError(max(error.exit_code for error in errors))


def status_rows(rows: Sequence[Status | Known | Outcome]) -> list[dict[str, Any]]:
    """Return the states of documents for JSON."""
    return [
        {"document": row.document, "language": row.language, "segments": row.segments, "words": row.words, **row.states}
        for row in rows
    ]


def status_table(out: Output, rows: Sequence[Status | Known | Outcome]) -> None:
    """Print the table of documents, languages and states."""
    out.table(_HEADS, [tuple(row.values()) for row in status_rows(rows)])


def _changes(extracted: Sequence[Changed]) -> list[dict[str, Any]]:
    return [
        {
            "document": one.document,
            "language": one.language,
            "kept": one.change.kept,
            **{kind: one.change.count(kind) for kind in Kind},
            "renamed_from": one.former,
            "texts": [
                {"change": change.kind, "line": change.line, "before": change.before, "after": change.after}
                for change in one.change.found
            ],
        }
        for one in extracted
    ]


def _say_changes(out: Output, extracted: Sequence[Changed]) -> None:
    for one in extracted:
        change = one.change
        if one.former:
            out.say(f"{one.document} ({one.language}): catalog taken over from {one.former}")
        if change.any:
            told = ", ".join(f"{number} {kind}" for kind in Kind if (number := change.count(kind)))
            out.say(f"{one.document} ({one.language}): {told}")
    for document, changes in {one.document: one.change for one in extracted}.items():
        # The source is one, whatever the languages: its changes are shown once.
        altered = [text for text in changes.found if text.before and text.after]
        for text in altered[:_SHOWN]:
            out.say(f"{document}, line {text.line}: {text.kind}:\n    - {text.before}\n    + {text.after}")
        if len(altered) > _SHOWN:
            out.say(f"{document}: {len(altered) - _SHOWN} more; --json lists them all")


def _say_editions(out: Output, rows: Sequence[dict[str, Any]]) -> None:
    for row in rows:
        out.say(f"{row['path']}{'' if row['written'] else ' (unchanged)'}")


def _say_held(out: Output, rows: Sequence[dict[str, Any]], *, listed: bool = False) -> int:
    """Tell what the gate holds back, once for each document and language; return how many segments."""
    by_catalog = {(row["document"], row["language"]): row["held"] for row in rows}
    for (document, language), held in by_catalog.items() if listed else ():
        for one in held[:_SHOWN]:
            out.say(f"held: {document} ({language}), source line {one['line']}: {one['state']}: {one['text']}")
        if len(held) > _SHOWN:
            out.say(f"held: {document} ({language}): {len(held) - _SHOWN} more; --json lists them all")
    total = sum(map(len, by_catalog.values()))
    if total:
        out.say(f"{count(total, 'segment')} held: the source text stands in the edition, which says so.")
    return total


def _say_starter(out: Output, desk: Project) -> None:
    """Say when drafts come from the small packages that are shipped."""
    from translate.engines.package import installed, route

    packages = list(installed(common.package_folders(desk)))
    used = {
        package.name for target in desk.targets for package in route(packages, desk.source, target) if package.starter
    }
    if used:
        out.say(
            f"Drafts by starter packages ({', '.join(sorted(used))}): small and weak. Install better ones with: "
            "translate models install FILE.argosmodel"
        )
