"""Budget: a catalog of 20,000 entries, 5 % of them changed, is merged in under 2 s, and never in quadratic time.

    python bench/merge.py [--all]

Ours is reading, merging and writing; msgmerge the same with `--previous`, as its own process. Babel's Catalog.update is
quadratic: it is timed on small catalogs, and on the large one with --all (minutes). The last rows change every entry.
"""

from __future__ import annotations

import datetime as dt
import io
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from babel.messages.pofile import read_po, write_po

from translate.catalogs import header, merge, store
from translate.catalogs.units import Unit
from translate.documents.model import Role

NOW = dt.datetime(2026, 5, 1, 9, 30, tzinfo=dt.UTC)
CHANGED = 0.05
SIZES = (
    *((count, CHANGED) for count in (500, 5_000, 20_000, 40_000)),
    *((count, 1.0) for count in (5_000, 20_000)),
)


def main(everything: bool) -> None:
    rng = random.Random(7)
    words = ["".join(rng.choices("abcdefghijlmnopqrstuvzéè", k=rng.randint(2, 10))) for _ in range(8_000)]
    weights = [1 / rank for rank in range(1, len(words) + 1)]

    def sentence() -> str:
        return " ".join(rng.choices(words, weights, k=rng.randint(6, 24))).capitalize() + "."

    print(f"{'entries':>8} {'changed':>8} {'ours':>8} {'msgmerge':>9} {'ratio':>6} {'Babel':>8}")
    for count, share in SIZES:
        texts = list(dict.fromkeys(sentence() for _ in range(count)))
        later = list(texts)
        for at in rng.sample(range(len(texts)), int(len(texts) * share)):
            changed = later[at].split()
            changed[rng.randrange(len(changed))] = rng.choice(words)
            changed.insert(2, rng.choice(words))
            later[at] = " ".join(changed)
        with tempfile.TemporaryDirectory() as folder:
            babel = everything or (count <= 500 and share == CHANGED)
            _row(Path(folder), texts, later, share, babel)


def _row(folder: Path, texts: list[str], later: list[str], share: float, babel: bool) -> None:
    path, other, template = folder / "a.po", folder / "b.po", folder / "a.pot"
    catalog = merge.create(path, "a", "fr", "en", NOW)
    catalog, _ = merge.merge(catalog, _units(texts), "a.txt", NOW)
    for entry in catalog.entries:
        entry.msgstr = entry.msgid.upper()
    store.save(catalog)
    other.write_bytes(path.read_bytes())
    pot = store.template(_units(later), "a.txt", header.template_header("a", "fr", NOW))
    template.write_bytes(store.serialise(pot))

    def ours() -> None:
        read = store.load(path)
        assert read is not None
        merged, _ = merge.merge(read, _units(later), "a.txt", NOW, language="fr")
        store.save(merged)

    def theirs() -> None:
        command = ["msgmerge", "--quiet", "--previous", "--update", "--backup=none", str(other), str(template)]
        subprocess.run(command, check=True)

    def babels() -> None:
        with path.open("rb") as old, template.open("rb") as new:
            read = read_po(old, locale="en")
            read.update(read_po(new))
        write_po(io.BytesIO(), read)

    # Babel before ours: that writes the catalog.
    third = f"{_seconds(babels):7.1f}s" if babel else ""
    one, two = _seconds(ours), _seconds(theirs)
    print(f"{len(texts):8,} {share:8.0%} {one:7.2f}s {two:8.2f}s {one / two:6.2f} {third:>8}", flush=True)


def _units(texts: list[str]) -> list[Unit]:
    return [Unit((None, text), (Role.PARAGRAPH,), (), (line,)) for line, text in enumerate(texts, 1)]


def _seconds(work: Callable[[], None]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


if __name__ == "__main__":
    main("--all" in sys.argv)
