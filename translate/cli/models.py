"""The verbs about Argos packages: models list, info, install, remove."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from translate.cli import common
from translate.cli.output import EndError, Output

if TYPE_CHECKING:
    from translate.engines.package import Package

Pair = Annotated[str, typer.Argument(help="A package, by its pair of languages: fr_en")]


def app() -> typer.Typer:
    """Build this group of verbs."""
    made = typer.Typer(help="Argos packages: list, show, install, remove.", no_args_is_help=True, rich_markup_mode=None)
    made.command("list")(list_)
    made.command()(info)
    made.command()(install)
    made.command()(remove)
    return made


def list_(folder: common.Folder = common.HERE, as_json: common.Json = False, quiet: common.Quiet = False) -> None:
    """List the packages that can be used here, in the order in which they are preferred."""
    from translate.engines.package import installed

    out = Output(as_json, quiet)
    packages = list(installed(common.package_folders(common.project_or_none(folder))))
    out.result({"packages": [_facts(package) for package in packages]})
    out.table(
        ("from", "to", "version", "origin", "folder"),
        [(p.source, p.target, p.version, _origin(p), str(p.path)) for p in packages],
    )


def info(
    pair: Pair, folder: common.Folder = common.HERE, as_json: common.Json = False, quiet: common.Quiet = False
) -> None:
    """Show a package: its files, size, checksum, and whether they are still those that were installed."""
    from translate.engines.package import card, installed, sha256, verify
    from translate.errors import MissingPackageError

    out = Output(as_json, quiet)
    packages = [
        p
        for p in installed(common.package_folders(common.project_or_none(folder)))
        if pair in (f"{p.source}_{p.target}", p.path.name)
    ]
    if not packages:
        raise MissingPackageError(
            f"no package {pair!r} is installed",
            remedy="See what is there: translate models list",
        )
    damaged = False
    shown = []
    for package in packages:
        differing = verify(package)
        damaged |= bool(differing)
        facts = _facts(package) | {
            "megabytes": round(sum(f.stat().st_size for f in package.path.rglob("*") if f.is_file()) / 1e6, 1),
            "model_sha256": sha256(package.model / "model.bin"),
            "files": "no manifest to compare with"
            if differing is None
            else "changed: " + ", ".join(differing)
            if differing
            else "as installed",
        }
        if package.starter:
            facts["note"] = (
                "A starter package: small, trained on open corpora, weaker than the packages of the Argos index."
            )
        told = card(package)
        shown.append(facts | {"card": told})
        for name, value in facts.items():
            out.say(f"{name:16} {value}")
        for name, value in told.items():
            _say_card(out, name, value)
        out.say("")
    out.result({"packages": shown})
    if damaged:
        raise EndError(3)


def install(
    package: Annotated[str, typer.Argument(help="An .argosmodel file, or its https:// address.")],
    force: Annotated[bool, typer.Option("--force", help="Replace a package that is installed.")] = False,
    folder: common.Folder = common.HERE,
    as_json: common.Json = False,
    quiet: common.Quiet = False,
) -> None:
    """Install a package where Argos keeps them, after its zip was checked and its model tried."""
    from translate.engines import store

    out = Output(as_json, quiet)
    target = common.package_folders(common.project_or_none(folder))[0]
    with tempfile.TemporaryDirectory() as scratch:
        archive = store.download(package, Path(scratch)) if "://" in package else Path(package)
        made = store.install(archive, target, force=force)
    out.result(_facts(made))
    out.say(f"Installed {made.name} in {made.path}")


def remove(
    pair: Pair, folder: common.Folder = common.HERE, as_json: common.Json = False, quiet: common.Quiet = False
) -> None:
    """Remove an installed package."""
    from translate.engines import store

    out = Output(as_json, quiet)
    gone = store.remove(pair, common.package_folders(common.project_or_none(folder)))
    out.result(_facts(gone))
    out.say(f"Removed {gone.name} from {gone.path.parent}")


def _say_card(out: Output, name: str, value: object) -> None:
    """Print a line of a model card; a list gets a line each, a mapping in it is joined."""
    lines = value if isinstance(value, list) else [value]
    for number, line in enumerate(lines):
        head = "" if number else name.replace("_", " ")
        text = ", ".join(f"{key} {part}" for key, part in line.items()) if isinstance(line, dict) else str(line)
        out.say(f"{head:16} {text}")


def _facts(package: Package) -> dict[str, Any]:
    return {
        "from": package.source,
        "to": package.target,
        "version": package.version,
        "origin": _origin(package),
        "folder": os.fspath(package.path),
    }


def _origin(package: Package) -> str:
    return "starter" if package.starter else "installed"
