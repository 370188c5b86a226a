"""Drafts from the translation memory: what people wrote for this text, or for one like it, before any engine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from translate.catalogs import provenance
from translate.documents.codes import fault, without_tags
from translate.engines import placing
from translate.engines.queue import Draft, Request
from translate.knowledge import slots
from translate.knowledge.memory import Match, Memory


def recalled(
    requests: Sequence[Request], memory: Memory, source_language: str, language: str, threshold: int
) -> Iterator[Draft]:
    """Yield a draft for each request that the memory knows well enough.

    Args:
        requests: the pending texts.
        memory: what has been reviewed.
        source_language: the language of the texts.
        language: the language of the drafts.
        threshold: how like a known text must be, in per cent; above 99 only the very same text will do.
    """
    for request in requests:
        match = memory.exact(request.text, source_language, language, request.place)
        if match is None and threshold < 100:
            match = memory.fuzzy(request.text, source_language, language, threshold, request.place)
        if match is not None and (draft := _draft(request, match)) is not None:
            yield draft


def _draft(request: Request, match: Match) -> Draft | None:
    """Make the match a draft of the text: its figures and its codes; None where the figures can't be put in."""
    pair = match.pair
    adapted = slots.adapted(pair.source, pair.translation, request.text, pair.source_language, pair.language)
    if adapted is None:
        return None
    words, doubts = _with_codes(request.text, adapted)
    facts = {"engine": provenance.MEMORY, "match": str(match.score)}
    # No name: what a person wrote is forgotten in one place, the memory.
    named = {"document": pair.place.document, "date": pair.date[:10]}
    return Draft(request.ticket, words, match.score / 100, doubts, facts | {k: v for k, v in named.items() if v})


def _with_codes(text: str, translation: str) -> tuple[str, tuple[str, ...]]:
    """Return a translation with the codes of a text, and whether their places are guessed."""
    if fault(text, translation) is None:
        return translation, ()
    plain, codes = placing.taken_out(text)
    words, _ = placing.put_back(plain, codes, without_tags(translation), ())
    return words, ("codes-guessed",) if codes else ()
