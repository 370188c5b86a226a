"""Editions as news items: read back by lxml, judged by the IPTC's reader and by our own formats."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from tests.editions.targets.abstract import TargetSuite, edition
from translate.catalogs.states import State
from translate.documents.formats import Source
from translate.documents.formats.newsml import NewsmlFormat
from translate.documents.formats.ninjs import NinjsFormat
from translate.documents.model import Role
from translate.editions.disclosure import NAMES as NAMES_OF_MARKS
from translate.editions.edition import Edition
from translate.editions.policy import Policy
from translate.editions.targets.news import NewsmlTarget, NinjsTarget
from translate.editions.targets.rendering import identity

NAMES = {"n": "http://iptc.org/std/nar/2006-10-01/", "h": "http://www.w3.org/1999/xhtml"}
ELEMENTS = {"p", "h1", "h2", "blockquote", "span"}
MARKUP = r"<(edNote|headline|dateline|by|description)>[^<]+|<title>[^<]+"
TOLD = ["One.[Keystone]", "Two.[Keystone]", "Three.[Keystone]", "Four.[Keystone]"]


def told(*states: State, language: str = "de") -> Edition:
    """Return an edition whose metadata have something of everything."""
    made = edition(["One.", "Two.", "Three.", "Four."], states or [State.DRAFT], language=language)
    roles = (Role.HEADLINE, Role.DATELINE, Role.BYLINE, Role.LEAD)
    blocks = tuple(replace(block, role=role) for block, role in zip(made.blocks, roles, strict=True))
    return replace(made, blocks=blocks)


def revised(made: Edition, **changed: object) -> Edition:
    return replace(made, disclosure=replace(made.disclosure, **changed))


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

    def test_words_are_those_of_the_blocks(self) -> None:
        assert self.target.read(self.target.render(told(State.REVIEWED))) == [*TOLD, TOLD[0], *TOLD]

    def test_no_words_of_the_metadata_are_taken_on_trust(self) -> None:
        made = told()
        data = self.target.render(made).decode()
        places = list(re.finditer(MARKUP, data))
        assert len(places) == 6
        for place in places:
            lie = f"{data[: place.end()]} not{data[place.end() :]}".encode()
            assert list(self.target.read(lie)) != list(self.target.texts(made))


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

    def test_words_are_those_of_the_blocks(self) -> None:
        headline, _, by, lead = TOLD
        assert self.target.read(self.target.render(told(State.REVIEWED))) == [headline, by, lead, *TOLD]

    def test_no_words_of_the_metadata_are_taken_on_trust(self) -> None:
        made = told()
        for change in (
            {"edNote": "No."},
            {"by": "No."},
            {"headlines": [{"value": "No."}]},
            {"descriptions": [{"value": "No."}]},
        ):
            lie = json.dumps(json.loads(self.target.render(made)) | change).encode()
            assert list(self.target.read(lie)) != list(self.target.texts(made))


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
    assert names == ["itemClass", "provider", "versionCreated", "pubStatus", "generator", "edNote", "link"]
    assert root.findtext("n:itemMeta/n:generator", namespaces=NAMES) == "argos fr_en/0.1"
    assert root.findtext("n:contentMeta/n:headline", namespaces=NAMES) == "Two.[Keystone]"
    item = json.loads(NinjsTarget().render(made))
    assert (item["language"], item["headlines"]) == ("de", [{"role": "main", "value": "Two.[Keystone]"}])
    assert item["edNote"].startswith("Teile dieser Ausgabe")
    assert item["uri"] == root.get("guid")


def test_an_item_says_what_it_translates() -> None:
    german, english = told(language="de"), told(language="en")
    (link,) = etree.fromstring(NewsmlTarget().render(german)).iterfind("n:itemMeta/n:link", NAMES)
    assert dict(link.attrib) == {"rel": "irel:translatedFrom", "residref": identity(german, "fr")}
    (other,) = json.loads(NinjsTarget().render(english))["associations"]
    assert (other["name"], other["rel"], other["language"]) == ("translatedFrom", "irel:translatedFrom", "fr")
    # Both editions name one source, and neither is it.
    assert other["uri"] == link.get("residref") not in (identity(german, "de"), identity(english, "en"))


def test_the_version_grows_when_the_catalog_is_written() -> None:
    moments = ("", "2026-11-02T10:00:00Z", "2026-11-02T10:01:00Z", "2027-01-01T00:00:00Z")
    versions = []
    for moment in moments:
        made = revised(told(), written=moment)
        root, item = etree.fromstring(NewsmlTarget().render(made)), json.loads(NinjsTarget().render(made))
        assert item["version"] == root.get("version")
        created = root.findtext(".//n:versionCreated", namespaces=NAMES)
        assert item["versionCreated"] == created == (moment or "1970-01-01T00:00:00Z")
        versions.append(int(item["version"]))
    assert versions == sorted(set(versions))
    assert versions[0] == 1
    assert versions[-1] < 2**31


def test_ninjs_carries_the_marks() -> None:
    made = told(State.DRAFT, State.REVIEWED)
    policy = Policy(names=True, responsible="Der Bote AG")
    made = revised(made, policy=policy, translator="Ada B.")
    item = json.loads(NinjsTarget().render(made))
    read = {one["literal"]: one["name"] for one in item["genres"]}
    read |= {one["role"]: one["name"] for one in item["infoSources"]}
    assert read == dict(made.disclosure.marks)
    assert set(read) == set(NAMES_OF_MARKS)
    silent = json.loads(NinjsTarget().render(revised(made, policy=Policy(marks=False, responsible="Der Bote AG"))))
    assert not {"genres", "infoSources"} & silent.keys()


@pytest.mark.parametrize(("target", "format_"), [(NewsmlTarget(), NewsmlFormat()), (NinjsTarget(), NinjsFormat())])
def test_our_own_formats_read_them(target, format_) -> None:
    made = edition(["One.", "Two.", "Three."])
    data = target.render(made)
    assert format_.score(data, "en") > 0.5
    document = format_.read(data, Source("a", Path("a.x"), "en", None, {}))
    assert {"Two.[Keystone]", "Three.[Keystone]"} <= {segment.text for segment in document.segments}
    assert Role.HEADLINE in {segment.role for segment in document.segments}
