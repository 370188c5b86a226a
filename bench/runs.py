"""How long a run takes that has nothing to do, and one that has little, by the number of documents.

    python bench/runs.py [DOCUMENTS ...]      # 10 100 1000, say; 10000 takes an hour

Documents of five sentences, two languages, reviewed (nothing is drafted). Each command is a process of its own, as
people start it; the slope is that of the line through the points in a log-log plot.
"""

from __future__ import annotations

import math
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import polib

CLI = [sys.executable, "-m", "translate"]


def main() -> None:
    counts = [int(one) for one in sys.argv[1:]] or [10, 100, 1000]
    print(
        f"{'documents':>9} {'first run':>10} {'nothing new':>12} {'one changed':>12} {'check':>8} {'peak MB':>8}   (s)"
    )
    points = []
    for count in counts:
        with tempfile.TemporaryDirectory() as place:
            first, again, one, check = measure(Path(place), count)
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        points.append((count, again))
        print(f"{count:9} {first:10.1f} {again:12.2f} {one:12.2f} {check:8.2f} {peak:8.0f}", flush=True)
    if len(points) > 1:
        (few, short), (many, long) = points[0], points[-1]
        print(f"slope of a run with nothing new: {math.log(long / short) / math.log(many / few):.2f}")


def measure(desk: Path, count: int) -> tuple[float, float, float, float]:
    run(desk, "init", "--source", "fr", "--target", "en", "--target", "de")
    for number in range(count):
        story = "\n\n".join(f"Le navire {number} a quitté le quai {at} mardi." for at in range(4))
        (desk / f"source/story{number:05}.txt").write_text(f"Le navire {number}\n\n{story}\n")
    run(desk, "extract", "--quiet")
    for path in (desk / "locales").rglob("*.po"):
        file = polib.pofile(str(path))
        for entry in file:
            entry.msgstr = entry.msgid.replace("Le navire", "Ship").replace("a quitté le quai", "left quay")
        file.save(str(path))
    time.sleep(2.5)
    first = run(desk, "run", "--quiet")
    again = min(run(desk, "run", "--quiet") for _ in range(3))
    (desk / "source/story00003.txt").write_text("Un autre texte 7\n\nLe navire 3 a quitté le quai 0 mardi.\n")
    for path in (desk / "locales").rglob("story00003.po"):
        path.unlink()
    return first, again, run(desk, "run", "--quiet"), run(desk, "check", "--quiet")


def run(desk: Path, *arguments: str) -> float:
    began = time.perf_counter()
    done = subprocess.run([*CLI, *arguments], cwd=desk, capture_output=True, text=True, env=os.environ, check=False)
    assert done.returncode in (0, 1), done.stderr
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
