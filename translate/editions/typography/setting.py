"""Set the texts of a block as a locale writes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from translate.editions.typography import figures, punctuation, quotations, units
from translate.editions.typography.bare import Edit, bare
from translate.editions.typography.locales import Style, style
from translate.editions.typography.policy import House

Rule = Callable[[str, Style], Iterable[Edit]]

# In this order: marks need the spaces that others take away.
_RULES: tuple[tuple[str, Rule], ...] = (
    ("ellipses", punctuation.ellipses),
    ("quotation_marks", quotations.marks),
    ("apostrophes", quotations.apostrophes),
    ("dashes", punctuation.dashes),
    ("figures", figures.groups),
    ("figures", figures.decimals),
    ("figures", units.currencies),
    ("figures", units.percents),
    ("spaces", units.spaces),
    ("spaces", punctuation.spaces),
    ("spelling", punctuation.sharp_s),
)
# More often than this no text needs them.
_ROUNDS = 5


def set_in(text: str, language: str, house: House) -> str:
    """Set a text as a locale writes it.

    >>> set_in('"Rock \\'n\\' roll" ...', "en-GB", House())
    '“Rock ’n’ roll” …'
    """
    return set_all([text], language, house)[0]


def set_all(texts: Sequence[str], language: str, house: House) -> list[str]:
    """Set texts that follow each other in a block: a quotation may begin in one and end in another.

    Text that the rules would change again and again is left as it was.
    """
    if not house.enabled or not texts:
        return list(texts)
    wanted = style(language, house)
    rules = [rule for name, rule in _RULES if name not in house.off]
    now = list(texts)
    for _ in range(_ROUNDS):
        before, now = now, _once(now, wanted, rules)
        if now == before:
            return now
    return list(texts)


def _once(texts: Sequence[str], wanted: Style, rules: Iterable[Rule]) -> list[str]:
    line = bare(texts)
    for rule in rules:
        line = line.edited(rule(line.line, wanted))
    return line.texts()
