"""The verbs about the desk's terms: glossary import, export, list."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from translate.cli import common
from translate.cli.output import Output

if TYPE_CHECKING:
    from translate.catalogs.interchange.terms import Term
    from translate.project import Project

File = Annotated[Path, typer.Argument(help="A table (.csv) or a TBX file (.tbx).", show_default=False)]


def app() -> typer.Typer:
    """Build this group of verbs."""
    made = typer.Typer(help="The desk's terms: import, export, list.", no_args_is_help=True, rich_markup_mode=None)
    made.command("import")(import_)
    made.command()(export)
    made.command("list")(list_)
    return made


def import_(
    file: File, folder: common.Folder = common.HERE, as_json: common.Json = False, quiet: common.Quiet = False
) -> None:
    """Bring the terms of a CSV or TBX file, told by its content, into the desk's glossary; lose none."""
    from translate.catalogs.interchange.terms import merge, write_csv
    from translate.errors import GlossaryError
    from translate.files import write_if_changed
    from translate.holding import holding
    from translate.knowledge.glossary import load
    from translate.reading import glossary_path

    desk = common.project(folder)
    out = Output(as_json, quiet)
    path = glossary_path(desk)
    if path.suffix == ".tbx":
        raise GlossaryError(
            "the desk's glossary is a TBX file, which has more in it than this program would write",
            where=desk.shown(path),
            remedy='Set glossary = "glossary.csv" in translate.toml, then import both files.',
        )
    with holding(desk):
        merged = merge(load(path, desk.source) if path.is_file() else (), load(file, desk.source))
        # A table that a person wrote keeps its form as long as there is nothing to add to it.
        changed = bool(merged.added or merged.updated)
        written = changed and write_if_changed(path, write_csv(merged.terms))
    counts = {"terms": len(merged.terms), "added": merged.added, "updated": merged.updated}
    out.result({"glossary": desk.shown(path), "written": written, **counts})
    out.say(f"{desk.shown(path)}: {len(merged.terms)} terms, {merged.added} new, {merged.updated} changed.")


def export(
    file: File, folder: common.Folder = common.HERE, as_json: common.Json = False, quiet: common.Quiet = False
) -> None:
    """Write the desk's terms to a CSV or TBX file, by its suffix."""
    from translate.catalogs.interchange import tbx
    from translate.catalogs.interchange.terms import write_csv
    from translate.errors import UsageError
    from translate.files import sweep, write_if_changed

    desk = common.project(folder)
    out = Output(as_json, quiet)
    terms = _terms(desk)
    suffix = file.suffix.lower()
    if suffix not in (".csv", ".tbx"):
        raise UsageError(
            f"{suffix or 'no suffix'!r} is no format of a glossary", where=str(file), remedy="Name a .csv or .tbx file."
        )
    if not terms:
        raise UsageError(
            "the desk has no terms", where=str(desk.root), remedy="Import some: translate glossary import FILE"
        )
    sweep(file.parent)
    written = write_if_changed(file, tbx.write(terms, desk.source) if suffix == ".tbx" else write_csv(terms))
    out.result({"file": str(file), "written": written, "terms": len(terms)})
    out.say(f"{file}: {len(terms)} terms{'' if written else ' (unchanged)'}")


def list_(
    lang: common.Languages = None,
    folder: common.Folder = common.HERE,
    as_json: common.Json = False,
    quiet: common.Quiet = False,
) -> None:
    """List the desk's own terms; those of CLDR need no list."""
    desk = common.project(folder)
    out = Output(as_json, quiet)
    terms = [term for term in _terms(desk) if not lang or term.target in lang]
    out.result({"terms": [_row(term) for term in terms]})
    heads = ("language", "term", "translation", "admitted", "forbidden", "holds")
    out.table(heads, [(t.target, t.text, t.translations[0], *_many(t), _holds(t)) for t in terms])


def _terms(desk: Project) -> tuple[Term, ...]:
    from translate.reading import glossary

    return glossary(desk, None).terms


def _many(term: Term) -> tuple[str, str]:
    return ", ".join(term.translations[1:]), ", ".join(term.forbidden)


def _holds(term: Term) -> str:
    parts = [*term.roles, f"from {term.since}" if term.since else "", f"until {term.until}" if term.until else ""]
    return ", ".join(filter(None, parts))


def _row(term: Term) -> dict[str, Any]:
    return {
        "source_language": term.source,
        "target_language": term.target,
        "source": term.text,
        "translations": list(term.translations),
        "forbidden": list(term.forbidden),
        "part_of_speech": term.part_of_speech,
        "case_sensitive": term.cased,
        "roles": list(term.roles),
        "valid_from": term.since,
        "valid_until": term.until,
        "note": term.note,
    }
