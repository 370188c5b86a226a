"""The library that stands between a program and the system, and what it can do there."""

from __future__ import annotations

import ctypes
import enum
import os
import shutil
import subprocess
import sys
from pathlib import Path

_SOURCE = Path(__file__).with_name("interposer.c")


class Fault(enum.IntEnum):
    """What happens at the Nth call that changes a file of the desk; the numbers are those of `interposer.c`."""

    NONE = 0
    KILLED = 1
    TORN = 2
    FULL = 3
    BROKEN_ONCE = 4
    BROKEN = 5
    READ_ONLY = 6
    INTERRUPTED = 7
    TERMINATED = 8
    CLOCK = 9
    SAVED = 10
    SAVED_IN_PLACE = 11
    SHORT = 12
    WATCHED = 99


def lacking() -> str:
    """Return why this machine cannot have the library; empty where it can."""
    if sys.platform != "linux":
        return "faults are made with LD_PRELOAD, on Linux only"
    return "" if shutil.which("cc") else "there is no C compiler (cc)"


def built(folder: Path) -> Path:
    """Compile the library into a folder."""
    path = folder / "interposer.so"
    subprocess.run(["cc", "-O1", "-shared", "-fPIC", "-o", path, _SOURCE, "-ldl"], check=True)
    return path


def environment(library: Path) -> dict[str, str]:
    """Return the environment of a process that has the library; no thread pools, so that it can be forked."""
    single = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    return {**os.environ, **single, "LD_PRELOAD": str(library), "TZ": "UTC", "PYTHONDONTWRITEBYTECODE": "1"}


class Interposer:
    """The library in this process."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL(None)
        number, text = ctypes.c_long, ctypes.c_char_p
        self._library.fault_arm.argtypes = [ctypes.c_int, number, text, text, text, number]
        self._library.fault_clock.argtypes = [number]
        self._library.fault_seen.restype = number

    def arm(
        self, fault: Fault, nth: int, folder: Path, theirs: Path = Path(), target: Path = Path(), jump: int = 0
    ) -> None:
        """Count the calls below a folder from now on, and do something at the Nth."""
        paths = (os.fsencode(path) for path in (folder, theirs, target))
        self._library.fault_arm(fault, nth, *paths, jump)

    def disarm(self) -> int:
        """Let everything pass again; return how many calls there were."""
        seen = self._library.fault_seen()
        self._library.fault_arm(Fault.NONE, 0, b"", b"", b"", 0)
        return seen

    def clock(self, moment: int) -> None:
        """Stop the clock at a moment (seconds since 1970), or let it go on (0)."""
        self._library.fault_clock(moment)

    def trace(self, path: Path) -> None:
        """Write down every call into a file."""
        self._library.fault_trace(os.fsencode(path))
