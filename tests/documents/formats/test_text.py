"""Plain text without the marks of a wire."""

from __future__ import annotations

import pytest

from tests.documents.formats.abstract import FormatSuite
from translate.documents.formats.text import HEADING_LIMIT, TextFormat, reads_like_heading
from translate.documents.model import Role

ARTICLE = """Le marché couvert rouvre ses portes

Fermé depuis l'été, le marché couvert a rouvert samedi. Les maraîchers étaient ravis.

« Quelle joie ! » a lancé une cliente. Elle attendait depuis l'aube.
"""

WRAPPED = """Le musée de la montagne expose ses cartes

Pendant tout l'hiver, le musée de la montagne présente quarante cartes
dessinées à la main. La plus ancienne date de 1712. Elle montre un col
que personne n'a jamais retrouvé, malgré de nombreuses recherches.

- une carte du glacier
- une carte des lacs
"""

LONG = "La séance a duré toute la nuit. " * 8 + "\n" + "Le vote aura lieu demain matin. " * 6 + "\n"


class TestText(FormatSuite):
    format = TextFormat()
    samples = (ARTICLE, WRAPPED, LONG, "Une seule phrase. Puis une autre.")


def roles(text: str) -> list[str]:
    return [block.role.value for block in TestText().read(text).blocks]


def whole(text: str) -> list[str]:
    return [segment.text for segment in TestText().read(text, split=False).segments]


def test_a_headline_and_paragraphs():
    assert roles(ARTICLE) == ["headline", "paragraph", "paragraph"]


def test_paragraphs_know_their_headline():
    assert [block.heading for block in TestText().read(ARTICLE).blocks] == [
        "",
        *["Le marché couvert rouvre ses portes"] * 2,
    ]


@pytest.mark.parametrize("text", ["Un titre seul", "Il a plu.\n\nIl pleuvra.", "Il a plu.\u200b\n\nIl pleuvra."])
def test_no_headline(text):
    assert set(roles(text)) == {"paragraph"}


def test_hard_wrapped_lines_are_one_paragraph_and_a_list_is_not():
    assert [len(text) > 100 for text in whole(WRAPPED)] == [False, True, False, False]
    assert whole(WRAPPED)[2:] == ["- une carte du glacier", "- une carte des lacs"]


def test_long_lines_are_paragraphs_of_their_own():
    assert len(whole(LONG)) == 2


def test_short_lines_stay_apart():
    assert whole("Une rose\nUn lilas\nUne tulipe\nUn bleuet\n") == ["Une rose", "Un lilas", "Une tulipe", "Un bleuet"]


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("Que faire ?", True),
        ("Le canton dit oui", True),
        ('Il a parlé de "victoire"', True),
        ("Il a plu.", False),
        ("« Il a plu. »", False),
        ("Voici la liste :", False),
        ("Il hésite…", False),
        ("x" * HEADING_LIMIT, True),
        ("x" * (HEADING_LIMIT + 1), False),
    ],
)
def test_what_reads_like_a_heading(line, heading):
    assert reads_like_heading(line) is heading


def test_any_text_is_claimed_a_little():
    assert 0 < TextFormat().score(ARTICLE.encode(), "fr") < 0.5
    assert Role.HEADLINE in {block.role for block in TestText().read(ARTICLE).blocks}
