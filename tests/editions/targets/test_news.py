"""Editions as news items: read back by lxml, judged by the IPTC's reader and by our own formats."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import etree

from tests.editions.targets.abstract import TargetSuite, edition
from translate.catalogs.states import State
from translate.documents.formats import Source
from translate.documents.formats.newsml import NewsmlFormat
from translate.documents.formats.ninjs import NinjsFormat
from translate.documents.model import Role
from translate.editions.targets.news import NewsmlTarget, NinjsTarget

NAMES = {"n": "http://iptc.org/std/nar/2006-10-01/", "h": "http://www.w3.org/1999/xhtml"}
ELEMENTS = {"p", "h1", "h2", "blockquote", "span"}


class TestNewsml(TargetSuite):
    target = NewsmlTarget()

    def held_mark(self, text: str) -> str:
        return f'<span data-state="draft" lang="fr" xml:lang="fr">{text}</span>'

    def no_markup(self, data: bytes) -> None:
        body = etree.fromstring(data).find(".//h:body", NAMES)
        assert body is not None
        assert {etree.QName(one).localname for one in body.iterdescendants()} <= ELEMENTS
        assert {name for one in body.iterdescendants() for name in one.attrib} <= {
            "class", "role", "data-state", "lang", "dir", "{http://www.w3.org/XML/1998/namespace}lang",
        }  # fmt: skip


class TestNinjs(TargetSuite):
    target = NinjsTarget()

    def source(self, data: bytes) -> str:
        return str(json.loads(data)["bodies"][0]["value"])

    def held_mark(self, text: str) -> str:
        return f'<span data-state="draft" lang="fr" xml:lang="fr">{text}</span>'

    def no_markup(self, data: bytes) -> None:
        from lxml import html

        page = html.document_fromstring(f"<body>{self.source(data)}</body>")
        assert {one.tag for one in page.iter() if isinstance(one.tag, str)} <= ELEMENTS | {"html", "body"}


def test_the_iptcs_reader_takes_the_item() -> None:
    newsmlg2 = pytest.importorskip("NewsMLG2")

    made = edition(["One.", "Two.", "Three."], [State.DRAFT], language="de")
    item = newsmlg2.NewsMLG2Document(NewsmlTarget().render(made)).get_item()
    assert item.guid.startswith("urn:uuid:")
    assert str(item.contentmeta.headline[0]) == "Two.[Keystone]"


def test_what_other_systems_ask_of_an_item() -> None:
    made = edition(["One.", "Two.", "Three."], [State.DRAFT, State.REVIEWED], language="de")
    root = etree.fromstring(NewsmlTarget().render(made))
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "de"
    meta = root.find("n:itemMeta", NAMES)
    assert meta is not None
    names = [etree.QName(one).localname for one in meta]
    assert names == ["itemClass", "provider", "versionCreated", "pubStatus", "generator", "edNote"]
    assert root.findtext("n:itemMeta/n:generator", namespaces=NAMES) == "argos fr_en/0.1"
    assert root.findtext("n:contentMeta/n:headline", namespaces=NAMES) == "Two.[Keystone]"
    item = json.loads(NinjsTarget().render(made))
    assert (item["language"], item["headlines"]) == ("de", [{"role": "main", "value": "Two.[Keystone]"}])
    assert item["edNote"].startswith("Teile dieser Ausgabe")
    assert item["uri"] == root.get("guid")


@pytest.mark.parametrize(("target", "format_"), [(NewsmlTarget(), NewsmlFormat()), (NinjsTarget(), NinjsFormat())])
def test_our_own_formats_read_them(target, format_) -> None:
    made = edition(["One.", "Two.", "Three."])
    data = target.render(made)
    assert format_.score(data, "en") > 0.5
    document = format_.read(data, Source("a", Path("a.x"), "en", None, {}))
    assert {"Two.[Keystone]", "Three.[Keystone]"} <= {segment.text for segment in document.segments}
    assert Role.HEADLINE in {segment.role for segment in document.segments}
