"""What a site knows of a published story: where its pages are, in which languages, and what its log says."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from translate.documents.model import Moment
from translate.editions import labels as fixed
from translate.editions.journal import Row, What
from translate.editions.publication import Publication
from translate.errors import EditionError

#: Which rows of the log a page tells of, in the order of its notes.
_TOLD = (What.CORRECTED, What.UPDATED, What.STALE)
# The pages of a language that are no stories.
_OWN = re.compile(r"index|archive-\d+")
_READERS = frozenset({What.PUBLISHED, What.UPDATED, What.CORRECTED})


@dataclass(frozen=True, slots=True)
class Page:
    """A published edition, what its log says since it was first out, and the languages that its story exists in."""

    story: Publication
    rows: Sequence[Row]
    languages: tuple[str, ...]

    @property
    def path(self) -> str:
        """Return where it stands below the site's root."""
        return path(self.story.document, self.story.language)

    @property
    def first(self) -> str:
        """Return when it was first published."""
        return self.rows[0].when

    @property
    def last(self) -> str:
        """Return when readers last saw other words."""
        return next(row.when for row in reversed(self.rows) if row.what in _READERS)

    @property
    def dated(self) -> str:
        """Return the day or time by which stories are sorted: the document's own, or when it was first published."""
        return self.story.dated or local(self.first).isoformat()

    def notes(self, table: Mapping[str, str]) -> list[tuple[str, str]]:
        """Return the dated notes of the page: (what, sentence in its language)."""
        found = {row.what: row for row in self.rows[1:]}
        if self.rows[-1].what is not What.STALE:
            found.pop(What.STALE, None)
        return [
            (what, table[f"site_{what}"].format(when=shown(found[what].when, self.story.language)))
            for what in _TOLD
            if what in found
        ]


def path(document: str, language: str) -> str:
    """Return where the page of a story stands below the site's root."""
    return f"{language}/{document}.html"


def address(root: str, place: str) -> str:
    """Return the address of a page.

    >>> address("https://example.org/", "de/été.html")
    'https://example.org/de/%C3%A9t%C3%A9.html'
    """
    return root + quote(place.removesuffix("index.html") if place.endswith("/index.html") else place)


def local(moment: str) -> dt.datetime:
    """Return a moment of the log as the clock on the wall had it.

    >>> local("2026-05-01T10:30:12+02:00")
    datetime.datetime(2026, 5, 1, 10, 30)
    """
    return dt.datetime.fromisoformat(moment).replace(second=0, microsecond=0, tzinfo=None)


def shown(moment: str, language: str) -> str:
    """Write a day, or a day and a time, the way CLDR writes them in a language.

    >>> shown("2016-12-07T14:05:00", "en-GB"), shown("2016-12-07", "de")
    ('7 December 2016, 14:05', '7. Dezember 2016')
    """
    if "T" not in moment:
        return fixed.when(Moment(dt.date.fromisoformat(moment)), language)
    when = local(moment)
    return fixed.when(Moment(when.date(), when.time()), language)


def distinct(pages: Iterable[Page]) -> None:
    """Hold that no story stands where the site has a page of its own.

    Raises:
        EditionError: one does; the error names it.
    """
    for page in pages:
        if _OWN.fullmatch(page.story.document):
            raise EditionError(
                f"the site has a page of its own at {page.path}",
                where=page.story.document,
                remedy="Rename the document: the site cannot hold a story of that name.",
            )
