"""The verb that measures drafts: against a file of references, or against what people made of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from translate.cli import common, desk_report
from translate.cli.output import Output

if TYPE_CHECKING:
    from translate.engines.model import Options
    from translate.project import Project
    from translate.quality.evaluation import Drafted
    from translate.quality.postediting import Evaluation

Text = Annotated[Path | None, typer.Option("--source", help="A text file, one sentence or paragraph a line.")]
Reference = Annotated[Path | None, typer.Option("--reference", help="Its translation by people, line by line.")]
Translation = Annotated[
    Path | None, typer.Option("--translation", help="Score this translation of it instead of drafting one.")
]
Save = Annotated[Path | None, typer.Option("--save", help="Write the drafts to this file, line by line.")]
From = Annotated[str | None, typer.Option("--from", help="The language of --source; the desk's, or fr.")]
Beam = Annotated[int | None, typer.Option("--beam", help="Hypotheses kept while decoding; the desk's, or 2.", min=1)]
Packages = Annotated[Path | None, typer.Option("--packages", help="A folder of packages to prefer to all others.")]

History = Annotated[bool, typer.Option("--desk", help="Measure what people changed in the drafts they were shown.")]
Html = Annotated[Path | None, typer.Option("--html", help="With --desk: write the report, with plots, to this page.")]


def register(app: typer.Typer) -> None:
    """Add this verb to the command line."""
    app.command()(evaluate)


def evaluate(
    documents: common.Documents = None,
    lang: common.Languages = None,
    source: Text = None,
    reference: Reference = None,
    translation: Translation = None,
    save: Save = None,
    from_: From = None,
    beam: Beam = None,
    packages: Packages = None,
    history: History = False,
    html: Html = None,
    folder: common.Folder = common.HERE,
    as_json: common.Json = False,
    quiet: common.Quiet = False,
) -> None:
    """Measure drafts against --reference or the desk's reviewed entries; --desk tells what people changed in them."""
    from translate.errors import UsageError
    from translate.files import write_atomic
    from translate.quality.evaluation import Drafted

    out = Output(as_json, quiet)
    if html and not history:
        raise UsageError("--html belongs to --desk", where=str(html), remedy="Add --desk.")
    if history and (source or reference):
        raise UsageError("--desk and a file of references at once", remedy="Leave out --desk, or the files.")
    if bool(source) != bool(reference):
        raise UsageError("a source and its reference go together", remedy="Give both --source and --reference.")
    desk = common.project_or_none(folder)
    options = _options(desk, beam, packages)
    if not (source and reference):
        if translation or save or from_:
            raise UsageError(
                "--translation, --save and --from belong to files", remedy="Give --source and --reference with them."
            )
        measure = partial(desk_report.report, html=html) if history else _desk
        measure(out, desk or common.project(folder), documents or [], lang or [], options)
        return
    if documents:
        raise UsageError(
            "documents and a file of references at once",
            where=documents[0],
            remedy="Leave out the documents, or --source and --reference.",
        )
    sources, references = _lines(source), _lines(reference)
    _same_length(source, sources, reference, references)
    if translation:
        texts = _lines(translation)
        _same_length(source, sources, translation, texts)
        drafted = Drafted(tuple(texts), {}, 0.0)
    else:
        drafted = _draft(out, sources, from_, lang or [], options, desk)
    if save:
        write_atomic(save, "".join(f"{' '.join(text.split())}\n" for text in drafted.texts).encode())
    facts = _measured(sources, drafted, references)
    out.result(facts)
    _say(out, facts)


def _desk(out: Output, desk: Project, documents: Sequence[str], lang: Sequence[str], options: Options) -> None:
    from translate import drafting
    from translate.cli.work import refuse
    from translate.reading import read

    reading = read(desk, documents)
    with out.progress() as progress:
        found = drafting.evaluate(desk, reading.documents, lang, options, progress)
    measured = [_language(one) for one in found]
    out.result({"languages": measured})
    for facts in measured:
        _say_language(out, facts)
    if not found:
        out.say("No entry is reviewed yet; there is nothing to compare drafts with.")
    refuse(reading.refused)


def _draft(
    out: Output, sources: Sequence[str], source: str | None, lang: Sequence[str], options: Options, desk: Project | None
) -> Drafted:
    from translate.documents.segmentation import load_segmenter
    from translate.engines.casing import spellings
    from translate.engines.model import router
    from translate.errors import UsageError
    from translate.quality import evaluation

    if len(lang) != 1:
        raise UsageError("into which language?", where="--lang", remedy="Give one, such as --lang en.")
    engines = router(desk.engine if desk else "argos")(source or (desk.source if desk else "fr"), lang[0], options)
    splitters = [load_segmenter(engine.source, desk.rules if desk else None).spans for engine in engines]
    with out.progress() as progress:
        told = partial(progress, f"drafting {lang[0]}, words")
        return evaluation.draft(sources, engines, splitters, spellings=spellings(sources), progress=told)


def _options(desk: Project | None, beam: int | None, packages: Path | None) -> Options:
    from translate.engines.model import Options

    options = common.options(desk) if desk else Options(common.package_folders(None))
    first = (packages,) if packages else ()
    return replace(options, package_folders=(*first, *options.package_folders), beam=beam or options.beam)


def _lines(path: Path) -> list[str]:
    from translate.errors import UsageError

    try:
        return path.read_text(encoding="utf-8-sig").removesuffix("\n").split("\n")
    except UnicodeDecodeError as error:
        raise UsageError("not a UTF-8 text", where=str(path), remedy="Convert it: iconv -t UTF-8") from error


def _same_length(source: Path, sources: Sequence[str], other: Path, others: Sequence[str]) -> None:
    from translate.errors import UsageError

    if len(sources) != len(others):
        raise UsageError(
            f"{len(others)} lines, but {source} has {len(sources)}",
            where=str(other),
            remedy="Line n of the one must be the translation of line n of the other.",
        )


def _measured(sources: Sequence[str], drafted: Drafted, references: Sequence[str]) -> dict[str, Any]:
    from translate.quality import evaluation

    speed = round(len(sources) / drafted.seconds, 1) if drafted.seconds else None
    return {
        "engine": drafted.facts,
        "scores": [asdict(score) for score in evaluation.scores(drafted.texts, references)],
        "sentences_per_second": speed,
        "health": asdict(evaluation.health(sources, drafted.texts)),
    }


def _language(one: Evaluation) -> dict[str, Any]:
    from translate.quality.postediting import editing

    references = [entry.text for entry in one.entries]
    rows = [asdict(row) for row in editing(one.entries, one.drafted.texts, one.kept)]
    return {
        "language": one.language,
        **_measured([entry.source for entry in one.entries], one.drafted, references),
        "editing": rows,
    }


def _say(out: Output, facts: dict[str, Any]) -> None:
    engine, health = facts["engine"], facts["health"]
    if engine:
        out.say(f"package {engine['package']} ({engine['origin']}), beam {engine['beam']}, {engine['compute']}")
    out.table(
        ("metric", "value", "signature"), [(s["metric"], f"{s['value']:.1f}", s["signature"]) for s in facts["scores"]]
    )
    speed = f"; {facts['sentences_per_second']} a second" if facts["sentences_per_second"] else ""
    out.say(f"{health['sentences']} segments{speed}")
    kept = f"{health['figures_kept']} of {health['figures']} figures kept"
    out.say(f"{health['empty']} empty, {health['loops']} loops, {health['copied']} copied from the source; {kept}")


def _say_language(out: Output, facts: dict[str, Any]) -> None:
    out.say(f"{facts['language']}: the package in use, drafting again what was reviewed")
    _say(out, facts)
    rows = []
    for row in facts["editing"]:
        distance = next((f"{s['value']:.1f}" for s in row["scores"] if s["metric"] == "TER"), "not known")
        name = row["package"] or "(by hand)"
        rows.append((name, row["entries"], row["untouched"], distance if row["package"] else ""))
    out.table(("drafted by", "reviewed", "untouched", "edits per 100 words"), rows)
    out.say("")
