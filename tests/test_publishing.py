"""What leaves the house: the gate, the log, what is written again and what is not."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from tests.publishing import NOW, PLAIN, catalog, review, run, setting
from translate import project, publishing
from translate.editions import journal
from translate.editions.journal import What
from translate.errors import EditionError, ProjectError, UsageError

HEADLINE = "Le port rouvre ses portes"
FIGURE = "Il était fermé depuis 3 jours."


def rows(desk: Path) -> list[tuple[str, str]]:
    return [(row.language, row.what) for row in journal.load(desk / "output/published.jsonl").rows]


def files(desk: Path) -> dict[str, tuple[int, bytes]]:
    return {
        path.relative_to(desk).as_posix(): (path.stat().st_mtime_ns, path.read_bytes())
        for path in (desk / "output").rglob("*")
        if path.is_file()
    }


def test_what_is_reviewed_is_published_and_a_second_run_writes_nothing(house):
    done = run(house)
    assert [(one.language, one.what, one.closed) for one in done.outcomes] == [
        (language, What.PUBLISHED, ()) for language in ("fr", "en", "de")
    ]
    assert rows(house) == [("fr", "published"), ("en", "published"), ("de", "published")]
    before = files(house)
    assert {"output/site/en/port.html", "output/site/fr/port.html", "output/site/index.html"} <= before.keys()
    again = run(house, hours=1)
    assert (again.outcomes, again.touched, again.unchanged) == ([], [], 3)
    assert files(house) == before


def test_a_second_run_looks_at_no_edition_again_and_nothing_is_written_outside_of_output(house, monkeypatch):
    before = {path.name for path in house.iterdir()}
    run(house)
    assert {path.name for path in house.iterdir()} == before | {"output", ".translate"}
    looked, shared_out = [], publishing.shared_out

    def watched(desk, now, parts):
        looked.extend(parts)
        return shared_out(desk, now, parts)

    monkeypatch.setattr(publishing, "shared_out", watched)
    assert run(house, hours=1).unchanged == 3
    assert looked == []
    review(catalog(house, "en"), quiet="calm")
    run(house, hours=2)
    assert [languages for _, languages in looked] == [{("port", "en")}]


def test_without_what_this_machine_remembers_nothing_is_written_either(house):
    run(house)
    before = files(house)
    for path in (house / ".translate").glob("*.json"):
        path.unlink()
    again = run(house, hours=1)
    assert (again.outcomes, again.touched, again.unchanged) == ([], [], 3)
    assert files(house) == before


@pytest.mark.parametrize("text", ["no JSON", "[]", '"port"'])
def test_what_this_machine_remembers_may_be_broken(house, text):
    run(house)
    before = files(house)
    (house / ".translate/published.json").write_text(text)
    assert run(house, hours=1).unchanged == 3
    assert files(house) == before


def test_the_gate_is_closed_for_what_nobody_reviewed_and_says_why(house):
    review(catalog(house, "de"), drafts=(PLAIN,))
    done = run(house)
    (held,) = done.closed
    assert (held.document, held.language, held.what) == ("port", "de", None)
    assert [(one.line, one.state, one.text, one.why) for one in held.closed] == [
        (12, "draft", PLAIN, "draft, and paragraph must be reviewed")
    ]
    assert not (house / "output/site/de").exists()
    page = (house / "output/site/en/port.html").read_text()
    assert 'hreflang="de"' not in page
    assert 'hreflang="fr"' in page
    assert not (house / "output/published/de").exists()


@pytest.mark.parametrize(
    ("drafts", "closed"),
    [
        ((PLAIN,), []),
        ((HEADLINE,), ["headline"]),
        ((FIGURE,), ["lead"]),
        (("La séance commence à 14h30.",), ["figures"]),
    ],
)
def test_the_essentials_must_be_reviewed_and_the_rest_is_labelled(house, drafts, closed):
    setting(house, 'policy = "essentials"')
    review(catalog(house, "en"), drafts=drafts)
    done = run(house, only=("en",))
    assert [one.why.split()[2] for held in done.closed for one in held.closed] == closed
    if not closed:
        page = (house / "output/site/en/port.html").read_text()
        assert 'data-state="draft"' in page
        assert "have not been reviewed by a person" in page


def test_the_desk_s_own_gate_refines_the_policy(house):
    setting(house, '[publish.gate]\ndefault = ["reviewed", "draft"]\ncrosshead = ["reviewed"]')
    review(catalog(house, "en"), drafts=(PLAIN, HEADLINE, "Une longue attente"))
    (held,) = run(house, only=("en",)).closed
    assert [one.why for one in held.closed] == ["draft, and crosshead must be reviewed"]


def test_only_what_is_reviewed_is_shown_where_the_desk_wants_that(house):
    setting(house, 'policy = "only-reviewed"')
    review(catalog(house, "en"), drafts=(PLAIN,))
    assert run(house).closed == []
    page = (house / "output/site/en/port.html").read_text()
    assert f'<span lang="fr" data-state="draft">{PLAIN}</span>' in page
    assert "Parliament is to vote" not in page
    review(catalog(house, "en"), drafts=(HEADLINE,))
    assert [one.why for held in run(house).closed for one in held.closed] == ["draft, and headline must be reviewed"]


def test_an_error_of_a_check_closes_the_gate_unless_the_desk_says_otherwise(house):
    review(catalog(house, "en"), **{"for 3": "for 4"})
    (held,) = run(house).closed
    assert [one.why for one in held.closed] == ["a check finds an error: 3 became 4 [figures]"]
    setting(house, "errors = false")
    assert run(house).closed == []


def test_a_dry_run_says_the_same_and_writes_nothing(house):
    review(catalog(house, "de"), drafts=(PLAIN,))
    said = run(house, dry=True)
    assert [(one.language, one.what) for one in said.outcomes] == [
        ("fr", "published"),
        ("en", "published"),
        ("de", None),
    ]
    assert not (house / "output/published.jsonl").exists()
    assert not (house / "output/site").exists()
    assert [(one.language, one.what) for one in run(house).outcomes] == [
        (one.language, one.what) for one in said.outcomes
    ]


@pytest.mark.parametrize(("correction", "note"), [(False, "updated on"), (True, "corrected on")])
def test_a_change_of_words_is_dated_on_the_page(house, correction, note):
    run(house)
    french = (house / "output/site/fr/port.html").read_bytes()
    review(catalog(house, "en"), quiet="calm")
    done = run(house, hours=2, correction=correction)
    assert [(one.language, one.what) for one in done.outcomes] == [("en", "corrected" if correction else "updated")]
    page = (house / "output/site/en/port.html").read_text()
    assert f"This page was {note} May 1, 2026" in page
    assert "calm on Tuesday" in page
    assert '"dateModified": "2026-05-01T12:30:00+00:00"' in page
    assert (house / "output/site/fr/port.html").read_bytes() == french


def test_a_change_that_readers_do_not_see_is_no_update(house):
    run(house)
    setting(house, "[disclosure]\nmarks = false")
    done = run(house, hours=2)
    assert [(one.language, one.what) for one in done.outcomes] == [("en", "current"), ("de", "current")]
    assert 'class="notice' not in (house / "output/site/en/port.html").read_text()


def test_a_page_whose_source_has_moved_on_stays_and_says_so(house, translate):
    run(house)
    source = house / "source/port.txt"
    was = source.read_text()
    source.write_text(was.replace("depuis 3 jours", "depuis 5 jours"))
    translate("extract")
    done = run(house, hours=3)
    assert [(one.language, one.what) for one in done.outcomes] == [("fr", "updated"), ("en", "stale"), ("de", "stale")]
    page = (house / "output/site/en/port.html").read_text()
    assert "has changed; a new translation has been pending since May 1, 2026" in page
    assert "closed for 3 days" in page
    before = files(house)
    assert [one.what for one in run(house, hours=5).outcomes] == [None, None]
    assert files(house) == before
    source.write_text(was)
    translate("extract")
    for language in ("en", "de"):
        review(catalog(house, language))
    assert [(one.language, one.what) for one in run(house, hours=6).outcomes] == [
        ("fr", "updated"),
        ("en", "current"),
        ("de", "current"),
    ]
    assert "pending since" not in (house / "output/site/en/port.html").read_text()


def test_a_desk_that_goes_back_to_the_bytes_that_were_published_is_current_again(house, translate):
    run(house)
    source = house / "source/port.txt"
    was = {path: path.read_bytes() for path in (source, catalog(house, "en"), catalog(house, "de"))}
    source.write_text(source.read_text().replace("depuis 3 jours", "depuis 5 jours"))
    translate("extract")
    assert [(one.language, one.what) for one in run(house, hours=1).outcomes][1:] == [("en", "stale"), ("de", "stale")]
    for path, data in was.items():
        path.write_bytes(data)
    done = run(house, hours=2)
    assert [(one.language, one.what) for one in done.outcomes] == [
        ("fr", "updated"),
        ("en", "current"),
        ("de", "current"),
    ]
    assert "pending since" not in (house / "output/site/en/port.html").read_text()


def test_a_correction_that_was_killed_is_still_a_correction(house, monkeypatch):
    run(house)
    review(catalog(house, "en"), quiet="calm")

    def killed(*_):
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(journal, "save", killed)
        with pytest.raises(SystemExit):
            run(house, hours=1, correction=True)
    done = run(house, hours=2, correction=True)
    assert [(one.language, one.what) for one in done.outcomes] == [("en", "corrected")]
    assert "corrected on" in (house / "output/site/en/port.html").read_text()


def test_a_withdrawal_that_was_killed_is_finished(house, monkeypatch):
    run(house)

    def killed(*_):
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(publishing, "_build", killed)
        with pytest.raises(SystemExit):
            publishing.withdraw(project.load(house), ["port"], ["de"], NOW)
    assert (house / "output/site/de/port.html").exists()
    with pytest.raises(UsageError, match="'port' is not published"):
        publishing.withdraw(project.load(house), ["port"], ["de"], NOW)
    assert not (house / "output/site/de/port.html").exists()
    assert not (house / "output/published/de/port.json").exists()


def test_a_story_is_withdrawn_and_published_again(house):
    run(house)
    done = publishing.withdraw(project.load(house), ["port"], ["de"], NOW + dt.timedelta(hours=1))
    assert [(one.language, one.what) for one in done.outcomes] == [("de", "withdrawn")]
    assert not (house / "output/site/de/port.html").exists()
    assert not (house / "output/site/de/index.html").exists()
    assert 'hreflang="de"' not in (house / "output/site/en/port.html").read_text()
    with pytest.raises(UsageError, match="'port' is not published"):
        publishing.withdraw(project.load(house), ["port"], ["de"], NOW)
    assert [(one.language, one.what) for one in run(house, hours=2).outcomes] == [("de", "published")]
    assert 'class="notice' not in (house / "output/site/de/port.html").read_text()


def test_where_one_of_several_is_not_published_none_is_withdrawn(house):
    run(house)
    before = files(house)
    with pytest.raises(UsageError, match="'neuf' is not published"):
        publishing.withdraw(project.load(house), ["port", "neuf"], [], NOW)
    assert files(house) == before
    assert run(house, hours=1).unchanged == 3


def test_a_document_that_is_gone_keeps_its_pages(house):
    run(house)
    (house / "source/port.txt").unlink()
    (house / "source/neuf.txt").write_text("Une nouvelle\n\nIl pleut.\n")
    run(house, hours=1)
    assert (house / "output/site/en/port.html").exists()
    assert "neuf.html" in (house / "output/site/fr/index.html").read_text()


def test_where_the_site_will_be_must_be_known(house):
    path = house / "translate.toml"
    path.write_text(path.read_text().replace('url = "https://news.example.org/paper/"\n', ""))
    with pytest.raises(ProjectError, match=r"publish.url: is missing"):
        run(house)
    assert run(house, dry=True).outcomes


def test_a_broken_log_publishes_nothing(house):
    run(house)
    log = house / "output/published.jsonl"
    log.write_text(log.read_text() + "half a li")
    before = files(house)
    with pytest.raises(EditionError, match="line 4 is no line"):
        run(house)
    assert files(house) == before


def test_a_lost_edition_is_named_with_its_remedy(house):
    run(house)
    (house / "output/published/en/port.json").write_text("{}")
    review(catalog(house, "en"), quiet="calm")
    with pytest.raises(EditionError, match="cannot be read again") as caught:
        run(house)
    assert "withdraw" in caught.value.remedy


def test_what_a_new_edition_changes(house):
    desk = project.load(house)
    found, _ = publishing.differences(desk, [], ["en"], NOW)
    assert [(one.published, one.closed) for one in found] == [(False, False)]
    assert ("+", "The port reopens") in found[0].changes
    run(house)
    assert publishing.differences(desk, [], [], NOW) == ([], [])
    review(catalog(house, "en"), drafts=(PLAIN,), quiet="calm")
    (one,), _ = publishing.differences(desk, [], [], NOW)
    assert (one.language, one.published, one.closed) == ("en", True, True)
    assert [(sign, text) for sign, text in one.changes if "quiet" in text or "calm" in text] == [
        ("-", "The port is quiet on Tuesday. [Desk Photo - A. B.]"),
        ("+", "The port is calm on Tuesday. [Desk Photo - A. B.]"),
    ]


def test_one_change_among_many_equal_lines_is_one_change():
    rows = ["–", "0"] * 60
    assert list(publishing._changes([*rows, *rows], [*rows, "new", *rows])) == [("+", "new")]


def test_a_language_that_has_no_catalog_yet_differs_in_nothing(house):
    run(house)
    catalog(house, "de").unlink()
    review(catalog(house, "en"), quiet="calm")
    said, _ = publishing.differences(project.load(house), [], [], NOW)
    assert [(one.document, one.language) for one in said] == [("port", "en")]


def test_the_log_names_revisions(house):
    import hashlib

    run(house)
    lines = [json.loads(line) for line in (house / "output/published.jsonl").read_text().splitlines()]
    for line in lines:
        edition = (house / "output/published" / line["language"] / "port.json").read_bytes()
        assert line["edition"] == hashlib.sha256(edition).hexdigest()
        assert line["source"] == hashlib.sha256((house / "source/port.txt").read_bytes()).hexdigest()
    assert lines[0]["catalog"] == ""
    assert lines[1]["catalog"] == hashlib.sha256(catalog(house, "en").read_bytes()).hexdigest()


def test_other_formats_have_pages_too(house, translate):
    (house / "source/note.md").write_text("# Un **grand** jour\n\nIl *pleut* [ici](https://e.org/x).\n\n- un\n- deux\n")
    translate("extract")
    run(house)
    page = (house / "output/site/fr/note.html").read_text()
    assert "<h1 data-block>Un grand jour</h1>" in page
    assert "Il pleut ici." in page
    assert page.count("<li data-block>") == 2


@pytest.mark.slow
def test_many_stories_are_shared_out_among_processes_and_nothing_else_changes(house, translate, monkeypatch):
    for number in range(5):
        (house / f"source/n{number}.txt").write_text(f"Une nouvelle {number}\n\nIl pleut.\n")
    (house / "source/bad.srt").write_bytes(b"\xff\xfe\x00")
    translate("extract")
    monkeypatch.setattr("translate.releasing._BATCH", 1)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    shared = run(house, dry=True)
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    alone = run(house, dry=True)
    assert shared.outcomes == alone.outcomes
    assert len(shared.outcomes) == 18
    assert [str(error) for error in shared.refused] == [str(error) for error in alone.refused]
    assert shared.refused[0].remedy
