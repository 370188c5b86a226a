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
from translate.editions import own
from translate.errors import DocumentError, EditionError

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

    def test_the_notice_stands_in_the_content_of_the_text(self):
        note = "<note><body.content><p>Attention.</p></body.content></note>"
        data = self.sample.replace(b"<body.head>", f"<body.head>{note}".encode())
        made = self.format.translate(self.read(data), Wording(louder, "en", ("Machine.",)))
        assert b'<body.content><note noteclass="editorsnote"><body.content><p>Machine.</p>' in made
        assert b"<note><body.content><p>ATTENTION.</p>" in made

    @pytest.mark.parametrize("end", ["", "<body.end><tagline>Fin</tagline></body.end>"])
    @pytest.mark.parametrize("name", ["", ' xmlns="http://iptc.org/std/NITF/2006-10-18/"'])
    def test_a_text_without_content_gets_one_for_the_notice(self, name, end):
        head = "<body.head><hedline><hl1>Un</hl1></hedline></body.head>"
        document = self.read(f"<nitf{name}><body>{head}{end}</body></nitf>".encode())
        made = own._proven(document, self.format, Wording(louder, "en", ("Machine.",)), {}).decode()
        note = '<note noteclass="editorsnote"><body.content><p>Machine.</p></body.content></note>'
        assert f"</body.head><body.content{name}>{note}</body.content>" in made

    def test_parts_of_names_places_and_rights_are_codes(self):
        parts = {
            "person": "<name.given>Claire</name.given> <name.family>Vidal</name.family>",
            "location": "<city>Sion</city> (<region>Valais</region>)",
            "copyrite": "<copyrite.year>2026</copyrite.year> <copyrite.holder>Agence</copyrite.holder>",
            "frac": "<numer>1</numer><frac-sep>/</frac-sep><denom>2</denom>",
        }
        for name, inner in parts.items():
            document = self.read(
                f"<nitf><body><body.content><p>Un <{name}>{inner}</{name}> ici</p></body.content></body></nitf>".encode()
            )
            assert len(list(document.segments)) == 1


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
        document = self.read(data.encode())
        noted = self.format.translate(document, Wording(louder, "en", ("Machine.",))).decode()
        assert [part.count("<edNote") for part in re.split("<(?:concept|package|news)Item", noted)] == [0, 0, 1, 1, 1]
        made = self.format.translate(document, Wording(louder, "en")).decode()
        assert re.findall(r'guid="(\w+:?\w*)"|residref="(\w+)"', made) == [
            *(("conceptItem", ""), ("packageItem:en", ""), ("", "packageItem")),
            *(("newsItem:en", ""), ("", "newsItem"), ("b:en", ""), ("", "b")),
        ]

    def test_what_an_item_says_in_another_language_is_left_alone(self):
        data = self.sample.replace(b"<slugline>", b'<headline xml:lang="en">No snow</headline><slugline>')
        document = self.read(data)
        assert [segment.text for segment in document.segments] == list(self.texts)
        assert b'<headline xml:lang="en">No snow</headline>' in self.format.translate(document, Wording(louder, "de"))

    def test_what_an_item_says_in_the_editions_language_is_left_alone(self):
        data = self.sample.replace(b"<slugline>", b'<headline xml:lang="en">No snow</headline><slugline>')
        made = own._proven(self.read(data), self.format, Wording(louder, "en", ("Machine.",)), {})
        assert b'<headline xml:lang="en">No snow</headline>' in made

    @pytest.mark.parametrize(
        ("page", "made"),
        [
            (
                '<![CDATA[<p lang="fr">Un <b>mot</b> &amp; un.</p><p>Deux<br>mots</p>]]>',
                '<![CDATA[<p lang="en">UN <b>MOT</b> &amp; UN.</p><p>DEUX<br>MOTS</p>]]>',
            ),
            (
                "&lt;p lang='fr'&gt;Un &lt;b&gt;mot&lt;/b> &amp;amp; un.&lt;/p&gt; &#60;p>Deux&lt;br&gt;mots&lt;/p>",
                "&lt;p lang='en'&gt;UN &lt;b&gt;MOT&lt;/b&gt; &amp;amp; UN.&lt;/p&gt; &#60;p>DEUX&lt;br&gt;MOTS&lt;/p>",
            ),
        ],
    )
    def test_a_page_that_is_escaped_is_read_as_a_page(self, page, made):
        data = f"<contentSet><inlineData contenttype='text/html'>{page}</inlineData>"
        document = self.read(self.sample.replace(b"<contentSet>", data.encode()))
        texts = [segment.text for segment in document.segments]
        assert [one for one in texts if one not in self.texts] == ["Un <1>mot</1> & un.", "Deux<1/>mots"]
        own.prove(document, self.format, {})
        assert made in own._proven(document, self.format, Wording(louder, "en"), {}).decode()

    def test_an_item_without_a_place_for_the_notice_makes_no_edition(self):
        item = b'<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="a"><contentMeta><headline>Un</headline>'
        document = self.read(item + b"</contentMeta></newsItem>")
        with pytest.raises(EditionError, match="no place to say"):
            own._proven(document, self.format, Wording(louder, "en", ("Machine.",)), {})

    @pytest.mark.parametrize("declared", ["", '<?xml version="1.0" encoding="UTF-8"?>'])
    def test_another_encoding_than_it_says_is_refused(self, declared):
        item = '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/"><contentMeta><headline>été</headline></contentMeta></newsItem>'
        with pytest.raises(DocumentError, match="says its encoding"):
            self.read((declared + item).encode("latin-1"))

    @pytest.mark.parametrize(
        "doctype",
        [
            '<!DOCTYPE newsItem [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>',
            '<!DOCTYPE newsItem [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
            '<!DOCTYPE newsItem [<!ENTITY % a SYSTEM "http://exemple.org/a"> %a;]>',
        ],
    )
    def test_entities_are_refused(self, doctype):
        with pytest.raises(DocumentError, match="declares entities"):
            self.read(doctype.encode() + self.sample.partition(b"?>")[2])

    def test_a_page_that_is_partly_in_a_section_is_refused(self):
        page = b"<contentSet><inlineData contenttype='text/html'>&lt;p&gt;<![CDATA[Un</p>]]></inlineData>"
        with pytest.raises(DocumentError, match="partly in a CDATA section"):
            self.read(self.sample.replace(b"<contentSet>", page))

    @pytest.mark.parametrize(
        "kind", ["'application/json'", "'image/png' encoding='e:base64'", "'text/csv' encoding='e:a'"]
    )
    def test_data_is_left_alone(self, kind):
        data = f"<contentSet><inlineData contenttype={kind}>mots</inlineData>"
        document = self.read(self.sample.replace(b"<contentSet>", data.encode()))
        assert [segment.text for segment in document.segments] == list(self.texts)

    def test_the_iptcs_own_reader_reads_the_edition(self):
        newsmlg2 = pytest.importorskip("NewsMLG2")
        data = self.format.translate(self.read(self.sample), Wording(louder, "en", ("Machine.",)))
        item = newsmlg2.NewsMLG2Document(data).get_item()
        assert str(item.contentmeta.headline) == "UN HIVER SANS NEIGE"
        assert item.guid.endswith(":en")

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
