"""Marks in files that are right, but not as most are."""

from __future__ import annotations

import io
import json
import tomllib
import zipfile
from pathlib import Path

import pytest
import yaml
from lxml import etree, html

from tests.documents.formats import test_docx, test_epub, test_html, test_markdown, test_newsml, test_odt
from tests.documents.formats.rewriting import RewritingSuite, louder, zipped
from translate.catalogs.states import State
from translate.documents.formats import Source
from translate.documents.rewrite import Wording
from translate.editions.disclosure import Disclosure, Machine, Origin
from translate.editions.marks import marked
from translate.editions.policy import Policy

HOSTILE = "</script></head>\"'&<b> --> ]]> {{x}} \\n \U0001f600: # ~ é Łu"
MACHINE = Machine("argos", "fr_en/0.2", "ea555e46215b")
SAID = Disclosure(
    "a", "fr", "en", (Origin(1, "Un.", State.REVIEWED, True, (MACHINE,), reviewer=HOSTILE),), Policy(names=True)
)
LATER = Disclosure("a", "en", "de", (Origin(1, "One.", State.REVIEWED, True),))


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def edition(suite: type[RewritingSuite], data: bytes, said: Disclosure = SAID) -> bytes:
    """Write a marked edition, and make sure that the marks are no text of it."""
    settings = suite.format.defaults
    source = Source("a", Path(f"a{suite.suffix}"), said.source_language, None, settings)
    plain = suite.format.translate(suite.format.read(data, source), Wording(louder, said.language))
    made = marked(plain, suite.format.name, said, "a")
    again = Source("a", Path(f"a{suite.suffix}"), said.language, None, settings)
    found, wanted = (list(suite.format.read(one, again).segments) for one in (made, plain))
    assert [one.text for one in found] == [one.text for one in wanted]
    return made


def in_page(data: bytes, codec: str = "utf-8") -> dict[str, str]:
    page = html.document_fromstring(data.decode(codec))
    (script,) = page.xpath("//script[@data-translation]")
    people = [one["name"] for one in json.loads(script.text)["translator"] if one["@type"] == "Person"]
    assert people == list(SAID.reviewers)
    return {one.get("name"): one.get("content") for one in page.iter("meta") if "translation" in one.get("name", "")}


@pytest.mark.parametrize(
    ("page", "wanted"),
    [
        ("<html><head><!-- </head> --><title>Un</title></head><body><p>Deux.</p></body></html>", "</title>%s</head>"),
        ("<html><head><script>'</head>'</script></head><body><p>Deux.</p></body></html>", "</script>%s</head>"),
    ],
)
def test_the_head_ends_where_it_ends(page, wanted):
    made = edition(test_html.TestHtml, page.encode()).decode()
    before, after = wanted.split("%s")
    assert made.index(before) < made.index("data-translation>") < made.index(after, made.index("data-translation>"))
    assert in_page(made.encode()) == dict(SAID.marks)


@pytest.mark.parametrize(
    "page", ["<!doctype html><title>Un</title><p>Deux.</p>", "<html><body><p>Deux.</p></body></html>"]
)
def test_a_page_without_head_has_linked_data(page):
    made = edition(test_html.TestHtml, page.encode())
    assert in_page(made) == {}
    assert not made.startswith(b"<script")


def test_a_page_in_an_encoding_without_the_signs_of_a_name():
    page = "<html><head><meta charset=iso-8859-1><title>Un été</title></head><body><p>Deux.</p></body></html>"
    made = edition(test_html.TestHtml, page.encode("iso-8859-1"))
    assert in_page(made, "iso-8859-1") == dict(SAID.marks)
    assert "UN ÉTÉ" in made.decode("iso-8859-1")


class TestFrontMatter:
    """Markdown has keys where it has front matter, and a comment at its end where it has none."""

    def made(self, text: str) -> str:
        return edition(test_markdown.TestMarkdown, text.encode()).decode()

    @pytest.mark.parametrize(
        "text", ["---\n\nUn\n\n---\n", "---\n# rien\n---\n\nUn\n", "---\n{title: Un}\n---\n\nDeux.\n"]
    )
    def test_what_is_no_block_of_keys_stays(self, text):
        made = self.made(text)
        assert made.endswith("-->\n")
        assert "translation-state" not in made.split("<!--")[0]

    def test_toml(self):
        made = self.made('+++\r\ntranslation-state = "xx"\r\ntitle = "Un"\r\n[a]\r\nb = 1\r\n+++\r\nDeux.\r\n')
        assert tomllib.loads(made.split("+++\r\n")[1]) == {**dict(SAID.marks), "title": "Un", "a": {"b": 1}}

    def test_keys_of_the_same_name_go(self):
        source = (
            "---\ntitle: Un\ntranslation-machine:\n  - de\n  - it\ntranslation-state: x # y\nlast: 1\n---\n\nDeux.\n"
        )
        assert yaml.safe_load(self.made(source).split("---\n")[1]) == {**dict(SAID.marks), "title": "UN", "last": 1}


OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"


def test_an_empty_list_of_properties_is_filled():
    found: dict[str, bytes | str] = dict(parts(test_docx.TestDocx.sample))
    kind = f"{OFFICE}/relationships/custom-properties"
    relation = f'<Relationship Id="rId9" Type="{kind}" Target="/docProps/mine.xml"/></Relationships>'
    found["_rels/.rels"] = (
        parts(test_docx.TestDocx.sample)["_rels/.rels"].decode().replace("</Relationships>", relation)
    )
    found["docProps/mine.xml"] = f'<p:Properties xmlns:p="{OFFICE}/custom-properties"/>'
    made = parts(edition(test_docx.TestDocx, zipped(found)))
    assert "docProps/custom.xml" not in made
    root = etree.fromstring(made["docProps/mine.xml"])
    assert {one.get("name"): one[0].text for one in root} == dict(SAID.marks)


def test_a_property_is_no_longer_than_word_shows():
    long = Disclosure("a", "fr", "en", SAID.origins, Policy(responsible="a" * 300))
    root = etree.fromstring(parts(edition(test_docx.TestDocx, test_docx.TestDocx.sample, long))["docProps/custom.xml"])
    value = next(one[0].text for one in root if one.get("name") == "translation-responsible")
    assert (len(value), value[-1]) == (255, "…")


def test_a_strict_document_has_strict_properties():
    found: dict[str, bytes | str] = dict(parts(test_docx.TestDocx.sample))
    strict = "http://purl.oclc.org/ooxml/officeDocument"
    rels = parts(test_docx.TestDocx.sample)["_rels/.rels"].decode()
    found["_rels/.rels"] = rels.replace(f"{OFFICE}/relationships", f"{strict}/relationships")
    made = parts(edition(test_docx.TestDocx, zipped(found)))
    assert f"{strict}/relationships/customProperties".encode() in made["_rels/.rels"]
    assert etree.fromstring(made["docProps/custom.xml"]).tag == f"{{{strict}/customProperties}}Properties"


def test_empty_metadata_of_an_odt_is_filled():
    found: dict[str, bytes | str] = dict(parts(test_odt.TestOdt.sample))
    space = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    found["meta.xml"] = f'<o:document-meta xmlns:o="{space}" o:version="1.2"><o:meta/></o:document-meta>'
    root = etree.fromstring(parts(edition(test_odt.TestOdt, zipped(found)))["meta.xml"])
    assert [one.text for one in root.iter("{*}user-defined")] == [value for _, value in SAID.marks]


def test_every_rendition_of_a_book_is_marked_and_signs_stay():
    container = test_epub.PARTS["META-INF/container.xml"]
    second = '<rootfile full-path="EPUB/b.opf" media-type="application/oebps-package+xml"/></rootfiles>'
    data = zipped(
        test_epub.PARTS
        | {"META-INF/container.xml": container.replace("</rootfiles>", second), "EPUB/b.opf": test_epub.OPF}
    )
    made = parts(edition(test_epub.TestEpub, data))
    for name in ("EPUB/package.opf", "EPUB/b.opf"):
        found = [one for one in etree.fromstring(made[name]).iter("{*}meta") if one.get("name")]
        assert {one.get("name"): one.get("content") for one in found} == dict(SAID.marks)


def test_the_head_of_a_text_keeps_the_signs_of_a_name():
    root = etree.fromstring(edition(test_newsml.TestNitf, test_newsml.NITF.encode()))
    assert {one.get("name"): one.get("content") for one in root.iterfind("head/meta")} == dict(SAID.marks)


@pytest.mark.parametrize(
    "suite",
    [
        test_docx.TestDocx,
        test_odt.TestOdt,
        test_epub.TestEpub,
        test_newsml.TestNitf,
        test_html.TestHtml,
        test_markdown.TestMarkdown,
    ],
)
def test_an_edition_of_an_edition_says_nothing_of_the_first(suite):
    made = edition(suite, edition(suite, suite.sample), LATER)
    whole = b"\n".join(parts(made).values()) if made.startswith(b"PK") else made
    assert b"fr_en" not in whole
    assert b"translation-reviewer" not in whole
