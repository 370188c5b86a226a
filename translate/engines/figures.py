"""Figures in drafts: where no result of a search has a figure of the source, it is put in.

Small models leave figures out, or write other ones. One that was written otherwise is replaced. One that was left out
is put where the engine finds it likeliest, and what comes after it is written anew, so that the sentence fits.
docs/engines.md has the measurements.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from translate.engines.guards import figures, loop, numbers
from translate.engines.model import Continuing, Decoded
from translate.knowledge import slots

# A sentence with more lost figures than this is a table; each costs a search.
_ROUNDS = 6


def kept(
    engine: Continuing, sentences: Sequence[str], decoded: Sequence[Decoded], languages: tuple[str, str]
) -> list[Decoded]:
    """Return drafts with the figures of their sentences, as far as the engine can write them in.

    A draft is replaced only by one that has more of them, and no new ones.
    """

    def mended(sentence: str, one: Decoded) -> Decoded:
        text = replaced(sentence, one.text, *languages)
        return one if text == one.text else replace(one, text=text, tokens=engine.tokens(text) if one.tokens else ())

    first = [mended(sentence, one) for sentence, one in zip(sentences, decoded, strict=True)]
    made = list(first)
    wanted = {at: found for at in range(len(made)) if (found := lost(sentences[at], made[at].text, *languages))}
    for _ in range(_ROUNDS):
        if not wanted:
            break
        asked = list(wanted)
        tried = _with_words(
            engine, [sentences[at] for at in asked], [made[at] for at in asked], [wanted[at][0] for at in asked], mended
        )
        for at, better in zip(asked, tried, strict=True):
            # One that cannot be put in keeps no other one out.
            left = wanted[at][1:] if better is made[at] else lost(sentences[at], better.text, *languages)
            made[at] = better
            wanted[at] = left
            if not left:
                del wanted[at]
    searched = [at for at, one in enumerate(made) if one is not first[at]]
    for at, one in zip(
        searched, engine.rated([sentences[at] for at in searched], [made[at] for at in searched]), strict=True
    ):
        made[at] = one
    return made


def replaced(sentence: str, draft: str, source: str, target: str) -> str:
    """Return a draft with right figures in place of wrong ones, where there is no doubt which of them.

    It is the only one, or has the same first or last digits; or it is an hour whose parts were run together.

    >>> replaced("Il a 1,3 million", "He has 3 million", "fr", "en"), replaced("Vers 19h30", "Towards 1930", "fr", "en")
    ('He has 1.3 million', 'Towards 19:30')
    >>> replaced("135 km/h à 620 km", "35 km/h at the 62 km", "fr", "en")
    '135 km/h at the 620 km'
    """
    if not draft or not figures(sentence, draft):
        return draft
    read, written = _figures(sentence, source), _figures(draft, target)
    wanted, wrong = _without(read, written), _without(written, read)
    text = draft
    for there in reversed(wrong):
        found = draft[there.start : there.end]
        alike = [one for one in wanted if _alike(sentence[one.start : one.end], found)]
        if "".join(sentence[one.start : one.end] for one in wanted) == found:
            right = ":".join(sentence[one.start : one.end] for one in wanted)
        elif len(alike) == 1 or len(wanted) == len(wrong) == 1:
            (one,) = alike if len(alike) == 1 else wanted
            right = slots.written(one.value, sentence[one.start : one.end], target)
            wanted.remove(one)
        else:
            continue
        text = text[: there.start] + right + text[there.end :]
    return text if faults(sentence, text) < faults(sentence, draft) else draft


def lost(sentence: str, draft: str, source: str, target: str) -> list[tuple[str, float]]:
    """Return the figures of a sentence that its draft lacks, in order: as the target language writes them, and where.

    >>> lost("De 1 500 à 2 000 en 2,5 an", "From 2,000 in", "fr", "en")
    [('1,500', 0.12), ('2.5', 0.77)]
    """
    left = numbers(draft)
    found = []
    for slot in _figures(sentence, source):
        written = slots.written(slot.value, sentence[slot.start : slot.end], target)
        has = numbers(written)
        if has - left:
            found.append((written, round(slot.start / len(sentence), 2)))
        left -= has
    return found


def faults(sentence: str, draft: str) -> int:
    """Count the figures that a draft lacks, and those that its sentence does not have.

    >>> faults("Le 12 mai 2019", "13 May 2019")
    2
    """
    there, here = numbers(sentence), numbers(draft)
    return ((there - here) + (here - there)).total()


def _figures(text: str, language: str) -> list[slots.Slot]:
    return [slot for slot in slots.slots(text, language) if slot.value[0] == "figure"]


def _alike(one: str, other: str) -> bool:
    short, long = sorted((re.sub(r"\D", "", text) for text in (one, other)), key=len)
    return len(short) > 1 and (long.startswith(short) or long.endswith(short))


def _without(some: Sequence[slots.Slot], others: Sequence[slots.Slot]) -> list[slots.Slot]:
    values = {slot.value for slot in others}
    return [slot for slot in some if slot.value not in values]


def _with_words(
    engine: Continuing,
    sentences: Sequence[str],
    made: Sequence[Decoded],
    words: Sequence[tuple[str, float]],
    mended: Callable[[str, Decoded], Decoded],
) -> list[Decoded]:
    """Return drafts with words put in at the first place that makes them better, or as they are where none does."""
    best = list(made)
    begun = engine.beginnings(sentences, made, words)
    for nth in range(max(map(len, begun), default=0)):
        left = [at for at, places in enumerate(begun) if nth < len(places) and best[at] is made[at]]
        found = engine.continued([sentences[at] for at in left], [begun[at][nth] for at in left])
        for at, one in zip(left, found, strict=True):
            others = [mended(sentences[at], replace(other, others=())) for other in (one, *one.others)]
            best[at] = _better(sentences[at], made[at], others)
    return best


def _better(sentence: str, one: Decoded, others: Sequence[Decoded]) -> Decoded:
    """Return the first of the others that has the fewest faults, where it has fewer than the one."""
    good = [other for other in others if other.text and not (other.truncated or loop(sentence, other.text))]
    first = min(good, key=lambda other: faults(sentence, other.text), default=one)
    return first if faults(sentence, first.text) < faults(sentence, one.text) else one
