"""Editions as news items for other systems: NewsML-G2 with XHTML inside, and ninjs 3 with HTML inside."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Sequence
from html import escape

from translate.documents.encoding import spaced
from translate.documents.model import Role
from translate.editions.disclosure import one_line
from translate.editions.edition import Edition, EditionBlock
from translate.editions.marks import marked
from translate.editions.targets.rendering import runs, stories, title

_NAR = "http://iptc.org/std/nar/2006-10-01/"
_XHTML = "http://www.w3.org/1999/xhtml"
# The standards ask for the moment of a version; where no catalog says when it was made, the first that computers know.
_NEVER = "1970-01-01"
# How a role is written, and the class that says it where the element does not.
_ELEMENTS = {Role.HEADLINE: "h1", Role.CROSSHEAD: "h2", Role.QUOTATION: "blockquote"}


class NewsmlTarget:
    """Render a NewsML-G2 item."""

    name = "newsml"
    suffix = ".newsml.xml"

    def render(self, edition: Edition) -> bytes:
        """Return the item: its metadata, and the story as XHTML."""
        notes = "".join(f"<edNote>{_text(notice)}</edNote>" for notice in edition.notices)
        told = {
            "headline": title(edition),
            "dateline": _first(edition, Role.DATELINE),
            "by": _first(edition, Role.BYLINE),
            "description": _first(edition, Role.LEAD),
        }
        metadata = "".join(f"<{name}>{_text(words)}</{name}>\n" for name, words in told.items() if words)
        item = f"""\
<?xml version="1.0" encoding="UTF-8"?>
<newsItem xmlns="{_NAR}" guid="{identity(edition)}" version="1" standard="NewsML-G2" standardversion="2.35"
 conformance="core" xml:lang="{edition.language}">
<catalogRef href="http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_41.xml"/>
<itemMeta>
<itemClass qcode="ninat:text"/>
<provider literal="{escape(_provider(edition))}"/>
<versionCreated>{_created(edition)}</versionCreated>
<pubStatus qcode="stat:usable"/>
{notes}</itemMeta>
<contentMeta>
<language tag="{edition.language}"/>
{metadata}</contentMeta>
<contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="{_XHTML}" lang="{edition.language}" \
xml:lang="{edition.language}">
<head><title>{_text(title(edition))}</title></head>
<body>
{body(edition)}</body></html></inlineXML></contentSet>
</newsItem>
"""
        data = item.encode("utf-8", "replace")
        return marked(data, "newsml", edition.disclosure, edition.document) if edition.disclosure.policy.marks else data

    def texts(self, edition: Edition) -> Sequence[str]:
        """Return the notices and every block but alternative texts."""
        return _said(edition)

    def read(self, data: bytes) -> Sequence[str]:
        """Parse the item with lxml and return the words of the blocks in its content."""
        from lxml import etree

        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
        page = next(root.iter(f"{{{_XHTML}}}body"))
        return [spaced("".join(str(text) for text in one.itertext())) for one in page]


class NinjsTarget:
    """Render a ninjs item."""

    name = "ninjs"
    suffix = ".ninjs.json"

    def render(self, edition: Edition) -> bytes:
        """Return the item: its metadata, and the story as HTML."""
        item = {
            "uri": identity(edition),
            "standard": {"name": "ninjs", "version": "3.0"},
            "type": "text",
            "language": edition.language,
            "versionCreated": _created(edition),
            "pubStatus": "usable",
            "edNote": " ".join(map(one_line, edition.notices)),
            "by": _first(edition, Role.BYLINE),
            "headlines": [{"role": "main", "value": title(edition)}],
            "descriptions": [{"role": "summary", "value": words}] if (words := _first(edition, Role.LEAD)) else [],
            "bodies": [{"role": "main", "contentType": "text/html", "value": body(edition)}],
        }
        kept = {name: value for name, value in item.items() if value}
        return (json.dumps(kept, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")

    def texts(self, edition: Edition) -> Sequence[str]:
        """Return the notices and every block but alternative texts."""
        return _said(edition)

    def read(self, data: bytes) -> Sequence[str]:
        """Parse the body with lxml and return the words of its blocks."""
        from lxml import html

        (value,) = (one["value"] for one in json.loads(data)["bodies"])
        page = html.fragment_fromstring(value, create_parent="div")
        return [spaced("".join(str(text) for text in one.itertext())) for one in page]


def body(edition: Edition) -> str:
    """Return the notices and the blocks of an edition as elements that are HTML and XHTML, a line each."""
    notices = (f'<p class="notice" role="note">{_text(notice)}</p>\n' for notice in edition.notices)
    return "".join((*notices, *(_element(edition, one) for story in stories(edition) for one in story)))


def identity(edition: Edition) -> str:
    """Return a name for an item that is the same for the same document in the same language."""
    name = f"{edition.document}/{edition.language}"
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name)}"


def _element(edition: Edition, block: EditionBlock) -> str:
    name = _ELEMENTS.get(block.role, "p")
    role = "" if block.role in _ELEMENTS or block.role is Role.PARAGRAPH else f' class="{block.role}"'
    return f"<{name}{role}>{''.join(_runs(edition, block))}</{name}>\n"


def _runs(edition: Edition, block: EditionBlock) -> Iterator[str]:
    for run in runs(edition, block):
        said = {"data-state": run.state, "lang": run.language, "xml:lang": run.language, "dir": run.direction}
        attributes = "".join(f' {name}="{value}"' for name, value in said.items() if value)
        yield f"<span{attributes}>{_text(run.words)}</span>" if attributes else _text(run.words)


def _said(edition: Edition) -> list[str]:
    shown = [one for story in stories(edition) for one in story]
    return [
        *map(one_line, edition.notices),
        *(spaced("".join(run.words for run in runs(edition, one))) for one in shown),
    ]


def _first(edition: Edition, role: Role) -> str:
    return next((one_line(block.text) for block in edition.blocks if block.role is role), "")


def _provider(edition: Edition) -> str:
    return one_line(edition.disclosure.policy.responsible) or "Translation Desk"


def _created(edition: Edition) -> str:
    return f"{edition.disclosure.revised or _NEVER}T00:00:00Z"


def _text(words: str) -> str:
    return escape(one_line(words) if "\n" in words else words, quote=False)
