"""What a tagged PDF file says, block by block, in the order in which a screen reader says it; with pdfminer."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1
from pdfminer.utils import decode_text

# Elements of the structure that stand for a block; what is inside them is its words.
_BLOCKS = frozenset({"P", "H1", "H2", "Title", "Caption"})


def blocks(data: bytes) -> Iterator[str]:
    """Yield the words of each block of the structure tree; page numbers and lines are artifacts, and no words."""
    document = PDFDocument(PDFParser(io.BytesIO(data)))
    marked = {
        (page.pageid, number): text for page in PDFPage.create_pages(document) for number, text in _marked(page).items()
    }
    root = resolve1(document.catalog["StructTreeRoot"])
    yield from _blocks(root.get("K", []), 0, marked)


def _blocks(node: Any, page: object, marked: dict[tuple[object, int], str]) -> Iterator[str]:
    node = resolve1(node)
    if isinstance(node, list):
        for one in node:
            yield from _blocks(one, page, marked)
    elif isinstance(node, dict):
        page = node["Pg"].objid if "Pg" in node else page
        kind = node.get("S")
        if kind is not None and kind.name in _BLOCKS:
            yield "".join(_words(node.get("K", []), page, marked))
        else:
            yield from _blocks(node.get("K", []), page, marked)


def _words(node: Any, page: object, marked: dict[tuple[object, int], str]) -> Iterator[str]:
    """Yield the words of a part of the tree: marked content by its number, or what holds such."""
    node = resolve1(node)
    if isinstance(node, int):
        yield marked.get((page, node), "")
    elif isinstance(node, list):
        for one in node:
            yield from _words(one, page, marked)
    elif isinstance(node, dict):
        page = node["Pg"].objid if "Pg" in node else page
        yield from _words(node.get("MCID", node.get("K", [])), page, marked)


def _marked(page: PDFPage) -> dict[int, str]:
    """Return the words of each marked content of a page, by its number."""
    resources = PDFResourceManager()
    device = _Device(resources)
    PDFPageInterpreter(resources, device).process_page(page)
    return device.found


class _Device(PDFTextDevice):
    """Collect the words of marked content, instead of painting them."""

    def __init__(self, resources: PDFResourceManager) -> None:
        super().__init__(resources)
        self.found: dict[int, str] = {}
        # The number that words belong to, and whether the file says by itself what they read.
        self._open: list[tuple[int | None, bool]] = [(None, False)]

    def begin_tag(self, tag: Any, props: Any = None) -> None:
        del tag
        said = resolve1(props) or {}
        number, known = said.get("MCID", self._open[-1][0]), "ActualText" in said
        if known:
            self._add(number, decode_text(resolve1(said["ActualText"])))
        self._open.append((number, known or self._open[-1][1]))

    def end_tag(self) -> None:
        self._open.pop()

    def render_string(self, textstate: Any, seq: Any, ncs: Any, graphicstate: Any) -> None:
        del ncs, graphicstate
        number, known = self._open[-1]
        if not known:
            font = textstate.font
            parts = (part for part in seq if isinstance(part, bytes))
            self._add(number, "".join(font.to_unichr(code) for part in parts for code in font.decode(part)))

    def _add(self, number: int | None, text: str) -> None:
        if number is not None:
            self.found[number] = self.found.get(number, "") + text
