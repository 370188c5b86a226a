"""The lines that say where words came from, one by one, and the states that PO tools show."""

from __future__ import annotations

import polib
import pytest

from translate.catalogs import provenance
from translate.catalogs.provenance import Provenance, fingerprint
from translate.catalogs.states import State, set_fuzzy, state, untouched

LINE = "@draft engine=argos package=fr_en/0.1 confidence=0.71 source=77aa01c2 text=5b1c0a7f doubts=loop,figures"
MADE = Provenance({"engine": "argos", "package": "fr_en/0.1"}, 0.71, ("loop", "figures"), "5b1c0a7f", "77aa01c2")
NOTE = "Not “opens its doors”."


def test_a_line_is_written_and_read_as_it_is_documented() -> None:
    assert MADE.line() == LINE
    assert Provenance({}, 0.5).line() == "@draft confidence=0.50"
    assert provenance.parse(LINE) == MADE
    assert fingerprint("") == "e3b0c442"
    assert provenance.parse(f"{NOTE}\n  {LINE}\nmore") == MADE
    assert provenance.parse(NOTE) is None
    assert provenance.parse("@drafted engine=argos") is None


def test_what_a_line_leaves_out_or_has_wrong_is_read_as_nothing() -> None:
    assert provenance.parse("@draft engine=argos confidence=high by hand") == Provenance({"engine": "argos"}, 0.0)
    assert provenance.parse("@draft") == Provenance({}, 0.0)
    assert provenance.parse("@draft note=a=b") == Provenance({"note": "a=b"}, 0.0)


def test_values_with_spaces_commas_and_signs_come_back() -> None:
    made = Provenance({"package": "a b,c%d\n"}, 0.1, ("a,b", "c d"))
    assert " package=a%20b%2Cc%25d%0A " in made.line()
    assert provenance.parse(made.line()) == made


@pytest.mark.parametrize(
    ("confidence", "written"), [(1.0, "1.00"), (0.1, "0.10"), (0.0999, "0.100"), (0.05, "0.050"), (0.0, "0.000")]
)
def test_small_confidences_have_three_decimals(confidence: float, written: str) -> None:
    assert provenance.digits(confidence) == written


def test_a_draft_of_another_text_is_foreign() -> None:
    assert Provenance({}, 0.5, source=fingerprint("Paix")).foreign("Guerre")
    assert not Provenance({}, 0.5, source=fingerprint("Paix")).foreign("Paix")
    assert not Provenance({}, 0.5).foreign("Paix")


def test_what_drafted_is_the_package_or_else_the_engine() -> None:
    assert provenance.drafter({"engine": "argos", "package": "fr_en/0.1"}) == "fr_en/0.1"
    assert provenance.drafter({"engine": "memory"}) == "memory"
    assert provenance.drafter({}) == ""


def test_a_line_takes_the_place_of_its_kind_only() -> None:
    stale = provenance.stale_line("reviewed", "Peace")
    comment = f"{NOTE}\n{LINE}\n{stale}"
    assert provenance.with_line(comment, "@draft engine=memory") == f"{NOTE}\n{stale}\n@draft engine=memory"
    assert provenance.with_line("", LINE) == LINE
    assert provenance.without(comment) == f"{NOTE}\n{stale}"
    assert provenance.without_stale(comment) == f"{NOTE}\n{LINE}"


def test_the_notes_of_people_are_all_that_is_not_ours() -> None:
    ours = [
        LINE,
        provenance.stale_line("reviewed", "Peace"),
        provenance.cosmetic_line("Le  présidnt\n parle."),
        provenance.resegmented_line("joined", 2),
        provenance.reviewed_line("Ada", "2026-11-02", "Paix", "Peace"),
    ]
    assert ours[2:4] == ["@cosmetic before: Le présidnt parle.", "@resegmented joined=2"]
    assert provenance.notes("\n".join([*ours, NOTE])) == NOTE
    assert provenance.notes(f" {NOTE} ") == NOTE
    assert provenance.notes("write to @desk") == "write to @desk"


def test_the_state_before_the_source_changed_holds_for_the_words_it_was_said_of() -> None:
    line = provenance.stale_line("reviewed", "Peace")
    assert line == f"@stale was=reviewed text={fingerprint('Peace')}"
    assert provenance.stale_was(line, "Peace") == "reviewed"
    assert provenance.stale_was(f"{line} odd note=a=b", "Peace") == "reviewed"
    assert provenance.stale_was(line, "War") is None
    assert provenance.stale_was(NOTE, "Peace") is None
    assert provenance.stale_was("@stale was=reviewed", "Peace") is None


def test_a_review_holds_for_the_source_and_the_words_it_was_said_of() -> None:
    line = provenance.reviewed_line("Jean-Marie D.", "2026-11-02T10:00", "Paix", "Peace")
    assert line.startswith("@reviewed by=Jean%2DMarie%20D. at=2026-11-02T10:00 source=")
    assert provenance.reviewed_by(line, "Paix", "Peace") == ("Jean-Marie D.", "2026-11-02T10:00")
    assert provenance.reviewed_by(f"{line} odd note=a=b", "Paix", "Peace") == ("Jean-Marie D.", "2026-11-02T10:00")
    assert provenance.reviewed_by(line, "Guerre", "Peace") is None
    assert provenance.reviewed_by(line, "Paix", "War") is None
    assert provenance.reviewed_by(NOTE, "Paix", "Peace") is None
    nameless = f"@reviewed source={fingerprint('Paix')} text={fingerprint('Peace')}"
    assert provenance.reviewed_by(nameless, "Paix", "Peace") == ("", "")


def test_a_review_is_signed_again_for_a_text_that_changed_in_no_word() -> None:
    line = provenance.reviewed_line("Ada", "2026-11-02", "Paix ", "Peace")
    again = provenance.signed_again(f"{NOTE}\n{line}", "Paix ", "Paix", "Peace")
    assert provenance.reviewed_by(again, "Paix", "Peace") == ("Ada", "2026-11-02")
    assert provenance.notes(again) == NOTE
    assert provenance.signed_again(line, "Guerre", "Paix", "Peace") == line


def test_mended_words_keep_what_was_said_of_them() -> None:
    before, after = fingerprint("Peace"), fingerprint("Peace.")
    lines = [f"@draft engine=argos text={before}", f"@stale was=draft text={before}", f"@reviewed text={before}"]
    note = f"a person's text={before}"
    carried = provenance.carried("\n".join([*lines, note]), "Peace", "Peace.").split("\n")
    assert carried == [*(line.replace(before, after) for line in lines), note]


def test_words_put_together_are_said_to_be_of_the_first_engine() -> None:
    (line,) = provenance.drafted_lines([NOTE, LINE, "@draft engine=memory"], "Paix")
    made = provenance.parse(line)
    assert made == Provenance(MADE.facts, 0.71, MADE.doubts, "", fingerprint("Paix"))
    assert provenance.drafted_lines([NOTE, ""], "Paix") == []


def test_a_line_that_a_tool_broke_is_read_whole() -> None:
    for line in (LINE, "@stale was=draft text=11111111", "@reviewed by=Ada at=now source=1 text=2"):
        head, _, tail = line.rpartition(" ")
        assert provenance.without(f"{head}\n  {tail}\n{NOTE}", line.split()[0]) == NOTE
    assert provenance.parse(f"@draft engine=argos\n{NOTE} a=b") == Provenance({"engine": "argos"}, 0.0)
    assert provenance.notes("a note\na=b") == "a note\na=b"


@pytest.mark.parametrize(
    ("entry", "wanted"),
    [
        (polib.POEntry(msgid="Paix"), State.UNTRANSLATED),
        (polib.POEntry(msgid="Paix", msgstr=" \n", flags=["fuzzy"]), State.UNTRANSLATED),
        (polib.POEntry(msgid="Paix", msgstr="Peace"), State.REVIEWED),
        (polib.POEntry(msgid="Paix", msgstr="Peace", previous_msgid="Guerre"), State.REVIEWED),
        (polib.POEntry(msgid="Paix", msgstr="Peace", flags=["fuzzy"]), State.DRAFT),
        (polib.POEntry(msgid="Paix", msgstr="Peace", flags=["fuzzy"], previous_msgid="Guerre"), State.STALE),
    ],
)
def test_the_state_is_what_every_po_tool_shows(entry: polib.POEntry, wanted: State) -> None:
    assert state(entry) is wanted


def test_other_flags_stay_where_fuzzy_comes_and_goes() -> None:
    entry = polib.POEntry(msgid="Paix", msgstr="Peace", flags=["c-format", "fuzzy", "no-wrap"])
    set_fuzzy(entry, False)
    assert entry.flags == ["c-format", "no-wrap"]
    set_fuzzy(entry, True)
    set_fuzzy(entry, True)
    assert entry.flags == ["c-format", "no-wrap", "fuzzy"]


def test_a_draft_is_untouched_until_a_person_writes_in_it_or_accepts_it() -> None:
    comment = f"@draft engine=argos text={fingerprint('Peace')}"
    entry = polib.POEntry(msgid="Paix", msgstr="Peace", flags=["fuzzy"], tcomment=comment)
    assert untouched(entry)
    entry.msgstr = "Peace!"
    assert not untouched(entry)
    entry.msgstr, entry.flags = "Peace", []
    assert not untouched(entry)
    entry.flags, entry.tcomment = ["fuzzy"], "a person's draft"
    assert not untouched(entry)
