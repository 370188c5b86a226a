"""OpenDocument text (ODT): the parts that hold prose, everything else as it is."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from translate.documents import archive, elements
from translate.documents.elements import Dialect, Meaning, Reader
from translate.documents.formats import Settings, Source
from translate.documents.markup import Kind as Is
from translate.documents.markup import escaped, xml_events
from translate.documents.model import Block, Document, Kind, Literal, Part, Role
from translate.documents.rewrite import Wording, Writer
from translate.errors import DocumentError

_MIME = b"application/vnd.oasis.opendocument.text"
_MANIFEST = "META-INF/manifest.xml"
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
]
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
    embedded={"text:note": None, "draw:frame": None, "draw:g": None, "draw:custom-shape": None},
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
        return 1.0 if _MIME in data[:200] or archive.looks_like_zip(data, "content.xml", "styles.xml") else 0.0

    def read(self, data: bytes, source: Source) -> Document:
        """Read the body, its notes and frames, headers and footers, and the metadata."""
        opened = archive.open_archive(data, source.where)
        if _MANIFEST in opened.names and b"encryption-data" in opened.read(_MANIFEST):
            raise DocumentError(
                "the document is protected by a password", where=source.where, remedy="Save it without a password."
            )
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
            blocks += reader.blocks(xml_events(text, f"{source.where}:{part}"))
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
            return self.wording.full_language if "-" in literal.raw else self.wording.language.split("-")[0]
        if literal.kind is Kind.TERRITORY:
            return self.wording.territory
        return "".join(f"<text:p>{escaped(notice)}</text:p>" for notice in self.wording.notices)


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
