"""Compare ways to put inline codes back into drafts, on sentences where the right place is known.

    python bench/codes.py FILE.fr FILE.en --lang en --pairs europarl.fr-en.tsv.xz

One code stands in each sentence, around one of three things, as many of each as the sentences have: a name or a figure
that source and draft both have once; a lower-case word; two to five words. What a word became is certain where both
texts have a known pair of words once. Such pairs are learnt from the parallel texts alone, never from the model: words
that are each other's most frequent company (Dice). Several words are taken where those at both ends and all long ones
are known, and theirs stand together in the draft. A way is right where its tags are exactly around those words.

The ways that follow the model (its attention, what it misses where the words are left out) always find a place. The
others may not: a marker pass translates the sentence once more with marks around the words, the last way translates the
words alone, and both search the draft for what came out. What they do not find is a lost code, unless the way that
drafting uses stands in for them. The search for names and figures is left out of all ways but that one.
"""

from __future__ import annotations

import argparse
import lzma
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TypeVar

from rapidfuzz import fuzz

from translate.documents.codes import fault
from translate.engines import placing
from translate.engines.argos import ArgosEngine, find_engines
from translate.engines.model import Decoded, Options

WORD = re.compile(r"\w+")
SHORT = 3
PAIRS = 60_000
# Less often together, or less often in each other's company, and two words are no pair.
OFTEN, DICE = 8, 0.35
MARKS = {"« »": ("« ", " »"), "( )": ("(", ")"), "[ ]": ("[", "]"), "<1> </1>": ("<1>", "</1>")}
ALIKE = 80
Span = tuple[int, int]
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence and its draft; the words in the code, and theirs."""

    sentence: str
    draft: Decoded
    kind: str
    words: Span
    theirs: Span

    @property
    def code(self) -> placing.Code:
        """Return the code."""
        return placing.Code("1", *self.words)

    @property
    def expected(self) -> str:
        """Return the draft with the code where it belongs."""
        return tagged(self.draft.text, self.theirs)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path)
    parser.add_argument("reference", type=Path)
    parser.add_argument("--lang", default="en")
    parser.add_argument("--pairs", type=Path, action="append", default=[], help="TSV of pairs, .xz; more than once")
    parser.add_argument("--sentences", type=int, default=500)
    parser.add_argument("--show", type=int, default=0, help="print so many results that are wrong as drafts are made")
    options = parser.parse_args()
    if not options.source.exists():
        sys.exit(f"{options.source} is not here: nothing is compared")
    (engine,) = find_engines("fr", options.lang, Options(beam=2))
    assert isinstance(engine, ArgosEngine)
    sentences, references = (
        one.read_text(encoding="utf-8").splitlines() for one in (options.source, options.reference)
    )
    lexicon = learnt([*zip(sentences, references, strict=True), *pairs(options.pairs)])
    found = list(islice(cases(sentences, engine, lexicon), options.sentences))
    kinds = Counter(case.kind for case in found)
    print(f"{len(found)} sentences, {engine.package.name}: {dict(kinds)}; {len(lexicon)} known words")
    drafting = timed(lambda: list(engine.translate([case.sentence for case in found])))[1]
    print(f"{'way':44} {'lost':>5} {'right':>6}  {'  '.join(f'{kind:>6}' for kind in kinds)}  time (drafting: 1)")

    def say(name: str, texts: Sequence[str | None], seconds: float) -> None:
        lost = sum(text is None or fault("<1>a</1>", text) is not None for text in texts)
        right = [case.kind for case, text in zip(found, texts, strict=True) if text == case.expected]
        by_kind = "  ".join(f"{right.count(kind) / kinds[kind]:6.1%}" for kind in kinds)
        print(f"{name:44} {lost:5} {len(right) / len(found):6.1%}  {by_kind}  {seconds / drafting:.2f}", flush=True)

    links, aligning = timed(lambda: engine.align([one.sentence for one in found], [one.draft for one in found]))
    asked = [[case.words] for case in found]
    missed, missing = timed(lambda: engine.missed([one.sentence for one in found], [one.draft for one in found], asked))
    both = [one + more for one, more in zip(links, missed, strict=True)]
    none: list[list[placing.Link]] = [[] for _ in found]
    search = placing._Placer._verbatim
    placing._Placer._verbatim = lambda *_: None  # type: ignore[method-assign]
    say("its place in the sentence", followed(found, none), 0)
    say("attention", followed(found, links, prior=0.0, count=0.0), aligning)
    say("attention, place", followed(found, links, count=0.0), aligning)
    say("attention, place, number of words", followed(found, links), aligning)
    say("place, left out", followed(found, missed), missing)
    say("attention, place, left out", followed(found, both, count=0.0), aligning + missing)
    say("attention, place, left out, number of words", followed(found, both), aligning + missing)
    placing._Placer._verbatim = search  # type: ignore[method-assign]
    drafted = followed(found, both)
    say("... and names are searched: as drafts are made", drafted, aligning + missing)
    for name, marks in MARKS.items():
        texts, seconds = timed(lambda marks=marks: marked(found, engine, *marks))  # type: ignore[misc]
        say(f"marks {name}", texts, seconds)
        say(f"marks {name}, else as drafts are made", either(texts, drafted), seconds + aligning + missing)
    texts, seconds = timed(lambda: alone(found, engine))
    say("translated alone", texts, seconds)
    say("translated alone, else as drafts are made", either(texts, drafted), seconds + aligning + missing)
    guesses(found, both)
    wrong = ((case, text) for case, text in zip(found, drafted, strict=True) if text != case.expected)
    for case, text in islice(wrong, options.show):
        print(f"{tagged(case.sentence, case.words)}\n    {text}\n    {case.expected}")


def pairs(files: Iterable[Path]) -> Iterator[tuple[str, str]]:
    """Yield the first pairs of some files."""
    for file in files:
        with lzma.open(file, "rt", encoding="utf-8") as lines:
            for line in islice(lines, PAIRS):
                source, translation = line.rstrip("\n").split("\t")[:2]
                yield source, translation


def learnt(texts: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the words that are each other's most frequent company, in lower case."""
    here: Counter[str] = Counter()
    there: Counter[str] = Counter()
    together: Counter[tuple[str, str]] = Counter()
    for pair in texts:
        source, translation = ({one for one in WORD.findall(text.lower()) if len(one) > SHORT} for text in pair)
        here.update(source)
        there.update(translation)
        together.update((one, other) for one in source for other in translation)
    best: dict[str, tuple[float, str]] = {}
    back: dict[str, tuple[float, str]] = {}
    for (one, other), count in together.items():
        dice = 2 * count / (here[one] + there[other])
        if count >= OFTEN and dice >= DICE:
            best[one] = max(best.get(one, (0.0, "")), (dice, other))
            back[other] = max(back.get(other, (0.0, "")), (dice, one))
    return {one: other for one, (_, other) in best.items() if back[other][1] == one}


def cases(sentences: Sequence[str], engine: ArgosEngine, lexicon: dict[str, str]) -> Iterator[Case]:
    """Yield a case for each sentence that has one, of the kind that there were fewest of."""
    counts: Counter[str] = Counter()
    for start in range(0, len(sentences), 200):
        chunk = sentences[start : start + 200]
        for at, (sentence, draft) in enumerate(zip(chunk, engine.translate(chunk), strict=True), start):
            found = places(sentence, draft.text, lexicon)
            if found:
                kind = min(found, key=lambda one: counts[one])
                counts[kind] += 1
                yield Case(sentence, draft, kind, *found[kind][at % len(found[kind])])


def places(sentence: str, draft: str, lexicon: dict[str, str]) -> dict[str, list[tuple[Span, Span]]]:
    """Return what can be tagged in a sentence and where it is in the draft, by kind."""
    there = single(draft)
    sure: dict[Span, Span] = {}
    found: dict[str, list[tuple[Span, Span]]] = {"words": [], "name": [], "word": []}
    for word, span in list(single(sentence).items()):
        text = sentence[slice(*span)]
        named = not text.islower() and len(text) > 1 and word in there and draft[slice(*there[word])] == text
        theirs = word if named else lexicon.get(word, "") if text.islower() else ""
        if theirs in there and sentence[: span[0]].strip():
            sure[span] = there[theirs]
            found["name" if named else "word"].append((span, there[theirs]))
    words = [match.span() for match in WORD.finditer(sentence)]
    for first in range(len(words)):
        for last in range(first + 1, min(first + 5, len(words))):
            run = words[first : last + 1]
            if run[0] in sure and run[-1] in sure and not re.search(r'[,;:.!?()«»"]', sentence[run[0][0] : run[-1][1]]):
                theirs_of_run = together(run, sure, draft)
                found["words"] += [((run[0][0], run[-1][1]), theirs_of_run)] if theirs_of_run else []
    return {kind: those for kind, those in found.items() if those}


def together(run: Sequence[Span], sure: dict[Span, Span], draft: str) -> Span | None:
    """Return where the draft has some words, if it has all long ones there and no others."""
    if any(span not in sure and span[1] - span[0] > SHORT for span in run):
        return None
    theirs = {sure[span] for span in run if span in sure}
    start, end = min(theirs)[0], max(theirs)[1]
    inside = [match.span() for match in WORD.finditer(draft, start, end)]
    strange = any(span not in theirs and span[1] - span[0] > SHORT for span in inside)
    return None if strange or len(inside) > len(run) + 1 else (start, end)


def single(text: str) -> dict[str, Span]:
    """Return the words that a text has once, in lower case, and where."""
    found: dict[str, list[Span]] = {}
    for match in WORD.finditer(text):
        found.setdefault(match.group().lower(), []).append(match.span())
    return {word: spans[0] for word, spans in found.items() if len(spans) == 1}


def followed(
    found: Sequence[Case],
    links: Sequence[list[placing.Link]],
    prior: float = placing._PRIOR,
    count: float = placing._COUNT,
) -> list[str]:
    """Put the codes where the links say, with other weights."""
    kept = placing._PRIOR, placing._COUNT
    placing._PRIOR, placing._COUNT = prior, count
    made = [
        placing.put_back(case.sentence, [case.code], case.draft.text, those)[0]
        for case, those in zip(found, links, strict=True)
    ]
    placing._PRIOR, placing._COUNT = kept
    return made


def marked(found: Sequence[Case], engine: ArgosEngine, opening: str, closing: str) -> list[str | None]:
    """Translate the sentences with marks, and search the drafts for what stands between them."""
    texts = [
        f"{case.sentence[: case.words[0]]}{opening}{case.sentence[slice(*case.words)]}{closing}"
        f"{case.sentence[case.words[1] :]}"
        for case in found
    ]
    # A model may write the marks of its language.
    first, last = ('[«“„"]', '[»”“"]') if "«" in opening else (re.escape(opening.strip()), re.escape(closing.strip()))
    between = re.compile(f"{first}(.+?){last}")
    made = (between.search(one.text) for one in engine.translate(texts))
    return [searched(case, match[1] if match else "") for case, match in zip(found, made, strict=True)]


def alone(found: Sequence[Case], engine: ArgosEngine) -> list[str | None]:
    """Translate the words in the codes alone, and search the drafts for them."""
    made = engine.translate([case.sentence[slice(*case.words)] for case in found])
    return [searched(case, one.text) for case, one in zip(found, made, strict=True)]


def searched(case: Case, text: str) -> str | None:
    """Return the draft with the code around the words most like a text, near its place in the source."""
    wanted = " ".join(WORD.findall(text)).lower()
    count = len(wanted.split())
    if not wanted or count > 2 * len(WORD.findall(case.sentence[slice(*case.words)])) + 2:
        return None
    draft = case.draft.text
    words = [match.span() for match in WORD.finditer(draft)]
    place = sum(case.words) / 2 / len(case.sentence)
    best = (0.0, 0.0, (0, 0))
    for size in range(max(1, count - 1), count + 2):
        for first in range(len(words) - size + 1):
            start, end = words[first][0], words[first + size - 1][1]
            alike = fuzz.ratio(draft[start:end].lower(), wanted)
            best = max(best, (alike, -abs((start + end) / 2 / len(draft) - place), (start, end)))
    return tagged(draft, best[2]) if best[0] >= ALIKE else None


def either(texts: Sequence[str | None], others: Sequence[str]) -> list[str]:
    """Return the texts, others in place of those that are lost."""
    return [other if text is None else text for text, other in zip(texts, others, strict=True)]


def guesses(found: Sequence[Case], links: Sequence[list[placing.Link]]) -> None:
    """Print how often the places that are called guesses are right, and the others."""
    right: dict[bool, list[bool]] = {False: [], True: []}
    for case, those in zip(found, links, strict=True):
        text, guessed = placing.put_back(case.sentence, [case.code], case.draft.text, those)
        right[guessed].append(text == case.expected)
    for guessed, ones in right.items():
        print(f"{'guesses' if guessed else 'sure'}: {len(ones)}, right {sum(ones) / max(1, len(ones)):.1%}")


def tagged(text: str, span: Span) -> str:
    return f"{text[: span[0]]}<1>{text[slice(*span)]}</1>{text[span[1] :]}"


def timed(act: Callable[[], Made]) -> tuple[Made, float]:
    started = time.perf_counter()
    made = act()
    return made, time.perf_counter() - started


main()
