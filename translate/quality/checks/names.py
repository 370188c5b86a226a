"""Names and acronyms: who and what the source names, the translation names, spelled alike or as CLDR has it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

from translate.catalogs.dictionary import dictionary
from translate.knowledge.spelling import speller
from translate.language import primary
from translate.quality.checks import Finding, Pair, Severity
from translate.quality.text import known, plain

# A word with a capital, as far as the next sign; the capital comes first in the pattern, so that it is quickly found.
_NAME = re.compile(r"[A-ZÀ-ÖØ-Þ](?<!\w.)\w+(?:-\w+)*(?![\w’'])")
# What is no part of a name before it (l’Élysée).
_ELISION = re.compile(r"(?<!\w)(?:[dlDLjJmMnNsStTcC]|[Qq]u)[’']\Z")
# What stands before the first word of a sentence, and what may stand between the two beside spaces.
_BEFORE, _BETWEEN = frozenset('.!?…:;»”"«“(–—-'), frozenset("'‘")
# Words in capitals side by side are emphasis, not acronyms.
_SHOUTED = re.compile(r"\b[A-ZÀ-Þ’']{2,} [A-ZÀ-Þ’']{2,}\b")
# Likeness (0 to 100, share of letters in common) of one name in two languages: Poutine and Putin, Moscou and Moscow.
_ALIKE = 60
_SHORTEST = 3
# Languages that write every noun with a capital.
_NOUNS = frozenset({"de", "lb"})
# A letter of another script than the Latin one.
_OTHER_LETTER = re.compile(r"[^\W\d_A-ɏ]")
# What most texts are made of, and no such letter: quickly seen.
_OTHER_SIGN = re.compile(r"[^\0-ɏ\u2000-\u206f€]")
_ROMAN = re.compile(r"[IVXLCDM]+(?:e|er|ère|ème|es)?")


def check(pair: Pair) -> Iterator[Finding]:
    """Yield a warning for the names and acronyms of the source that the translation does not have."""
    if primary(pair.source_language) in _NOUNS or not _is_latin(plain(pair.translation)):
        return
    source = plain(pair.source)
    names = _names(source, pair.source_language)
    if not names:
        return
    translation = _bare(plain(pair.translation))
    missing = [
        " ".join(name)
        for name in names
        if not any(_bare(part) in translation or _elsewhere(part, pair, translation) for part in name)
    ]
    if missing:
        yield Finding("names", Severity.WARNING, f"{', '.join(dict.fromkeys(missing))} of the source is missing")


def _is_latin(text: str) -> bool:
    """Say whether a text is in the script in which names stay as they are."""
    if not _OTHER_SIGN.search(text) or not _OTHER_LETTER.search(text):
        return True
    letters = [sign for sign in text if sign.isalpha()]
    return sum("A" <= sign <= "ɏ" for sign in letters) * 2 >= len(letters)


@lru_cache(maxsize=16)
def _names(text: str, language: str) -> tuple[tuple[str, ...], ...]:
    """Return the names of a text; words that stand side by side are one, of which a translation may drop a part.

    Such a part may be a common word (the Poutine of Vladimir Poutine) where the other is none.
    """
    if text.isupper():
        return ()
    runs: list[list[tuple[int, str]]] = []
    end = -2
    for match in _NAME.finditer(text):
        word, at = match.group(), match.start()
        elision = _ELISION.search(text, max(0, at - 3), at)
        start = elision.start() if elision else at
        if word in known("titles", language) or (_begins(text, start) and _common(word, language)):
            continue
        if start == end + 1 and text[end] == " ":
            runs[-1].append((start, word))
        else:
            runs.append([(start, word)])
        end = match.end()
    return tuple(tuple(word for _, word in run) for run in runs if any(_is_name(text, *one, language) for one in run))


def _begins(text: str, at: int) -> bool:
    """Say whether a sentence, or what stands in marks, begins at a place."""
    for sign in reversed(text[:at]):
        if sign in _BEFORE:
            return True
        if not sign.isspace() and sign not in _BETWEEN:
            return False
    return True


def _common(word: str, language: str) -> bool:
    knows = dictionary(language)
    return not word.isupper() and knows is not None and knows(word)


def _is_name(text: str, at: int, word: str, language: str) -> bool:
    """Say whether a word is a name: no word of the dictionary, unless one with a capital only (Paris, Peter)."""
    knows, own, english = dictionary(language), speller(language), speller("en")
    if _ROMAN.fullmatch(word) or (len(word) < _SHORTEST and not word.isupper()):
        return False
    if word.isupper():
        return not _SHOUTED.search(text, max(0, at - 20), at + len(word) + 20)
    if own is not None:
        # Hunspell has names with a capital only; a list of words from film subtitles has them as any word.
        if any(own(part.lower()) for part in word.split("-")):
            return False
        return not (_begins(text, at) and ("-" in word or (knows is not None and knows(word))))
    common = [part for part in word.split("-") if knows is not None and knows(part)]
    if not common and not (knows is not None and word.endswith(("s", "x")) and knows(word[:-1])):
        return not (_begins(text, at) and "-" in word)
    if _begins(text, at):
        return False
    return english is not None and all(english(part) and not english(part.lower()) for part in word.split("-"))


def _elsewhere(name: str, pair: Pair, translation: str) -> bool:
    """Say whether a name stands in a translation in another form, or is none."""
    written = _words(plain(pair.translation))
    if name.isupper():
        return _acronym(name, pair, written)
    bare = _bare(name)
    other = _exonyms(pair.source_language, pair.language).get(bare)
    if other is not None and other in translation:
        return True
    if _is_term(name, pair):
        return True
    from rapidfuzz import fuzz, process

    return any(
        process.extractOne(part, written, scorer=fuzz.ratio, score_cutoff=_ALIKE) is not None
        or any(word.startswith(part[:4]) for word in written)
        for part in bare.split("-")
    )


def _acronym(name: str, pair: Pair, written: tuple[str, ...]) -> bool:
    """Say whether an acronym stands there as its letters in another order (OTAN, NATO) or is known to be another."""
    table = known("acronyms", pair.language)
    others = {_bare(one) for one in table.get(name, ())}
    letters = sorted(_bare(name))
    return any(word in others or sorted(word) == letters or word.startswith(_bare(name)) for word in written) or any(
        other in _bare(plain(pair.translation)) for other in others
    )


def _is_term(name: str, pair: Pair) -> bool:
    """Say whether a name is one that the terms check looks after."""
    if pair.terms is None:
        return False
    return any(name in plain(pair.source)[one.start : one.end] for one in pair.terms.find(plain(pair.source)))


@lru_cache(maxsize=16)
def _words(text: str) -> tuple[str, ...]:
    return tuple(_bare(word) for word in re.findall(r"[^\W\d_]+", text) if not word.islower())


@lru_cache(maxsize=256)
def _bare(text: str) -> str:
    """Return a text in small letters without accents, apostrophes alike.

    >>> _bare("L’Élysée")
    "l'elysee"
    """
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFD", text.lower().replace("’", "'").replace("ß", "ss"))
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


@cache
def _exonyms(source: str, target: str) -> dict[str, str]:
    """Return the towns that CLDR names in two languages (those of its time zones), and those that it has not."""
    from babel import Locale

    here, there = (Locale.parse(language, sep="-").time_zones for language in (source, target))
    towns = {
        _bare(names["city"]): _bare(there.get(zone, {}).get("city", zone.rsplit("/", 1)[1].replace("_", " ")))
        for zone, names in here.items()
        if "city" in names
    }
    return towns | {_bare(name): _bare(other) for name, other in known("towns", target).items()}


def names(text: str, language: str) -> tuple[str, ...]:
    """Return the names and acronyms that a text gives, each as it stands there."""
    return tuple(" ".join(name) for name in _names(plain(text), language))
