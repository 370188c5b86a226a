"""HTML as events that keep the source, as `markup` has them of XML; the parser is html.parser."""

from __future__ import annotations

import html
from collections.abc import Iterator
from html.parser import HTMLParser

from translate.documents.markup import Event, Kind
from translate.errors import DocumentError

_CHUNK = 1 << 16
# No page has more tags without an end.
_OPEN_ENDS = 20

#: The elements of HTML that have no end tag.
VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)


def html_events(text: str) -> Iterator[Event]:
    """Yield the events of an HTML document; names are in lower case. Almost nothing is an error in HTML.

    Raises:
        DocumentError: again and again a tag or a comment has no end.
    """
    reader = _HtmlReader()
    starts = 0
    line = 1
    at, last = 0, Event(Kind.OTHER, "")

    def emitted(final: bool) -> Iterator[Event]:
        nonlocal line, starts, at, last
        for number, column, event in reader.noted:
            while line < number:
                starts = text.index("\n", starts) + 1
                line += 1
            here = starts + column
            if here > at:
                yield Event(last.kind, text[at:here], last.name, last.plain)
            at, last = here, event
        reader.noted.clear()
        if final and at < len(text):
            yield Event(last.kind, text[at:], last.name, last.plain)

    begin, size = 0, _CHUNK
    while begin < len(text):
        reader.feed(text[begin : begin + size])
        begin += size
        # What has no end yet is read from its beginning each time: fewer, larger pieces.
        size = 2 * size if len(reader.rawdata) > size // 2 else _CHUNK
        yield from emitted(final=False)
    reader.close()
    yield from emitted(final=True)


class _HtmlReader(HTMLParser):
    """Note every event with its line and column."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.noted: list[tuple[int, int, Event]] = []
        self._open_ends = 0
        self._closing = False

    def close(self) -> None:
        """Read the rest."""
        self._closing = True
        super().close()

    def _ended(self, end: int) -> int:
        """Return where something ends. What has no end (-1) is looked for to the end of the text, each time."""
        if end < 0 and self._closing:
            self._open_ends += 1
            if self._open_ends > _OPEN_ENDS:
                raise DocumentError(
                    f"the HTML has more than {_OPEN_ENDS} tags or comments without an end",
                    remedy="Save the page again with the program that made it.",
                )
        return end

    def parse_starttag(self, i: int) -> int:
        """Read a start tag."""
        return self._ended(super().parse_starttag(i))

    def parse_endtag(self, i: int) -> int:
        """Read an end tag."""
        return self._ended(super().parse_endtag(i))

    def parse_comment(self, i: int, report: bool = True) -> int:
        """Read a comment."""
        return self._ended(super().parse_comment(i, report))

    def parse_pi(self, i: int) -> int:
        """Read a processing instruction."""
        return self._ended(super().parse_pi(i))

    def parse_html_declaration(self, i: int) -> int:
        """Read a declaration; one of no known kind is a comment, as the standard has it."""
        try:
            end = super().parse_html_declaration(i)
        except AssertionError:
            end = self.parse_bogus_comment(i)
        return self._ended(end)

    def _note(self, kind: Kind, name: str = "", plain: str = "") -> None:
        line, column = self.getpos()
        self.noted.append((line, column, Event(kind, "", name, plain)))

    def handle_starttag(self, tag: str, _: object) -> None:
        self._note(Kind.EMPTY if tag in VOID else Kind.START, tag)

    def handle_startendtag(self, tag: str, _: object) -> None:
        # HTML ignores the slash of an element that is not void: it stays open.
        self._note(Kind.EMPTY if tag in VOID else Kind.START, tag)

    def handle_endtag(self, tag: str) -> None:
        self._note(Kind.END, tag)

    def handle_data(self, data: str) -> None:
        self._note(Kind.TEXT, plain=data)

    def handle_entityref(self, name: str) -> None:
        self._note(Kind.TEXT, plain=html.unescape(f"&{name};"))

    def handle_charref(self, name: str) -> None:
        self._note(Kind.TEXT, plain=html.unescape(f"&#{name};"))

    def handle_comment(self, _: str) -> None:
        self._note(Kind.OTHER)

    def handle_decl(self, _: str) -> None:
        self._note(Kind.OTHER)

    def handle_pi(self, _: str) -> None:
        self._note(Kind.OTHER)

    def unknown_decl(self, _: str) -> None:
        self._note(Kind.OTHER)
