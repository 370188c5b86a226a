"""Build a site of many stories, build it again with one change, and with none: seconds and memory.

    python bench/publishing.py [STORIES]

Every story is the reviewed one of the sample desk, in French, English and German (30 segments). The budgets are 60 s
for 1,000 stories, and 2 s for one change. Each step runs in a process of its own, started cold.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from measuring import CLI, ROOT, Figure, keep, parser, watched

STORY = "alep-cessez-le-feu"


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


def step(what: str, folder: Path, most: float | None = None) -> Figure:
    """Publish, and print how long it took."""
    ran = watched([*CLI, "publish", "--quiet"], folder, codes=(0,))
    print(f"{what:>40} {ran.seconds:7.2f} s   {ran.peak:.0f} MB", flush=True)
    return Figure(what, ran.seconds, "s", most=most, note=f"{ran.peak:.0f} MB")


def main() -> None:
    """Measure."""
    asked = parser(__doc__)
    asked.add_argument("stories", type=int, nargs="?", default=1000)
    wanted = asked.parse_args()
    stories = wanted.stories
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        desk(folder, stories)
        whole = 60.0 if stories == 1000 else None
        figures = [
            step(f"site of {stories:,} stories", folder, whole),
            step(f"site of {stories:,} stories, nothing new", folder),
        ]
        catalog = folder / "locales" / "en" / "LC_MESSAGES" / "story-00007.po"
        catalog.write_text(
            catalog.read_text(encoding="utf-8").replace("Threat of sanctions", "Sanctions threatened"), encoding="utf-8"
        )
        figures.append(step(f"site of {stories:,} stories, one changed", folder, 2.0))
        pages = sum(1 for _ in (folder / "output" / "site").rglob("*.html"))
        print(f"{pages} pages")
    keep(wanted.json, figures)


if __name__ == "__main__":
    main()
