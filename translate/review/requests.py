"""What a request to the workbench says: who asks, in which language, about which story, and what."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from starlette.requests import Request

from translate.engines.model import Options
from translate.errors import UsageError
from translate.project import Project
from translate.review import interface
from translate.review.background import Examining, Work
from translate.review.pages import Pages
from translate.review.presence import Presence
from translate.review.redrafting import Drafters
from translate.review.security import Guard
from translate.review.stories import Stories
from translate.review.story import Story

_INTERFACE = "interface"
_LONGEST_TEXT = 100_000


@dataclass(slots=True)
class Bench:
    """All that the handlers of a server share."""

    project: Project
    options: Options
    stories: Stories
    guard: Guard
    person: str
    presence: Presence = field(default_factory=Presence)
    work: Work = field(init=False)
    drafters: Drafters = field(init=False)
    examining: Examining = field(init=False)

    def __post_init__(self) -> None:
        """Set up what works beside the people."""
        self.work = Work()
        self.drafters = Drafters(self.project, self.options)
        self.examining = Examining(self.stories)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as handlers see it: the story it is about, what it says, who asks in which language."""

    bench: Bench
    document: str
    language: str
    said: dict[str, Any]
    person: str
    page: str
    pages: Pages

    @property
    def story(self) -> Story:
        """Return the story, as it is now."""
        return self.bench.stories.open(self.document, self.language)

    def text(self, name: str, default: str = "") -> str:
        """Return a text that the request gives.

        Raises:
            UsageError: it is no text, or longer than any segment.
        """
        value = self.said.get(name, default)
        if not isinstance(value, str) or len(value) > _LONGEST_TEXT:
            raise UsageError(f"{name} is no text", where="the request", remedy="Load the page again.")
        return value

    def number(self, name: str, default: int) -> int:
        """Return a whole number that the request gives."""
        try:
            return int(self.said.get(name, default))
        except (TypeError, ValueError, OverflowError) as error:
            raise UsageError(f"{name} is no number", where="the request", remedy="Load the page again.") from error


def read(bench: Bench, request: Request, said: dict[str, Any]) -> Asked:
    """Return a request as handlers see it; `said` is what its body or its query says."""
    told = unquote(request.headers.get("x-desk-person", ""))
    person = " ".join("".join(one if one.isprintable() else " " for one in told).split())[:80] or bench.person
    bench.stories.asked = time.monotonic()
    path = request.path_params
    return Asked(
        bench,
        path.get("document", ""),
        path.get("language", ""),
        said,
        person,
        request.headers.get("x-desk-page", "")[:64],
        Pages(reader(request)),
    )


def reader(request: Request) -> str:
    """Return the language in which the workbench speaks to whoever asks."""
    return interface.wanted(request.headers.get("accept-language", ""), request.cookies.get(_INTERFACE, ""))


async def body(request: Request) -> dict[str, Any]:
    """Return what the body of a request says.

    Raises:
        UsageError: it is no JSON object.
    """
    try:
        value = json.loads(await request.body())
        # Half a sign is no text: no file can hold it.
        json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise UsageError("this is no JSON", where="the request", remedy="Load the page again.") from error
    if not isinstance(value, dict):
        raise UsageError("this is no JSON object", where="the request", remedy="Load the page again.")
    return value
