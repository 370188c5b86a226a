"""Marks in news items: the software that made them, and how far they are reviewed."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

from translate.documents.archive import decode_xml
from translate.documents.encoding import encode
from translate.editions.disclosure import Disclosure

_NAR = "http://iptc.org/std/nar/2006-10-01/"
_ITEM_META = re.compile(r"(<((?:\w+:)?)itemMeta\b[^>]*(?<!/)>)(.*?)(</\2itemMeta\s*>)", re.DOTALL)
# The schema has an order: what follows the generator in the management metadata of an item.
_AFTER_GENERATOR = re.compile(
    r"<(?:\w+:)?(?:profile|service|title|edNote|memberOf|instanceOf|signal|altRep|deliverableOf|hash|expires|origRep|"
    r"incomingFeedId|metadataCreator|link|itemMetaExtProperty)\b"
)
_NITF_HEAD = re.compile(r"(<((?:\w+:)?)head\b[^>]*(?<!/)>\s*(?:<\2title\b.*?</\2title\s*>)?)", re.DOTALL)
_OLD_META = re.compile(r'<(?:\w+:)?meta name="translation-[\w-]+" content="[^"]*"/>')


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
    text = _OLD_META.sub("", text)

    def named(match: re.Match[str]) -> str:
        prefix = match[2]
        rows = (
            f"<{prefix}meta name={quoteattr(name)} content={_attribute(value)}/>" for name, value in disclosure.marks
        )
        return match[1] + "".join(rows)

    return encode(_NITF_HEAD.sub(named, text, count=1), encoding)


def _attribute(value: str) -> str:
    return quoteattr(value.replace('"', "'"))
