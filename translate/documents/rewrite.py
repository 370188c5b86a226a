"""Write a document again in another language: its own bytes, other words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from translate.documents.codes import TAG, fault
from translate.documents.model import Block, Kind, Literal, Piece, Segment
from translate.errors import DocumentError


class Writer(Protocol):
    """How a format writes text, and what its editions say of themselves."""

    def text(self, text: str, context: str) -> str:
        """Write plain text so that the format reads it as such at this place."""

    def literal(self, literal: Literal) -> str:
        """Write a literal that depends on the edition: its language, the place of its notices."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What an edition in a document's own format says: its words by segment, its language, its notices.

    Where no word of a block changed its source is kept as it is, unless all are to be written `afresh` or a code in it
    names a language: that is the edition's.
    """

    words: Callable[[Segment], str]
    language: str
    notices: tuple[str, ...] = ()
    afresh: bool = False

    @property
    def territory(self) -> str:
        """Return the territory that CLDR supposes for the language, where the tag names none."""
        return territory(self.language)

    @property
    def full_language(self) -> str:
        """Return the language with a territory, as offices know it: en-US, de-DE."""
        return full_language(self.language)


def territory(language: str) -> str:
    """Return the territory of a language: the one its tag names, else the one that CLDR supposes.

    >>> territory("de"), territory("en-GB"), territory("zh-Hant")
    ('DE', 'GB', 'TW')
    """
    from babel import Locale
    from babel.core import get_global

    locale, known = Locale.parse(language, sep="-"), get_global("likely_subtags")
    likely = known.get(str(locale)) or known.get(locale.language, "")
    return locale.territory or likely.rpartition("_")[2]


def full_language(language: str) -> str:
    """Return a language with a territory, as offices know it.

    >>> full_language("de"), full_language("fr-CH")
    ('de-DE', 'fr-CH')
    """
    return language if "-" in language else f"{language}-{territory(language)}"


def _as_it_is(_: Segment, words: str) -> str:
    return words


@dataclass(frozen=True, slots=True)
class Edits:
    """A wording and the writer that knows the format; `where` names the document.

    `fitted` mends a translation whose codes the format cannot write where they are; what a reader sees stays the same.
    """

    wording: Wording
    writer: Writer
    where: str
    fitted: Callable[[Segment, str], str] = _as_it_is

    def words(self, segment: Segment) -> str:
        """Return the words of a segment."""
        return self.wording.words(segment)


#: What depends on the edition, not on its words.
OF_THE_EDITION = frozenset({Kind.LANGUAGE, Kind.TERRITORY, Kind.IDENTITY, Kind.SOURCE, Kind.NOTICE})


def original(blocks: Iterable[Block], tail: str) -> str:
    """Join what the source holds."""
    parts: list[str] = []
    for block in blocks:
        parts.append(block.gap)
        parts += [piece.raw for piece in block.pieces]
    parts.append(tail)
    return "".join(parts)


def rewritten(blocks: Iterable[Block], tail: str, edits: Edits) -> str:
    """Join what the edition holds: a block of which no word changed stays as it is.

    Raises:
        DocumentError: the codes of a translation are not those of its source.
    """
    parts: list[str] = []
    for block in blocks:
        parts.append(block.gap)
        changed = any(_differs(segment, edits) for segment in block.segments)
        parts += _changed(block.pieces, edits) if changed else _same(block.pieces, edits)
    parts.append(tail)
    return "".join(parts)


def _differs(segment: Segment, edits: Edits) -> bool:
    if edits.wording.afresh or edits.words(segment) != segment.text:
        return True
    inside = (piece for code in segment.codes for piece in (*code.open, *(code.close or ())))
    literals = (piece for piece in inside if isinstance(piece, Literal) and piece.kind in OF_THE_EDITION)
    return any(edits.writer.literal(literal) != literal.raw for literal in literals)


def _same(pieces: Iterable[Piece], edits: Edits) -> Iterator[str]:
    for piece in pieces:
        of_edition = isinstance(piece, Literal) and piece.kind in OF_THE_EDITION
        yield edits.writer.literal(piece) if of_edition and isinstance(piece, Literal) else piece.raw


def _changed(pieces: Iterable[Piece], edits: Edits) -> Iterator[str]:
    for piece in pieces:
        if isinstance(piece, Segment):
            yield from _segment(piece, edits)
        elif piece.kind in OF_THE_EDITION:
            yield edits.writer.literal(piece)
        else:
            yield piece.raw if piece.shown is None else piece.shown


def _segment(segment: Segment, edits: Edits) -> Iterator[str]:
    """Yield the words of a segment, its tags turned into markup again."""
    words = edits.words(segment)
    if not segment.codes:
        yield edits.writer.text(words, segment.context)
        return
    wrong = fault(segment.text, words)
    if wrong:
        raise DocumentError(
            f"the inline codes of a translation are wrong: {wrong} in {words[:80]!r}",
            where=f"{edits.where}:{segment.line}",
            remedy=f"Mend this entry in its catalog: every tag of {segment.text[:80]!r} exactly once.",
        )
    words = edits.fitted(segment, words)
    at = 0
    for match in TAG.finditer(words):
        if match.start() > at:
            yield edits.writer.text(words[at : match.start()], segment.context)
        code = segment.codes[int(match["number"]) - 1]
        yield from _changed((code.close or ()) if match["close"] else code.open, edits)
        at = match.end()
    if at < len(words):
        yield edits.writer.text(words[at:], segment.context)


def markup(block: Block) -> Counter[str]:
    """Count the markup of a block, inside its segments and around them, as it is once the block is written anew.

    Literals that depend on the edition are left out.
    """
    return Counter(_markup(block.pieces))


def _markup(pieces: Iterable[Piece]) -> Iterator[str]:
    for piece in pieces:
        if isinstance(piece, Segment):
            for code in piece.codes:
                yield from _markup((*code.open, *(code.close or ())))
        elif piece.kind is Kind.CODE and (written := piece.raw if piece.shown is None else piece.shown):
            yield written
