"""Marks in office documents and books: their custom properties."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from xml.sax.saxutils import escape

from translate.documents.archive import Archive, open_archive, replaced
from translate.documents.encoding import encode, whole_number
from translate.documents.markup import Event, attributes, escaped_attribute, xml_events
from translate.editions.disclosure import NAMES, Disclosure
from translate.editions.marks.markup import added, without

_CUSTOM = "docProps/custom.xml"
_RELATIONS = "_rels/.rels"
_TYPES = "[Content_Types].xml"
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
# What the two editions of the standard, the usual one and the strict one, call the same.
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_USUAL = (f"{_OFFICE}/relationships/custom-properties", f"{_OFFICE}/custom-properties", f"{_OFFICE}/docPropsVTypes")
_PURL = "http://purl.oclc.org/ooxml/officeDocument"
_STRICT = (f"{_PURL}/relationships/customProperties", f"{_PURL}/customProperties", f"{_PURL}/docPropsVTypes")
# The format identifier that ECMA-376 gives to custom properties.
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
# Word shows no more of a text.
_LONGEST = 255
_META = "urn:oasis:names:tc:opendocument:xmlns:meta:1.0"
_OPF = "http://www.idpf.org/2007/opf"
_BOOK = "application/oebps-package+xml"


def docx(data: bytes, disclosure: Disclosure, where: str) -> bytes:
    """Write custom properties (File, Properties, Custom in Word)."""
    whole = open_archive(data, where)
    if _RELATIONS not in whole.names:
        # No office program opens such a file.
        return data
    kind, namespace, values = _STRICT if _PURL in whole.text(_RELATIONS)[0] else _USUAL
    parts: dict[str, bytes] = {}
    custom = _target(whole, kind)
    if custom is None:
        custom = _CUSTOM
        events = list(xml_events(f'<Properties xmlns="{namespace}"/>', where))
        relation = f'<Relationship xmlns="{_PACKAGE}/relationships" Id="rIdMarks" Type="{kind}" Target="{custom}"/>'
        of_type = f'<Override xmlns="{_PACKAGE}/content-types" PartName="/{custom}" ContentType="{_CUSTOM_TYPE}"/>'
        types = without(_events(whole, _TYPES), {f"/{custom}"}, "ct:Override", "PartName")
        _write(whole, parts, _TYPES, added(types, "ct:Types", of_type))
        _write(whole, parts, _RELATIONS, added(_events(whole, _RELATIONS), "rel:Relationships", relation))
    else:
        events = without(_events(whole, custom), NAMES, "custom:property", "name")
    tags = ({one.name: one.value for one in attributes(event.raw)} for event in events)
    first = max((whole_number(tag.get("pid", "")) for tag in tags), default=1) + 1
    rows = "".join(
        f'<property xmlns="{namespace}" fmtid="{_FORMAT}" pid="{number}" name="{name}">'
        f'<vt:lpwstr xmlns:vt="{values}">{escape(_short(value))}</vt:lpwstr></property>'
        for number, (name, value) in enumerate(disclosure.marks, first)
    )
    _write(whole, parts, custom, added(events, "custom:Properties", rows))
    return replaced(whole, parts)


def odt(data: bytes, disclosure: Disclosure, where: str) -> bytes:
    """Write user-defined properties (File, Properties, Custom Properties in LibreOffice)."""
    whole = open_archive(data, where)
    if "meta.xml" not in whole.names:
        return data
    rows = "".join(
        f'<m:user-defined xmlns:m="{_META}" m:name="{name}" m:value-type="string">{escape(value)}</m:user-defined>'
        for name, value in disclosure.marks
    )
    parts: dict[str, bytes] = {}
    kept = without(_events(whole, "meta.xml"), NAMES, "meta:user-defined", "name")
    _write(whole, parts, "meta.xml", added(kept, "office:meta", rows))
    return replaced(whole, parts)


def epub(data: bytes, disclosure: Disclosure, where: str) -> bytes:
    """Write meta elements by name into every package document, as EPUB 2 had them and EPUB 3 allows."""
    whole = open_archive(data, where)
    rows = "".join(
        f'<meta xmlns="{_OPF}" name="{name}" content="{escaped_attribute(value)}"/>' for name, value in disclosure.marks
    )
    parts: dict[str, bytes] = {}
    for event in _events(whole, "META-INF/container.xml"):
        values = {one.name: one.value for one in attributes(event.raw)} if event.name == "ocf:rootfile" else {}
        package = values.get("full-path", "")
        if package in whole.names and values.get("media-type", _BOOK) == _BOOK:
            kept = without(_events(whole, package), NAMES, "opf:meta", "name")
            _write(whole, parts, package, added(kept, "opf:metadata", rows))
    return replaced(whole, parts)


def _short(value: str) -> str:
    return value if len(value) <= _LONGEST else f"{value[: _LONGEST - 1]}…"


def _target(whole: Archive, relation: str) -> str | None:
    """Return the part to which a relation of the package leads."""
    for event in _events(whole, _RELATIONS):
        values = {one.name: one.value for one in attributes(event.raw)} if event.name == "rel:Relationship" else {}
        if values.get("Type") == relation:
            path = posixpath.normpath(values.get("Target", "").lstrip("/"))
            return path if path in whole.names else None
    return None


def _events(whole: Archive, name: str) -> Iterable[Event]:
    return xml_events(whole.text(name)[0], f"{whole.where}:{name}")


def _write(whole: Archive, parts: dict[str, bytes], name: str, text: str) -> None:
    """Write a part in the encoding that it has, a new one in UTF-8."""
    parts[name] = encode(text, whole.text(name)[1]) if name in whole.names else text.encode()
