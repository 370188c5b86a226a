"""What the workbench does while people work: examine the open stories, and run the desk."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Lock, Thread
from typing import Any

from translate.errors import DeskError, UsageError
from translate.review import aids, deciding
from translate.review.stories import Stories
from translate.review.story import Story

# Checks leave the processor to the people after so many entries, for so many seconds.
_SHARE, _BREATH = 10, 0.01
# Whoever has just asked for something (seconds) may be waiting for more: nothing else is done then.
_QUIET = 0.3


def examine(stories: Stories, story: Story) -> None:
    """Examine what is not examined yet in a story, entry by entry; pages hear of it as of any other change."""
    terms = stories.terms().between(stories.project.source, story.language)
    wanting = [one for one in story.units if unknown(story, one)]
    for at in range(0, len(wanting), _SHARE):
        changed = []
        for segment in wanting[at : at + _SHARE]:
            entry = story.entry(segment)
            seen, text = deciding.seen(entry), entry.msgstr
            found = aids.findings(stories.project, story, segment, text, terms) if text else []
            with stories.lock:
                before = story.findings.get(segment, ("", []))[1]
                story.findings[segment] = seen, found
            changed += [segment] if found or before else []
        if changed:
            with stories.lock:
                story.touch(changed)
        time.sleep(_BREATH)
        while time.monotonic() - stories.asked < _QUIET:
            time.sleep(_BREATH)


def unknown(story: Story, segment: str) -> bool:
    """Say whether the words of a segment, as they are, have not been examined yet."""
    return story.findings.get(segment, ("",))[0] != deciding.seen(story.entry(segment))


@dataclass(slots=True)
class Examining:
    """One thread that examines the stories that pages ask for, one after the other, the newest wish first."""

    stories: Stories
    _wanted: dict[tuple[str, str], None] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)
    _working: bool = False

    def want(self, story: Story) -> None:
        """See to it that a story is examined."""
        if not any(unknown(story, one) for one in story.units):
            return
        with self._lock:
            self._wanted[story.document.name, story.language] = None
            if self._working:
                return
            self._working = True
        Thread(target=self._work, daemon=True).start()

    def _work(self) -> None:
        while True:
            with self._lock:
                if not self._wanted:
                    self._working = False
                    return
                place, _ = self._wanted.popitem()
            try:
                # Whoever opens a story that cannot be read is told; here nobody listens.
                with suppress(DeskError):
                    examine(self.stories, self.stories.open(*place))
            except BaseException:
                # Whatever fails, the next wish starts another thread.
                with self._lock:
                    self._working = False
                raise


@dataclass(slots=True)
class Job:
    """Work that was begun from a page: what it does now, how much of it is done, and how it ended."""

    what: str = ""
    done: int = 0
    every: int = 0
    running: bool = False
    error: str = ""
    remedy: str = ""
    result: dict[str, Any] = field(default_factory=dict)
    stopping: bool = False


@dataclass(slots=True)
class Work:
    """One job at a time."""

    job: Job = field(default_factory=Job)
    _lock: Lock = field(default_factory=Lock)

    def begin(self, what: str, task: Callable[[Callable[[str, int, int], None]], dict[str, Any]]) -> None:
        """Begin a job; the task is given a function to tell how far it is.

        Raises:
            UsageError: another one is under way.
        """
        with self._lock:
            if self.job.running:
                raise UsageError("the desk is at work", where=self.job.what, remedy="Wait until it has ended.")
            self.job = Job(what, running=True)
        Thread(target=self._work, args=(self.job, task), daemon=True).start()

    def stop(self) -> None:
        """Ask the job to end; what it has done is kept."""
        self.job.stopping = True

    def _work(self, job: Job, task: Callable[[Callable[[str, int, int], None]], dict[str, Any]]) -> None:
        def told(what: str, done: int, every: int) -> None:
            job.what, job.done, job.every = what, done, every
            if job.stopping:
                raise KeyboardInterrupt

        try:
            job.result = task(told)
        except DeskError as error:
            job.error, job.remedy = str(error), error.remedy
        except KeyboardInterrupt:
            job.error, job.remedy = "stopped", "What was drafted is kept; run it again to go on."
        except Exception as error:
            job.error, job.remedy = f"{type(error).__name__}: {error}", "This is a defect of Translation Desk."
            raise
        finally:
            job.running = False
