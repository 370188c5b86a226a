"""Put other names and figures into a pair, the same on both sides, so that the network learns to copy them."""

import random
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from training.corpora import Pair

_NAME = re.compile(r"(?<=[a-zà-ÿ,] )[A-ZÀ-Þ][a-zà-ÿ]{2,}(?:-[A-Z][a-zà-ÿ]+)*")
_FIGURE = re.compile(r"(?<![\w.,])\d{1,4}(?![\w]|[.,]\d)")
_FEWEST = 2
_INVENTED = 0.3


@dataclass(frozen=True, slots=True)
class Names:
    """Hold names seen on both sides of pairs, and the letter that may follow two letters, to invent more."""

    seen: Sequence[str]
    following: dict[str, str]

    def draw(self, rng: random.Random) -> str:
        """Return a name: most often a seen one, else one invented from the seen ones' letters."""
        if rng.random() >= _INVENTED:
            return rng.choice(self.seen)
        text = rng.choice(self.seen)[:2]
        length = rng.randint(4, 10)
        while len(text) < length and (choices := self.following.get(text[-2:].lower())):
            text += rng.choice(choices)
        return text


def shared_names(pair: Pair) -> list[str]:
    """Return the capitalised words inside the source sentence that stand unchanged in the target.

    >>> shared_names(Pair("Hier, Monsieur Barroso a vu Prodi.", "Yesterday Mr Barroso saw Prodi.", 1.0))
    ['Barroso', 'Prodi']
    """
    words = set(re.findall(r"[\w-]+", pair.target))
    return [name for name in dict.fromkeys(_NAME.findall(pair.source)) if name in words]


def collect_names(pairs: Iterable[Pair]) -> Names:
    """Return the names that at least two of the pairs share."""
    counts: Counter[str] = Counter()
    for pair in pairs:
        counts.update(shared_names(pair))
    seen = sorted(name for name, count in counts.items() if count >= _FEWEST)
    following: dict[str, str] = {}
    for name in seen:
        lower = name.lower()
        for start in range(len(lower) - 2):
            following[lower[start : start + 2]] = following.get(lower[start : start + 2], "") + lower[start + 2]
    return Names(seen, following)


def substitute(pair: Pair, names: Names, rng: random.Random) -> Pair:
    """Return the pair with each shared name and each shared whole figure exchanged for another.

    A figure keeps its length, and a year its century, since what agrees with it must still agree.
    """
    source, target = pair.source, pair.target
    for old in shared_names(pair):
        new = names.draw(rng)
        source, target = (re.sub(rf"\b{re.escape(old)}\b", new, text) for text in (source, target))
    figures = [f for f in dict.fromkeys(_FIGURE.findall(source)) if len(f) > 1 and f in _FIGURE.findall(target)]
    for old in figures:
        kept = 2 if len(old) == len("1999") and old[0] in "12" else 0
        digits = "".join(rng.choice("0123456789") for _ in old[kept:])
        new = old[:kept] + (digits if kept or digits[0] != "0" else "3" + digits[1:])
        source, target = (re.sub(rf"(?<![\w.,]){old}(?![\w]|[.,]\d)", new, text) for text in (source, target))
    return Pair(source, target, pair.weight)
