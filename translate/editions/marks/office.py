"""Marks in office documents and books: their custom properties."""

from __future__ import annotations

import posixpath
import re
from xml.sax.saxutils import escape, quoteattr

from translate.documents.archive import Archive, open_archive, replaced
from translate.documents.encoding import encode
from translate.editions.disclosure import Disclosure

_CUSTOM = "docProps/custom.xml"
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_CUSTOM_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
# The format identifier that ECMA-376 gives to custom properties.
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_META = "urn:oasis:names:tc:opendocument:xmlns:meta:1.0"
_NAMES = r"translation-(?:state|source-language|summary|machine|reviewer|responsible)"

# What an earlier edition said of itself.
_OLD_PROPERTY = re.compile(rf'<(\w+:)?property\b[^>]*\bname="{_NAMES}"[^>]*>.*?</\1?property>', re.DOTALL)
_OLD_USER_DEFINED = re.compile(
    rf'<meta:user-defined\b[^>]*meta:name="{_NAMES}"[^>]*>.*?</meta:user-defined>', re.DOTALL
)
_OLD_META = re.compile(rf'<(?:[\w-]+:)?meta name="{_NAMES}" content="[^"]*"/>')


def docx(data: bytes, disclosure: Disclosure, where: str) -> bytes:
    """Write custom properties (File, Properties, Custom in Word)."""
    whole = open_archive(data, where)
    parts: dict[str, bytes] = {}
    custom = _target(whole, _CUSTOM_RELATION)
    if custom is None:
        custom = _CUSTOM
        text = f'<?xml version="1.0" encoding="UTF-8"?>\n<Properties xmlns="{_PROPERTIES}"></Properties>'
        override = f'<Override PartName="/{custom}" ContentType="{_CUSTOM_TYPE}"/>'
        _put(whole, parts, "[Content_Types].xml", "Types", override)
        relation = f'<Relationship Id="translation" Type="{_CUSTOM_RELATION}" Target="{custom}"/>'
        _put(whole, parts, "_rels/.rels", "Relationships", relation)
        codec = None
    else:
        text, codec = whole.text(custom)
    text = _OLD_PROPERTY.sub("", text)
    first = max((int(number) for number in re.findall(r'\bpid="(\d+)"', text)), default=1) + 1
    rows = "".join(
        f'<property xmlns="{_PROPERTIES}" fmtid="{_FORMAT}" pid="{number}" name="{name}">'
        f'<vt:lpwstr xmlns:vt="{_TYPES}">{escape(value)}</vt:lpwstr></property>'
        for number, (name, value) in enumerate(disclosure.marks, first)
    )
    text = _inside(text, "Properties", rows) or text
    parts[custom] = encode(text, codec) if codec else text.encode()
    return replaced(whole, parts)


def odt(data: bytes, disclosure: Disclosure, where: str) -> bytes:
    """Write user-defined properties (File, Properties, Custom Properties in LibreOffice)."""
    whole = open_archive(data, where)
    if "meta.xml" not in whole.names:
        return data
    text, codec = whole.text("meta.xml")
    text = _OLD_USER_DEFINED.sub("", text)
    rows = "".join(
        f'<meta:user-defined xmlns:meta="{_META}" meta:name="{name}" meta:value-type="string">{escape(value)}'
        "</meta:user-defined>"
        for name, value in disclosure.marks
    )
    text = _inside(text, "meta", rows) or text
    return replaced(whole, {"meta.xml": encode(text, codec)})


def epub(data: bytes, disclosure: Disclosure, where: str) -> bytes:
    """Write meta elements by name into the package document, as EPUB 2 had them and EPUB 3 allows."""
    whole = open_archive(data, where)
    container, _ = whole.text("META-INF/container.xml")
    package = re.search(r'full-path\s*=\s*["\']([^"\']+)', container)
    if package is None or package[1] not in whole.names:
        return data
    text, codec = whole.text(package[1])
    end = re.search(r"</((?:[\w-]+:)?)metadata\s*>", text)
    if end is None:
        return data
    text = _OLD_META.sub("", text)
    prefix = "opf:" if end[1] == "opf:" else ""
    rows = "".join(f'<{prefix}meta name="{name}" content={_quoted(value)}/>' for name, value in disclosure.marks)
    text = _inside(text, "metadata", rows) or text
    return replaced(whole, {package[1]: encode(text, codec)})


def _quoted(value: str) -> str:
    return quoteattr(value.replace('"', "'"))


def _target(whole: Archive, relation: str) -> str | None:
    """Return the part to which a relation of the package leads."""
    text, _ = whole.text("_rels/.rels")
    for tag in re.findall(r"<(?:\w+:)?Relationship\b[^>]*>", text):
        target = re.search(r'\bTarget\s*=\s*["\']([^"\']+)', tag)
        if relation in tag and target:
            path = posixpath.normpath(target[1].lstrip("/"))
            return path if path in whole.names else None
    return None


def _put(whole: Archive, parts: dict[str, bytes], name: str, element: str, xml: str) -> None:
    """Add XML at the end of the outermost element of a part."""
    text, codec = whole.text(name)
    made = _inside(text, element, xml)
    if made is not None:
        parts[name] = encode(made, codec)


def _inside(text: str, element: str, xml: str) -> str | None:
    """Return a text with XML before the last end of an element; None where it has no end."""
    ends = list(re.finditer(rf"</(?:[\w-]+:)?{element}\s*>", text))
    return text[: ends[-1].start()] + xml + text[ends[-1].start() :] if ends else None
