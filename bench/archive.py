"""Many documents of open text through the whole road: time, memory, interrupted in the middle, nothing new again.

    python bench/archive.py DESK make [CORPUS.tsv.xz ...] [--documents 10000] [--sentences 5]
    python bench/archive.py DESK run [--kill-after SECONDS]      # again until it is not killed any more
    python bench/archive.py DESK again [--json FILE]

A corpus has a French text and its translation a line, with a tab between; the French is used, and nothing of it is kept
but in DESK. A document is a heading and some sentences; one in four is Markdown with bold words. The starter packages
draft English and German at beam 2, from nothing to editions.

Each time that a run is killed (SIGKILL, the process that leads, at a moment that nobody chose), what the catalogs hold
is remembered, and three of them are reviewed as a person would. Afterwards nothing of that may have changed, every
entry must have a draft, and every edition must be there. What a run used is remembered in DESK/../DESK.json.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import time
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path

import polib
from measuring import CLI, Figure, keep, others, parser, watched
from runs import BUDGETS
from texts import sentences as french

LANGUAGES = ("en", "de")


def main() -> None:
    asked = parser(__doc__)
    asked.add_argument("desk", type=Path)
    asked.add_argument("step", choices=("make", "run", "again"))
    asked.add_argument("corpora", type=Path, nargs="*")
    asked.add_argument("--documents", type=int, default=10_000)
    asked.add_argument("--sentences", type=int, default=5, help="of a document, its heading among them")
    asked.add_argument("--kill-after", type=float, default=0)
    wanted = asked.parse_args()
    desk = wanted.desk.resolve()
    notes = desk.with_suffix(".json")
    known = (
        json.loads(notes.read_text(encoding="utf-8")) if notes.exists() else {"runs": [], "held": {}, "reviewed": {}}
    )
    if wanted.step == "make":
        known |= made(desk, wanted.corpora, wanted.documents, wanted.sentences)
    elif wanted.step == "run":
        ran = watched([*CLI, "run", "--quiet"], desk, kill_after=wanted.kill_after)
        one = {"seconds": ran.seconds, "cpu": ran.cpu, "peak": ran.peak, "killed": ran.code == -9, "others": others()}
        known["runs"].append(one)
        print(f"{ran.seconds:.0f} s, {ran.cpu:.0f} s of a core, {ran.peak:.0f} MB, exit {ran.code}")
        known = proved(desk, known) if ran.code != -9 else interrupted(desk, known)
    else:
        known["again"] = [watched([*CLI, "run", "--quiet"], desk).seconds for _ in range(3)]
        told(known, wanted.json)
    notes.write_text(json.dumps(known), encoding="utf-8")


def told(known: dict, path: Path | None) -> None:  # type: ignore[type-arg]
    """Print the figures of all steps, and keep them."""
    runs, count = known["runs"], known["documents"]
    kills = sum(one["killed"] for one in runs)
    total, cpu, peak = (
        sum(one["seconds"] for one in runs),
        sum(one["cpu"] for one in runs),
        max(r["peak"] for r in runs),
    )
    drafts = max((one["drafts"] for one in runs if one["killed"]), default=0)
    note = f"{known['sentences']} sentences each, {known['words']:,} French words, two languages"
    note += f"; killed {kills} times and resumed, nothing lost of {drafts:,} drafts; "
    shares = [one["others"] for one in runs if "others" in one]
    note += f"others used {max(shares):.0%} of the machine" if shares else "what else ran was not recorded"
    figures = [
        Figure(f"{count:,} documents, from nothing to editions", total, "s", note=note),
        Figure(f"{count:,} documents, time of one core", cpu, "s"),
        Figure(f"{count:,} documents, peak memory", peak, "MB", note="all processes together"),
        Figure(f"{count:,} documents, nothing new", min(known["again"]), "s", most=BUDGETS.get(count)),
    ]
    for one in figures:
        print(f"{one.what:48} {one.value:9.1f} {one.unit:3} {one.note}")
    keep(path, figures, {"peaks": [one["peak"] for one in runs]})


def made(desk: Path, corpora: list[Path], count: int, sentences: int) -> dict[str, int]:
    """Make a desk with so many documents."""
    desk.mkdir(parents=True)
    targets = chain.from_iterable(("--target", one) for one in LANGUAGES)
    subprocess.run([*CLI, "init", "--source", "fr", *targets], cwd=desk, check=True, capture_output=True)
    texts = chain.from_iterable(zip(*map(french, corpora), strict=False)) if corpora else invented()
    words = 0
    for number in range(count):
        found = [next(texts) for _ in range(sentences)]
        words += sum(len(one.split()) for one in found)
        heading, first, *others = found
        name, mark = f"story{number:05}.{'txt' if number % 4 else 'md'}", "" if number % 4 else "# "
        if mark:
            first = "**{}** {}".format(*first.split(" ", 1))
        rest = [first, *others]
        paragraphs = [" ".join(rest[at : at + 2]) for at in range(0, len(rest), 2)]
        text = "\n\n".join([f"{mark}{heading}", *paragraphs]) + "\n"
        (desk / "source" / name).write_text(text, encoding="utf-8")
    return {"documents": count, "words": words, "sentences": sentences}


def invented() -> Iterator[str]:
    """Yield sentences without end."""
    number = 0
    while True:
        number += 1
        yield f"Le navire {number} a quitté le quai {number // 7} mardi, faute de vent."


def interrupted(desk: Path, known: dict) -> dict:  # type: ignore[type-arg]
    """Remember what the catalogs hold after a kill, and review three of them."""
    # The processes that it led end by themselves when nobody asks them any more.
    time.sleep(3)
    held = dict(drafted(desk))
    gone = {key: one for key, one in known["held"].items() if held.get(key) != one}
    assert not gone, f"{len(gone)} drafts of before are lost or other, such as {next(iter(gone))}"
    reviewed = known["reviewed"] | {}
    fresh = (path for path in catalogs(desk) if str(path.relative_to(desk)) not in reviewed and begun(path))
    some = list(islice(fresh, 3))
    for path in some:
        file = polib.pofile(str(path), wrapwidth=0)
        for entry in filter(lambda one: one.msgstr, file):
            entry.msgstr, entry.flags = f"{entry.msgstr} Reviewed.", [one for one in entry.flags if one != "fuzzy"]
            held.pop(f"{path.relative_to(desk)} {entry.msgid}", None)
        file.save(str(path))
        reviewed[str(path.relative_to(desk))] = {entry.msgid: entry.msgstr for entry in file if entry.msgstr}
    known["runs"][-1]["drafts"] = len(held)
    print(f"killed: {len(held):,} drafts in the catalogs, {len(some)} catalogs reviewed")
    return known | {"held": held, "reviewed": reviewed}


def proved(desk: Path, known: dict) -> dict:  # type: ignore[type-arg]
    """Say what was lost over all runs; there must be nothing."""
    held = dict(drafted(desk))
    lost = [key for key, one in known["held"].items() if held.get(key) != one]
    touched = [
        name
        for name, texts in known["reviewed"].items()
        if not texts.items() <= {entry.msgid: entry.msgstr for entry in polib.pofile(str(desk / name))}.items()
    ]
    every = [entry for path in catalogs(desk) for entry in polib.pofile(str(path))]
    empty = sum(not entry.msgstr for entry in every)
    # A document has an edition in more than one kind of file.
    editions = len({path.with_suffix("") for path in (desk / "output").rglob("story*") if path.suffix != ".json"})
    print(
        f"{len(every):,} entries, {empty} empty; {editions:,} editions; {len(lost)} drafts lost, {len(touched)} reviews"
    )
    wanted = known["documents"] * len(LANGUAGES)
    assert not lost, "drafts were lost"
    assert not touched, "reviews were lost"
    assert editions == wanted, f"{editions} editions, not {wanted}"
    assert len(list(catalogs(desk))) == wanted, "catalogs are missing"
    return known | {"held": {}, "entries": len(every), "empty": empty}


def catalogs(desk: Path) -> Iterator[Path]:
    """Yield the catalogs of a desk, in order."""
    yield from sorted((desk / "locales").rglob("*.po"))


def begun(path: Path) -> bool:
    """Say whether an entry of a catalog has a draft."""
    return any(entry.msgstr and entry.fuzzy for entry in polib.pofile(str(path)))


def drafted(desk: Path) -> Iterator[tuple[str, str]]:
    """Yield each draft: its catalog and source, and a hash of what it says."""
    for path in catalogs(desk):
        for entry in polib.pofile(str(path)):
            if entry.msgstr and entry.fuzzy:
                yield f"{path.relative_to(desk)} {entry.msgid}", hashlib.sha256(entry.msgstr.encode()).hexdigest()[:16]


if __name__ == "__main__":
    main()
