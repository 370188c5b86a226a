"""The formats: one module each, found through the entry points `translate.formats`."""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from typing import Protocol

from translate.documents.encoding import encode
from translate.documents.layout import Splitter
from translate.documents.model import Document
from translate.errors import DocumentError


class Format(Protocol):
    """Read a kind of file into a document and rebuild the file from it."""

    name: str
    suffixes: tuple[str, ...]

    def score(self, data: bytes, language: str) -> float:
        """Say how surely these bytes are of this format, 0 to 1, by content alone."""

    def read(self, data: bytes, *, name: str, path: Path, language: str, split: Splitter | None) -> Document:
        """Read a document; raise DocumentError where that is not possible."""

    def rebuild(self, document: Document) -> bytes:
        """Write the source again, byte for byte."""


@cache
def formats() -> dict[str, Format]:
    """Return the installed formats by name."""
    return {point.name: point.load()() for point in entry_points(group="translate.formats")}


def suffixes() -> frozenset[str]:
    """Return the file name endings that some format reads."""
    return frozenset(suffix for format_ in formats().values() for suffix in format_.suffixes)


def recognise(data: bytes, path: Path, language: str) -> Format:
    """Choose the format of a file by its content, among those that read its suffix.

    Raises:
        DocumentError: the file is no text, or no format claims it.
    """
    candidates = [f for f in formats().values() if path.suffix.lower() in f.suffixes]
    try:
        scored = sorted(((f.score(data, language), f.name) for f in candidates), reverse=True)
    except DocumentError as error:
        # A score is given by content alone; only here is the file known.
        raise DocumentError(error.problem, where=str(path), remedy=error.remedy) from error
    if not scored or scored[0][0] <= 0:
        known = ", ".join(sorted(formats()))
        raise DocumentError(
            "no format reads this file", where=str(path), remedy=f"The formats that are installed: {known}."
        )
    return formats()[scored[0][1]]


def rebuild_text(document: Document) -> bytes:
    """Join the gaps and pieces of a plain-text document and encode them as they were."""
    parts: list[str] = []
    for block in document.blocks:
        parts.append(block.gap)
        parts += [piece.raw for piece in block.pieces]
    return encode("".join(parts) + document.tail, document.encoding)
