"""HTML inside a text of another file: in a JSON string, or escaped in XML."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from translate.documents.model import Block, Code, Kind, Literal, Piece


@dataclass(frozen=True, slots=True)
class Outer:
    """The file around: how it writes a text, and the name of its context."""

    context: str
    write: Callable[[str], str]


def within(blocks: Iterable[Block], signs: Sequence[str], outer: Outer) -> Iterator[Block]:
    """Yield the blocks of a text as blocks of the file around it, where `signs` are the text's signs as written."""
    at = 0

    def take(text: str) -> str:
        nonlocal at
        at += len(text)
        return "".join(signs[at - len(text) : at])

    for block in blocks:
        gap = take(block.gap)
        yield replace(block, gap=gap, pieces=tuple(_within(piece, take(piece.raw), outer) for piece in block.pieces))


def _within(piece: Piece, raw: str, outer: Outer) -> Piece:
    if isinstance(piece, Literal):
        # Markup is written in one way, whether it stands in a sentence or around it.
        shown = piece.raw if piece.shown is None and piece.kind is Kind.CODE else piece.shown
        return replace(piece, raw=raw, shown=None if shown is None else outer.write(shown))
    codes = tuple(
        Code(_inside(code.open, outer), None if code.close is None else _inside(code.close, outer))
        for code in piece.codes
    )
    return replace(piece, raw=raw, codes=codes, context=outer.context + piece.context)


def _inside(pieces: Iterable[Piece], outer: Outer) -> tuple[Piece, ...]:
    return tuple(_within(piece, outer.write(piece.raw), outer) for piece in pieces)
