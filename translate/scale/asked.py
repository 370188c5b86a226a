"""What a request asks to be translated, as texts for the queue: a text as it is, or the words of a piece of HTML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from translate.documents.formats import Rewriting, Source, formats
from translate.documents.model import Document
from translate.documents.rewrite import Wording

# Whatever a page says of its encoding, a request was read already: a byte order mark goes before it.
_MARKED = "utf-8-sig"


class Asked(Protocol):
    """Something to be translated."""

    @property
    def texts(self) -> tuple[str, ...]:
        """Return the texts that are to be drafted."""

    def answer(self, drafts: Mapping[str, str]) -> str:
        """Return the translation, from the drafts of its texts."""


@dataclass(frozen=True, slots=True)
class Plain:
    """A text; white space alone is none, an engine would make something of it."""

    text: str

    @property
    def texts(self) -> tuple[str, ...]:
        """Return the text, if there is one."""
        return (self.text,) if self.text.strip() else ()

    def answer(self, drafts: Mapping[str, str]) -> str:
        """Return its draft."""
        return drafts[self.text] if self.texts else self.text


@dataclass(frozen=True, slots=True)
class Page:
    """A piece of HTML: its markup stays, and what an engine had no words for stays as it was."""

    format: Rewriting
    document: Document
    target: str

    @property
    def texts(self) -> tuple[str, ...]:
        """Return the words of its segments, with their inline codes as tags."""
        return tuple(dict.fromkeys(segment.text for segment in self.document.segments))

    def answer(self, drafts: Mapping[str, str]) -> str:
        """Return the same HTML with the drafts of its segments.

        Raises:
            DocumentError: the codes of a draft are not those of its source.
        """
        wording = Wording(lambda segment: drafts[segment.text] or segment.text, self.target)
        return self.format.translate(self.document, wording).decode(_MARKED)


def html(text: str, source: str, target: str) -> Asked:
    """Read a piece of HTML in a language, to be translated to another.

    Raises:
        DocumentError: it holds signs that no text has.
    """
    if not text.strip():
        return Plain(text)
    format_ = formats()["html"]
    assert isinstance(format_, Rewriting)
    # The queue finds the sentences: a code may begin in one and end in another.
    read = format_.read(text.encode(_MARKED), Source("request", Path("request.html"), source, None))
    return Page(format_, read, target)
