"""Join two segments, or split one: the desk decides, and the catalogs of the document follow.

The decision is kept in `segments.toml`, so that it holds for the next version of the story. Whoever calls this holds
the desk (`holding.holding`).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from translate import pipeline
from translate.catalogs.units import Key, keys
from translate.documents import decisions, sources
from translate.documents.codes import TAG, without_tags
from translate.documents.decisions import Decision, Spot
from translate.documents.model import HEADINGS, Document, Piece, Segment
from translate.errors import UsageError
from translate.files import write_atomic
from translate.project import Project
from translate.reading import decisions_path, rules, undecided

_WORD = re.compile(r"\w")
_CLOSING = re.compile(r"\s*</\d+>")
_OPENING = re.compile(r"<\d+>\s*$")
# Where no space stands, a cut is between what can end a sentence and what can begin one.
_ENDS = '.!?…:;»”")]。！？；：'
_OPENS = '«“„"(['


@dataclass(frozen=True, slots=True)
class _Story:
    """A document as it is cut by some decisions, and the texts in which its sentences were sought, as they were cut."""

    document: Document
    known: tuple[Decision, ...]
    texts: dict[str, list[tuple[int, int]]]


def join(project: Project, document_name: str, key: Key, now: dt.datetime) -> tuple[Key, ...]:
    """Join a segment with the one that follows it in its block; return the key of the segment that they are now.

    Where a segment stands in several places, the first one that another segment follows counts. Equal words around a
    place are one decision: it holds wherever they stand.

    Raises:
        UsageError: there is no such segment, none follows it, or the document cannot be cut so; nothing was changed.
        CatalogError: somebody else wrote a catalog meanwhile; theirs is kept, and nothing is decided.
    """
    story = _read(project, document_name)
    followed = [row[at : at + 2] for row, at in _places(story.document, key) if at + 1 < len(row)]
    if not followed:
        remedy = "Only segments of one paragraph, line or cell can be joined."
        raise _refused(story, key, "no segment follows this one in its block", remedy)
    for one, other in followed:
        left, right = _squeezed(one.text), _squeezed(other.text)
        for spot in _spots(story, left, right):
            if (spot.start, spot.end) in _gaps(story.texts[spot.text]):
                return _decided(project, story, spot, (left + right,), key, now)
    remedy = "Translate them one by one, or take out what stands between them in the source."
    raise _refused(story, key, "what stands between this segment and the next one keeps them apart", remedy)


def split(project: Project, document_name: str, key: Key, at: int, now: dt.datetime) -> tuple[Key, ...]:
    """Split a segment in two at an offset in its text, tags included; return the keys of both.

    White space around the offset is dropped. At the edge of a pair of tags, the offset is taken to be outside.

    Raises:
        UsageError: there is no such segment, it cannot be split there, or the document cannot be cut so; nothing was
            changed.
        CatalogError: somebody else wrote a catalog meanwhile; theirs is kept, and nothing is decided.
    """
    story = _read(project, document_name)
    next(_places(story.document, key))
    left, right = _sides(story, key, at)
    for spot in _spots(story, left, right):
        if spot.start == spot.end and not _may_end(spot.text[: spot.start], spot.text[spot.end :]):
            raise _refused(story, key, "it cannot be split inside a word", "Choose a place between two words.")
        return _decided(project, story, spot, (left, right), key, now)
    remedy = "Leave it as it is, or change the source."
    raise _refused(story, key, f"the {story.document.format} format keeps this text as one", remedy)


def _decided(
    project: Project, story: _Story, spot: Spot, wanted: tuple[str, ...], key: Key, now: dt.datetime
) -> tuple[Key, ...]:
    """Keep a decision, if the document is cut as it is wanted then, and bring its catalogs up to it."""
    cut = len(wanted) > 1
    new = decisions.decide(story.known, spot, cut, story.texts, undecided(project))
    document = _read(project, story.document.name, new).document
    found = _standing(document, wanted)
    if not found:
        problem = f"the document cannot be {'split' if cut else 'joined'} just here"
        remedy = "The same words stand around another place, or codes hold this one: leave it, or change the source."
        raise _refused(story, key, problem, remedy)
    extracted = pipeline.extract(project, [document], (), now)
    path = decisions_path(project)
    before = path.read_bytes() if path.is_file() else None
    decisions.save(path, new)
    try:
        pipeline.save(project, extracted, now)
    except BaseException:
        if before is None:
            path.unlink(missing_ok=True)
        else:
            write_atomic(path, before)
        raise
    key_of = keys(document)
    return tuple(key_of[one.role in HEADINGS, one.text] for one in found)


def _read(project: Project, name: str, decided: Sequence[Decision] | None = None) -> _Story:
    """Read a document as it is cut by the desk's decisions, or by other ones."""
    paths = sources.find(project.source_folder, [name])
    name = name if name in paths else next(iter(paths))
    known = tuple(decisions.load(decisions_path(project)) if decided is None else decided)
    cut, texts = decisions.deciding(undecided(project), known), dict[str, list[tuple[int, int]]]()

    def kept(text: str) -> list[tuple[int, int]]:
        return texts.setdefault(text, cut(text))

    return _Story(sources.read(name, paths[name], replace(rules(project), split=kept)), known, texts)


def _places(document: Document, key: Key) -> Iterator[tuple[list[Segment], int]]:
    """Yield where a segment stands: the segments in a row with it, and its place among them.

    Raises:
        UsageError: it stands nowhere.
    """
    key_of, found = keys(document), False
    for row in _rows(document):
        for at, one in enumerate(row):
            if key_of[one.role in HEADINGS, one.text] == key:
                found = True
                yield row, at
    if not found:
        raise UsageError(
            "the document has no such segment now",
            where=f"{document.name}: {key[1][:60]!r}",
            remedy=f"Bring its catalogs up to it: translate extract {document.name}",
        )


def _rows(document: Document) -> Iterator[list[Segment]]:
    """Yield the segments that stand in a row: those of a block, and those inside an inline code."""
    for block in document.blocks:
        yield from _in_a_row(block.pieces)


def _in_a_row(pieces: Iterable[Piece]) -> Iterator[list[Segment]]:
    row = [piece for piece in pieces if isinstance(piece, Segment)]
    yield row
    for segment in row:
        for code in segment.codes:
            yield from _in_a_row(code.open)
            yield from _in_a_row(code.close or ())


def _standing(document: Document, wanted: tuple[str, ...]) -> Sequence[Segment]:
    """Return the segments in a row that have some texts; none where there are no such."""
    for row in _rows(document):
        texts = [_squeezed(one.text) for one in row]
        for at in range(len(row) - len(wanted) + 1):
            if tuple(texts[at : at + len(wanted)]) == wanted:
                return row[at : at + len(wanted)]
    return ()


def _spots(story: _Story, left: str, right: str) -> Iterator[Spot]:
    """Yield the places between two texts, written without white space, that stand from cut to cut."""
    for text, spans in story.texts.items():
        squeezed = _squeezed(text)
        offsets = [at for at, sign in enumerate(text) if not sign.isspace()] if left + right in squeezed else []
        found = squeezed.find(left + right) if offsets else -1
        while found >= 0:
            middle, last = found + len(left), found + len(left + right) - 1
            spot = Spot(text, offsets[middle - 1] + 1, offsets[middle], offsets[found], offsets[last] + 1)
            if any(start == spot.first for start, _ in spans) and any(end == spot.last for _, end in spans):
                yield spot
            found = squeezed.find(left + right, found + 1)


def _gaps(spans: Sequence[tuple[int, int]]) -> set[tuple[int, int]]:
    return {(one[1], other[0]) for one, other in pairwise(spans)}


def _squeezed(text: str) -> str:
    """Return a text without tags and white space: what the source has too, however it is set.

    >>> _squeezed("Un <1>mot</1> ici.")
    'Unmotici.'
    """
    return "".join(without_tags(text).split())


def _sides(story: _Story, key: Key, at: int) -> tuple[str, str]:
    """Return what stands on both sides of an offset, squeezed.

    Raises:
        UsageError: the offset is outside the text, inside a tag or a pair, or leaves no word on one side.
    """
    text, remedy = key[1], "Choose a place between two words, outside of tags that belong together."
    if not 0 < at < len(text):
        raise _refused(story, key, f"the offset {at} is not inside its text", remedy)
    if any(tag.start() < at < tag.end() for tag in TAG.finditer(text)):
        raise _refused(story, key, "it cannot be split inside a tag", remedy)
    at = _outside(text, at)
    open_: list[str] = []
    for tag in TAG.finditer(text, 0, at):
        if tag["close"]:
            open_.remove(tag["number"])
        elif not tag["alone"]:
            open_.append(tag["number"])
    if open_:
        raise _refused(story, key, f"it cannot be split between <{open_[-1]}> and </{open_[-1]}>", remedy)
    left, right = _squeezed(text[:at]), _squeezed(text[at:])
    if not (_WORD.search(left) and _WORD.search(right)):
        raise _refused(story, key, "one side of the split would have no word", remedy)
    return left, right


def _outside(text: str, at: int) -> int:
    """Move an offset out of the pairs at whose edge it is.

    >>> _outside("<1>Un.</1> Deux.", 6), _outside("Un. <1>Deux.</1>", 7)
    (10, 4)
    """
    while after := _CLOSING.match(text, at):
        at = after.end()
    while before := _OPENING.search(text, 0, at):
        at = before.start()
    return at


def _may_end(before: str, after: str) -> bool:
    """Say whether a sentence may end between two texts that no white space parts.

    >>> _may_end("la fin.", "Le début"), _may_end("la fi", "n."), _may_end("14.", "30 Uhr")
    (True, False, False)
    """
    return before[-1] in _ENDS and (after[0] in _OPENS or (after[0].isalpha() and not after[0].islower()))


def _refused(story: _Story, key: Key, problem: str, remedy: str) -> UsageError:
    return UsageError(problem, where=f"{story.document.name}: {key[1][:60]!r}", remedy=remedy)
