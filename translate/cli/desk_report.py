"""What `evaluate --desk` says: the distances between drafts and reviewed entries, as facts and as tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from translate.cli import common
from translate.cli.output import Output

if TYPE_CHECKING:
    from translate.engines.model import Options
    from translate.project import Project
    from translate.quality.distance import Distances, Group

# A terminal has so many rows for the documents or reviewers of a desk.
_ROWS = 12


def report(
    out: Output, desk: Project, documents: Sequence[str], lang: Sequence[str], options: Options, html: Path | None
) -> None:
    """Measure what people made of the drafts they were shown; say it, and write the page where one is wanted."""
    from translate import drafting
    from translate.cli.work import refuse
    from translate.files import write_atomic
    from translate.quality.distance import distances
    from translate.quality.report import page
    from translate.reading import read

    reading = read(desk, documents)
    with out.progress() as progress:
        found = drafting.compare(desk, reading.documents, lang, options, progress)
        measured = [
            distances(language, compared, partial(progress, f"measuring {language}")) for language, compared in found
        ]
    if html:
        write_atomic(html, page(measured, common.now()).encode("utf-8", "replace"))
    out.result({"languages": [_facts(one) for one in measured], "html": str(html) if html else None})
    for one in measured:
        _say(out, one)
    if not found:
        out.say("No entry is reviewed yet; there is nothing to compare drafts with.")
    if html:
        out.say(f"The page: {html}")
    refuse(reading.refused)


def _facts(one: Distances) -> dict[str, Any]:
    from translate.quality.report import said

    return {**asdict(one), "said": said(one)}


def _say(out: Output, one: Distances) -> None:
    from translate.quality.report import label, said, share

    out.say(f"{one.language}: {one.verdict}")
    for sentence in said(one):
        out.say(f"  {sentence}")
    out.say("")
    if one.total.measured:
        rows = [(label(bar), bar.drafts, share(bar.drafts, one.total.measured)) for bar in one.histogram]
        out.table(("edits per 100 words", "drafts", "share"), rows)
        out.say("")
    for kind, groups in one.groups.items():
        if groups:
            _say_groups(out, kind, groups)


def _say_groups(out: Output, kind: str, groups: Sequence[Group]) -> None:
    from translate.quality.report import NOT_KNOWN, share

    heads = (
        kind,
        "entries",
        "words",
        "untouched",
        "measured",
        "edits per 100 words",
        "chrF",
        "little",
        "rewritten",
        "",
    )
    rows = [
        (
            group.name or NOT_KNOWN,
            group.entries,
            group.words,
            share(group.untouched, group.entries),
            group.measured,
            NOT_KNOWN if group.ter is None else f"{group.ter:.1f}",
            "" if group.chrf is None else f"{group.chrf:.1f}",
            share(group.little, group.measured),
            share(group.rewritten, group.measured),
            "too few to say" if group.few else "",
        )
        for group in groups[:_ROWS]
    ]
    out.table(heads, rows)
    if len(groups) > _ROWS:
        out.say(f"... and {len(groups) - _ROWS} more: see --json or --html.")
    out.say("")
