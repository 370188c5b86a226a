"""Extract the same Markdown as po4a and mdpo do, in one run, and print the ratios of their times to ours.

Ours splits sentences, theirs keep paragraphs. The text is written here: paragraphs of prose with a link or bold words
in every third one, headings, lists. The peers' start is taken off (measured on an empty file).

    python bench/extraction.py [--megabytes 2]

Budgets: over 5 MB/s of prose on one core, Markdown and text, and at least 10 x as fast as either.
"""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path

import peers
from measuring import Figure, keep, parser, seconds

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
    asked = parser(__doc__)
    asked.add_argument("--megabytes", type=float, default=2)
    wanted = asked.parse_args()
    size = int(wanted.megabytes * 1e6)
    unit = PROSE * 5 + EXTRA
    text = "".join(f"{unit}Paragraphe {number}.\n\n" for number in range(size // len(unit.encode()) + 1))
    with tempfile.TemporaryDirectory() as folder:
        document, empty = Path(folder, "a.md"), Path(folder, "b.md")
        document.write_text(text, encoding="utf-8")
        empty.write_text("Un.\n", encoding="utf-8")
        reading = sources.Reading("fr", load_segmenter("fr").spans)
        prose = Path(folder, "c.txt")
        prose.write_text(plain(text), encoding="utf-8")
        sources.read("b", empty, reading)
        sources.read("b", prose, reading)
        megabytes = document.stat().st_size / 1e6
        ours = megabytes / min(seconds(lambda: sources.read("a", document, reading)) for _ in range(3))
        texts = prose.stat().st_size / 1e6 / min(seconds(lambda: sources.read("c", prose, reading)) for _ in range(3))
        print(f"ours   {ours:6.2f} MB/s of Markdown, {texts:.2f} MB/s of text")
        rates, absent = {}, {}
        for name, find in PEERS.items():
            try:
                command = find(Path(folder, "out.pot"))
                peers.run([*command, empty])
            except peers.AbsentError as error:
                absent[name] = str(error)
                print(error)
                continue
            spent = seconds(partial(call, [*command, document])) - seconds(partial(call, [*command, empty]))
            rates[name] = megabytes / spent
            print(f"{name:6} {rates[name]:6.2f} MB/s   ours is {ours / rates[name]:5.1f} x as fast")
    figures = [
        Figure("extraction with sentences, Markdown", ours, "MB/s", least=5, peers=rates, absent=absent),
        Figure("extraction with sentences, text", texts, "MB/s", least=5),
        *(Figure(f"extraction: speed against {name}", ours / rate, "x", least=10) for name, rate in rates.items()),
    ]
    keep(wanted.json, figures)


def plain(text: str) -> str:
    """Return the paragraphs of a Markdown document as those of a text."""
    kept = [block for block in text.split("\n\n") if not block.startswith(("#", "-"))]
    return "\n\n".join(kept).translate(dict.fromkeys(map(ord, "*[]")))


def po4a(out: Path) -> list[str | Path]:
    """Return the command of po4a that brings a catalog up to a document."""
    options = ["--format", "text", "--option", "markdown", "--master-charset", "UTF-8", "--po", out]
    return [peers.system("po4a-updatepo"), *options, "--master"]


def mdpo(out: Path) -> list[str | Path]:
    """Return the command of mdpo that does."""
    return [peers.program("mdpo", "md2po"), "--quiet", "--save", "--po-filepath", out]


PEERS = {"po4a": po4a, "mdpo": mdpo}


def call(command: list[str | Path]) -> None:
    peers.run(command)


if __name__ == "__main__":
    main()
