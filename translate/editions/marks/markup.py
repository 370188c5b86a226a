"""Markup with something more in it, and with something less: by its events, so that comments and scripts are none."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable

from translate.documents.markup import Event, Kind, attributes

_NAME = re.compile(r"<([^\s/>]+)")


def added(events: Iterable[Event], element: str, addition: str, *, after: Callable[[str], bool] | None = None) -> str:
    """Return a text in markup with something more at the end of every element of a name.

    Args:
        events: the text.
        element: the name of the elements.
        addition: what is added; it must bring its own namespaces.
        after: tells by its name after which children it stands; without one, it stands first of all.
    """
    made: list[str] = []
    place, depth = -1, 0
    for event in events:
        if event.kind is Kind.EMPTY and event.name == element:
            opened = _NAME.match(event.raw)
            assert opened is not None
            made += (event.raw.removesuffix("/>").rstrip(), ">", addition, f"</{opened[1]}>")
            continue
        if event.kind is Kind.END and event.name == element and depth == 1:
            made.insert(place if after is not None else len(made), addition)
        made.append(event.raw)
        if event.kind is Kind.START and (depth or event.name == element):
            depth += 1
            place = len(made) if depth == 1 else place
        elif event.kind is Kind.END and depth:
            depth -= 1
        child = depth == 1 and event.kind in (Kind.END, Kind.EMPTY) and event.name != element
        if child and after is not None and after(event.name):
            place = len(made)
    return "".join(made)


def without(events: Iterable[Event], drops: Collection[str], element: str, name: str) -> list[Event]:
    """Return events without the elements of a name that have one of these values; `name` is its attribute's."""
    kept: list[Event] = []
    inside = False
    for event in events:
        if inside:
            inside = not (event.kind is Kind.END and event.name == element)
            continue
        if event.name == element and event.kind in (Kind.START, Kind.EMPTY):
            values = {one.name.rpartition(":")[2]: one.value for one in attributes(event.raw)}
            if values.get(name) in drops:
                inside = event.kind is Kind.START
                continue
        kept.append(event)
    return kept
