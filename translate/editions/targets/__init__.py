"""The targets: how an edition becomes a file; one module each, found through the entry points `translate.targets`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.metadata import entry_points
from typing import Protocol

from translate.editions.edition import Edition
from translate.errors import EditionError


class Target(Protocol):
    """Render an edition, and read back what was rendered."""

    name: str
    suffix: str

    def render(self, edition: Edition) -> bytes:
        """Return the file."""

    def texts(self, edition: Edition) -> Sequence[str]:
        """Return the words of every block this target shows, in order, as a reader of the file must find them."""

    def read(self, data: bytes) -> Sequence[str]:
        """Extract the words of every block from a rendered file, with a parser of its own."""


@cache
def targets() -> dict[str, Target]:
    """Return the installed targets by name."""
    return {point.name: point.load()() for point in entry_points(group="translate.targets")}


def proven(target: Target, edition: Edition, where: str) -> bytes:
    """Render an edition, extract it again and compare; only a file that says the same is returned.

    Raises:
        EditionError: the rendered file does not say what the catalog says (a defect of the target).
    """
    data = target.render(edition)
    expected, found = list(target.texts(edition)), list(target.read(data))
    if expected != found:
        for index, (wanted, got) in enumerate(zip(expected, found, strict=False)):
            if wanted != got:
                problem = f"block {index + 1} would read {got[:80]!r} instead of {wanted[:80]!r}"
                break
        else:
            problem = f"it would have {len(found)} blocks instead of {len(expected)}"
        raise EditionError(
            f"the {target.name} edition does not say what its catalog says: {problem}",
            where=where,
            remedy="The old edition was kept. Please report this with the document: it is a defect of the target.",
        )
    return data
