"""From a document to the units of its catalogs: one for each text that needs one translation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from translate.documents.model import HEADINGS, Block, Document, Role, Segment

#: What identifies an entry in a catalog: its context (or None) and its source text.
Key = tuple[str | None, str]

#: The context of a text that stands as a heading in one place and in the body in another.
HEADING_CONTEXT = "heading"


@dataclass(frozen=True, slots=True)
class Unit:
    """A text to be translated, with all the places where it stands: roles, headings and lines in order.

    `limit` is the shortest length that one of its places allows, 0 where all take any.
    """

    key: Key
    roles: tuple[Role, ...]
    headings: tuple[str, ...]
    lines: tuple[int, ...]
    limit: int = 0

    @property
    def text(self) -> str:
        """Return the source text."""
        return self.key[1]


def units(document: Document) -> tuple[Unit, ...]:
    """Return the units of a document in reading order; equal texts with equal needs are one unit."""
    places: dict[Key, list[tuple[Block, Segment]]] = {}
    key_of = keys(document)
    for block in document.blocks:
        for segment in block.segments:
            places.setdefault(key_of[segment.role in HEADINGS, segment.text], []).append((block, segment))
    return tuple(
        Unit(
            key,
            tuple(dict.fromkeys(segment.role for _, segment in found)),
            tuple(dict.fromkeys(block.heading for block, _ in found if block.heading)),
            tuple(segment.line for _, segment in found),
            min((segment.limit for _, segment in found if segment.limit), default=0),
        )
        for key, found in places.items()
    )


def keys(document: Document) -> dict[tuple[bool, str], Key]:
    """Return the key of each (is a heading, text): only a text that is both has a context."""
    heading, body = set[str](), set[str]()
    for segment in document.segments:
        (heading if segment.role in HEADINGS else body).add(segment.text)
    both = heading & body
    made: dict[tuple[bool, str], Key] = {(False, text): (None, text) for text in body}
    made |= {(True, text): (HEADING_CONTEXT if text in both else None, text) for text in heading}
    return made


def words(texts: Sequence[str]) -> int:
    """Count the words of texts, as translators are paid: runs between white space."""
    return sum(len(text.split()) for text in texts)
