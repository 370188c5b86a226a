"""Terms in drafts: among the results of an engine, the one that has the right terms; where none has, they are put in.

Where a term belongs is told by what the engine looked at while it wrote, as for inline codes. docs/glossary.md has the
comparison with other ways, in numbers and in sentences.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from translate.catalogs.interchange.terms import Term
from translate.engines.model import Decoded
from translate.engines.placing import Link, particle, place
from translate.knowledge.glossary import Found, missing, right

# Less of the attention of a place than this, and the term does not belong there.
_SURE = 0.5
_WORD = re.compile(r"\w+(?:['’-]\w+)*")


def best(found: Sequence[Found], one: Decoded, good: Callable[[Decoded], bool]) -> Decoded:
    """Return the result that lacks the fewest terms: the one that was chosen, or another that is good."""
    if not missing(found, one.text):
        return one
    return min((one, *filter(good, one.others)), key=lambda other: len(missing(found, other.text)))


def put(sentence: str, found: Sequence[Found], one: Decoded, links: Sequence[Link]) -> Decoded:
    """Return a draft with the terms that it lacks, each in place of a wrong word that was written for it.

    Where an engine left a term out there is no such word, and nothing is put in: it would stand in place of a word
    that is right (`the`, `said`).
    """
    taken = [span for each in found for span in right(each.term, one.text)]
    text, moved = one.text, list(links)
    # From the end, so that the places before a change stay what they are.
    for start, end, written in sorted(_places(sentence, found, one.text, links), key=lambda place: -place[0]):
        if all(end <= other or until <= start for other, until in taken):
            taken.append((start, end))
            text = text[:start] + written + text[end:]
            moved = [_after(link, start, end, len(written)) for link in moved]
    return one if text == one.text else replace(one, text=text, tokens=(), links=tuple(moved))


def _places(sentence: str, found: Sequence[Found], draft: str, links: Sequence[Link]) -> Iterator[tuple[int, int, str]]:
    """Yield where each term that a draft lacks belongs in it, and what is to be written there."""
    for term in missing(found, draft):
        one = next(one for one in found if one.term == term)
        start, end, sure = place(sentence, one.start, one.end, draft, links)
        written = _written(term)
        at_start = not draft[:start].strip()
        # An article has a capital where a draft begins.
        there = draft[start:end].lower() if at_start else draft[start:end]
        alike = at_start or draft[start:end][:1].isupper() == written[0].isupper()
        if sure >= _SURE and alike and not any(map(particle, _WORD.findall(there))):
            start = _with_doubles(draft, start, written)
            yield start, end, written[0].upper() + written[1:] if at_start else written


def _with_doubles(draft: str, start: int, written: str) -> int:
    """Take in the words before a place that are also the first ones of what will be written: none is to stand twice."""
    words = written.split()
    for count in range(len(words) - 1, 0, -1):
        head = " ".join(words[:count]) + " "
        if draft[:start].lower().endswith(" " + head.lower()):
            return start - len(head)
    return start


def _written(term: Term) -> str:
    """Return the translation to be written: an acronym for an acronym, else the preferred one."""
    alike = (one for one in term.translations if one.isupper()) if term.text.isupper() else iter(())
    return next(alike, term.translations[0])


def _after(link: Link, start: int, end: int, length: int) -> Link:
    """Return a link after `[start, end)` of its target became so long."""
    if link.target >= end:
        return link.moved(0, start + length - end)
    if link.target_end <= start:
        return link
    return replace(link, target=min(link.target, start), target_end=start + length + max(0, link.target_end - end))
