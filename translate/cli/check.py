"""The verb that doubts: check, with its formats and its mends."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from translate.cli import common, findings
from translate.cli.output import EndError, Output, count

Format = Annotated[str, typer.Option("--format", help="text, json, sarif, junit or github.")]
Fix = Annotated[bool, typer.Option("--fix", help="Mend what is certain (spaces, invisible characters, …) first.")]
ListOf = Annotated[bool, typer.Option("--list", help="List the checks, and whether the desk has them on.")]


def register(app: typer.Typer) -> None:
    """Add this verb to the command line."""
    app.command()(check)


def check(
    documents: common.Documents = None,
    lang: common.Languages = None,
    format_: Format = "text",
    fix: Fix = False,
    list_: ListOf = False,
    folder: common.Folder = common.HERE,
    as_json: common.Json = False,
    quiet: common.Quiet = False,
) -> None:
    """Say what is probably wrong in the translations; exit 1 where something surely is."""
    from translate import checking
    from translate.cli.work import refuse
    from translate.errors import UsageError
    from translate.holding import holding
    from translate.reading import read
    from translate.scale import runs

    if format_ not in ("text", "json", *findings.FORMATS):
        allowed = ", ".join(("text", "json", *findings.FORMATS))
        raise UsageError(f"{format_!r} is no format of findings", where="--format", remedy=f"Formats: {allowed}.")
    desk = common.project(folder)
    out = Output(as_json or format_ == "json", quiet or format_ in findings.FORMATS)
    if list_:
        _list(out, desk.checks_off)
        return
    now = common.now()
    mended = []
    if fix:
        with holding(desk):
            mended = checking.fix(desk, read(desk, documents or []).documents, lang or [], now.date(), now)
    done = runs.check(desk, documents or [], lang or [], now)
    found = done.findings
    out.result({"findings": findings.rows(found), "mended": [asdict(one) for one in mended]})
    for one in mended:
        out.say(f"{one.catalog}: mended [{', '.join(one.checks)}]\n    {one.before}\n    {one.after}")
    if mended:
        out.say(f"{count(len(mended), 'entry', 'entries')} mended.\n")
    if format_ in findings.FORMATS:
        typer.echo(findings.FORMATS[format_](found), nl=False)
    else:
        findings.say(out, found)
        for language in checking.unspelt(desk, lang or []):
            out.say(f"Spelling was not checked: no Hunspell dictionary of {language!r} is installed (docs/checks.md).")
    refuse(done.refused)
    if any(one.is_error for one in found):
        raise EndError(1)


def _list(out: Output, off: frozenset[str]) -> None:
    from translate.quality.checks import checks

    rows = [(name, "off" if name in off else "on", findings.about(name)) for name in checks()]
    out.result({"checks": [{"check": name, "on": on == "on", "about": about} for name, on, about in rows]})
    out.table(("check", "", "what it looks for"), rows)
