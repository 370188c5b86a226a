"""What is known is not done again, what changed is, and nothing else."""

from __future__ import annotations

import datetime as dt
import shutil
import sqlite3
from pathlib import Path

import polib
import pytest

from tests.publishing import review
from translate import checking, drafting, pipeline, project
from translate.engines.model import Options
from translate.errors import MemoryFileError, MissingPackageError
from translate.scale import records, runs, slices
from translate.scale.runs import Run

NOW = dt.datetime(2026, 5, 1, 10, tzinfo=dt.UTC)
WORDS = "Le port rouvre demain. Le Parlement doit voter la loi mercredi."


def run(desk: Path, only: tuple[str, ...] = (), languages: tuple[str, ...] = (), **options: object) -> Run:
    opened = project.load(desk)
    return runs.run(opened, only, languages, Options(), NOW, lambda *_: None, **options)


def files(desk: Path) -> dict[str, bytes]:
    folders = (desk / "locales", desk / "output")
    return {
        path.relative_to(desk).as_posix(): path.read_bytes()
        for at in folders
        for path in at.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def many(desk: Path) -> Path:
    """Make a desk with five short documents, drafted once."""
    (desk / "source/port.txt").unlink()
    for number in range(5):
        (desk / f"source/a{number}.txt").write_text(f"Titre {number}\n\n{WORDS}\n")
    assert run(desk).drafted
    return desk


def test_nothing_new_reads_and_writes_nothing(many, monkeypatch):
    before = files(many)
    for module, name in ((pipeline, "extract"), (drafting, "draft"), (checking, "examined")):
        monkeypatch.setattr(module, name, lambda *_: pytest.fail("it was done again"))
    done = run(many)
    assert (len(done.known), done.outcomes, done.changes, done.written) == (10, [], [], [])
    assert files(many) == before


def test_a_changed_document_is_done_and_no_other(many):
    (many / "source/a3.txt").write_text(f"Titre nouveau\n\n{WORDS}\n")
    done = run(many)
    assert {one.document for one in done.outcomes} == {"a3"}
    assert len(done.known) == 8
    assert {path.relative_to(many).as_posix() for path in done.written} >= {"output/en/a3.txt", "output/de/a3.txt"}
    assert not run(many).outcomes


def test_a_reviewed_catalog_makes_its_editions_anew(many):
    path = many / "locales/en/LC_MESSAGES/a1.po"
    file = polib.pofile(str(path))
    file[0].msgstr, file[0].flags = "A new title", []
    file.save(str(path))
    done = run(many)
    assert {one.document for one in done.outcomes} == {"a1"}
    assert "A new title" in (many / "output/en/a1.txt").read_text()


@pytest.mark.parametrize(
    "gone", ["output/en/a2.html", "output/de/a2.provenance.json", "locales/a2.pot", "locales/en/LC_MESSAGES/a2.po"]
)
def test_what_is_lost_is_made_again(many, gone):
    before = files(many)
    (many / gone).unlink()
    done = run(many)
    assert {one.document for one in done.outcomes} == {"a2"}
    after = files(many)
    assert after.keys() == before.keys()
    if gone.startswith("output"):
        assert after == before


def test_what_somebody_wrote_into_an_edition_does_not_stay(many):
    path = many / "output/en/a2.txt"
    before = path.read_bytes()
    path.write_text("Not what was translated.\n")
    run(many)
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", ["translate.toml", "glossary.csv", "segments.toml"])
def test_other_settings_make_everything_anew(many, name):
    path = many / name
    if name == "translate.toml":
        path.write_text(path.read_text() + '\n[labels.en]\nread_also = "More"\n')
    elif name == "glossary.csv":
        path.write_text("fr,en\nport,harbour\n")
    else:
        path.write_text('[[place]]\nbefore = "rouvre demain."\nafter = "Le Parlement"\ncut = false\n')
    done = run(many)
    assert len(done.outcomes) == 10
    assert not run(many).outcomes


def test_records_that_are_lost_or_broken_cost_time_and_nothing_else(many):
    before = files(many)
    path = many / ".translate/records.sqlite"
    path.write_bytes(b"this is no database" * 100)
    assert len(run(many).outcomes) == 10
    path.unlink()
    assert len(run(many).outcomes) == 10
    assert files(many) == before


def test_records_that_are_in_use_are_not_begun_anew(many, monkeypatch):
    monkeypatch.setattr(records, "_WAIT", 0.05)
    path = many / ".translate/records.sqlite"
    before = path.read_bytes()
    other = sqlite3.connect(path)
    other.execute("begin exclusive")
    with pytest.raises(MemoryFileError, match="locked") as caught:
        run(many)
    assert "again" in caught.value.remedy
    other.close()
    assert path.read_bytes() == before
    assert not run(many).outcomes


def test_a_document_that_left_is_forgotten(many):
    (many / "source/a4.txt").unlink()
    assert len(run(many).known) == 8
    (many / "source/a4.txt").write_text(f"Titre 4\n\n{WORDS}\n")
    assert {one.document for one in run(many).outcomes} == {"a4"}


def test_findings_are_those_of_a_check_of_everything(many):
    """The same text in other words elsewhere is found, although only one document is looked at again."""
    for name, words in (("a0", "The port reopens."), ("a1", "The harbour reopens.")):
        path = many / f"locales/en/LC_MESSAGES/{name}.po"
        file = polib.pofile(str(path))
        entry = file.find("Le port rouvre demain.")
        entry.msgstr, entry.flags = words, []
        file.save(str(path))
        run(many)
    opened = project.load(many)
    known = runs.check(opened, (), (), NOW).findings
    shutil.rmtree(many / ".translate")
    assert (
        {(one.document, one.finding.message) for one in known if one.finding.check == "consistency"}
        == {
            (one.document, one.finding.message)
            for one in runs.check(opened, (), (), NOW).findings
            if one.finding.check == "consistency"
        }
        != set()
    )
    from translate.reading import read

    every = checking.check(opened, read(opened).documents, (), NOW.date())
    assert sorted(map(repr, known)) == sorted(map(repr, every))


def test_every_document_that_says_a_text_otherwise_is_looked_at(tmp_path):
    with records.opened(tmp_path / "records.sqlite") as known:
        known.translated("a", "en", {"one": "yes", "two": "aye"})
        known.translated("b", "en", {"one": "no"})
        known.translated("c", "en", {"two": "no"})
        assert known.rivals("a", "en") == {"b", "c"}
        assert known.rivals("b", "en") == {"a"}


def test_an_interruption_loses_no_slice(many, monkeypatch):
    monkeypatch.setattr(runs, "_SLICE", 2)
    for number in range(5):
        (many / f"source/a{number}.txt").write_text(f"Autre titre {number}\n\n{WORDS}\n")
    draft = drafting.draft
    calls = []

    def interrupted(*arguments, **options):
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return draft(*arguments, **options)

    monkeypatch.setattr(drafting, "draft", interrupted)
    with pytest.raises(KeyboardInterrupt):
        run(many)
    assert {one.document for one in run(many).outcomes} == {"a2", "a3", "a4"}


def test_many_are_shared_out_among_processes_and_are_the_same(desk, tmp_path, monkeypatch):
    for number in range(12):
        (desk / f"source/b{number}.txt").write_text(f"Titre {number}\n\n{WORDS} Il a {number + 2} ans.\n")
    other = shutil.copytree(desk, tmp_path / "other")
    run(desk)
    monkeypatch.setattr(slices, "MANY", 4)
    monkeypatch.setattr(slices, "_SHARE", 3)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    run(other)
    assert files(desk) == files(other)


def test_a_missing_package_leaves_the_catalogs_alone(many):
    (many / "source/new.txt").write_text("Un texte nouveau.\n")

    def none(*_):
        raise MissingPackageError("no package")

    before = files(many)
    with pytest.raises(MissingPackageError):
        run(many, find=none)
    assert files(many) == before
    review(many / "locales/en/LC_MESSAGES/a0.po")
    # Where nothing wants a draft, none is missed.
    assert run(many, ("a0",), find=none).outcomes


def test_one_language_is_done_without_the_other(many):
    (many / "source/a0.txt").write_text(f"Titre tout neuf\n\n{WORDS}\n")
    assert {one.language for one in run(many, languages=("en",)).outcomes} == {"en"}
    assert {one.language for one in run(many).outcomes} == {"en", "de"}


def test_what_somebody_writes_while_a_run_is_under_way_is_not_taken_for_done(many, monkeypatch):
    """The catalog changes after it was read and before its outcome is kept: its editions are of the old words."""
    (many / "source/a1.txt").write_text(f"Un titre neuf\n\n{WORDS}\n")
    path = many / "locales/en/LC_MESSAGES/a1.po"
    assembled = pipeline.assembled

    def meanwhile(*arguments):
        yield from assembled(*arguments)
        file = polib.pofile(str(path))
        file[0].msgstr, file[0].flags = "Written meanwhile", []
        file.save(str(path))

    monkeypatch.setattr(pipeline, "assembled", meanwhile)
    run(many, languages=("en",))
    monkeypatch.setattr(pipeline, "assembled", assembled)
    assert "Written meanwhile" not in (many / "output/en/a1.txt").read_text()
    run(many)
    assert "Written meanwhile" in (many / "output/en/a1.txt").read_text()


def told(desk: Path) -> list[tuple[str, str, int, int, dict[str, int]]]:
    found = runs.status(project.load(desk), (), (), NOW)
    assert not found.refused
    return [(one.document, one.language, one.segments, one.words, dict(one.states)) for one in found.rows]


def test_status_is_told_of_what_is_known_without_reading_it(many, monkeypatch):
    said = told(many)
    assert [row[:2] for row in said] == [(f"a{number}", language) for number in range(5) for language in ("en", "de")]
    monkeypatch.setattr(pipeline, "counted", lambda *_: pytest.fail("it was read again"))
    assert told(many) == said


def test_status_is_that_of_the_bytes_and_writes_nothing(many):
    (many / "source/a3.txt").write_text(f"Titre nouveau\n\n{WORDS}\n")
    (many / "source/b.txt").write_text("Titre\n")
    review(many / "locales/en/LC_MESSAGES/a1.po")
    before = {path: path.read_bytes() for path in many.rglob("*") if path.is_file()}
    found = {row[:2]: row[4] for row in told(many)}
    assert found["a1", "en"] == {"untranslated": 0, "stale": 0, "draft": 2, "reviewed": 1}
    assert (found["a3", "de"]["untranslated"], found["b", "en"]["untranslated"]) == (1, 1)
    assert {path: path.read_bytes() for path in many.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("spoil", [Path.unlink, lambda path: path.write_bytes(b"no database")])
def test_status_needs_no_records(many, spoil):
    said, path = told(many), many / ".translate" / runs._RECORDS
    spoil(path)
    held = path.read_bytes() if path.exists() else None
    assert told(many) == said
    assert (path.read_bytes() if path.exists() else None) == held


def test_status_of_records_of_another_version_is_counted(many):
    said, path = told(many), many / ".translate" / runs._RECORDS
    with sqlite3.connect(path) as database:
        database.execute("update outcomes set segments = 99")
    assert told(many) != said
    with sqlite3.connect(path) as database:
        database.execute("pragma user_version = 99")
    assert told(many) == said
