"""What a tagged PDF file says, block by block, in the order in which a screen reader says it; with pdfminer."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFObjRef, resolve1
from pdfminer.utils import apply_matrix_pt, decode_text

# Elements of the structure that stand for a block; what is inside them is its words.
_BLOCKS = frozenset({"P", "H1", "H2", "Title", "Caption"})
# Inside it, signs are painted in the order in which they stand on the page, and read from their end (ISO 32000, 14.8).
_BACKWARDS = "ReversedChars"
# Signs that no font has a picture for, and that a reader of the file need not find again.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufe00-\ufe0f]")


@dataclass(slots=True)
class Marked:
    """Marked content: the signs painted in it, and where; in units of the page.

    `parts` are its signs as they are painted (a ligature is one), and whether they are to be read from their end.
    `said` is what the file says that it reads as a whole, None where it says nothing.
    """

    page: int
    number: int
    said: str | None = None
    parts: list[tuple[list[str], bool]] = field(default_factory=list)
    left: float = 0.0
    base: float = 0.0
    painted: bool = False

    @property
    def signs(self) -> list[str]:
        """Return the signs in the order in which they are painted."""
        return [sign for signs, _ in self.parts for sign in signs]

    @property
    def words(self) -> str:
        """Return what a reader finds; where the file says other signs than it shows, both."""
        shown = "".join("".join(reversed(signs) if backwards else signs) for signs, backwards in self.parts)
        if self.said is None:
            return shown
        return self.said if sorted(self.said) == sorted(shown) else self.said + shown


@dataclass(frozen=True, slots=True)
class Element:
    """An element of the structure: its kind, its number in the file, and what it holds, in order."""

    kind: str
    number: int
    children: tuple[Element | Marked, ...]

    @property
    def words(self) -> str:
        """Return what it reads."""
        return "".join(one.words for one in self.children)


@dataclass(frozen=True, slots=True)
class Tagged:
    """A tagged file: the elements that are blocks, in order, and the pages by their numbers in the file."""

    blocks: tuple[Element, ...]
    pages: dict[int, PDFPage]


def tagged(data: bytes) -> Tagged:
    """Read the structure of a file; page numbers and lines are artifacts, and in no block."""
    document = PDFDocument(PDFParser(io.BytesIO(data)))
    pages = {int(str(page.pageid)): page for page in PDFPage.create_pages(document)}
    marked = {(number, one): found for number, page in pages.items() for one, found in _marked(page, number).items()}
    return Tagged(tuple(_blocks(document.catalog["StructTreeRoot"], 0, marked)), pages)


def blocks(data: bytes) -> Iterator[str]:
    """Yield the words of each block of the structure tree."""
    return (one.words for one in tagged(data).blocks)


def seen(text: str) -> str:
    r"""Return what can be seen of a text: its signs, and one space between its words.

    >>> seen("a\u200bb \u00a0c\u202f!")
    'ab c !'
    """
    return " ".join(signs(text).split())


def signs(text: str) -> str:
    r"""Return the signs of a text that can be found again, and a space for each of its spaces.

    >>> signs("a\u200bb \u00a0c")
    'ab  c'
    """
    return "".join(" " if sign.isspace() else sign for sign in _UNSEEN.sub("", text))


def _blocks(node: Any, page: int, marked: dict[tuple[int, int], Marked]) -> Iterator[Element]:
    for one in _elements(node, page, marked):
        if isinstance(one, Element):
            yield from _outermost(one)


def _outermost(element: Element) -> Iterator[Element]:
    if element.kind in _BLOCKS:
        yield element
    else:
        for one in element.children:
            if isinstance(one, Element):
                yield from _outermost(one)


def _elements(node: Any, page: int, marked: dict[tuple[int, int], Marked]) -> Iterator[Element | Marked]:
    """Yield what a part of the tree holds: marked content by its number, or elements."""
    number = node.objid if isinstance(node, PDFObjRef) else 0
    node = resolve1(node)
    if isinstance(node, int):
        yield marked.get((page, node)) or Marked(page, node)
    elif isinstance(node, list):
        for one in node:
            yield from _elements(one, page, marked)
    elif isinstance(node, dict):
        page = node["Pg"].objid if "Pg" in node else page
        if "MCID" in node:
            yield from _elements(node["MCID"], page, marked)
        else:
            kind = node["S"].name if "S" in node else ""
            yield Element(kind, number, tuple(_elements(node.get("K", []), page, marked)))


def _marked(page: PDFPage, number: int) -> dict[int, Marked]:
    """Return the marked content of a page, by its number."""
    resources = PDFResourceManager()
    device = _Device(resources, page, number)
    PDFPageInterpreter(resources, device).process_page(page)
    return device.found


@dataclass(slots=True)
class _Open:
    """Marked content that has begun: whose it is, what the file says it reads, and whether that can be seen."""

    owner: Marked | None
    backwards: bool = False
    said: str | None = None
    inside: bool = False
    seen: bool = True


class _Device(PDFTextDevice):
    """Collect the signs of marked content that stand on the page, instead of painting them."""

    def __init__(self, resources: PDFResourceManager, page: PDFPage, number: int) -> None:
        super().__init__(resources)
        self.found: dict[int, Marked] = {}
        self._page, self._number = page, number
        self._open = [_Open(None)]

    def begin_tag(self, tag: Any, props: Any = None) -> None:
        said, outer = resolve1(props) or {}, self._open[-1]
        text = decode_text(resolve1(said["ActualText"])) if "ActualText" in said else None
        if "MCID" in said:
            owner = self.found.setdefault(said["MCID"], Marked(self._number, said["MCID"], text))
            self._open.append(_Open(owner))
        else:
            backwards = outer.backwards or tag.name == _BACKWARDS
            within = outer.inside or outer.said is not None
            self._open.append(_Open(outer.owner, backwards, None if within else text, within))

    def end_tag(self) -> None:
        one = self._open.pop()
        if one.said is not None and one.seen:
            self._add(one, one.said)
        self._open[-1].seen &= one.seen

    def render_char(
        self,
        matrix: Any,
        font: Any,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: Any,
        graphicstate: Any,
    ) -> float:
        del rise, ncs, graphicstate
        one, wide = self._open[-1], font.char_width(cid) * fontsize * scaling
        (left, base), (right, _) = apply_matrix_pt(matrix, (0, 0)), apply_matrix_pt(matrix, (wide, 0))
        if one.owner is not None and not one.owner.painted:
            one.owner.left, one.owner.base, one.owner.painted = left, base, True
        if not self._stands(min(left, right), max(left, right), base):
            one.seen = False
        elif one.said is None and not one.inside:
            self._add(one, font.to_unichr(cid))
        return float(wide)

    def _stands(self, left: float, right: float, base: float) -> bool:
        """Say whether a sign stands on the page."""
        x0, y0, x1, y1 = self._page.mediabox
        return x0 <= left and right <= x1 and y0 <= base <= y1

    def _add(self, one: _Open, text: str) -> None:
        if one.owner is None:
            return
        if not one.owner.parts or one.owner.parts[-1][1] != one.backwards or not one.backwards:
            one.owner.parts.append(([], one.backwards))
        one.owner.parts[-1][0].append(text)
