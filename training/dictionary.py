"""Make a corpus of FreeDict's dictionaries (dictd files): words and names that the sentences of the corpora lack."""

import gzip
import lzma
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from string import ascii_lowercase, ascii_uppercase, digits

# "Haus /haʊ̯s/ <n, neut>", then a line of translations, of which further senses follow (" 2.") with their glosses.
_HEAD = re.compile(r"(?P<word>[^/<]+?)\s*(?:/[^<]*/\s*)?(?:<(?P<grammar>[^>]*)>)?\s*$")
_FURTHER = re.compile(r"\s+\d+\.\s*$")
# Some entries count the senses of a word at its beginning; "1. Klasse" is no such number.
_NUMBER = re.compile(r"^\d+\.\s+(?=[a-zà-ÿ])")
_ODD = re.compile(r"[()\[\]{}<>/=|…]|\.\.\.")
_PARTS = re.compile(r"[,;]\s+")
# dictd counts in base 64 by these digits.
_DIGITS = {digit: value for value, digit in enumerate(f"{ascii_uppercase}{ascii_lowercase}{digits}+/")}
# FreeDict's codes of languages.
_CODES = {"fr": "fra", "de": "deu", "en": "eng"}
_MOST = 2
_GENDERS = ("masc", "fem", "neut")
_ARTICLES = {"fr": {"masc": "le", "fem": "la"}, "de": {"masc": "der", "fem": "die", "neut": "das"}, "en": {}}
_ELIDED = re.compile(r"[aâàeéèêëiîïoôuûyhœæ]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """Hold a word, its gender where it is a noun that has one, and what its first sense becomes."""

    word: str
    gender: str
    translations: tuple[str, ...]


def corpus(folder: Path, languages: tuple[str, str], out: Path) -> int:
    """Write the pairs of both dictionaries between two languages as a corpus, and return how many there are.

    The folder has ``freedict-fra-deu.index`` and ``.dict.dz``, and those of the other direction. Nouns of which both
    genders are known come with their articles too.
    Raises: FileNotFoundError if a dictionary is absent.
    """
    codes = [_CODES[language] for language in languages]
    there = list(entries(folder / f"freedict-{codes[0]}-{codes[1]}"))
    back = list(entries(folder / f"freedict-{codes[1]}-{codes[0]}"))
    pairs: defaultdict[str, list[str]] = defaultdict(list)
    for entry in there:
        pairs[entry.word] += [one for one in entry.translations if one not in pairs[entry.word]]
    for entry in back:
        for word in entry.translations:
            if entry.word not in pairs[word]:
                pairs[word].append(entry.word)
    genders = tuple({entry.word: entry.gender for entry in side if entry.gender} for side in (there, back))
    lines = []
    for word, translations in pairs.items():
        for translation in translations[:_MOST]:
            lines.append((word, translation))
            lines += articled((word, translation), languages, (genders[0].get(word), genders[1].get(translation)))
    out.parent.mkdir(parents=True, exist_ok=True)
    with lzma.open(out, "wt", encoding="utf-8") as file:
        file.writelines(f"{source}\t{target}\n" for source, target in lines)
    return len(lines)


def articled(
    pair: tuple[str, str], languages: tuple[str, str], genders: tuple[str | None, str | None]
) -> Iterator[tuple[str, str]]:
    """Yield two nouns with their definite articles, where both have one.

    >>> list(articled(("eau", "Wasser"), ("fr", "de"), ("fem", "neut")))
    [("l'eau", 'das Wasser')]
    """
    found = []
    for word, language, gender in zip(pair, languages, genders, strict=True):
        article = _ARTICLES[language].get(gender or "")
        if article is None or " " in word:
            return
        elided = language == "fr" and _ELIDED.match(word) is not None
        found.append(f"l'{word}" if elided else f"{article} {word}")
    yield found[0], found[1]


def entries(path: Path) -> Iterator[Entry]:
    """Yield the entries of a dictionary that have a translation, in the order of its index."""
    text = gzip.decompress(path.with_suffix(".dict.dz").read_bytes())
    for line in path.with_suffix(".index").read_text(encoding="utf-8").splitlines():
        word, offset, length = line.split("\t")
        if not word.startswith("00"):
            start = number(offset)
            found = entry(text[start : start + number(length)].decode("utf-8"))
            if found:
                yield found


def entry(text: str) -> Entry | None:
    """Read an entry: its word, its gender, the translations of its first sense.

    >>> entry("Doubs /du/ <pn, masc>\\nDoubs 2.\\nd\xe9partement")
    Entry(word='Doubs', gender='masc', translations=('Doubs',))
    >>> entry("f\xeate <n, fem>\\nFest, Feier, Fete\\n")
    Entry(word='fête', gender='fem', translations=('Fest', 'Feier'))
    """
    lines = text.splitlines()
    head = _HEAD.match(lines[0]) if len(lines) > 1 else None
    if not head or _ODD.search(head["word"]):
        return None
    gender = next((one for one in _GENDERS if one in (head["grammar"] or "").split(", ")), "")
    said = [_NUMBER.sub("", one.strip()) for one in _PARTS.split(_FURTHER.sub("", lines[1]))]
    good = tuple(one for one in said if one and not _ODD.search(one))[:_MOST]
    return Entry(_NUMBER.sub("", head["word"].strip()), gender, good) if good else None


def number(text: str) -> int:
    """Read a number of an index.

    >>> number("BA"), number("j")
    (64, 35)
    """
    value = 0
    for digit in text:
        value = value * 64 + _DIGITS[digit]
    return value
