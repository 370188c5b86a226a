"""No words are lost: what people do at the wrong moment, while answers are late, and beside each other."""

from __future__ import annotations

import time

import polib
import pytest

from tests.review.conftest import CLOSED, HEADLINE, QUOTE, accept, go, saved, source, until, words

pytestmark = pytest.mark.slow


def elsewhere(house, document: str, text: str, words: str) -> None:
    """Let another program review an entry."""
    path = house.catalog(document)
    file = polib.pofile(str(path), wrapwidth=0)
    file.find(text).msgstr, file.find(text).flags = words, []
    file.save(str(path))


def late(page, verb: str, seconds: float = 1.0) -> None:
    """Let the desk answer late."""

    def wait(route) -> None:
        time.sleep(seconds)
        route.continue_()

    page.route(f"**/api/{verb}/**", wait)


def silence(page, verb: str) -> None:
    """Let the desk not answer."""
    page.route(f"**/api/{verb}/**", lambda route: route.abort())


def test_a_browser_that_keeps_nothing_still_saves(house, person):
    page = person(house, "en/words0")
    page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };")
    page.reload()
    until(page, "document.getElementById('facts').textContent !== ''")
    go(page, HEADLINE)
    page.fill("#words", "The port opens")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#rows li[data-state=reviewed] .to:text-is('The port opens')")
    assert house.entry("words0", HEADLINE).msgstr == "The port opens"


def test_two_tabs_send_every_decision(house, person):
    one = person(house, "en/words1")
    other = one.context.new_page()
    other.goto(one.url)
    until(other, "document.getElementById('facts').textContent !== ''")
    for page in (one, other):
        silence(page, "save")
    texts = {one: HEADLINE, other: CLOSED}
    for page, text in texts.items():
        go(page, text)
        page.fill("#words", "In 3 tabs")
        page.keyboard.press("Control+Enter")
    for page in texts:
        page.unroute("**/api/save/**")
    saved(one)
    for text in texts.values():
        assert (house.entry("words1", text).msgstr, house.entry("words1", text).fuzzy) == ("In 3 tabs", False)
    one.complaints.clear()


def test_undo_waits_for_the_save_that_it_takes_back(house, person):
    page = person(house, "en/words2")
    go(page, HEADLINE)
    accept(page, "First")
    go(page, CLOSED)
    late(page, "save")
    page.fill("#words", "Second, after 3 days")
    page.keyboard.press("Control+Enter")
    page.keyboard.press("Alt+z")
    until(page, "document.getElementById('said').textContent === 'taken back'")
    assert house.entry("words2", HEADLINE).msgstr == "First"
    assert house.entry("words2", CLOSED).msgstr != "Second, after 3 days"


def test_what_is_typed_while_a_save_is_under_way_stays(house, person):
    page = person(house, "en/words3")
    go(page, HEADLINE)
    late(page, "save")
    page.fill("#words", "One")
    page.keyboard.press("Alt+s")
    page.keyboard.type(" and two")
    saved(page)
    assert words(page) == "One and two"
    page.unroute("**/api/save/**")
    # It is no conflict with oneself either.
    page.keyboard.press("Control+Enter")
    saved(page)
    page.wait_for_selector("#rows .to:text-is('One and two')")
    assert house.entry("words3", HEADLINE).msgstr == "One and two"


def test_what_is_typed_before_a_conflict_is_known_stays(house, person):
    page = person(house, "en/words4")
    go(page, HEADLINE)
    silence(page, "changes")
    late(page, "save")
    elsewhere(house, "words4", HEADLINE, "Theirs")
    page.fill("#words", "Mine")
    page.keyboard.press("Alt+s")
    page.keyboard.type(" and more")
    page.wait_for_selector("#conflict:visible")
    assert words(page) == "Mine and more"
    # One key too many decides nothing: both are still there.
    page.unroute("**/api/save/**")
    page.focus("#words")
    page.keyboard.press("Control+Enter")
    saved(page)
    page.wait_for_selector("#conflict:visible")
    assert house.entry("words4", HEADLINE).msgstr == "Theirs"
    assert words(page) == "Mine and more"
    page.click("#take-theirs")
    assert words(page) == "Theirs"
    page.complaints.clear()


def test_a_conflict_waits_for_who_is_writing_elsewhere(house, person):
    page = person(house, "en/words5")
    go(page, HEADLINE)
    silence(page, "changes")
    elsewhere(house, "words5", HEADLINE, "Theirs")
    page.fill("#words", "Mine")
    late(page, "save", 2)
    page.keyboard.press("Control+Enter")
    until(page, f"document.querySelector('#read .source-text').textContent !== '{HEADLINE}'")
    page.keyboard.type("Another thought ")
    page.wait_for_selector("#alarm button:text-is('Look at it')")
    assert words(page).endswith("Another thought ")
    page.click("#alarm button:text-is('Look at it')")
    page.wait_for_selector("#conflict:visible")
    assert words(page) == "Mine"
    page.unroute("**/api/save/**")
    page.click("#keep-mine")
    saved(page)
    assert house.entry("words5", HEADLINE).msgstr == "Mine"
    page.complaints.clear()


def test_a_comment_that_was_begun_comes_back(house, person):
    page = person(house, "en/words6")
    go(page, CLOSED)
    page.keyboard.press("Alt+m")
    page.fill("#comment", "Ask the harbour")
    before = source(page)
    page.keyboard.press("Control+Enter")
    saved(page)
    until(page, "text => document.querySelector('#read .source-text').textContent !== text", before)
    page.reload()
    until(page, "document.getElementById('facts').textContent !== ''")
    go(page, CLOSED)
    assert page.input_value("#comment") == "Ask the harbour"


def test_in_the_list_keys_stay_in_the_list(house, person):
    page = person(house, "en/words7")
    page.focus("#rows li.here a")
    for number in (1, 2, 3):
        page.keyboard.press("a")
        until(page, f"document.getElementById('counted').textContent.startsWith('{number} of')")
        saved(page)
        assert page.evaluate("document.activeElement.closest('#rows li')?.classList.contains('here')")
        assert page.locator("#rows [aria-current]").count() == page.locator("#rows a[tabindex='0']").count() == 1
    page.select_option("#filter", "noted")
    page.select_option("#filter", "waiting")
    assert page.locator("#rows li:visible a[tabindex='0']").count() == 1


def test_who_wants_to_writes_where_somebody_else_does(house, person):
    ada, ben = person(house, "en/words8", "Ada"), person(house, "en/words8", "Ben")
    go(ada, HEADLINE)
    ada.fill("#words", "Ada writes")
    go(ben, HEADLINE)
    ben.wait_for_selector("#locked button")
    ben.click("#locked button")
    ben.fill("#words", "Ben writes")
    ben.keyboard.press("Control+Enter")
    saved(ben)
    assert house.entry("words8", HEADLINE).msgstr == "Ben writes"
    ada.focus("#words")
    ada.keyboard.press("Control+Enter")
    ada.wait_for_selector("#conflict:visible")
    assert ada.inner_text("#theirs") == "Ben writes"
    assert words(ada) == "Ada writes"


def test_a_segment_that_could_not_be_fetched_comes_when_the_desk_answers(house, person):
    page = person(house, "en/words9")
    silence(page, "segment")
    page.click(f"#rows li:has(.from:text-is('{QUOTE}')) a")
    page.wait_for_selector("#alarm:has-text('does not answer')")
    assert not page.is_editable("#words")
    page.unroute("**/api/segment/**")
    until(page, "text => document.querySelector('#read .source-text').textContent === text", QUOTE)
    page.wait_for_selector("#words:not(:read-only)")
    assert words(page) == house.entry("words9", QUOTE).msgstr
    page.complaints.clear()


def test_words_for_a_text_that_is_gone_are_shown(house, person):
    page = person(house, "en/words10")
    go(page, CLOSED)
    page.fill("#words", "It was shut for 3 days, wasn't it?")
    path = house.folder / "source/words10.txt"
    path.write_text(path.read_text().replace(CLOSED, "Il était clos depuis 4 jours."))
    page.wait_for_selector("#alarm button:text-is('Load again')")
    page.wait_for_timeout(3000)
    page.click("#alarm button:text-is('Load again')")
    page.wait_for_selector("#left:visible")
    page.click("#left summary")
    assert page.inner_text("#left-words span") == "It was shut for 3 days, wasn't it?"
    page.click("#left-words button:text-is('Throw away')")
    page.wait_for_selector("#left", state="hidden")
    page.complaints.clear()


def test_a_catalog_that_another_program_broke_holds_decisions_up(house, person):
    page = person(house, "en/words11")
    go(page, HEADLINE)
    path = house.catalog("words11")
    good = path.read_bytes()
    path.write_bytes(good + b"broken\n")
    page.fill("#words", "Kept for later")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#alarm:has-text('syntax error')")
    path.write_bytes(good)
    saved(page)
    assert house.entry("words11", HEADLINE).msgstr == "Kept for later"
    page.wait_for_selector("#alarm", state="hidden")
    page.complaints.clear()


def test_what_waits_to_be_saved_is_what_the_segment_shows(house, person):
    page = person(house, "en/words12")
    silence(page, "save")
    go(page, HEADLINE)
    page.fill("#words", "On its way")
    page.keyboard.press("Control+Enter")
    until(page, f"document.querySelector('#read .source-text').textContent !== '{HEADLINE}'")
    go(page, HEADLINE)
    assert words(page) == "On its way"
    page.reload()
    until(page, "document.getElementById('facts').textContent !== ''")
    page.unroute("**/api/save/**")
    saved(page)
    assert house.entry("words12", HEADLINE).msgstr == "On its way"
    page.complaints.clear()


@pytest.mark.parametrize("size", [(320, 256), (320, 640)])
def test_nothing_is_beside_a_narrow_screen(house, person, size):
    page = person(house, "en/words13", viewport={"width": size[0], "height": size[1]})
    go(page, CLOSED)
    page.fill("#words", "It was shut for 6 days.")
    page.wait_for_selector("#doubts .error")
    page.click("[data-do=comment]")
    page.click("[data-do=again]")
    page.wait_for_selector("[data-alternative]")
    wide = "document.documentElement.scrollWidth <= innerWidth"
    small = """[...document.querySelectorAll("button, select, input, textarea, summary, #rows a")].filter(one => {
        const box = one.getBoundingClientRect();
        return box.width && (box.height < 24 || box.width < 24);
    }).map(one => one.outerHTML)"""
    for show in ("source", "edition", "work"):
        page.click(f".tabs [data-show={show}]")
        assert page.evaluate(wide)
    assert page.evaluate(small) == []
    page.goto(house.origin)
    assert page.evaluate(wide)
    assert page.evaluate(small) == []
