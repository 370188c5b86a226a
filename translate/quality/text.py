"""What several checks read in a text: its words without codes, and the tables of words that checks know."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

from translate.documents.codes import without_tags
from translate.documents.parts import Remembered, parts
from translate.knowledge.spelling import speller
from translate.language import primary

WORD = re.compile(r"[^\W\d_]+(?:[’'‑-][^\W\d_]+)*")
# Languages written without spaces between words.
SPACELESS = frozenset({"zh", "ja", "th", "lo", "km", "my"})
# Each check asks again for the text it was given.
_RECENT = 16
_WORDS: Remembered[str] = Remembered(lambda part: " ".join(WORD.findall(part)))


@lru_cache(maxsize=_RECENT)
def plain(text: str) -> str:
    """Return a text without its inline codes."""
    return without_tags(text) if "<" in text else text


@lru_cache(maxsize=_RECENT)
def words(text: str) -> tuple[str, ...]:
    """Return the words of a text without its codes; elisions and compounds are one word.

    >>> words("L’<1>avant-poste</1> 12 n'est plus")
    ('L’avant-poste', "n'est", 'plus')
    """
    return tuple(" ".join(map(_WORDS.__getitem__, parts(plain(text)))).split())


@lru_cache(maxsize=_RECENT)
def unknown(text: str, language: str) -> tuple[str, ...]:
    """Return the words of a text in small letters that no dictionary of a language has (all, where there is none)."""
    return tuple(chain.from_iterable(map(_unknown(language).__getitem__, parts(plain(text)))))


@cache
def _unknown(language: str) -> Remembered[tuple[str, ...]]:
    spells = speller(language) or frozenset[str]().__contains__
    return Remembered(lambda part: tuple(one for one in WORD.findall(part) if one.islower() and not spells(one)))


@cache
def known(table: str, language: str) -> Any:
    """Return what `words.toml` holds under a table for a language, an empty table where it holds nothing."""
    return _tables().get(table, {}).get(primary(language), {})


@cache
def matcher(table: str, language: str) -> re.Pattern[str] | None:
    """Return a pattern that finds any of the words (regular expressions) that a table lists for a language."""
    listed = known(table, language)
    return re.compile(rf"(?<![\w])(?:{'|'.join(listed)})(?![\w])", re.IGNORECASE) if listed else None


@cache
def may_begin(table: str, language: str) -> Remembered[bool]:
    """Say whether one of the words of a table (several, perhaps) may begin in a part of a text, which is quickly said.

    >>> may_begin("denials", "en").any("They will, no doubt, come"), may_begin("denials", "en").any("They will come")
    (True, False)
    """
    # What follows a space, or is looked for ahead, may stand in the next part.
    listed = [_AHEAD.split(word, maxsplit=1)[0] for word in known(table, language)]
    pattern = re.compile(rf"(?<![\w])(?:{'|'.join(listed)})", re.IGNORECASE)
    return Remembered(lambda part: pattern.search(part) is not None)


_AHEAD = re.compile(r" |\\s|\(\?!")


def swiss(language: str) -> bool:
    """Say whether a language is written as in Switzerland: guillemets, 3.5 as well as 3,5."""
    return language.endswith(("-CH", "-LI"))


@lru_cache(maxsize=_RECENT)
def sentences(text: str) -> int:
    """Count the sentences of a text, by the signs that end them.

    >>> sentences("Il part. « Où ? » Elle reste")
    3
    """
    return len(_END.findall(plain(text).rstrip() + " A"))


_END = re.compile(r"[.!?…]+[\"'”»«“)\s]*\s(?=[\"'“„«(\s]*[^\W\d_a-zà-ÿ])|\w\s(?=A\Z)")


@cache
def common_words() -> dict[str, frozenset[str]]:
    """Return the commonest words of some languages, each of one of them only."""
    tables: dict[str, list[str]] = _tables()["common"]
    counts: dict[str, int] = {}
    for table in tables.values():
        for word in set(table):
            counts[word] = counts.get(word, 0) + 1
    return {language: frozenset(word for word in table if counts[word] == 1) for language, table in tables.items()}


@cache
def beginnings(language: str) -> frozenset[str]:
    """Return words that begin a sentence and no name: the commonest ones of a language."""
    return frozenset(_tables()["common"].get(primary(language), ()))


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
