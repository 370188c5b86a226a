"""Editions as plain text: UTF-8, LF, one block a paragraph, the notice on top."""

from __future__ import annotations

from collections.abc import Sequence

from translate.documents.encoding import spaced
from translate.documents.model import Role
from translate.editions.edition import Edition, EditionBlock


class TextTarget:
    """Render plain text."""

    name = "text"
    suffix = ".txt"

    def render(self, edition: Edition) -> bytes:
        """Return the paragraphs; text in the source language is marked `[fr]`."""
        return ("\n\n".join(self.texts(edition)) + "\n").encode("utf-8")

    def texts(self, edition: Edition) -> Sequence[str]:
        """Return the notices and every block."""
        return [f"[{notice}]" for notice in edition.notices] + [_line(block, edition) for block in edition.blocks]

    def read(self, data: bytes) -> Sequence[str]:
        """Split the file at its blank lines."""
        text = data.decode("utf-8").removesuffix("\n")
        return text.split("\n\n") if text else []


def _line(block: EditionBlock, edition: Edition) -> str:
    words = "".join(f"[{edition.source_language}] {text.text}" if text.held else text.text for text in block.texts)
    prefix = ">> " if block.role is Role.RELATED else ""
    return prefix + spaced(words)
