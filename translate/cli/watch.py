"""The verb that follows the desk."""

from __future__ import annotations

import time

import typer

from translate.cli import common
from translate.cli.output import Output, report
from translate.cli.work import say_run
from translate.errors import DeskError


def register(app: typer.Typer) -> None:
    """Add the verb to the command line."""
    app.command()(watch)


def watch(lang: common.Languages = None, folder: common.Folder = common.HERE, quiet: common.Quiet = False) -> None:
    """Follow the folder: draft and assemble what is saved, at once; end it with Ctrl+C."""
    from translate.holding import holding
    from translate.scale import runs
    from translate.scale.watching import Engines, saved

    out = Output(quiet=quiet)
    engines = Engines()
    desk = common.project(folder)

    def work(documents: list[str]) -> None:
        began = time.monotonic()
        try:
            with holding(desk):
                done = runs.run(
                    desk, documents, lang or [], common.options(desk), common.now(), lambda *_: None, find=engines.find
                )
        except DeskError as error:
            # The next save may mend it.
            report(error)
            return
        for refused in done.refused:
            report(refused)
        if done.outcomes:
            say_run(out, desk, done)
            out.say(f"[{common.now():%H:%M:%S}] done in {time.monotonic() - began:.1f} s; watching.")

    while True:
        for documents in saved(desk):
            if documents is None:
                break
            work(documents)
            if not documents:
                folders = f"{desk.shown(desk.source_folder)}/ and {desk.shown(desk.locales_folder)}/"
                out.say(f"Watching {folders}; end with Ctrl+C.")
        try:
            desk = common.project(folder)
        except DeskError as error:
            # What it was holds until it is mended.
            report(error)
