"""The verbs of the translation memory: import, export, learn, search, stats, delete."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from translate.cli import common
from translate.cli.output import EndError, Output, count
from translate.errors import UsageError

if TYPE_CHECKING:
    from translate.catalogs.interchange.pairs import TranslatedPair

Files = Annotated[list[Path], typer.Argument(help="TMX files or PO compendia.")]
# A search shows what is at least so like the words (per cent).
_LIKE = 50


def app() -> typer.Typer:
    """Build the group of verbs."""
    made = typer.Typer(no_args_is_help=True, help="The translation memory: what has been reviewed comes back.")
    made.command("import")(import_)
    for verb in (export, learn, search, stats, delete):
        made.command()(verb)
    return made


def import_(
    files: Files, folder: common.Folder = common.HERE, as_json: common.Json = False, quiet: common.Quiet = False
) -> None:
    """Take TMX files and PO compendia into the memory."""
    from translate import remembering
    from translate.holding import holding
    from translate.knowledge.memory import opened

    desk = common.project(folder)
    out = Output(as_json, quiet)
    rows = []
    with holding(desk):
        for path in files:
            # A file is taken whole or not at all.
            with opened(desk.memory) as memory:
                done = remembering.import_file(desk, memory, path)
            rows.append({"file": str(path), "new": done.new, "known": done.known, "other_languages": done.others})
            out.say(f"{path}: {count(done.new, 'pair')} new, {done.known} known before")
            if done.others:
                out.say(f"  {count(done.others, 'pair')} in languages that this desk does not translate into")
    out.result({"imported": rows})


def export(
    file: Annotated[Path, typer.Argument(help="The TMX file to write.")],
    lang: common.Languages = None,
    folder: common.Folder = common.HERE,
    as_json: common.Json = False,
    quiet: common.Quiet = False,
) -> None:
    """Write the memory as TMX 1.4b."""
    from translate import remembering
    from translate.files import sweep
    from translate.knowledge.memory import opened
    from translate.reading import languages

    desk = common.project(folder)
    out = Output(as_json, quiet)
    sweep(file.parent)
    with opened(desk.memory) as memory:
        written = remembering.export(desk, memory, file, languages(desk, lang or []))
    out.result({"file": str(file), "pairs": written})
    out.say(f"{file}: {count(written, 'pair')}")


def learn(folder: common.Folder = common.HERE, as_json: common.Json = False, quiet: common.Quiet = False) -> None:
    """Take in what is reviewed in every catalog; `draft` and `run` do this by themselves for what they touch."""
    from translate import remembering
    from translate.holding import holding
    from translate.knowledge.memory import opened

    desk = common.project(folder)
    out = Output(as_json, quiet)
    with holding(desk), opened(desk.memory) as memory:
        new = remembering.learn_all(desk, memory)
    out.result({"new": new})
    out.say(f"{count(new, 'pair')} new or changed.")


def search(
    words: Annotated[list[str], typer.Argument(help="A sentence, or words of one.")],
    lang: common.Languages = None,
    folder: common.Folder = common.HERE,
    as_json: common.Json = False,
    quiet: common.Quiet = False,
) -> None:
    """Show what is known of a sentence, and what holds these words."""
    from translate.knowledge.memory import opened
    from translate.reading import languages

    desk = common.project(folder)
    out = Output(as_json, quiet)
    text = " ".join(words)
    found: list[tuple[int | None, TranslatedPair]] = []
    with opened(desk.memory) as memory:
        for language in languages(desk, lang or []):
            matches = memory.matches(text, desk.source, language, _LIKE)
            found += [(match.score, match.pair) for match in matches]
            alike = {match.pair for match in matches}
            found += [(None, pair) for pair in memory.holding(text, language) if pair not in alike]
    out.result({"found": [_row(score, pair) for score, pair in found]})
    for score, pair in found:
        where = ", ".join(filter(None, (pair.place.document, pair.reviewer, pair.date[:10])))
        out.say(f"{'  has it' if score is None else f'{score:5} %'}  {pair.source}")
        out.say(f"     {pair.language:>3}  {pair.translation}{f'  ({where})' if where else ''}")
    if not found:
        out.say("Nothing like it is known.")
        raise EndError(1)


def stats(folder: common.Folder = common.HERE, as_json: common.Json = False, quiet: common.Quiet = False) -> None:
    """Say how much the memory holds."""
    from dataclasses import asdict

    from translate.knowledge.memory import opened

    desk = common.project(folder)
    out = Output(as_json, quiet)
    with opened(desk.memory) as memory:
        held = memory.stats()
    out.result({"file": str(desk.memory), **asdict(held)})
    out.say(f"{desk.shown(desk.memory)}: {held.bytes / 1e6:.1f} MB")
    out.say(f"{count(held.texts, 'text')} of {count(held.documents, 'document')}")
    for language, number in held.pairs.items():
        out.say(f"{language}: {count(number, 'pair')}")


def delete(
    document: Annotated[list[str] | None, typer.Option("--document", help="Forget what this document said.")] = None,
    reviewer: Annotated[list[str] | None, typer.Option("--reviewer", help="Forget what this person wrote.")] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Let it be learned again instead.")] = False,
    folder: common.Folder = common.HERE,
    as_json: common.Json = False,
    quiet: common.Quiet = False,
) -> None:
    """Delete what a document or a person brought; nothing of it is learned again, unless with --undo."""
    from translate.catalogs.provenance import MEMORY
    from translate.holding import holding
    from translate.knowledge import history
    from translate.knowledge.memory import opened

    desk = common.project(folder)
    out = Output(as_json, quiet)
    named: Sequence[tuple[str, str]] = [
        *(("document", name) for name in document or []),
        *(("reviewer", name) for name in reviewer or []),
    ]
    if not named:
        raise UsageError("nothing is named", where="memory delete", remedy="Name it with --document or --reviewer.")
    gone = 0
    with holding(desk), opened(desk.memory) as memory:
        for kind, name in named:
            if undo:
                memory.allow(kind, name)
            else:
                gone += memory.forget(kind, name)
                # Drafts from the memory are the words of somebody whom the history does not name.
                history.forget(desk.history, MEMORY, name if kind == "document" else "")
    out.result({"deleted": gone})
    out.say("It may be learned again." if undo else f"{count(gone, 'pair')} deleted.")


def _row(score: int | None, pair: TranslatedPair) -> dict[str, Any]:
    return {
        "score": score,
        "source": pair.source,
        "language": pair.language,
        "translation": pair.translation,
        "document": pair.place.document,
        "reviewer": pair.reviewer,
        "date": pair.date,
    }
