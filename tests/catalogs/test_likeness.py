"""Old selves of texts: in place first, never every pair."""

from __future__ import annotations

import random

from translate.catalogs import likeness
from translate.catalogs.likeness import Place, pairs

PARAGRAPH = frozenset({"paragraph"})


def test_a_text_in_its_place_needs_less_likeness() -> None:
    new = [Place("Le maire de Lyon a promis un parc", 2, 1, PARAGRAPH)]
    old = "Le maire a annoncé un parc à Lyon"
    assert list(pairs(new, [Place(old, 2, 1, PARAGRAPH)])) == [(0, 0)]
    assert not list(pairs(new, [Place(old, 9, 8, PARAGRAPH)]))
    assert not list(pairs(new, [Place(old, 2, 1, frozenset({"caption"}))]))


def test_the_neighbour_wins_over_the_likest_elsewhere() -> None:
    new = [Place("Le bilan est de douze morts et trois blessés.", 5, 4, PARAGRAPH)]
    old = [
        Place("Le bilan est de douze morts et quatre blessés.", 90, 80, PARAGRAPH),
        Place("Le bilan est de dix morts et deux blessés.", 5, 4, PARAGRAPH),
    ]
    assert list(pairs(new, old)) == [(0, 1)]


def test_each_text_is_taken_once_and_lookalikes_all_find_theirs() -> None:
    new = [Place(f"Tir numéro {n} du joueur.", n, 0) for n in range(500)]
    old = [Place(f"Tir numéro {n} du joueur local.", n, 0) for n in range(500)]
    found = list(pairs(new, old))
    assert len({one for one, _ in found}) == len({other for _, other in found}) == 500


def test_the_work_does_not_grow_with_the_square(monkeypatch: object) -> None:
    rng = random.Random(5)
    words = ["".join(rng.choices("abcdefghijklmnop", k=rng.randint(3, 9))) for _ in range(3000)]

    def compared(count: int) -> int:
        texts = [" ".join(rng.choices(words, k=12)) for _ in range(count)]
        new = [Place(text + " revu", at, -1) for at, text in enumerate(texts)]
        old = [Place(text, at, -1) for at, text in enumerate(texts)]
        every = set(range(count))
        scored = list(likeness._anywhere(new, old, every, every))
        assert {one for _, _, one, other in scored if one == other} == every
        having: dict[str, list[tuple[int, int]]] = {}
        for at, place in enumerate(old):
            for word in place.text.split():
                having.setdefault(word, []).append((at, at))
        return sum(len(likeness._proposed(place, having)) for place in new)

    assert compared(4000) <= 4 * compared(1000) * 1.5
