"""What a page may set going beside decisions: a run, publishing, one edit used everywhere, a search in the memory."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

import polib

from translate import cutting, publishing, remembering
from translate.catalogs import store
from translate.catalogs.interchange.pairs import TranslatedPair
from translate.catalogs.interchange.sheets import name
from translate.catalogs.states import State, state, untouched
from translate.catalogs.units import Key
from translate.engines.model import Options
from translate.errors import DeskError, UsageError
from translate.holding import holding
from translate.knowledge.memory import opened
from translate.project import Project
from translate.review import deciding
from translate.review.deciding import Act
from translate.review.stories import Stories
from translate.review.story import Story
from translate.scale import runs

_FOUND = 20


def run(stories: Stories, options: Options, progress: Callable[[str, int, int], None]) -> dict[str, Any]:
    """Extract, draft, check and assemble what is new at the desk."""
    with holding(stories.project):
        done = runs.run(stories.project, (), (), options, stories.clock(), progress)
    stories.forget()
    return {
        "drafted": done.drafted,
        "findings": done.findings,
        "editions": len(done.written),
        "refused": [str(error) for error in done.refused],
    }


def publish(stories: Stories) -> dict[str, Any]:
    """Publish what the gate lets out; tell what it holds, and why."""
    with holding(stories.project):
        done = publishing.publish(stories.project, (), (), stories.clock())
    return {
        "published": [[one.document, one.language, str(one.what)] for one in done.outcomes if one.what],
        "closed": [
            [one.document, one.language, len(one.closed), one.closed[0].why, one.closed[0].text] for one in done.closed
        ],
        "touched": len(done.touched),
        "refused": [str(error) for error in done.refused],
    }


def everywhere(stories: Stories, story: Story, segment: str, person: str) -> list[list[str]]:
    """Use the reviewed words of a segment wherever the same text waits in other documents; return where that was.

    What somebody wrote or reviewed there stays as it is.

    Raises:
        UsageError: the segment itself is not reviewed.
    """
    entry = story.entry(segment)
    if state(entry) is not State.REVIEWED:
        raise UsageError(
            "only reviewed words are used elsewhere", where=entry.msgid[:60], remedy="Accept them first, then again."
        )
    project, text, key = stories.project, entry.msgstr, store.key(entry)
    with opened(project.memory) as memory:
        remembering.learn(project, memory, story.document.name, story.language, story.catalog)
    used = []
    for document in stories.names():
        if document == story.document.name:
            continue
        try:
            other = stories.open(document, story.language)
        except DeskError:
            # A document that cannot be read says so where it is opened.
            continue
        same = [one for one in other.units.values() if one.text == key[1]]
        for unit in same:
            there = other.catalog.get(unit.key)
            if there is None or not _waits(there):
                continue
            base = deciding.seen(there)
            if stories.save(document, story.language, name(unit.key), Act.ACCEPT, text, person, base).decision:
                used.append([document, unit.text])
    return used


def _waits(entry: polib.POEntry) -> bool:
    return state(entry) in (State.UNTRANSLATED, State.STALE) or untouched(entry)


def join(stories: Stories, story: Story, segment: str) -> list[str]:
    """Join a segment with the one that follows it; return the name of the one they become."""
    return _recut(stories, story, segment, cutting.join)


def split(stories: Stories, story: Story, segment: str, at: int) -> list[str]:
    """Split a segment at an offset in its source; return the names of both parts."""
    return _recut(
        stories, story, segment, lambda project, document, key, now: cutting.split(project, document, key, at, now)
    )


def _recut(
    stories: Stories, story: Story, segment: str, cut: Callable[[Project, str, Key, dt.datetime], Sequence[Key]]
) -> list[str]:
    story.entry(segment)
    with holding(stories.project):
        made = cut(stories.project, story.document.name, story.units[segment].key, stories.clock())
    stories.forget()
    return [name(key) for key in made]


def concordance(project: Project, language: str, words: str) -> list[TranslatedPair]:
    """Return reviewed pairs of the memory that hold these very words."""
    if not words.strip():
        return []
    with opened(project.memory) as memory:
        return memory.holding(words.strip(), language, _FOUND)
