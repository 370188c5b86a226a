"""Options that every verb takes, and what they stand for."""

from __future__ import annotations

import datetime as dt
import json
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from translate.engines.model import Options
from translate.project import Project, load
from translate.settings import FILE

if TYPE_CHECKING:
    from translate.scale.slices import Crew

Documents = Annotated[
    list[str] | None, typer.Argument(help="Documents, by name or file; all of them when none is named.")
]
Languages = Annotated[list[str] | None, typer.Option("--lang", help="A target language; may be given again.")]
Folder = Annotated[Path, typer.Option("--project", help="The folder of the desk.", show_default=False)]
Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON, and nothing else.")]
Format = Annotated[str, typer.Option("--format", help="Read the documents as this format, whatever they look like.")]
Cluster = Annotated[
    str,
    typer.Option("--cluster", metavar="ADDRESS", help="Let a Ray cluster work: HOST:PORT, or local."),
]
Quiet = Annotated[bool, typer.Option("--quiet", help="Print errors only.")]

HERE = Path()


def project(folder: Path) -> Project:
    """Read the desk in a folder."""
    return load(folder)


def project_or_none(folder: Path) -> Project | None:
    """Return the desk in a folder, or None: packages are managed and files evaluated from anywhere."""
    return project(folder) if (folder / FILE).exists() else None


def options(desk: Project) -> Options:
    """Return what engines need to know: the desk's decisions and the machine's package folders."""
    return Options(package_folders(desk), desk.beam, desk.compute, desk.threads, desk.device)


def package_folders(desk: Project | None) -> tuple[Path, ...]:
    """Return the folders packages are searched in: the desk's own, then Argos's."""
    own = (desk.packages,) if desk and desk.packages else ()
    return (*own, argos_folder(os.environ, Path.home()))


def argos_folder(environment: Mapping[str, str], home: Path) -> Path:
    """Return the folder in which Argos and LibreTranslate keep packages on this machine.

    As `argostranslate.settings` has it: ARGOS_PACKAGES_DIR, else the same key of its settings.json, else
    `argos-translate/packages` below XDG_DATA_HOME. It is not imported, because it makes folders when it is.
    """
    if environment.get("ARGOS_PACKAGES_DIR"):
        return Path(environment["ARGOS_PACKAGES_DIR"])
    home = Path(environment.get("SNAP_USER_DATA", home)) if "SNAP" in environment else home
    config = Path(environment.get("XDG_CONFIG_HOME", home / ".config")) / "argos-translate" / "settings.json"
    try:
        chosen = json.loads(config.read_text(encoding="utf-8")).get("ARGOS_PACKAGES_DIR")
    except (OSError, ValueError, AttributeError):
        chosen = None
    if chosen:
        return Path(chosen)
    return Path(environment.get("XDG_DATA_HOME", home / ".local" / "share")) / "argos-translate" / "packages"


def now() -> dt.datetime:
    """Return the moment of this run, for the headers of catalogs."""
    return dt.datetime.now(dt.UTC).astimezone()


@contextmanager
def crew(desk: Project, address: str) -> Iterator[Crew | None]:
    """Have the workers of a cluster, where there is an address of one; else this machine works alone."""
    if not address:
        yield None
        return
    from translate.scale.cluster import joined

    # Ray reads the environment as it is imported. It is to tell nobody how it is used, and a log has no place here.
    os.environ |= {"RAY_USAGE_STATS_ENABLED": "0", "RAY_BACKEND_LOG_LEVEL": "fatal"}
    if address.split(":")[0] == "local":
        # Whoever reaches the ports of a cluster runs programs in it: on this machine alone, and with a password.
        only_here = {"RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0", "RAY_AUTH_MODE": "token"}
        os.environ |= only_here | {"RAY_AUTH_TOKEN": secrets.token_hex(32)}
    with joined(desk, options(desk), address) as joined_:
        yield joined_
