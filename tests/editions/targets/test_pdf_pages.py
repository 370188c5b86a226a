"""What stands on the pages of a PDF file, and what a screen reader finds there: long words, spaces, order."""

from __future__ import annotations

import dataclasses
import io

import pypdf
import pytest
import typst

from tests.editions.targets.abstract import edition
from tests.editions.targets.archives import arabic
from translate.catalogs.states import State
from translate.documents.model import Role
from translate.editions.edition import Edition
from translate.editions.targets import pdf_mending, proven
from translate.editions.targets.pdf import PdfTarget
from translate.editions.targets.pdf_reading import Marked, blocks, tagged
from translate.errors import EditionError

TARGET = PdfTarget()
COMPOUND = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamten"
ADDRESS = f"https://example.org/{'index' * 60}?q=1"
VOWELS = "قال القبطان إنّ السَّفَر (Évian) «صعب» منذ 3 أيام."
NIQQUD = "שָׁלוֹם עֲלֵיכֶם abc 12 (שלום)."


def hebrew(*words: str) -> Edition:
    return dataclasses.replace(edition(words), language="he")


def lines(made: Edition) -> list[str]:
    pages = pypdf.PdfReader(io.BytesIO(proven(TARGET, made, "a"))).pages
    return [line for page in pages for line in page.extract_text().splitlines()]


@pytest.mark.parametrize("word", [COMPOUND, "a" * 300, ADDRESS, "a\u00a0" * 200 + "b", "q\u0303" * 100])
@pytest.mark.parametrize("language", ["de", "en", "draft"])
def test_words_longer_than_a_line_stay_on_the_page(word: str, language: str) -> None:
    drafts = language == "draft"
    words = [f"Ein Wort {word} am Ende."] * 6
    made = edition([word] * 6, [State.DRAFT]) if drafts else edition(words, language=language, credit="")
    assert {Role.HEADLINE, Role.CAPTION} < {block.role for block in made.blocks}
    proven(TARGET, made, "a")


def test_words_of_several_parts_stay_on_the_page() -> None:
    proven(TARGET, edition(["x", "b" * 19], credit="c" * 19 + "d" * 40), "a")


def test_a_long_word_has_hyphens_where_its_language_has_them_and_else_none() -> None:
    shown = lines(edition(["x", COMPOUND, "a" * 300], language="de", credit=""))
    assert sum(line.endswith(("\u00ad", "-")) for line in shown) == 1
    assert "".join(shown).replace("\u00ad", "").count(COMPOUND) == 1
    assert "a" * 300 in "".join(shown)


def test_a_word_that_a_line_can_hold_is_not_broken_in_a_headline() -> None:
    assert "Donaudampfschifffahrtsgesellschaft" in "\n".join(
        lines(edition(["x", f"Die {'Donaudampfschifffahrtsgesellschaft'} hat neue"], language="de", credit=""))
    )


def test_what_runs_off_the_page_is_not_found() -> None:
    page = '#set document(title: "x")\n#set text(lang: "en")\nOn the page ' + "a" * 300
    (found,) = blocks(typst.compile(page.encode(), format="pdf", pdf_standards=["ua-1"]))
    assert found.startswith("On the page aaa")
    assert 50 < len(found) < 200


def test_spaces_between_words_are_words() -> None:
    data = TARGET.render(edition(["x", "noone"], credit=""))
    assert list(TARGET.read(data)) == ["x", "noone"]
    assert list(TARGET.texts(edition(["x", "no one"], credit=""))) == ["x", "no one"]
    many = edition(["no one is here, and Saint-Gall is far \u2013 very far. " * 30], credit="")
    assert list(TARGET.read(TARGET.render(many))) == [block.text for block in many.blocks]


@pytest.mark.parametrize(
    "made",
    [
        arabic([VOWELS] * 20),
        arabic([VOWELS, f"{VOWELS} " * 25, "نّنّ نّنّ"], [State.REVIEWED]),
        arabic(["السفن (Keystone) قال שלום و 12 abc"] * 3, [State.DRAFT, State.UNTRANSLATED]),
        hebrew(NIQQUD, "אחת שתיים 12 abc (שלום) " * 12, "Two."),
        edition(["By סופר. (קול) end", "le mot עברית et قال «قال» (12) قال.", "x \u202eabc def\u202c y"]),
        arabic([f"{'قال ' * n}word «Évian (Léman)» 3.5 – نعم، 12؟ ، 100% a-b" for n in range(1, 20)], [State.REVIEWED]),
        hebrew(*(f"{'אבג ' * n}\u200e \u200f( x ) , \u00a0 http://e.org/x 12% ’[א]" for n in range(1, 20))),
        edition(["q\u0303uellen x\u0302y\u0302, e\u0301te\u0323\u0302"]),
    ],
    ids=["arabic", "pages", "scripts", "hebrew", "names", "ends", "spaces", "stacked"],
)
def test_words_are_read_in_the_order_in_which_they_are_said(made: Edition) -> None:
    data = proven(TARGET, made, "a")
    assert data == TARGET.render(made)
    assert len(pypdf.PdfReader(io.BytesIO(data), strict=True).pages) > 0


def test_as_typst_writes_it_a_screen_reader_would_read_the_end_first(monkeypatch: pytest.MonkeyPatch) -> None:
    made = arabic(["السفن تنتظر", "قال نعم"], [State.REVIEWED])
    proven(TARGET, made, "a")
    monkeypatch.setattr(pdf_mending, "_written", lambda data, *_: data)
    with pytest.raises(EditionError, match="does not say what its catalog says"):
        proven(TARGET, made, "a")


def test_words_in_another_order_are_refused() -> None:
    data = TARGET.render(arabic(["b", "السفن تنتظر"], [State.REVIEWED], credit=""))
    assert list(TARGET.texts(arabic(["b", "تنتظر السفن"], [State.REVIEWED], credit=""))) != list(TARGET.read(data))


def test_every_sign_has_one_place_in_the_structure() -> None:
    data = TARGET.render(arabic([VOWELS] * 6, [State.REVIEWED]))
    file = tagged(data)
    held = [one for block in file.blocks for child in block.children for one in _leaves(child)]
    assert len({(one.page, one.number) for one in held}) == len(held)
    content = pypdf.PdfReader(io.BytesIO(data)).pages[0].get_contents()
    assert content is not None
    assert content.get_data().count(b"/MCID ") == len(held)


def test_what_the_file_says_of_signs_that_it_does_not_show_is_no_proof() -> None:
    assert Marked(1, 0, "אב", [(["ב", "א"], False)]).words == "אב"
    assert Marked(1, 0, "no", [(["y", "es"], False)]).words == "noyes"
    assert Marked(1, 0, None, [(["c", "b"], True), (["d"], False)]).words == "bcd"


def _leaves(one) -> list[Marked]:
    return [one] if isinstance(one, Marked) else [leaf for child in one.children for leaf in _leaves(child)]
