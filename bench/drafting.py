"""Budgets: drafting 1,000 sentences takes at most 1.10 x raw CTranslate2, and a tenth of argostranslate's time.

    python bench/drafting.py [--sentences FILE] [--count 1000] [--beam 4] [--sample 100]

Argos decodes a sample of the same sentences with the same package and beam, one `translate()` each, as its users do;
its sentence splitter, which would fetch a model, is left out. LibreTranslate's server gets the sample as one list.
"""

from __future__ import annotations

import json
import random
import tempfile
import time
from pathlib import Path

import peers
from measuring import Figure, keep, parser, seconds
from servers import asking, libretranslate
from texts import french

from translate.documents.segmentation import load_segmenter
from translate.engines.argos import ArgosEngine
from translate.engines.model import Options
from translate.engines.package import STARTERS, read
from translate.engines.queue import Request, Splitter, draft

ARGOS = """
import json, sys, time, pathlib
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
    asked = parser(__doc__)
    asked.add_argument("--sentences", type=Path)
    asked.add_argument("--count", type=int, default=1000)
    asked.add_argument("--beam", type=int, default=4)
    asked.add_argument("--sample", type=int, default=100)
    wanted = asked.parse_args()
    sentences = french(wanted.sentences, wanted.count)
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
        ours.append(seconds(lambda: list(draft(requests, [engine], [split]))))
    raw, own = len(sentences) / min(raws), len(sentences) / min(ours)
    setting = f"fr_en starter package, beam {wanted.beam}, {engine.compute}, {engine.threads} threads"
    print(f"{len(sentences)} sentences, {setting}")
    print(f"raw CTranslate2, sorted   {raw:6.1f} sentences/s")
    print(f"drafting queue            {own:6.1f} sentences/s  {raw / own:.2f} x raw CTranslate2's time (at most 1.10)")
    rates, absent = {"raw CTranslate2": raw}, {}
    sample = random.Random(1).sample(sentences, min(wanted.sample, len(sentences)))
    for peer, timed in (("argos", _argos), ("libretranslate", _libretranslate)):
        try:
            rates[peers.NAMES[peer]] = len(sample) / timed(package.path, sample, wanted.beam)
            name = peers.version(peer)
        except peers.AbsentError as error:
            absent[peers.NAMES[peer]] = str(error)
            print(error)
            continue
        rate = rates[peers.NAMES[peer]]
        print(f"{name:25} {rate:6.1f} sentences/s  (sample of {len(sample)}) ours is {own / rate:.1f} x as fast")
    figures = [
        Figure("drafting: its time against raw CTranslate2", raw / own, "x", most=1.10, note=setting),
        Figure(f"drafting {len(sentences):,} sentences", own, "/s", peers=rates, absent=absent, note=setting),
    ]
    if "Argos Translate" in rates:
        ratio = own / rates["Argos Translate"]
        figures.insert(1, Figure("drafting: speed against argostranslate", ratio, "x", least=10, note=setting))
    keep(wanted.json, figures)


def _raw(engine: ArgosEngine, requests: list[Request], split: Splitter) -> float:
    """Time CTranslate2 alone on the token lists the queue would give it, sorted, in batches of 1,024 tokens."""
    sentences = {request.text[start:end] for request in requests for start, end in split(request.text)}
    assert engine._tokenizer is not None
    tokens = sorted((engine._tokenizer.encode(sentence) for sentence in sentences), key=len, reverse=True)
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


def _argos(package: Path, sentences: list[str], beam: int) -> float:
    with tempfile.TemporaryDirectory() as home:
        places = peers.environment(Path(home), ARGOS_BEAM_SIZE=str(beam))
        command = [peers.program("argos", "python"), "-c", ARGOS, package]
        return float(peers.run(command, places, json.dumps(sentences)))


def _libretranslate(package: Path, sentences: list[str], beam: int) -> float:
    del package
    with libretranslate(beam) as address:
        return seconds(lambda: asking(address, sentences))


if __name__ == "__main__":
    main()
