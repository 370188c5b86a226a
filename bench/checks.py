"""Budget: 20,000 entries are checked in under 5 s on two cores.

    python bench/checks.py PAIRS.tsv.xz --lang en [--entries 20000]

The file holds a sentence and its translation a line, with a tab between them. Ours reads the catalog and runs every
check; pofilter (Translate Toolkit, in `.toolkit/`) does the same with its own. Dictionaries are loaded within the time.
"""

from __future__ import annotations

import argparse
import datetime as dt
import lzma
import subprocess
import tempfile
import time
from pathlib import Path

from translate import checking, pipeline, project
from translate.catalogs import store
from translate.project import FILE
from translate.reading import read

NOW = dt.datetime(2026, 5, 1, 9, 30, tzinfo=dt.UTC)
TOOLKIT = Path(__file__).parents[1] / ".toolkit" / "bin" / "pofilter"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--lang", default="en")
    parser.add_argument("--entries", type=int, default=20_000)
    options = parser.parse_args()
    rows: dict[str, str] = {}
    with lzma.open(options.pairs, "rt", encoding="utf-8") as file:
        for line in file:
            source, translation = line.rstrip("\n").split("\t")[:2]
            if source.strip() and translation.strip():
                rows.setdefault(" ".join(source.split()), translation)
            if len(rows) == options.entries:
                break
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        desk, path = _desk(folder, rows, options.lang)
        documents = read(desk).documents
        began, worked = time.perf_counter(), time.process_time()
        found = checking.check(desk, documents, [], NOW.date())
        ours, cpu = time.perf_counter() - began, time.process_time() - worked
        print(f"{len(rows)} entries, {sum(map(len, rows)) / len(rows):.0f} signs each; {len(found)} findings")
        print(f"ours     {ours:6.2f} s ({cpu:.2f} s of one core)")
        if TOOLKIT.is_file():
            began = time.perf_counter()
            subprocess.run([TOOLKIT, "--progress=none", path, folder / "filtered.po"], check=True, capture_output=True)
            theirs = time.perf_counter() - began
            print(f"pofilter {theirs:6.2f} s, {theirs / ours:.1f} x ours")


def _desk(folder: Path, rows: dict[str, str], language: str) -> tuple[project.Project, Path]:
    (folder / "source").mkdir()
    (folder / FILE).write_text(f'source = "fr"\ntargets = ["{language}"]\nsegmentation = "paragraph"\n')
    (folder / "source" / "all.txt").write_text("\n\n".join(rows), encoding="utf-8")
    desk = project.load(folder)
    pipeline.save(desk, pipeline.extract(desk, read(desk).documents, [], NOW), NOW)
    path = desk.catalog("all", language)
    catalog = store.load(path)
    assert catalog is not None
    for entry in catalog.entries:
        entry.msgstr = rows.get(entry.msgid, "")
    store.save(catalog)
    return desk, path


if __name__ == "__main__":
    main()
