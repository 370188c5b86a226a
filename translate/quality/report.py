"""Tell an editor what the distances mean: in sentences, and as one HTML page with plots that needs nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from translate import __version__
from translate.quality.distance import ENOUGH, LITTLE, REWRITTEN, Bar, Distances, Group

if TYPE_CHECKING:
    from jinja2 import Template

#: How a group is called whose name nobody knows.
NOT_KNOWN = "not known"
# The plot of a histogram, in its own units; the template has the axes.
_LEFT, _TOP, _STEP, _WIDTH, _HEIGHT = 40, 24, 53, 44, 150
# The plot of a group: a bar of this length.
_LENGTH = 160


@dataclass(frozen=True, slots=True)
class Column:
    """A bar of a histogram where it is drawn; `kind`: such drafts needed little change, some, or were rewritten."""

    label: str
    drafts: int
    kind: str
    x: int
    y: float
    width: int
    height: float


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a bar, from left to right: what it counts, how many, where it is drawn."""

    kind: str
    drafts: int
    x: float
    width: float


def said(one: Distances) -> list[str]:
    """Say in plain sentences what became of the drafts into a language, and what is not known of them."""
    total = one.total
    told = [f"{total.entries:,} reviewed entries began as drafts; {one.by_hand:,} were translated by hand."]
    if total.entries:
        told += [f"{total.untouched:,} drafts ({share(total.untouched, total.entries)}) were left untouched."]
    if total.measured:
        told += [
            f"{share(total.little, total.measured)} of {total.measured:,} measured drafts needed little change "
            f"(at most {LITTLE} edits per 100 words); {share(total.rewritten, total.measured)} were rewritten "
            f"(more than {REWRITTEN})."
        ]
    if total.few:
        told += [f"That is too few to say anything: {ENOUGH} measured drafts are needed, there are {total.measured}."]
    if total.unknown:
        told += [
            f"{total.unknown:,} drafts are not known any more: nobody kept them, and the package in use does not make "
            "them again. No distance counts them."
        ]
    if total.agreement is not None:
        told += [
            f"Spearman's correlation of confidence and edit distance is {total.agreement:+.2f} "
            "(-1: what the engine doubts is what people change; 0: confidence says nothing)."
        ]
    return told


def share(part: int, whole: int) -> str:
    """Write a part of a whole in per cent.

    >>> share(1, 3), share(0, 0)
    ('33 %', '')
    """
    return f"{100 * part / whole:.0f} %" if whole else ""


def label(bar: Bar) -> str:
    """Name a bar of the histogram by its edits per 100 words.

    >>> label(Bar(None, 0, 7)), label(Bar(10, 20, 7)), label(Bar(100, None, 7))
    ('0', 'to 20', 'over 100')
    """
    return f"over {bar.above}" if bar.upto is None else f"to {bar.upto}" if bar.upto else "0"


def page(measured: Sequence[Distances], now: dt.datetime) -> str:
    """Render the report as an HTML page: no script, nothing from elsewhere, every text escaped."""
    from babel import Locale

    names = {one.language: Locale.parse(one.language, sep="-").get_display_name("en") for one in measured}
    return (
        _template()
        .render(
            measured=measured,
            names=names,
            said=said,
            share=share,
            columns=_columns,
            parts=_parts,
            legend=_LEGEND,
            not_known=NOT_KNOWN,
            enough=ENOUGH,
            day=now.date().isoformat(),
            version=__version__,
        )
        .rstrip("\n")
        + "\n"
    )


_LEGEND = {
    "little": f"little change: at most {LITTLE} edits per 100 words",
    "some": "in between",
    "rewritten": f"rewritten: more than {REWRITTEN}",
}


def _columns(bars: Sequence[Bar]) -> list[Column]:
    most = max((bar.drafts for bar in bars), default=0) or 1
    drawn = []
    for number, bar in enumerate(bars):
        height = round(_HEIGHT * bar.drafts / most, 1)
        at = _LEFT + number * _STEP
        drawn.append(Column(label(bar), bar.drafts, _kind(bar), at, _TOP + _HEIGHT - height, _WIDTH, height))
    return drawn


def _kind(bar: Bar) -> str:
    if bar.upto is not None and bar.upto <= LITTLE:
        return "little"
    return "rewritten" if bar.above is not None and bar.above >= REWRITTEN else "some"


def _parts(group: Group) -> list[Part]:
    between = group.measured - group.little - group.rewritten
    drawn, at = [], 0.0
    for kind, drafts in (("little", group.little), ("some", between), ("rewritten", group.rewritten)):
        width = round(_LENGTH * drafts / group.measured, 1) if group.measured else 0.0
        drawn.append(Part(kind, drafts, round(at, 1), width))
        at += width
    return drawn


@cache
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("translate.quality", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("drafts.html.j2")
