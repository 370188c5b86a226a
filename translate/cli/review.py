"""The verb that opens the workbench, or sends it out as a file and takes back what was decided there."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from translate.cli import common
from translate.cli.output import EndError, Output
from translate.errors import UsageError

if TYPE_CHECKING:
    from translate.project import Project

Export = Annotated[
    Path | None,
    typer.Option("--export", help="Write one document in one language (--lang) as a page that needs no server."),
]
Import = Annotated[
    list[Path] | None, typer.Option("--import", help="Take in what such a page saved; may be given again.")
]


def register(app: typer.Typer) -> None:
    """Add the verb to the command line."""
    app.command()(review)


def review(
    documents: common.Documents = None,
    lang: common.Languages = None,
    folder: common.Folder = common.HERE,
    export: Export = None,
    import_: Import = None,
    name: Annotated[str, typer.Option("--name", help="Who reviews; a page can say otherwise.")] = "",
    host: Annotated[str, typer.Option("--host", help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="The port; 0 takes any that is free.", min=0, max=65535)] = 4789,
    open_to_others: Annotated[
        bool, typer.Option("--open-to-others", help="Let programs on other machines reach it.")
    ] = False,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the page in the browser.")] = True,
    as_json: common.Json = False,
    quiet: common.Quiet = False,
) -> None:
    """Open the workbench: review drafts in the browser, with the whole story in view."""
    desk = common.project(folder)
    out = Output(as_json, quiet)
    if export and import_:
        raise UsageError("--export and --import are two things", where="--import", remedy="Do one after the other.")
    if export:
        _export(out, desk, documents or [], lang or [], export)
    elif import_:
        _import(out, desk, import_)
    else:
        _serve(out, desk, name or _person(), host, port, browser=browser, open_to_others=open_to_others)


def _export(out: Output, desk: Project, documents: list[str], lang: list[str], path: Path) -> None:
    from translate import reading
    from translate.files import sweep, write_if_changed
    from translate.review import offline

    chosen = reading.languages(desk, lang)
    found = reading.read(desk, documents)
    if len(found.documents) != 1 or len(chosen) != 1:
        raise UsageError(
            "such a page is of one document in one language",
            where="--export",
            remedy=f"Name both: translate review --export {path} DOCUMENT --lang {desk.targets[0]}",
        )
    (document,), (language,) = found.documents, chosen
    catalog = reading.catalog(desk, document.name, language)
    data = offline.page(desk, document, language, catalog, common.now())
    sweep(path.parent)
    written = write_if_changed(path, data)
    out.result({"path": str(path), "document": document.name, "language": language, "written": written})
    out.say(f"{path}{'' if written else ' (unchanged)'}: {document.name} ({language}), to be opened in any browser.")
    out.say("What it saves comes back with: translate review --import FILE.po")


def _import(out: Output, desk: Project, files: list[Path]) -> None:
    from translate.cli import exchange
    from translate.holding import holding
    from translate.review import offline

    with holding(desk):
        done = offline.bring_in(desk, files, common.now())
    out.result({"imported": [{**exchange.row(desk, one), "base": one.base} for one in done]})
    for one in done:
        exchange.say(out, desk, one)
        out.say(one.base)
    if any(one.result.troubles for one in done):
        raise EndError(1)


def _serve(
    out: Output, desk: Project, person: str, host: str, port: int, *, browser: bool, open_to_others: bool
) -> None:
    import webbrowser

    from translate.review.server import serving

    made = serving(
        desk, common.options(desk), common.now, person=person, host=host, port=port, open_to_others=open_to_others
    )  # fmt: skip
    out.result({"address": made.address})
    out.say(f"The workbench is open at {made.address}\nEnd it with Ctrl+C; everything is saved as it is decided.")
    if browser and not out.as_json:
        webbrowser.open(made.address)
    made.run()


def _person() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""
