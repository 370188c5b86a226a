"""What is remembered of the parts of texts."""

from __future__ import annotations

from translate.documents import parts


def test_a_function_is_asked_once_about_a_part():
    asked: list[str] = []

    def short(part: str) -> bool:
        asked.append(part)
        return len(part) < 3

    known = parts.Remembered(short)
    assert known.any("La paix, la paix.")
    assert not known.any("«Paix», paix!")
    assert asked == ["La", "Paix", "paix"]


def test_no_more_is_remembered_than_there_is_room_for(monkeypatch):
    monkeypatch.setattr(parts, "_MOST", 2)
    known = parts.Remembered(len)
    assert [known[text] for text in ("a", "bb", "ccc", "a")] == [1, 2, 3, 1]
    assert len(known) <= 2


def test_what_may_belong_to_a_word_stays_with_it():
    assert parts.parts("n' est-ce (pas) ?") == ("n'", "est-ce", "pas", "")
