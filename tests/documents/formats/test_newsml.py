"""NewsML-G2 and NITF: metadata, content, identity."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings

from tests.documents.formats import generated
from tests.documents.formats.rewriting import RewritingSuite, louder
from translate.documents.formats.newsml import NewsmlFormat
from translate.documents.formats.nitf import NitfFormat
from translate.documents.model import Role
from translate.documents.rewrite import Wording
from translate.errors import DocumentError

NITF = """\
<nitf baselang="fr"><head><title>Sans neige</title><docdata><doc-id id-string="x.1"/></docdata></head><body>
<body.head><hedline><hl1>Un hiver <em>sans neige</em></hl1></hedline><byline>Par <person>Claire Vidal</person></byline>
<dateline><location>Sion</location> <story.date norm="20260112">12 janvier</story.date></dateline></body.head>
<body.content><p>Le <person>président</person> parle. Il rit.</p><hl2>Et après ?</hl2>
<media media-type="image"><media-reference source="a.jpg" alternate-text="Une photo"/><media-caption>Une légende.</media-caption></media>
</body.content></body></nitf>
"""
NAMESPACED = '<nitf xmlns="http://iptc.org/std/NITF/2006-10-18/" '
NEWSML = f"""\
<?xml version="1.0" encoding="UTF-8"?>
<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:newsml:exemple.ch:20260112:neige" version="1"
 standard="NewsML-G2" standardversion="2.35" conformance="power" xml:lang="fr">
<catalogRef href="http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_41.xml"/>
<itemMeta><itemClass qcode="ninat:text"/><provider qcode="nprov:X"/>
<versionCreated>2026-01-12T14:05:00+01:00</versionCreated><pubStatus qcode="stat:usable"/></itemMeta>
<contentMeta><by>Par Claire Vidal</by><language tag="fr"/><subject><name xml:lang="fr">météo</name></subject>
<headline>Un hiver sans neige</headline><slugline>Suisse-neige</slugline></contentMeta>
<contentSet><inlineXML contenttype="application/nitf+xml">{NITF.strip().replace("<nitf ", NAMESPACED)}</inlineXML></contentSet>
</newsItem>
"""
NITF_TEXTS = (
    "Sans neige",
    "Un hiver <1>sans neige</1>",
    "Par <1>Claire Vidal</1>",
    "<1>Sion</1> <2>12 janvier</2>",
    "Le <1>président</1> parle.",
    "Il rit.",
    "Et après ?",
    "Une photo",
    "Une légende.",
)


class TestNitf(RewritingSuite):
    format = NitfFormat()
    suffix = ".xml"
    sample = NITF.encode()
    texts = NITF_TEXTS

    def test_an_edition_has_an_identity_of_its_own(self):
        data = self.format.translate(self.read(self.sample), Wording(louder, "en")).decode()
        assert '<nitf baselang="en">' in data
        assert '<doc-id id-string="x.1:en"/>' in data

    def test_roles(self):
        roles = [segment.role for segment in self.read(self.sample).segments]
        assert roles[1:5] == [Role.HEADLINE, Role.BYLINE, Role.DATELINE, Role.PARAGRAPH]


class TestNewsml(RewritingSuite):
    format = NewsmlFormat()
    suffix = ".xml"
    sample = NEWSML.encode()
    texts = ("Par Claire Vidal", "Un hiver sans neige", "Suisse-neige", *NITF_TEXTS)

    def test_a_translation_is_an_item_of_its_own_linked_to_its_source(self):
        data = self.format.translate(self.read(self.sample), Wording(louder, "en")).decode()
        assert 'guid="urn:newsml:exemple.ch:20260112:neige:en"' in data
        assert 'rel="irel:translatedFrom" residref="urn:newsml:exemple.ch:20260112:neige"' in data
        assert '<language tag="en"/>' in data
        assert '<name xml:lang="fr">météo</name>' in data

    def test_the_edition_keeps_to_the_order_of_the_schema(self):
        rest = '<signal qcode="sig:update"/><link rel="irel:seeAlso" residref="u"/>'
        data = self.sample.replace(b"</itemMeta>", f"{rest}</itemMeta>".encode())
        made = self.format.translate(self.read(data), Wording(louder, "en", ("Machine.",))).decode()
        order = [made.index(one) for one in ("<pubStatus", "<edNote", "<signal", "irel:translatedFrom", "irel:seeAlso")]
        assert order == sorted(order)

    def test_each_item_of_a_message_is_linked_to_its_own_source(self):
        items = (f'<{name} guid="{name}"><itemMeta/></{name}>' for name in ("conceptItem", "packageItem", "newsItem"))
        items = (item.replace("<itemMeta/>", "<itemMeta></itemMeta>") for item in items)
        inner = f'{"".join(items)}<newsItem guid="b"><itemMeta><title>Un</title></itemMeta></newsItem>'
        data = f'<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>{inner}</itemSet></newsMessage>'
        made = self.format.translate(self.read(data.encode()), Wording(louder, "en")).decode()
        assert re.findall(r'guid="(\w+:?\w*)"|residref="(\w+)"', made) == [
            *(("conceptItem", ""), ("packageItem:en", ""), ("", "packageItem")),
            *(("newsItem:en", ""), ("", "newsItem"), ("b:en", ""), ("", "b")),
        ]

    def test_what_an_item_says_in_another_language_is_left_alone(self):
        data = self.sample.replace(b"<slugline>", b'<headline xml:lang="en">No snow</headline><slugline>')
        document = self.read(data)
        assert [segment.text for segment in document.segments] == list(self.texts)
        assert b'<headline xml:lang="en">No snow</headline>' in self.format.translate(document, Wording(louder, "de"))

    def test_the_iptcs_own_reader_reads_the_edition(self):
        newsmlg2 = pytest.importorskip("NewsMLG2")
        data = self.format.translate(self.read(self.sample), Wording(louder, "en", ("Machine.",)))
        item = newsmlg2.NewsMLG2Document(data).get_item()
        assert str(item.contentmeta.headline) == "UN HIVER SANS NEIGE"
        assert item.guid.endswith(":en")

    def test_entities_are_refused(self):
        bomb = (
            b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
            + self.sample.split(b"?>\n", 1)[1]
        )
        with pytest.raises(DocumentError, match="entities"):
            self.read(bomb)

    def test_what_is_not_well_formed_is_refused_with_its_line(self):
        with pytest.raises(DocumentError, match="not well-formed") as caught:
            self.read(self.sample.replace(b"</headline>", b"</headlin>"))
        assert caught.value.where == "essai.xml:8"


LINK = r'<link xmlns=[^>]*rel="irel:translatedFrom"[^>]*/>'


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(generated.newsml_files())
def test_any_item_keeps_the_promises(data):
    generated.hold(TestNewsml(), data, LINK)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(generated.nitf_files())
def test_any_nitf_keeps_the_promises(data):
    generated.hold(TestNitf(), data)
