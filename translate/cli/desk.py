"""The verbs that make a desk and tell how it stands: init, status, and --version."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from translate.cli import common
from translate.cli.output import Output, count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from translate.quality.risk import Waiting

# So much of a text is shown in a row of the queue (signs); --json has all of it.
_CUT = 40


#: The translate.toml of a new desk.
TEMPLATE = """\
# The desk: what is translated, into which languages, and what may leave. See docs/configuration.md.
source = "{source}"
targets = [{targets}]

# A segment is a "sentence" or a "paragraph".
segmentation = "sentence"

# What an edition does with text that no person has reviewed:
# "label" uses it and says so in the edition; "hold" leaves the source text in its place, marked.
drafts = "label"

# Out of "text", "markdown", "html", "docx", "odt", "epub", "pdf", "newsml", "ninjs".
editions = ["text", "markdown", "html"]

# Hypotheses kept while drafting: 1 is fastest; above 4 nothing is gained.
beam = 2

# translate publish makes a site of what is reviewed, for this address. See docs/publishing.md.
# [publish]
# url = "https://news.example.org/"
# title = "The Messenger"
"""


def register(app: typer.Typer) -> None:
    """Add these verbs to the command line."""
    app.command()(init)
    app.command()(status)


def _print_version(wanted: bool) -> None:
    if wanted:
        from translate import __version__

        typer.echo(f"translate {__version__}")
        raise typer.Exit


def version(
    show: Annotated[
        bool, typer.Option("--version", help="Print the version.", is_eager=True, callback=_print_version)
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show a traceback with an error.")] = False,
) -> None:
    """From a French dispatch to its English and German editions, on your own machines."""
    del debug, show


def init(
    source: Annotated[str, typer.Option("--source", help="The language of the documents.")] = "fr",
    target: Annotated[
        list[str] | None, typer.Option("--target", help="A language to publish in; may be given again.")
    ] = None,
    folder: common.Folder = common.HERE,
    as_json: common.Json = False,
    quiet: common.Quiet = False,
) -> None:
    """Make a desk: translate.toml and the folders source, locales and output."""
    from translate.errors import UsageError
    from translate.files import sweep, write_atomic
    from translate.project import load, parse
    from translate.settings import FILE

    targets = target or ["en", "de"]
    out = Output(as_json, quiet)
    path = folder / FILE
    sweep(folder)
    if path.exists():
        raise UsageError("there is a desk here already", where=str(path), remedy="Edit its translate.toml instead.")
    parse({"source": source, "targets": targets}, folder)
    quoted = ", ".join(f'"{language}"' for language in targets)
    for name in ("source", "locales", "output"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    write_atomic(path, TEMPLATE.format(source=source, targets=quoted).encode())
    desk = load(folder)
    out.result({"project": str(desk.root), "source": desk.source, "targets": desk.targets})
    out.say(f"Made a desk in {desk.root}: {desk.source} to {', '.join(desk.targets)}.")
    out.say("Put a dispatch into source/ and run: translate run")


def status(
    documents: common.Documents = None,
    lang: common.Languages = None,
    queue: Annotated[
        int | None, typer.Option("--queue", min=1, help="List so many entries that wait for a person, riskiest first.")
    ] = None,
    folder: common.Folder = common.HERE,
    as_json: common.Json = False,
    quiet: common.Quiet = False,
) -> None:
    """Show, for each document and language, how many segments are in which state, or which ones to look at first."""
    from translate.cli.work import refuse, status_rows, status_table
    from translate.scale import runs

    desk = common.project(folder)
    out = Output(as_json, quiet)
    if queue is None:
        standing = runs.status(desk, documents or [], lang or [], common.now())
        out.result({"status": status_rows(standing.rows), "refused": list(map(str, standing.refused))})
        status_table(out, standing.rows)
        refuse(standing.refused)
        return
    from translate import pipeline
    from translate.reading import read

    reading = read(desk, documents or [])
    waiting = pipeline.queue(desk, reading.documents, lang or [], common.now().date())
    shown = _queue_rows(waiting[:queue])
    out.result({"queue": shown, "waiting": len(waiting), "refused": list(map(str, reading.refused))})
    _queue_table(out, shown)
    out.say(f"{count(len(waiting), 'entry waits', 'entries wait')} for a person.")
    refuse(reading.refused)


def _queue_rows(waiting: Sequence[Waiting]) -> list[dict[str, Any]]:
    return [
        {
            "place": place,
            "risk": round(one.risk, 2),
            "confidence": round(one.confidence, 2),
            "document": one.document,
            "language": one.language,
            "line": one.line,
            "roles": list(one.roles),
            "state": one.state,
            "context": one.key[0],
            "source": one.source,
            "translation": one.translation,
        }
        for place, one in enumerate(waiting, start=1)
    ]


def _queue_table(out: Output, rows: Sequence[dict[str, Any]]) -> None:
    heads = ("place", "risk", "document", "language", "line", "role", "state", "source", "translation")
    cells = (row | {"role": ", ".join(row["roles"])} for row in rows)
    out.table(heads, [tuple(_cut(row[head]) for head in heads) for row in cells])


def _cut(cell: Any) -> Any:
    return f"{cell[: _CUT - 1]}…" if isinstance(cell, str) and len(cell) > _CUT else cell
