"""How well confidence tells good drafts from bad ones, against what the engine alone thinks of its words.

    python -m bench.confidence FOLDER [--count 300]

FOLDER has NTREX as `ntrex.fr-en.fr`, `ntrex.fr-en.en` and so on. Must hold for both starter packages: Spearman's
correlation with sentence chrF of 0.45, and 40 % of the worst fifth by chrF in the worst fifth by confidence. Also what
judging costs, against drafting. Without `--count`, what `python -m training confidence` drafted is not drafted again.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from training.confidence import PAIRS, TEST, lines, measured
from translate.engines.argos import find_engines
from translate.engines.model import Options
from translate.quality.confidence import judge, model


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int)
    options = parser.parse_args()
    for pair in PAIRS:
        found = lines(options.folder, TEST, pair, options.count)
        made = measured(model(), found, pair)
        print(f"{pair}, {made['lines']} lines of NTREX")
        print(f"  {'':18} {'chrF':>6} {'TER':>6} {'worst fifth':>12}")
        for name, ranks in made["ranks"].items():
            print(f"  {name:18} {ranks['chrF']:6.3f} {ranks['TER']:6.3f} {ranks['worst fifth']:12.1%}")
        for sure, near, drafts in made["reliability"]:
            print(f"  confidence about {sure:.2f}: {near:.0%} of {drafts} drafts have a chrF of 50")
        (engine,) = find_engines(*pair.split("-"), Options())
        sample = found[:100]
        # Loading is neither's.
        list(engine.translate(["Bonjour."])), judge(engine, sample[0].sentences)
        start = time.perf_counter()
        list(engine.translate([sentence for line in sample for sentence, _ in line.sentences]))
        drafting = time.perf_counter() - start
        start = time.perf_counter()
        for line in sample:
            judge(engine, line.sentences)
        judging = time.perf_counter() - start
        print(
            f"  judging takes {judging / drafting:.2%} of the time of drafting ({judging / len(sample) * 1e6:.0f} µs)"
        )


if __name__ == "__main__":
    main()
