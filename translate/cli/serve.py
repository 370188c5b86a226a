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
    import uvicorn

    from translate.knowledge.glossary import Glossary
    from translate.listening import bound, hosts, is_loopback
    from translate.project import Project
    from translate.reading import glossary
    from translate.scale.serving import Service, application

    desk = common.project_or_none(folder)
    if not is_loopback(host) and api_key is None:
        raise UsageError(
            f"programs on other machines could reach {host}",
            where="--host",
            remedy="Name a file with a key that they must bring: --api-key-file FILE",
        )
    key = _key(api_key) if api_key else ""
    terms = glossary(desk, common.now().date()) if desk else Glossary(general=True)
    made = bound(host, port)
    port = made.getsockname()[1]
    options = common.options(desk or Project(folder, "fr", ("en",)))
    names = hosts(host, port) if is_loopback(host) else ()
    service = Service(desk or Project(folder.resolve(), "fr", ("en",)), options, terms, key, names)
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
    out = Output(as_json, quiet)
    out.result({"address": address})
    out.say(f"Serving at {address}; end it with Ctrl+C.")
    config = uvicorn.Config(application(service), log_level="error", access_log=False, lifespan="off", ws="none")
    uvicorn.Server(config).run(sockets=[made])


def _key(path: Path) -> str:
    try:
        key = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot be read: {error}", where=str(path), remedy="Name a text file.") from error
    if len(key) < 16:
        raise UsageError("the key is shorter than 16 signs", where=str(path), remedy="Make one: openssl rand -hex 32")
    return key
