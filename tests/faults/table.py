"""The table of faults: which fault, at which verb, how many runs, what was lost."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.faults.desks import BY_NAME, VERBS, Verb
from tests.faults.interposer import Fault, Interposer
from tests.faults.runs import STRUCK, Bench, Row, points, sweep

PORT, SOURCE = "locales/en/LC_MESSAGES/port.po", "source/port.txt"
# What writes to catalogs, and what reads documents, while a person saves one.
_CATALOGS = ("extract (changed, renamed)", "draft", "run (changed, renamed)", "check --fix", "exchange import",
             "review: decisions", "review: join", "review --import")  # fmt: skip
_DOCUMENTS = ("extract (changed, renamed)", "run (changed, renamed)", "publish")
# What is done at one desk at once, and how many times.
_TOGETHER = (
    (("run (changed, renamed)",), 2),
    (("run (changed, renamed)",), 10),
    (("check",), 10),
    (("review: decisions",), 10),
    (("memory learn",), 10),
    (("publish", "run (new documents)", "memory learn", "check", "bundle", "exchange export", "review: decisions"), 10),
)
#: What the suite does: a fault, a verb, and at how many calls.
QUICK = (
    (Fault.KILLED, "extract (changed, renamed)", 4),
    (Fault.KILLED, "publish --correction", 4),
    (Fault.KILLED, "publish --withdraw", 4),
    (Fault.KILLED, "review: decisions", 4),
    (Fault.KILLED, "models remove", 2),
    (Fault.TORN, "check --fix", 3),
    (Fault.TORN, "memory learn", 2),
    (Fault.FULL, "exchange import", 3),
    (Fault.FULL, "draft", 2),
    (Fault.BROKEN, "review --import", 2),
    (Fault.READ_ONLY, "memory delete", 2),
    (Fault.INTERRUPTED, "glossary import", 2),
    (Fault.TERMINATED, "init", 2),
    (Fault.CLOCK, "publish", 1),
)


def quick(bench: Bench) -> Iterator[Row]:
    """Yield the rows of the short table."""
    for fault, name, most in QUICK:
        yield sweep(bench, BY_NAME[name], fault, most)
    yield saved(bench, BY_NAME["exchange import"], Fault.SAVED, PORT, 3)
    yield together(bench, ("check",), 4)
    yield flushed(bench, BY_NAME["publish"])


def wide(bench: Bench, verbs: Sequence[Verb], most: int) -> Iterator[Row]:
    """Yield the rows of the whole table, at no more than `most` calls of a verb where that is given."""
    for fault, some in STRUCK.items():
        for verb in verbs:
            yield sweep(bench, verb, fault, min(filter(None, (some, most)), default=0))
    yield from (flushed(bench, verb) for verb in verbs)
    names = {verb.name for verb in verbs}
    for fault in (Fault.SAVED, Fault.SAVED_IN_PLACE):
        for path, which in ((PORT, _CATALOGS), (SOURCE, _DOCUMENTS)):
            for name in names.intersection(which):
                yield saved(bench, BY_NAME[name], fault, path, min(filter(None, (24, most))))
    for which, many in _TOGETHER:
        if names.issuperset(which):
            yield together(bench, which, many)


def flushed(bench: Bench, verb: Verb) -> Row:
    """Do a verb, and see what the disk has been told to keep, and when."""
    lost = bench.flushed(verb)
    return Row("POWER CUT", verb.name, 1, [lost] if lost else [])


def saved(bench: Bench, verb: Verb, fault: Fault, path: str, most: int) -> Row:
    """Do a verb, and let a person save a file before each of some calls."""
    row = Row(f"{fault.name} {path.partition('/')[0]}", verb.name)
    for nth in points(bench.undisturbed(verb)[0], most):
        row.runs += 1
        if lost := bench.saved(verb, fault, nth, path):
            row.losses.append(lost)
    return row


def together(bench: Bench, names: Sequence[str], many: int) -> Row:
    """Do some verbs at one desk at once."""
    row = Row(f"{many} AT ONCE", " + ".join(names), many)
    if lost := bench.together([BY_NAME[name] for name in names], many):
        row.losses.append(lost)
    return row


def main() -> int:
    """Print the table, and what was lost; end with 1 where anything was."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("verbs", nargs="*", help="Only these.")
    parser.add_argument("--quick", action="store_true", help="The short table of the suite.")
    parser.add_argument("--most", type=int, default=0, help="At no more than so many calls of a verb.")
    parser.add_argument("--json", type=Path, help="Also write the rows into a file.")
    wanted = parser.parse_args()
    verbs = [verb for verb in VERBS if not wanted.verbs or verb.name in wanted.verbs]
    # A disk in memory: what is tried is what is written, and not the disk.
    memory = Path("/dev/shm")
    base = Path(tempfile.mkdtemp(dir=memory if os.access(memory, os.W_OK) else None, prefix="faults-"))
    rows: list[Row] = []
    try:
        bench = Bench(base, Interposer())
        bench.prepare()
        for row in quick(bench) if wanted.quick else wide(bench, verbs, wanted.most):
            rows.append(row)
            print(f"{row.fault:22} {row.verb:40} {row.runs:6} {len(row.losses):6}", flush=True)
            for lost in row.losses[:3]:
                print(f"  {lost}", flush=True)
            if wanted.json:
                wanted.json.write_text(json.dumps([[one.fault, one.verb, one.runs, len(one.losses)] for one in rows]))
    finally:
        shutil.rmtree(base, ignore_errors=True)
    print(f"runs: {sum(row.runs for row in rows)}, losses: {sum(len(row.losses) for row in rows)}")
    return 1 if any(row.losses for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
