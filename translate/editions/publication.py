"""An edition as it was published: all that its page shows and says to machines, kept as JSON."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from translate.documents.codes import without_tags
from translate.documents.encoding import spaced
from translate.documents.model import Block, Document, Kind, Literal, Role, Segment
from translate.editions import labels as fixed
from translate.editions.disclosure import json_ld, one_line
from translate.editions.edition import Edition
from translate.editions.targets.rendering import attributes
from translate.editions.typography.policy import House
from translate.editions.typography.setting import set_all

#: Changes when a reader of these files would have to.
VERSION = 1
#: Blocks that say something about the page and are not read on it.
_HIDDEN = frozenset({Role.TITLE, Role.DESCRIPTION, Role.KEYWORD, Role.ALTERNATIVE})
_LEADS = (Role.LEAD, Role.DESCRIPTION, Role.PARAGRAPH)


@dataclass(frozen=True, slots=True)
class Words:
    """A run of text with the attributes that say how it came to be."""

    text: str
    attributes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Passage:
    """A block of a published edition."""

    role: Role
    story: int
    words: tuple[Words, ...]

    @property
    def text(self) -> str:
        """Return what it reads."""
        return spaced("".join(one.text for one in self.words))


@dataclass(frozen=True, slots=True)
class Publication:
    """A story in one language as its page has it.

    `dated` and `redated` are the days and times the document itself gives (ISO 8601, local). `marks` are for machines;
    `translation` is schema.org's account of how it came to be, None for the source itself.
    """

    document: str
    language: str
    source_language: str
    title: str
    summary: str
    byline: str
    dated: str
    redated: str
    notices: tuple[str, ...]
    passages: tuple[Passage, ...]
    marks: tuple[tuple[str, str], ...]
    translation: Mapping[str, Any] | None

    @property
    def reads(self) -> list[str]:
        """Return what a reader sees, block by block."""
        return [*self.notices, *(passage.text for passage in self.passages)]

    def data(self) -> bytes:
        """Return it as JSON."""
        return (json.dumps({"version": VERSION, **asdict(self)}, ensure_ascii=False, indent=1) + "\n").encode()


def load(data: bytes) -> Publication:
    """Read what `data` wrote.

    Raises:
        ValueError: it is something else.
    """
    value = json.loads(data)
    if not isinstance(value, dict) or value.pop("version", None) != VERSION:
        raise ValueError("no published edition of this version")
    passages = tuple(
        Passage(Role(one["role"]), one["story"], tuple(Words(**words) for words in one["words"]))
        for one in value.pop("passages")
    )
    notices, marks = tuple(value.pop("notices")), tuple((name, text) for name, text in value.pop("marks"))
    return Publication(**value, passages=passages, notices=notices, marks=marks)


def of_edition(edition: Edition, document: Document) -> Publication:
    """Return an edition as it is published."""
    said = attributes(edition)
    passages = tuple(
        Passage(
            block.role,
            block.story,
            tuple(Words(without_tags(one.text), said(one)) for one in block.texts if one.text),
        )
        for block in edition.blocks
    )
    told = json.loads(json_ld(edition.disclosure)) if edition.disclosure.policy.marks else None
    return _publication(document, edition.language, passages, edition.notices, edition.disclosure.marks, told)


def of_source(document: Document, house: House) -> Publication:
    """Return the document itself, in its own language."""
    passages = tuple(
        Passage(block.role, block.story, tuple(_own(block, house, document.language))) for block in document.blocks
    )
    return _publication(document, document.language, passages, (), (), None)


def _own(block: Block, house: House, language: str) -> Iterator[Words]:
    texts = [one_line(without_tags(piece.text)) for piece in block.pieces if isinstance(piece, Segment)]
    typeset = iter(set_all(texts, language, house))
    for piece in block.pieces:
        if isinstance(piece, Segment):
            yield Words(next(typeset), {})
        elif said := fixed.own_text_of(piece):
            yield Words(said, {})


def _publication(
    document: Document,
    language: str,
    passages: tuple[Passage, ...],
    notices: tuple[str, ...],
    marks: tuple[tuple[str, str], ...],
    told: Mapping[str, Any] | None,
) -> Publication:
    said = {role: next((one.text for one in passages if one.role is role and one.text), "") for role in Role}
    first = next((one.text for one in passages if one.text and one.role is not Role.STATUS), document.name)
    lead = next((said[role] for role in _LEADS if said[role]), "")
    return Publication(
        document.name,
        language,
        document.language,
        said[Role.HEADLINE] or said[Role.TITLE] or first,
        lead,
        _author(document) or said[Role.BYLINE],
        *_dates(document),
        notices,
        tuple(one for one in passages if one.text and one.role not in _HIDDEN and not _dateless(one)),
        marks,
        told,
    )


def _dateless(passage: Passage) -> bool:
    """Say whether a status line has lost its date: "Published Updated" tells a reader nothing."""
    return passage.role is Role.STATUS and not any(sign.isdigit() for sign in passage.text)


def _author(document: Document) -> str:
    """Return the names of the first byline."""
    byline = next((block for block in document.blocks if block.role is Role.BYLINE), None)
    names = (
        [piece.raw for piece in byline.pieces if isinstance(piece, Literal) and piece.kind is Kind.NAME]
        if byline
        else []
    )
    return one_line(", ".join(names))


def _dates(document: Document) -> tuple[str, str]:
    """Return when a document says that it was published and changed; nothing where it does not say it in full."""
    day: dt.date | None = None
    found = {Kind.PUBLISHED: "", Kind.MODIFIED: ""}
    for piece in (piece for block in document.blocks for piece in block.pieces):
        if isinstance(piece, Literal) and piece.kind in found and piece.moment and not found[piece.kind]:
            if piece.moment.date and piece.moment.year:
                day = piece.moment.date
            if day:
                time = piece.moment.time
                found[piece.kind] = (dt.datetime.combine(day, time) if time else day).isoformat()
    return found[Kind.PUBLISHED] or found[Kind.MODIFIED], found[Kind.MODIFIED]
