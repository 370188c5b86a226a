"""Compare ways to get the right terms into drafts, on sentences in which terms of a desk or of CLDR stand.

    python bench/terms.py FILE.fr FILE.en --lang en --sentences 300 --show "picked, put"

`terms_desk.csv` beside this file is the desk's glossary. "Right" counts terms of which a right translation, in whatever
form, stands in the draft. What a number cannot say, --show prints: every sentence that a way changed.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF

from translate.catalogs.interchange.terms import read_csv
from translate.engines import queue, terms
from translate.engines.argos import ArgosEngine, find_engines
from translate.engines.guards import loop
from translate.engines.model import Decoded, Options
from translate.engines.placing import Link, place
from translate.knowledge.glossary import Found, Glossary, missing, right

NO_TERMS = Glossary(general=False)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("reference", type=Path)
    parser.add_argument("--lang", default="en")
    parser.add_argument("--sentences", type=int, default=300)
    parser.add_argument("--show", default="", help="print the sentences that this way changed")
    options = parser.parse_args()
    desk = Path(__file__).with_name("terms_desk.csv")
    known = Glossary(read_csv(desk.read_bytes(), desk.name)).between("fr", options.lang)
    texts = (path.read_text(encoding="utf-8").splitlines() for path in (options.source, options.reference))
    rows = [(text, reference, found) for text, reference in zip(*texts, strict=True) if (found := known.find(text))]
    sources, references, founds = zip(*rows[: options.sentences], strict=True)
    (engine,) = find_engines("fr", options.lang, Options(beam=2))
    assert isinstance(engine, ArgosEngine)

    ways: dict[str, list[str]] = {}
    base = queue._decode(engine, sources, NO_TERMS)
    picked = [
        terms.best(found, one, partial(queue._faithful, source))
        for source, found, one in zip(sources, founds, base, strict=True)
    ]
    ways["nothing"] = [one.text for one in base]
    ways["picked"] = [one.text for one in picked]
    links = aligned(engine, sources, founds, picked)
    ways["picked, put anywhere"] = [anywhere(*row) for row in zip(sources, founds, picked, links, strict=True)]
    ways["picked, put"] = [terms.put(*row).text for row in zip(sources, founds, picked, links, strict=True)]
    ways["picked, prefix"] = prefixed(engine, sources, founds, picked, links)
    ways["in the source"] = replaced(engine, sources, founds, picked, held=False)
    ways["placeholder"] = replaced(engine, sources, founds, picked, held=True)
    report(ways, references, founds)
    for source, before, after in zip(sources, ways["nothing"], ways.get(options.show, ()), strict=False):
        if before != after:
            print(f"{source}\n  - {before}\n  + {after}")


def aligned(
    engine: ArgosEngine, sources: Sequence[str], founds: Sequence[Sequence[Found]], drafts: Sequence[Decoded]
) -> list[list[Link]]:
    """Return the links of the sentences that lack terms."""
    lacking = [at for at, one in enumerate(drafts) if missing(founds[at], one.text)]
    links = engine.align([sources[at] for at in lacking], [drafts[at] for at in lacking])
    by_number = dict(zip(lacking, links, strict=True))
    return [by_number.get(at, []) for at in range(len(drafts))]


def places(source: str, found: Sequence[Found], one: Decoded, links: Sequence[Link]) -> list[tuple[int, int, str]]:
    """Return where each term that a draft lacks would go, by attention alone."""
    taken = [span for each in found for span in right(each.term, one.text)]
    result = []
    for term in missing(found, one.text):
        here = next(each for each in found if each.term == term)
        start, end, sure = place(source, here.start, here.end, one.text, links)
        if sure >= 0.3 and start < end and all(end <= other or until <= start for other, until in taken):
            taken.append((start, end))
            written = terms._written(term)
            result.append((start, end, written if start else written[0].upper() + written[1:]))
    return sorted(result)


def anywhere(source: str, found: Sequence[Found], one: Decoded, links: Sequence[Link]) -> str:
    text = one.text
    for start, end, written in reversed(places(source, found, one, links)):
        text = text[:start] + written + text[end:]
    return text


def prefixed(
    engine: ArgosEngine,
    sources: Sequence[str],
    founds: Sequence[Sequence[Found]],
    drafts: Sequence[Decoded],
    links: Sequence[Sequence[Link]],
) -> list[str]:
    """Write the first term that is missing where it belongs, and let the engine finish the sentence."""
    made = [one.text for one in drafts]
    begun = {}
    for at, one in enumerate(drafts):
        if found := places(sources[at], founds[at], one, links[at]):
            start, _, written = found[0]
            begun[at] = one.text[:start] + written
    assert engine._tokenizer is not None
    prefix = [engine.package.prefix] if engine.package.prefix else []
    results = engine._translator.translate_batch(
        [engine._tokenizer.encode(sources[at]) for at in begun],
        target_prefix=[prefix + engine._tokenizer.encode(text) for text in begun.values()],
        beam_size=engine.options.beam,
        length_penalty=0.2,
        disable_unk=True,
        max_batch_size=1024,
        batch_type="tokens",
    )
    for at, result in zip(begun, results, strict=True):
        text = engine._tokenizer.decode(result.hypotheses[0][len(prefix) :]).strip()
        fewer = len(missing(founds[at], text)) < len(missing(founds[at], made[at]))
        made[at] = text if fewer and not loop(sources[at], text) else made[at]
    return made


def replaced(
    engine: ArgosEngine,
    sources: Sequence[str],
    founds: Sequence[Sequence[Found]],
    drafts: Sequence[Decoded],
    *,
    held: bool,
) -> list[str]:
    """Write the terms that are missing into the source, themselves or as placeholders, and decode it again."""
    changed: dict[int, tuple[str, dict[str, str]]] = {}
    for at, one in enumerate(drafts):
        lacking = missing(founds[at], one.text)
        text, holders = sources[at], {}
        for found in reversed(founds[at]):
            if found.term in lacking:
                holder = f"X{len(holders) + 1}" if held else terms._written(found.term)
                holders[holder] = terms._written(found.term)
                text = text[: found.start] + holder + text[found.end :]
        if holders:
            changed[at] = text, holders
    made = [one.text for one in drafts]
    decoded = queue._decode(engine, [text for text, _ in changed.values()], NO_TERMS)
    for (at, (_, holders)), one in zip(changed.items(), decoded, strict=True):
        made[at] = re.sub(r"\bX\d\b", lambda match, names=holders: names.get(match.group(), match.group()), one.text)  # type: ignore[misc]
    return made


def report(ways: dict[str, list[str]], references: Sequence[str], founds: Sequence[Sequence[Found]]) -> None:
    total = sum(len({one.term for one in found}) for found in founds)
    print(f"{len(references)} sentences, {total} terms")
    for name, texts in {"reference": list(references), **ways}.items():
        lost = sum(len(missing(found, text)) for found, text in zip(founds, texts, strict=True))
        changed = sum(text != before for text, before in zip(texts, ways["nothing"], strict=True))
        scores = [metric.corpus_score(texts, [list(references)]).score for metric in (BLEU(), CHRF())]
        print(
            f"{name:22} right {total - lost} ({(total - lost) / total:.1%})  sentences changed {changed}  "
            f"BLEU {scores[0]:.2f}  chrF {scores[1]:.2f}"
        )


main()
