"""What is lost when a run is killed, the disk is full or fails, people save meanwhile, or many run at once: nothing.

    python bench/faults.py [VERB ...] [--most CALLS] [--json FILE]     # everything: about an hour

A library between the program and the system (tests/faults/interposer.c, compiled here) sees every call that changes a
file of the desk, SQLite's as well, and strikes at the Nth. After each run every file of the desk must be whole, all
reviewed words be there, and the next run end with the same bytes as one that nothing disturbed. Prints the table of
faults, verbs, runs and losses (docs/promises.md).
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.faults import interposer  # noqa: E402 - the tests are beside this folder


def main() -> int:
    if why := interposer.lacking():
        print(f"skipped: {why}")
        return 0
    with tempfile.TemporaryDirectory() as scratch:
        library = interposer.built(Path(scratch))
        command = [sys.executable, "-m", "tests.faults.table", *sys.argv[1:]]
        return subprocess.run(command, cwd=ROOT, env=interposer.environment(library), check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
