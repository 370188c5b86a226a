"""The merge: whatever happens to a source, no word that a person wrote is lost."""

from __future__ import annotations

import copy
import datetime as dt
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import polib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translate.catalogs import merge, provenance, store
from translate.catalogs.changes import Change, Kind
from translate.catalogs.states import State, set_fuzzy, state, untouched
from translate.catalogs.units import Unit
from translate.documents.model import Role

NOW = dt.datetime(2026, 5, 1, 9, 30, tzinfo=dt.UTC)
LONG = "Le ministre a annoncé mardi à Paris une hausse de 3 % du budget de la culture."
CHANGED = "Le ministre a annoncé mercredi à Paris une hausse de 4 % du budget de la culture."


def unit(text: str, line: int = 1, role: Role = Role.PARAGRAPH, context: str | None = None) -> Unit:
    return Unit((context, text), (role,), (), (line,))


def new(tmp_path: Path, *texts: str) -> store.Catalog:
    catalog = merge.create(tmp_path / "a.po", "a", "fr", "en", NOW)
    return run(catalog, *texts)


def run(catalog: store.Catalog, *texts: str | Unit) -> store.Catalog:
    found = [one if isinstance(one, Unit) else unit(one, n) for n, one in enumerate(texts, 1)]
    catalog, _ = merge.merge(catalog, found, "source/a b.txt", NOW, language="fr")
    store.save(catalog)
    proven(catalog.path)
    again = store.load(catalog.path)
    assert again is not None
    return again


def proven(path: Path) -> None:
    """Ask the real msgfmt; without it the test says less, but never in CI."""
    if not shutil.which("msgfmt"):
        assert not os.environ.get("CI"), "gettext is missing"
        return
    done = subprocess.run(["msgfmt", "-c", "-o", os.devnull, path], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def fill(catalog: store.Catalog, text: str, words: str, how: State, context: str | None = None) -> polib.POEntry:
    entry = catalog.get((context, text))
    assert entry is not None
    entry.msgstr = words
    set_fuzzy(entry, how is State.DRAFT)
    if how is State.DRAFT:
        line = provenance.Provenance({"engine": "argos"}, 0.5, (), provenance.fingerprint(words)).line()
        entry.tcomment = provenance.with_line(entry.tcomment, line)
    return entry


def at(catalog: store.Catalog, text: str, context: str | None = None) -> tuple[State, str]:
    entry = catalog.get((context, text))
    assert entry is not None
    return state(entry), entry.msgstr


def test_nothing_changed_nothing_written(tmp_path: Path) -> None:
    catalog = new(tmp_path, "Un.", "Deux.")
    before = catalog.path.read_bytes()
    merged, change = merge.merge(catalog, [unit("Un.", 1), unit("Deux.", 2)], "source/a b.txt", NOW)
    assert not change.any
    assert not store.save(merged)
    later, _ = merge.merge(catalog, [unit("Un.", 1), unit("Deux.", 2)], "source/a b.txt", NOW + dt.timedelta(hours=1))
    assert not store.save(later)
    assert catalog.path.read_bytes() == before
    assert b"#: source/a%20b.txt:1\n" in before


def test_what_changed_is_told_and_dated(tmp_path: Path) -> None:
    fresh = merge.create(tmp_path / "a.po", "a", "fr", "en", NOW)
    fresh, _ = merge.merge(fresh, [unit("Un.")], "a.txt", NOW + dt.timedelta(hours=1))
    assert fresh.file.metadata["POT-Creation-Date"] == "2026-05-01 09:30+0000"
    catalog = new(tmp_path, "Un.", LONG)
    fill(catalog, LONG, "words", State.REVIEWED)
    found = [unit("Deux.", 4), unit(CHANGED, 7)]
    merged, changes = merge.merge(catalog, found, "a.txt", NOW + dt.timedelta(hours=1), language="fr")
    assert changes.found == [
        Change(Kind.CHANGED, LONG, CHANGED, 7),
        Change(Kind.NEW, "", "Deux.", 4),
        Change(Kind.OBSOLETE, "Un."),
    ]
    assert changes.kept == 0
    assert merged.file.metadata["POT-Creation-Date"] == "2026-05-01 10:30+0000"


def test_a_catalog_that_lost_its_header_gets_what_is_missing_and_keeps_what_it_says(tmp_path: Path) -> None:
    catalog = new(tmp_path, "Un.")
    whole = dict(catalog.file.metadata)
    catalog.file.metadata = {"Last-Translator": "Claire Vidal", "X-Own": "7"}
    merge.complete(catalog, "a", "fr", "en", NOW)
    assert catalog.file.metadata == whole | {"Last-Translator": "Claire Vidal", "X-Own": "7"}
    catalog.file.metadata = {"Plural-Forms": "nplurals=1; plural=0;"}
    merge.complete(catalog, "a", "fr", "en", NOW)
    assert catalog.file.metadata == {"Plural-Forms": "nplurals=1; plural=0;"}


def test_moved_paragraph_keeps_all(tmp_path: Path) -> None:
    catalog = new(tmp_path, "Un.", LONG)
    fill(catalog, LONG, "words", State.REVIEWED).tcomment = "a person's note"
    catalog = run(catalog, LONG, "Un.")
    assert [entry.msgid for entry in catalog.entries] == [LONG, "Un."]
    assert at(catalog, LONG) == (State.REVIEWED, "words")
    assert catalog.entries[0].tcomment == "a person's note"


def test_changed_reviewed_is_stale_then_back(tmp_path: Path) -> None:
    catalog = new(tmp_path, LONG)
    fill(catalog, LONG, "words", State.REVIEWED)
    catalog = run(catalog, CHANGED)
    entry = catalog.entries[0]
    assert at(catalog, CHANGED) == (State.STALE, "words")
    assert entry.previous_msgid == LONG
    catalog = run(catalog, LONG)
    assert at(catalog, LONG) == (State.REVIEWED, "words")
    assert (catalog.entries[0].previous_msgid, catalog.entries[0].tcomment) == (None, "")


def test_source_back_after_many_changes(tmp_path: Path) -> None:
    first, second, third = "aaaaaaaaaa", "aaaaaaabbb", "aaaabbbbbb"
    catalog = new(tmp_path, first)
    fill(catalog, first, "words", State.REVIEWED)
    catalog = run(run(run(catalog, second), third), first)
    assert at(catalog, first) == (State.REVIEWED, "words")


def test_half_mended_stale_words_are_not_reviewed_by_a_source_that_goes_back(tmp_path: Path) -> None:
    catalog = new(tmp_path, LONG)
    fill(catalog, LONG, "words", State.REVIEWED)
    catalog = run(catalog, CHANGED)
    catalog.entries[0].msgstr = "half of it"
    catalog = run(catalog, LONG)
    assert at(catalog, LONG) == (State.DRAFT, "half of it")


def test_changed_untouched_draft_is_drafted_anew(tmp_path: Path) -> None:
    catalog = new(tmp_path, LONG)
    fill(catalog, LONG, "draft", State.DRAFT)
    catalog = run(catalog, CHANGED)
    assert at(catalog, CHANGED) == (State.UNTRANSLATED, "")
    assert catalog.entries[0].tcomment == ""


def test_changed_untouched_draft_keeps_the_notes_of_people(tmp_path: Path) -> None:
    catalog = new(tmp_path, LONG)
    entry = fill(catalog, LONG, "The minister...", State.DRAFT)
    entry.tcomment = f"ask the ministry\n{entry.tcomment}"
    store.save(catalog)
    (changed,) = run(catalog, CHANGED).entries
    assert (changed.msgstr, changed.tcomment) == ("", "ask the ministry")


def test_changed_edited_draft_keeps_the_words(tmp_path: Path) -> None:
    catalog = new(tmp_path, LONG)
    fill(catalog, LONG, "draft", State.DRAFT).msgstr = "a person's words"
    catalog = run(catalog, CHANGED)
    assert at(catalog, CHANGED) == (State.STALE, "a person's words")


@pytest.mark.parametrize("how", [State.REVIEWED, State.DRAFT])
def test_removed_is_obsolete_and_comes_back_with_its_state(tmp_path: Path, how: State) -> None:
    catalog = new(tmp_path, "Un.", LONG)
    fill(catalog, LONG, "words", how)
    catalog = run(catalog, "Un.")
    assert catalog.get((None, LONG)) is None
    assert [entry.msgstr for entry in catalog.file.obsolete_entries()] == ["words"]
    assert at(run(catalog, "Un.", LONG), LONG) == (how, "words")


def test_stale_stays_stale_through_obsolescence(tmp_path: Path) -> None:
    catalog = new(tmp_path, LONG)
    fill(catalog, LONG, "words", State.REVIEWED)
    catalog = run(run(run(catalog, CHANGED), "Autre."), CHANGED, "Autre.")
    assert at(catalog, CHANGED) == (State.STALE, "words")
    assert catalog.entries[0].previous_msgid == LONG


@pytest.mark.parametrize("was", [Role.HEADLINE, Role.PARAGRAPH])
def test_text_becomes_heading_and_body(tmp_path: Path, was: Role) -> None:
    catalog = run(new(tmp_path), unit("Paix", role=was))
    fill(catalog, "Paix", "words", State.REVIEWED)
    catalog = run(catalog, unit("Paix", 1, Role.HEADLINE, "heading"), unit("Paix", 2))
    kept, fresh = ("heading", None) if was is Role.HEADLINE else (None, "heading")
    assert at(catalog, "Paix", kept) == (State.REVIEWED, "words")
    assert at(catalog, "Paix", fresh) == (State.UNTRANSLATED, "")
    catalog = run(catalog, unit("Paix", 1, was))
    assert at(catalog, "Paix") == (State.REVIEWED, "words")


def test_words_of_a_headline_come_back_to_the_body_alone(tmp_path: Path) -> None:
    catalog = run(new(tmp_path), unit("Paix", 1, Role.HEADLINE, "heading"), unit("Paix", 2))
    fill(catalog, "Paix", "words", State.REVIEWED, "heading")
    store.save(catalog)
    catalog = run(run(catalog, "Un."), "Un.", "Paix")
    assert at(catalog, "Paix") == (State.REVIEWED, "words")
    assert catalog.entries[1].tcomment == "", "it is the same text, not one that changed"
    assert catalog.file.obsolete_entries() == []


def test_no_key_stands_twice_when_a_headline_comes_back_and_then_the_body(tmp_path: Path) -> None:
    both = unit("Paix", 1, Role.HEADLINE, "heading"), unit("Paix", 2)
    catalog = run(new(tmp_path), *both)
    fill(catalog, "Paix", "words of the headline", State.REVIEWED, "heading")
    fill(catalog, "Paix", "words of the body", State.REVIEWED)
    catalog = run(run(run(catalog, "Un."), unit("Paix", 1, Role.HEADLINE)), *both)
    kept = "\n".join(f"{entry.msgstr}\n{entry.tcomment}" for entry in catalog.file)
    assert "words of the headline" in kept
    assert "words of the body" in kept


@pytest.mark.parametrize("note", ["", "ask Marie"])
@pytest.mark.parametrize("retired", [False, True])
def test_plural_forms_of_a_text_that_changes_keep_their_words(tmp_path: Path, note: str, retired: bool) -> None:
    catalog = new(tmp_path, LONG, "Un.")
    entry = fill(catalog, LONG, "", State.REVIEWED)
    entry.msgid_plural, entry.msgstr_plural, entry.tcomment = "Plus !", {0: "one", 1: "many"}, note
    if retired:
        catalog = run(catalog, "Un.")
    catalog = run(catalog, CHANGED, "Un.")
    assert at(catalog, CHANGED) == (State.STALE, "one")
    assert provenance.notes(catalog.entries[0].tcomment) == f"{note}\nmany".strip()


def test_a_draft_that_was_accepted_and_got_plural_forms_is_no_untouched_draft(tmp_path: Path) -> None:
    catalog = new(tmp_path, LONG)
    entry = fill(catalog, LONG, "words", State.DRAFT)
    set_fuzzy(entry, False)
    entry.msgid_plural, entry.msgstr_plural, entry.msgstr = "Plus !", {0: "words", 1: ""}, ""
    catalog = run(catalog, CHANGED)
    assert at(catalog, CHANGED) == (State.STALE, "words")
    made = provenance.parse(catalog.entries[0].tcomment)
    assert made is not None
    assert made.facts == {"engine": "argos"}


def test_no_key_stands_twice_where_another_tool_retired_the_body_alone(tmp_path: Path) -> None:
    catalog = run(new(tmp_path), unit("Paix", 1, Role.HEADLINE, "heading"), unit("Paix", 2))
    fill(catalog, "Paix", "words of the headline", State.REVIEWED, "heading")
    body = fill(catalog, "Paix", "", State.REVIEWED)
    body.msgid_plural, body.msgstr_plural, body.obsolete = "Paix !", {0: "words of the body", 1: "more of them"}, True
    catalog = run(catalog, unit("Paix", 1, Role.HEADLINE))
    assert at(catalog, "Paix") == (State.REVIEWED, "words of the headline")
    assert catalog.entries[0].tcomment == "words of the body\nmore of them"


def test_plural_entries_of_other_tools(tmp_path: Path) -> None:
    catalog = new(tmp_path, "Un.")
    extra = polib.POEntry(msgid="Deux.", msgid_plural="Deux !", msgstr_plural={0: "one", 1: "many"}, tcomment="a note")
    late = polib.POEntry(msgid="Cinq.", msgid_plural="Cinq !", msgstr_plural={0: "", 1: "five"})
    empty = polib.POEntry(msgid="Quatre.", msgid_plural="Quatre !", msgstr_plural={0: "", 1: ""})
    gone = polib.POEntry(msgid="Trois.", msgid_plural="Trois !", msgstr_plural={0: "three", 1: "threes"})
    catalog.file.extend([extra, gone, empty, late])
    store.save(catalog)
    again = store.load(catalog.path)
    assert again is not None
    catalog = run(again, "Un.", "Deux.", "Quatre.", "Cinq.")
    assert at(catalog, "Cinq.") == (State.DRAFT, "five")
    assert at(catalog, "Deux.") == (State.DRAFT, "one")
    assert catalog.entries[1].tcomment == "a note\nmany"
    assert at(catalog, "Quatre.") == (State.UNTRANSLATED, "")
    text = catalog.path.read_text(encoding="utf-8")
    assert all(words in text for words in ('"three"', '"threes"'))


WORDS = st.sampled_from(["le", "la", "paix", "guerre", "ministre", "Paris", "mardi", "7", "hausse", "budget", "Alep"])
TEXTS = st.lists(WORDS, min_size=1, max_size=7).map(" ".join)
PLACES = st.lists(st.tuples(TEXTS, st.booleans()), min_size=1, max_size=6)


@settings(deadline=None, max_examples=20)
@given(st.lists(PLACES, min_size=10, max_size=10))
def test_ten_versions_lose_no_reviewed_words(versions: list[list[tuple[str, bool]]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        catalog = merge.create(Path(folder) / "a.po", "a", "fr", "de", NOW)
        said: set[str] = set()
        for number, version in enumerate(versions):
            both = {text for text, heading in version if heading} & {text for text, heading in version if not heading}
            found = {
                ("heading" if heading and text in both else None, text): Role.HEADLINE if heading else Role.PARAGRAPH
                for text, heading in version
            }
            catalog = run(catalog, *(unit(text, 1, role, context) for (context, text), role in found.items()))
            for index, entry in enumerate(catalog.entries):
                if state(entry) is State.UNTRANSLATED:
                    entry.msgstr = f"words {number} {index}"
                    said.add(entry.msgstr)
            store.save(catalog)
            again = store.load(catalog.path)
            assert again is not None
            catalog = again
            # Where two entries would have one key, the words of one stand in the notes of the other.
            kept = {words for entry in catalog.file for words in (entry.msgstr, *entry.tcomment.splitlines())}
            assert said <= kept


def test_twenty_thousand_entries(tmp_path: Path) -> None:
    texts = [f"Phrase {n} du grand catalogue, numéro {n * 7919}." for n in range(20_000)]
    catalog = merge.create(tmp_path / "a.po", "a", "fr", "en", NOW)
    catalog, _ = merge.merge(catalog, [unit(text, n) for n, text in enumerate(texts)], "a.txt", NOW)
    for entry in catalog.entries:
        entry.msgstr = entry.msgid.upper()
    store.save(catalog)
    again = store.load(catalog.path)
    assert again is not None
    edited = [f"{text[:-1]} revu." if n % 20 == 0 else text for n, text in enumerate(texts)]
    merged, change = merge.merge(again, [unit(text, n) for n, text in enumerate(edited)], "a.txt", NOW)
    assert (change.count(Kind.CHANGED), change.kept, len(change.found)) == (1000, 19_000, 1000)
    assert [state(entry) for entry in merged.entries].count(State.STALE) == 1000


@pytest.mark.skipif(not shutil.which("msgmerge") and not os.environ.get("CI"), reason="gettext is missing")
def test_msgmerge_keeps_provenance(tmp_path: Path) -> None:
    catalog = new(tmp_path, LONG)
    fill(catalog, LONG, "draft", State.DRAFT)
    store.save(catalog)
    template = tmp_path / "a.pot"
    template.write_bytes(
        store.serialise(store.template([unit(CHANGED)], "a.txt", {"Content-Type": "text/plain; charset=UTF-8"}))
    )
    subprocess.run(["msgmerge", "-q", "--previous", "-U", catalog.path, template], check=True, capture_output=True)
    again = store.load(catalog.path)
    assert again is not None
    assert provenance.parse(again.entries[0].tcomment) is not None


def test_many_lines_that_look_alike_all_keep_their_words(tmp_path: Path) -> None:
    before = [f"Le groupe {letter} joue samedi soir au stade." for letter in "ABCDEFGH"]
    catalog = new(tmp_path, *before)
    for text in before:
        fill(catalog, text, f"words of {text}", State.REVIEWED)
    after = [f"Le groupe {letter} joue samedi soir au stade." for letter in "IJKLMNOP"]
    catalog = run(catalog, *after)
    assert [at(catalog, text) for text in after] == [(State.STALE, f"words of {text}") for text in before]


def test_of_two_that_are_as_like_the_nearest_in_the_story_is_taken(tmp_path: Path) -> None:
    kept = [f"Phrase numéro {number}, qui reste." for number in "abcdefghij"]
    first, second = "Le ministre A a parlé mardi.", "Le ministre B a parlé mardi."
    catalog = new(tmp_path, *kept[:5], first, *kept[5:], second)
    fill(catalog, first, "A spoke.", State.REVIEWED)
    fill(catalog, second, "B spoke.", State.REVIEWED)
    catalog = run(catalog, *kept[:5], first.replace("A", "X", 1), *kept[5:], second.replace("B", "Y", 1))
    assert at(catalog, "Le ministre X a parlé mardi.") == (State.STALE, "A spoke.")
    assert at(catalog, "Le ministre Y a parlé mardi.") == (State.STALE, "B spoke.")


def test_between_the_same_neighbours_a_text_may_be_less_like_its_old_self(tmp_path: Path) -> None:
    before, after = "Le maire a parlé mardi soir à Lorient.", "Le préfet a parlé lundi matin à Brest."
    first, last = "Une phrase qui reste.", "Une autre, qui ne bouge pas non plus."
    catalog = new(tmp_path, first, before, last)
    fill(catalog, before, "The mayor spoke.", State.REVIEWED)
    elsewhere, _ = merge.merge(copy.deepcopy(catalog), [unit(text) for text in (first, last, after)], "a.txt", NOW)
    assert at(elsewhere, after) == (State.UNTRANSLATED, "")
    assert at(run(catalog, first, after, last), after) == (State.STALE, "The mayor spoke.")


@pytest.mark.parametrize("after", [CHANGED, "Tout autre chose, qui ne ressemble à rien."])
def test_a_note_on_an_entry_without_words_stays(tmp_path: Path, after: str) -> None:
    catalog = new(tmp_path, LONG)
    entry = catalog.get((None, LONG))
    assert entry is not None
    entry.tcomment = "TODO ask Marie about the figures"
    assert "ask Marie" in run(catalog, after).path.read_text()


def test_a_headline_keeps_its_own_words_when_the_body_loses_the_same_text(tmp_path: Path) -> None:
    headline, body = unit("Le port rouvre", 1, Role.HEADLINE, "heading"), unit("Le port rouvre", 2)
    catalog = merge.create(tmp_path / "a.po", "a", "fr", "en", NOW)
    catalog = run(catalog, headline, body)
    fill(catalog, "Le port rouvre", "Port reopens", State.REVIEWED, "heading")
    fill(catalog, "Le port rouvre", "The port reopens", State.REVIEWED).tcomment = "ask Marie"
    catalog = run(catalog, unit("Le port rouvre", 1, Role.HEADLINE))
    assert at(catalog, "Le port rouvre") == (State.REVIEWED, "Port reopens")
    assert catalog.entries[0].tcomment == "The port reopens\nask Marie", "what the body had is kept as a note"


def test_a_draft_that_another_tool_brought_from_another_text_is_drafted_anew(tmp_path: Path) -> None:
    catalog = new(tmp_path, CHANGED)
    entry = catalog.get((None, CHANGED))
    assert entry is not None
    hashes = provenance.fingerprint("Words for LONG."), provenance.fingerprint(LONG)
    entry.msgstr, entry.flags = "Words for LONG.", ["fuzzy"]
    entry.tcomment = provenance.Provenance({"engine": "argos"}, 0.5, (), *hashes).line()
    _, changes = merge.merge(catalog, [unit(CHANGED)], "a.txt", NOW)
    assert (changes.found, changes.kept) == ([Change(Kind.CHANGED, CHANGED, CHANGED, 1)], 0)
    assert at(run(catalog, CHANGED), CHANGED) == (State.UNTRANSLATED, "")
    entry.msgstr, entry.flags = "A person went on from it.", ["fuzzy"]
    entry.tcomment = provenance.Provenance({"engine": "argos"}, 0.5, (), *hashes).line()
    catalog = run(catalog, CHANGED)
    assert at(catalog, CHANGED) == (State.DRAFT, "A person went on from it.")
    assert "@draft" not in catalog.path.read_text()


def test_words_come_back_from_obsolete_entries_to_a_text_that_is_like_theirs(tmp_path: Path) -> None:
    catalog = new(tmp_path, LONG, "Un.")
    fill(catalog, LONG, "The words.", State.REVIEWED)
    catalog = run(catalog, "Un.")
    assert at(run(catalog, "Un.", CHANGED), CHANGED) == (State.STALE, "The words.")


def test_words_come_back_to_the_text_they_were_made_of_after_its_change_went(tmp_path: Path) -> None:
    catalog = new(tmp_path, LONG, "Un.")
    fill(catalog, LONG, "The words.", State.REVIEWED)
    catalog = run(run(catalog, CHANGED, "Un."), "Un.")
    assert at(run(catalog, "Un.", LONG), LONG) == (State.REVIEWED, "The words.")


def test_a_cosmetic_change_keeps_what_is_reviewed_and_says_so(tmp_path: Path) -> None:
    slip = LONG.replace("ministre", "minisrte")
    catalog = new(tmp_path, "Un.", slip)
    fill(catalog, slip, "words", State.REVIEWED).tcomment = "a person's note"
    catalog = run(catalog, "Un.", LONG)
    entry = catalog.get((None, LONG))
    assert entry is not None
    assert at(catalog, LONG) == (State.REVIEWED, "words")
    assert entry.tcomment == f"a person's note\n@cosmetic before: {slip}"
    assert provenance.notes(entry.tcomment) == "a person's note"
    assert entry.previous_msgid is None
    catalog = run(catalog, "Un.", CHANGED)
    assert at(catalog, CHANGED) == (State.STALE, "words")


def test_a_cosmetic_change_leaves_a_stale_entry_stale(tmp_path: Path) -> None:
    catalog = new(tmp_path, LONG)
    fill(catalog, LONG, "words", State.REVIEWED)
    catalog = run(run(catalog, CHANGED), CHANGED.replace("à Paris", "à  Paris"))
    assert at(catalog, CHANGED.replace("à Paris", "à  Paris"))[0] is State.STALE


def test_a_draft_whose_provenance_another_tool_wrapped_is_still_untouched(tmp_path: Path) -> None:
    catalog = new(tmp_path, LONG)
    facts = {"engine": "argos", "package": "fr_en/0.2", "origin": "starter", "model": "ea555e46215b", "beam": "2"}
    entry = fill(catalog, LONG, "words", State.DRAFT)
    marks = ("words", LONG)
    made = provenance.Provenance(facts, 0.5, ("loop",), *map(provenance.fingerprint, marks))
    entry.tcomment = provenance.with_line("a person's note", made.line())
    store.save(catalog)
    wrapped = polib.pofile(str(catalog.path))
    wrapped.save()
    assert made.line() not in catalog.path.read_text(encoding="utf-8")
    again = store.load(catalog.path)
    assert again is not None
    (entry,) = again.entries
    assert untouched(entry)
    assert provenance.parse(entry.tcomment) == made
    assert provenance.notes(entry.tcomment) == "a person's note"
    merged, _ = merge.merge(again, [unit(CHANGED)], "a.txt", NOW)
    assert at(merged, CHANGED) == (State.UNTRANSLATED, "")
