"""Budget: a run that has nothing to do takes under 2 s with 1,000 documents, and under 15 s with 10,000.

    python bench/runs.py [DOCUMENTS ...]      # 10 100 1000, say; 10000 takes some minutes

Documents of five sentences, two languages, reviewed (nothing is drafted). Each command is a process of its own, as
people start it; the slope is that of the line through all points in a log-log plot, by least squares.
"""

from __future__ import annotations

import math
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

import polib
from measuring import CLI, Figure, keep, parser, watched

BUDGETS = {1_000: 2.0, 10_000: 15.0}
STEPS = ("first run", "nothing new", "one changed", "check")


def main() -> None:
    asked = parser(__doc__)
    asked.add_argument("documents", type=int, nargs="*", default=[10, 100, 1_000])
    wanted = asked.parse_args()
    print(f"{'documents':>9} " + " ".join(f"{step:>12}" for step in STEPS) + f" {'peak MB':>8}   (s)")
    points: dict[str, list[tuple[int, float]]] = {step: [] for step in (*STEPS, "peak")}
    for count in wanted.documents:
        with tempfile.TemporaryDirectory() as place:
            found = measure(Path(place), count)
        for step, value in found.items():
            points[step].append((count, value))
        times = " ".join(f"{found[step]:12.2f}" for step in STEPS)
        print(f"{count:9} {times} {found['peak']:8.0f}", flush=True)
    figures = [
        Figure(f"a run with nothing new, {count:,} documents", value, "s", most=BUDGETS.get(count))
        for count, value in points["nothing new"]
    ]
    if len(wanted.documents) > 1:
        for step in ("first run", "nothing new", "peak"):
            print(f"slope of {step}: {slope(points[step]):.2f}")
        figures.append(Figure("growth of a first run with the documents (slope)", slope(points["first run"]), ""))
        figures.append(Figure("growth of a run with nothing new (slope)", slope(points["nothing new"]), ""))
    figures += [Figure(f"peak memory of a run, {count:,} documents", value, "MB") for count, value in points["peak"]]
    keep(wanted.json, figures, points)


def slope(points: list[tuple[int, float]]) -> float:
    """Return the slope of the line through some points in a log-log plot.

    >>> round(slope([(10, 2.0), (100, 20.0), (1000, 200.0)]), 2)
    1.0
    """
    across, up = ([math.log(point[at]) for point in points] for at in (0, 1))
    return statistics.linear_regression(across, up).slope


def measure(desk: Path, count: int) -> dict[str, float]:
    run(desk, "init", "--source", "fr", "--target", "en", "--target", "de")
    for number in range(count):
        story = "\n\n".join(f"Le navire {number} a quitté le quai {at} mardi." for at in range(4))
        (desk / f"source/story{number:05}.txt").write_text(f"Le navire {number}\n\n{story}\n")
    run(desk, "extract", "--quiet")
    for path in (desk / "locales").rglob("*.po"):
        file = polib.pofile(str(path), wrapwidth=0)
        for entry in file:
            entry.msgstr = entry.msgid.replace("Le navire", "Ship").replace("a quitté le quai", "left quay")
        file.save(str(path))
    # What is younger than two seconds is not taken for known.
    time.sleep(2.5)
    first = watched([*CLI, "run", "--quiet"], desk)
    again = min(run(desk, "run", "--quiet") for _ in range(3))
    (desk / "source/story00003.txt").write_text("Un autre texte 7\n\nLe navire 3 a quitté le quai 0 mardi.\n")
    for path in (desk / "locales").rglob("story00003.po"):
        path.unlink()
    one, check = run(desk, "run", "--quiet"), run(desk, "check", "--quiet")
    return dict(zip((*STEPS, "peak"), (first.seconds, again, one, check, first.peak), strict=True))


def run(desk: Path, *arguments: str) -> float:
    began = time.perf_counter()
    done = subprocess.run([*CLI, *arguments], cwd=desk, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
