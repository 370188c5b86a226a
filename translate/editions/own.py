"""Editions in the document's own format: the same file in another language, read again before it is believed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from translate.catalogs.store import Catalog
from translate.documents.codes import without_tags
from translate.documents.formats import Rewriting, Settings, Source
from translate.documents.model import HEADINGS, Block, Document, Segment
from translate.documents.rewrite import Wording
from translate.editions.disclosure import Disclosure
from translate.editions.edition import Chosen, typeset
from translate.editions.gate import Held
from translate.editions.marks import marked
from translate.editions.policy import Drafts, Policy
from translate.editions.typography.policy import House
from translate.errors import DocumentError, EditionError

_BY_DEFAULT = Policy()
_NOT_SET = House(enabled=False)
_NO_WORDS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class OwnEdition:
    """An edition in its document's own format, proven."""

    data: bytes
    notices: tuple[str, ...]
    held: tuple[Held, ...]
    disclosure: Disclosure


def assemble(
    document: Document,
    catalog: Catalog,
    language: str,
    policy: Drafts,
    own_labels: Mapping[str, Mapping[str, str]],
    format_: Rewriting,
    settings: Settings,
    disclose: Policy = _BY_DEFAULT,
    house: House = _NOT_SET,
) -> OwnEdition:
    """Write a document in another language, as far as the gate lets its catalog's translations out.

    Raises:
        DocumentError: the inline codes of a translation are wrong.
        EditionError: the file that was written does not say what the catalog says.
    """
    chosen = Chosen(document, catalog, policy, disclose=disclose)
    found = {id(segment): chosen.text(segment) for segment in document.segments}
    texts: dict[int, str] = {}
    for segments in _lines(document):
        words = typeset([found[id(segment)] for segment in segments], language, house)
        texts.update(zip(map(id, segments), (text.text for text in words), strict=True))
    notices = chosen.notices(language, own_labels)
    wording = Wording(lambda segment: texts[id(segment)], language, notices)
    disclosure = chosen.disclosure(language)
    data = _proven(document, format_, wording, settings, disclosure)
    return OwnEdition(data, notices, tuple(chosen.held), disclosure)


def _lines(document: Document) -> Iterator[list[Segment]]:
    """Yield the segments of each block that follow each other, and each inside an inline code by itself."""
    for block in document.blocks:
        outer = [piece for piece in block.pieces if isinstance(piece, Segment)]
        known = set(map(id, outer))
        yield outer
        yield from ([segment] for segment in block.segments if id(segment) not in known)


def prove(document: Document, format_: Rewriting, settings: Settings) -> None:
    """Write a document with its own words, every paragraph afresh, and read it again.

    Raises:
        EditionError: it does not say the same.
    """
    _proven(document, format_, Wording(lambda segment: segment.text, document.language, afresh=True), settings)


def _proven(
    document: Document,
    format_: Rewriting,
    wording: Wording,
    settings: Settings,
    disclosure: Disclosure | None = None,
) -> bytes:
    """Write the edition without its notices and with them, marked, and read both again."""
    expected = _all(document, format_, wording)
    plain = b""
    for notices in dict.fromkeys(((), wording.notices)):
        before, plain = plain, format_.translate(document, replace(wording, notices=notices))
        if plain == before:
            raise EditionError(
                f"the {document.format} edition has no place to say that no person reviewed all of it",
                where=str(document.path),
                remedy="Give the document what it lacks (itemMeta in NewsML-G2, body in NITF), or review all of it.",
            )
        data = marked(plain, document.format, disclosure, str(document.path))
        try:
            again = format_.read(data, Source(document.name, document.path, wording.language, None, settings))
        except DocumentError as error:
            raise _defect(document, f"it cannot be read again: {error.problem}") from error
        found = _all(again, format_, Wording(lambda segment: segment.text, wording.language))
        if notices:
            found = _without(found, expected, {_words(notice) for notice in notices} | {_words("".join(notices))})
        if found != expected:
            found = _without(found, expected, _others(document, format_, wording.language, settings))
        if found != expected:
            raise _defect(document, _difference(expected, found))
    return data


@dataclass(frozen=True, slots=True)
class _Says:
    """What a block says: its words without signs, those inside its codes too, its markup, and what it is.

    Two blocks say the same where they have the same signs: a note or a picture in a sentence may have moved.
    """

    words: str = field(compare=False)
    signs: str
    markup: Counter[str]
    heading: bool


def _all(document: Document, format_: Rewriting, wording: Wording) -> list[_Says]:
    """Return what every block with words says; a translation may have none."""
    said = (_says(block, format_, wording) for block in document.blocks if next(block.segments, None) is not None)
    return [one for one in said if one.words]


def _says(block: Block, format_: Rewriting, wording: Wording) -> _Says:
    words = _words("".join(without_tags(wording.words(segment)) for segment in block.segments))
    return _Says(words, "".join(sorted(words)), format_.skeleton(block), block.role in HEADINGS)


def _others(document: Document, format_: Rewriting, language: str, settings: Settings) -> set[str]:
    """Return what the source says in the edition's own language already, which stays as it is."""
    source = Source(document.name, document.path, language, None, settings)
    again = format_.read(format_.rebuild(document), source)
    return {one.words for one in _all(again, format_, Wording(lambda segment: segment.text, language))}


def _without(found: list[_Says], expected: list[_Says], said: set[str]) -> list[_Says]:
    """Leave out the blocks that only say what is known and what no block of the source does."""
    wanted = Counter(one.words for one in expected)
    left = []
    for one in found:
        if one.words in said and wanted[one.words] <= 0:
            continue
        wanted[one.words] -= 1
        left.append(one)
    return left


def _words(text: str) -> str:
    return _NO_WORDS.sub("", text)


def _difference(expected: list[_Says], found: list[_Says]) -> str:
    for index, (wanted, got) in enumerate(zip(expected, found, strict=False)):
        if wanted != got:
            if wanted.signs != got.signs:
                return f"text block {index + 1} reads {got.words[:120]!r} instead of {wanted.words[:120]!r}"
            if wanted.heading != got.heading:
                return f"text block {index + 1} ({got.words[:40]!r}) is {'a' if got.heading else 'no'} heading"
            more, less = dict(got.markup - wanted.markup), dict(wanted.markup - got.markup)
            return f"text block {index + 1} ({got.words[:40]!r}) has the markup {more}, not {less}"
    return f"it has {len(found)} text blocks instead of {len(expected)}"


def _defect(document: Document, problem: str) -> EditionError:
    return EditionError(
        f"the {document.format} edition does not say what its catalog says: {problem}",
        where=str(document.path),
        remedy="The old edition was kept. Look at this entry; if it is right, please report this with the document.",
    )
