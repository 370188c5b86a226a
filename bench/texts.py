"""French texts to measure with: those of a file, or sentences of the segmentation gold file."""

from __future__ import annotations

import lzma
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from measuring import ROOT


def french(path: Path | None, count: int) -> list[str]:
    """Return so many French sentences: the lines of a file, or the gold file's, numbered from the second round."""
    if path:
        return list(islice(dict.fromkeys(path.read_text(encoding="utf-8").splitlines()), count))
    gold = ROOT / "tests" / "documents" / "gold_fr.txt"
    lines = [line for line in dict.fromkeys(gold.read_text(encoding="utf-8").splitlines()) if line.strip()]
    return [f"{lines[n % len(lines)]} ({n // len(lines)})" if n >= len(lines) else lines[n] for n in range(count)]


def pairs(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the French texts and their translations of a file: one of each a line, with a tab between; .xz or not."""
    with lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8") as lines:
        for line in lines:
            source, translation = line.rstrip("\n").split("\t")[:2]
            if source.strip() and translation.strip():
                yield source, translation


def sentences(path: Path, shortest: int = 4, longest: int = 25) -> Iterator[str]:
    """Yield the French sentences of such a file that a document can have as they are, each once; lengths in words."""
    seen = set()
    for source, _ in pairs(path):
        text = " ".join(source.split())
        fits = shortest <= len(text.split()) <= longest and re.fullmatch(r"\w[^<>*_`\[\]#|\\&]*\w[.!?]", text)
        if fits and text not in seen:
            seen.add(text)
            yield text
