"""Editions as Word documents: judged by python-docx, lxml and LibreOffice."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import docx
import pytest
from lxml import etree

from tests.editions.targets.abstract import HOSTILE, TargetSuite, edition
from tests.editions.targets.archives import ALL, ARABIC, arabic, elsewhere, parts, source, two_stories
from translate.catalogs.states import State
from translate.documents.model import Role
from translate.editions.edition import Edition
from translate.editions.policy import Policy
from translate.editions.targets import proven
from translate.editions.targets.docx import DocxTarget

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
KNOWN = set(
    "document body p pPr pStyle r rPr rStyle rtl lang t sectPr footerReference pgSz pgMar bidi".split()  # noqa: SIM905
)


class TestDocx(TargetSuite):
    target = DocxTarget()

    def source(self, data: bytes) -> str:
        return source(data)

    def held_mark(self, text: str) -> str:
        tongue = '<w:lang w:val="fr-FR" w:eastAsia="fr-FR" w:bidi="fr-FR"/>'
        run = '<w:r><w:rPr><w:rStyle w:val="SourceText"/>'
        return f'{run}{tongue}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'

    def no_markup(self, data: bytes) -> None:
        for name, part in parts(data).items():
            root = etree.fromstring(part)
            if name == "word/document.xml":
                assert {one.tag.removeprefix(W) for one in root.iter()} <= KNOWN

    def opened(self, made: Edition) -> docx.document.Document:
        return docx.Document(io.BytesIO(proven(self.target, made, "a")))

    def test_same_bytes_everywhere(self) -> None:
        assert elsewhere(self.target, "1", "UTC") == elsewhere(self.target, "2", "Asia/Tokyo")

    def test_every_role_has_its_style_and_headings_are_headings(self) -> None:
        made = edition(["One."] * len(Role))
        found = {
            block.role: paragraph.style.name
            for block, paragraph in zip(
                [one for one in made.blocks if one.role is not Role.ALTERNATIVE],
                self.opened(made).paragraphs,
                strict=True,
            )
        }
        assert found[Role.HEADLINE] == "Heading 1"
        assert found[Role.CROSSHEAD] == "Heading 2"
        assert found[Role.QUOTATION] == "Quote"
        assert found[Role.CAPTION] == "Caption"
        assert found[Role.PARAGRAPH] == "Body Text"
        for role in (Role.LEAD, Role.BYLINE, Role.DATELINE, Role.RELATED, Role.STATUS, Role.AGENCY):
            assert found[role] == role.capitalize()

    def test_language_title_and_marks(self) -> None:
        made = edition(["One.", "Two."], [State.DRAFT], language="de")
        disclosure = replace(made.disclosure, policy=Policy(responsible="A & B"), revised="2024-02-03")
        data = self.target.render(replace(made, disclosure=disclosure))
        opened = docx.Document(io.BytesIO(data))
        core = opened.core_properties
        assert (core.title, core.language, core.author) == (f"{made.title}", "de-DE", "A & B")
        assert core.modified.date().isoformat() == "2024-02-03"
        (tongue,) = opened.styles.element.iter(f"{W}lang")
        assert set(tongue.attrib.values()) == {"de-DE"}
        custom = etree.fromstring(parts(data)["docProps/custom.xml"])
        assert {one.get("name"): one[0].text for one in custom}["translation-state"] == "not reviewed"

    def test_what_is_not_reviewed_is_seen(self) -> None:
        opened = self.opened(edition(["One."] * 4, ALL))
        shown = [one for one in opened.paragraphs if one.style.name != "Notice"]
        assert [one.runs[0].style.name for one in shown] == ["Draft", "Default Paragraph Font", "Stale", "Source Text"]
        assert {opened.styles[name].font.underline for name in ("Draft", "Stale", "Source Text")} == {4}  # dotted
        assert opened.paragraphs[0].style.name == "Notice"
        box = opened.styles["Notice"].element.find(f".//{W}pBdr")
        assert len(box) == 4

    def test_right_to_left(self) -> None:
        opened = self.opened(arabic())
        assert opened.styles["Normal"].element.find(f"{W}pPr/{W}bidi") is not None
        assert opened.sections[0]._sectPr.find(f"{W}bidi") is not None
        runs = [run for paragraph in opened.paragraphs for run in paragraph.runs if run.text.strip()]
        held = [run for run in runs if "Phrase" in run.text]
        assert {bool(run.font.rtl) for run in held} == {False}
        assert {run.font.rtl for run in runs if ARABIC in run.text} == {True}
        # The full stop of a French sentence must not jump to its other end, nor a bracket around a name.
        assert held[0].text == "\u200ePhrase 3.\u200e"
        assert "\u200e[A. B.]\u200e" in {run.text for run in runs}

    def test_left_to_right_has_no_marks_of_direction(self) -> None:
        data = self.target.render(edition(["One."] * 9, ALL))
        assert not {"bidi", "rtl"} & {one.tag.removeprefix(W) for part in parts(data).values() for one in tags(part)}
        assert "\u200e" not in source(data)

    def test_a_story_begins_on_a_new_page(self) -> None:
        opened = self.opened(two_stories([State.REVIEWED]))
        assert [one.paragraph_format.page_break_before for one in opened.paragraphs].count(True) == 1
        assert opened.paragraphs[4].paragraph_format.page_break_before

    def test_an_edition_without_blocks(self) -> None:
        assert self.opened(replace(edition(["One."]), blocks=())).paragraphs == []

    @pytest.mark.slow
    @pytest.mark.parametrize("made", [edition(HOSTILE, ALL), arabic(), two_stories()], ids=["hostile", "rtl", "two"])
    def test_libreoffice_reads_the_same(self, made: Edition, soffice: Callable[[bytes, str], str]) -> None:
        lines = [" ".join(line.split()) for line in soffice(self.target.render(made), "a.docx").split("\n")]
        assert [line for line in lines if line] == list(self.target.texts(made))


def tags(part: bytes) -> list[etree._Element]:
    return list(etree.fromstring(part).iter())
