"""Texts of a block as one line of words that rules may change, and what no rule may touch set aside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from translate.documents.codes import TAG

#: Stands for what is set aside: a code without words, an address, a file name, a piece of program.
OBJECT = "\ufffc"
#: Stands between the texts of a block.
BREAK = "\u2029"
#: The spaces of a line.
SPACES = " \u00a0\u202f"

Edit = tuple[int, int, str]

_ENDINGS = (
    "aac|avi|bmp|conf|cpp|css|csv|doc|docx|eps|epub|exe|flac|gif|gz|htm|html|ini|jar|java|jpeg|jpg|js"
    "|json|log|md|mkv|mov|mp3|mp4|odp|ods|odt|ogg|pdf|php|png|po|pot|ppt|pptx|psd|py|rar|rtf|sh|sql|srt"
    "|svg|tar|tex|tgz|tif|tiff|toml|ts|tsv|txt|vtt|wav|webp|xhtml|xls|xlsx|xml|yaml|yml|zip"
)
_DOMAINS = "com|org|net|edu|gov|int|info|eu|fr|de|ch|at|be|lu|ca|uk|us|io|tv|it|es|nl|pl|ru|cn|jp"
# What an address may go on with.
_PATH = f'[^\\s<>"«»“”„{OBJECT}{BREAK}]'
_LOCKED = re.compile(
    "|".join(
        (
            f"[{OBJECT}{BREAK}\u2028]",
            r"`[^`\s][^`]*`",
            r"</?[A-Za-z!][^<>]*>|&(?:#?\w+);",
            rf"\b[A-Za-z][A-Za-z0-9+]*://{_PATH}*[\w/#=&%+~-]|\b(?:mailto|tel|urn):{_PATH}*\w",
            r"(?<![\w.+%'-])[\w.+%'-]+@[\w-]+(?:\.[\w-]+)+",
            rf"(?<![\w.-])[\w-]+(?:\.[\w-]+)*\.(?:{_DOMAINS})\b(?:[/?#]{_PATH}*[\w/=])?",
            r"(?<!\w)[@#][\w][\w.-]*",
            r"(?<![\w.])(?:~|\.{1,2})?(?:/[\w.~-]+){2,}/?|(?<!\w)(?:[A-Za-z]:)?(?:\\[\w.~$-]+)+",
            rf"(?<![\w~./\\-])[\w~./\\-]*\w\.(?:{_ENDINGS})\b",
            r"\{[^{}\n]*\}|%\(\w+\)\w|(?<!\w)%[sdif](?!\w)|\$\{?[A-Za-z_]\w*\}?|(?<![\w-])--?[A-Za-z][\w-]*",
            r"(?<!\w)\w*_\w*|(?<!\w)\w+(?:(?:::|->)\w+|=(?:\"[^\"]*\"|'[^']*'|[\w/.-]+))",
            r"(?<!\w)\w+\((?:\"[^\"]*\"|'[^']*'|[\w.,=])*\)",
            r"(?<![\w.])v?(?![1-9]\d{0,2}(?:\.\d{3})+(?![\d.]))\d+(?:\.\d+){2,}\b",
            r"\b\d+(?:[-/]\d+){2,}\S*\b|\b\d{1,2}:\d{2}(?::\d{2})?\b|\b\d{1,2}/\d{1,4}\b",
            r"(?<!\w)\+\d[\d \u00a0\u202f().-]{4,}\d|\b0\d(?:[ \u00a0\u202f.-]?\d\d){4}\b",
            r"(?i:\b(?:tel|tél|telefon|telephone|téléphone|phone|fax|isbn|issn|iban|siret|siren)\b)[.: \u00a0\u202f]*"
            r"[\dA-Z][\dA-Z \u00a0\u202f./()-]*\d",
            r"(?<!\w)[A-Z]{1,5}[-/]?\d+[A-Za-z]*(?:[-/.]\w+)*\b",
        )
    )
)
# Without one of these signs a text has nothing of that.
_SUSPECT = re.compile(
    rf"[{OBJECT}{BREAK}\u2028\d@#_/\\`{{<=]|\w[.(]\w|\w\(|:[/:\w]|[%$&][\w({{#]|->|(?<![\w-])--?[A-Za-z]"
)


@dataclass(frozen=True, slots=True)
class Bare:
    """A line of words: `tags` are the ends of pairs by their place in it, `aside` what its objects stand for."""

    line: str
    tags: tuple[tuple[int, str], ...]
    aside: tuple[str, ...]

    def edited(self, edits: Iterable[Edit]) -> Bare:
        """Return the line with changes made to it, but none across a tag, a break or an object."""
        changes = sorted(edits)
        if not changes:
            return self
        parts: list[str] = []
        moved: list[tuple[int, str]] = []
        at = length = index = 0
        for start, end, text in (*changes, (len(self.line), len(self.line), "")):
            while index < len(self.tags) and self.tags[index][0] <= start:
                moved.append((length + self.tags[index][0] - at, self.tags[index][1]))
                index += 1
            crossed = index < len(self.tags) and self.tags[index][0] < end
            if start < at or crossed or any(sign in self.line[start:end] for sign in (OBJECT, BREAK)):
                continue
            parts += self.line[at:start], text
            length += start - at + len(text)
            at = end
        return Bare("".join(parts), tuple(moved), self.aside)

    def texts(self) -> list[str]:
        """Return the texts again, with all that was set aside."""
        parts: list[str] = []
        at = 0
        for offset, tag in self.tags:
            parts += self.line[at:offset], tag
            at = offset
        parts.append(self.line[at:])
        aside = iter(self.aside)
        made = []
        for text in "".join(parts).split(BREAK):
            first, *others = text.split(OBJECT)
            made.append(first + "".join(next(aside) + other for other in others))
        return made


def bare(texts: Sequence[str]) -> Bare:
    """Set aside what no rule may touch and make one line of the rest.

    >>> bare(["<1>Voir</1> a.txt<2/>"])
    Bare(line='Voir ￼￼', tags=((0, '<1>'), (4, '</1>')), aside=('a.txt', '<2/>'))
    """
    line: list[str] = []
    tags: list[tuple[int, str]] = []
    aside: list[str] = []
    length = 0
    for number, text in enumerate(texts):
        if number:
            line.append(BREAK)
            length += 1
        for part in _parts(text):
            if part.is_tag:
                tags.append((length, part.text))
            elif part.aside:
                aside.append(part.text)
                line.append(OBJECT)
                length += 1
            else:
                line.append(part.text)
                length += len(part.text)
    return Bare("".join(line), tuple(tags), tuple(aside))


@dataclass(frozen=True, slots=True)
class _Part:
    text: str
    aside: bool = False
    is_tag: bool = False


def _parts(text: str) -> Iterator[_Part]:
    """Yield a text in parts: words, ends of pairs, and what is set aside, with the tags in it."""
    found = list(TAG.finditer(text))
    signs: list[str] = []
    before: list[tuple[int, re.Match[str]]] = []
    at = length = 0
    for match in found:
        signs.append(text[at : match.start()])
        length += match.start() - at
        before.append((length, match))
        if match["alone"]:
            signs.append(OBJECT)
            length += 1
        at = match.end()
    signs.append(text[at:])
    plain = "".join(signs)

    def raw(offset: int, end: bool) -> int:
        """Return the place in the text of a place in the plain one, before or after the tags there."""
        shift = 0
        for place, match in before:
            past = place < offset or (place == offset and not end and not match["alone"])
            if not past:
                break
            shift += match.end() - match.start() - (1 if match["alone"] else 0)
        return offset + shift

    cursor = 0
    for match in _LOCKED.finditer(plain) if _SUSPECT.search(plain) else ():
        start, end = raw(match.start(), False), raw(match.end(), True)
        yield from _words(text[cursor:start])
        yield _Part(text[start:end], aside=True)
        cursor = end
    yield from _words(text[cursor:])


def _words(text: str) -> Iterator[_Part]:
    at = 0
    for match in TAG.finditer(text):
        if match.start() > at:
            yield _Part(text[at : match.start()])
        yield _Part(match.group(), is_tag=True)
        at = match.end()
    if at < len(text):
        yield _Part(text[at:])
