"""The dashboard: every document in every language, how far it is, what is doubted, what was done last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from translate.catalogs.states import State, state
from translate.catalogs.units import units, words
from translate.editions import journal
from translate.errors import DeskError
from translate.releasing import Desk
from translate.review.stories import Stories


@dataclass(frozen=True, slots=True)
class Line:
    """A document in a language: its segments by state, the source words that wait, and how long they will take.

    `minutes` is None where nobody knows the desk's pace; `published` is when it was last published, `worked` when
    somebody last decided something (ISO 8601, empty for never); `closed` says why it may not leave.
    """

    document: str
    language: str
    title: str
    states: Mapping[State, int]
    waiting: int
    minutes: float | None
    worked: str
    published: str
    problem: str = ""

    @property
    def segments(self) -> int:
        """Return how many segments there are."""
        return sum(self.states.values())

    @property
    def reviewed(self) -> int:
        """Return how many of a hundred segments are reviewed, rounded down."""
        return 100 * self.states.get(State.REVIEWED, 0) // self.segments if self.segments else 0


def lines(stories: Stories) -> list[Line]:
    """Return a line for each document and language of the desk."""
    project = stories.project
    worked = stories.ledger.newest()
    paces = {language: stories.ledger.pace(language) for language in project.targets}
    log = journal.load(Desk(project, stories.clock()).log)
    made = []
    for document in stories.names():
        for language in project.targets:
            rows = log.of(document, language)
            told = worked.get((document, language), ""), rows[-1].when if rows else ""
            try:
                story = stories.open(document, language)
            except DeskError as error:
                made.append(Line(document, language, document, {}, 0, None, *told, problem=str(error)))
                continue
            states = dict.fromkeys(State, 0)
            left = 0
            for unit in units(story.document):
                entry = story.catalog.get(unit.key)
                now = state(entry) if entry is not None else State.UNTRANSLATED
                states[now] += 1
                left += words([unit.text]) if now is not State.REVIEWED else 0
            pace = paces[language]
            minutes = left * 60 / pace if pace else None
            made.append(Line(document, language, _title(story.document), states, left, minutes, *told))
    return made


def _title(document: object) -> str:
    from translate.documents.codes import without_tags
    from translate.documents.model import Document, Role

    assert isinstance(document, Document)
    headlines = (one.text for one in document.segments if one.role in (Role.HEADLINE, Role.TITLE))
    return without_tags(next(headlines, next((one.text for one in document.segments), document.name)))
