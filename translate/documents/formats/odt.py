"""OpenDocument text (ODT): the parts that hold prose, everything else as it is."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType

from translate.documents import archive, elements
from translate.documents.elements import Dialect, Meaning, Reader
from translate.documents.formats import Settings, Source
from translate.documents.markup import Event, attributes, escaped, xml_events
from translate.documents.markup import Kind as Is
from translate.documents.model import Block, Document, Kind, Literal, Part, Role
from translate.documents.rewrite import Wording, Writer
from translate.errors import DocumentError
from translate.language import primary

_MIME = b"application/vnd.oasis.opendocument.text"
_MANIFEST = "META-INF/manifest.xml"
# LibreOffice writes empty libraries into documents that never had a macro.
_MACRO = re.compile(r"Scripts/.*[^/]\Z|Basic/.+/(?!script-l[bc]\.xml|dialog-l[bc]\.xml)[^/]+\Z")
_PARTS = ("content.xml", "styles.xml", "meta.xml")
_FIELDS = [
    "page-number",
    "page-count",
    "date",
    "time",
    "file-name",
    "author-name",
    "author-initials",
    "chapter",
    "sequence",
    "sequence-ref",
    "bookmark-ref",
    "reference-ref",
    "note-ref",
    "user-field-get",
    "variable-get",
    "variable-set",
    "expression",
    "title",
    "subject",
    "creation-date",
    "modification-date",
    "print-date",
    "word-count",
    "character-count",
    "paragraph-count",
    "table-count",
    "image-count",
    "object-count",
    "page-variable-get",
    "page-variable-set",
    "user-field-input",
    "variable-input",
    "user-defined",
    "sender-firstname",
    "sender-lastname",
    "sender-initials",
    "sender-title",
    "sender-position",
    "sender-email",
    "sender-phone-private",
    "sender-fax",
    "sender-company",
    "sender-phone-work",
    "sender-street",
    "sender-city",
    "sender-postal-code",
    "sender-country",
    "sender-state-or-province",
    "creator",
    "initial-creator",
    "printed-by",
    "creation-time",
    "modification-time",
    "print-time",
    "editing-cycles",
    "editing-duration",
    "keywords",
    "description",
    "template-name",
    "sheet-name",
    "measure",
    "script",
    "execute-macro",
    "database-display",
    "database-name",
    "database-next",
    "database-row-number",
    "database-row-select",
    "dde-connection",
    "drop-down",
    "bibliography-mark",
    "table-formula",
]
_SHAPES = [
    "frame",
    "g",
    "custom-shape",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "regular-polygon",
    "path",
    "connector",
    "caption",
    "measure",
    "control",
]
# The style of text of which LibreOffice only notes in which session it was typed.
_SESSION = re.compile(
    r'<style:style style:name="([^"]+)" style:family="text">\s*'
    r'<style:text-properties(?:\s+officeooo:(?:paragraph-)?rsid="[^"]*")*\s*/>\s*</style:style>'
)
_CHANGES = frozenset({"text:insertion", "text:deletion", "text:format-change"})


def _meaning(element: str, name: str, values: Mapping[str, str]) -> Meaning:
    del values
    if name in ("fo:language", "style:language-complex", "style:language-asian"):
        return Kind.LANGUAGE if name == "fo:language" else None
    if name == "fo:country":
        return Kind.TERRITORY
    return Role.TITLE if (element, name) == ("text:a", "office:title") else None


DIALECT = Dialect(
    roles={
        "text:p": Role.PARAGRAPH,
        "text:h": Role.CROSSHEAD,
        "svg:title": Role.TITLE,
        "svg:desc": Role.ALTERNATIVE,
        "dc:title": Role.TITLE,
        "dc:subject": Role.TITLE,
        "dc:description": Role.DESCRIPTION,
        "meta:keyword": Role.KEYWORD,
        "dc:language": Kind.LANGUAGE,
        # What stands between a note and its paragraphs, or a frame and its own, is no prose.
        **dict.fromkeys(("text:note-body", "draw:text-box", "text:list", "text:list-item", "table:table"), None),
    },
    breaks=frozenset({"text:s", "text:tab", "text:line-break"}),
    kept=frozenset({"office:binary-data", "text:tracked-changes", "office:scripts", "text:index-title-template"}),
    opaque=frozenset({"office:annotation", "text:note-citation", *(f"text:{name}" for name in _FIELDS)}),
    embedded={"text:note": None, **dict.fromkeys((f"draw:{name}" for name in _SHAPES), None)},
    closed=True,
    notice="office:text",
    notice_before=frozenset({"text:p", "text:h", "text:list", "table:table"}),
    meaning=_meaning,
)


class OdtFormat(archive.ArchiveFile):
    """Read ODT."""

    name = "odt"
    suffixes = (".odt", ".ott")
    defaults: Settings = MappingProxyType({"tracked_changes": "refuse"})

    def score(self, data: bytes, language: str) -> float:
        """Look for the media type at the beginning of the archive."""
        del language
        if b"mimetypeapplication/" in data[:200]:
            return float(_MIME in data[:200])
        return float(archive.looks_like_zip(data, _MANIFEST) and b"content.xml" in data)

    def read(self, data: bytes, source: Source) -> Document:
        """Read the body, its notes and frames, headers and footers, and the metadata."""
        opened = archive.open_archive(data, source.where)
        if _MANIFEST in opened.names and b"encryption-data" in opened.read(_MANIFEST):
            raise DocumentError(
                "the document is protected by a password", where=source.where, remedy="Save it without a password."
            )
        if any(_MACRO.match(name) for name in opened.names):
            raise DocumentError("the document holds macros", where=source.where, remedy="Save it without them.")
        texts = {part: opened.text(part) for part in _PARTS if part in opened.names}
        if "content.xml" not in texts:
            raise DocumentError("the document has no content.xml", where=source.where, remedy="Save it again as ODT.")
        accepted = {}
        for part, (text, encoding) in texts.items():
            kept = _without_changes(text, f"{source.where}:{part}", source.settings["tracked_changes"] == "accept")
            if kept != text:
                accepted[part], texts[part] = kept.encode(encoding.codec), (kept, encoding)
        blocks: list[Block] = []
        parts: list[Part] = []
        line = 1
        for part, (text, encoding) in texts.items():
            reader = Reader(
                DIALECT,
                source.language,
                source.split,
                line,
                part=part,
                noticed=part != "content.xml",
                counts_blocks=True,
            )
            blocks += reader.blocks(_met(_quiet(xml_events(text, f"{source.where}:{part}"), _SESSION.findall(text))))
            if part == "content.xml" and not reader.noticed:
                raise DocumentError(
                    "the document is no text but another kind of OpenDocument",
                    where=source.where,
                    remedy="Save it as ODT: spreadsheets and presentations are not read.",
                )
            line = reader.line
            parts.append(Part(part, "".join(reader.gap), encoding))
        whole = archive.replaced(opened, accepted) if accepted else data
        return source.whole(self.name, blocks, parts, whole)

    def writer(self, _: Document, wording: Wording) -> Writer:
        """Return what writes an edition."""
        return _Writer(wording)


class _Writer(elements.MarkupWriter):
    def literal(self, literal: Literal) -> str:
        if literal.kind is Kind.LANGUAGE:
            return self.wording.full_language if "-" in literal.raw else primary(self.wording.language)
        if literal.kind is Kind.TERRITORY:
            return self.wording.territory
        return "".join(f"<text:p>{escaped(notice)}</text:p>" for notice in self.wording.notices)


def _quiet(events: Iterable[Event], sessions: Collection[str]) -> Iterator[Event]:
    """Yield events, tags that no reader sees anything of as text without signs: they disappear when text changes."""
    starts: list[Event] = []
    for event in events:
        seen = event.name != "text:soft-page-break"
        if event.name == "text:span":
            if event.kind is Is.START:
                starts.append(event)
            seen = event.kind is not Is.EMPTY and _style(starts[-1]) not in sessions
            if event.kind is Is.END:
                starts.pop()
        yield event if seen else Event(Is.TEXT, event.raw)


def _met(events: Iterable[Event]) -> Iterator[Event]:
    """Yield events, the tags between two spans of one style that meet as text without signs: they are one span."""
    starts: list[Event] = []
    held: list[Event] = []
    meets = False
    for event in events:
        if held and event.kind is Is.TEXT and not event.plain:
            held.append(event)
            continue
        if held:
            start, end, *between = held
            held = []
            meets = event.kind is Is.START and event.raw == start.raw
            yield Event(Is.TEXT, end.raw) if meets else end
            yield from between
        if event.name == "text:span" and event.kind is Is.END:
            held = [starts.pop(), event]
            continue
        if event.name == "text:span":
            starts.append(event)
        yield Event(Is.TEXT, event.raw) if meets else event
        meets = False


def _style(span: Event) -> str:
    return next((one.value for one in attributes(span.raw) if one.name == "text:style-name"), "")


def _without_changes(text: str, where: str, accept: bool) -> str:
    """Return a part as it is with all its tracked changes accepted.

    Raises:
        DocumentError: it has tracked changes that the desk does not accept unseen.
    """
    if "text:tracked-changes" not in text and "text:change" not in text:
        return text
    made: list[str] = []
    inside, found = 0, False
    for event in xml_events(text, where):
        found = found or event.name in _CHANGES
        if event.name == "text:tracked-changes":
            inside += {Is.START: 1, Is.END: -1}.get(event.kind, 0)
        elif not inside and event.name not in ("text:change", "text:change-start", "text:change-end"):
            made.append(event.raw)
    if found and not accept:
        raise archive.tracked_changes(where)
    return "".join(made)
