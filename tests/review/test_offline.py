"""The page that a translator opens from a disk, in a real browser, and what comes back of it."""

from __future__ import annotations

import base64
import datetime as dt
import difflib
import hashlib
import json
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polib
import pytest
from lxml import html

from tests.conftest import snapshot
from tests.publishing import WORDS, catalog
from tests.review.conftest import barriers
from translate import project, reading
from translate.catalogs.provenance import Provenance, fingerprint, reviewed_by
from translate.documents import codes
from translate.documents.model import Role
from translate.errors import CatalogError, UsageError
from translate.review import offline

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NOW = dt.datetime(2026, 5, 1, 10, 30, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(hours=3)
HEADLINE, LEAD, LAST = "Le port rouvre ses portes", "Le port est calme mardi.", "La séance commence à 14h30."
LINKS = "# Le titre\n\nLe **port** rouvre, dit le [maire](https://example.org/)[^1].\n\n[^1]: Une note.\n"


@dataclass
class Paper:
    """A page on a disk, opened in a browser, and what it asked for and complained of."""

    path: Path
    page: Page
    requests: list[str]
    complaints: list[str]

    def text(self, number: int) -> Any:
        return self.page.locator(f"#text-{number}")

    def segment(self, number: int) -> Any:
        return self.page.locator(f"#segment-{number}")

    def focused(self) -> str:
        return str(self.page.evaluate("document.activeElement.id"))

    def said(self) -> str:
        return self.page.locator("#said").inner_text()

    def save(self, folder: Path, who: str = "Ada B.") -> Path:
        self.page.fill("#person", who)
        with self.page.expect_download() as waiting:
            self.page.click("#save")
        path = folder / waiting.value.suggested_filename
        waiting.value.save_as(path)
        return path


Open = Callable[..., Paper]


@pytest.fixture
def opened(chromium: Browser, tmp_path: Path) -> Iterator[Open]:
    """Return a function that makes the page of a document and opens it from the disk."""
    contexts = []

    def open_(desk: Path, document: str = "port", language: str = "de", script: str = "", **options: Any) -> Paper:
        path = tmp_path / f"{document}.{language}.html"
        path.write_bytes(made(desk, document, language))
        settings = {"locale": "en-GB", "timezone_id": "Europe/Berlin", "viewport": {"width": 1200, "height": 800}}
        context = chromium.new_context(**{**settings, **options})
        contexts.append(context)
        if script:
            context.add_init_script(script)
        page = context.new_page()
        page.clock.set_fixed_time(NOW)
        paper = Paper(path, page, [], [])
        page.on("request", lambda request: paper.requests.append(request.url))
        page.on("pageerror", lambda error: paper.complaints.append(str(error)))
        page.on("console", lambda message: paper.complaints.append(message.text))
        page.goto(path.as_uri())
        return paper

    yield open_
    for context in contexts:
        context.close()


def made(desk: Path, document: str = "port", language: str = "de") -> bytes:
    one = project.load(desk)
    (read,) = reading.read(one, [document]).documents
    return offline.page(one, read, language, reading.catalog(one, document, language), NOW)


def bring_in(desk: Path, *files: Path, now: dt.datetime = LATER) -> list[offline.Returned]:
    return offline.bring_in(project.load(desk), files, now)


@pytest.fixture
def drafted(desk: Path, translate: Callable[..., Any]) -> Path:
    """Make a desk with a story that an engine drafted; the last segment is not translated."""
    assert translate("extract").code == 0
    with edited(catalog(desk, "de")) as file:
        for entry in file:
            if entry.msgid != LAST:
                draft(entry, WORDS[entry.msgid][1])
    return desk


def draft(entry: polib.POEntry, words: str) -> None:
    entry.msgstr, entry.flags = words, ["fuzzy"]
    facts = {"engine": "argos", "package": "fr_de/0.2", "origin": "starter"}
    entry.tcomment = Provenance(facts, 0.71, (), fingerprint(words), fingerprint(entry.msgid)).line()


class edited:  # noqa: N801 - reads as a verb
    """Edit a catalog as another program does."""

    def __init__(self, path: Path) -> None:
        self.path, self.file = path, polib.pofile(str(path), wrapwidth=0)

    def __enter__(self) -> polib.POFile:
        return self.file

    def __exit__(self, *_: object) -> None:
        self.file.save()


def entry(desk: Path, source: str, document: str = "port") -> polib.POEntry:
    path = desk / f"locales/de/LC_MESSAGES/{document}.po"
    found = polib.pofile(str(path), wrapwidth=0).find(source)
    assert found is not None
    return found


def story(desk: Path, translate: Callable[..., Any], text: str, translations: dict[str, str]) -> None:
    """Put another document into a desk, with drafts."""
    (desk / "source/links.md").write_text(text, encoding="utf-8")
    assert translate("extract", "links").code == 0
    with edited(desk / "locales/de/LC_MESSAGES/links.po") as file:
        for one in file:
            if one.msgid in translations:
                draft(one, translations[one.msgid])


def test_nothing_of_where_the_desk_keeps_its_files_goes_out(drafted: Path) -> None:
    with edited(catalog(drafted, "de")) as file:
        file.metadata["X-Poedit-Basepath"] = str(drafted)
    assert str(drafted).encode() not in made(drafted)


def test_the_page_is_one_file_that_allows_itself_and_nothing_else(drafted: Path) -> None:
    root = html.document_fromstring(made(drafted).decode())
    (policy,) = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules.pop("default-src") == rules.pop("base-uri") == rules.pop("form-action") == "'none'"
    for name, path in {"script-src": "//script[not(@type)]", "style-src": "//style"}.items():
        (element,) = root.xpath(path)
        digest = base64.b64encode(hashlib.sha256(element.text.encode()).digest()).decode()
        assert rules.pop(name) == f"'sha256-{digest}'"
    assert not rules
    assert root.xpath("//@href") == ["#segments"]
    assert not root.xpath("//@src | //@style | //@*[starts-with(name(), 'on')] | //link | //form/@action")


def test_it_asks_for_nothing_and_complains_of_nothing(drafted: Path, opened: Open) -> None:
    paper = opened(drafted)
    for key in ("Control+Enter", "Alt+ArrowDown", "Alt+n"):
        paper.text(1).press(key)
    paper.page.select_option("#interface", "fr")
    assert paper.requests == [paper.path.as_uri()]
    assert paper.complaints == []


def test_a_story_is_reviewed_with_the_keyboard_alone(
    drafted: Path, opened: Open, msgfmt: Callable[[Path], str], tmp_path: Path
) -> None:
    before = catalog(drafted, "de").read_text()
    paper = opened(drafted)
    keyboard = paper.page.keyboard
    assert paper.page.inner_text("#counted") == "0 of 8 reviewed"
    paper.page.focus("#text-1")
    keyboard.press("Control+Enter")
    assert (paper.focused(), paper.said()) == ("text-2", "Segment 1 is reviewed.")
    keyboard.press("Control+A")
    keyboard.type("Ruhe im \nHafen")
    assert "edited, not accepted" in paper.segment(2).inner_text()
    keyboard.press("Control+Enter")
    keyboard.press("Alt+ArrowDown")
    keyboard.press("Alt+ArrowDown")
    assert paper.focused() == "text-5"
    keyboard.press("Alt+ArrowUp")
    assert paper.focused() == "text-4"
    keyboard.press("Control+Enter")
    keyboard.press("Alt+n")
    keyboard.press("Alt+n")
    keyboard.press("Alt+n")
    keyboard.press("Alt+n")
    assert paper.focused() == "text-3"  # round the end, past what is reviewed
    assert paper.page.inner_text("#counted") == "3 of 8 reviewed"

    paper.page.reload()
    assert paper.page.inner_text("#counted") == "3 of 8 reviewed"
    assert paper.text(2).input_value() == "Ruhe im Hafen"
    assert "reviewed by you" in paper.segment(2).inner_text()

    saved = paper.save(tmp_path)
    assert (saved.name, msgfmt(saved)) == ("port.de.po", "")
    file = polib.pofile(str(saved))
    assert [one.msgid for one in file] == [HEADLINE, LEAD, "Il était fermé depuis 3 jours."]
    assert not any(one.fuzzy for one in file)
    assert (file.metadata["X-Document"], file.metadata["Language"]) == ("port", "de")
    assert file.metadata["X-Base"] == hashlib.sha256(before.encode()).hexdigest()
    assert file.metadata["PO-Revision-Date"] == "2026-05-01 12:30+0200"

    (back,) = bring_in(drafted, saved)
    assert (back.document, back.language, back.reviewer) == ("port", "de", "Ada B.")
    assert (back.written, back.current, back.changed, back.result.taken) == (True, True, 0, 3)
    assert back.base == "made for this revision of the catalog"
    assert msgfmt(catalog(drafted, "de")) == ""
    after = catalog(drafted, "de").read_text()
    compared = difflib.unified_diff(before.split("\n"), after.split("\n"), n=0)
    lines = [line for line in compared if not line.startswith(("@@", "---", "+++"))]
    was, now = (re.findall(r'"PO-Revision-Date: .*"', text)[0] for text in (before, after))
    assert sorted(line for line in lines if "@reviewed" not in line) == sorted(
        [
            f"-{was}",
            f"+{now}",
            '-"Last-Translator: Automatically generated <>\\n"',
            '+"Last-Translator: Ada B. <>\\n"',
            *["-#, fuzzy"] * 3,
            '-msgstr "Der Hafen ist am Dienstag ruhig."',
            '+msgstr "Ruhe im Hafen"',
        ]
    )
    assert sum("@reviewed" in line for line in lines) == 3
    one = entry(drafted, LEAD)
    assert reviewed_by(one.tcomment, one.msgid, one.msgstr) == ("Ada B.", "2026-05-01T10:30+00:00")


def test_importing_twice_changes_nothing(drafted: Path, opened: Open, tmp_path: Path) -> None:
    paper = opened(drafted)
    paper.text(1).press("Control+Enter")
    paper.text(2).fill("Ruhe")
    saved = paper.save(tmp_path)
    bring_in(drafted, saved)
    assert entry(drafted, LEAD).fuzzy
    before = snapshot(drafted)
    (again,) = bring_in(drafted, saved, now=LATER + dt.timedelta(days=1))
    assert (again.written, again.current, again.changed) == (False, False, 0)
    assert again.base == "made for an older revision of the catalog; none of its entries changed since"
    assert not again.result.troubles
    assert snapshot(drafted) == before


def test_what_others_changed_meanwhile_is_a_conflict_that_keeps_both(
    drafted: Path, opened: Open, tmp_path: Path
) -> None:
    paper = opened(drafted)
    paper.text(1).fill("Hafen wieder offen")
    paper.text(1).press("Control+Enter")
    paper.text(2).press("Control+Enter")
    saved = paper.save(tmp_path)
    with edited(catalog(drafted, "de")) as file:
        theirs = file.find(HEADLINE)
        theirs.msgstr, theirs.flags = "Der Hafen ist offen", []
    (back,) = bring_in(drafted, saved)
    assert (back.current, back.changed) == (False, 1)
    assert back.base == "made for an older revision of the catalog; 1 of its entries changed since"
    (trouble,) = back.result.troubles
    assert (trouble.kind, trouble.source, trouble.target) == ("conflict", HEADLINE, "Hafen wieder offen")
    kept = entry(drafted, HEADLINE)
    assert (kept.msgstr, kept.fuzzy) == ("Der Hafen ist offen", False)
    assert "@returned Hafen wieder offen" in kept.tcomment
    assert "@reviewed" not in kept.tcomment
    assert not entry(drafted, LEAD).fuzzy


def test_a_source_that_changed_meanwhile_makes_the_decision_stale(
    drafted: Path, opened: Open, translate: Callable[..., Any], tmp_path: Path
) -> None:
    paper = opened(drafted)
    paper.text(2).fill("Ruhe im\nHafen")
    paper.text(2).press("Control+Enter")
    saved = paper.save(tmp_path)
    source = drafted / "source/port.txt"
    source.write_text(source.read_text().replace("Le port est calme mardi.", "Le port est très calme mardi."))
    assert translate("extract").code == 0
    (back,) = bring_in(drafted, saved)
    assert (back.changed, back.result.late) == (1, 1)
    one = entry(drafted, "Le port est très calme mardi.")
    assert (one.msgstr, one.fuzzy, one.previous_msgid) == ("Ruhe im Hafen", True, LEAD)


def test_a_language_with_a_region(drafted: Path, opened: Open, translate: Callable[..., Any], tmp_path: Path) -> None:
    settings = drafted / "translate.toml"
    settings.write_text(settings.read_text().replace('"de"', '"de-CH"'))
    assert translate("extract").code == 0
    paper = opened(drafted, language="de-CH")
    paper.text(1).fill("Der Hafen öffnet")
    paper.text(1).press("Control+Enter")
    (back,) = bring_in(drafted, paper.save(tmp_path))
    assert (back.language, back.result.taken) == ("de-CH", 1)


def test_a_review_that_is_taken_back_names_nobody_any_more(drafted: Path, opened: Open, tmp_path: Path) -> None:
    paper = opened(drafted)
    paper.text(1).press("Control+Enter")
    bring_in(drafted, paper.save(tmp_path))
    assert "@reviewed" in entry(drafted, HEADLINE).tcomment
    paper = opened(drafted)
    paper.segment(1).get_by_role("button", name="Leave as draft").click()
    bring_in(drafted, paper.save(tmp_path, "Eva"))
    one = entry(drafted, HEADLINE)
    assert (one.fuzzy, "@reviewed" in one.tcomment, "@draft" in one.tcomment) == (True, False, True)


def test_two_people_who_reviewed_one_story(drafted: Path, opened: Open, tmp_path: Path) -> None:
    files = []
    for number, who in enumerate(("Ada B.", "Éva–Çelik O'Hara")):
        paper = opened(drafted)
        paper.text(number + 1).press("Control+Enter")
        (tmp_path / who).mkdir()
        files.append(paper.save(tmp_path / who, who))
    first, second = bring_in(drafted, *files)
    assert (first.result.taken, second.result.taken, second.current) == (1, 1, True)
    for source, who in ((HEADLINE, "Ada B."), (LEAD, "Éva–Çelik O'Hara")):
        one = entry(drafted, source)
        assert (reviewed_by(one.tcomment, one.msgid, one.msgstr) or ("",))[0] == who


HOSTILE = """</script><script>window.hacked = 1</script><img src=x onerror="window.hacked = 2"><!-- <b>"""


def test_hostile_words_stay_words(drafted: Path, opened: Open, tmp_path: Path, translate: Callable[..., Any]) -> None:
    source = drafted / "source/port.txt"
    source.write_text(source.read_text().replace(HEADLINE, f"Le titre {HOSTILE}"))
    quoted = HOSTILE.replace('"', '""')
    glossary = f'source_language,target_language,source,translation,note\nfr,de,titre,Titel,"{quoted}"\n'
    (drafted / "glossary.csv").write_text(glossary)
    assert translate("extract").code == 0
    words = f'Der \\Titel\\n "so" {HOSTILE}'
    with edited(catalog(drafted, "de")) as file:
        one = next(one for one in file if "script" in one.msgid)
        draft(one, words)
        one.tcomment += f"\n{HOSTILE}"
    paper = opened(drafted)
    assert paper.page.inner_text("#source-1").startswith("Le titre </script><script>")
    assert paper.text(1).input_value() == words
    assert paper.segment(1).inner_text().count("window.hacked = 1") == 3  # source, glossary, note
    paper.text(1).press("End")
    paper.text(1).type("!")
    paper.text(1).press("Control+Enter")
    paper.page.click("#whole summary")
    assert "onerror" in paper.page.inner_text("#story h3")
    assert paper.page.evaluate("window.hacked") is None
    assert paper.page.locator("main img, main b, main script").count() == 0
    assert paper.requests == [paper.path.as_uri()]
    saved = paper.save(tmp_path, 'Ada "\\n" <script>')
    bring_in(drafted, saved)
    one = next(one for one in polib.pofile(str(catalog(drafted, "de"))) if "script" in one.msgid)
    assert (one.msgstr, one.fuzzy) == (f"{words}!", False)


def test_a_lost_code_is_refused(drafted: Path, opened: Open, translate: Callable[..., Any], tmp_path: Path) -> None:
    text = "Le <1>port</1> rouvre, dit le <2>maire</2><3/>."
    story(drafted, translate, LINKS, {text: "Der <1>Hafen</1> öffnet, sagt der Bürgermeister<3/>."})
    paper = opened(drafted, "links")
    paper.text(2).press("Control+Enter")
    assert (paper.page.inner_text("#fault-2"), paper.said()) == ("<2> is missing.", "Segment 2: <2> is missing.")
    assert (paper.text(2).get_attribute("aria-invalid"), paper.focused()) == ("true", "text-2")
    assert paper.page.inner_text("#counted") == "0 of 3 reviewed"
    paper.text(2).evaluate("box => box.setSelectionRange(34, 47)")
    paper.segment(2).get_by_role("button", name="<2>…</2>").click()
    assert paper.text(2).input_value() == "Der <1>Hafen</1> öffnet, sagt der <2>Bürgermeister</2><3/>."
    assert paper.page.inner_text("#fault-2") == ""
    paper.text(2).press("Control+Enter")
    assert paper.page.inner_text("#counted") == "1 of 3 reviewed"
    bring_in(drafted, paper.save(tmp_path))
    assert not entry(drafted, text, "links").fuzzy


def test_the_page_finds_the_faults_that_the_desk_finds(drafted: Path, opened: Open) -> None:
    dice = random.Random(7)
    parts = ["<1>", "</1>", "<2/>", "<2>", "</2>", "<3/>", " a ", "<b>", "< 1>"]
    pairs = [["".join(dice.choices(parts, k=dice.randint(0, 7))) for _ in range(2)] for _ in range(600)]
    pairs += [[one, "".join(dice.sample(re.findall(r"<.*?>|[^<]+", one), k=one.count("<")))] for one, _ in pairs
              if re.fullmatch(r"(<[^<>]*>)+", one)]  # fmt: skip
    found = opened(drafted).page.evaluate("pairs => pairs.map(([one, other]) => fault(one, other) === null)", pairs)
    wanted = [codes.fault(one, other) is None for one, other in pairs]
    assert found == wanted
    assert 20 < sum(wanted) < len(wanted) - 20


def test_left_as_draft_undone_and_taken_back(drafted: Path, opened: Open, tmp_path: Path) -> None:
    with edited(catalog(drafted, "de")) as file:
        file.find(LEAD).flags = []
    paper = opened(drafted)
    paper.text(1).fill("Ganz anders")
    paper.segment(1).get_by_role("button", name="Leave as draft").click()
    assert "left as draft by you" in paper.segment(1).inner_text()
    paper.segment(2).get_by_role("button", name="Leave as draft").click()
    paper.text(3).fill("Vorläufig")
    paper.text(4).press("Control+Enter")
    paper.segment(4).get_by_role("button", name="Undo").click()
    assert (paper.focused(), paper.said()) == ("text-4", "Segment 4: undone")
    paper.segment(5).get_by_role("button", name="Leave as draft").click()  # as it is: nothing to send
    paper.text(6).fill("")
    paper.text(7).press("End")
    paper.text(7).type("!")
    paper.text(7).press("Backspace")
    file = polib.pofile(str(saved := paper.save(tmp_path)))
    assert [(one.msgstr, one.fuzzy) for one in file] == [
        ("Ganz anders", True),
        ("Der Hafen ist am Dienstag ruhig.", True),
        ("Vorläufig", True),
    ]
    (back,) = bring_in(drafted, saved)
    assert (back.result.taken, entry(drafted, LEAD).fuzzy) == (3, True)
    assert "@reviewed" not in catalog(drafted, "de").read_text()
    button = paper.segment(1).get_by_role("button", name="Undo")
    button.click()
    button.click()
    assert paper.text(1).input_value() == WORDS[HEADLINE][1]
    assert button.count() == 0


def test_a_stale_entry_shows_what_changed_and_stays_stale_until_accepted(
    drafted: Path, opened: Open, tmp_path: Path
) -> None:
    was = "Il était fermé depuis deux jours."
    now = "Il était fermé depuis 3 jours."
    with edited(catalog(drafted, "de")) as file:
        one = file.find(now)
        one.msgstr, one.previous_msgid, one.tcomment = "Er war zwei Tage lang geschlossen.", was, ""
    paper = opened(drafted)
    assert (paper.page.inner_text("del"), paper.page.inner_text("ins")) == ("deux", "3")
    assert "Warning 3 of the source is missing [figures]" in paper.segment(4).inner_text()
    paper.page.select_option("#filter", "filterStale")
    assert paper.page.inner_text("#shown") == "1 of 8 shown"
    paper.text(4).fill("Er war tagelang geschlossen.")
    bring_in(drafted, paper.save(tmp_path))
    one = entry(drafted, now)
    assert (one.msgstr, one.fuzzy, one.previous_msgid) == ("Er war tagelang geschlossen.", True, was)
    paper = opened(drafted)
    paper.text(4).press("Control+Enter")
    bring_in(drafted, paper.save(tmp_path))
    one = entry(drafted, now)
    assert (one.fuzzy, one.previous_msgid) == (False, None)


def test_what_the_page_shows_of_an_entry(drafted: Path, opened: Open) -> None:
    (drafted / "glossary.csv").write_text(
        "source_language,target_language,source,translation,admitted,forbidden,note\n"
        "fr,de,port,Hafen,Häfen*,Port,der Stadt\n"
    )
    with edited(catalog(drafted, "de")) as file:
        file.find(HEADLINE).tcomment += "\nkurz halten"
    paper = opened(drafted)
    shown = paper.segment(1).inner_text()
    for said in ("headline", "draft", "drafted by fr_de/0.2, a small starter package · confidence 71%", "port", "Hafen",
                 "Häfen…", "not: Port", "(der Stadt)", "kurz halten", "Translation (German)"):  # fmt: skip
        assert said in shown
    assert "@draft" not in shown
    source = paper.page.locator("#source-1")
    assert (source.get_attribute("lang"), paper.text(1).get_attribute("lang")) == ("fr", "de")
    paper.text(1).fill("Neu")
    assert "starter" not in paper.segment(1).inner_text()


def test_filter_search_and_running_text(drafted: Path, opened: Open) -> None:
    paper = opened(drafted)
    page = paper.page
    page.fill("#search", "GEOFFNET")
    assert page.locator("#list > li:visible").count() == 1
    page.fill("#search", "")
    paper.text(1).press("Control+Enter")
    page.select_option("#filter", "filterOpen")
    assert page.inner_text("#shown") == "7 of 8 shown"
    paper.text(2).press("Alt+ArrowUp")
    assert paper.focused() == "text-2"  # the one before is not shown
    page.select_option("#filter", "filterChanged")
    assert page.inner_text("#shown") == "1 of 8 shown"
    page.click("#whole summary")
    assert page.inner_text("#story h3") == WORDS[HEADLINE][1]
    assert page.locator("#story h3 .open").count() == 0
    missing = page.locator("#story .missing")
    assert (missing.inner_text(), missing.get_attribute("lang")) == (LAST, "fr")
    page.select_option("#filter", "filterAll")
    paper.text(8).fill("Um halb drei.")
    assert missing.count() == 0
    assert "Um halb drei." in page.inner_text("#story")
    assert "[Desk Photo - A. B.]" in page.inner_text("#story")


def test_nothing_is_saved_without_a_decision_or_a_name(drafted: Path, opened: Open) -> None:
    paper = opened(drafted)
    paper.page.click("#save")
    assert paper.said() == "Nothing has changed yet: there is nothing to save."
    paper.text(8).press("Control+Enter")
    assert paper.said() == "Segment 8: There is no translation to accept."
    paper.text(1).press("Control+Enter")
    paper.page.click("#save")
    assert (paper.focused(), paper.said()) == ("person", "Write your name first: the desk notes who reviewed.")


def test_words_that_are_a_headline_and_a_sentence(drafted: Path, opened: Open, tmp_path: Path, translate) -> None:
    story(drafted, translate, "# Le port\n\nLe port\n", {})
    paper = opened(drafted, "links")
    for number, words in ((1, "Hafen"), (2, "Der Hafen")):
        paper.text(number).fill(words)
        paper.text(number).press("Control+Enter")
    assert paper.said() == "Every segment shown is reviewed. Save the decisions."
    bring_in(drafted, paper.save(tmp_path))
    file = polib.pofile(str(drafted / "locales/de/LC_MESSAGES/links.po"))
    assert {one.msgctxt: one.msgstr for one in file} == {"heading": "Hafen", None: "Der Hafen"}


def test_a_browser_that_keeps_nothing_says_so(drafted: Path, opened: Open, tmp_path: Path) -> None:
    refused = (
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })"
    )
    paper = opened(drafted, script=refused)
    assert "Save the decisions before you close it." in paper.page.inner_text("#storage")
    paper.text(1).press("Control+Enter")
    asked = []
    paper.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    paper.page.close(run_before_unload=True)
    paper.page.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    assert len(polib.pofile(str(paper.save(tmp_path)))) == 1
    assert not opened(drafted).page.is_visible("#storage")


def test_two_windows_with_one_page(drafted: Path, opened: Open) -> None:
    paper = opened(drafted)
    other = paper.page.context.new_page()
    other.goto(paper.path.as_uri())
    paper.text(1).fill("Hier")
    paper.text(1).press("Control+Enter")
    other.locator("#segment-1 .state").get_by_text("reviewed by you").wait_for()
    assert other.locator("#text-1").input_value() == "Hier"
    assert other.inner_text("#counted") == "1 of 8 reviewed"


def test_decisions_belong_to_one_revision_of_the_catalog(drafted: Path, opened: Open) -> None:
    paper = opened(drafted)
    paper.text(1).press("Control+Enter")
    with edited(catalog(drafted, "de")) as file:
        file.find(LEAD).msgstr = "Anders"
    paper.path.write_bytes(made(drafted))
    paper.page.reload()
    assert paper.page.inner_text("#counted") == "0 of 8 reviewed"


def test_a_thousand_segments(drafted: Path, opened: Open, translate: Callable[..., Any], tmp_path: Path) -> None:
    text = "# Le titre\n\n" + "\n\n".join(f"La phrase numéro {number} est longue." for number in range(1, 1001))
    story(drafted, translate, text, {})
    with edited(drafted / "locales/de/LC_MESSAGES/links.po") as file:
        for one in file:
            draft(one, "Ein Satz.")
    paper = opened(drafted, "links")
    page = paper.page
    paper.text(900).press("Control+Enter")
    assert paper.focused() == "text-901"
    top = page.evaluate("document.activeElement.getBoundingClientRect().top")
    assert 0 < top < 700
    page.keyboard.press("End")
    page.keyboard.type(" Ende")
    assert page.inner_text("#counted") == "1 of 1001 reviewed"
    page.fill("#search", "numéro 777")
    assert page.locator("#list > li:visible").count() == 1
    assert [one.msgstr for one in polib.pofile(str(paper.save(tmp_path)))] == ["Ein Satz.", "Ein Satz. Ende"]
    page.reload()
    assert page.inner_text("#counted") == "1 of 1001 reviewed"


def test_every_language_of_the_page_says_everything(drafted: Path, opened: Open) -> None:
    paper = opened(drafted, locale="fr-CA")
    page = paper.page
    assert (page.inner_text("h1"), page.get_attribute("html", "lang")) == ("Relecture : port", "fr")
    words = page.evaluate("WORDS")
    assert set(words) == {"en", "fr", "de"}
    roles = [table.pop("roles") for table in words.values()]
    assert all(names.keys() == {str(role) for role in Role} for names in roles)
    for table in words.values():
        assert table.keys() == words["en"].keys()
        for name, text in table.items():
            assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", words["en"][name])), name
    page.select_option("#interface", "de")
    assert page.inner_text("h1") == "Durchsicht: port"
    assert page.inner_text("label[for=text-1]") == "Übersetzung (Deutsch)"
    page.reload()
    assert page.get_attribute("html", "lang") == "de"
    assert paper.complaints == []


@pytest.mark.slow
@pytest.mark.parametrize("width", [320, 390, 900, 1400])
def test_axe_finds_no_barrier_at_any_width(
    drafted: Path, opened: Open, translate: Callable[..., Any], width: int
) -> None:
    text = "Le <1>port</1> rouvre, dit le <2>maire</2><3/>."
    story(drafted, translate, LINKS, {text: "Der <1>Hafen</1> öffnet, sagt der Bürgermeister<3/>."})
    with edited(drafted / "locales/de/LC_MESSAGES/links.po") as file:
        file.find("Le titre").previous_msgid = "Un titre"
        file.find("Le titre").msgstr, file.find("Le titre").flags = "Der Titel 5", ["fuzzy"]
        file.find("Une note.").tcomment = "Bitte prüfen"
    (drafted / "glossary.csv").write_text("source_language,target_language,source,translation\nfr,de,port,Hafen\n")
    paper = opened(drafted, "links", viewport={"width": width, "height": 800})
    page = paper.page
    paper.text(1).press("Control+Enter")
    paper.text(2).press("Control+Enter")
    for one in ("#help", "#whole"):
        page.click(f"{one} summary")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    found, kept = barriers(page)
    assert found == []
    assert kept > 20


def saved(desk: Path, **header: str) -> Path:
    """Write a file as the page does."""
    file = polib.POFile(wrapwidth=0)
    file.metadata = {"Language": "de", "X-Document": "port", "X-Base": "0", "Content-Type": "text/plain; charset=UTF-8"}
    file.metadata |= header
    file.append(polib.POEntry(msgid=HEADLINE, msgstr="Offen"))
    file.save(str(desk / "back.po"))
    return desk / "back.po"


@pytest.mark.parametrize(
    ("header", "problem"),
    [
        ({"X-Document": ""}, "its header has no X-Document"),
        ({"X-Document": "../port"}, "'../port' is no document of this desk"),
        ({"Language": "it"}, "'it' is not a target language of this desk"),
        ({"Language": ""}, "'' is not a target language of this desk"),
    ],
)
def test_a_file_that_is_not_of_this_desk_is_refused(drafted: Path, header: dict[str, str], problem: str) -> None:
    before = snapshot(drafted)
    good = saved(drafted).rename(drafted / "good.po")
    bad = saved(drafted, **header)
    with pytest.raises(UsageError, match=re.escape(problem)) as error:
        bring_in(drafted, good, bad)
    assert (error.value.where, bool(error.value.remedy)) == (str(bad), True)
    assert {path: one for path, one in snapshot(drafted).items() if not path.endswith(("good.po", "back.po"))} == before


def test_a_file_that_is_not_there_or_no_po_is_refused(drafted: Path) -> None:
    with pytest.raises(UsageError, match="there is no such file"):
        bring_in(drafted, drafted / "nothing.po")
    (drafted / "bad.po").write_text("hello\n")
    with pytest.raises(CatalogError, match="syntax error"):
        bring_in(drafted, drafted / "bad.po")


def test_a_note_of_the_translator_comes_in_and_a_copied_comment_counts_for_nothing(drafted: Path) -> None:
    path = saved(
        drafted, **{"Last-Translator": "Ada B. <ada@example.org>", "PO-Revision-Date": "2031-01-01 10:00+0000"}
    )
    with edited(catalog(drafted, "de")) as file:
        file.find(HEADLINE).msgstr = "Meine Worte"
    data = json.loads(re.findall(r'id="data">(.*?)</script>', made(drafted).decode())[0])
    other = data["items"][1]["id"]
    with edited(path) as file:
        file[0].tcomment = f"@given {other}\nganz kurz"
    (back,) = bring_in(drafted, path)
    # Without a word on what was given out of it, the desk's own words stay.
    assert [one.kind for one in back.result.troubles] == ["conflict"]
    one = entry(drafted, HEADLINE)
    assert one.msgstr == "Meine Worte"
    assert "ganz kurz" in one.tcomment
    assert "@given" not in one.tcomment
    with edited(path) as file:
        file[0].tcomment = f"@given {data['items'][0]['id']}"
    (back,) = bring_in(drafted, path)
    one = entry(drafted, HEADLINE)
    # A clock that is ahead is not believed.
    assert reviewed_by(one.tcomment, one.msgid, one.msgstr) == ("Ada B.", "2026-05-01T13:30+00:00")


def test_a_catalog_that_lacks_a_text_makes_no_page(drafted: Path) -> None:
    source = drafted / "source/port.txt"
    source.write_text(source.read_text() + "\nEncore une phrase.\n")
    with pytest.raises(CatalogError, match=r"lacks a text of the document: 'Encore une phrase\.'") as error:
        made(drafted)
    assert error.value.remedy == "Bring it up to date with: translate extract port"
