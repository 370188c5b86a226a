"""The workbench as a person uses it, in a real browser, over a real desk."""

from __future__ import annotations

import re
import subprocess

import polib
import pytest

from tests.conftest import DISPATCH
from tests.review.conftest import (
    CLOSED,
    HEADLINE,
    QUOTE,
    accept,
    barriers,
    begin,
    end,
    go,
    make_desk,
    saved,
    source,
    until,
    words,
)  # fmt: skip
from translate.quality.checks import checks

pytestmark = pytest.mark.slow


def test_a_story_is_reviewed_by_keyboard_alone(house, person):
    page = person(house, "en/port0")
    assert page.inner_text("#counted") == "0 of 8 reviewed"
    for _ in range(8):
        before = source(page)
        page.keyboard.press("Control+Enter")
        until(
            page,
            "text => document.querySelector('#read .source-text')?.textContent !== text"
            " || document.getElementById('said').textContent === 'Everything is reviewed.'",
            arg=before,
        )
        saved(page)
    until(page, "document.getElementById('counted').textContent === '8 of 8 reviewed'")
    file = polib.pofile(str(house.catalog("port0")))
    assert not any(entry.fuzzy for entry in file)
    assert all("@reviewed by=Ada%20B." in entry.tcomment for entry in file)
    assert file.metadata["Last-Translator"] == "Ada B. <>"


def test_the_edition_follows_the_keys_and_the_checks_follow_the_edition(house, person):
    page = person(house, "en/port1")
    go(page, CLOSED)
    page.fill("#words", "It was shut for 6 days.")
    assert page.inner_text("#edition .s.here") == "It was shut for 6 days."
    page.wait_for_selector("#doubts .error")
    assert "3 became 6" in page.inner_text("#doubts")
    assert page.inner_text("#mirror mark.error") == "6"
    page.fill("#words", 'It was "shut" for 3 days.')
    # Typography comes from the desk, as it will be in the edition.
    until(page, "document.querySelector('#edition .s.here').textContent === 'It was “shut” for 3 days.'")
    assert house.entry("port1", CLOSED).msgstr != 'It was "shut" for 3 days.'


def test_only_the_entry_that_was_touched_differs(house, person):
    subprocess.run(["git", "init", "-q"], cwd=house.folder, check=True)
    subprocess.run(["git", "add", "-f", house.catalog("port2")], cwd=house.folder, check=True)
    page = person(house, "en/port2")
    go(page, HEADLINE)
    accept(page, "The port reopens its gates")
    shown = subprocess.run(
        ["git", "diff", "-U0", house.catalog("port2")], cwd=house.folder, capture_output=True, text=True
    )
    lines = [line for line in shown.stdout.splitlines() if re.match(r"[+-](?![+-])", line)]
    header = [line for line in lines if line[1:].startswith('"')]
    assert {line[2:].partition(":")[0] for line in header} <= {"PO-Revision-Date", "Last-Translator"}
    rest = [line for line in lines if line not in header]
    assert [line for line in rest if line.startswith("+msgstr")] == ['+msgstr "The port reopens its gates"']
    assert len([line for line in rest if line[1:].startswith("msgstr")]) == 2
    assert all(line[1:].startswith(("msgstr", "#")) for line in rest)


def test_undo_gives_back_the_entry_as_it_was(house, person):
    before = house.entry("port3", HEADLINE)
    page = person(house, "en/port3")
    go(page, HEADLINE)
    accept(page, "Another headline")
    assert house.entry("port3", HEADLINE).msgstr == "Another headline"
    page.keyboard.press("Alt+z")
    until(page, "text => document.getElementById('words').value === text", arg=before.msgstr)
    after = house.entry("port3", HEADLINE)
    assert (after.msgstr, after.flags, after.tcomment) == (before.msgstr, before.flags, before.tcomment)


def test_alternatives_matches_terms_and_history_are_one_key_away(house, person):
    page = person(house, "en/port4")
    go(page, CLOSED)
    first = words(page)
    page.keyboard.press("Alt+2")
    until(page, "text => document.getElementById('words').value !== text", arg=first)
    assert words(page) == page.get_attribute("[data-alternative='2']", "data-words")
    page.keyboard.press("Alt+c")
    assert words(page) == CLOSED
    accept(page, "It had been shut for 3 days.")
    page.keyboard.press("Alt+ArrowUp")
    go(page, CLOSED)
    page.click("#aids summary:has-text('History')")
    assert "Ada B." in page.inner_text("#aids .history")


def test_what_was_reviewed_in_one_story_is_used_in_the_others(house, person):
    page = person(house, "de/port5")
    go(page, QUOTE)
    accept(page, '"Wir sind bereit", sagte der Minister.')
    go(page, QUOTE)
    page.keyboard.press("Alt+e")
    until(page, "document.getElementById('said').textContent.startsWith('used in')")
    for other in ("port6", "port7"):
        entry = house.entry(other, QUOTE, "de")
        assert (entry.msgstr, entry.fuzzy) == ('"Wir sind bereit", sagte der Minister.', False)
    other = person(house, "de/port8")
    go(other, QUOTE)
    assert words(other) == '"Wir sind bereit", sagte der Minister.'


def test_an_edit_in_another_program_is_noticed_and_merged(house, person):
    page = person(house, "en/port9")
    go(page, HEADLINE)
    page.fill("#words", "My own headline")
    path = house.catalog("port9")
    file = polib.pofile(str(path))
    file.find(CLOSED).msgstr = "Poedit was here for 3 days."
    file.find(CLOSED).flags = []
    file.save(str(path))
    page.wait_for_selector("#rows li[data-state=reviewed] .to:text-is('Poedit was here for 3 days.')")
    assert words(page) == "My own headline"
    page.keyboard.press("Control+Enter")
    saved(page)
    assert house.entry("port9", HEADLINE).msgstr == "My own headline"
    assert house.entry("port9", CLOSED).msgstr == "Poedit was here for 3 days."


@pytest.mark.parametrize("mine", [True, False])
def test_two_that_touch_the_same_entry_are_shown_side_by_side(house, person, mine):
    document = "port10" if mine else "port11"
    page = person(house, f"en/{document}")
    go(page, HEADLINE)
    page.fill("#words", "Mine")
    path = house.catalog(document)
    file = polib.pofile(str(path))
    file.find(HEADLINE).msgstr, file.find(HEADLINE).flags = "Theirs", []
    file.save(str(path))
    page.focus("#words")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#conflict:visible")
    assert page.inner_text("#theirs") == "Theirs"
    assert words(page) == "Mine"
    assert house.entry(document, HEADLINE).msgstr == "Theirs"
    page.click("#keep-mine" if mine else "#take-theirs")
    saved(page)
    assert house.entry(document, HEADLINE).msgstr == ("Mine" if mine else "Theirs")


def test_two_people_see_each_other_and_lose_nothing(house, person):
    ada, ben = person(house, "en/port12", "Ada"), person(house, "en/port12", "Ben")
    go(ada, HEADLINE)
    ada.fill("#words", "Ada writes")
    go(ben, HEADLINE)
    ben.wait_for_selector("#locked")
    assert "Ada" in ben.inner_text("#others")
    assert not ben.is_editable("#words")
    ada.focus("#words")
    ada.keyboard.press("Control+Enter")
    saved(ada)
    until(ben, "document.getElementById('words').value === 'Ada writes'")
    until(ben, "!document.getElementById('words').readOnly")
    go(ben, CLOSED)
    accept(ben, "Ben writes for 3 days.")
    ada.wait_for_selector("#rows .to:text-is('Ben writes for 3 days.')")
    assert "by=Ben" in house.entry("port12", CLOSED).tcomment


def test_a_comment_and_a_waiver_are_kept_in_the_catalog(house, person):
    page = person(house, "en/port13")
    go(page, CLOSED)
    page.keyboard.press("Alt+m")
    page.fill("#comment", "Ask the harbour master.")
    page.click("[data-do=keep-comment]")
    until(page, "document.getElementById('said').textContent === 'comment kept'")
    accept(page, "It was shut for 6 days.")
    go(page, CLOSED)
    page.click("#doubts summary")
    page.fill("#doubts input", "the agency corrected it")
    page.keyboard.press("Enter")
    page.wait_for_selector("#doubts .waived")
    comment = house.entry("port13", CLOSED).tcomment
    assert "Ask the harbour master." in comment
    assert "check-ignore: figures: the agency corrected it" in comment


def test_words_survive_a_browser_that_dies(house, person):
    page = person(house, "en/port14")
    go(page, CLOSED)
    page.fill("#words", "It was shut when the light went out 3 days ago")
    # A tab that crashes tells nobody.
    address = page.url
    page.evaluate("window.onpagehide = null")
    page.reload()
    until(page, "document.getElementById('facts').textContent !== ''")
    assert address == page.url
    assert words(page) == "It was shut when the light went out 3 days ago"


def test_a_dispatch_with_script_in_its_headline_is_text(house, person):
    page = person(house, "en/hostile")
    assert source(page) == "Le <script>alert(1)</script> port & ses « portes »"
    accept(page, "The <img src=x onerror=alert(2)> port</textarea>")
    page.reload()
    until(page, "document.getElementById('facts').textContent !== ''")
    assert "<img src=x onerror=alert(2)>" in page.inner_text("#edition h3")
    assert page.locator("#edition img, #rows img, #source script").count() == 0


def test_codes_are_never_lost(house, person):
    page = person(house, "en/codes")
    text = "Le <1>port</1> est <2>ouvert</2> mardi."
    go(page, text)
    page.fill("#words", "The port is <2>open</2> on Tuesday.")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#alarm:has-text('inline codes')")
    assert house.entry("codes", text).fuzzy
    page.complaints.clear()
    page.fill("#words", "The  is <2>open</2> on Tuesday.")
    page.evaluate("document.getElementById('words').setSelectionRange(4, 4)")
    page.keyboard.press("Alt+t")
    page.keyboard.type("port")
    page.keyboard.press("Alt+t")
    assert words(page) == "The <1>port</1> is <2>open</2> on Tuesday."
    page.keyboard.press("Control+Enter")
    saved(page)
    assert house.entry("codes", text).msgstr == "The <1>port</1> is <2>open</2> on Tuesday."


def test_risk_filters_and_search_order_the_list(house, person):
    page = person(house, "en/port15")
    page.select_option("#order", "risk")
    risks = page.eval_on_selector_all("#rows li", "rows => rows.map(row => Number(row.dataset.risk))")
    assert risks == sorted(risks, reverse=True)
    page.select_option("#order", "")
    page.fill("#search", "ministre")
    assert page.locator("#rows li:visible").count() == 1
    page.fill("#search", "")
    go(page, HEADLINE)
    accept(page, "The port reopens")
    page.select_option("#filter", "waiting")
    assert page.locator("#rows li:visible").count() == 7


def test_a_server_killed_in_mid_edit_loses_nothing(tmp_path, person):
    folder = tmp_path / "desk"
    make_desk(folder, {"port.txt": DISPATCH}, drafted=False)
    bench = begin(folder)
    port = int(bench.origin.rpartition(":")[2])
    page = person(bench, "en/port")
    go(page, HEADLINE)
    bench.kill()
    page.fill("#words", "Written while nobody listened")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#alarm:has-text('does not answer')")
    assert bench.entry("port", HEADLINE).msgstr != "Written while nobody listened"
    again = begin(folder, port)
    saved(page)
    page.wait_for_selector("#alarm", state="hidden")
    assert bench.entry("port", HEADLINE).msgstr == "Written while nobody listened"
    # The browser itself says that requests failed.
    page.complaints.clear()
    page.close()
    end(again)
    end(bench)


def test_the_dashboard_drafts_and_publishes(tmp_path, person):
    folder = tmp_path / "desk"
    make_desk(folder, {"port.txt": DISPATCH})
    bench = begin(folder)
    (folder / "source/new.txt").write_text("La grève continue\n\nElle dure depuis 5 jours.\n")
    page = person(bench)
    # What the desk did before is told late, when the page has already begun something else.
    late = []
    page.route("**/api/work", lambda route: route.continue_() if late else late.append((route, route.fetch())))
    page.reload()
    with page.expect_response("**/api/run"):
        page.click("#run")
    late[0][0].fulfill(response=late[0][1])
    page.wait_for_selector("tbody tr:has-text('La grève continue')")
    page.wait_for_selector("#outcome li")
    assert all(entry.msgstr for entry in polib.pofile(str(bench.catalog("new"))))
    page.click("#publish")
    page.wait_for_selector("#outcome li:has-text('must be reviewed')")
    for document, count in (("en/new", 2), ("de/new", 2)):
        page.goto(f"{bench.origin}/story/{document}")
        until(page, "document.getElementById('facts').textContent !== ''")
        for _ in range(count):
            page.keyboard.press("Control+Enter")
            saved(page)
            page.wait_for_timeout(300)
    page.goto(bench.address)
    page.click("#publish")
    page.wait_for_selector("#outcome li:has-text('new (en): published')")
    assert (folder / "output/site/en/new.html").is_file()
    page.close()
    end(bench)


def test_segments_are_joined_and_split_and_stay_so(house, person):
    page = person(house, "en/cuts")
    first, second = "Le port est calme mardi.", "Il rouvre demain."
    go(page, first)
    accept(page, "The port is quiet on Tuesday.")
    go(page, second)
    accept(page, "It reopens tomorrow.")
    go(page, first)
    page.keyboard.press("Alt+j")
    until(
        page,
        "document.querySelector('#read .source-text')?.textContent === 'Le port est calme mardi. Il rouvre demain.'",
    )
    assert words(page) == "The port is quiet on Tuesday. It reopens tomorrow."
    assert not house.entry("cuts", f"{first} {second}").fuzzy
    page.keyboard.press("Alt+k")
    page.click("#cuts button:text-is('Il')")
    until(page, "document.querySelector('#read .source-text')?.textContent === 'Le port est calme mardi.'")
    assert words(page) == "The port is quiet on Tuesday."
    assert page.locator("#rows li").count() == 3


VIEWS = {"phone": (390, 844), "tablet": (900, 1100), "desk": (1400, 900)}


@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_no_barrier(house, person, view):
    width, height = VIEWS[view]
    page = person(house, "en/cuts", viewport={"width": width, "height": height})
    go(page, "Le port")
    page.fill("#words", "the harbour  of 3 ships.")
    page.wait_for_selector("#doubts .warning")
    page.click("[data-do=comment]")
    page.click("[data-do=again]")
    page.wait_for_selector("[data-alternative]")
    page.click("[data-do=split]")
    for address in ("", house.origin):
        if address:
            page.goto(address)
        found, kept = barriers(page)
        assert found == []
        assert kept > 15
    page.evaluate("localStorage.clear()")


def test_five_thousand_segments_are_usable(tmp_path, person):
    folder = tmp_path / "desk"
    text = "\n\n".join(f"Il y avait {number} bateaux dans le port, dit le ministre." for number in range(2, 5002))
    make_desk(folder, {"long.txt": "Le port\n\n" + text + "\n"}, drafted=False)
    bench = begin(folder)
    page = person(bench, "en/long", patience=60_000)
    assert page.locator("#rows li").count() >= 5000
    go(page, "Il y avait 4000 bateaux dans le port, dit le ministre.")
    accept(page, "There were 4,000 ships in the harbour, said the minister.")
    assert bench.entry("long", "Il y avait 4000 bateaux dans le port, dit le ministre.").fuzzy == 0
    page.close()
    end(bench)


# Of drafts that are no translations the checks would say much.
CHECKS_OFF = "\n[checks]\n" + "".join(f"{name} = false\n" for name in checks())
STORY = [
    ["Le port rouvre"],
    ["Le port a rouvert mardi.", "Il était fermé depuis 3 jours.", "Les bateaux attendaient."],
    ["Le ministre est venu.", "Il a parlé aux marins.", "La foule l'a écouté."],
    ["La mer était calme.", "Le vent soufflait du nord.", "Il faisait froid."],
    ["Une longue attente"],
    ["Les marins étaient contents.", "Leurs familles attendaient.", "Le capitaine a souri."],
    ["Le premier bateau est parti à midi.", "Il transporte 40 voitures.", "Le second partira demain."],
    ["La grève est finie.", "Les syndicats ont signé.", "Le salaire augmente de 2 %."],
    ["Le port est ancien.", "Il a 200 ans.", "Il est beau."],
    ["La fête aura lieu dimanche.", "Tout le monde viendra."],
]
EDITED = {
    "Le port rouvre": "The port reopens",
    "Il était fermé depuis 3 jours.": "It had been closed for 3 days.",
    "Il a parlé aux marins.": "He spoke to the sailors.",
    "Le capitaine a souri.": "The captain smiled.",
    "Il transporte 40 voitures.": "It carries 40 cars.",
    "Il a 200 ans.": "It is 200 years old.",
}


def test_the_walk_through_a_story_takes_few_keys(tmp_path, person):
    """Review 25 segments with 6 edits, counting every key and click but those of the new words themselves."""
    folder = tmp_path / "desk"
    make_desk(folder, {"walk.txt": "\n\n".join(" ".join(part) for part in STORY) + "\n"}, drafted=False)
    for path in folder.rglob("walk.po"):
        file = polib.pofile(str(path))
        assert len(file) == 25
        for entry in file:
            # Right drafts: what has to be looked at is in the edits.
            entry.msgstr, entry.flags = EDITED.get(entry.msgid, f"Draft of {entry.msgid}"), ["fuzzy"]
        file.save(str(path))
    (folder / "translate.toml").write_text((folder / "translate.toml").read_text() + CHECKS_OFF)
    bench = begin(folder)
    page = person(bench, "en/walk")
    taken = 1  # the click in the dashboard that opened the story
    for part in STORY:
        until(page, "text => document.querySelector('#read .source-text').textContent === text", part[0])
        for text in part:
            if text in EDITED:
                while source(page) != text:
                    before = source(page)
                    page.keyboard.press("Alt+ArrowDown")
                    taken += 1
                    until(page, "text => document.querySelector('#read .source-text').textContent !== text", before)
                page.fill("#words", f"{EDITED[text]} indeed")
        page.keyboard.press("Control+Shift+Enter")
        taken += 1
        saved(page)
    until(page, "document.getElementById('counted').textContent === '25 of 25 reviewed'")
    # Poedit: 3 to open the file, one a segment, one to save; Weblate: one to open it, one a segment that was edited,
    # two one that was not (its mark is taken away first).
    assert taken == 17 < 3 + 25 + 1 < 1 + 6 + 2 * 19
    file = polib.pofile(str(bench.catalog("walk")))
    assert [entry.msgid for entry in file if entry.msgstr.endswith("indeed")] == list(EDITED)
    page.close()
    end(bench)


def test_a_paragraph_is_not_accepted_with_an_error_in_it(house, person):
    page = person(house, "en/port7")
    go(page, CLOSED)
    page.fill("#words", "It was shut for 6 days.")
    page.keyboard.press("Alt+s")
    saved(page)
    page.wait_for_selector("#rows li[data-worst=error]:has(.to:text-is('It was shut for 6 days.'))")
    go(page, "Le port de la ville a rouvert mardi, a annoncé le gouvernement.")
    page.keyboard.press("Control+Shift+Enter")
    until(page, "document.getElementById('said').textContent === 'Look at this one first.'")
    assert source(page) == CLOSED
    assert house.entry("port7", CLOSED).fuzzy
