"""HTML in Markdown: tags in running text; blocks of HTML, whose lines may have the sign of a quotation before them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from translate.documents import elements
from translate.documents.codes import Atom, Markup
from translate.documents.formats import html
from translate.documents.html_markup import html_events
from translate.documents.markup import Event, Kind, attributes
from translate.documents.model import Role


@dataclass(frozen=True, slots=True)
class Opened:
    """Emphasis or a link that is open: the kind of the link, where its text starts, how the sign is written anew."""

    kind: str
    start: int
    shown: str | None


@dataclass(slots=True)
class Inline:
    """Inline content being gathered: a block's, or a picture's.

    In an element that is `kept` as it is, `depth` counts those of its name.
    """

    role: Role
    atoms: list[Atom] = field(default_factory=list)
    opened: list[Opened] = field(default_factory=list)
    kept: str = ""
    kept_from: int = 0
    depth: int = 0

    def add_tag(self, raw: str, language: str, line: int) -> None:
        """Add an HTML tag; an element that HTML leaves alone is one code with all it holds."""
        event = next(html_events(raw))
        name, dialect = event.name, html.DIALECT
        pair = event.kind in (Kind.START, Kind.END) and not raw.endswith("/>")
        opens, closes = pair and event.kind is Kind.START, pair and event.kind is Kind.END
        values = {} if closes else {one.name: one.value for one in attributes(raw)}
        if opens and not self.depth and (name in dialect.opaque or dialect.keeps(name, values)):
            self.kept, self.kept_from = name, len(self.atoms)
        inner = elements.tag_pieces(event, values, html.meaning, language, line) if values else ()
        self.atoms.append(Markup(raw, opens, closes, name == "br", inner=inner, name=f"<{name}>"))
        if self.kept and name == self.kept:
            self.depth += opens - closes
            if not self.depth:
                self.atoms[self.kept_from :] = [joined(self.atoms[self.kept_from :])]
                self.kept = ""


def joined(atoms: Sequence[Atom]) -> Markup:
    """Return atoms as markup that stands alone."""
    return Markup("".join(atom.raw for atom in atoms))


def block_events(data: bytes, lines: Sequence[tuple[int, int]]) -> Iterator[Event]:
    """Yield the events of a block of HTML, whose lines are at these offsets; what stands before them is no text."""
    at = lines[0][0]
    text: list[str] = []
    prefixes: list[tuple[int, str]] = []
    size = 0
    for start, end in lines:
        if start > at:
            prefixes.append((size, data[at:start].decode()))
        text.append(data[start:end].decode())
        size += len(text[-1])
        at = end
    return _prefixed(html_events("".join(text)), prefixes)


def _prefixed(events: Iterable[Event], prefixes: Iterable[tuple[int, str]]) -> Iterator[Event]:
    """Put back, at their offsets in the HTML, what stood before its lines: the sign of a quotation, an indentation."""
    waiting = deque(prefixes)
    at = 0
    for event in events:
        end = at + len(event.raw)
        raw, plain = event.raw, event.plain
        written = ""
        while waiting and waiting[0][0] < end:
            offset, prefix = waiting.popleft()
            head, raw = raw[: offset - at], raw[offset - at :]
            if event.kind is Kind.TEXT and event.raw == event.plain:
                yield replace(event, raw=head, plain=head)
                plain, head = raw, ""
            if not written + head:
                yield Event(Kind.TEXT, prefix)
            else:
                written += head + prefix
            at = offset
        yield replace(event, raw=written + raw, plain=plain)
        at = end
