"""Run a desk on a cluster to which something befalls: in a process of its own, because it opens sockets.

    python -m tests.scale.cluster_driver kill|interrupt DESK NOW

The last line that it prints is JSON.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import polib

from translate import drafting, project
from translate.cli import common
from translate.engines.model import Options
from translate.engines.package import STARTERS
from translate.errors import EnvironmentLackError
from translate.scale import runs

# Nothing in here is meant for other machines.
HERE = {"RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0", "RAY_USAGE_STATS_ENABLED": "0", "RAY_AUTH_MODE": "disabled"}
# Processes that have loaded Ray Data, which takes seconds, wait for the next share; none is started before its turn.
FEW = {
    "RAY_num_workers_soft_limit": "16",
    "RAY_idle_worker_killing_time_threshold_ms": "600000",
    "RAY_enable_worker_prestart": "0",
}


def kill(desk: Path, now: dt.datetime) -> dict[str, object]:
    """Kill one of three workers as soon as something is drafted."""
    killed: list[int] = []
    open_: list[str] = []

    def progress(told: str, done: int, every: int) -> None:
        if told.startswith("drafting en") and done < every and not killed:
            open_.extend(listening())
            killed.append(next(pid for pid in descendants() if "Drafter" in command(pid)))
            os.kill(killed[0], signal.SIGKILL)

    opened = project.load(desk)
    with common.crew(opened, "local:3") as crew:
        done = runs.run(opened, (), (), Options(), now, progress, crew=crew)
    return {
        "killed": killed,
        "open": open_,
        "drafted": done.drafted,
        "outcomes": len(done.outcomes),
        "refused": [str(error) for error in done.refused],
    }


def interrupt(desk: Path, now: dt.datetime) -> dict[str, object]:
    """Interrupt a run in the middle of its drafts, and run again; then have other packages than the workers."""

    def progress(told: str, done: int, every: int) -> None:
        if told.startswith("drafting en") and done < every:
            signal.raise_signal(signal.SIGINT)

    opened = project.load(desk)
    with cluster(2) as address:
        with suppress(KeyboardInterrupt), common.crew(opened, address) as crew:
            runs.run(opened, (), ("en",), Options(), now, progress, crew=crew)
        before = sum(bool(one.msgstr) for path in desk.rglob("*.po") for one in polib.pofile(str(path)))
        with common.crew(opened, address) as crew:
            done = runs.run(opened, (), ("en",), Options(), now, lambda *_: None, crew=crew)
            return {"before": before, "drafted": done.drafted, "refusal": refusal(desk, now, crew)}


def refusal(desk: Path, now: dt.datetime, crew: object) -> str:
    """Return what is said where this process has another package of the same name than its workers."""
    (desk / "source/new.txt").write_text("Une autre phrase.\n")
    packages = desk / "packages"
    shutil.copytree(next(STARTERS.glob("*fr_en*")), packages / "fr_en")
    with (packages / "fr_en/model/model.bin").open("ab") as stream:
        stream.write(b"\0")

    def find(opened: project.Project, language: str, options: Options) -> tuple[object, ...]:
        return drafting.route(opened, language, replace(options, package_folders=(packages,)))

    try:
        runs.run(project.load(desk), ("new",), ("en",), Options(), now, lambda *_: None, find=find, crew=crew)
    except EnvironmentLackError as error:
        return str(error)
    finally:
        for path in (desk / "locales").rglob("new.po*"):
            path.unlink()
    return "they were not refused"


@contextmanager
def cluster(workers: int) -> Iterator[str]:
    """Start a cluster as a desk does, and end it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    ray = Path(sys.executable).with_name("ray")
    settings = ["--head", f"--port={port}", f"--num-cpus={workers}", "--include-dashboard=false", "--block"]
    process = subprocess.Popen(
        [ray, "start", *settings, "--disable-usage-stats"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, **HERE, "PYTHONUNBUFFERED": "1"},
    )
    os.environ |= HERE
    try:
        assert process.stdout
        while "Ray runtime started" not in (line := process.stdout.readline()):
            assert line, process.wait()
        yield f"127.0.0.1:{port}"
    finally:
        left = descendants(process.pid)
        process.terminate()
        process.wait(60)
        for pid in left:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def descendants(of: int = 0) -> list[int]:
    """Return a process (this one), those that it started, and those that they started."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
    found = [of or os.getpid()]
    for one in found:
        found += [pid for pid, parent in parents.items() if parent == one]
    return found


def command(pid: int) -> str:
    try:
        return (Path("/proc") / str(pid) / "cmdline").read_text()
    except OSError:
        return ""


def listening() -> list[str]:
    """Return the ports of these processes that other machines can reach (addresses as the kernel has them)."""
    sockets = set()
    for pid in descendants():
        with suppress(OSError):
            sockets |= {str(one.readlink()) for one in (Path("/proc") / str(pid) / "fd").iterdir()}
    rows = [row.split() for name in ("tcp", "tcp6") for row in Path(f"/proc/net/{name}").read_text().splitlines()[1:]]
    of_ours = [row[1] for row in rows if row[3] == "0A" and f"socket:[{row[9]}]" in sockets]
    assert of_ours
    # 127.0.0.1, alone or as an address of IPv6.
    return [one for one in of_ours if not one.split(":")[0].endswith("0100007F")]


if __name__ == "__main__":
    os.environ |= FEW
    made = {"kill": kill, "interrupt": interrupt}[sys.argv[1]](
        Path(sys.argv[2]), dt.datetime.fromisoformat(sys.argv[3])
    )
    print(json.dumps(made))
