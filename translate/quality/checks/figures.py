"""Figures: each of the source is in the translation with the same value, however each language writes it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from translate.language import primary
from translate.quality.checks import Finding, Pair, Severity
from translate.quality.figures import TEN_THOUSANDS, Figure, figures, spoken
from translate.quality.text import plain, swiss
from translate.quality.units import units

# So many digits are no amount, if they are in groups.
_TELEPHONE = 7


def check(pair: Pair) -> Iterator[Finding]:
    """Yield a finding where figures are wrong, missing or new, and where they are written as the source writes them.

    A figure in words counts (vingt, twenty). One wrong figure is an error, unless the units differ as well: then
    somebody may have converted it. It is none where figures are half in words (1万2000).
    """
    read = figures(pair.source, pair.source_language)
    written = figures(pair.translation, pair.language)
    if not read and not written:
        return
    missing = _without(read, written)
    if missing:
        said = spoken(pair.translation, pair.language)
        missing = [one for one in missing if not one.values & said]
    new = _without(written, read)
    if new:
        said = spoken(pair.source, pair.source_language)
        new = [one for one in new if not one.values & said]
    if _is_number(missing) and _digits(missing) == _digits(new):
        # A telephone number, in other groups.
        return
    if missing and new:
        unsure = primary(pair.language) in TEN_THOUSANDS or units(pair.source, pair.source_language) != units(
            pair.translation, pair.language
        )
        severity = Severity.WARNING if unsure else Severity.ERROR
        yield Finding("figures", severity, f"{_texts(missing)} became {_texts(new)}")
    elif missing:
        yield Finding("figures", Severity.WARNING, f"{_texts(missing)} of the source is missing")
    elif new:
        yield Finding("figures", Severity.WARNING, f"{_texts(new)} is not in the source")
    yield from _foreign(pair, read, written)


def _without(some: Sequence[Figure], others: Sequence[Figure]) -> list[Figure]:
    return [one for one in some if not any(one.values & other.values for other in others)]


def _is_number(some: Sequence[Figure]) -> bool:
    return len(_digits(some)) >= _TELEPHONE


def _digits(some: Sequence[Figure]) -> str:
    return re.sub(r"\D", "", "".join(one.text for one in some))


def _texts(some: Sequence[Figure]) -> str:
    return ", ".join(dict.fromkeys(one.text for one in some))


def _foreign(pair: Pair, read: Sequence[Figure], written: Sequence[Figure]) -> Iterator[Finding]:
    right_there = {one.text for one in read if not one.foreign}
    wrong = [one for one in written if one.foreign and one.text in right_there]
    if not wrong or swiss(pair.language):
        return
    text = pair.translation
    # A point may be that of a version or an hour (Web 2.0), a comma is a decimal sign.
    sure = plain(text) == text and all("," in one.text for one in wrong)
    for one in reversed(wrong):
        text = text[: one.start] + one.text.replace(",", ".") + text[one.start + len(one.text) :]
    message = f"{_texts(wrong)} is written as the source language writes it"
    yield Finding("figures", Severity.WARNING, message, text if sure else None)
