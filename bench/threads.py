"""Drafting with one core and with all: workers and threads of CTranslate2, throughput, and what memory grows to.

    python bench/threads.py [--sentences FILE] [--count 400] [--beam 4]

Each setting is a process of its own that may use so many cores (Linux only): `inter` workers decode batches at once,
each with `intra` threads. All of them must give the same drafts. Then what drafting holds in memory, with more and more
sentences: it must not grow with them.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path

from measuring import Figure, keep, parser
from texts import french

from translate.documents.segmentation import load_segmenter
from translate.engines.argos import ArgosEngine
from translate.engines.model import Options
from translate.engines.package import STARTERS, read
from translate.engines.queue import Request, draft


def main() -> None:
    asked = parser(__doc__)
    asked.add_argument("--sentences", type=Path)
    asked.add_argument("--count", type=int, default=400)
    asked.add_argument("--beam", type=int, default=4)
    asked.add_argument("--growth", type=int, nargs="*", default=[100, 1000, 4000])
    asked.add_argument("--child", nargs=3, type=int, metavar=("CORES", "INTER", "INTRA"), help="used by itself")
    wanted = asked.parse_args()
    if wanted.child:
        print(json.dumps(drafted(wanted, *wanted.child)))
        return
    cores = len(os.sched_getaffinity(0))
    settings = [(1, 1, 1), (1, 2, 1), *((cores, inter, intra) for inter, intra in ((1, 1), (1, cores), (cores, 1)))]
    settings += [(cores, cores, cores), (cores, 2 * cores, 1)] if cores > 1 else []
    found = {setting: child(wanted, *setting) for setting in settings}
    print(f"{wanted.count} sentences, beam {wanted.beam}")
    print(f"{'cores':>6} {'inter x intra':>14} {'sentences/s':>12} {'MB':>6}")
    for (many, inter, intra), one in found.items():
        print(f"{many:6} {f'{inter} x {intra}':>14} {one['rate']:12.1f} {one['peak']:6.0f}")
    assert len({one["drafts"] for one in found.values()}) == 1, "the drafts are not the same"
    one, chosen = found[1, 1, 1]["rate"], found[cores, cores, 1]["rate"]
    wanted.beam = 2
    peaks = {}
    for count in wanted.growth:
        wanted.count = count
        peaks[count] = child(wanted, cores, cores, 1)["peak"]
        print(f"{count:6} sentences, beam 2: {peaks[count]:.0f} MB")
    figures = [
        Figure("drafting with one core, sentences", one, "/s"),
        Figure(f"drafting with {cores} cores, sentences", chosen, "/s", note=f"{chosen / one:.2f} x one core"),
    ]
    if wanted.growth:
        few, many = min(peaks), max(peaks)
        note = f"of {few:,} sentences {peaks[few]:.0f} MB"
        figures.append(Figure(f"memory of drafting {many:,} sentences", peaks[many], "MB", note=note))
    table = [[many, f"{inter} x {intra}", one["rate"], one["peak"]] for (many, inter, intra), one in found.items()]
    keep(wanted.json, figures, {"threads": table, "memory": sorted(peaks.items())})


def child(wanted: argparse.Namespace, *setting: int) -> dict[str, float]:
    """Return what a setting does, in a process of its own."""
    command = [sys.executable, __file__, "--count", wanted.count, "--beam", wanted.beam, "--child", *setting]
    command += ["--sentences", wanted.sentences] if wanted.sentences else []
    done = subprocess.run(list(map(str, command)), check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def drafted(wanted: argparse.Namespace, cores: int, inter: int, intra: int) -> dict[str, object]:
    """Draft with a setting; return sentences a second, the peak of memory, and a hash of the drafts."""
    import ctranslate2

    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])
    package = read(STARTERS / "fr_en")
    assert package is not None
    engine = ArgosEngine(package, Options(beam=wanted.beam, threads=inter))
    engine._load()
    place = str(package.model)
    engine._translator = ctranslate2.Translator(
        place, device="cpu", compute_type=engine.compute, inter_threads=inter, intra_threads=intra
    )
    list(engine.translate(["Bonjour."]))
    texts = french(wanted.sentences, wanted.count)
    began = time.perf_counter()
    requests = [Request(at, text) for at, text in enumerate(texts)]
    made = {one.ticket: one.text for one in draft(requests, [engine], [load_segmenter("fr").spans])}
    spent = time.perf_counter() - began
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return {
        "rate": len(texts) / spent,
        "peak": int(status.split("VmHWM:")[1].split()[0]) * 1024 / 1e6,
        "drafts": hashlib.sha256("\n".join(made[at] for at in range(len(texts))).encode()).hexdigest(),
    }


if __name__ == "__main__":
    main()
