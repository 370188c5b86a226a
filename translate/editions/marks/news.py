"""Marks in news items: the software that made them, and how far they are reviewed."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

from translate.documents.archive import decode_xml
from translate.documents.encoding import encode
from translate.documents.markup import escaped_attribute, xml_events
from translate.editions.disclosure import NAMES, Disclosure
from translate.editions.marks.markup import added, without

_NAR = "http://iptc.org/std/nar/2006-10-01/"
_ITEM_META = re.compile(r"(<((?:\w+:)?)itemMeta\b[^>]*(?<!/)>)(.*?)(</\2itemMeta\s*>)", re.DOTALL)
# The schema has an order: what follows the generator in the management metadata of an item.
_AFTER_GENERATOR = re.compile(
    r"<(?:\w+:)?(?:profile|service|title|edNote|memberOf|instanceOf|signal|altRep|deliverableOf|hash|expires|origRep|"
    r"incomingFeedId|metadataCreator|link|itemMetaExtProperty)\b"
)
_NITF = "http://iptc.org/std/NITF/2006-10-18/"


def newsml(data: bytes, disclosure: Disclosure, where: str) -> bytes:
    """Name the machines as generators of each item, with their versions (NewsML-G2 `generator`)."""
    text, encoding = decode_xml(data, where)
    made = "".join(
        f'<generator xmlns="{_NAR}" versioninfo={_attribute(f"{disclosure.state}; {disclosure.summary}")}>'
        f"{escape(machine.name)}</generator>"
        for machine in disclosure.machines
    )

    def generated(match: re.Match[str]) -> str:
        after = _AFTER_GENERATOR.search(match[3])
        at = after.start() if after else len(match[3])
        return match[1] + match[3][:at] + made + match[3][at:] + match[4]

    return encode(_ITEM_META.sub(generated, text), encoding)


def nitf(data: bytes, disclosure: Disclosure, where: str) -> bytes:
    """Write meta elements after the title of the head; a file without a head has no place."""
    text, encoding = decode_xml(data, where)
    prefix, space = ("nitf:", f' xmlns="{_NITF}"') if _NITF in text[:4096] else ("", "")
    rows = "".join(
        f'<meta{space} name="{name}" content="{escaped_attribute(value)}"/>' for name, value in disclosure.marks
    )
    kept = without(xml_events(text, where), NAMES, f"{prefix}meta", "name")
    made = added(kept, f"{prefix}head", rows, after={f"{prefix}title", f"{prefix}meta"}.__contains__)
    return encode(made, encoding)


def _attribute(value: str) -> str:
    return quoteattr(value.replace('"', "'"))
