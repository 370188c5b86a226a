"""What becomes of decisions: nobody's words are lost, whoever else writes, and whatever fails."""

from __future__ import annotations

import datetime as dt
import os
import re
import threading

import polib
import pytest
from starlette.testclient import TestClient

from translate import files, project
from translate.catalogs import store
from translate.engines.model import Options
from translate.errors import CatalogError, MemoryFileError, UsageError, WriteError
from translate.listening import hosts
from translate.review import background, sight, tasks
from translate.review.app import application
from translate.review.deciding import Act, seen
from translate.review.requests import Bench
from translate.review.security import HEADER, Guard
from translate.review.stories import Stories

HEADLINE = "Le port rouvre ses portes"
CLOSED = "Il était fermé depuis 3 jours."


@pytest.fixture
def stories(desk, translate) -> Stories:
    (desk / "source/quai.txt").write_text((desk / "source/port.txt").read_text())
    assert translate("extract").code == 0
    return Stories(project.load(desk), lambda: dt.datetime(2026, 5, 1, 10, tzinfo=dt.UTC))


def named(stories: Stories, text: str, document: str = "port") -> str:
    return next(one for one, unit in stories.open(document, "en").units.items() if unit.text == text)


def there(stories: Stories, text: str, document: str = "port") -> polib.POEntry:
    entry = polib.pofile(str(stories.project.catalog(document, "en"))).find(text)
    assert entry is not None
    return entry


def elsewhere(stories: Stories, text: str, **values: object) -> None:
    """Let another program change an entry."""
    path = str(stories.project.catalog("port", "en"))
    file = polib.pofile(path, wrapwidth=0)
    entry = file.find(text)
    for name, value in values.items():
        setattr(entry, name, value)
    file.save(path)


def save(stories: Stories, text: str, words: str | None, person: str = "Ada", act: Act = Act.ACCEPT, base=None):
    return stories.save("port", "en", named(stories, text), act, words, person, base)


def test_undo_keeps_what_others_wrote_beside_the_entry(stories):
    one = named(stories, HEADLINE)
    save(stories, HEADLINE, "The port reopens")
    stories.comment("port", "en", one, "Ask the harbour master.", "", "Ben")
    assert stories.undo("port", "en", "Ada")[1].conflict is None
    entry = there(stories, HEADLINE)
    assert (entry.msgstr, entry.tcomment) == ("", "Ask the harbour master.")


def test_undo_of_a_comment_leaves_the_words_that_came_later(stories):
    stories.comment("port", "en", named(stories, HEADLINE), "A doubt.", "", "Ada")
    save(stories, HEADLINE, "The port reopens", "Ben")
    assert stories.undo("port", "en", "Ada")[1].conflict is None
    entry = there(stories, HEADLINE)
    assert entry.msgstr == "The port reopens"
    assert "A doubt." not in entry.tcomment
    assert "by=Ben" in entry.tcomment


@pytest.mark.parametrize("words", ["The port is open", "The port reopens"])
def test_undo_does_not_touch_what_somebody_reviewed_since(stories, words):
    save(stories, CLOSED, "It was shut for 3 days.")
    save(stories, HEADLINE, "The port reopens")
    save(stories, HEADLINE, words, "Ben")
    assert stories.undo("port", "en", "Ada")[1].conflict.text == words
    assert (there(stories, HEADLINE).msgstr, there(stories, HEADLINE).fuzzy) == (words, False)
    # It does not stand in the way of the decision before it.
    assert stories.undo("port", "en", "Ada")[1].conflict is None
    assert there(stories, CLOSED).msgstr == ""
    assert stories.undo("port", "en", "Ada") is None


def test_two_comments_at_once_are_both_kept(stories):
    one = named(stories, HEADLINE)
    stories.comment("port", "en", one, "From Ben.", "", "Ben")
    stories.comment("port", "en", one, "From Ada.", "", "Ada")
    assert there(stories, HEADLINE).tcomment.splitlines() == ["From Ada.", "From Ben."]
    stories.comment("port", "en", one, "Both agreed.", "From Ada.\nFrom Ben.", "Ada")
    assert there(stories, HEADLINE).tcomment == "Both agreed."


def test_a_decision_that_comes_twice_is_no_conflict(stories):
    elsewhere(stories, HEADLINE, msgstr="The port reopens", flags=["fuzzy"])
    base = seen(there(stories, HEADLINE))
    for _ in range(2):
        assert save(stories, HEADLINE, None, base=base).conflict is None
    assert save(stories, HEADLINE, "Another", base=base).conflict is None


def test_a_draft_does_not_take_away_what_somebody_accepted_meanwhile(stories):
    elsewhere(stories, HEADLINE, msgstr="The port reopens", flags=["fuzzy"])
    base = seen(there(stories, HEADLINE))
    save(stories, HEADLINE, None, "Ben")
    assert save(stories, HEADLINE, "The port reopens", act=Act.DRAFT, base=base).conflict is not None
    assert not there(stories, HEADLINE).fuzzy


def test_one_edit_everywhere_spares_what_people_wrote(stories):
    elsewhere(stories, CLOSED, msgstr="Half a thought", flags=["fuzzy"])
    other = next(one for one, unit in stories.open("quai", "en").units.items() if unit.text == CLOSED)
    stories.save("quai", "en", other, Act.ACCEPT, "It was shut for 3 days.", "Ben", None)
    assert tasks.everywhere(stories, stories.open("quai", "en"), other, "Ben") == []
    assert there(stories, CLOSED).msgstr == "Half a thought"


def test_nothing_is_saved_that_cannot_be_taken_back(stories):
    (stories.project.root / ".translate/reviews.sqlite").write_bytes(b"no database" * 100)
    with pytest.raises(MemoryFileError):
        save(stories, HEADLINE, "The port reopens")
    assert there(stories, HEADLINE).msgstr == ""
    (stories.project.root / ".translate/reviews.sqlite").unlink()
    assert save(stories, HEADLINE, "The port reopens").conflict is None


def test_a_full_disk_leaves_the_entry_as_it_was(stories, monkeypatch):
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(WriteError, match="No space"):
            save(stories, HEADLINE, "The port reopens")
    assert there(stories, HEADLINE).msgstr == stories.open("port", "en").entry(named(stories, HEADLINE)).msgstr == ""
    assert stories.ledger.last("Ada", "port", "en") is None
    assert save(stories, HEADLINE, "The port reopens").conflict is None


def test_an_undo_that_cannot_be_written_can_be_tried_again(stories, monkeypatch):
    save(stories, CLOSED, "It was shut for 3 days.")
    save(stories, HEADLINE, "The port reopens")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(WriteError, match="No space"):
            stories.undo("port", "en", "Ada")
    assert there(stories, HEADLINE).msgstr == "The port reopens"
    assert stories.undo("port", "en", "Ada")[1].conflict is None
    assert (there(stories, HEADLINE).msgstr, there(stories, CLOSED).msgstr) == ("", "It was shut for 3 days.")


def test_what_a_person_waived_is_doubted_no_more(stories):
    one = named(stories, CLOSED)
    elsewhere(stories, CLOSED, msgstr="It was shut for 6 days.")
    background.examine(stories, stories.open("port", "en"))
    assert sight.worst_of(stories.open("port", "en"), one) == "error"
    stories.waive("port", "en", one, "figures", "The agency corrected it.", "Ada")
    assert sight.worst_of(stories.open("port", "en"), one) == ""


def test_the_dispatch_is_shown_as_it_reads(stories):
    (stories.project.root / "source/gare.txt").write_text("Un titre\n\nBerne (ats) - Il  pleut. Il neige.\n")
    stories.forget()
    shown = sight.dispatch(stories.open("gare", "en"))
    read = ["".join(one.text for one in passage.words) for passage in shown]
    assert read == ["Un titre", "Berne (ats) - Il pleut. Il neige."]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_an_examination_that_fails_ends_no_examining(stories, monkeypatch):
    def failing(*_):
        raise ZeroDivisionError

    elsewhere(stories, HEADLINE, msgstr="The port reopens", flags=["fuzzy"])
    examining, story = background.Examining(stories), stories.open("port", "en")

    def examined() -> bool:
        examining.want(story)
        for thread in [one for one in threading.enumerate() if one.name.endswith("(_work)")]:
            thread.join(60)
        return not any(background.unknown(story, one) for one in story.units)

    with monkeypatch.context() as patch:
        patch.setattr(background, "examine", failing)
        assert not examined()
    assert examined()


def test_a_program_that_writes_while_the_disk_is_slow_loses_nothing(stories, monkeypatch):
    named(stories, HEADLINE)
    real, slow = os.fsync, [True]

    def fsync(handle: int) -> None:
        real(handle)
        if slow.pop() if slow else False:
            elsewhere(stories, CLOSED, msgstr="Poedit was here for 3 days.", flags=[])

    monkeypatch.setattr(files.os, "fsync", fsync)
    assert save(stories, HEADLINE, "The port reopens").conflict is None
    assert there(stories, CLOSED).msgstr == "Poedit was here for 3 days."
    assert there(stories, HEADLINE).msgstr == "The port reopens"


def test_an_older_reading_of_a_story_hides_no_change(stories):
    one, older = named(stories, HEADLINE), stories.open("port", "en")
    for words in ("A", "B", "C"):
        elsewhere(stories, CLOSED, msgstr=f"{words} for 3 days.")
        now = stories.open("port", "en")
    since = now.version
    save(stories, HEADLINE, "The port reopens")
    older.touch([one])
    assert stories.open("port", "en").changed[one] > since
    assert stories.open("port", "en").version > since


def test_examining_an_older_reading_is_told_to_pages(stories):
    elsewhere(stories, CLOSED, msgstr="It was shut for 6 days.")
    older, one = stories.open("port", "en"), named(stories, CLOSED)
    elsewhere(stories, HEADLINE, msgstr="The port")
    since = stories.open("port", "en").version
    background.examine(stories, older)
    assert stories.open("port", "en").changed[one] > since


def test_a_page_that_was_open_before_the_server_hears_of_everything(stories):
    before = stories.open("port", "en")
    again = Stories(stories.project, stories.clock).open("port", "en")
    assert min(again.changed.values()) > before.version - len(before.units)
    assert set(again.changed) == set(again.units)


# Signs that files, programs and people are known to stumble over.
HOSTILE = [
    "\x00", "\x07bell\x1b[31m", "line\r\nend\r", "\n\nthe port\n", "\u2028 and \u0085", "\ud800", '\\" \\n \\',
    "%s {0} &amp; <b>", "#, fuzzy", "@reviewed by=x", "~obsolete", 'msgid "x"', "\ufeff\u200b\u202e",
]  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE)
def test_whatever_people_write_can_be_read_again(stories, words, msgfmt):
    stories.save("port", "en", named(stories, HEADLINE), Act.DRAFT, words, "Ada", None)
    saved = save(stories, CLOSED, f"{words}It was shut for 3 days.{words}")
    stories.comment("port", "en", named(stories, CLOSED), words, "", "Ada")
    path = stories.project.catalog("port", "en")
    assert "error" not in msgfmt(path)
    loaded = store.load(path)
    assert loaded is not None
    assert loaded.get((None, CLOSED)).msgstr == saved.decision.after.text
    assert "It was shut for 3 days." in saved.decision.after.text
    assert not loaded.get((None, CLOSED)).fuzzy


@pytest.fixture
def client(stories) -> TestClient:
    bench = Bench(stories.project, Options(), stories, Guard("t" * 40, hosts("127.0.0.1", 80)), "Ada")
    made = TestClient(application(bench), base_url="http://127.0.0.1", headers={HEADER: bench.guard.proof})
    assert made.get("/?token=" + "t" * 40).status_code == 200
    return made


def test_a_desk_in_trouble_is_asked_again_and_a_wrong_decision_is_not(stories, client, monkeypatch):
    one = named(stories, HEADLINE)

    def decide(text: str, segment: str = one) -> int:
        body = {"id": segment, "act": "accept", "text": text, "base": seen(there(stories, HEADLINE))}
        return client.post("/api/save/en/port", json=body).status_code

    assert decide(" ") == 400
    assert decide("x", "0" * 16) == 400
    path = stories.project.catalog("port", "en")
    good = path.read_bytes()
    path.write_bytes(good + b"broken\n")
    body = {"id": one, "act": "accept", "text": "The port", "base": ""}
    answer = client.post("/api/save/en/port", json=body)
    assert answer.status_code == 503
    assert answer.json()["remedy"]
    path.write_bytes(good)
    with monkeypatch.context() as patch:

        def full(_handle: int) -> None:
            raise OSError(28, "No space left on device")

        patch.setattr(os, "fsync", full)
        answer = client.post("/api/save/en/port", json={**body, "base": seen(there(stories, HEADLINE))})
    assert answer.status_code == 503
    assert "No space left" in answer.json()["problem"]
    assert decide("The port") == 200


def test_who_writes_all_the_same_still_sees_what_others_wrote(stories, client):
    one = named(stories, HEADLINE)
    base = seen(there(stories, HEADLINE))
    client.get(f"/api/changes/en/port?since=0&id={one}&writing=1", headers={"x-desk-page": "b", "x-desk-person": "Ben"})
    body = {"id": one, "act": "accept", "text": "Ada's", "base": base}
    assert client.post("/api/save/en/port", json=body).json() == {"writer": "Ben"}
    elsewhere(stories, HEADLINE, msgstr="Ben's", flags=[])
    answer = client.post("/api/save/en/port", json={**body, "all_the_same": True}).json()
    assert answer["conflict"] == "Ben's"
    assert there(stories, HEADLINE).msgstr == "Ben's"


def test_what_is_wrong_with_words_is_the_persons_to_mend(stories):
    with pytest.raises(UsageError) as refused:
        save(stories, HEADLINE, "")
    assert not isinstance(refused.value, CatalogError)


def test_a_long_story_is_typeset_while_people_read_it(stories, client):
    count = 450
    text = "\n\n".join(f"Le port {number} est calme." for number in range(count))
    (stories.project.root / "source/long.txt").write_text(text + "\n")
    stories.forget()
    story = stories.open("long", "en")
    for unit in story.units.values():
        story.catalog.get(unit.key).msgstr = f'"{unit.text}"'
    store.save(story.catalog)
    page = client.get("/story/en/long").text
    assert page.count("data-block=") == 2 * count
    assert "“" not in page
    since = int(re.search(r'"version": (\d+)', page)[1])
    blocks: dict[str, str] = {}
    while True:
        told = client.get(f"/api/changes/en/long?since={since}").json()
        if not told["blocks"]:
            break
        assert len(told["blocks"]) < count
        since, blocks = told["version"], blocks | told["blocks"]
    assert len(blocks) == count
    assert all("“" in one for one in blocks.values())
