"""Fuzz the readers of this project, guided by coverage, for as long as you like.

    python -m tests.hostile.fuzz [TARGET ...] [--seconds 60] [--out FOLDER] [--keep]

Needs `pip install atheris` (Linux). Each target runs in a process of its own, from its small corpus in
`tests/hostile/corpus`. Whatever comes out but a `DeskError` is written to FOLDER, once a place in the code, and the
fuzzer goes on; an input that takes more than five seconds of the processor's time, or two gigabytes, is such a
finding too. A line a target says how many inputs were tried and what was found. `--keep` adds to the corpora the
smallest inputs that reached something new.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).parents[2]
CORPUS = Path(__file__).parent / "corpus"
TOKENS = Path(__file__).parent / "tokens.dict"
# Of the processor's time, in seconds; and of memory, in bytes.
LIMIT = 5.0
MEMORY = 2 << 30
_LONGEST = 1 << 14
# Inputs of a corpus that stay in the repository.
_KEPT, _KEPT_BYTES = 24, 3_000


class TooLongError(Exception):
    """Say that an input took too long."""


def main() -> int:
    """Run some targets, each in a process of its own, and say what came out."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("targets", nargs="*")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--out", type=Path, default=Path("fuzz-findings"))
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        fuzz(options.targets[0], options.seconds, options.out, options.keep)
        return 0
    names = options.targets or sorted(path.name for path in CORPUS.iterdir())
    found = 0
    for name in names:
        command = [sys.executable, "-m", "tests.hostile.fuzz", "--inside", name, "--out", str(options.out)]
        command += ["--seconds", str(options.seconds), *(["--keep"] if options.keep else [])]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        told = [line for line in done.stdout.splitlines() if line.startswith("{")]
        if not told:
            found += 1
            print(f"{name}: the process ended with {done.returncode}: {done.stderr[-2000:]}")
            continue
        said = json.loads(told[-1])
        found += len(said["findings"])
        print(f"{name}: {said['tried']} tried, {said['read']} read, {len(said['findings'])} findings")
        for place, why in said["findings"].items():
            print(f"    {place}: {why}")
        sys.stdout.flush()
    return 1 if found else 0


def fuzz(name: str, seconds: int, out: Path, keep: bool) -> None:
    """Fuzz one target in this process, which ends with it."""
    import atheris

    with atheris.instrument_imports(include=["translate", "polib", "tomllib"]):
        from tests.hostile.targets import TARGETS, scratch
    from translate.errors import DeskError

    run = TARGETS[name]
    tried: Counter[str] = Counter()
    findings: dict[str, str] = {}

    def too_long(_signal: int, _frame: FrameType | None) -> None:
        raise TooLongError

    def end() -> None:
        # The fuzzer's own ends run nothing of Python's.
        if keep:
            grow(CORPUS / name, grown)
        for folder in (grown, scratch()):
            shutil.rmtree(folder)
        print(json.dumps({"tried": tried["tried"], "read": tried["read"], "findings": findings}), flush=True)
        os._exit(0)

    def one(data: bytes) -> None:
        if time.monotonic() > last:
            end()
        tried["tried"] += 1
        signal.setitimer(signal.ITIMER_VIRTUAL, LIMIT)
        try:
            run(data)
            tried["read"] += 1
        except DeskError:
            pass
        except Exception as error:
            note(data, error)
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)

    def note(data: bytes, error: Exception) -> None:
        frames = traceback.extract_tb(error.__traceback__)
        ours = [frame for frame in frames if "/translate/" in frame.filename] or frames
        place = f"{type(error).__name__} {Path(ours[-1].filename).name}:{ours[-1].lineno}"
        if place not in findings:
            findings[place] = str(error)[:200]
            folder = out / name
            folder.mkdir(parents=True, exist_ok=True)
            (folder / hashlib.sha256(data).hexdigest()[:12]).write_bytes(data)

    signal.signal(signal.SIGVTALRM, too_long)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY + (4 << 30), resource.RLIM_INFINITY))
    grown = Path(tempfile.mkdtemp())
    arguments = [f"-max_len={_LONGEST}", f"-dict={TOKENS}", "-rss_limit_mb=0", "-timeout=60", "-seed=1", "-verbosity=0"]
    atheris.Setup([sys.argv[0], *arguments, str(grown), str(CORPUS / name)], one)
    last = time.monotonic() + seconds
    atheris.Fuzz()


def grow(corpus: Path, grown: Path) -> None:
    """Add the smallest new inputs to a corpus, as many as it may have."""
    room = _KEPT - len(list(corpus.iterdir()))
    new = sorted((path for path in grown.iterdir()), key=lambda path: (path.stat().st_size, path.name))
    for path in [path for path in new if 0 < path.stat().st_size <= _KEPT_BYTES][-room:] if room > 0 else []:
        (corpus / path.name[:12]).write_bytes(path.read_bytes())


if __name__ == "__main__":
    sys.exit(main())
