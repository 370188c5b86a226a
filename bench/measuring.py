"""What the measures share: clocks, memory, the machine, and figures as JSON."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import platform
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "bench" / "results"
CLI = (sys.executable, "-m", "translate")
# pip compiles what it installs; this checkout is compiled at its first start, unless that is forbidden.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


@dataclass(frozen=True, slots=True)
class Figure:
    """One number that was measured.

    `most` or `least` is its budget, if it has one. `peers` are the numbers of other programs for the same work, in the
    same unit; `absent` says of each peer that could not be had why.
    """

    what: str
    value: float
    unit: str
    most: float | None = None
    least: float | None = None
    peers: Mapping[str, float] = field(default_factory=dict)
    absent: Mapping[str, str] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command took: seconds on the clock and of all cores, the peak of its processes together in MB."""

    seconds: float
    cpu: float
    peak: float
    code: int


def parser(doc: str | None) -> argparse.ArgumentParser:
    """Return a parser of a measure's command line; each of them can write its figures to a file."""
    made = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("--json", type=Path, metavar="FILE", help="write the figures to this file as well")
    return made


def keep(path: Path | None, figures: Sequence[Figure], series: Mapping[str, object] | None = None) -> None:
    """Write figures, and the points of plots, to a file; without one, do nothing."""
    if path is None:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    made = {
        "bench": Path(sys.argv[0]).name,
        "day": dt.datetime.now(dt.UTC).date().isoformat(),
        "machine": machine(),
        "others": round(others(), 2),
        "figures": [asdict(one) for one in figures],
        "series": dict(series or {}),
    }
    path.write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def others() -> float:
    """Return the part of the machine that other programs used since this one began, 0 to 1 (Linux only; else 0)."""
    spent = os.times()
    own = sum(spent[:4])
    worked, passed = _busy() - _WORKED, time.monotonic() - _BEGAN
    return max(0.0, min(1.0, (worked - own) / (passed * (os.cpu_count() or 1)))) if worked else 0.0


def _busy() -> float:
    """Return the seconds that all cores of this machine have worked."""
    try:
        told = Path("/proc/stat").read_text(encoding="ascii").splitlines()[0].split()[1:]
    except OSError:
        return 0.0
    user, nice, system, _, _, interrupts, soft = map(int, told[:7])
    return (user + nice + system + interrupts + soft) / os.sysconf("SC_CLK_TCK")


_BEGAN, _WORKED = time.monotonic(), _busy()


def machine() -> str:
    """Return what measured: the processor and what it multiplies bytes with, its cores, Python."""
    name, flags = platform.processor() or platform.machine(), ""
    try:
        told = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        told = ""
    for line in told.splitlines():
        key, _, value = line.partition(":")
        name = value.strip() if key.strip() == "model name" else name
        flags = value if key.strip() == "flags" else flags
    sets = [label for label, flag in (("AVX2", "avx2"), ("AVX-512", "avx512f"), ("VNNI", "_vnni")) if flag in flags]
    with_sets = f" ({', '.join(sets)})" if sets else ""
    return f"{name}{with_sets}, {os.cpu_count()} cores, Python {platform.python_version()}"


def seconds(act: Callable[[], object]) -> float:
    """Return how long something takes."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def share(values: Sequence[float], part: float) -> float:
    """Return the value below which this part of the values is.

    >>> share([4, 1, 3, 2], 0.5)
    3
    """
    return sorted(values)[min(len(values) - 1, int(part * len(values)))]


def watched(
    command: Sequence[str | Path], folder: Path, *, kill_after: float = 0, codes: Sequence[int] = (0, 1)
) -> Ran:
    """Run a command and watch it; after so many seconds, end it with SIGKILL (code -9), if it still runs.

    The peak is that of the shares of memory (PSS) of the process and all its children, looked at twice a second.
    Linux only.

    Raises:
        RuntimeError: it ended with another exit code.
    """
    began = time.perf_counter()
    before = os.times()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    said: list[str] = []
    assert process.stderr is not None
    reader = threading.Thread(target=lambda stream=process.stderr: said.extend(stream), daemon=True)
    reader.start()
    peak = 0.0
    while process.poll() is None:
        peak = max(peak, sum(map(_held, _family(process.pid))))
        if kill_after and time.perf_counter() - began > kill_after:
            process.kill()
        time.sleep(0.5)
    spent = time.perf_counter() - began
    after = os.times()
    if process.returncode not in (*codes, -9 if kill_after else 0):
        raise RuntimeError(f"{' '.join(map(str, command))}: exit {process.returncode}: {''.join(said)[-2000:]}")
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Ran(spent, cpu, peak, process.returncode)


def _family(pid: int) -> list[int]:
    found = [pid]
    for one in found:
        for task in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                found += map(int, task.read_text(encoding="ascii").split())
            except OSError:
                continue
    return found


def _held(pid: int) -> float:
    try:
        told = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
        return int(told.split("Pss:")[1].split()[0]) * 1024 / 1e6
    except (OSError, IndexError):
        return 0.0
