"""The formats: one module each, found through the entry points `translate.formats`."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from types import MappingProxyType
from typing import Protocol, runtime_checkable

from translate.documents.encoding import encode
from translate.documents.layout import Splitter
from translate.documents.model import Block, Document, Encoding, Part, Segment
from translate.documents.rewrite import Edits, Wording, Writer, markup, original, rewritten
from translate.errors import DocumentError

#: What `[formats.NAME]` in translate.toml sets: texts, or lists of texts.
Settings = Mapping[str, str | Sequence[str]]


@dataclass(frozen=True, slots=True)
class Source:
    """What is known of a document before it is read.

    `split` finds its sentences, None where paragraphs are segments. `settings` are the format's, all of them.
    """

    name: str
    path: Path
    language: str
    split: Splitter | None
    settings: Settings = field(default_factory=dict)

    @property
    def where(self) -> str:
        """Return the path as errors name it."""
        return str(self.path)

    def document(self, format_: str, encoding: Encoding, blocks: Sequence[Block], tail: str) -> Document:
        """Return the document of a format that is one text."""
        return Document(self.name, self.path, format_, self.language, encoding, tuple(blocks), tail)

    def whole(self, format_: str, blocks: Sequence[Block], parts: Sequence[Part], archive: bytes) -> Document:
        """Return the document of a format that is an archive."""
        head = self.name, self.path, format_, self.language, Encoding()
        return Document(*head, tuple(blocks), "", tuple(parts), archive)


class Format(Protocol):
    """Read a kind of file into a document and rebuild the file from it.

    `defaults` are the settings that a desk may change, with the values they have where it does not.
    """

    name: str
    suffixes: tuple[str, ...]
    defaults: Settings

    def score(self, data: bytes, language: str) -> float:
        """Say how surely these bytes are of this format, 0 to 1, by content alone."""

    def read(self, data: bytes, source: Source) -> Document:
        """Read a document; raise DocumentError where that is not possible."""

    def rebuild(self, document: Document) -> bytes:
        """Write the source again, byte for byte."""


@runtime_checkable
class Rewriting(Format, Protocol):
    """A format whose editions are in the format itself: the same file in another language."""

    def translate(self, document: Document, wording: Wording) -> bytes:
        """Write the document in another language."""

    def skeleton(self, block: Block) -> Counter[str]:
        """Count the markup of a block that must be the same in every language."""


@cache
def formats() -> dict[str, Format]:
    """Return the installed formats by name."""
    return {point.name: point.load()() for point in entry_points(group="translate.formats")}


def settings_of(format_: Format, chosen: Mapping[str, Settings]) -> Settings:
    """Return the settings of a format: those that the desk chose, its defaults for the others."""
    return {**format_.defaults, **chosen.get(format_.name, {})}


def suffixes() -> frozenset[str]:
    """Return the file name endings that some format reads."""
    return frozenset(suffix for format_ in formats().values() for suffix in format_.suffixes)


def recognise(data: bytes, path: Path, language: str, chosen: str = "") -> Format:
    """Choose the format of a file: the chosen one, else the likeliest of those that read its suffix.

    Raises:
        DocumentError: no format of that name, or none that reads the suffix claims the content.
    """
    known = formats()
    if chosen:
        if chosen not in known:
            raise DocumentError(f"no format is called {chosen!r}", where=str(path), remedy=_installed())
        return known[chosen]
    candidates = [f for f in known.values() if path.suffix.lower() in f.suffixes]
    try:
        best = _best(candidates, data, language)
    except DocumentError as error:
        # A score is given by content alone; only here is the file known.
        raise DocumentError(error.problem, where=str(path), remedy=error.remedy) from error
    if best is None:
        looks_like = _best([f for f in known.values() if f not in candidates], data, language, sure=0.5)
        raise DocumentError(
            f"this is no {path.suffix} file: by its content it is {looks_like.name}"
            if looks_like
            else "no format reads this file",
            where=str(path),
            remedy=f"Name it {path.stem}{looks_like.suffixes[0]}, or set documents = [{json.dumps(path.name)}] in "
            f"translate.toml, under [formats.{looks_like.name}]."
            if looks_like
            else _installed(),
        )
    return best


def _best(candidates: Sequence[Format], data: bytes, language: str, sure: float = 0.0) -> Format | None:
    scored = [(_score(format_, data, language, sure > 0), format_.name, format_) for format_ in candidates]
    best = max(scored, default=None, key=lambda one: one[:2])
    return best[2] if best and best[0] > sure else None


def _score(format_: Format, data: bytes, language: str, quietly: bool) -> float:
    try:
        return format_.score(data, language)
    except DocumentError:
        if not quietly:
            raise
        return 0.0


def _installed() -> str:
    return f"The formats that are installed: {', '.join(sorted(formats()))}."


def rebuild_text(document: Document) -> bytes:
    """Join the gaps and pieces of a document that is one text, and encode them as they were."""
    return encode(original(document.blocks, document.tail), document.encoding)


class TextFile(ABC):
    """Share what formats have in common that are one text and whose editions are in the format itself."""

    defaults: Settings = MappingProxyType({})

    @abstractmethod
    def writer(self, document: Document, wording: Wording) -> Writer:
        """Return what writes an edition."""

    def fitted(self, segment: Segment, words: str) -> str:
        """Return a translation whose codes the format can write where they are."""
        del segment
        return words

    def rebuild(self, document: Document) -> bytes:
        """Write the source again, byte for byte."""
        return rebuild_text(document)

    def translate(self, document: Document, wording: Wording) -> bytes:
        """Write the document in another language, in its own encoding."""
        edits = Edits(wording, self.writer(document, wording), str(document.path), self.fitted)
        return encode(rewritten(document.blocks, document.tail, edits), document.encoding)

    def skeleton(self, block: Block) -> Counter[str]:
        """Count the markup of a block."""
        return markup(block)
