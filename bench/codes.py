"""Compare ways to put inline codes back into drafts, on sentences where the right place is known.

A word that stands once in the source and once in the draft (a name, a figure) is tagged; a way is right where its tag
is exactly around that word. The search for such words themselves is left out of the ways, or it would always win.

    python bench/codes.py FILE.fr --lang en --sentences 500
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from translate.documents.codes import fault
from translate.engines import placing
from translate.engines.argos import find_engines
from translate.engines.model import Decoded, Options

WORD = re.compile(r"\w+(?:['’-]\w+)*")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--lang", default="en")
    parser.add_argument("--sentences", type=int, default=500)
    parser.add_argument("--show", type=int, default=0, help="print so many results of the way that is used")
    options = parser.parse_args()
    (engine,) = find_engines("fr", options.lang, Options(beam=2))
    sentences = options.file.read_text(encoding="utf-8").splitlines()[: 3 * options.sentences]
    decoded = list(engine.translate(sentences))
    found = [
        (sentence, draft, word)
        for sentence, draft in zip(sentences, decoded, strict=True)
        if (word := tagged(sentence, draft.text)) is not None
    ][: options.sentences]
    links = engine.align([one[0] for one in found], [one[1] for one in found])
    ways = {"by its place": 1.0, "by attention": 0.0, "by both": placing._PRIOR}
    placing._Placer._verbatim = lambda *_: None  # type: ignore[method-assign]
    print(f"{len(found)} sentences, {engine.package.name}")
    for name, prior in ways.items():
        placing._PRIOR = prior
        right = lost = 0
        for (sentence, draft, word), link in zip(found, links, strict=True):
            text = placed(sentence, draft, word, link)
            lost += fault("<1>a</1>", text) is not None
            right += f"<1>{sentence[word[0] : word[1]]}</1>" in text
        print(f"{name:14} right {right / len(found):.1%}, codes lost {lost}")
    for (sentence, draft, word), link in list(zip(found, links, strict=True))[: options.show]:
        print(f"{sentence[: word[0]]}[{sentence[word[0] : word[1]]}]{sentence[word[1] :]}")
        print(f"    {placed(sentence, draft, word, link)}")


def tagged(sentence: str, draft: str) -> tuple[int, int] | None:
    """Return a word with a capital or a figure, not the first one, that both texts have once."""
    theirs = WORD.findall(draft)
    for match in list(WORD.finditer(sentence))[1:]:
        word = match.group()
        alone = WORD.findall(sentence).count(word) == theirs.count(word) == 1
        if alone and len(word) > 1 and not word.islower():
            return match.span()
    return None


def placed(sentence: str, draft: Decoded, word: tuple[int, int], links: list[placing.Link]) -> str:
    """Return the draft with the tag of the word."""
    return placing.put_back(sentence, [placing.Code("1", *word)], draft.text, links)[0]


main()
