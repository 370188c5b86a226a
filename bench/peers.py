"""The programs that others wrote, each in a virtual environment of its own in `.peers/`, made at its first use."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from measuring import ROOT

_FOLDER = ROOT / ".peers"
#: What is installed for each.
PACKAGES = {
    "argos": "argos-translate-lt",
    "libretranslate": "libretranslate",
    "mdpo": "mdpo",
    "toolkit": "translate-toolkit[rapidfuzz]",
}
#: As tables name them.
NAMES = {"argos": "Argos Translate", "libretranslate": "LibreTranslate", "mdpo": "mdpo", "toolkit": "Translate Toolkit"}
_VERSION = "import importlib.metadata as m, sys; print(m.version(sys.argv[1]))"


class AbsentError(Exception):
    """Say why a peer cannot be had."""


def program(peer: str, name: str) -> Path:
    """Return a program of a peer, such as its `python`; make its environment at first.

    Raises:
        AbsentError: it cannot be installed, or has no such program.
    """
    folder = _FOLDER / peer
    if not (folder / "installed").exists():
        python = folder / "bin" / "python"
        try:
            subprocess.run([sys.executable, "-m", "venv", folder], check=True, capture_output=True)
            command = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", PACKAGES[peer]]
            subprocess.run(command, check=True, capture_output=True, text=True, env=bare())
        except subprocess.CalledProcessError as error:
            said = str(error.stderr or "").strip().splitlines()[-1:]
            raise AbsentError(f"{PACKAGES[peer]} cannot be installed: {' '.join(said)}") from error
        (folder / "installed").touch()
    found = folder / "bin" / name
    if not found.exists():
        raise AbsentError(f"{PACKAGES[peer]} has no program {name}")
    return found


def run(command: Sequence[str | Path], environment: Mapping[str, str] | None = None, said: str = "") -> str:
    """Run a peer's program, and return what it printed; it never sees this project's modules.

    Raises:
        AbsentError: it failed.
    """
    # In a folder of its own: in this project's, Python takes our `translate` for Translate Toolkit's.
    done = subprocess.run(
        command,
        input=said,
        env=environment or bare(),
        cwd=tempfile.gettempdir(),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        why = done.stderr.strip().splitlines()[-1:]
        raise AbsentError(f"{Path(command[0]).name} ended with exit {done.returncode}: {' '.join(why)}")
    return done.stdout


def version(peer: str) -> str:
    """Return the name and version of a peer that is there."""
    package = PACKAGES[peer].partition("[")[0]
    return f"{package} {run([program(peer, 'python'), '-c', _VERSION, package]).strip()}"


def system(name: str) -> Path:
    """Return a program of the system, such as po4a's.

    Raises:
        AbsentError: it is not installed.
    """
    found = shutil.which(name)
    if found is None:
        raise AbsentError(f"{name} is not installed on this machine")
    return Path(found)


def environment(home: Path, **more: str) -> dict[str, str]:
    """Return an environment for a peer in which it finds nothing of this machine's owner."""
    return {"HOME": str(home), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", **more}


def bare() -> dict[str, str]:
    """Return this environment without what would put our modules before those of a peer."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
