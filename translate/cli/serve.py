"""The verb that serves translations to other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from translate.cli import common
from translate.cli.output import Output
from translate.errors import UsageError


def register(app: typer.Typer) -> None:
    """Add the verb to the command line."""
    app.command()(serve)


def serve(
    folder: common.Folder = common.HERE,
    host: Annotated[str, typer.Option("--host", help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="The port; 0 takes any that is free.", min=0, max=65535)] = 5000,
    api_key: Annotated[
        Path | None, typer.Option("--api-key-file", help="A file with the key that requests must bring.")
    ] = None,
    as_json: common.Json = False,
    quiet: common.Quiet = False,
) -> None:
    """Serve translations to other programs, as LibreTranslate does: /translate, /languages, /metrics."""
    from translate.knowledge.glossary import Glossary
    from translate.listening import bound, hosts, is_loopback, origin
    from translate.listening import serve as answer
    from translate.project import Project
    from translate.reading import glossary
    from translate.scale.serving import Service, application

    own = common.project_or_none(folder)
    if not is_loopback(host) and api_key is None:
        raise UsageError(
            f"programs on other machines could reach {host}",
            where="--host",
            remedy="Name a file with a key that they must bring: --api-key-file FILE",
        )
    key = _key(api_key) if api_key else ""
    desk = own or Project(folder.resolve(), "fr", ("en",))
    terms = glossary(own, common.now().date()) if own else Glossary()
    listening = bound(host, port)
    port = listening.getsockname()[1]
    names = hosts(host, port) if is_loopback(host) else ()
    out, address = Output(as_json, quiet), origin(host, port)
    out.result({"address": address})
    out.say(f"Serving at {address}; end it with Ctrl+C.")
    answer(application(Service(desk, common.options(desk), terms, key, names)), listening)


def _key(path: Path) -> str:
    try:
        key = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot be read: {error}", where=str(path), remedy="Name a text file.") from error
    if len(key) < 16:
        raise UsageError("the key is shorter than 16 signs", where=str(path), remedy="Make one: openssl rand -hex 32")
    return key
