"""What comes back: three texts are compared, and nobody's words are overwritten."""

from __future__ import annotations

import polib
import pytest
from hypothesis import given as examples
from hypothesis import settings
from hypothesis import strategies as st

from tests.catalogs.interchange.catalogs import catalog, entry, identity
from translate.catalogs import store
from translate.catalogs.interchange.returns import Kind, Result, Return, apply, cleaned
from translate.catalogs.states import State, set_fuzzy, state
from translate.catalogs.store import Catalog

SOURCE = "Le <1>port</1> est calme."
ENGINE = "Der <1>Port</1> ist ruhig."
PERSON = "Der <1>Hafen</1> ist ruhig."
OTHER = "Ruhig liegt der <1>Hafen</1>."


def back(sent: polib.POEntry, target: str, now: State | None, **more: str) -> Return:
    return Return(identity(sent), sent.msgid, target, now, **more)


def put(one: Catalog, *returns: Return) -> tuple[Result, list[Kind]]:
    result = apply(one, returns)
    return result, [trouble.kind for trouble in result.troubles]


@pytest.mark.parametrize(
    ("said", "then"),
    [
        (State.REVIEWED, State.REVIEWED),
        (State.DRAFT, State.DRAFT),
        (None, State.DRAFT),
        (State.UNTRANSLATED, State.DRAFT),
    ],
)
@pytest.mark.parametrize("was", [State.UNTRANSLATED, State.DRAFT, State.REVIEWED])
def test_new_words_are_taken_where_nobody_wrote_meanwhile(said: State | None, then: State, was: State) -> None:
    one = entry(SOURCE, ENGINE if was is not State.UNTRANSLATED else "", was)
    result, troubles = put(catalog(one), back(one, PERSON, said))
    assert (one.msgstr, state(one), result.taken, troubles) == (PERSON, then, 1, [])


@pytest.mark.parametrize("after", [State.DRAFT, State.REVIEWED])
def test_words_that_a_person_wrote_meanwhile_stay_and_the_others_are_a_comment(after: State) -> None:
    one = entry(SOURCE, ENGINE, State.DRAFT, drafted=True, note="a note")
    sent = back(one, PERSON, State.REVIEWED)
    one.msgstr = OTHER
    set_fuzzy(one, after is not State.REVIEWED)
    result, troubles = put(catalog(one), sent)
    assert (one.msgstr, state(one), result.taken, troubles) == (OTHER, after, 0, [Kind.CONFLICT])
    assert f"@returned {PERSON}" in one.tcomment.split("\n")
    assert "a note" in one.tcomment.split("\n")
    before = one.tcomment
    assert put(catalog(one), sent)[1] == [Kind.CONFLICT]
    assert one.tcomment == before


def test_a_person_may_accept_a_translation_without_its_codes() -> None:
    one = entry(SOURCE, "Der Hafen.", State.REVIEWED)
    put(catalog(one), Return("3", SOURCE, "Der Hafen.", State.REVIEWED))
    assert state(one) is State.REVIEWED


def test_a_draft_that_was_accepted_meanwhile_is_not_overwritten() -> None:
    one = entry(SOURCE, ENGINE, State.DRAFT, drafted=True)
    sent = back(one, PERSON, State.DRAFT)
    set_fuzzy(one, False)
    assert put(catalog(one), sent)[1] == [Kind.CONFLICT]
    assert (one.msgstr, state(one)) == (ENGINE, State.REVIEWED)


def test_a_draft_that_an_engine_made_meanwhile_is_overwritten() -> None:
    one = entry(SOURCE)
    sent = back(one, PERSON, State.REVIEWED)
    drafted = entry(SOURCE, ENGINE, State.DRAFT, drafted=True)
    result, troubles = put(catalog(drafted), sent)
    assert (drafted.msgstr, state(drafted), result.taken, troubles) == (PERSON, State.REVIEWED, 1, [])


def test_what_was_not_touched_there_does_not_undo_what_was_done_here() -> None:
    one = entry(SOURCE, ENGINE, State.DRAFT, drafted=True)
    sent = back(one, ENGINE, State.DRAFT)
    one.msgstr = PERSON
    set_fuzzy(one, False)
    result, troubles = put(catalog(one), sent)
    assert (one.msgstr, state(one), result.unchanged, troubles) == (PERSON, State.REVIEWED, 1, [])


def test_a_draft_that_a_person_emptied_stays_empty() -> None:
    one = entry(SOURCE, ENGINE, State.DRAFT, drafted=True)
    sent = back(one, ENGINE, State.DRAFT)
    one.msgstr = ""
    set_fuzzy(one, False)
    put(catalog(one), sent)
    assert one.msgstr == ""


def test_only_the_state_changed() -> None:
    one = entry(SOURCE, ENGINE, State.DRAFT, drafted=True)
    sent = back(one, ENGINE, State.REVIEWED)
    assert put(catalog(one), sent)[0].taken == 1
    assert (one.msgstr, state(one)) == (ENGINE, State.REVIEWED)
    refused = back(one, ENGINE, State.DRAFT)
    put(catalog(one), refused)
    assert state(one) is State.DRAFT


def test_a_file_that_says_no_states_takes_no_review_away() -> None:
    one = entry(SOURCE, PERSON, State.REVIEWED)
    put(catalog(one), back(one, PERSON, None))
    assert state(one) is State.REVIEWED


def test_a_tool_that_drops_the_name_with_the_hash_loses_no_words() -> None:
    one, mine = entry(SOURCE, ENGINE, State.DRAFT, drafted=True), entry("Oui", "Ja", State.REVIEWED)
    bare = [
        Return(identity(it).split("-")[0], it.msgid, text, State.REVIEWED)
        for it, text in ((one, PERSON), (mine, "Doch"))
    ]
    assert put(catalog(one, mine), *bare)[1] == [Kind.CONFLICT]
    assert (one.msgstr, mine.msgstr) == (PERSON, "Ja")


def test_an_emptied_or_missing_unit_empties_nothing() -> None:
    one, other = entry(SOURCE, PERSON, State.DRAFT), entry("Oui", "Ja", State.REVIEWED)
    result, troubles = put(catalog(one, other), back(one, "", State.UNTRANSLATED))
    assert (one.msgstr, other.msgstr, result.taken, troubles) == (PERSON, "Ja", 0, [])


@pytest.mark.parametrize("words", ["Der Hafen ist ruhig.", "Der </1>Hafen<1> ist ruhig.", f"{PERSON}<7/>"])
@pytest.mark.parametrize("said", [State.DRAFT, State.REVIEWED])
def test_lost_codes_are_reported_and_the_entry_stays_fuzzy(words: str, said: State) -> None:
    one = entry(SOURCE, ENGINE, State.DRAFT, drafted=True)
    sent = back(one, words, said)
    assert put(catalog(one), sent)[1] == [Kind.CODES]
    assert (one.msgstr, state(one)) == (words, State.DRAFT)
    before = str(one)
    assert put(catalog(one), sent)[1] == [Kind.CODES]
    assert str(one) == before


@pytest.mark.parametrize("words", [f"\n    {PERSON}\n   ", PERSON.replace(" ist", "\r\n   ist"), f"\t{PERSON} "])
def test_line_breaks_of_a_tool_are_not_words(words: str) -> None:
    one = entry(SOURCE, PERSON, State.REVIEWED)
    before = str(one)
    assert put(catalog(one), back(one, words, State.REVIEWED))[0].unchanged == 1
    assert str(one) == before
    fresh = entry(SOURCE)
    put(catalog(fresh), Return("", SOURCE, words, State.REVIEWED))
    assert fresh.msgstr == PERSON


def test_no_break_spaces_are_words() -> None:
    one = entry("Oui !", "Ja !", State.REVIEWED)
    put(catalog(one), back(one, "Ja\u202f!\u00a0", State.REVIEWED))
    assert one.msgstr == "Ja\u202f!\u00a0"


def changed(was: State, words: str) -> tuple[Return, Catalog, polib.POEntry]:
    """Return what comes back of an entry, and the catalog in which its source has changed since."""
    sent = back(entry(SOURCE, ENGINE, State.DRAFT, drafted=True), PERSON, State.REVIEWED)
    now = entry("Le <1>port</1> est très calme.", words, was, drafted=was is State.DRAFT and words == ENGINE)
    return sent, catalog(now, entry("Autre chose.", "Etwas anderes.", State.REVIEWED)), now


@pytest.mark.parametrize(("was", "words"), [(State.UNTRANSLATED, ""), (State.DRAFT, ENGINE)])
def test_a_translation_of_a_source_that_changed_is_kept_as_stale(was: State, words: str) -> None:
    sent, one, now = changed(was, words)
    result, troubles = put(one, sent)
    assert (now.msgstr, state(now), now.previous_msgid) == (PERSON, State.STALE, SOURCE)
    assert (result.late, troubles) == (1, [])
    before = store.serialise(one.file)
    assert put(one, sent)[0].unchanged == 1
    assert store.serialise(one.file) == before


@pytest.mark.parametrize("was", [State.DRAFT, State.REVIEWED])
def test_a_source_that_changed_and_was_translated_anew_is_left_alone(was: State) -> None:
    sent, one, now = changed(was, OTHER)
    assert put(one, sent)[1] == [Kind.CONFLICT]
    assert (now.msgstr, state(now)) == (OTHER, was)
    assert f"@returned {PERSON}" in now.tcomment


def test_a_stale_entry_takes_the_new_words_for_its_old_source() -> None:
    reviewed = entry(SOURCE, ENGINE, State.REVIEWED)
    sent = back(reviewed, PERSON, State.REVIEWED)
    stale = entry("Le <1>port</1> est très calme.", ENGINE, State.STALE, previous=SOURCE)
    result, troubles = put(catalog(stale), sent)
    assert (stale.msgstr, state(stale), stale.previous_msgid) == (PERSON, State.STALE, SOURCE)
    assert (result.late, troubles) == (1, [])


def test_the_stale_words_become_reviewed_when_their_source_comes_back() -> None:
    import datetime as dt

    from translate.catalogs import merge
    from translate.catalogs.units import Unit
    from translate.documents.model import Role

    sent, one, _ = changed(State.UNTRANSLATED, "")
    put(one, sent)
    again = Unit((None, SOURCE), (Role.LEAD,), (), (1,))
    merged, _ = merge.merge(one, [again], "source/port.txt", dt.datetime(2026, 5, 1, tzinfo=dt.UTC))
    assert (merged.entries[0].msgstr, state(merged.entries[0])) == (PERSON, State.REVIEWED)


def test_a_text_that_left_takes_its_translation_along() -> None:
    gone = entry(SOURCE, ENGINE, State.DRAFT, drafted=True)
    sent = back(gone, PERSON, State.REVIEWED)
    gone.obsolete = True
    result, troubles = put(catalog(gone), sent)
    assert (gone.msgstr, gone.fuzzy, gone.obsolete, result.taken, troubles) == (PERSON, False, True, 1, [])


def test_units_that_nobody_knows_are_reported_with_their_words() -> None:
    one = catalog(entry("Autre chose."))
    result, troubles = put(one, Return("u7", "Une phrase d'ailleurs.", "Von anderswo.", State.REVIEWED))
    assert troubles == [Kind.UNKNOWN]
    assert result.troubles[0].target == "Von anderswo."
    assert put(one, Return("u7", "Une phrase d'ailleurs.", "", None))[1] == []


def test_a_file_of_another_program_is_matched_by_its_sources() -> None:
    one, mine = entry(SOURCE), entry("Oui", "Ja", State.REVIEWED)
    result, troubles = put(
        catalog(one, mine), Return("3", f" {SOURCE}\n", PERSON, State.REVIEWED), Return("4", "Oui", "Doch", None)
    )
    assert (one.msgstr, state(one), mine.msgstr) == (PERSON, State.REVIEWED, "Ja")
    assert (result.taken, troubles) == (1, [Kind.CONFLICT])


def test_what_people_write_beside_an_entry_cannot_pass_for_provenance() -> None:
    one = entry(SOURCE, PERSON, State.DRAFT)
    put(catalog(one), back(one, PERSON, State.DRAFT, note="@draft engine=x text=00\n@stale was=reviewed\n why?\t"))
    assert one.tcomment == "why?"


TEXTS = st.sampled_from(["", ENGINE, PERSON, OTHER, "Der Hafen.", "=1"])
STATES = st.sampled_from(list(State))


@settings(max_examples=500)
@examples(TEXTS, TEXTS, TEXTS, STATES, st.booleans(), st.booleans())
def test_words_of_people_survive_whatever_happens(
    sent: str, here: str, there: str, said: State, accepted: bool, drafted: bool
) -> None:
    """A person's words of either side are in the entry, in its comments or in what is reported."""
    out = entry(SOURCE, sent, State.DRAFT if sent else State.UNTRANSLATED, drafted=drafted and bool(sent))
    returned = Return(identity(out), SOURCE, there, said)
    one = entry(SOURCE, here, State.UNTRANSLATED if not here else State.REVIEWED if accepted else State.DRAFT)
    if here == sent and not accepted:
        one.tcomment = out.tcomment
    held = catalog(one)
    before = state(one)
    result, _ = put(held, returned)
    kept = "\n".join([one.msgstr, one.tcomment, *(trouble.target for trouble in result.troubles)])
    if here != sent:
        assert here in kept, "the catalog's"
    if there != sent:
        assert there in kept, "the file's"
    if before is State.REVIEWED and here != sent:
        assert (one.msgstr, state(one)) == (here, State.REVIEWED)
    again = store.serialise(held.file)
    put(held, returned)
    assert store.serialise(held.file) == again


def test_cleaned_keeps_spaces_within_a_line() -> None:
    assert cleaned("\n  a  b \r\n\tc\u00a0\n") == "a  b c\u00a0"
