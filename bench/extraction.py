"""Extract the same Markdown as po4a and mdpo do, in one run, and print the ratios of their times to ours.

Ours splits sentences, theirs keep paragraphs. The text is written here: paragraphs of prose with a link or bold words
in every third one, headings, lists. The peers' start is taken off (measured on an empty file).

    python bench/extraction.py [--megabytes 1]
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from translate.documents import sources
from translate.documents.segmentation import load_segmenter

PROSE = (
    "Les stations de ski du canton ont fermé mardi, faute de neige. Le directeur, M. Favre, parle d'une « saison "
    "perdue » et d'une perte de 2,5 millions de francs. Selon lui, rien n'est joué avant février.\n\n"
    "La commune a promis une aide aux hôtels. « Nous ferons ce qu'il faut », a dit la syndique devant le conseil, qui "
    "a voté le crédit par 32 voix contre 7. Les guides attendent la suite avec prudence.\n\n"
    "Le [service météo](https://exemple.ch/meteo) annonce de la **pluie jusqu'à 1800 mètres**. Puis le froid "
    "reviendra, *peut-être* avec de la neige en plaine.\n\n"
)
EXTRA = "## Ce qui suit\n\n- Une première chose à savoir\n- Une deuxième, plus longue que la première\n\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=float, default=1)
    size = int(parser.parse_args().megabytes * 1e6)
    unit = PROSE * 5 + EXTRA
    text = "".join(f"{unit}Paragraphe {number}.\n\n" for number in range(size // len(unit.encode()) + 1))
    with tempfile.TemporaryDirectory() as folder:
        document, empty = Path(folder, "a.md"), Path(folder, "b.md")
        document.write_text(text, encoding="utf-8")
        empty.write_text("Un.\n", encoding="utf-8")
        reading = sources.Reading("fr", load_segmenter("fr").spans)
        sources.read("b", empty, reading)
        ours = timed(lambda: sources.read("a", document, reading))
        megabytes = document.stat().st_size / 1e6
        print(f"ours   {megabytes / ours:6.2f} MB/s")
        for name, command in peers(Path(folder, "out.pot")).items():
            theirs = timed(partial(call, [*command, str(document)])) - timed(partial(call, [*command, str(empty)]))
            print(f"{name:6} {megabytes / theirs:6.2f} MB/s   {theirs / ours:5.1f} x our time")


def peers(out: Path) -> dict[str, list[str]]:
    """Return the commands of the peers that are installed."""
    found = {}
    if shutil.which("po4a-updatepo"):
        options = ["--format", "text", "--option", "markdown", "--master-charset", "UTF-8", "--po", str(out)]
        found["po4a"] = ["po4a-updatepo", *options, "--master"]
    script = Path(sys.executable).with_name("md2po")
    if script.exists():
        found["mdpo"] = [str(script), "--quiet", "--save", "--po-filepath", str(out)]
    return found


def timed(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def call(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True)


main()
