"""TMX 1.4b, the exchange format of translation memories: read and written one unit at a time, whatever the size.

Inline codes are `bpt`, `ept` and `ph`; their `x` joins those of a text with those of its translation.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

from translate import __version__
from translate.catalogs.interchange.inline import sign
from translate.catalogs.interchange.pairs import Place, TranslatedPair
from translate.documents.codes import TAG, fault, without_tags
from translate.errors import MemoryFileError
from translate.language import same_language

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_DOCTYPE = '<!DOCTYPE tmx SYSTEM "tmx14.dtd">'
_DATE = "%Y%m%dT%H%M%SZ"
_PROPERTIES = ("document", "context", "roles", "before")
# XML 1.0 cannot hold these signs: they travel as a code of this type, by their number.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_SIGN = "x-character"
_NUMBER = re.compile("[0-9]{1,9}")
# A file cut short, or one that is another thing.
_REMEDY = "Export it again as TMX 1.4; nothing of it was imported."


def read(path: Path, source_language: str) -> Iterator[TranslatedPair]:
    """Yield what a TMX file says in one language and its translations, the languages as the file writes them.

    Raises:
        MemoryFileError: the file is no TMX, or breaks off.
    """
    from lxml import etree

    try:
        with path.open("rb") as stream:
            for unit in _units(stream, path):
                yield from _pairs(unit, source_language, path.name)
    except etree.XMLSyntaxError as error:
        where = f"{path}:{error.lineno}"
        raise MemoryFileError(f"is no well-formed XML: {error.msg}", where=where, remedy=_REMEDY) from error


def _units(stream: IO[bytes], path: Path) -> Iterator[Any]:
    """Yield the `tu` elements of a file; each is let go when the next one is wanted."""
    from lxml import etree

    root = None
    for event, element in etree.iterparse(
        stream, events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False
    ):
        if root is None:
            root = element
            if _name(root) != "tmx":
                raise MemoryFileError(f"is no TMX: it begins with <{_name(root)}>", where=str(path), remedy=_REMEDY)
        if event == "end" and _name(element) == "tu":
            yield element
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]


def write(target: IO[bytes], source_language: str, pairs: Iterable[TranslatedPair]) -> int:
    """Write pairs as TMX; return how many."""
    from lxml import etree

    count = 0
    with etree.xmlfile(target, encoding="utf-8") as file:
        file.write_declaration(doctype=_DOCTYPE)
        with file.element("tmx", version="1.4"):
            file.write("\n")
            header = {
                "creationtool": "Translation Desk",
                "creationtoolversion": __version__,
                "segtype": "sentence",
                "o-tmf": "PO",
                "adminlang": "en",
                "srclang": source_language,
                "datatype": "plaintext",
            }
            file.write(etree.Element("header", header), "\n")
            with file.element("body"):
                file.write("\n")
                for pair in pairs:
                    file.write(_unit(pair), "\n")
                    count += 1
            file.write("\n")
    return count


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _pairs(unit: Any, source_language: str, file: str) -> Iterator[TranslatedPair]:
    variants = [(_language(one), one) for one in unit if _name(one) == "tuv"]
    source = next((one for language, one in variants if same_language(language, source_language)), None)
    if source is None:
        return
    text = _text(source)
    properties = {one.get("type", ""): (one.text or "").strip() for one in unit if _name(one) == "prop"}
    document, context, roles, before = (properties.get(f"x-{name}", "") for name in _PROPERTIES)
    place = Place(document or file, context, roles, before)
    for language, variant in variants:
        if same_language(language, source_language):
            continue
        said, translation = text, _text(variant)
        if fault(text, translation):
            # Tools number codes in their own ways: where the two sides do not agree, the words are what counts.
            said, translation = (" ".join(without_tags(one).split()) for one in (text, translation))
        if said and translation:
            who, when = (
                variant.get(f"change{what}") or variant.get(f"creation{what}") or
                unit.get(f"change{what}") or unit.get(f"creation{what}") or ""
                for what in ("id", "date")
            )  # fmt: skip
            yield TranslatedPair(said, translation, source_language, language, place, who, _iso(when))


def _language(variant: Any) -> str:
    # TMX 1.1 had an attribute of its own.
    return str(variant.get(_XML_LANG) or variant.get("lang") or "").strip().replace("_", "-")


def _text(variant: Any) -> str:
    """Return the text of a variant with its codes as numbered tags."""
    segment = next((one for one in variant if _name(one) == "seg"), None)
    if segment is None:
        return ""
    opened: dict[str, str] = {}
    parts = list(_parts(segment, opened))
    return " ".join("".join(parts).split())


def _parts(element: Any, opened: dict[str, str]) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        name = _name(child)
        if name == "ph" and child.get("type") == _SIGN:
            yield sign(child.text or "fffd")
        elif name == "bpt":
            number = _number(child, opened)
            opened[child.get("i", "")] = number
            yield f"<{number}>"
        elif name == "ept":
            yield f"</{opened.get(child.get('i', ''), '1')}>"
        elif name in ("ph", "it", "ut"):
            yield f"<{_number(child, opened)}/>"
        elif name == "hi":
            yield from _parts(child, opened)
        yield child.tail or ""


def _number(code: Any, opened: dict[str, str]) -> str:
    """Return the number of a code: its `x`, its `i`, or the next one."""
    given = code.get("x") or code.get("i") or ""
    number = given if _NUMBER.fullmatch(given) else str(len(opened) + 1)
    opened.setdefault(f"#{number}", number)
    return number


def _unit(pair: TranslatedPair) -> Any:
    from lxml import etree

    unit = etree.Element("tu")
    place = pair.place
    for name, value in zip(_PROPERTIES, (place.document, place.context, place.roles, place.before), strict=True):
        if value:
            etree.SubElement(unit, "prop", type=f"x-{name}").text = _FORBIDDEN.sub("\ufffd", value)
    stamp = {"changedate": _compact(pair.date), "changeid": _FORBIDDEN.sub("\ufffd", pair.reviewer)}
    source = etree.SubElement(unit, "tuv", {_XML_LANG: pair.source_language})
    target = etree.SubElement(unit, "tuv", {_XML_LANG: pair.language, **{n: v for n, v in stamp.items() if v}})
    _fill(etree.SubElement(source, "seg"), pair.source)
    _fill(etree.SubElement(target, "seg"), pair.translation)
    return unit


def _fill(segment: Any, text: str) -> None:
    """Write a text with its codes into a segment."""
    from lxml import etree

    last, at = None, 0
    for match in re.finditer(f"{TAG.pattern}|(?P<sign>{_FORBIDDEN.pattern})", text):
        _append(segment, last, text[at : match.start()])
        at = match.end()
        if match["sign"]:
            last = etree.SubElement(segment, "ph", type=_SIGN)
            last.text = f"{ord(match['sign']):x}"
            continue
        number = match["number"]
        if match["alone"]:
            last = etree.SubElement(segment, "ph", x=number)
        elif match["close"]:
            last = etree.SubElement(segment, "ept", i=number)
        else:
            last = etree.SubElement(segment, "bpt", i=number, x=number)
        last.text = match.group()
    _append(segment, last, text[at:])


def _append(segment: Any, last: Any, text: str) -> None:
    if last is None:
        segment.text = (segment.text or "") + text
    else:
        last.tail = (last.tail or "") + text


def _iso(date: str) -> str:
    """Return a date of TMX as ISO 8601; nothing where it is none.

    >>> _iso("20260501T093000Z"), _iso("yesterday")
    ('2026-05-01T09:30:00+00:00', '')
    """
    try:
        return dt.datetime.strptime(date, _DATE).replace(tzinfo=dt.UTC).isoformat()
    except ValueError:
        return ""


def _compact(date: str) -> str:
    """Return a date of ISO 8601 as TMX writes it; nothing where it is none.

    >>> _compact("2026-05-01T11:30:00+02:00")
    '20260501T093000Z'
    """
    try:
        return dt.datetime.fromisoformat(date).astimezone(dt.UTC).strftime(_DATE)
    except ValueError:
        return ""
