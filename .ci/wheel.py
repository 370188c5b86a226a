"""Build a wheel twice, in other folders, with other times, modes and zones: the bytes must be the same.

    python .ci/wheel.py dist

Needs hatchling. The sources are those of the last commit and what is changed since: whatever git does not ignore.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def copied(target: Path, *, mode: int, seconds: int) -> None:
    """Copy what git knows or does not ignore, with a mode and a time of change for every file."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    for name in filter(None, names.split("\0")):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, target / name)
            (target / name).chmod(mode)
            os.utime(target / name, (seconds, seconds))


def built(sources: Path, *, umask: int, **environment: str) -> Path:
    """Build the wheel of a folder and return it."""
    out = sources / "made"
    script = "import sys, hatchling.build; hatchling.build.build_wheel(sys.argv[1])"
    told = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"} | environment
    out.mkdir()
    subprocess.run([sys.executable, "-c", script, out], cwd=sources, check=True, umask=umask, env=told)
    return next(out.glob("*.whl"))


def main() -> None:
    """Build twice, compare, and keep the wheel."""
    target = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory(prefix="elsewhere-") as other:
        copied(Path(one), mode=0o644, seconds=1_600_000_000)
        copied(Path(other), mode=0o600, seconds=1_700_000_000)
        first = built(Path(one), umask=0o022, TZ="UTC", PYTHONHASHSEED="1")
        second = built(Path(other), umask=0o077, TZ="Asia/Tokyo", PYTHONHASHSEED="2", LC_ALL="C")
        if first.read_bytes() != second.read_bytes():
            sys.exit("The wheel is not reproducible: two builds of the same sources differ.")
        target.mkdir(parents=True, exist_ok=True)
        kept = shutil.copyfile(first, target / first.name)
    print(f"{hashlib.sha256(kept.read_bytes()).hexdigest()}  {kept}, the same bytes twice")


main()
