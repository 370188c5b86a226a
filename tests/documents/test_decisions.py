"""A desk's own decisions about where sentences end: what they override, and how they are kept."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.documents.decisions import Decision, Spot, decide, deciding, is_cut, load, save
from translate.documents.layout import whole
from translate.documents.segmentation import load_segmenter
from translate.errors import ProjectError

FRENCH = load_segmenter("fr").spans
TEXT = "Le maire a reçu le cons. Martin mardi matin. Il était content ; il est reparti."


def decision(before: str, after: str, cut: bool) -> Decision:
    return Decision(tuple(before.split()), tuple(after.split()), cut)


JOINED = decision("le cons.", "Martin mardi", False)
PARTED = decision("content ;", "il", True)


def sentences(text: str, *decisions: Decision, split=FRENCH) -> list[str]:
    return [text[start:end] for start, end in deciding(split, decisions)(text)]


def spot(text: str, before: str) -> Spot:
    """Return the place behind some words of a text."""
    start = text.index(before) + len(before)
    end = start + len(text[start:]) - len(text[start:].lstrip())
    return Spot(text, start, end, 0, len(text))


def test_the_rules_are_overridden_both_ways() -> None:
    assert sentences(TEXT) == [
        "Le maire a reçu le cons.",
        "Martin mardi matin.",
        "Il était content ; il est reparti.",
    ]
    assert sentences(TEXT, JOINED, PARTED) == [
        "Le maire a reçu le cons. Martin mardi matin.",
        "Il était content ;",
        "il est reparti.",
    ]


@pytest.mark.parametrize("space", [" ", "\n", "\u00a0", " \u202f "])
def test_white_space_is_the_source_s_affair(space: str) -> None:
    assert len(sentences(TEXT.replace(" ", space), JOINED, PARTED)) == 3
    assert sentences(f"Il a parlé ;{space}puis rien.", decision("parlé ;", "puis rien.", True)) == [
        "Il a parlé ;",
        "puis rien.",
    ]


def test_a_place_without_white_space() -> None:
    stuck = decision("la fin.", "Le début", True)
    assert sentences("C'est la fin.Le début suit.", stuck) == ["C'est la fin.", "Le début suit."]
    assert sentences("C'est la fin. Le début suit.", stuck) == ["C'est la fin.", "Le début suit."]
    assert sentences("fin.Le", decision("fin.", "Le", True)) == ["fin.", "Le"]


@pytest.mark.parametrize("text", ["unmot ici", "dixun mot", "un motif", "deux\u00a0unmot"])
def test_words_are_whole_words(text: str) -> None:
    assert sentences(text, decision("un", "mot", True)) == [text]


def test_three_sentences_become_one() -> None:
    text = "Un. Deux. Trois."
    both = decision("Un.", "Deux.", False), decision("Deux.", "Trois.", False)
    assert sentences(text, *both) == [text]


def test_where_two_decisions_meet_more_words_count() -> None:
    general, here = decision("cons.", "Martin", False), decision("vu le cons.", "Martin hier.", True)
    for both in ((general, here), (here, general)):
        assert sentences("Il a vu le cons. Martin hier.", *both) == ["Il a vu le cons.", "Martin hier."]
        assert len(sentences(TEXT, *both)) == 2


def test_whole_paragraphs_are_cut_where_the_desk_decided() -> None:
    assert len(sentences(TEXT, JOINED, PARTED, split=whole)) == 2


WORDS = st.sampled_from(["un", "le", "cons.", "Martin", "fin.", "Le", "mot,", "«", "É.", "fin.Le"])
TEXTS = st.lists(st.tuples(WORDS, st.sampled_from([" ", "  ", "\n", "\u00a0"])), max_size=25).map(
    lambda found: "".join(word + space for word, space in found)
)
DECISIONS = st.lists(
    st.builds(
        Decision,
        st.lists(WORDS, min_size=1, max_size=3).map(tuple),
        st.lists(WORDS, min_size=1, max_size=3).map(tuple),
        st.booleans(),
    ),
    max_size=6,
)


def slowly(text: str, one: Decision) -> set[tuple[int, int]]:
    """Find the places of a decision by trying every one."""
    found = set()
    for at in range(1, len(text)):
        before, after = text[:at], text[at:]
        if before[-1:].isspace() or not after.strip():
            continue
        end = at + len(after) - len(after.lstrip())
        left, right = before.split(), after.split()
        if end == at and before[-1].isalnum() and after[0].isalnum():
            continue
        if left[-len(one.before) :] == [*one.before] and right[: len(one.after)] == [*one.after]:
            found.add((at, end))
    return found


@given(TEXTS, DECISIONS, st.sampled_from([FRENCH, whole]))
def test_spans_stay_in_the_text_and_in_order_and_hold_every_word(text: str, decisions, split) -> None:
    spans = deciding(split, decisions)(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one[1] <= other[0] and not text[one[1] : other[0]].strip() for one, other in pairwise(spans))
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())
    assert all(text[start:end] == text[start:end].strip() for start, end in spans)


@given(TEXTS, DECISIONS, st.sampled_from([FRENCH, whole]))
def test_the_index_finds_what_trying_every_place_finds(text: str, decisions, split) -> None:
    here: dict[tuple[int, int], list[Decision]] = {}
    for one in decisions:
        for place in slowly(text, one):
            here.setdefault(place, []).append(one)
    decided = {place: max(found, key=lambda one: (one.words, one)).cut for place, found in here.items()}
    by_rule, made = gaps(split(text)), gaps(deciding(split, decisions)(text))
    assert all((place in made) is decided.get(place, place in by_rule) for place in by_rule | made | decided.keys())


def gaps(spans: list[tuple[int, int]]) -> set[tuple[int, int]]:
    return {(one[1], other[0]) for one, other in pairwise(spans)}


# --- deciding --------------------------------------------------------------------------------------------


def test_a_decision_has_the_words_around_its_place() -> None:
    assert decide((), spot(TEXT, "cons."), False, [TEXT], FRENCH) == (
        decision("reçu le cons.", "Martin mardi matin.", False),
    )


def test_more_words_where_three_are_not_enough() -> None:
    text = "Hier il a vu le cons. Martin parti hier. Puis lui a vu le cons. Martin parti hier."
    (one,) = decide((), spot(text, "il a vu le cons."), False, [text], FRENCH)
    assert one == decision("a vu le cons.", "Martin parti hier. Puis", False)
    assert sentences(text, one)[0] == "Hier il a vu le cons. Martin parti hier."
    assert len(sentences(text, one)) == 3


def test_fewer_words_at_the_ends_of_a_text_and_more_on_the_other_side() -> None:
    text = "Paris. Le maire est là depuis hier."
    assert decide((), spot(text, "Paris."), False, [text], FRENCH) == (
        decision("Paris.", "Le maire est là depuis", False),
    )


def test_equal_places_are_one_decision() -> None:
    text = "Le cons. Martin. Le cons. Martin."
    decided = decide((), spot(text, "Le cons."), False, [text], FRENCH)
    assert len(decided) == 1
    assert sentences(text, *decided)[0] == "Le cons. Martin."


@given(TEXTS.filter(lambda text: len(text.split()) > 1), DECISIONS, st.data())
def test_the_opposite_takes_a_decision_back(text: str, known, data) -> None:
    places = sorted(gaps(_words(text)))
    start, end = data.draw(st.sampled_from(places))
    here = Spot(text, start, end, 0, len(text.rstrip()))
    before = is_cut(deciding(FRENCH, known), here)
    once = decide(known, here, not before, [text], FRENCH)
    assert is_cut(deciding(FRENCH, once), here) is not before
    twice = decide(once, here, before, [text], FRENCH)
    assert is_cut(deciding(FRENCH, twice), here) is before
    assert decide(twice, here, before, [text], FRENCH) == twice
    if not known:
        assert twice == ()


def _words(text: str) -> list[tuple[int, int]]:
    found, at = [], 0
    for word in text.split():
        start = text.index(word, at)
        at = start + len(word)
        found.append((start, at))
    return found


# --- the file --------------------------------------------------------------------------------------------

FILE = """# Nos décisions.

# Conseillers
[[place]]
before = "le  cons."   # conseiller
after = "Martin mardi"
cut = false

[[place]]
before = "content ;"
after = "il"
cut = true
"""


def test_a_file_that_people_write(tmp_path: Path) -> None:
    path = tmp_path / "segments.toml"
    assert load(path) == ()
    path.write_text("\ufeff" + FILE.replace("\n", "\r\n"), encoding="utf-8")
    assert load(path) == (JOINED, PARTED)
    before = path.read_bytes()
    assert not save(path, [PARTED, JOINED])
    assert path.read_bytes() == before


def test_what_is_written_is_read_again_and_written_once(tmp_path: Path) -> None:
    path = tmp_path / "segments.toml"
    odd = Decision(('«\\"\x7f', "\u202a\x01"), ("É.",), True)
    assert save(path, [PARTED, odd, JOINED])
    assert set(load(path)) == {JOINED, PARTED, odd}
    before = path.stat().st_mtime_ns, path.read_bytes()
    assert not save(path, [JOINED, odd, PARTED])
    assert (path.stat().st_mtime_ns, path.read_bytes()) == before
    assert save(path, [])
    assert not path.exists()
    assert not save(path, [])


def test_comments_stay_with_their_entries(tmp_path: Path) -> None:
    path = tmp_path / "segments.toml"
    path.write_text(FILE, encoding="utf-8")
    assert save(path, [PARTED, JOINED, decision("z", "e", True)])
    added = '[[place]]\nbefore = "z"\nafter = "e"\ncut = true\n'
    assert path.read_text(encoding="utf-8") == f"{FILE}\n{added}"
    assert save(path, [PARTED])
    assert path.read_text(encoding="utf-8") == "# Nos décisions.\n\n" + FILE[FILE.rindex("[[place]]") :]


@pytest.mark.parametrize(
    ("content", "where", "problem"),
    [
        ("[[place]\n", "segments.toml", "not valid TOML"),
        ("[place]\n", "segments.toml", "no list"),
        ("places = 1\n", "segments.toml", "places is not a key"),
        ("place = [1]\n", "place 1", "no table"),
        (FILE + "[[place]]\nafter = 'b'\ncut = true\n", "place 3", "before is missing"),
        (FILE + "[[place]]\nbefore = 'a'\nafter = 'b'\ncut = 1\n", "place 3", "cut cannot be 1"),
        (FILE + "[[place]]\nbefore = ' '\nafter = 'b'\ncut = true\n", "place 3", "before cannot be ' '"),
        (FILE + "[[place]]\nbefore = 'a'\nafter = 'b'\ncut = true\nx = 1\n", "place 3", "x is not a key"),
        (FILE + "[[place]]\nbefore = 'content ;'\nafter = 'il'\ncut = false\n", "place 3", "the opposite"),
    ],
)
def test_a_wrong_file_is_named_and_kept(tmp_path: Path, content: str, where: str, problem: str) -> None:
    path = tmp_path / "segments.toml"
    path.write_text(content, encoding="utf-8")
    for use in (load, lambda one: save(one, [JOINED])):
        with pytest.raises(ProjectError) as caught:
            use(path)
        assert where in caught.value.where
        assert problem in caught.value.problem
        assert caught.value.remedy
    assert path.read_text(encoding="utf-8") == content


def test_a_file_that_is_not_text_or_not_written_as_entries(tmp_path: Path) -> None:
    path = tmp_path / "segments.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ProjectError, match="cannot be read"):
        load(path)
    path.write_text('place = [{before = "le cons.", after = "Martin mardi", cut = false}]\n')
    assert load(path) == (JOINED,)
    with pytest.raises(ProjectError, match="told apart"):
        save(path, [])
    assert path.read_text().startswith("place = [")
