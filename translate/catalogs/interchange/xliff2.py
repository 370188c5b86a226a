"""XLIFF 2.1: its core, and the modules for translation candidates and size restriction; 2.0 and 2.2 are read too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from translate.catalogs.interchange import xliff
from translate.catalogs.interchange.inline import Inline, children, fill, legible, local, plain, read, sign, tag, tags
from translate.catalogs.interchange.returns import Batch, Return
from translate.catalogs.interchange.sheets import Item, Sheet
from translate.catalogs.states import State
from translate.documents.encoding import whole_number

if TYPE_CHECKING:
    from lxml import etree

_CORE = "urn:oasis:names:tc:xliff:document:2.0"
_SIZE = "urn:oasis:names:tc:xliff:sizerestriction:2.0"
_MATCHES = "urn:oasis:names:tc:xliff:matches:2.0"
_ROOT = f'<xliff xmlns="{_CORE}" xmlns:slr="{_SIZE}" xmlns:mtc="{_MATCHES}" version="2.1"/>'
_MINE = "desk:"
# A stale or drafted entry is where translation begins: "translated" would take it out of most tools' queues.
_STATES = {
    State.UNTRANSLATED: "initial",
    State.STALE: "initial",
    State.DRAFT: "initial",
    State.REVIEWED: "final",
}
_DONE = ("reviewed", "final")


def dump(sheet: Sheet) -> bytes:
    """Write a sheet as XLIFF 2.1."""
    from lxml import etree

    root = etree.fromstring(_ROOT)
    root.set("srcLang", sheet.source_language)
    root.set("trgLang", sheet.language)
    file = etree.SubElement(root, _q("file"), id="f1", original=legible(sheet.document))
    if any(item.limit for item in sheet.items):
        etree.SubElement(file, f"{{{_SIZE}}}profiles", generalProfile="xliff:codepoints")
    for item in sheet.items:
        _unit(file, item)
    return xliff.written(root)


def load(root: etree._Element) -> list[Batch]:
    """Read the files of an XLIFF 2 document."""
    language = root.get("trgLang", "")
    return [
        Batch(file.get("original", ""), language, tuple(map(_return, _units(file))), xliff.its_person(root))
        for file in children(root, "file")
    ]


def _unit(file: etree._Element, item: Item) -> None:
    from lxml import etree

    unit = etree.SubElement(file, _q("unit"), id=item.name, name=item.identity)
    unit.set(xliff.XML_SPACE, "preserve")
    if item.limit:
        unit.set(f"{{{_SIZE}}}sizeRestriction", str(item.limit))
    known = tags(item.source)
    if item.previous:
        matches = etree.SubElement(unit, f"{{{_MATCHES}}}matches")
        match = etree.SubElement(matches, f"{{{_MATCHES}}}match", ref="#s1", type="other", subType=f"{_MINE}previous")
        earlier = tags(item.previous)
        fill(etree.SubElement(match, _q("source")), item.previous, earlier, _bare)
        fill(etree.SubElement(match, _q("target")), item.target, earlier, _bare)
    notes = etree.SubElement(unit, _q("notes"))
    for who, said in xliff.notes(item):
        etree.SubElement(notes, _q("note"), category=who).text = legible(said)
    if not len(notes):
        unit.remove(notes)
    if known:
        data = etree.SubElement(unit, _q("originalData"))
        for number in sorted(known, key=lambda one: (len(one), one)):
            ends = [("", f"<{number}>")] if number.endswith("/") else [("s", f"<{number}>"), ("e", f"</{number}>")]
            for end, text in ends:
                etree.SubElement(data, _q("data"), id=f"d{number.rstrip('/')}{end}").text = text
    segment = etree.SubElement(unit, _q("segment"), id="s1", state=_STATES[item.state])
    if item.state in (State.DRAFT, State.STALE):
        segment.set("subState", f"{_MINE}{item.state}")
    fill(etree.SubElement(segment, _q("source")), item.source, known, _code)
    if item.target:
        fill(etree.SubElement(segment, _q("target")), item.target, known, _code)


def _code(parent: etree._Element, kind: Inline, value: str) -> etree._Element:
    """Add an inline element that refers to its original data, and that tools must not delete or copy."""
    made = _bare(parent, kind, value)
    if kind is Inline.SIGN:
        return made
    made.set("canCopy", "no")
    made.set("canDelete", "no")
    if kind is Inline.ALONE:
        made.set("dataRef", f"d{value}")
    else:
        made.set("dataRefEnd", f"d{value}e")
        made.set("dataRefStart", f"d{value}s")
    return made


def _bare(parent: etree._Element, kind: Inline, value: str) -> etree._Element:
    from lxml import etree

    if kind is Inline.SIGN:
        return etree.SubElement(parent, _q("cp"), hex=value)
    return etree.SubElement(parent, _q("pc" if kind is Inline.PAIR else "ph"), id=value)


def _units(parent: etree._Element) -> list[etree._Element]:
    return [child for child in parent.iter() if local(child) == "unit"]


def _return(unit: etree._Element) -> Return:
    """Read a unit; a tool may have split it into several segments, with ignorable text between them."""
    parts = children(unit, "segment", "ignorable")
    segments = children(unit, "segment")
    source = "".join(read(_first(part, "source"), _spell) for part in parts)
    filled = [one for one in segments if read(_first(one, "target"), _spell)]
    target = "".join(_target(part) for part in _in_order(parts)) if filled else ""
    if all(one.get("state") == "initial" and "subState" not in one.attrib for one in segments) and target == source:
        target = ""  # tools that show only targets copy the source there
    said = {(one.get("state"), one.get("subState", "")) for one in segments}
    matches = [one for one in unit.iter(f"{{{_MATCHES}}}match") if one.get("subType") == f"{_MINE}previous"]
    previous = read(_first(matches[0], "source"), _spell) if matches else ""
    notes = [
        (note.get("category", ""), plain(note)) for group in children(unit, "notes") for note in children(group, "note")
    ]
    return Return(
        xliff.identity(unit, "name"),
        source,
        target,
        _state(said, target, bool(previous), complete=len(filled) == len(segments)),
        xliff.people(notes),
        xliff.origin(notes),
        previous,
    )


def _state(said: set[tuple[str | None, str]], target: str, previous: bool, *, complete: bool) -> State | None:
    """Return the state of a unit: that of the segment that is least far."""
    if not target:
        return State.UNTRANSLATED
    if all(state is None for state, _ in said):
        return None
    if complete and all(state in _DONE for state, _ in said):
        return State.REVIEWED
    if previous and any(detail == f"{_MINE}{State.STALE}" for _, detail in said):
        return State.STALE
    return State.DRAFT


def _in_order(parts: list[etree._Element]) -> list[etree._Element]:
    """Return segments and what is between them in the order of the translation, where it differs."""
    places = {}
    for place, part in enumerate(parts, 1):
        target = _first(part, "target")
        said = target.get("order", "") if target is not None else ""
        places[part] = whole_number(said, place)
    return sorted(parts, key=places.__getitem__)


def _target(part: etree._Element) -> str:
    target = _first(part, "target")
    if target is None and local(part) == "ignorable":
        target = _first(part, "source")
    return read(target, _spell)


def _spell(element: etree._Element) -> tuple[str, str | None]:
    name, number = local(element), element.get("copyOf") or element.get("id")
    if name == "pc":
        return tag(number), tag(number, "</")
    if name == "ph":
        return tag(number, "<", "/>"), None
    if name == "sc":
        return tag(number), None
    if name == "ec":
        return tag(element.get("startRef") or number, "</"), None
    return (sign(element.get("hex", "")), None) if name == "cp" else ("", "")


def _first(element: etree._Element, name: str) -> etree._Element | None:
    return next(iter(children(element, name)), None)


def _q(name: str) -> str:
    return f"{{{_CORE}}}{name}"
