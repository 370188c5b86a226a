"""Waivers: a person says in the PO file that a finding is none, and why.

    # check-ignore: figures, names: the agency corrected the number of the wounded

It is a translator comment, which every PO tool keeps.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from translate.catalogs.states import State, state

if TYPE_CHECKING:
    import polib

# A tool may have broken the line; the next comment of this program is no reason.
_WAIVER = re.compile(
    r"^[^\S\n]*check-ignore:\s*(?P<names>[\w-]+(?:\s*,\s*[\w-]+)*)"
    r"(?:\s*:(?:\s*(?P<reason>(?!@|check-ignore:)\S.*))?)?\s*$",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Waiver:
    """A check that is to say nothing of an entry; without a reason it does not hold."""

    check: str
    reason: str


def given(entry: polib.POEntry) -> dict[str, str]:
    """Return the waivers of an entry: the reason of each check; those of a stale entry were given for another text."""
    return {one.check: one.reason for one in waivers(entry.tcomment)} if state(entry) is not State.STALE else {}


def waivers(comment: str) -> list[Waiver]:
    """Return the waivers in the translator comments of an entry, in order.

    >>> waivers("check-ignore: figures, names: corrected by the agency")
    [Waiver(check='figures', reason='corrected by the agency'), Waiver(check='names', reason='corrected by the agency')]
    >>> waivers("check-ignore: spelling")
    [Waiver(check='spelling', reason='')]
    """
    if "check-ignore" not in comment:
        return []
    return [
        Waiver(name.strip(), (match["reason"] or "").rstrip())
        for match in _WAIVER.finditer(comment)
        for name in match["names"].split(",")
    ]
