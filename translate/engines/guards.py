"""Guards on what an engine returns: each looks at a source and its draft and says what is doubtful.

A doubt never hides a draft; it leads the translator's eyes to it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from operator import eq

from translate.documents.codes import fault
from translate.documents.parts import Remembered, parts

_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_DIGITS = re.compile(r"\d+")
_GROUPED = re.compile(r"(?<=\d)[\s.,'’](?=\d{3}(?!\d))")
# An address; the sign that ends a sentence after it is not its own, nor is an English genitive, nor Chinese text.
_OUTSIDE = r"\s»”“„’\")\u2e80-\u9fff\uac00-\ud7af\uff00-\uffef"
_LITERAL = re.compile(
    rf"(?:https?://|www\.)(?:(?!'s\b)[^{_OUTSIDE}])*(?:(?![{_OUTSIDE}])[\w/#=])|[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
    re.IGNORECASE,
)
# A run of three words four times over is never good prose (it is how small models fail).
_LOOP_WORDS, _LOOP_TIMES = 3, 4
# Its shortest form, "a b a b a b a b a", has so many words that were there before.
_LOOP_AGAIN = 7
# One word four times running is a loop too.
_STUTTER_TIMES = 4
# And so is a word that goes on with the same letters ("Ladesdesdesdes"); two of them may come back oftener (laughter).
# No shorter word can.
_STUTTER_SIZE = 12
_STUTTER_INSIDE = re.compile(r"([^\W\d_]{3,6}?)\1{3,}|([^\W\d_]{2})\2{5,}")


def loop(source: str, draft: str) -> bool:
    """Find a draft that repeats itself where its source does not.

    >>> loop("défavorable", "adverse adverse adverse adverse"), loop("non", "no, no, no")
    (True, False)
    >>> loop("Les faits", "Ladesdesdesdes"), loop("Ha ha", "Hahahaha")
    (True, False)
    """
    return _loops(draft) and not _loops(source)


def stutters(text: str) -> bool:
    """Find a word that repeats a part of itself over and over; a cry ("Noooooooo!") is none.

    >>> stutters("Ladesdesdesdes"), stutters("Noooooooooooooooo!")
    (True, False)
    """
    return any(_STUTTERS[part] for part in parts(text) if len(part) >= _STUTTER_SIZE)


_STUTTERS: Remembered[bool] = Remembered(
    lambda part: any(len(set(match[1] or match[2])) > 1 for match in _STUTTER_INSIDE.finditer(part))
)


def said(text: str) -> list[str]:
    """Return the words and figures of a text in small letters, in order.

    >>> said("Il l’a dit : 12 fois.")
    ['il', 'l’a', 'dit', '12', 'fois']
    """
    return " ".join(map(_SAID.__getitem__, parts(text))).split()


_SAID: Remembered[str] = Remembered(lambda part: " ".join(word.lower() for word in _WORD.findall(part)))


def copied(source: str, draft: str) -> bool:
    """Find a draft that is its source again, though it has lower-case words to translate.

    >>> copied("ont fui la ville", "ont fui la ville"), copied("John Kerry", "John Kerry")
    (True, False)
    """
    one, other = source.lower(), draft.lower()
    # Most drafts differ in their first word.
    if _first(one) != _first(other) or _WORD.findall(one) != _WORD.findall(other):
        return False
    return len([word for word in _WORD.findall(source) if word.islower() and len(word) > 1]) > 1


def _first(text: str) -> str:
    found = _WORD.search(text)
    return found.group() if found else ""


def figures(source: str, draft: str) -> bool:
    """Find a draft without a figure of its source, or with another one; grouping marks do not count.

    >>> figures("1 500 morts", "1,500 dead"), figures("1,5 million", "15 million")
    (False, True)
    """
    return numbers(source) != numbers(draft)


def literals(source: str, draft: str) -> bool:
    """Find a draft without a web or mail address of its source.

    >>> literals("Voir www.a.ch", "See www.a.com")
    True
    """
    return Counter(_LITERAL.findall(source)) != Counter(_LITERAL.findall(draft))


def codes(source: str, draft: str) -> bool:
    """Find a draft that lost, gained or changed an inline code, or nests them wrongly.

    >>> codes("un <1>mot</1>", "a <1>word</1>"), codes("un <1>mot</1>", "a word")
    (False, True)
    """
    return fault(source, draft) is not None


def short(source: str, draft: str) -> bool:
    """Find a draft that is far too short for its source: half of it is missing.

    >>> short("Le président a quitté la ville tôt mardi matin.", "He left.")
    True
    """
    return len(source) > 40 and len(draft) < 0.4 * len(source)


#: The guards by the name of their doubt.
GUARDS: dict[str, Callable[[str, str], bool]] = {
    "loop": loop,
    "copied": copied,
    "figures": figures,
    "literals": literals,
    "codes": codes,
    "short": short,
}


def doubts(source: str, draft: str) -> tuple[str, ...]:
    """Return the names of the guards that fire, in order."""
    return tuple(name for name, guard in GUARDS.items() if guard(source, draft))


def numbers(text: str) -> Counter[str]:
    """Return the figures of a text: digits without grouping marks and leading zeros; decimals count by themselves.

    >>> sorted(numbers("1 500 morts, 2,5 %, 007").elements())
    ['1500', '2', '5', '7']
    """
    return Counter(number.lstrip("0") or "0" for number in _DIGITS.findall(_GROUPED.sub("", text)))


def _loops(text: str) -> bool:
    if stutters(text):
        return True
    words = said(text)
    again = len(words) - len(set(words))
    if again < _STUTTER_TIMES - 1:
        return False
    same = list(map(eq, words, words[1:]))
    if any(same) and any(all(same[at : at + _STUTTER_TIMES - 1]) for at in range(len(same) - _STUTTER_TIMES + 2)):
        return True
    if again < _LOOP_AGAIN:
        return False
    grams: Counter[tuple[str, ...]] = Counter(zip(*(words[at:] for at in range(_LOOP_WORDS)), strict=False))
    return max(grams.values()) >= _LOOP_TIMES
