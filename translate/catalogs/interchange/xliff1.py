"""XLIFF 1.2, for older tools; 1.1 is read too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from translate.catalogs.interchange import xliff
from translate.catalogs.interchange.inline import Inline, children, fill, legible, local, plain, read, sign, tag, tags
from translate.catalogs.interchange.returns import Batch, Return
from translate.catalogs.interchange.sheets import Item, Sheet
from translate.catalogs.states import State

if TYPE_CHECKING:
    from lxml import etree

_CORE = "urn:oasis:names:tc:xliff:document:1.2"
_STATES = {
    State.UNTRANSLATED: "needs-translation",
    State.STALE: "needs-review-translation",
    State.DRAFT: "needs-review-translation",
    State.REVIEWED: "signed-off",
}
_STALE = "x-stale"
_UNTOUCHED = ("new", "needs-translation")
_DONE = ("signed-off", "final")
_SIGN = "sign-"


def dump(sheet: Sheet) -> bytes:
    """Write a sheet as XLIFF 1.2 (strict)."""
    from lxml import etree

    root = etree.fromstring(f'<xliff xmlns="{_CORE}" version="1.2"/>')
    file = etree.SubElement(root, _q("file"), original=legible(sheet.document))
    file.set("source-language", sheet.source_language)
    file.set("target-language", sheet.language)
    file.set("datatype", "plaintext")
    body = etree.SubElement(file, _q("body"))
    for item in sheet.items:
        _unit(body, item)
    return xliff.written(root)


def load(root: etree._Element) -> list[Batch]:
    """Read the files of an XLIFF 1 document."""
    return [
        Batch(
            file.get("original", ""),
            file.get("target-language", ""),
            tuple(_return(unit) for unit in file.iter() if local(unit) == "trans-unit" and not _is_header(unit)),
            _person(file) or xliff.its_person(file),
        )
        for file in children(root, "file")
    ]


def _unit(body: etree._Element, item: Item) -> None:
    from lxml import etree

    unit = etree.SubElement(body, _q("trans-unit"), id=item.name, resname=item.identity)
    unit.set(xliff.XML_SPACE, "preserve")
    if item.state is State.REVIEWED:
        unit.set("approved", "yes")
    if item.limit:
        unit.set("maxwidth", str(item.limit))
        unit.set("size-unit", "char")
    known = tags(item.source)
    fill(etree.SubElement(unit, _q("source")), item.source, known, _code)
    target = etree.SubElement(unit, _q("target"), state=_STATES[item.state])
    fill(target, item.target, known, _code)
    if item.state is State.STALE:
        target.set("state-qualifier", _STALE)
    elif item.made:
        target.set("state-qualifier", "mt-suggestion")
    for who, said in xliff.notes(item):
        note = etree.SubElement(unit, _q("note"))
        note.set("from", who)
        note.text = legible(said)
    if item.previous:
        other = etree.SubElement(unit, _q("alt-trans"), alttranstype="previous-version")
        earlier = tags(item.previous)
        fill(etree.SubElement(other, _q("source")), item.previous, earlier, _code)
        fill(etree.SubElement(other, _q("target")), item.target, earlier, _code)


def _code(parent: etree._Element, kind: Inline, value: str) -> etree._Element:
    from lxml import etree

    if kind is not Inline.SIGN:
        return etree.SubElement(parent, _q("g" if kind is Inline.PAIR else "x"), id=value)
    top = parent
    while (above := top.getparent()) is not None and local(top) not in ("source", "target"):
        top = above
    number = sum(1 for one in top.iter() if one.get("id", "").startswith(_SIGN)) + 1
    return etree.SubElement(parent, _q("x"), id=f"{_SIGN}{value}-{number}")


def _return(unit: etree._Element) -> Return:
    target = _first(unit, "target")
    source, text = read(_first(unit, "source"), _spell), read(target, _spell)
    if target is not None and target.get("state") in _UNTOUCHED and text == source:
        text = ""  # tools that show only targets copy the source there
    earlier = [one for one in children(unit, "alt-trans") if _is_previous(one)]
    previous = read(_first(earlier[0], "source"), _spell) if earlier else ""
    notes = [(note.get("from", ""), plain(note)) for note in children(unit, "note")]
    return Return(
        xliff.identity(unit, "resname"),
        source,
        text,
        _state(unit, target, text, bool(previous)),
        xliff.people(notes),
        xliff.origin(notes),
        previous,
    )


def _state(unit: etree._Element, target: etree._Element | None, text: str, previous: bool) -> State | None:
    """Return the state of a unit. Tools set `approved`, `state` or both; where they differ, nobody has reviewed it."""
    if target is None or not text:
        return State.UNTRANSLATED
    approved, state = unit.get("approved"), target.get("state")
    if approved is None and state is None:
        return None
    is_open = state in _UNTOUCHED or state == _STATES[State.DRAFT]
    if previous and is_open and approved != "yes":
        return State.STALE
    if approved == "yes":
        return State.DRAFT if is_open else State.REVIEWED
    return State.REVIEWED if approved is None and state in _DONE else State.DRAFT


def _is_header(unit: etree._Element) -> bool:
    """Say whether a unit is the header of a PO file, as Translate Toolkit exports it."""
    return unit.get("restype") == "x-gettext-domain-header"


def _is_previous(other: etree._Element) -> bool:
    """Say whether a translation beside another is that of the earlier source: as we say it, or Translate Toolkit."""
    return other.get("alttranstype") == "previous-version" or other.get("origin") == "previous"


def _person(file: etree._Element) -> str:
    """Return the contact of the last phase that names one."""
    for phase in reversed([one for one in file.iter() if local(one) == "phase"]):
        if name := phase.get("contact-name", "").strip():
            mail = phase.get("contact-email", "").strip()
            return f"{name} <{mail}>" if mail else name
    return ""


def _spell(element: etree._Element) -> tuple[str, str | None]:
    name, number = local(element), element.get("id", "")
    pair = element.get("rid") or number
    if name == "g":
        return tag(number), tag(number, "</")
    if name == "x" and number.startswith(_SIGN):
        return sign(number.split("-")[1]), None
    if name in ("x", "ph"):
        return tag(number, "<", "/>"), None
    if name in ("bx", "bpt") or (name == "it" and element.get("pos") == "open"):
        return tag(pair), None
    if name in ("ex", "ept", "it"):
        return tag(pair, "</"), None
    return "", ""


def _first(element: etree._Element, name: str) -> etree._Element | None:
    return next(iter(children(element, name)), None)


def _q(name: str) -> str:
    return f"{{{_CORE}}}{name}"
