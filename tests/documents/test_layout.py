"""Lines of plain text, and the pieces of a line."""

from __future__ import annotations

import pytest

from translate.documents.layout import Line, Mark, Part, logical_lines, pieces
from translate.documents.model import Kind, Literal, Role, Segment
from translate.documents.segmentation import load_segmenter

WRAPPED = "Le conseil a décidé mardi de fermer la piscine pendant\ntout l'hiver, faute de moyens.\n"


def contents(text: str, breaks=None) -> list[str]:
    return [text[line.start : line.end] for line in logical_lines(text, breaks)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_whatever_ends_them(end):
    text = end.join(["", "Un", "", "", "Deux", "  Trois "])
    assert [(text[line.start : line.end], line.number) for line in logical_lines(text)] == [
        ("Un", 2),
        ("Deux", 5),
        ("Trois", 6),
    ]


@pytest.mark.parametrize("text", ["", "\n\r\n", " \t\u00a0\n", "\u200b\n\ufeff"])
def test_blank_text_has_no_lines(text):
    assert list(logical_lines(text)) == []


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", " \n  "])
def test_wrapped_lines_are_joined(end):
    assert len(contents(WRAPPED.replace("\n", end))) == 1


@pytest.mark.parametrize("end", ["\n\n", "\r\n\r\n", "\r\r", "\n \t\n", "\r\n\u00a0\r\n", "\n\u200b\n"])
def test_a_blank_line_separates(end):
    assert len(contents(WRAPPED.replace("\n", end))) == 2


def test_a_line_whose_next_word_had_room_is_an_end():
    assert len(contents("Le conseil a décidé\n" + WRAPPED)) == 2


def test_bullets_and_brackets_keep_lines_apart():
    first = "Le conseil a décidé mardi de fermer la piscine tout"
    assert len(contents(f"{first}\n- un deux trois\n- quatre\n12. cinq")) == 4
    assert len(contents(f"{first} [AFP]\nLe conseil a dit")) == 2


def test_lists_of_short_lines_and_long_lines_are_not_wrapped_copy():
    assert len(contents("Une rose blanche\nUn lilas mauve\nUne tulipe noire")) == 3
    assert len(contents("mot " * 30 + "\n" + "mot " * 30)) == 2


def test_a_format_keeps_lines_apart_by_what_they_say():
    asked: list[tuple[str, str]] = []

    def breaks(line: str, following: str) -> bool:
        asked.append((line, following))
        return True

    assert len(contents(WRAPPED, breaks)) == 2
    assert asked == [tuple(WRAPPED.splitlines())]


def test_pieces_cover_the_line_in_order():
    text = "x\nPARIS (AFP) -  Il pleut.  Il neige.\n"
    start = 2
    line = Line(start, len(text) - 1, 2)
    marks = [
        Part(start, start + 5, Role.DATELINE),
        Mark(start + 5, start + 6, Kind.SPACE),
        Mark(start + 6, start + 11, Kind.CREDIT),
    ]
    made = pieces(text, line, Role.LEAD, load_segmenter("fr").spans, marks)
    assert "".join(piece.raw for piece in made) == text[line.start : line.end]
    assert [piece.role if isinstance(piece, Segment) else piece.kind for piece in made] == [
        Role.DATELINE,
        Kind.SPACE,
        Kind.CREDIT,
        *([Kind.SPACE] if made[3].raw.isspace() else []),
        Role.LEAD,
        Kind.SPACE,
        Role.LEAD,
    ]


def test_segments_of_a_wrapped_line_name_their_own_lines():
    text = "Un.\r\nDeux. Trois.\r\nQuatre\r\ncinq. Six."
    made = pieces(text, Line(0, len(text), 7), Role.PARAGRAPH, load_segmenter("fr").spans)
    assert [(piece.text, piece.line) for piece in made if isinstance(piece, Segment)] == [
        ("Un.", 7),
        ("Deux.", 8),
        ("Trois.", 8),
        ("Quatre cinq.", 9),
        ("Six.", 10),
    ]


def test_without_a_splitter_a_line_is_one_segment():
    text = "Un. Deux."
    assert pieces(text, Line(0, 9, 1), Role.LEAD, None) == (Segment(text, text, Role.LEAD, 1),)


def test_a_line_of_marks_has_no_segment():
    assert pieces("ats", Line(0, 3, 1), Role.AGENCY, None, [Mark(0, 3, Kind.CREDIT)]) == (Literal("ats", Kind.CREDIT),)
