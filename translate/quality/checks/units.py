"""Units: what a figure counts in the source (kilometres, per cent, euros) it counts in the translation."""

from __future__ import annotations

from collections.abc import Iterator

from translate.language import primary
from translate.quality.checks import Finding, Pair, Severity
from translate.quality.figures import figures
from translate.quality.text import common_words
from translate.quality.units import named, units


def check(pair: Pair) -> Iterator[Finding]:
    """Yield a finding for a unit or currency that the translation does not have (fr, en, de, es, it, nl).

    Where figures differ as well, the figures check speaks.
    """
    wanted = units(pair.source, pair.source_language)
    if not wanted or primary(pair.language) not in common_words():
        return
    lost = wanted - units(pair.translation, pair.language)
    if not lost or _converted(pair):
        return
    there = named(pair.translation, pair.language)
    lost -= there
    if lost:
        yield Finding("units", Severity.WARNING, f"the source counts in {', '.join(sorted(lost))}, the translation not")


def _converted(pair: Pair) -> bool:
    read, written = figures(pair.source, pair.source_language), figures(pair.translation, pair.language)
    return any(not any(one.values & other.values for other in written) for one in read)
