"""Editions as OpenDocument texts: judged by odfdo, lxml and LibreOffice."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import odfdo
import pytest
from lxml import etree

from tests.editions.targets.abstract import HOSTILE, TargetSuite, edition
from tests.editions.targets.archives import ALL, ARABIC, arabic, elsewhere, parts, source, two_stories
from translate.catalogs.states import State
from translate.documents.model import Role
from translate.editions.edition import Edition
from translate.editions.policy import Policy
from translate.editions.targets import proven
from translate.editions.targets.odt import OdtTarget

SPACES = {
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
}


class TestOdt(TargetSuite):
    target = OdtTarget()

    def source(self, data: bytes) -> str:
        return source(data)

    def held_mark(self, text: str) -> str:
        return f'<text:span text:style-name="Source_20_Text">{text}</text:span>'

    def no_markup(self, data: bytes) -> None:
        found = parts(data)
        assert next(iter(found)) == "mimetype"
        for name, part in found.items():
            if name == "content.xml":
                (body,) = etree.fromstring(part).iter(f"{{{SPACES['office']}}}text")
                assert {etree.QName(one).localname for one in body.iter()} <= {"text", "h", "p", "span"}
            elif name != "mimetype":
                etree.fromstring(part)

    def opened(self, made: Edition) -> odfdo.Document:
        return odfdo.Document(io.BytesIO(proven(self.target, made, "a")))

    def styled(self, opened: odfdo.Document, name: str) -> etree._Element:
        """Return a named style as lxml reads it."""
        root = etree.fromstring(opened.get_part("styles").serialize())
        (found,) = root.xpath(f"//style:style[@style:name='{name}']", namespaces=SPACES)
        return found

    def test_same_bytes_everywhere(self) -> None:
        assert elsewhere(self.target, "1", "UTC") == elsewhere(self.target, "2", "Asia/Tokyo")

    def test_every_role_has_its_style_and_headings_are_headings(self) -> None:
        made = edition(["One."] * len(Role))
        opened = self.opened(made)
        shown = [one for one in made.blocks if one.role is not Role.ALTERNATIVE]
        found = {
            block.role: one.style for block, one in zip(shown, opened.body.get_elements("text:h | text:p"), strict=True)
        }
        for role in (Role.LEAD, Role.BYLINE, Role.DATELINE, Role.RELATED, Role.STATUS, Role.AGENCY, Role.CAPTION):
            assert found[role] == role.capitalize()
        assert (found[Role.QUOTATION], found[Role.PARAGRAPH]) == ("Quotations", "Text_20_body")
        assert [(int(one.level), one.style) for one in opened.body.headers] == [
            (1, "Heading_20_1"),
            (2, "Heading_20_2"),
        ]
        for style in found.values():
            self.styled(opened, style)

    def test_language_title_and_marks(self) -> None:
        made = edition(["One.", "Two."], [State.DRAFT], language="de")
        disclosure = replace(made.disclosure, policy=Policy(responsible="A & B"), revised="2024-02-03")
        opened = self.opened(replace(made, disclosure=disclosure))
        meta = opened.meta
        assert (meta.title, meta.language, meta.creator) == (made.title, "de-DE", "A & B")
        assert meta.date.date().isoformat() == "2024-02-03"
        assert meta.user_defined_metadata["translation-state"] == "not reviewed"
        root = etree.fromstring(opened.get_part("styles").serialize())
        (default,) = root.xpath("//style:default-style/style:text-properties", namespaces=SPACES)
        for kind in ("{fo}%s", "{style}%s-asian", "{style}%s-complex"):
            names = [(kind % one).format(fo=f"{{{SPACES['fo']}}}", style=f"{{{SPACES['style']}}}") for one in TAGS]
            assert [default.get(name) for name in names] == ["de", "DE"]

    def test_what_is_not_reviewed_is_seen(self) -> None:
        opened = self.opened(edition(["One."] * 4, ALL))
        names = [one.get_attribute("text:style-name") for one in opened.body.get_elements("//text:span")]
        assert names == ["Draft", "Stale", "Source_20_Text"]
        for name in names:
            assert dict(self.styled(opened, str(name))[0].attrib)[UNDERLINE] == "dotted"
        assert self.styled(opened, "Source_20_Text")[0].get(f"{{{SPACES['fo']}}}language") == "fr"
        assert opened.body.get_elements("text:p")[0].style == "Notice"
        assert "solid" in self.styled(opened, "Notice")[0].get(f"{{{SPACES['fo']}}}border")

    def test_right_to_left(self) -> None:
        opened = self.opened(arabic())
        layout = etree.fromstring(opened.get_part("styles").serialize())
        modes = layout.xpath("//@style:writing-mode", namespaces=SPACES)
        assert (len(modes), set(modes)) == (3, {"rl-tb"})
        # LibreOffice would take "start" for the left.
        assert self.styled(opened, "Standard")[0].get(f"{{{SPACES['fo']}}}text-align") == "right"
        words = [one.inner_text for one in opened.body.get_elements("text:p | text:h")]
        assert any("\u200ePhrase 3.\u200e" in one and "\u200e[A. B.]\u200e" in one for one in words)
        assert any(one.startswith(ARABIC) for one in words)

    def test_a_story_begins_on_a_new_page(self) -> None:
        opened = self.opened(two_stories([State.REVIEWED]))
        names = [one.style for one in opened.body.get_elements("text:h | text:p")]
        assert [name.endswith("_new_page") for name in names] == [False] * 4 + [True] + [False] * 2
        style = opened.get_style("paragraph", names[4])
        assert style.get_attribute("style:parent-style-name") == names[4].removesuffix("_new_page")
        assert style.get_properties()["fo:break-before"] == "page"

    def test_an_edition_without_blocks(self) -> None:
        assert self.opened(replace(edition(["One."]), blocks=())).body.get_elements("text:p") == []

    @pytest.mark.parametrize(("tag", "said"), [("pt-BR", ("pt", "BR", None)), ("zh-Hant", ("zh", "TW", "Hant"))])
    def test_languages_with_a_country_or_a_script(self, tag: str, said: tuple[str, ...]) -> None:
        made = replace(edition(["One."]), language=tag)
        root = etree.fromstring(parts(self.target.render(made))["styles.xml"])
        (default,) = root.xpath("//style:default-style/style:text-properties", namespaces=SPACES)
        assert tuple(default.get(f"{{{SPACES['fo']}}}{one}") for one in (*TAGS, "script")) == said

    @pytest.mark.slow
    @pytest.mark.parametrize("made", [edition(HOSTILE, ALL), arabic(), two_stories()], ids=["hostile", "rtl", "two"])
    def test_libreoffice_reads_the_same(self, made: Edition, soffice: Callable[[bytes, str], str]) -> None:
        lines = [" ".join(line.split()) for line in soffice(self.target.render(made), "a.odt").split("\n")]
        assert [line for line in lines if line] == list(self.target.texts(made))


TAGS = ("language", "country")
UNDERLINE = f"{{{SPACES['style']}}}text-underline-style"
