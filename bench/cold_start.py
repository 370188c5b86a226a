"""Budget: one dispatch of 20 segments, two languages, from cold start to editions on disk, in under 3 s.

Each run is a new process on a new desk. Next to it, what the same process spends before the first sentence is
decoded, and raw CTranslate2 on the same sentences and beam: the part that only a faster machine or model makes shorter.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import polib
from measuring import CLI, ROOT, Figure, keep, parser, seconds

RUNS = 5
SEGMENTS = 20
RAW = """
import sys, time
start = time.perf_counter()
from translate.engines.argos import ArgosEngine
from translate.engines.model import Options
from translate.engines.package import STARTERS, read
import ctranslate2, polib
sentences = [entry.msgid for entry in polib.pofile(sys.argv[1])]
spent = 0.0
for name in ("fr_en", "fr_de"):
    engine = ArgosEngine(read(STARTERS / name), Options())
    engine._load()
    tokens = sorted(map(engine._tokenizer.encode, sentences), key=len)
    begin = time.perf_counter()
    engine._translator.translate_batch(tokens, beam_size=2, max_batch_size=512, batch_type="tokens", disable_unk=True)
    spent += time.perf_counter() - begin
print(spent)
"""


def main() -> None:
    wanted = parser(__doc__).parse_args()
    source = ROOT / "source" / "alep-cessez-le-feu.txt"
    blocks = source.read_text(encoding="utf-8").split("\n\n")
    totals, raws, again = [], [], []
    for _ in range(RUNS):
        with tempfile.TemporaryDirectory() as folder:
            desk = Path(folder)
            _translate(desk, "init")
            text = desk / "source" / "dispatch.txt"
            # The first story of the sample is close to twenty segments; its last blocks are dropped until it fits.
            count = len(blocks)
            while True:
                text.write_text("\n\n".join(blocks[:count]), encoding="utf-8")
                _translate(desk, "extract")
                if _segments(desk) <= SEGMENTS:
                    break
                count -= 1
            for path in desk.rglob("*.po*"):
                path.unlink()
            totals.append(_translate(desk, "run"))
            again.append(_translate(desk, "run"))
            pot = desk / "locales" / "dispatch.pot"
            raw = subprocess.run([sys.executable, "-c", RAW, pot], capture_output=True, text=True, check=True)
            raws.append(float(raw.stdout))
            segments = _segments(desk)
    best, raw_best = min(totals), min(raws)
    print(f"dispatch of {segments} segments, 2 languages, starter packages, beam 2, best of {RUNS}")
    print(f"cold start to editions      {best:6.2f} s   budget 3.00 s")
    print(f"of which raw CTranslate2    {raw_best:6.2f} s   ratio {best / raw_best:.2f}")
    print(f"second run, nothing to do   {min(again):6.2f} s")
    helped = min(_translate(ROOT, "--help") for _ in range(RUNS))
    print(f"translate --help            {helped:6.2f} s")
    note = f"a dispatch of {segments} segments, starter packages, beam 2, best of {RUNS}"
    figures = [
        Figure(
            "cold start to editions, two languages", best, "s", most=3, peers={"raw CTranslate2": raw_best}, note=note
        ),
        Figure("the same with nothing to do", min(again), "s"),
        Figure("translate --help", helped, "s", most=0.25),
    ]
    keep(wanted.json, figures)


def _segments(desk: Path) -> int:
    return len(polib.pofile(str(desk / "locales" / "dispatch.pot")))


def _translate(desk: Path, *arguments: str) -> float:
    command = [*CLI, *arguments]
    command += [] if "--help" in arguments else ["--project", str(desk), "--quiet"]
    return seconds(lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL))


if __name__ == "__main__":
    main()
