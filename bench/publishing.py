"""Build a site of many stories, build it again with one change, and with none: seconds and memory.

    python bench/publishing.py [STORIES]

Every story is the reviewed one of the sample desk, in French, English and German (30 segments). The budgets are 60 s
for 1,000 stories, and 2 s for one change. Each step runs in a process of its own, started cold.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
STORY = "alep-cessez-le-feu"
_MEASURED = """
import resource, sys
from translate.cli import main
code = main(sys.argv[1:])
peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
print(f"{peak / 1024:.0f} MB", file=sys.stderr)
raise SystemExit(code)
"""


def desk(folder: Path, stories: int) -> None:
    """Make a desk of copies of a story."""
    (folder / "translate.toml").write_text(
        'source = "fr"\ntargets = ["en", "de"]\n\n[publish]\nurl = "https://news.example.org/"\n', encoding="utf-8"
    )
    text = (ROOT / "source" / f"{STORY}.txt").read_text(encoding="utf-8")
    for number in range(stories):
        name = f"story-{number:05}"
        source = folder / "source" / f"{name}.txt"
        source.parent.mkdir(exist_ok=True)
        source.write_text(text, encoding="utf-8")
        for language in ("en", "de"):
            catalog = folder / "locales" / language / "LC_MESSAGES" / f"{name}.po"
            catalog.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / "locales" / language / "LC_MESSAGES" / f"{STORY}.po", catalog)


def step(what: str, folder: Path, *arguments: str) -> None:
    """Run a command and print how long it took."""
    begin = time.perf_counter()
    command = [sys.executable, "-c", _MEASURED, *arguments, "--project", str(folder), "--quiet"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{what}: exit {done.returncode}: {done.stdout[-500:]} {done.stderr[-500:]}")
    print(f"{what:>24} {time.perf_counter() - begin:7.2f} s   {done.stderr.strip()}", flush=True)


def main() -> None:
    """Measure."""
    stories = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        desk(folder, stories)
        step(f"{stories} stories, all", folder, "publish")
        step("nothing changed", folder, "publish")
        catalog = folder / "locales" / "en" / "LC_MESSAGES" / "story-00007.po"
        catalog.write_text(
            catalog.read_text(encoding="utf-8").replace("Threat of sanctions", "Sanctions threatened"), encoding="utf-8"
        )
        step("one catalog changed", folder, "publish")
        pages = sum(1 for _ in (folder / "output" / "site").rglob("*.html"))
        print(f"{pages} pages")


if __name__ == "__main__":
    main()
