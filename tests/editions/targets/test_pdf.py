"""Editions as PDF files: read back by pdfminer, judged by pypdf; Typst refuses what is not PDF/UA."""

from __future__ import annotations

import io
import socket

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.editions.targets.abstract import HOSTILE, SIGNS, TargetSuite, edition
from translate.catalogs.states import State
from translate.editions.edition import Edition
from translate.editions.targets import pdf, proven
from translate.editions.targets.pdf import PdfTarget
from translate.errors import EditionError


def reader(made: Edition) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(PdfTarget().render(made)))


@pytest.mark.slow
class TestPdf(TargetSuite):
    target = PdfTarget()

    def source(self, data: bytes) -> str:
        pages = pypdf.PdfReader(io.BytesIO(data)).pages
        return " ".join(" ".join(page.extract_text() for page in pages).split())

    def held_mark(self, text: str) -> str:
        return text

    def no_markup(self, data: bytes) -> None:
        file = pypdf.PdfReader(io.BytesIO(data))
        assert not {"/AcroForm", "/Names", "/OpenAction", "/AA"} & file.trailer["/Root"].keys()
        assert not any("/Annots" in page for page in file.pages)

    def test_any_text_in_any_field(self) -> None:
        """As in the suite, with signs that fonts have; for others there is an error, see below."""
        texts = st.one_of(st.sampled_from(HOSTILE), SIGNS, st.text(st.characters(max_codepoint=0x24F), max_size=30))

        @given(st.lists(st.tuples(texts, st.sampled_from(State)), min_size=1, max_size=14), texts)
        @settings(deadline=None, max_examples=30)
        def prove(pairs: list[tuple[str, State]], credit: str) -> None:
            made = edition([text for text, _ in pairs], [state for _, state in pairs], credit=credit)
            self.no_markup(proven(self.target, made, "a"))

        prove()

    def test_words_are_those_of_the_blocks(self) -> None:
        made = edition(["One.", "Two.", "Three."])
        assert list(self.target.read(self.target.render(made))) == [block.text for block in made.blocks]


def test_a_file_is_tagged_and_says_its_language_and_title() -> None:
    file = reader(edition(["One.", "Two.", "Three."], language="de-CH"))
    root = file.trailer["/Root"]
    assert root["/Lang"] == "de-CH"
    assert root["/MarkInfo"]["/Marked"].value
    assert "/StructTreeRoot" in root
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value
    assert file.metadata is not None
    assert file.metadata.title == "Two.[Keystone]"
    assert "translation-state: reviewed" in (file.metadata["/Keywords"] or "")
    assert {"/CreationDate", "/ModDate"}.isdisjoint(file.metadata)


def test_the_source_language_is_said_where_its_text_stands() -> None:
    contents = reader(edition(["One.", "Two."], [State.UNTRANSLATED, State.REVIEWED])).pages[0].get_contents()
    assert contents is not None
    assert contents.get_data().count(b"/Lang(fr)") == 1


def test_words_are_hyphenated_as_their_language_is() -> None:
    words = "Donaudampfschifffahrtsgesellschaft " * 30
    german = "\n".join(page.extract_text() for page in reader(edition([words], language="de")).pages)
    assert "\u00ad" in german
    assert "Donau\u00ad" in german


def test_the_same_edition_is_the_same_file() -> None:
    made = edition(["One.", "Two."], [State.DRAFT])
    assert PdfTarget().render(made) == PdfTarget().render(made)


def test_signs_that_no_font_has_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_OTHER_FONTS", ())
    real = pdf._compiled
    monkeypatch.setattr(pdf, "_compiled", lambda data, own_fonts: real(data, own_fonts=own_fonts or True))
    with pytest.raises(EditionError, match="cannot be set") as caught:
        PdfTarget().render(edition(["\U00012000 cuneiform"]))
    assert "Install fonts" in caught.value.remedy


def test_other_scripts_are_set_in_fonts_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    real = pdf._compiled
    monkeypatch.setattr(pdf, "_compiled", lambda data, own_fonts: asked.append(own_fonts) or real(data, own_fonts=True))
    for words in ("Ça va Γειά Привет שלום → 5 €", "السفن"):
        PdfTarget().render(edition([words]))
    assert asked == [True, False]


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object) -> None:
        raise AssertionError(arguments)

    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert PdfTarget().render(edition(["One."])).startswith(b"%PDF-1.7")
