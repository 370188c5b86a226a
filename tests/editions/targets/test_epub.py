"""Editions as books: judged by epubcheck and lxml."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from lxml import etree

from tests.editions.targets.abstract import HOSTILE, TargetSuite, edition
from tests.editions.targets.archives import ALL, arabic, elsewhere, parts, source, two_stories
from translate.catalogs.states import State
from translate.documents.model import Role
from translate.editions.edition import Edition
from translate.editions.policy import Drafts, Policy
from translate.editions.targets import proven
from translate.editions.targets.epub import EpubTarget

X = "{http://www.w3.org/1999/xhtml}"
KNOWN = set("html head title script link body aside article h1 h2 p blockquote span nav ol li a".split())  # noqa: SIM905
OPF = {"o": "http://www.idpf.org/2007/opf", "dc": "http://purl.org/dc/elements/1.1/"}
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class TestEpub(TargetSuite):
    target = EpubTarget()

    def source(self, data: bytes) -> str:
        return source(data)

    def held_mark(self, text: str) -> str:
        return f'<span xml:lang="fr" lang="fr" data-state="draft">{text}</span>'

    def no_markup(self, data: bytes) -> None:
        found = parts(data)
        assert next(iter(found)) == "mimetype"
        for name, part in found.items():
            if name.endswith((".xml", ".opf")):
                etree.fromstring(part)
            if name.endswith(".xhtml"):
                root = etree.fromstring(part)
                assert {str(one.tag).removeprefix(X) for one in root.iter()} <= KNOWN
                assert not {"src", "style", "onclick"} & {key for one in root.iter() for key in one.attrib}
                for script in root.iter(f"{X}script"):
                    assert script.get("type") == "application/ld+json"
                    assert json.loads(script.text)["@context"] == "https://schema.org"

    def pages(self, made: Edition) -> tuple[etree._Element, list[etree._Element], etree._Element]:
        found = parts(proven(self.target, made, "a"))
        stories = [etree.fromstring(part) for name, part in found.items() if "/story-" in name]
        return etree.fromstring(found["EPUB/package.opf"]), stories, etree.fromstring(found["EPUB/nav.xhtml"])

    def test_same_bytes_everywhere(self) -> None:
        assert elsewhere(self.target, "1", "UTC") == elsewhere(self.target, "2", "Asia/Tokyo")

    def test_a_book_keeps_its_name_and_another_has_another(self) -> None:
        names = [
            self.pages(made)[0].findtext(".//dc:identifier", namespaces=OPF)
            for made in (edition(["One."]), edition(["Two."]), edition(["One."], language="de"))
        ]
        assert names[0] == names[1] != names[2]
        assert names[0].startswith("urn:uuid:")

    def test_the_package(self) -> None:
        made = edition(["One.", "Two."], [State.DRAFT], language="de")
        disclosure = replace(made.disclosure, policy=Policy(responsible="A & B"), revised="2024-02-03")
        package, (story,), nav = self.pages(replace(made, disclosure=disclosure))
        texts = {one.get("property"): one for one in package.iter(f"{{{OPF['o']}}}meta")}
        assert package.findtext(".//dc:language", namespaces=OPF) == package.get(LANG) == "de"
        assert package.findtext(".//dc:publisher", namespaces=OPF) == "A & B"
        assert texts["dcterms:modified"].text == "2024-02-03T00:00:00Z"
        assert texts["schema:accessMode"].text == texts["schema:accessModeSufficient"].text == "textual"
        assert texts["schema:accessibilityHazard"].text == "none"
        assert texts["schema:accessibilityFeature"].text
        assert "Überschriften" in texts["schema:accessibilitySummary"].text
        said = {one.get("name"): one.get("content") for one in package.iter(f"{{{OPF['o']}}}meta")}
        assert said["translation-state"] == "not reviewed"
        for page in (story, nav):
            assert (page.get("lang"), page.get(LANG), page.get("dir")) == ("de", "de", "ltr")

    def test_a_summary_in_english_says_so(self) -> None:
        package, _, _ = self.pages(arabic())
        (summary,) = package.xpath("//o:meta[@property='schema:accessibilitySummary']", namespaces=OPF)
        assert (summary.get(LANG), summary.get("dir")) == ("en", "ltr")

    def test_every_story_is_a_page_with_the_notices(self) -> None:
        package, stories, nav = self.pages(two_stories())
        assert len(stories) == len(package.findall(".//o:itemref", OPF)) == 2
        for story in stories:
            assert "machine" in story.findtext(f".//{X}aside/{X}p")
        assert [link.get("href") for link in nav.iter(f"{X}a")] == ["story-1.xhtml", "story-2.xhtml"]

    def test_headings_are_headings_and_unreviewed_text_is_marked(self) -> None:
        _, (story,), _ = self.pages(edition(["One."] * len(Role), ALL))
        assert [len(list(story.iter(f"{X}{tag}"))) for tag in ("h1", "h2", "blockquote")] == [1, 1, 1]
        states = [one.get("data-state") for one in story.iter(f"{X}span")]
        assert states[:4] == ["draft", None, "stale", "untranslated"]
        assert "[data-state] { text-decoration: underline dotted" in source(self.target.render(edition(["One."])))

    def test_a_headline_in_the_source_language_says_so_everywhere(self) -> None:
        package, _, nav = self.pages(edition(["One.", "Two."], [State.DRAFT], policy=Drafts.HOLD, credit=""))
        assert package.find(".//dc:title", OPF).get(LANG) == "fr"
        assert [one.get("lang") for tag in ("h1", "a") for one in nav.iter(f"{X}{tag}")] == ["fr", "fr"]

    def test_right_to_left(self) -> None:
        package, (story,), nav = self.pages(arabic())
        assert package.find(".//o:spine", OPF).get("page-progression-direction") == "rtl"
        assert {page.get("dir") for page in (package, story, nav)} == {"rtl"}
        found = {one.text: one.get("dir") for one in story.iter(f"{X}span")}
        assert (found["Phrase 3."], found["[A. B.]"]) == ("ltr", "ltr")

    def test_an_edition_without_blocks(self) -> None:
        _, (story,), nav = self.pages(replace(edition(["One."]), blocks=()))
        assert list(story.iter(f"{X}p")) == []
        assert [link.text for link in nav.iter(f"{X}a")] == ["a"]

    def test_a_very_long_word_is_cut_in_the_contents_only(self) -> None:
        _, (story,), nav = self.pages(edition(["Donau" * 200]))
        assert [len(link.text) for link in nav.iter(f"{X}a")] == [101]
        assert "Donau" * 200 in etree.tostring(story, encoding="unicode")

    @pytest.mark.slow
    @pytest.mark.parametrize(
        "made",
        [
            edition(HOSTILE, ALL),
            edition(["One."]),
            edition(["One.", "Two."], [State.DRAFT], policy=Drafts.HOLD),
            edition(["Donau" * 200, "\U0001f600\U0001fffe &"]),
            edition(["\u200f"], credit=""),
            replace(edition(["One."]), blocks=()),
            arabic(),
            two_stories(),
        ],
        ids=["hostile", "plain", "held", "signs", "unseen", "empty", "rtl", "two"],
    )
    def test_epubcheck_finds_nothing(self, made: Edition, epubcheck: Callable[..., list[str]]) -> None:
        assert epubcheck(proven(self.target, made, "a"), warnings=True) == []
