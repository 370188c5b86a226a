"""Who is where: the people at one desk, and which segment each of them is writing in."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock

# Whoever was not heard of for so many seconds has gone; a page says that it is there every two seconds or so.
_GONE = 15.0


@dataclass(frozen=True, slots=True)
class Seat:
    """A person's page: the story and the segment that is open there, and whether its words have been changed."""

    page: str
    person: str
    document: str
    language: str
    segment: str
    writing: bool
    heard: float


@dataclass(slots=True)
class Presence:
    """The pages that were heard of lately; times are in seconds of one clock."""

    _seats: dict[str, Seat] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def here(self, seat: Seat) -> None:
        """Note where a page is. Who writes in a segment goes on doing so there until the page says otherwise."""
        with self._lock:
            self._seats[seat.page] = seat

    def others(self, page: str, document: str, language: str, now: float) -> list[Seat]:
        """Return the other pages in a story."""
        with self._lock:
            self._seats = {name: one for name, one in self._seats.items() if now - one.heard < _GONE}
            return [
                one
                for one in self._seats.values()
                if one.page != page and (one.document, one.language) == (document, language)
            ]

    def writer(self, page: str, document: str, language: str, segment: str, now: float) -> str:
        """Return who else is writing in a segment; nothing where nobody is."""
        others = self.others(page, document, language, now)
        return next((one.person for one in others if one.writing and one.segment == segment), "")
