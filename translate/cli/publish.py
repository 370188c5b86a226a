"""The verbs that let something out: publish, diff, bundle."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from translate.cli import common
from translate.cli.output import EndError, Output, count
from translate.cli.work import refuse

if TYPE_CHECKING:
    from translate.releasing import Outcome

# A terminal shows so many texts that close the gate for an edition; --json has them all.
_SHOWN = 20


def register(app: typer.Typer) -> None:
    """Add these verbs to the command line."""
    for verb in (publish, diff, bundle):
        app.command()(verb)


def publish(
    documents: common.Documents = None,
    lang: common.Languages = None,
    folder: common.Folder = common.HERE,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Write nothing; say what would be published, and what closes the gate.")
    ] = False,
    correction: Annotated[
        bool, typer.Option("--correction", help="What changes on published pages is a correction: they say so.")
    ] = False,
    withdraw: Annotated[bool, typer.Option("--withdraw", help="Take these documents off the site instead.")] = False,
    as_json: common.Json = False,
    quiet: common.Quiet = False,
) -> None:
    """Publish what the gate lets out, as a site in output/site; exit 1 where it holds something."""
    from translate import publishing
    from translate.errors import UsageError
    from translate.holding import holding

    if withdraw and (dry_run or correction or not documents):
        raise UsageError(
            "--withdraw takes the names of documents, and no other option of publish",
            where="publish",
            remedy="For example: translate publish --withdraw port --lang de",
        )
    desk = common.project(folder)
    out = Output(as_json, quiet)
    if dry_run:
        done = publishing.publish(desk, documents or [], lang or [], common.now(), dry=True)
    else:
        with holding(desk):
            done = (
                publishing.withdraw(desk, documents or [], lang or [], common.now())
                if withdraw
                else publishing.publish(desk, documents or [], lang or [], common.now(), correction=correction)
            )
    out.result(
        {
            "outcomes": _rows(done.outcomes),
            "unchanged": done.unchanged,
            "site": [desk.shown(path) for path in done.touched],
            "refused": [str(error) for error in done.refused],
        }
    )
    for one in done.outcomes:
        if one.what:
            out.say(f"{one.document} ({one.language}): {'would be ' if dry_run else ''}{one.what}")
    _say_closed(out, done.closed)
    if done.unchanged:
        out.say(f"{count(done.unchanged, 'edition')} unchanged.")
    if done.touched:
        out.say(f"{count(len(done.touched), 'file')} of {desk.shown(desk.output_folder / 'site')} written or removed.")
    refuse(done.refused)
    if done.closed:
        raise EndError(1)


def diff(
    documents: common.Documents = None,
    lang: common.Languages = None,
    folder: common.Folder = common.HERE,
    as_json: common.Json = False,
    quiet: common.Quiet = False,
) -> None:
    """Show what readers of published pages would find changed if everything were published now."""
    from translate import publishing

    desk = common.project(folder)
    out = Output(as_json, quiet)
    found, refused = publishing.differences(desk, documents or [], lang or [], common.now())
    out.result(
        {
            "differences": [
                {
                    "document": one.document,
                    "language": one.language,
                    "published": one.published,
                    "closed": one.closed,
                    "changes": [{"sign": sign, "text": text} for sign, text in one.changes],
                }
                for one in found
            ],
            "refused": [str(error) for error in refused],
        }
    )
    for one in found:
        state = "changed" if one.published else "new"
        out.say(f"{one.document} ({one.language}): {state}{', and the gate is closed' if one.closed else ''}")
        for sign, text in one.changes:
            out.say(f"  {sign} {text}")
    if not found and not refused:
        out.say("Readers would find nothing changed.")
    refuse(refused)


def bundle(
    documents: common.Documents = None,
    lang: common.Languages = None,
    folder: common.Folder = common.HERE,
    to: Annotated[
        Path | None, typer.Option("--to", help="The folder for the bundles; output/bundles when not given.")
    ] = None,
    unpacked: Annotated[bool, typer.Option("--unpacked", help="Write folders, not ZIP files.")] = False,
    as_json: common.Json = False,
    quiet: common.Quiet = False,
) -> None:
    """Write a bundle for each story: all its editions that may leave, catalogs, records and checksums."""
    from translate import bundling
    from translate.holding import holding

    desk = common.project(folder)
    out = Output(as_json, quiet)
    place = to.absolute() if to else desk.output_folder / "bundles"
    with holding(desk):
        written, outcomes, refused = bundling.bundles(
            desk, documents or [], lang or [], place, common.now(), zipped=not unpacked
        )
    out.result(
        {
            "bundles": [desk.shown(path) for path in written],
            "outcomes": _rows(outcomes),
            "refused": [str(error) for error in refused],
        }
    )
    for path in written:
        out.say(desk.shown(path))
    closed = [one for one in outcomes if one.closed]
    _say_closed(out, closed)
    refuse(refused)
    if closed:
        raise EndError(1)


def _rows(outcomes: Sequence[Outcome]) -> list[dict[str, Any]]:
    return [
        {
            "document": one.document,
            "language": one.language,
            "what": one.what,
            "closed": [
                {"line": text.line, "state": str(text.state), "text": text.text, "why": text.why} for text in one.closed
            ],
        }
        for one in outcomes
    ]


def _say_closed(out: Output, closed: Sequence[Outcome]) -> None:
    """Tell, entry by entry, why the gate is closed."""
    for one in closed:
        out.say(f"{one.document} ({one.language}): the gate is closed:")
        for text in one.closed[:_SHOWN]:
            out.say(f"  line {text.line}: {text.why}: {text.text}")
        if len(one.closed) > _SHOWN:
            out.say(f"  {len(one.closed) - _SHOWN} more; --json lists them all")
