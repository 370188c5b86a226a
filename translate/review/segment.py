"""One segment as its page shows it, and what a page must show anew when segments change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polib

from translate.catalogs import provenance
from translate.catalogs.states import State, state
from translate.documents.codes import TAG
from translate.engines.drafts import confidence
from translate.review import aids, deciding, sight
from translate.review.differences import differences, marked
from translate.review.pages import Pages
from translate.review.stories import Stories
from translate.review.story import Story


def shown(stories: Stories, story: Story, segment: str, pages: Pages) -> dict[str, Any]:
    """Return all that helps with a segment: what is read, what is written, what is known and doubted."""
    project, unit_entry = stories.project, story.entry(segment)
    unit = story.units[segment]
    terms = stories.terms().between(project.source, story.language)
    found = terms.find(unit.text, unit.roles[0])
    names = {"source": project.source, "language": story.language}
    previous = unit_entry.previous_msgid if state(unit_entry) is State.STALE else None
    read = pages.render(
        "read.html.j2",
        marked=aids.source_runs(unit.text, project.source, found),
        previous=differences(previous, unit.text) if previous else (),
        **names,
    )
    helps = pages.render(
        "aids.html.j2",
        terms=list(dict.fromkeys(one.term for one in found)),
        matches=aids.matches(project, story, unit),
        note=provenance.notes(unit_entry.tcomment),
        events=aids.history(stories.ledger, story, unit, unit_entry),
        **names,
    )
    text = unit_entry.msgstr
    return {
        **facts(segment, unit_entry),
        "source": unit.text,
        "codes": [match.group() for match in TAG.finditer(unit.text)],
        "roles": [str(role) for role in unit.roles],
        "line": unit.lines[0],
        "read": read,
        "aids": helps,
        **doubted(stories, story, segment, text),
    }


def facts(segment: str, entry: polib.POEntry) -> dict[str, Any]:
    """Return the words of a segment, their state, and the hash by which a later save is known to have seen them."""
    made = provenance.parse(entry.tcomment)
    return {
        "id": segment,
        "text": entry.msgstr,
        "state": str(state(entry)),
        "base": deciding.seen(entry),
        "confidence": round(confidence(entry), 3),
        "package": provenance.drafter(made.facts) if made else "",
    }


def doubted(stories: Stories, story: Story, segment: str, text: str) -> dict[str, Any]:
    """Return what the checks say of words, and the words cut at the places that they mean."""
    terms = stories.terms().between(stories.project.source, story.language)
    entry = story.entry(segment)
    found = aids.doubts(
        entry, text, aids.findings(stories.project, story, segment, text, terms) if text.strip() else ()
    )
    places = [(*place, str(one.severity)) for one in found if not one.waived for place in one.places]
    return {
        "doubts": [
            {
                "check": one.check,
                "severity": str(one.severity),
                "message": one.message,
                "mend": one.mend,
                "waived": one.waived,
            }
            for one in found
        ],
        "runs": marked(text, places),
    }


def preview(stories: Stories, story: Story, segment: str, text: str, pages: Pages) -> dict[str, Any]:
    """Return the blocks of the edition as they would read with other words for a segment, and what checks say."""
    typing = {segment: text}
    blocks = story.blocks_of([segment])
    return {
        "id": segment,
        "blocks": _blocks(stories, story, blocks, pages, typing),
        **doubted(stories, story, segment, text),
    }


def altered(stories: Stories, story: Story, segments: Sequence[str], pages: Pages) -> dict[str, Any]:
    """Return the rows of some segments and the blocks of the edition in which they stand, made anew."""
    project = stories.project
    numbers = {segment: number for number, segment in enumerate(story.units, 1)}
    names = {"source": project.source, "language": story.language}
    weights = project.weights
    rows = [sight.row(story, one, numbers[one], weights) for one in segments]
    return {
        "rows": {row.segment: pages.render("row.html.j2", one=row, **names) for row in rows},
        "texts": {one: facts(one, story.entry(one)) for one in segments},
        "blocks": _blocks(stories, story, story.blocks_of(segments), pages, {}),
    }


def _blocks(
    stories: Stories, story: Story, numbers: Sequence[int], pages: Pages, typing: dict[str, str]
) -> dict[str, str]:
    names = {"source": stories.project.source, "language": story.language}
    made = {}
    for number in numbers:
        passage = sight.passage(story, stories.project, number, typing)
        made[str(number)] = pages.render("words.html.j2", passage=passage, **names) if passage else ""
    return made
