"""The verb that opens the workbench."""

from __future__ import annotations

import getpass
from typing import Annotated

import typer

from translate.cli import common
from translate.cli.output import Output


def register(app: typer.Typer) -> None:
    """Add the verb to the command line."""
    app.command()(review)


def review(
    folder: common.Folder = common.HERE,
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
    import webbrowser

    from translate.review.server import serving

    desk = common.project(folder)
    out = Output(as_json, quiet)
    who = name or _person()
    made = serving(
        desk, common.options(desk), common.now, person=who, host=host, port=port, open_to_others=open_to_others
    )  # fmt: skip
    out.result({"address": made.address})
    out.say(f"The workbench is open at {made.address}\nEnd it with Ctrl+C; everything is saved as it is decided.")
    if browser and not as_json:
        webbrowser.open(made.address)
    made.run()


def _person() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""
