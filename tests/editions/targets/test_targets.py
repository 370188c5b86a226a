"""The shipped targets under the suite that every target must pass."""

from __future__ import annotations

import json
import tomllib
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
import yaml
from lxml import html
from markdown_it import MarkdownIt

from tests.editions.targets.abstract import TargetSuite, edition
from tests.editions.targets.archives import arabic
from translate.catalogs.states import State
from translate.editions.disclosure import Disclosure
from translate.editions.policy import Drafts
from translate.editions.targets.html import HtmlTarget
from translate.editions.targets.markdown import MarkdownTarget
from translate.editions.targets.text import TextTarget


def test_every_target_is_announced_by_its_own_name_and_writes_files_of_its_own() -> None:
    project = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    announced = project["entry-points"]["translate.targets"]
    made = {name: EntryPoint(name, value, "translate.targets").load()() for name, value in announced.items()}
    assert {name: target.name for name, target in made.items()} == {name: name for name in made}
    assert set(made) >= {"text", "markdown", "html", "docx", "odt", "epub"}
    assert len({target.suffix for target in made.values()}) == len(made)


class TestText(TargetSuite):
    target = TextTarget()


class TestMarkdown(TargetSuite):
    target = MarkdownTarget()

    def held_mark(self, text: str) -> str:
        return rf"\[fr\] {text}"

    def no_markup(self, data: bytes) -> None:
        tokens = MarkdownIt("commonmark").parse(data.decode().split("\n---\n", 1)[1])
        inline = {child.type for token in tokens for child in token.children or []}
        assert inline <= {"text", "em_open", "em_close", "strong_open", "strong_close"}
        kinds = {token.type.removesuffix("_open").removesuffix("_close") for token in tokens}
        assert kinds <= {"inline", "paragraph", "heading", "blockquote"}

    @pytest.mark.parametrize("package", ["x:", "#", '"', "'", "a\nb: c", "\u2028", "---", "[", "*x", "\U0001f600"])
    def test_front_matter(self, package: str) -> None:
        made = edition(["One."], [State.DRAFT], package=package, language="de")
        front = yaml.safe_load(self.target.render(made).decode().split("---\n")[1] if package != "---" else "{}")
        if package != "---":
            assert front["translation-machine"] == " ".join(f"argos {package}".split())
            assert (front["lang"], front["translation-state"]) == ("de", "not reviewed")


class TestHtml(TargetSuite):
    target = HtmlTarget()

    def held_mark(self, text: str) -> str:
        return f'<span lang="fr" data-state="draft">{text}</span>'

    def no_markup(self, data: bytes) -> None:
        root = html.document_fromstring(data.decode())
        # JSON-LD is data; it must be read as what was written, and nothing else may be a script.
        (data_block,) = root.iter("script")
        assert data_block.get("type") == "application/ld+json"
        assert json.loads(data_block.text)["@context"] == "https://schema.org"
        data_block.drop_tree()
        names = {one.tag for one in root.iter() if isinstance(one.tag, str)}
        assert names <= set("html head meta title style body main article p h1 h2 figure figcaption span".split())  # noqa: SIM905
        attributes = {name for one in root.iter() for name in one.attrib}
        assert not attributes & {"src", "href", "style", "onclick"}

    def test_what_machines_read(self) -> None:
        made = edition(["One.", "Two."], [State.DRAFT, State.REVIEWED], package='"><script>')
        page = html.document_fromstring(self.target.render(made).decode())
        assert (page.get("lang"), page.get("dir")) == ("en", "ltr")
        found = {one.get("name"): one.get("content") for one in page.iter("meta")}
        assert found["translation-state"] == "partly reviewed"
        assert found["translation-machine"] == 'argos "><script>'
        assert [(one.text, one.get("data-state")) for one in page.iter("span")] == [("One.", "draft"), ("Two.", None)]
        assert [one.get("data-origin") for one in page.iter("span")] == ["machine", "hand"]

    def test_text_of_another_direction_says_so(self) -> None:
        page = html.document_fromstring(self.target.render(arabic()).decode())
        assert page.get("dir") == "rtl"
        assert {(one.get("lang"), one.get("dir")) for one in page.iter("span")} == {("fr", "ltr"), (None, None)}

    def test_what_is_counted_from_all_texts_is_counted_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        counted = []
        count = Disclosure.reviewers.fget
        monkeypatch.setattr(Disclosure, "reviewers", property(lambda self: counted.append(1) or count(self)))
        found = []
        for size in (2, 40):
            self.target.render(edition(["One."] * size, [State.DRAFT]))
            found.append(len(counted))
            counted.clear()
        assert found[0] == found[1]

    def test_reviewed_page_has_no_mark(self) -> None:
        page = self.target.render(edition(["One."], policy=Drafts.HOLD)).decode()
        assert "data-state=" not in page.split("<body>")[1]
        assert 'content="reviewed"' in page
