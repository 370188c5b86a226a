"""Words and their forms: which words of a text are those of a term, whatever their endings say.

Stems are Snowball's. They take too much together (French `parti`, `partie`, `partir`), so where a term is looked for in
its own language, the endings of the two words must also be those of one noun.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from translate.language import primary

_WORD = re.compile(r"[^\W_]+")
# What may stand between two words of one term.
_GAP = re.compile(r"[\s\-‐‑'’.&]{1,3}")
_HYPHENS = "-‐‑"
# French hangs pronouns on words: `dit-il`.
_PRONOUN = re.compile(rf"[{_HYPHENS}](?:t[{_HYPHENS}])?(?:ils?|elles?|on|ce|ci|là|je|tu|nous|vous)(?!\w)")
_ARTICLES = {
    "fr": ("l", "le", "la", "les"),
    "en": ("the", "a", "an"),
    "de": ("der", "die", "das", "den", "dem", "des"),
}
#: French articles that a preposition took in.
_CONTRACTED = {"au": "le", "du": "le", "aux": "les", "des": "les"}
# What may follow the letters that two forms of one noun or adjective have in common.
_ENDINGS = {
    "fr": re.compile("|s|x|es?|ls?|les?|ux|n|nes?|ers?|ères?|fs?|ves?|t|tes?"),
    "en": re.compile("|s|es|y|ies"),
}
_ALGORITHMS = {
    "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish",
    "et": "estonian", "eu": "basque", "fi": "finnish", "fr": "french", "ga": "irish", "hu": "hungarian",
    "it": "italian", "lt": "lithuanian", "nb": "norwegian", "nl": "dutch", "nn": "norwegian", "no": "norwegian",
    "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish",
    "tr": "turkish",
}  # fmt: skip
# Two forms of a word of a language without a list of endings have so many letters in common.
_LIKE = 3
# Shorter words are no parts of German compounds.
_COMPOUND = 4
# No German ending is longer.
_ENDING = 3


class Word(NamedTuple):
    """A word at `[start, end)` of a text."""

    text: str
    start: int
    end: int


def words(text: str) -> list[Word]:
    """Return the words of a text; hyphens and apostrophes part them.

    >>> [word.text for word in words("L’ONU, au Royaume-Uni")]
    ['L', 'ONU', 'au', 'Royaume', 'Uni']
    """
    return list(_words(text))


def tokens(text: str) -> list[str]:
    """Return the words of a text without their places.

    >>> tokens("au Royaume-Uni")
    ['au', 'Royaume', 'Uni']
    """
    return _WORD.findall(text)


# A text is looked through for many terms, one after the other.
@lru_cache(maxsize=64)
def _words(text: str) -> tuple[Word, ...]:
    return tuple(Word(match.group(), *match.span()) for match in _WORD.finditer(text))


def places(text: str) -> list[tuple[int, int]]:
    """Return where the words of a text begin and end.

    >>> places("au Royaume")
    [(0, 2), (3, 10)]
    """
    return [match.span() for match in _WORD.finditer(text)]


@lru_cache(maxsize=1 << 16)
def keys(word: str, language: str) -> tuple[str, ...]:
    """Return what the forms of a word have in common, with its accents and, as capitals may lack them, without.

    >>> set(keys("Réfugiés", "fr")) & set(keys("réfugié", "fr")) != set()
    True
    """
    return _keys(word, language)


def _keys(word: str, language: str) -> tuple[str, ...]:
    lower = word.lower()
    lower = _CONTRACTED.get(lower, lower) if primary(language) == "fr" else lower
    stem = _stemmer(primary(language))
    first = stem(lower)
    return tuple({without_accents(first), first if lower.isascii() else stem(without_accents(lower))})


@lru_cache(maxsize=1 << 16)
def beginnings(word: str, language: str) -> tuple[str, str]:
    """Return the first two and the first four letters of a word: those of its forms, where it is not too short."""
    lower = word.lower()
    lower = without_accents(_CONTRACTED.get(lower, lower) if primary(language) == "fr" else lower)
    return lower[:2], lower[:4]


def letters(word: str) -> str:
    """Return the letters of a word, whatever its capitals and accents.

    >>> letters("États") == letters("ETATS")
    True
    """
    return without_accents(word.lower()).replace("ß", "ss")


def lookups(word: str, language: str) -> tuple[str, ...]:
    """Return under what a word may be found: its letters, and what its forms have in common; nothing is remembered."""
    return tuple(dict.fromkeys((letters(word), *_keys(word, language))))


def landmark(phrase: Sequence[str]) -> int:
    """Return the number of the word of a phrase by which it is quickly found."""
    return max(range(len(phrase)), key=lambda at: len(phrase[at]))


def without_accents(text: str) -> str:
    """Return a text without the accents of its letters."""
    return text if text.isascii() else _without_accents(text)


@lru_cache(maxsize=1 << 16)
def _without_accents(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))


@lru_cache(maxsize=1 << 16)
def is_form(written: str, word: str, language: str, *, verb: bool = False) -> bool:
    """Say whether a word of a text is a form of a word of a term; capitals may lack their accents.

    >>> is_form("Etats", "États", "fr"), is_form("cote", "côte", "fr"), is_form("partir", "parti", "fr")
    (True, False, False)
    """
    one, other = written.lower(), word.lower()
    if one == other:
        return True
    if primary(language) == "fr" and {one, other} & _CONTRACTED.keys():
        return _CONTRACTED.get(one, one) == _CONTRACTED.get(other, other)
    if not verb and not any(_endings_agree(*pair, language) for pair in ((one, other), _bare(one, other))):
        return False
    if not set(keys(one, language)) & set(keys(other, language)):
        return False
    return primary(language) == "de" or _accents_agree(written, word)


@lru_cache(maxsize=1 << 16)
def is_exactly(written: str, word: str) -> bool:
    """Say whether a word stands there in its own letters; capitals may lack their accents, and all may be capitals.

    >>> is_exactly("Etats", "États"), is_exactly("ETATS", "États"), is_exactly("Mars", "mars")
    (True, True, False)
    """
    if written == word or (len(word) > 1 and written in (word.upper(), without_accents(word).upper())):
        return True
    return len(written) == len(word) and all(
        own == theirs or (own.isupper() and own == without_accents(theirs))
        for own, theirs in zip(written, word, strict=True)
    )


def starting(
    text: str, found: Sequence[Word], at: int, phrase: Sequence[str], same: Callable[[str, str], bool]
) -> tuple[int, int] | None:
    """Return where the words of a phrase stand in a text, if they begin with the word number `at`."""
    run = found[max(at, 0) : at + len(phrase)]
    if len(run) < len(phrase):
        return None
    if not all(same(one.text, word) for one, word in zip(run, phrase, strict=True)):
        return None
    return together(text, [(one.start, one.end) for one in run])


def together(text: str, run: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """Return from where to where some words of a text stand, if between them is only what may part those of a term."""
    if not all(_GAP.fullmatch(text[end:start]) for (_, end), (start, _) in pairwise(run)):
        return None
    return run[0][0], run[-1][1]


def whole(text: str, start: int, end: int) -> bool:
    """Say whether `[start, end)` is no part of a word with hyphens.

    >>> whole("porte-parole", 6, 12), whole("a dit l’Irak", 8, 12), whole("la France a-t-elle", 3, 9)
    (False, True, True)
    """
    before = start > 1 and text[start - 1] in _HYPHENS and text[start - 2].isalnum()
    after = end + 1 < len(text) and text[end] in _HYPHENS and text[end + 1].isalnum()
    return not before and (not after or bool(_PRONOUN.match(text, end)))


def standing(text: str, phrase: str, language: str) -> list[tuple[int, int]]:
    """Return where a phrase stands in a translation, in whatever form; `*` at its end stands for any ending.

    >>> standing("der Vereinigten Staaten", "Vereinigte Staaten", "de"), standing("die UN-Sitzung", "UN", "de")
    ([(4, 23)], [(4, 6)])
    >>> standing("a Syrian town", "Syri*", "en"), standing("let us go", "US", "en"), standing("$5", "$", "en")
    ([(2, 8)], [], [(0, 1)])
    """
    wanted = [word.text for word in words(phrase)]
    if not wanted:
        return [match.span() for match in re.finditer(re.escape(phrase), text)] if phrase else []
    if len(wanted) > 1 and wanted[0].lower() in _ARTICLES.get(primary(language), ()):
        del wanted[0]
    open_word = wanted[-1] if phrase.endswith("*") else ""

    def same(written: str, word: str) -> bool:
        if word == open_word:
            return _begins(written, word)
        return _translates(written, word, language)

    found = _words(text)
    begins = (at for at, word in enumerate(found) if same(word.text, wanted[0]))
    return [span for at in begins if (span := starting(text, found, at, wanted, same))]


@lru_cache(maxsize=1 << 16)
def _begins(written: str, word: str) -> bool:
    # German writes adjectives with a small letter; a capital of the term may be that of a noun.
    return without_accents(written.lower()).startswith(without_accents(word.lower()))


@lru_cache(maxsize=1 << 16)
def _translates(written: str, word: str, language: str) -> bool:
    if word.isupper() and len(word) < 6:
        # An acronym is no word: US is not us.
        return written == word or (written.startswith(word) and written[len(word) :] == "s")
    own = set(keys(word, language))
    # Forms of a word begin alike; to look at that first saves most stems.
    if beginnings(written, language)[0][:1] == beginnings(word, language)[0][:1] and set(keys(written, language)) & own:
        return True
    if primary(language) != "de" or len(word) < _COMPOUND:
        return False
    # A compound has the word at its beginning or, with an ending, at its end.
    lower = without_accents(written.lower()).replace("ß", "ss")
    return any(
        lower.startswith(key) or -1 < lower.rfind(key) >= len(lower) - len(key) - _ENDING
        for key in own
        if len(key) >= _COMPOUND
    )


def _bare(one: str, other: str) -> tuple[str, str]:
    return without_accents(one), without_accents(other)


def _common(one: str, other: str) -> int:
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _endings_agree(one: str, other: str, language: str) -> bool:
    """Say whether what follows the letters that two words have in common can be endings of one noun."""
    common = _common(one, other)
    endings = _ENDINGS.get(primary(language))
    if endings is None:
        return common >= min(_LIKE, len(one), len(other))
    return bool(endings.fullmatch(one[common:]) and endings.fullmatch(other[common:]))


def _accents_agree(written: str, word: str) -> bool:
    """Say whether the letters that two words have in common have the same accents, where they are small letters."""
    common = _common(*_bare(written.lower(), word.lower()))
    pairs = list(zip(written[:common], word[:common].lower(), strict=False))
    agree = [own.isupper() or own == theirs for own, theirs in pairs]
    # An ending may bring an accent to the letter before the last of them (premier, première).
    return all(agree[:-2]) and all(agree[-1:]) and (len(written) != len(word) or all(agree))


@cache
def _stemmer(language: str) -> Callable[[str], str]:
    """Return Snowball's stemmer of a language; where there is none, words are their own stems."""
    if language not in _ALGORITHMS:
        return str
    import snowballstemmer

    stem: Callable[[str], str] = snowballstemmer.stemmer(_ALGORITHMS[language]).stemWord
    return stem
