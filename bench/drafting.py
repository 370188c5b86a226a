"""Budgets: drafting 1,000 sentences takes at most 1.10 x raw CTranslate2, and a tenth of argostranslate's time.

    python bench/drafting.py [--sentences FILE] [--count 1000] [--beam 4] [--argos PYTHON]

Without FILE the sentences are those of the segmentation gold file, numbered so that none is there twice. PYTHON is an
interpreter of a virtual environment with argos-translate-lt (or argostranslate); it decodes a sample of the same
sentences with the same package and beam, one `translate()` each, as its users do.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from translate.documents.segmentation import load_segmenter
from translate.engines.argos import ArgosEngine
from translate.engines.model import Options
from translate.engines.package import STARTERS, read
from translate.engines.queue import Request, draft

ARGOS = """
import json, os, sys, time, pathlib
sentences = json.load(sys.stdin)
import argostranslate.package, argostranslate.sbd, argostranslate.translate as t
package = argostranslate.package.Package(pathlib.Path(sys.argv[1]))
class Whole:
    def split_sentences(self, text): return [text]
translation = t.PackageTranslation(t.Language("fr", "French"), t.Language("en", "English"), package)
translation.sentencizer = Whole()
translation.translate(sentences[0])
start = time.perf_counter()
for sentence in sentences: translation.translate(sentence)
print(time.perf_counter() - start)
"""


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--sentences", type=Path)
    asked.add_argument("--count", type=int, default=1000)
    asked.add_argument("--beam", type=int, default=4)
    asked.add_argument("--argos", metavar="PYTHON")
    asked.add_argument("--argos-sample", type=int, default=100)
    wanted = asked.parse_args()
    sentences = _sentences(wanted.sentences, wanted.count)
    package = read(STARTERS / "fr_en")
    assert package is not None
    engine = ArgosEngine(package, Options(beam=wanted.beam))
    list(engine.translate(["Bonjour."]))
    split = load_segmenter("fr").spans
    requests = [Request(index, sentence) for index, sentence in enumerate(sentences)]

    # Raw CTranslate2 and the queue in turn, twice, so that a machine that slows down slows both.
    raws, ours = [], []
    for _ in range(2):
        raws.append(_raw(engine, requests, split))
        start = time.perf_counter()
        drafts = list(draft(requests, [engine], [split]))
        ours.append(time.perf_counter() - start)
        assert len(drafts) == len(requests)
    raw, own = min(raws), min(ours)
    setting = f"beam {wanted.beam}, {engine.compute}, {engine.threads} threads"
    print(f"{len(sentences)} sentences, fr_en starter package, {setting}")
    print(f"raw CTranslate2, sorted   {raw:7.1f} s  {len(sentences) / raw:6.1f} sentences/s")
    rate = len(sentences) / own
    print(
        f"drafting queue            {own:7.1f} s  {rate:6.1f} sentences/s  ratio to raw {own / raw:.2f} (at most 1.10)"
    )
    if wanted.argos:
        sample = random.Random(1).sample(sentences, min(wanted.argos_sample, len(sentences)))
        for label, settings in (("as it comes", {}), ("float32", {"ARGOS_COMPUTE_TYPE": "float32"})):
            spent = _argos(wanted.argos, package.path, sample, wanted.beam, settings)
            theirs = len(sample) / spent
            print(
                f"argostranslate {label:11}{spent:7.1f} s  {theirs:6.1f} sentences/s  "
                f"(sample of {len(sample)}) ours is {rate / theirs:.1f} x faster (at least 10)"
            )


def _sentences(path: Path | None, count: int) -> list[str]:
    if path:
        return path.read_text(encoding="utf-8").splitlines()[:count]
    gold = Path(__file__).parents[1] / "tests" / "documents" / "gold_fr.txt"
    lines = [line for line in gold.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [f"{lines[n % len(lines)]} ({n // len(lines)})" if n >= len(lines) else lines[n] for n in range(count)]


def _raw(engine: ArgosEngine, requests: list[Request], split) -> float:  # type: ignore[no-untyped-def]
    """Time CTranslate2 alone on the token lists the queue would give it, sorted, in batches of 1,024 tokens."""
    sentences = {request.text[start:end] for request in requests for start, end in split(request.text)}
    tokens = sorted((engine._tokenizer.encode(sentence) for sentence in sentences), key=len, reverse=True)  # type: ignore[union-attr]
    start = time.perf_counter()
    engine._translator.translate_batch(
        tokens,
        beam_size=engine.options.beam,
        max_batch_size=1024,
        batch_type="tokens",
        length_penalty=0.2,
        return_scores=True,
        disable_unk=True,
    )
    return time.perf_counter() - start


def _argos(python: str, package: Path, sentences: list[str], beam: int, settings: dict[str, str]) -> float:
    with tempfile.TemporaryDirectory() as home:
        done = subprocess.run(
            [python, "-c", ARGOS, package],
            input=json.dumps(sentences),
            env={"HOME": home, "PATH": "/usr/bin:/bin", "ARGOS_BEAM_SIZE": str(beam), **settings},
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        sys.exit(f"argostranslate failed:\n{done.stderr[-2000:]}")
    return float(done.stdout)


if __name__ == "__main__":
    main()
