"""The dashboard: every document in every language, how far it is, what is doubted, what was done last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from translate.catalogs.states import State, state
from translate.catalogs.units import words
from translate.editions import journal
from translate.errors import DeskError
from translate.quality.checks import Severity
from translate.releasing import Desk
from translate.review import sight
from translate.review.background import Examining, unknown
from translate.review.stories import Stories
from translate.review.story import Story


@dataclass(frozen=True, slots=True)
class Line:
    """A document in a language: its segments by state, the source words that wait, and how long they will take.

    `findings` are how many segments have an error, and how many only a warning; None while they are not examined.
    `minutes` is None where nobody knows the desk's pace; `published` is when it was last published, `worked` when
    somebody last decided something (ISO 8601, empty for never). `problem` says why it cannot be opened.
    """

    document: str
    language: str
    title: str
    states: Mapping[State, int]
    findings: tuple[int, int] | None
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


def lines(stories: Stories, examining: Examining) -> list[Line]:
    """Return a line for each document and language of the desk; what is not examined yet, is from now on."""
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
                made.append(Line(document, language, document, {}, None, 0, None, *told, problem=str(error)))
                continue
            states = dict.fromkeys(State, 0)
            left = 0
            for unit in story.units.values():
                entry = story.catalog.get(unit.key)
                now = state(entry) if entry is not None else State.UNTRANSLATED
                states[now] += 1
                left += words([unit.text]) if now is not State.REVIEWED else 0
            pace = paces[language]
            minutes = left * 60 / pace if pace else None
            examining.want(story)
            found = _findings(story)
            made.append(Line(document, language, sight.title(story), states, found, left, minutes, *told))
    return made


def _findings(story: Story) -> tuple[int, int] | None:
    if any(unknown(story, one) for one in story.units):
        return None
    worst = [sight.worst_of(story, one) for one in story.units]
    return worst.count(Severity.ERROR), worst.count(Severity.WARNING)
