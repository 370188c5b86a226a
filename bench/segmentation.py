"""Compare our sentences with those of choppa-srx (LanguageTool's rules) and sentencex on the gold file.

    python bench/segmentation.py [TEXT]

The gold file is hard on speed: sentences of 50 bytes, traps everywhere. With TEXT, a file
with one paragraph a line, speed is measured on that instead.

The peers are optional: `pip install choppa-srx sentencex`. Speed is measured in CPU time, the best of three.
"""

from __future__ import annotations

import importlib.util
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "tests" / "documents" / "gold_fr.txt"
BYTES = 2_000_000
BYTES_SLOW = 200_000  # choppa needs several seconds for the whole

Split = Callable[[str], Iterable[str]]


def ours() -> Split:
    from translate.documents.segmentation import load_segmenter

    segmenter = load_segmenter("fr")
    return lambda text: [text[start:end] for start, end in segmenter.spans(text)]


def choppa() -> Split:
    from choppa import DEFAULT_SRX_RULESET, SrxDocument, SrxTextIterator

    document = SrxDocument(ruleset=str(DEFAULT_SRX_RULESET))
    # "_two": LanguageTool's own default, where only two line breaks end a paragraph.
    return lambda text: list(SrxTextIterator(document, "fr_two", text))


def sentencex() -> Split:
    import sentencex as peer

    return lambda text: list(peer.segment("fr", text))


PEERS = {  # name -> (module, splitter, bytes to time)
    "Translation Desk": ("translate", ours, BYTES),
    "choppa-srx": ("choppa", choppa, BYTES_SLOW),
    "sentencex": ("sentencex", sentencex, BYTES),
}


def boundaries(sentences: Iterable[str]) -> set[int]:
    """Return the inner boundaries as counts of the visible characters in front of them.

    White space is not counted, for the peers differ in where they leave it.
    """
    ends = []
    seen = 0
    for sentence in sentences:
        seen += len("".join(sentence.split()))
        ends.append(seen)
    return {end for end in ends if 0 < end < seen}


def quality(split: Split, paragraphs: list[list[str]]) -> tuple[float, float, float]:
    """Return precision, recall and F1 of the boundaries inside the paragraphs."""
    right = found = wanted = 0
    for lines in paragraphs:
        gold, got = boundaries(lines), boundaries(split(" ".join(lines)))
        right += len(gold & got)
        found += len(got)
        wanted += len(gold)
    return right / found, right / wanted, 2 * right / (found + wanted)


def speed(split: Split, paragraphs: list[str], size: int) -> float:
    """Return MB/s of UTF-8, a paragraph a call as the desk does it."""
    once = sum(len(text.encode()) for text in paragraphs)
    times = max(1, size // once)
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        for _ in range(times):
            for text in paragraphs:
                split(text)
        best = min(best, time.process_time() - start)
    return once * times / best / 1e6


def main() -> int:
    sys.path.insert(0, str(ROOT))
    paragraphs = [block.split("\n") for block in GOLD.read_text(encoding="utf-8").strip().split("\n\n")]
    texts = [" ".join(lines) for lines in paragraphs]
    timed = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines() if sys.argv[1:] else texts
    count = sum(len(lines) - 1 for lines in paragraphs)
    print(f"{len(texts)} paragraphs, {count} boundaries\n")
    print(f"{'':18}{'precision':>10}{'recall':>9}{'F1':>9}{'MB/s':>9}{'ratio':>9}")
    reference = 0.0
    for name, (module, build, size) in PEERS.items():
        if importlib.util.find_spec(module) is None:
            print(f"{name:18}{'not installed: pip install ' + name:>46}")
            continue
        split = build()
        precision, recall, f1 = quality(split, paragraphs)
        rate = speed(split, timed, size)
        reference = reference or rate
        print(f"{name:18}{precision:10.4f}{recall:9.4f}{f1:9.4f}{rate:9.2f}{rate / reference:8.2f}x")
    return 0


if __name__ == "__main__":
    sys.exit(main())
