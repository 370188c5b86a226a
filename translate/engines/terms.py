"""Terms in drafts: among the results of an engine, the one that has the right terms; where none has, they are put in.

Where a term belongs is told by what the engine looked at while it wrote, as for inline codes. docs/glossary.md has the
comparison with other ways, in numbers and in sentences.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from translate.catalogs.interchange.terms import Term
from translate.engines.model import Decoded
from translate.engines.placing import Code, Link, put_back
from translate.knowledge.glossary import Found, missing, right

_OPEN, _CLOSE = "<1>", "</1>"


def best(found: Sequence[Found], one: Decoded, good: Callable[[Decoded], bool]) -> Decoded:
    """Return the result that lacks the fewest terms: the one that was chosen, or another that is good."""
    if not missing(found, one.text):
        return one
    return min((one, *filter(good, one.others)), key=lambda other: len(missing(found, other.text)))


def put(sentence: str, found: Sequence[Found], one: Decoded, links: Sequence[Link]) -> Decoded:
    """Return a draft with the terms that it lacks, each in place of what was written for it.

    A term whose place is a guess, or holds a term that is right, stays out.
    """
    taken = [span for each in found for span in right(each.term, one.text)]
    text, moved = one.text, list(links)
    # From the end, so that the places before a change stay what they are.
    for start, end, term in sorted(_places(sentence, found, one.text, links), key=lambda place: -place[0]):
        if all(end <= other or until <= start for other, until in taken):
            taken.append((start, end))
            written = _written(term, text, start)
            text = text[:start] + written + text[end:]
            moved = [_after(link, start, end, len(written)) for link in moved]
    return one if text == one.text else replace(one, text=text, tokens=(), links=tuple(moved))


def _places(
    sentence: str, found: Sequence[Found], draft: str, links: Sequence[Link]
) -> Iterator[tuple[int, int, Term]]:
    """Yield where each term that a draft lacks belongs in it."""
    for term in missing(found, draft):
        one = next(one for one in found if one.term == term)
        placed, guessed = put_back(sentence, [Code("1", one.start, one.end)], draft, links)
        start, end = placed.index(_OPEN), placed.index(_CLOSE) - len(_OPEN)
        if not guessed and start < end:
            yield start, end, term


def _written(term: Term, draft: str, start: int) -> str:
    """Return the translation to be written: an acronym for an acronym; with a capital where a draft begins."""
    alike = (one for one in term.translations if one.isupper()) if term.text.isupper() else iter(())
    written = next(alike, term.translations[0])
    return written if draft[:start].strip() else written[:1].upper() + written[1:]


def _after(link: Link, start: int, end: int, length: int) -> Link:
    """Return a link after `[start, end)` of its target became so long."""
    if link.target >= end:
        return link.moved(0, start + length - end)
    if link.target_end <= start:
        return link
    return replace(link, target=min(link.target, start), target_end=start + length + max(0, link.target_end - end))
