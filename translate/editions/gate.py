"""The gate: what is not reviewed does not leave as if it were."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from translate.catalogs.states import State
from translate.editions.disclosure import Origin
from translate.editions.policy import ARTICLE_50, Drafts, Policy


@dataclass(frozen=True, slots=True)
class Held:
    """A segment that the gate keeps back."""

    line: int
    state: State
    text: str


def shows(state: State, policy: Drafts) -> bool:
    """Say whether the translation of an entry in this state may stand in an edition.

    >>> shows(State.DRAFT, Drafts.LABEL), shows(State.DRAFT, Drafts.HOLD), shows(State.REVIEWED, Drafts.HOLD)
    (True, False, True)
    """
    if state is State.UNTRANSLATED:
        return False
    return state is State.REVIEWED or policy is Drafts.LABEL


def notices(origins: Iterable[Origin], policy: Policy) -> list[str]:
    """Return the names of the notices an edition must carry, given how all its texts came to be.

    What a machine drafted and people reviewed needs no notice, except under the rule of Article 50, unless the whole
    edition is reviewed and somebody is responsible for it.

    >>> from translate.editions.disclosure import Machine
    >>> draft = Origin(1, "Un.", State.DRAFT, True, (Machine("argos"),))
    >>> notices([draft, Origin(2, "Deux.", State.REVIEWED, True)], Policy())
    ['partly']
    """
    found = list(origins)
    shown = [one for one in found if one.shown]
    waiting = [one for one in shown if one.waiting]
    drafted = sum(bool(one.machines) for one in waiting)
    names = []
    if drafted:
        names.append("machine" if drafted == len(shown) else "partly")
    elif waiting:
        names.append("unreviewed")
    answered = policy.responsible and all(one.state is State.REVIEWED for one in found)
    machine = any(one.machines for one in shown)
    if policy.rule == ARTICLE_50 and machine and not drafted and not answered:
        names.append("reviewed")
    if any(one.state is State.STALE for one in shown):
        names.append("stale")
    if len(shown) < len(found):
        names.append("missing")
    return names
