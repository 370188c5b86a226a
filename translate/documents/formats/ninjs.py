"""ninjs (1, 2 and 3), the IPTC's JSON for news: headlines, descriptions and bodies, in text or in HTML."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, count

from translate.documents import json_strings, nested
from translate.documents.codes import Place, Run, pieces
from translate.documents.elements import Reader
from translate.documents.encoding import decode_declared
from translate.documents.formats import Source, TextFile, html
from translate.documents.html_markup import html_events
from translate.documents.layout import Splitter
from translate.documents.model import Block, Document, Kind, Literal, Role
from translate.documents.rewrite import Wording, Writer
from translate.errors import DocumentError
from translate.language import same_language

_ROLES = {
    "headlines": Role.HEADLINE,
    "headline": Role.HEADLINE,
    "title": Role.TITLE,
    "titles": Role.TITLE,
    "slugline": Role.KEYWORD,
    "sluglines": Role.KEYWORD,
    "by": Role.BYLINE,
    "byline": Role.BYLINE,
    "dateline": Role.DATELINE,
    "descriptions": Role.DESCRIPTION,
    "caption": Role.CAPTION,
    "bodies": Role.PARAGRAPH,
    "keywords": Role.KEYWORD,
}
# ninjs 1 has these with any ending: body_text, body_xhtml, headline_short.
_STARTS = {"headline_": Role.HEADLINE, "description_": Role.DESCRIPTION, "body_": Role.PARAGRAPH}
# In these lists of objects (ninjs 2 and 3) the text is under `value`.
_LISTS = frozenset({"headlines", "titles", "sluglines", "descriptions", "bodies", "keywords"})
_KNOWN = frozenset({"uri", "headline", "headlines", "bodies", "descriptions", "versioncreated", "versionCreated"})
_KNOWN_BYTES = frozenset(key.encode() for key in _KNOWN)
_KEY = re.compile(rb'"(\w+)"\s*:')
# What may hold HTML; a headline with angle brackets is a headline.
_RICH = frozenset({Role.PARAGRAPH, Role.DESCRIPTION, Role.CAPTION})
_HTML = re.compile(r"</?[A-Za-z][^<>]*>")
_NOTES = ("ednote", "edNote")
# Where the language is that of a sound or of what is planned.
_OTHERS = frozenset({"renditions", "plannedCoverage"})
# One sign of a value as JSON writes it; two escapes make one sign beyond the basic plane.
_SIGN = re.compile(r"\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u....|\\.|.", re.DOTALL)
_HALF_SIGN = re.compile("[\ud800-\udfff]")
_SOURCE = "translatedFrom"
_VERSION = ("standard", "version")
_PARAGRAPH = re.compile(r"\n\s*\n")
_JSON = nested.Outer("json>", json_strings.write)


class NinjsFormat(TextFile):
    """Read ninjs."""

    name = "ninjs"
    suffixes = (".json", ".ninjs")

    def score(self, data: bytes, language: str) -> float:
        """Look for the keys that news in JSON has."""
        del language
        try:
            value = json.loads(data)
        except (ValueError, RecursionError):
            # What is broken is best told by the format that it was to be.
            return 0.5 if len({*_KEY.findall(data)} & _KNOWN_BYTES) > 1 else 0.0
        return 0.9 if isinstance(value, dict) and len(_KNOWN & value.keys()) > 1 else 0.0

    def read(self, data: bytes, source: Source) -> Document:
        """Read headlines, descriptions and bodies of the item and of the items associated with it."""
        text, encoding = decode_declared(data, source.where, "utf-8")
        try:
            found = list(json_strings.strings(text))
            places = json_strings.members(text)
            made = [*_own_places(found, places, text)]
        except (ValueError, RecursionError) as error:
            raise DocumentError(f"this is no ninjs: {error}", where=source.where, remedy="Mend it.") from error
        if any(_HALF_SIGN.search(value) for *_, value in found):
            raise DocumentError(
                "the JSON holds half a sign: a surrogate without its partner",
                where=source.where,
                remedy="Write it again from text that is whole.",
            )
        line, counted = 1, 0
        for where, start, end, value in found:
            line += text.count("\n", counted, start)
            counted = start
            for block in _blocks(where, value, text[start:end], source.language, source.split, line):
                made.append((start + len(block.gap), block))
                start += len(block.gap) + _size(block)
        blocks: list[Block] = []
        at = 0
        for start, block in sorted(made, key=lambda one: one[0]):
            blocks.append(replace(block, gap=text[at:start]))
            at = start + _size(block)
        return source.document(self.name, encoding, tuple(blocks), text[at:])

    def writer(self, _: Document, wording: Wording) -> Writer:
        """Return what writes an edition."""
        return _Writer(wording)


class _Writer:
    """Write text in JSON strings, notices as an editorial note."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording
        self._html = html.HtmlWriter(wording)

    def text(self, text: str, context: str) -> str:
        inside = context.removeprefix(_JSON.context)
        return json_strings.write(self._html.text(text, inside) if inside else text)

    def literal(self, literal: Literal) -> str:
        if literal.kind is Kind.LANGUAGE:
            return self._wording.language
        if literal.kind is Kind.IDENTITY:
            return f"{literal.raw}:{self._wording.language}"
        if literal.kind is Kind.SOURCE:
            return literal.shown or ""
        said = json_strings.write(" ".join(self._wording.notices))
        if not said:
            return ""
        return f'"{literal.shown}": "{said}", ' if literal.shown else f"{said} "


def _size(block: Block) -> int:
    return sum(len(piece.raw) for piece in block.pieces)


def _own_places(
    found: Sequence[tuple[json_strings.Path, int, int, str]], places: Mapping[str, int], text: str
) -> Iterator[tuple[int, Block]]:
    """Yield the place of the notices, the editor's note, and that of the association with the source."""
    for keys, opening, kind in ((_NOTES, '"', "text"), (("associations",), "[{", "list or object")):
        for key in keys:
            if key in places and text[places[key]] not in opening:
                raise ValueError(f"{key!r} is no {kind}")
    first = text.index("{") + 1
    noted = next((places[key] for key in _NOTES if key in places), None)
    third = any(_camel(where) or (where == _VERSION and value.startswith("3")) for where, _, _, value in found)
    note = _NOTES[third]
    notice = Literal("", Kind.NOTICE, shown=None if noted else note)
    yield noted + 1 if noted else first, Block(Role.STATUS, "", (notice,))
    uri = next((text[start:end] for where, start, end, _ in found if where == ("uri",)), "")
    if not uri:
        return
    linked = places.get("associations", 0)
    listed = text[linked] == "[" or (not linked and any(key in _LISTS for key in places))
    rel = '"rel": "irel:translatedFrom", ' if third else ""
    # A translation of a translation has a source already.
    taken = {part for where, *_, value in found if where[:1] == ("associations",) for part in (*where[1:2], value)}
    name = next(name for name in chain((_SOURCE,), (f"{_SOURCE}{at}" for at in count(2))) if name not in taken)
    named = f'{{"name": "{name}", {rel}"uri": "{uri}"}}' if listed else f'"{name}": {{"uri": "{uri}"}}'
    if linked:
        empty = text[linked + 1 :].lstrip()[:1] in "]}"
        yield linked + 1, Block(Role.STATUS, "", (Literal("", Kind.SOURCE, shown=named if empty else f"{named}, "),))
    else:
        whole = f'"associations": [{named}], ' if listed else f'"associations": {{{named}}}, '
        yield first, Block(Role.STATUS, "", (Literal("", Kind.SOURCE, shown=whole),))


def _camel(where: json_strings.Path) -> bool:
    """Say whether a key is one of ninjs 3, which has capitals in them."""
    keys = (where[0], where[-1]) if where and where[0] in _LISTS else where[:1]
    return any(key != key.lower() for key in keys)


def _blocks(
    where: json_strings.Path, value: str, raw: str, language: str, split: Splitter | None, line: int
) -> Iterator[Block]:
    """Yield the blocks of one string."""
    if where == ("uri",):
        yield Block(Role.STATUS, "", (Literal(raw, Kind.IDENTITY),))
    elif where[-1:] == ("language",) and not _OTHERS & {*where} and same_language(value, language):
        yield Block(Role.STATUS, "", (Literal(raw, Kind.LANGUAGE),))
    role = _role(where) if where else None
    if role is None or not any(sign.isalpha() for sign in value) or _data(value):
        return
    key = where[-1]
    rich = role in _RICH and not key.endswith("_text") and (key.endswith("html") or _HTML.search(value))
    made = _html(value, role, language, split, line) if rich else _text(value, role, split, line)
    yield from nested.within(made, _SIGN.findall(raw), _JSON)


def _role(where: json_strings.Path) -> Role | None:
    if where[-1] == "value" and len(where) > 1 and where[-2] in _LISTS:
        return _ROLES[where[-2]]
    if where[-1] in _LISTS and where[-1] != "keywords":
        return None
    return _ROLES.get(where[-1]) or next((role for start, role in _STARTS.items() if where[-1].startswith(start)), None)


def _data(value: str) -> bool:
    """Say whether a text is no prose, but JSON in JSON."""
    try:
        return value.lstrip().startswith(("{", "[")) and bool(json.loads(value))
    except (ValueError, RecursionError):
        return False


def _html(value: str, role: Role, language: str, split: Splitter | None, line: int) -> Iterator[Block]:
    dialect = replace(html.DIALECT, default=role)
    return Reader(dialect, language, split, line, noticed=True).blocks(html_events(value))


def _text(value: str, role: Role, split: Splitter | None, line: int) -> Iterator[Block]:
    at = 0
    for match in _PARAGRAPH.finditer(value):
        made = pieces([Run(value[at : match.start()], value[at : match.start()])], Place(role, line), split)
        yield Block(role, "", (*made, Literal(match.group())))
        at = match.end()
    yield Block(role, "", pieces([Run(value[at:], value[at:])], Place(role, line), split))
