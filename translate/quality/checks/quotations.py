"""Direct quotations: as many as in the source, of the same words, said by the same people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from translate.quality.checks import Finding, Pair, Severity
from translate.quality.text import plain

# Opening and closing signs of quotations, by what opens them (CLDR's quotation marks and the straight ones).
_QUOTED = re.compile(r"«([^«»]*)»|“([^“”]*)”|„([^„“”]*)[“”]|»([^«»]*)«|\"([^\"]*)\"|‹([^‹›]*)›|「([^「」]*)」")
_SIGNS = re.compile(r"[«»“”„\"‹›「」]")
# Single marks that open or close something; an apostrophe stands between letters or after an s.
_SINGLE = re.compile(r"(?<!\w)['‘‚](?=\w)|(?<=[^\ws])['’‘](?!\w)")
# A few words in marks are a name or irony, not a quotation.
_WORDS = 3
# How much more of a text may stand inside quotation marks than in the source (shares of its length).
_SHIFT = 0.3
_LONG_ENOUGH = 60


def check(pair: Pair) -> Iterator[Finding]:
    """Yield a finding where quotation marks are gone or new, or hold something else than in the source."""
    source, translation = plain(pair.source), plain(pair.translation)
    wanted, there = len(_SIGNS.findall(source)), len(_SIGNS.findall(translation))
    if not wanted and not there:
        return
    single = len(_SINGLE.findall(translation))
    if wanted and not there + single:
        if _quoted(source) > _WORDS or wanted % 2:
            yield Finding("quotations", Severity.WARNING, "the quotation marks of the source are missing")
    elif not wanted and _longest(translation) > 2 * _WORDS:
        yield Finding("quotations", Severity.WARNING, "a quotation that the source has not")
    elif (wanted + 1) // 2 > (there + single + 1) // 2:
        message = f"{(there + single + 1) // 2} quotations where the source has {(wanted + 1) // 2}"
        yield Finding("quotations", Severity.WARNING, message)
    elif len(source) >= _LONG_ENOUGH and not single:
        read, written = _share(source), _share(translation)
        if read is not None and written is not None and abs(read - written) > _SHIFT:
            more = "more" if written > read else "less"
            yield Finding("quotations", Severity.WARNING, f"{more} of the text is inside quotation marks")
        else:
            yield from _swallowed(source, translation)


def _swallowed(source: str, translation: str) -> Iterator[Finding]:
    """Yield a warning for who speaks in the source and stands inside the quotation in the translation."""
    read, written = _parted(source), _parted(translation)
    if read is None or written is None or min(_longest(source), _longest(translation)) <= _WORDS:
        return
    for name in _NAME.findall(read[1]):
        if name not in read[0] and name in written[0] and name not in written[1]:
            message = f"{name!r} is inside the quotation marks, in the source outside"
            yield Finding("quotations", Severity.WARNING, message)
            return


_NAME = re.compile(r"(?<=[a-zà-ÿ,»”\"] )[A-ZÀ-Þ][\w-]{3,}")


@lru_cache(maxsize=16)
def _parted(text: str) -> tuple[str, str] | None:
    """Return what stands inside quotation marks and what outside; None where they are not all in pairs."""
    inside = ["".join(filter(None, match.groups())) for match in _QUOTED.finditer(text)]
    outside = _QUOTED.sub(" ", text)
    return None if _SIGNS.search(outside) else (" ".join(inside), outside)


def _longest(text: str) -> int:
    """Return how many words the longest quotation of a text has."""
    return max((len("".join(filter(None, match.groups())).split()) for match in _QUOTED.finditer(text)), default=0)


def _quoted(text: str) -> int:
    """Return how many words of a text stand in quotation marks."""
    return sum(len("".join(filter(None, match.groups())).split()) for match in _QUOTED.finditer(text))


def _share(text: str) -> float | None:
    parted = _parted(text)
    return len(parted[0]) / len(text) if parted else None
