"""The servers that translate: ours, and LibreTranslate's with the same packages, each on a free port of loopback.

LibreTranslate's runs as it comes, in its own environment (`peers.py`). Two things are in its favour: its sentence
splitter is replaced with one that costs nothing (its own wants to fetch a model), and its limits are off.
"""

from __future__ import annotations

import contextlib
import json
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path

import peers
from measuring import CLI

from translate.engines.package import STARTERS

SECONDS = 240
_LIBRETRANSLATE = """
from argostranslate import sbd
for kind in (sbd.MiniSBDSentencizer, sbd.StanzaSentencizer):
    kind.__init__ = lambda self, pkg: None
    kind.split_sentences = lambda self, text: [text]
from libretranslate.main import main
main()
"""


def body(text: str | Sequence[str]) -> bytes:
    """Return the request for a text, or for some."""
    return json.dumps({"q": text, "source": "fr", "target": "en", "format": "text"}).encode()


def asking(address: str, text: str | Sequence[str]) -> str | list[str]:
    """Return what a server makes of a text, or of some in one request."""
    request = urllib.request.Request(f"http://{address}/translate", body(text), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=SECONDS) as told:
        made: str | list[str] = json.load(told)["translatedText"]
        return made


def answers(address: str, process: subprocess.Popen[str]) -> bool:
    """Wait until a server answers; return whether it ever did."""
    for _ in range(600):
        try:
            asking(address, "Bonjour.")
            return True
        except OSError:
            if process.poll() is not None:
                break
            time.sleep(0.2)
    return False


@contextlib.contextmanager
def ours(beam: int) -> Iterator[str]:
    """Serve with our own server, on a free port."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "translate.toml").write_text(
            f'source = "fr"\ntargets = ["en"]\nbeam = {beam}\npackages = {json.dumps(str(STARTERS))}\n'
        )
        command = [*CLI, "serve", "--port", "0", "--json"]
        process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True)
        try:
            assert process.stdout is not None
            address = json.loads(_object(process.stdout))["address"].removeprefix("http://").strip("/")
            assert answers(address, process), "the server does not answer"
            yield address
        finally:
            process.kill()
            process.wait()


def _object(lines: Iterator[str] | object) -> str:
    said = ""
    for line in lines:  # type: ignore[attr-defined]
        said += line
        try:
            json.loads(said)
        except ValueError:
            continue
        return said
    sys.exit(f"the server ended: {said}")


@contextlib.contextmanager
def libretranslate(beam: int) -> Iterator[str]:
    """Serve with LibreTranslate, on a free port."""
    with socket.socket() as free, tempfile.TemporaryDirectory() as folder:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        places = {"ARGOS_PACKAGES_DIR": str(STARTERS), "ARGOS_BEAM_SIZE": str(beam)}
        environment = peers.environment(Path(folder), **places)
        options = ["--host", "127.0.0.1", "--port", str(port), "--load-only", "fr,en,de", "--disable-web-ui"]
        command = [peers.program("libretranslate", "python"), "-c", _LIBRETRANSLATE, *options]
        log = Path(folder) / "log"
        with log.open("w") as stream:
            process = subprocess.Popen(command, cwd=folder, env=environment, stdout=stream, stderr=stream)
        try:
            address = f"127.0.0.1:{port}"
            if not answers(address, process):
                raise peers.AbsentError(f"the server does not answer: {log.read_text()[-500:]}")
            yield address
        finally:
            process.kill()
            process.wait()
