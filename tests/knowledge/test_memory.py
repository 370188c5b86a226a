"""What people reviewed comes back: exact by place, like by words, gone when it must go."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path

import pytest

from translate.catalogs.interchange.pairs import Place, TranslatedPair
from translate.errors import MemoryFileError
from translate.knowledge.memory import ALMOST, Match, opened

TEXT = "Le conseil municipal de Brest a voté le budget de la culture."


def pair(source: str, translation: str, document: str = "a", **more: str) -> TranslatedPair:
    place = Place(document, more.pop("context", ""), more.pop("roles", "paragraph"), more.pop("before", ""))
    return TranslatedPair(source, translation, "fr", more.pop("language", "en"), place, **more)


def words(match: Match | None) -> str:
    return match.pair.translation if match else ""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "memory.sqlite"


def test_the_likest_place_wins_then_the_latest(path: Path) -> None:
    with opened(path) as memory:
        memory.add(
            [
                pair("Oui", "old", "a", date="2025-01-01"),
                pair("Oui", "new", "b", date="2026-01-01"),
                pair("Oui", "heading", "c", context="heading", roles="cross-head"),
                pair("Oui", "after", "d", before="beef"),
                pair("Oui", "ja", "a", language="de"),
            ]
        )
        assert words(memory.exact("Oui", "fr", "en")) == "new"
        assert words(memory.exact("Oui", "fr", "en", Place("a"))) == "old"
        assert words(memory.exact("Oui", "fr", "en", Place("a", "heading"))) == "heading"
        assert words(memory.exact("Oui", "fr", "en", Place("a", before="beef"))) == "after"
        assert words(memory.exact("Oui", "fr", "de")) == "ja"
        assert memory.exact("oui", "fr", "en") is None
        assert memory.exact("Oui", "it", "en") is None


def test_like_texts_are_found_by_their_score(path: Path) -> None:
    with opened(path) as memory:
        memory.add([pair(TEXT, "culture"), pair(TEXT.replace("culture", "voirie"), "roads"), pair("Autre.", "other")])
    with opened(path) as memory:
        changed = TEXT.replace("a voté", "a adopté")
        found = memory.fuzzy(changed, "fr", "en", 70)
        assert found is not None
        assert words(found) == "culture"
        assert 85 <= found.score < 99
        assert memory.fuzzy(changed, "fr", "en", 99) is None
        assert memory.fuzzy(changed, "fr", "de", 50) is None
        assert [match.pair.translation for match in memory.matches(changed, "fr", "en", 50)] == ["culture", "roads"]
        assert memory.fuzzy("", "fr", "en", 50) is None


def test_other_figures_are_almost_the_same(path: Path) -> None:
    with opened(path) as memory:
        memory.add([pair("Le 12 mai, 1 200 voix", "1,200 votes on 12 May")])
        found = memory.fuzzy("Le 3 juin, 15 voix", "fr", "en", 99)
        assert found is not None
        assert found.score == ALMOST


def test_what_a_place_says_now_replaces_what_it_said(path: Path) -> None:
    with opened(path) as memory:
        assert memory.learn("en/a.po", "1", [pair("Oui", "Yes"), pair("Non", "No")]) == 2
        assert memory.learn("en/a.po", "1", iter(())) == 0
        assert memory.learn("en/a.po", "2", [pair("Oui", "Yes!"), pair("Non", "No")]) == 1
        assert {one.translation for one in memory.pairs()} == {"Yes!", "No"}


def test_imports_add_and_know_what_they_added(path: Path) -> None:
    with opened(path) as memory:
        assert memory.add([pair("Oui", "Yes"), pair("Oui", "Yeah"), pair("Oui", "Yes")]) == 2
        assert memory.add([pair("Oui", "Yes")]) == 0


@pytest.mark.parametrize(("kind", "name"), [("reviewer", "Ann Lee <ann@x.org>"), ("document", "secret")])
def test_what_is_forgotten_is_gone_from_the_file_and_stays_gone(path: Path, kind: str, name: str) -> None:
    mine = pair(TEXT, "the very private words", "secret", reviewer="Ann Lee <ann@x.org>")
    with opened(path) as memory:
        memory.add([mine, pair("Oui", "Yes", "b", reviewer="Bob")])
        assert memory.forget(kind, name) == 1
    data = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert b"private" not in data
    assert TEXT.encode() not in data
    assert b"Ann Lee" not in data
    with opened(path) as memory:
        assert memory.add([mine]) == 0
        assert memory.stats().pairs == {"en": 1}
        memory.allow(kind, name)
        assert memory.add([mine]) == 1


def test_an_error_takes_nothing_in(path: Path) -> None:
    def broken() -> object:
        yield pair("Oui", "Yes")
        raise LookupError("no more")

    with pytest.raises(LookupError, match="no more"), opened(path) as memory:
        memory.add(broken())  # type: ignore[arg-type]
    with opened(path) as memory:
        assert memory.stats().texts == 0


@pytest.mark.parametrize("data", [b"not a database at all, but long enough to be read as one" * 40, b"\x00" * 5000])
def test_a_broken_file_is_said_to_be(path: Path, data: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(data)
    with pytest.raises(MemoryFileError), opened(path):
        pass
    assert path.read_bytes() == data


def test_a_file_of_another_version_is_not_touched(path: Path) -> None:
    path.parent.mkdir()
    database = sqlite3.connect(path)
    database.execute("pragma user_version = 99")
    database.close()
    with pytest.raises(MemoryFileError, match="99"), opened(path):
        pass


def test_words_are_found_wherever_they_stand(path: Path) -> None:
    with opened(path) as memory:
        memory.add([pair(TEXT, "100% culture_"), pair("Oui", "Yes")])
        assert [one.source for one in memory.holding("municipal")] == [TEXT]
        assert [one.source for one in memory.holding("100%")] == [TEXT]
        assert not memory.holding("100_")
        assert not memory.holding("%", "de")


def test_of_many_texts_the_one_it_was_made_of_is_found(path: Path) -> None:
    rng = random.Random(3)
    vocabulary = ["".join(rng.choices("abcdefghijlmnoprstuv", k=rng.randint(2, 9))) for _ in range(800)]
    weights = [1 / rank for rank in range(1, 801)]
    texts = list(dict.fromkeys(" ".join(rng.choices(vocabulary, weights, k=rng.randint(6, 25))) for _ in range(5000)))
    with opened(path) as memory:
        memory.add(pair(text, text.upper()) for text in texts)
        found = 0
        for text in texts[::50]:
            changed = text.split()
            changed[rng.randrange(len(changed))] = "autre"
            found += words(memory.fuzzy(" ".join(changed), "fr", "en", 70)) == text.upper()
    assert found >= 97


def test_a_memory_in_use_is_not_called_broken(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(path) as memory:
        memory.add([pair("Oui", "Yes")])
    other = sqlite3.connect(path)
    other.execute("begin exclusive")
    monkeypatch.setattr("translate.knowledge.memory._WAIT", 0.05)
    with pytest.raises(MemoryFileError) as caught, opened(path) as memory:
        memory.add([pair("Non", "No")])
    other.close()
    assert "Another program" in (caught.value.remedy or "")
