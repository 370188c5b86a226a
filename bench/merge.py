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
import tempfile
from pathlib import Path

import peers
from babel.messages.pofile import read_po, write_po
from measuring import Figure, keep, parser, seconds

from translate.catalogs import header, merge, store
from translate.catalogs.units import Unit
from translate.documents.model import Role

NOW = dt.datetime(2026, 5, 1, 9, 30, tzinfo=dt.UTC)
CHANGED = 0.05
SIZES = (
    *((count, CHANGED) for count in (500, 5_000, 20_000, 40_000)),
    *((count, 1.0) for count in (5_000, 20_000)),
)


def main() -> None:
    asked = parser(__doc__)
    asked.add_argument("--all", action="store_true", help="time Babel on the large catalogs as well")
    wanted = asked.parse_args()
    rng = random.Random(7)
    words = ["".join(rng.choices("abcdefghijlmnopqrstuvzéè", k=rng.randint(2, 10))) for _ in range(8_000)]
    weights = [1 / rank for rank in range(1, len(words) + 1)]

    def sentence() -> str:
        return " ".join(rng.choices(words, weights, k=rng.randint(6, 24))).capitalize() + "."

    print(f"{'entries':>8} {'changed':>8} {'ours':>8} {'msgmerge':>9} {'ratio':>6} {'Babel':>8}")
    rows = []
    for count, share in SIZES:
        texts = list(dict.fromkeys(sentence() for _ in range(count)))
        later = list(texts)
        for at in rng.sample(range(len(texts)), int(len(texts) * share)):
            changed = later[at].split()
            changed[rng.randrange(len(changed))] = rng.choice(words)
            changed.insert(2, rng.choice(words))
            later[at] = " ".join(changed)
        with tempfile.TemporaryDirectory() as folder:
            babel = wanted.all or (count <= 500 and share == CHANGED)
            rows.append((count, share, *_row(Path(folder), texts, later, share, babel)))
    _told(wanted.json, rows)


def _told(path: Path | None, rows: list[tuple[int, float, float, float, float]]) -> None:
    figures = []
    for count, share, ours, theirs, babels in rows:
        found = {"msgmerge": theirs} if theirs else {}
        found |= {"Babel": babels} if babels else {}
        absent = {} if theirs else {"msgmerge": "msgmerge is not installed on this machine"}
        most = 2 if (count, share) == (20_000, CHANGED) else None
        what = f"merge of {count:,} entries, {share:.0%} changed"
        figures.append(Figure(what, ours, "s", most=most, peers=found, absent=absent))
    keep(
        path, figures, {"merge": [[count, ours, theirs] for count, share, ours, theirs, _ in rows if share == CHANGED]}
    )


def _row(folder: Path, texts: list[str], later: list[str], share: float, babel: bool) -> tuple[float, float, float]:
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
        command = [
            peers.system("msgmerge"),
            "--quiet",
            "--previous",
            "--update",
            "--backup=none",
            str(other),
            str(template),
        ]
        subprocess.run(command, check=True)

    def babels() -> None:
        with path.open("rb") as old, template.open("rb") as new:
            read = read_po(old, locale="en")
            read.update(read_po(new))
        write_po(io.BytesIO(), read)

    # Babel before ours: that writes the catalog.
    third = seconds(babels) if babel else 0.0
    one = seconds(ours)
    try:
        two = seconds(theirs)
    except peers.AbsentError:
        two = 0.0
    ratio = f"{one / two:6.2f}" if two else f"{'':6}"
    print(f"{len(texts):8,} {share:8.0%} {one:7.2f}s {two:8.2f}s {ratio} {third:7.1f}s", flush=True)
    return one, two, third


def _units(texts: list[str]) -> list[Unit]:
    return [Unit((None, text), (Role.PARAGRAPH,), (), (line,)) for line, text in enumerate(texts, 1)]


if __name__ == "__main__":
    main()
