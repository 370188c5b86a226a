"""Segments joined and split: the decision is kept, the catalogs follow, and no words are lost."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable
from pathlib import Path

import polib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translate import cutting, pipeline, project, reading, releasing
from translate.catalogs import store
from translate.catalogs.states import State, state
from translate.catalogs.units import Key
from translate.documents import decisions
from translate.documents.codes import without_tags
from translate.errors import CatalogError, DocumentError, ProjectError, UsageError

NOW = dt.datetime(2026, 5, 1, 9, 30, tzinfo=dt.UTC)
DISPATCH = """Publié le 7 mars 2023 à 14h05

Le port rouvre ses portes

Le port est calme mardi. [Desk Photo - A. B.]
Le maire a reçu le cons. Martin mardi matin. Il était content ; il est reparti.

Il a dit non. Il a dit non.

desk/mar
"""
ENGLISH = {
    "Le maire a reçu le cons.": "The mayor received councillor",
    "Martin mardi matin.": "Martin on Tuesday morning.",
    "Il était content ; il est reparti.": "He was happy; he left again.",
}
FIRST, SECOND, THIRD = ENGLISH
JOINED = f"{FIRST} {SECOND}"

MARKDOWN = """# Le port

**Paris.** Le *maire* est là. Il dit **non. Mais oui** ; il part.

![Un port. Une ville.](port.jpg)
"""


def desk(folder: Path, name: str, text: str, segmentation: str = "sentence") -> project.Project:
    """Make a desk with one document and its catalogs."""
    (folder / "source").mkdir(parents=True)
    (folder / "translate.toml").write_text(
        f'source = "fr"\ntargets = ["en", "de"]\nsegmentation = "{segmentation}"\n', encoding="utf-8"
    )
    made = project.load(folder)
    revised(made, name, text)
    return made


def revised(made: project.Project, name: str, text: str) -> None:
    """Write the document, and bring its catalogs up to it."""
    (made.source_folder / name).write_text(text, encoding="utf-8")
    documents = reading.read(made).documents
    pipeline.save(made, pipeline.extract(made, documents, (), NOW), NOW)


def translated(made: project.Project, words: dict[str, str], language: str = "en") -> None:
    """Let a person translate some entries."""
    path = made.catalog("story", language)
    file = polib.pofile(str(path))
    for entry in file:
        if entry.msgid in words and not entry.obsolete:
            entry.msgstr, entry.flags, entry.previous_msgid = words[entry.msgid], [], None
    file.save(str(path))


def entries(made: project.Project, language: str = "en") -> list[tuple[str, str, State]]:
    found = store.load(made.catalog("story", language))
    assert found is not None
    return [(entry.msgid, entry.msgstr, state(entry)) for entry in found.entries]


def files(made: project.Project) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in made.root.rglob("*") if path.is_file()}


@pytest.fixture
def wire(tmp_path: Path) -> project.Project:
    made = desk(tmp_path / "desk", "story.txt", DISPATCH)
    translated(made, ENGLISH)
    return made


@pytest.fixture
def markdown(tmp_path: Path) -> project.Project:
    return desk(tmp_path / "desk", "story.md", MARKDOWN)


def test_a_reviewed_translation_survives_join_and_split(wire: project.Project, msgfmt: Callable[[Path], str]) -> None:
    before = entries(wire)
    assert cutting.join(wire, "story", (None, FIRST), NOW) == ((None, JOINED),)
    whole = "The mayor received councillor Martin on Tuesday morning."
    assert (JOINED, whole, State.REVIEWED) in entries(wire)
    assert (JOINED, "", State.UNTRANSLATED) in entries(wire, "de")
    assert FIRST not in [text for text, _, _ in entries(wire)]
    assert (
        (wire.root / "segments.toml")
        .read_text(encoding="utf-8")
        .endswith('[[place]]\nbefore = "reçu le cons."\nafter = "Martin mardi matin."\ncut = false\n')
    )
    assert msgfmt(wire.catalog("story", "en")) == ""
    assert cutting.split(wire, "story", (None, JOINED), len(FIRST), NOW) == ((None, FIRST), (None, SECOND))
    assert entries(wire) == before
    assert not (wire.root / "segments.toml").exists()
    assert msgfmt(wire.catalog("story", "en")) == ""


def test_split_then_join_gives_the_words_back(wire: project.Project) -> None:
    before = entries(wire)
    at = THIRD.index(" il est")
    new = cutting.split(wire, "story", (None, THIRD), at, NOW)
    assert new == ((None, "Il était content ;"), (None, "il est reparti."))
    # No rule cuts the English there: a person has to part it, and its words wait with the first half.
    assert ("Il était content ;", ENGLISH[THIRD], State.STALE) in entries(wire)
    assert ("il est reparti.", "", State.UNTRANSLATED) in entries(wire)
    assert cutting.join(wire, "story", new[0], NOW) == ((None, THIRD),)
    assert entries(wire) == before
    assert not (wire.root / "segments.toml").exists()


def test_half_a_parted_translation_does_not_stand_in_the_way(wire: project.Project) -> None:
    before = entries(wire)
    new = cutting.split(wire, "story", (None, THIRD), THIRD.index("il est"), NOW)
    translated(wire, {"il est reparti.": "he left again."})
    cutting.join(wire, "story", new[0], NOW)
    assert entries(wire) == before


def test_what_was_written_last_counts(wire: project.Project) -> None:
    cutting.join(wire, "story", (None, FIRST), NOW)
    cutting.split(wire, "story", (None, JOINED), len(FIRST), NOW)
    translated(wire, {SECOND: "Martin early on Tuesday."})
    cutting.join(wire, "story", (None, FIRST), NOW)
    assert (JOINED, "The mayor received councillor Martin early on Tuesday.", State.REVIEWED) in entries(wire)
    assert "The mayor received councillor Martin on Tuesday morning." in wire.catalog("story", "en").read_text()
    translated(wire, {JOINED: "He was received. Cllr Martin came early."})
    cutting.split(wire, "story", (None, JOINED), len(FIRST), NOW)
    found = {text: (words, how) for text, words, how in entries(wire)}
    assert found[FIRST] == ("He was received.", State.REVIEWED)
    assert found[SECOND] == ("Cllr Martin came early.", State.REVIEWED)


def test_the_decision_holds_in_the_next_version_and_in_other_stories(wire: project.Project) -> None:
    cutting.join(wire, "story", (None, FIRST), NOW)
    cutting.split(wire, "story", (None, THIRD), THIRD.index("il est"), NOW)
    later = DISPATCH.replace("Le maire a", "Hier soir, le maire a enfin").replace(
        "est reparti", "est reparti vers midi"
    )
    revised(wire, "story.txt", later)
    texts = [text for text, _, _ in entries(wire)]
    assert "Hier soir, le maire a enfin reçu le cons. Martin mardi matin." in texts
    assert "Il était content ; il est reparti vers midi." in texts  # one of the words was another
    revised(wire, "story.txt", DISPATCH.replace("Le maire a", "Hier soir, le maire a enfin"))
    assert {"Il était content ;", "il est reparti."} <= {text for text, _, _ in entries(wire)}
    (wire.source_folder / "other.md").write_text("Puis il a reçu le cons. Martin mardi matin.\n", encoding="utf-8")
    (other,) = reading.read(wire, ["other"]).documents
    assert [one.text for one in other.segments] == ["Puis il a reçu le cons. Martin mardi matin."]


def test_the_engine_gets_a_joined_segment_whole(wire: project.Project) -> None:
    cutting.join(wire, "story", (None, FIRST), NOW)
    assert reading.splitter(wire, "fr")(JOINED) == [(0, len(JOINED))]
    assert reading.splitter(wire, "en")(JOINED) != [(0, len(JOINED))]


def test_what_is_published_depends_on_the_decisions(wire: project.Project) -> None:
    before = releasing.Desk(wire, NOW).settings
    cutting.join(wire, "story", (None, FIRST), NOW)
    assert releasing.Desk(wire, NOW).settings != before


def test_inline_codes_move_with_the_words(markdown: project.Project) -> None:
    english = {"Paris.": "Paris.", "Le <1>maire</1> est là.": "The <1>mayor</1> is here."}
    translated(markdown, english)
    before = entries(markdown)
    (key,) = cutting.join(markdown, "story", (None, "Paris."), NOW)
    assert key == (None, "<1>Paris.</1> Le <2>maire</2> est là.")
    assert (key[1], "<1>Paris.</1> The <2>mayor</2> is here.", State.REVIEWED) in entries(markdown)
    translated(markdown, {key[1]: "<1>Paris!</1> The <2>mayor</2> is in."})
    # The offset is inside the pair, but at its edge.
    cutting.split(markdown, "story", key, key[1].index("</1>"), NOW)
    changed = {text: words for text, words, how in entries(markdown) if how is State.REVIEWED}
    assert changed == {"Paris.": "Paris!", "Le <1>maire</1> est là.": "The <1>mayor</1> is in."}
    translated(markdown, english)
    assert entries(markdown) == before


def test_a_text_that_the_format_takes_whole_is_not_split(markdown: project.Project) -> None:
    before = files(markdown)
    text = "Un port. Une ville."
    with pytest.raises(UsageError, match="the markdown format keeps this text as one"):
        cutting.split(markdown, "story", (None, text), text.index("Une"), NOW)
    assert files(markdown) == before


BOLD: Key = (None, "Il dit <1>non. Mais oui</1> ; il part.")


@pytest.mark.parametrize(
    ("at", "problem"),
    [
        (BOLD[1].index(" Mais"), "between <1> and </1>"),
        (BOLD[1].index("<1>") + 1, "inside a tag"),
        (BOLD[1].index("</1>") + 2, "inside a tag"),
        (BOLD[1].index("part") + 2, "inside a word"),
        (BOLD[1].index("part") + 4, "no word"),
        (0, "not inside its text"),
        (len(BOLD[1]), "not inside its text"),
        (-3, "not inside its text"),
    ],
)
def test_offsets_that_part_nothing_are_refused(markdown: project.Project, at: int, problem: str) -> None:
    before = files(markdown)
    with pytest.raises(UsageError, match=problem) as caught:
        cutting.split(markdown, "story", BOLD, at, NOW)
    assert "Il dit" in caught.value.where
    assert caught.value.remedy
    assert files(markdown) == before


def test_what_cannot_be_joined_is_refused(wire: project.Project) -> None:
    before = files(wire)
    for text, problem in [
        ("Le port est calme mardi.", "no segment follows"),
        (THIRD, "no segment follows"),
        ("Pas ici.", "no such segment"),
    ]:
        with pytest.raises(UsageError, match=problem) as caught:
            cutting.join(wire, "story", (None, text), NOW)
        assert caught.value.remedy
    with pytest.raises(UsageError, match="no document 'stories'"):
        cutting.join(wire, "stories", (None, FIRST), NOW)
    assert files(wire) == before


@pytest.mark.parametrize(
    ("name", "text", "first"),
    [
        ("story.md", "Un mot. … Deux mots.\n", "Un mot."),
        ("story.txt", "Le port\n\nPARIS, 7 mars 2023 (AFP) - Il pleut.\n", "PARIS"),
    ],
)
def test_what_stands_between_two_segments_keeps_them_apart(tmp_path: Path, name: str, text: str, first: str) -> None:
    made = desk(tmp_path / "desk", name, text)
    before = files(made)
    with pytest.raises(UsageError, match="keeps them apart"):
        cutting.join(made, "story", (None, first), NOW)
    assert files(made) == before


def test_equal_words_around_two_places_are_told_apart_or_refused(tmp_path: Path) -> None:
    one = "Il a dit non."
    made = desk(tmp_path / "three", "story.txt", f"Le titre\n\n{' '.join([one] * 3)}\n")
    assert cutting.join(made, "story", (None, one), NOW) == ((None, f"{one} {one}"),)
    made = desk(tmp_path / "six", "story.txt", f"Le titre\n\n{' '.join([one] * 6)}\n")
    before = files(made)
    with pytest.raises(UsageError, match="cannot be joined just here"):
        cutting.join(made, "story", (None, one), NOW)
    assert files(made) == before


def test_equal_sentences_in_one_paragraph(wire: project.Project) -> None:
    assert cutting.join(wire, "story", (None, "Il a dit non."), NOW) == ((None, "Il a dit non. Il a dit non."),)
    (one,) = decisions.load(wire.root / "segments.toml")
    assert not one.cut


def test_a_text_that_is_a_heading_too(tmp_path: Path) -> None:
    made = desk(tmp_path / "desk", "story.md", "# Un port\n\n## Le port\n\nLe port ; il rouvre. Le port\n")
    new = cutting.split(made, "story", (None, "Le port ; il rouvre."), len("Le port ;"), NOW)
    assert new == ((None, "Le port ;"), (None, "il rouvre."))
    assert cutting.join(made, "story", (None, "il rouvre."), NOW) == ((None, "il rouvre. Le port"),)


def test_a_missing_space_is_no_obstacle(tmp_path: Path) -> None:
    made = desk(tmp_path / "desk", "story.txt", "Le titre\n\nC'est la fin.Le début suit.\n")
    text = "C'est la fin.Le début suit."
    new = cutting.split(made, "story", (None, text), text.index("Le"), NOW)
    assert new == ((None, "C'est la fin."), (None, "Le début suit."))
    assert cutting.join(made, "story", new[0], NOW) == ((None, text),)


def test_whole_paragraphs_are_split_too(tmp_path: Path) -> None:
    made = desk(tmp_path / "desk", "story.txt", "Le titre\n\nIl pleut. Il neige. Il vente.\n", "paragraph")
    whole: Key = (None, "Il pleut. Il neige. Il vente.")
    translated(made, {whole[1]: "It rains. It snows. It blows."})
    before = entries(made)
    new = cutting.split(made, "story", whole, len("Il pleut."), NOW)
    assert new == ((None, "Il pleut."), (None, "Il neige. Il vente."))
    with pytest.raises(UsageError, match="no segment follows"):
        cutting.join(made, "story", new[1], NOW)
    assert cutting.join(made, "story", new[0], NOW) == (whole,)
    assert entries(made) == before


def test_entities_and_line_breaks_are_no_obstacle(tmp_path: Path) -> None:
    html = "<html><body><h1>Le port</h1><p>La firme AT&amp;T ferme.<br>Elle&nbsp;rouvre demain.</p></body></html>"
    made = desk(tmp_path / "desk", "story.html", html)
    (key,) = cutting.join(made, "story", (None, "La firme AT&T ferme."), NOW)
    assert key == (None, "La firme AT&T ferme.<1/>Elle rouvre demain.")
    translated(made, {key[1]: "AT&T closes.<1/>It opens tomorrow."})
    cutting.split(made, "story", key, key[1].index("<1/>"), NOW)
    assert [words for _, words, _ in entries(made)] == ["", "AT&T closes.", "It opens tomorrow."]
    elle = "Elle rouvre demain."
    assert cutting.split(made, "story", (None, elle), 5, NOW) == ((None, "Elle"), (None, "rouvre demain."))


def test_a_catalog_that_somebody_writes_meanwhile_takes_the_decision_back(
    wire: project.Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    (wire.root / "segments.toml").write_text('[[place]]\nbefore = "a"\nafter = "b"\ncut = true\n', encoding="utf-8")
    path, save = wire.catalog("story", "en"), pipeline.save

    def interrupted(*arguments):
        path.write_text(path.read_text(encoding="utf-8") + "\n# Poedit\n", encoding="utf-8")
        before.update(files(wire))
        return save(*arguments)

    before: dict[str, bytes] = {}
    kept = (wire.root / "segments.toml").read_bytes()
    monkeypatch.setattr(pipeline, "save", interrupted)
    with pytest.raises(CatalogError):
        cutting.join(wire, "story", (None, FIRST), NOW)
    assert (wire.root / "segments.toml").read_bytes() == kept
    assert path.read_bytes() == before[str(path)]


def test_a_broken_file_of_decisions_stops_every_verb_and_is_kept(wire: project.Project) -> None:
    (wire.root / "segments.toml").write_text("[[place]]\nbefore = 'x'\n", encoding="utf-8")
    before = files(wire)
    for use in (
        lambda: reading.read(wire),
        lambda: reading.splitter(wire, "fr"),
        lambda: cutting.join(wire, "story", (None, FIRST), NOW),
    ):
        with pytest.raises(ProjectError, match="is missing"):
            use()
    assert files(wire) == before


def test_a_document_that_cannot_be_read(wire: project.Project) -> None:
    (wire.source_folder / "story.txt").write_bytes(b"")
    with pytest.raises(DocumentError):
        cutting.join(wire, "story", (None, FIRST), NOW)


PARAGRAPHS = [
    "Il pleut à Brest. Il neige ; il vente fort. Rien de plus.",
    "Le cons. Martin parle. Le cons. Martin se tait, puis il part.",
    "**Un mot.** Il dit *oui ; oui*, puis **rien. Plus** rien.",
]


@settings(deadline=None, max_examples=25)
@given(st.data())
def test_the_opposite_gives_all_back_and_no_words_are_lost(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        made = desk(Path(folder) / "desk", "story.md", "\n\n".join(PARAGRAPHS) + "\n")
        for _ in range(data.draw(st.integers(1, 4))):
            translated(made, {text: text.replace("Il", "It") for text, _, _ in entries(made)})
            before, settled = entries(made), decided(made)
            text = data.draw(st.sampled_from([text for text, _, _ in before]))
            at = data.draw(st.one_of(st.none(), st.integers(1, len(text))))
            try:
                new = cut(made, text, at)
            except UsageError:
                assert (entries(made), decided(made)) == (before, settled)
                continue
            (document,) = reading.read(made).documents
            assert {one.text for one in document.segments} == {text for text, _, _ in entries(made)}
            kept = made.catalog("story", "en").read_text(encoding="utf-8")
            assert all(f'msgstr "{words}"' in kept for _, words, _ in before)
            cut(made, new[0][1], _behind(new[0][1], text) if at is None else None)
            assert entries(made) == before
            assert decided(made) == settled
            if data.draw(st.booleans()):
                cut(made, text, at)


def cut(made: project.Project, text: str, at: int | None) -> tuple[Key, ...]:
    """Split a segment at an offset, or join it with the next one."""
    key: Key = (None, text)
    return cutting.join(made, "story", key, NOW) if at is None else cutting.split(made, "story", key, at, NOW)


def decided(made: project.Project) -> tuple[decisions.Decision, ...]:
    return decisions.load(made.root / "segments.toml")


def _behind(whole: str, first: str) -> int:
    """Return the offset in a joined text behind the text of its first part."""
    wanted = "".join(without_tags(first).split())
    return next(
        at
        for at, sign in enumerate(whole, 1)
        if sign not in "<>/" and "".join(without_tags(whole[:at]).split()) == wanted
    )
