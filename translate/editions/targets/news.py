"""Editions as news items for other systems: NewsML-G2 with XHTML inside, and ninjs 3 with HTML inside."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Any

from translate.documents.encoding import spaced
from translate.documents.model import Role
from translate.editions.disclosure import Disclosure, one_line
from translate.editions.edition import Edition, EditionBlock
from translate.editions.marks import marked
from translate.editions.targets.rendering import identity, runs, said, stories, title

_NAR = "http://iptc.org/std/nar/2006-10-01/"
_XHTML = "http://www.w3.org/1999/xhtml"
_NAMES = {"n": _NAR, "h": _XHTML}
# The standards ask for the moment of a version; where no catalog says when it was made, the first that computers know.
_NEVER = "1970-01-01"
# The IPTC's name for what an item has to do with the one it translates.
_RELATION = "irel:translatedFrom"
# How a role is written, and the class that says it where the element does not.
_ELEMENTS = {Role.HEADLINE: "h1", Role.CROSSHEAD: "h2", Role.QUOTATION: "blockquote"}
# What metadata repeat of the story, in the order of NewsML-G2; the headline is the title.
_TOLD = {"headline": Role.HEADLINE, "dateline": Role.DATELINE, "by": Role.BYLINE, "description": Role.LEAD}


class NewsmlTarget:
    """Render a NewsML-G2 item."""

    name = "newsml"
    suffix = ".newsml.xml"

    def render(self, edition: Edition) -> bytes:
        """Return the item: its metadata, and the story as XHTML."""
        notes = "".join(f"<edNote>{_text(notice)}</edNote>\n" for notice in edition.notices)
        metadata = "".join(f"<{name}>{_text(words)}</{name}>\n" for name, words in _told(edition).items())
        own, source = (identity(edition, one) for one in (edition.language, edition.source_language))
        item = f"""\
<?xml version="1.0" encoding="UTF-8"?>
<newsItem xmlns="{_NAR}" guid="{own}" version="{_version(edition)}" standard="NewsML-G2" standardversion="2.35"
 conformance="core" xml:lang="{edition.language}">
<catalogRef href="http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_41.xml"/>
<itemMeta>
<itemClass qcode="ninat:text"/>
<provider literal="{escape(_provider(edition))}"/>
<versionCreated>{_created(edition)}</versionCreated>
<pubStatus qcode="stat:usable"/>
{notes}<link rel="{_RELATION}" residref="{source}"/>
</itemMeta>
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
        """Return what the metadata say, then the notices and every block but alternative texts."""
        return [*edition.notices, *_told(edition).values(), title(edition), *said(edition)]

    def read(self, data: bytes) -> Sequence[str]:
        """Parse the item with lxml and return the words of its metadata and of the blocks in its content."""
        from lxml import etree

        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
        places = ("n:itemMeta/n:edNote", *(f"n:contentMeta/n:{name}" for name in _TOLD), ".//h:head/h:title")
        metadata = (one for place in places for one in root.iterfind(place, _NAMES))
        page = next(root.iter(f"{{{_XHTML}}}body"))
        return [*_words(metadata), *_words(page)]


class NinjsTarget:
    """Render a ninjs item."""

    name = "ninjs"
    suffix = ".ninjs.json"

    def render(self, edition: Edition) -> bytes:
        """Return the item: its metadata, and the story as HTML."""
        told, source = _told(edition), edition.source_language
        item = {
            "uri": identity(edition, edition.language),
            "standard": {"name": "ninjs", "version": "3.0"},
            "type": "text",
            "language": edition.language,
            "version": str(_version(edition)),
            "versionCreated": _created(edition),
            "pubStatus": "usable",
            "edNote": " ".join(edition.notices),
            "by": told.get("by"),
            "headlines": [{"role": "main", "value": told["headline"]}],
            "descriptions": [{"role": "summary", "value": words}] if (words := told.get("description")) else [],
            "bodies": [{"role": "main", "contentType": "text/html", "value": body(edition)}],
            "associations": [
                {"name": "translatedFrom", "rel": _RELATION, "uri": identity(edition, source), "language": source}
            ],
            **_marks(edition.disclosure),
        }
        kept = {name: value for name, value in item.items() if value}
        return (json.dumps(kept, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")

    def texts(self, edition: Edition) -> Sequence[str]:
        """Return what the metadata say, then the notices and every block but alternative texts."""
        told = _told(edition)
        found = (" ".join(edition.notices), *(told.get(name) for name in ("headline", "by", "description")))
        return [*filter(None, found), *said(edition)]

    def read(self, data: bytes) -> Sequence[str]:
        """Parse the body with lxml and return the words of the metadata and of its blocks."""
        from lxml import html

        item = json.loads(data)
        heads, leads, bodies = (
            [one["value"] for one in item.get(name, ())] for name in ("headlines", "descriptions", "bodies")
        )
        (value,) = bodies
        page = html.fragment_fromstring(value, create_parent="div")
        return [*filter(None, [item.get("edNote"), *heads, item.get("by"), *leads]), *_words(page)]


def body(edition: Edition) -> str:
    """Return the notices and the blocks of an edition as elements that are HTML and XHTML, a line each."""
    notices = (f'<p class="notice" role="note">{_text(notice)}</p>\n' for notice in edition.notices)
    return "".join((*notices, *(_element(edition, one) for story in stories(edition) for one in story)))


def _element(edition: Edition, block: EditionBlock) -> str:
    name = _ELEMENTS.get(block.role, "p")
    role = "" if block.role in _ELEMENTS or block.role is Role.PARAGRAPH else f' class="{block.role}"'
    return f"<{name}{role}>{''.join(_runs(edition, block))}</{name}>\n"


def _runs(edition: Edition, block: EditionBlock) -> Iterator[str]:
    for run in runs(edition, block):
        of = {"data-state": run.state, "lang": run.language, "xml:lang": run.language, "dir": run.direction}
        attributes = "".join(f' {name}="{value}"' for name, value in of.items() if value)
        yield f"<span{attributes}>{_text(run.words)}</span>" if attributes else _text(run.words)


def _told(edition: Edition) -> dict[str, str]:
    """Return what metadata repeat of a story, by the names of NewsML-G2; nothing is empty."""
    first = {
        name: next((one_line(block.text) for block in edition.blocks if block.role is role), "")
        for name, role in _TOLD.items()
    }
    return {name: words for name, words in (first | {"headline": title(edition)}).items() if words}


def _marks(disclosure: Disclosure) -> dict[str, Any]:
    """Return the marks where ninjs has places for the like: who had a part in a text, and what kind of text it is."""
    parts = {
        "translation-machine": [machine.name for machine in disclosure.machines],
        "translation-reviewer": disclosure.reviewers,
        "translation-responsible": [one_line(disclosure.policy.responsible)],
    }
    marks = dict(disclosure.marks)
    sources = [{"name": one, "role": name} for name, ones in parts.items() if name in marks for one in ones]
    genres = [{"name": value, "literal": name} for name, value in marks.items() if name not in parts]
    return {"infoSources": sources, "genres": genres}


def _words(elements: Iterable[Any]) -> Iterator[str]:
    return (spaced("".join(map(str, one.itertext()))) for one in elements)


def _provider(edition: Edition) -> str:
    return one_line(edition.disclosure.policy.responsible) or "Translation Desk"


def _created(edition: Edition) -> str:
    told = edition.disclosure
    return told.written or f"{told.revised or _NEVER}T00:00:00Z"


def _version(edition: Edition) -> int:
    """Return a number that grows when the catalog is written: the minutes since the first moment of 1970."""
    return max(1, int(dt.datetime.fromisoformat(_created(edition)).timestamp()) // 60)


def _text(words: str) -> str:
    return escape(one_line(words) if "\n" in words else words, quote=False)
