"""What a page shows of a story: the rows of its segments, the dispatch as it reads, the edition as it will."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from translate.catalogs import provenance, waivers
from translate.catalogs.states import State, state
from translate.documents.codes import without_tags
from translate.documents.encoding import spaced
from translate.documents.model import Block, Literal, Piece, Role, Segment
from translate.editions import labels as fixed
from translate.editions.typography.setting import set_all
from translate.engines.drafts import confidence
from translate.project import Project
from translate.quality import risk
from translate.quality.checks import Severity
from translate.review import deciding
from translate.review.story import Story

#: A draft of less confidence is doubtful.
DOUBTFUL = 0.5


@dataclass(frozen=True, slots=True)
class Row:
    """A segment in the list; `worst` is the worst that checks say of it, `base` a hash of what is shown."""

    segment: str
    number: int
    line: int
    role: str
    state: State
    source: str
    text: str
    confidence: float
    risk: float
    worst: str
    base: str
    note: bool

    @property
    def doubtful(self) -> bool:
        """Say whether a person should look at it before the others that wait."""
        if self.state is State.REVIEWED:
            return self.worst == Severity.ERROR
        return self.state is not State.DRAFT or self.confidence < DOUBTFUL or bool(self.worst)


@dataclass(frozen=True, slots=True)
class Words:
    """A run of a block: the words of a segment, or what stands between segments (`segment` empty)."""

    segment: str
    text: str
    state: str = ""
    source: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A block of a story, in one of its languages; `number` is the same in both."""

    number: int
    role: str
    words: tuple[Words, ...]


def title(story: Story) -> str:
    """Return the headline of a story, else its first words."""
    segments = list(story.document.segments)
    headlines = (one.text for one in segments if one.role in (Role.HEADLINE, Role.TITLE))
    return without_tags(next(headlines, segments[0].text if segments else story.document.name))


def rows(story: Story, project: Project) -> list[Row]:
    """Return the segments of a story in reading order."""
    weights = project.weights
    return [row(story, segment, number, weights) for number, segment in enumerate(story.units, 1)]


def row(story: Story, segment: str, number: int, weights: Mapping[str, float]) -> Row:
    """Return one segment of a story; `weights` say how much harm each role does when it is wrong."""
    unit, entry = story.units[segment], story.entry(segment)
    now, worst = state(entry), worst_of(story, segment)
    made = confidence(entry)
    harm = 0.0 if now is State.REVIEWED else risk.risk(risk.doubted(made, worst), unit, weights)
    told = unit.lines[0], unit.roles[0], now, without_tags(unit.text), without_tags(entry.msgstr)
    noted = bool(provenance.notes(entry.tcomment))
    return Row(segment, number, *told, made, harm, worst, deciding.seen(entry), noted)


def worst_of(story: Story, segment: str) -> str:
    """Return the worst severity that is known of the words of a segment as they are, and not waived; else nothing."""
    entry, known = story.entry(segment), story.findings.get(segment)
    if known is None or known[0] != deciding.seen(entry):
        return ""
    waived = waivers.given(entry)
    said = {finding.severity for finding in known[1] if not waived.get(finding.check)}
    return next((one for one in (Severity.ERROR, Severity.WARNING) if one in said), "")


def dispatch(story: Story) -> list[Passage]:
    """Return the source as it reads."""
    made = []
    for number, block in enumerate(story.document.blocks):
        words = tuple(_source_words(story, block))
        if any(one.text.strip() for one in words):
            made.append(Passage(number, block.role, words))
    return made


def edition(story: Story, project: Project, *, typeset: bool = True) -> list[Passage]:
    """Return the edition as it will read."""
    blocks = range(len(story.document.blocks))
    return [made for number in blocks if (made := passage(story, project, number, typeset=typeset))]


def passage(
    story: Story, project: Project, number: int, typing: Mapping[str, str] | None = None, *, typeset: bool = True
) -> Passage | None:
    """Return a block of the edition, None where it has no words; `typing` are words that are not in the catalog yet."""
    block = story.document.blocks[number]
    found = [_shown(story, one, typing or {}) for one in block.segments]
    own = [one for one in found if not one.source]
    if typeset and own:
        said = iter(set_all([one.text for one in own], story.language, project.typography))
        found = [one if one.source else Words(one.segment, next(said), one.state) for one in found]
    by_piece = iter(found)
    words: list[Words] = []
    for piece in _flat(block):
        if isinstance(piece, Segment):
            words.append(next(by_piece))
        else:
            words.append(Words("", fixed.text_of(piece, story.language, story.labels)))
    if not any(one.text.strip() for one in words):
        return None
    return Passage(number, block.role, tuple(words))


def _shown(story: Story, one: Segment, typing: Mapping[str, str]) -> Words:
    segment = story.name_of(one)
    entry = story.entry(segment)
    text, now = typing.get(segment, entry.msgstr), state(entry)
    if not text.strip():
        return Words(segment, without_tags(one.text), State.UNTRANSLATED, source=True)
    return Words(segment, spaced(without_tags(text)), now)


def _source_words(story: Story, block: Block) -> Iterator[Words]:
    for piece in _flat(block):
        if isinstance(piece, Segment):
            yield Words(story.name_of(piece), without_tags(piece.text))
        elif said := fixed.own_text_of(piece):
            yield Words("", said)


def _flat(block: Block) -> Iterator[Piece]:
    """Yield the pieces of a block; texts inside inline codes follow the segment that holds the code."""
    for piece in block.pieces:
        yield piece
        if isinstance(piece, Segment):
            for inner in Block(block.role, "", (piece,)).segments:
                if inner is not piece:
                    yield Literal(" ")
                    yield inner
