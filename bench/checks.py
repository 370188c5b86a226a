"""Budget: 20,000 entries are checked in under 5 s on two cores.

    python bench/checks.py [PAIRS.tsv.xz] --lang en [--entries 20000]

The file holds a sentence and its translation a line, with a tab between them; without it, sentences of the segmentation
gold file are their own translations. Ours reads the catalog and runs every check; pofilter (Translate Toolkit) does the
same with its own. Dictionaries are loaded within the time.
"""

from __future__ import annotations

import datetime as dt
import tempfile
import time
from pathlib import Path

import peers
from measuring import Figure, keep, parser, seconds
from texts import french, pairs

from translate import checking, pipeline, project
from translate.catalogs import store
from translate.project import FILE
from translate.reading import read

NOW = dt.datetime(2026, 5, 1, 9, 30, tzinfo=dt.UTC)


def main() -> None:
    asked = parser(__doc__)
    asked.add_argument("pairs", type=Path, nargs="?")
    asked.add_argument("--lang", default="en")
    asked.add_argument("--entries", type=int, default=20_000)
    options = asked.parse_args()
    found = pairs(options.pairs) if options.pairs else ((text, text) for text in french(None, options.entries))
    rows: dict[str, str] = {}
    for source, translation in found:
        rows.setdefault(" ".join(source.split()), translation)
        if len(rows) == options.entries:
            break
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        desk, path = _desk(folder, rows, options.lang)
        documents = read(desk).documents
        began, worked = time.perf_counter(), time.process_time()
        findings = checking.check(desk, documents, [], NOW.date())
        ours, cpu = time.perf_counter() - began, time.process_time() - worked
        print(f"{len(rows)} entries, {sum(map(len, rows)) / len(rows):.0f} signs each; {len(findings)} findings")
        print(f"ours     {ours:6.2f} s ({cpu:.2f} s of one core)")
        rivals, absent = {}, {}
        try:
            command = [peers.program("toolkit", "pofilter"), "--progress=none", path, folder / "filtered.po"]
            theirs = seconds(lambda: peers.run(command))
            rivals["pofilter"] = theirs
            print(f"pofilter {theirs:6.2f} s, {theirs / ours:.1f} x ours")
        except peers.AbsentError as error:
            absent["pofilter"] = str(error)
    note = f"{len(findings)} findings; {cpu:.1f} s of one core"
    keep(
        options.json,
        [Figure(f"checking {len(rows):,} entries", ours, "s", most=5, peers=rivals, absent=absent, note=note)],
    )


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
