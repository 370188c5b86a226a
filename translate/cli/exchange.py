"""The verbs that exchange catalogs with other tools: exchange export, exchange import."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from translate.cli import common
from translate.cli.output import EndError, Output

if TYPE_CHECKING:
    from translate.exchange import Imported
    from translate.project import Project
    from translate.review.offline import Returned

To = Annotated[
    Path | None,
    typer.Option("--to", help="The folder to write to.  [default: exchange/ in the desk]", show_default=False),
]
As = Annotated[str, typer.Option("--as", help="xliff2 (XLIFF 2.1), xliff1 (XLIFF 1.2), csv or xlsx.")]
Files = Annotated[list[Path], typer.Argument(help="Files that came back: XLIFF, CSV, XLSX.")]


def app() -> typer.Typer:
    """Build this group of verbs."""
    made = typer.Typer(
        help="XLIFF, CSV and XLSX for other tools: export, import.", no_args_is_help=True, rich_markup_mode=None
    )
    made.command()(export)
    made.command("import")(import_)
    return made


def export(
    documents: common.Documents = None,
    lang: common.Languages = None,
    to: To = None,
    as_: As = "xliff2",
    folder: common.Folder = common.HERE,
    as_json: common.Json = False,
    quiet: common.Quiet = False,
) -> None:
    """Write catalogs for other tools, one file for each document and language."""
    from translate import exchange
    from translate.holding import holding

    desk = common.project(folder)
    out = Output(as_json, quiet)
    place = to or desk.root / "exchange"
    with holding(desk):
        made = exchange.export(desk, documents or [], lang or [], place, as_)
    out.result(
        {
            "exported": [
                {
                    "document": one.document,
                    "language": one.language,
                    "path": desk.shown(one.path),
                    "entries": one.entries,
                    "written": one.written,
                }
                for one in made
            ]
        }
    )
    for one in made:
        out.say(f"{desk.shown(one.path)}{'' if one.written else ' (unchanged)'}")


def import_(
    files: Files,
    folder: common.Folder = common.HERE,
    as_json: common.Json = False,
    quiet: common.Quiet = False,
) -> None:
    """Put files that came back into the catalogs; exit 1 where a person must look."""
    from translate import exchange
    from translate.holding import holding

    desk = common.project(folder)
    out = Output(as_json, quiet)
    with holding(desk):
        done = exchange.bring_in(desk, files, common.now())
    out.result({"imported": [row(desk, one) for one in done]})
    for one in done:
        say(out, desk, one)
    if any(one.result.troubles for one in done):
        raise EndError(1)


def say(out: Output, desk: Project, one: Imported | Returned) -> None:
    """Tell what came back in a file, and what a person must look at."""
    result, catalog = one.result, desk.shown(desk.catalog(one.document, one.language))
    told = [(result.taken, "taken"), (result.late, "taken as stale"), (result.unchanged, "unchanged")]
    counts = ", ".join(f"{count} {what}" for count, what in told if count)
    out.say(f"{one.file}: {catalog}: {counts or 'nothing'}")
    for trouble in result.troubles:
        out.say(f"{catalog}: {trouble.kind}: {trouble.message}\n    {trouble.source}\n    {trouble.target}")


def row(desk: Project, one: Imported | Returned) -> dict[str, Any]:
    """Return what came back in a file for JSON."""
    return {
        "file": str(one.file),
        "document": one.document,
        "language": one.language,
        "catalog": desk.shown(desk.catalog(one.document, one.language)),
        "taken": one.result.taken,
        "stale": one.result.late,
        "unchanged": one.result.unchanged,
        "written": one.written,
        "troubles": [
            {"kind": str(it.kind), "message": it.message, "source": it.source, "target": it.target}
            for it in one.result.troubles
        ],
    }
