"""Editions as PDF files (PDF/UA-1): set by Typst from a template, tagged, hyphenated in the edition's language."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from translate.documents.rewrite import full_language
from translate.editions.disclosure import one_line
from translate.editions.edition import Edition, EditionBlock
from translate.editions.targets.rendering import direction, runs, said, stories, title
from translate.errors import EditionError
from translate.language import primary

_TEMPLATE = Path(__file__).parents[1] / "templates" / "edition.typ"
# The first comes with Typst; the others are looked for on the machine where it lacks a script.
_FONTS = ("Libertinus Serif",)
_OTHER_FONTS = (
    "Noto Serif",
    "Noto Naskh Arabic",
    "Noto Serif Hebrew",
    "Noto Serif CJK SC",
    "Noto Sans",
    "DejaVu Serif",
    "DejaVu Sans",
    "FreeSerif",
    "DejaVu Sans Mono",
    "New Computer Modern",
    "New Computer Modern Math",
)
_OTHER_SCRIPTS = r"(?V1)[\p{L}--[\p{Latin}\p{Greek}\p{Cyrillic}\p{Hebrew}\p{Common}]]"
# Scripts that are written from right to left, and the marks that turn text.
_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_TURNS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# Words that may be longer than a line of a headline, and pieces of them; what stands on a letter stays with it.
_LONG = re.compile("[^ ]{21,}")
_PIECE = r"\X{1,8}"


class PdfTarget:
    """Render a PDF file."""

    name = "pdf"
    suffix = ".pdf"

    def render(self, edition: Edition) -> bytes:
        """Return the file.

        Raises:
            EditionError: no font on this machine has the signs of the edition.
        """
        import regex
        from typst import TypstError

        from translate.editions.targets.pdf_mending import mended

        data = json.dumps(_data(edition), ensure_ascii=False)
        # Typst also brings a font for programs: it has more scripts, in letters that are all of one width.
        if not regex.search(_OTHER_SCRIPTS, data):
            try:
                return mended(_compiled(data, own_fonts=True), said(edition))
            except TypstError:
                pass
        try:
            return mended(_compiled(data, own_fonts=False), said(edition))
        except TypstError as error:
            raise EditionError(
                f"the PDF edition cannot be set: {one_line(error.message)}",
                where=edition.document,
                remedy="Install fonts with these signs (Debian: fonts-noto-core, fonts-noto-cjk), or leave PDF out.",
            ) from error

    def texts(self, edition: Edition) -> Sequence[str]:
        """Return the notices and every block but alternative texts, as signs that can be seen."""
        from translate.editions.targets.pdf_reading import seen

        return [found for one in said(edition) if (found := seen(one))]

    def read(self, data: bytes) -> Sequence[str]:
        """Follow the structure of the file with pdfminer, in the order in which it is read out, block by block."""
        from translate.editions.targets.pdf_reading import blocks, seen

        return [found for one in blocks(data) if (found := seen(one))]


def _straight(words: str) -> str:
    """Return words without marks of direction, where there is nothing that they could rightly turn."""
    return words if _RTL.search(words) else _TURNS.sub("", words)


def _data(edition: Edition) -> dict[str, Any]:
    language, _, region = full_language(edition.language).partition("-")
    return {
        "title": title(edition),
        "author": [one_line(edition.disclosure.policy.responsible)] if edition.disclosure.policy.responsible else [],
        "keywords": [f"{name}: {value}" for name, value in edition.disclosure.marks],
        "fonts": [*_FONTS, *_OTHER_FONTS],
        "language": language,
        "region": region.rpartition("-")[2] if len(region.rpartition("-")[2]) == 2 else None,
        "direction": direction(edition.language),
        "notices": [_notice(one_line(notice)) for notice in edition.notices],
        "stories": [[_block(edition, one) for one in story] for story in stories(edition)],
    }


def _block(edition: Edition, block: EditionBlock) -> dict[str, Any]:
    made = list(runs(edition, block))
    long, pieces = _pieces([_straight(run.words) for run in made])
    return {
        "role": block.role,
        "long": long,
        "runs": [
            {
                "words": words,
                "state": run.state,
                "language": primary(run.language),
                # A mark alone turns nothing: without letters of such a script words keep their order.
                "direction": run.direction if run.direction == "ltr" or _RTL.search(run.words) else "",
            }
            for run, words in zip(made, pieces, strict=True)
        ],
    }


def _notice(notice: str) -> dict[str, Any]:
    long, (words,) = _pieces([notice])
    return {"long": long, "words": words}


def _pieces(runs: Sequence[str]) -> tuple[bool, list[list[str]]]:
    """Cut the long words of a text in pieces, where they may be broken if no line is long enough for them.

    >>> _pieces(["a ", "b" * 18, "cde"])
    (True, [['a '], ['bbbbbbbb', 'bbbbbbbb', 'bb'], ['cde']])
    """
    import regex

    made, at = [], 0
    long = [found.span() for found in _LONG.finditer("".join(runs))]
    for words in runs:
        inside = ((max(start - at, 0), end - at) for start, end in long if start < at + len(words) and end > at)
        pieces, done = [], 0
        for start, end in inside:
            pieces += [words[done:start], *regex.findall(_PIECE, words[start:end])]
            done = end
        made.append([piece for piece in (*pieces, words[done:]) if piece] or [""])
        at += len(words)
    return bool(long), made


def _compiled(data: str, *, own_fonts: bool) -> bytes:
    """Let Typst set an edition; without a time of making, so that the same edition is the same file."""
    import typst

    made = typst.compile(
        _template(),
        format="pdf",
        ignore_system_fonts=own_fonts,
        sys_inputs={"edition": data},
        pdf_standards=["ua-1"],
        timestamp=0,
    )
    assert isinstance(made, bytes)
    return made


@cache
def _template() -> bytes:
    return _TEMPLATE.read_bytes()
