"""The whole road in one process: real files, real starter packages."""

from __future__ import annotations

import datetime as dt
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import polib
import pytest

from tests.conftest import DISPATCH, Outcome, snapshot
from translate import pipeline, reading
from translate.catalogs import store
from translate.engines import drafts
from translate.engines.queue import Draft
from translate.errors import CatalogError
from translate.project import load

Run = Callable[..., Outcome]


def catalog(desk: Path, language: str = "en", document: str = "port") -> polib.POFile:
    return polib.pofile(str(desk / "locales" / language / "LC_MESSAGES" / f"{document}.po"), wrapwidth=0)


def review(desk: Path, source: str, translation: str, language: str = "en") -> None:
    """Do what a translator does in Poedit: edit an entry and take its flag away."""
    file = catalog(desk, language)
    entry = file.find(source)
    assert entry is not None
    entry.msgstr = translation
    entry.flags = []
    file.save()


def reviewed(desk: Path, document: str = "port") -> dict[str, str]:
    return {entry.msgid: entry.msgstr for entry in catalog(desk, document=document) if entry.translated()}


def test_one_run_makes_catalogs_and_editions(desk: Path, translate: Run, msgfmt: Callable[[Path], str]) -> None:
    done = translate("run")
    assert done.code == 0, done.err
    for language in ("en", "de"):
        file = catalog(desk, language)
        assert len(file) == 8
        assert all(entry.msgstr and entry.fuzzy for entry in file)
        assert all("@draft engine=argos package=fr_" in entry.tcomment for entry in file)
        assert msgfmt(desk / "locales" / language / "LC_MESSAGES" / "port.po") == ""
        for suffix in (".txt", ".md", ".html"):
            assert (desk / "output" / language / f"port{suffix}").is_file()
            assert f"output/{language}/port{suffix}" in done.out
    text = (desk / "output/en/port.txt").read_text()
    assert "translated by a machine" in text
    assert "Published March 7, 2023, 2:05" in text
    assert "[Desk Photo - A. B.]" in text
    assert "desk/mar" in text


def test_a_second_run_changes_no_file_and_loads_no_model(desk: Path, translate: Run) -> None:
    assert translate("run").code == 0
    before = snapshot(desk)
    script = (
        "import sys; from translate.cli import main; code = main(['run', '--quiet']);"
        "assert code == 0; assert 'ctranslate2' not in sys.modules; assert 'sentencepiece' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
    assert snapshot(desk) == before


def test_json_is_all_there_is_on_standard_output(desk: Path, translate: Run) -> None:
    done = translate("run", "--json")
    assert done.json["drafted"] == 16
    assert {row["draft"] for row in done.json["status"]} == {8}
    assert len(done.json["editions"]) == 6
    assert translate("status", "--json").json["status"] == done.json["status"]


def test_a_reviewed_entry_survives_runs_moves_and_renames(desk: Path, translate: Run) -> None:
    source, words = "La séance commence à 14h30.", "The session opens at 2.30 pm."
    translate("run", "--lang", "en")
    review(desk, source, words)
    for _ in range(10):
        assert translate("run", "--lang", "en", "--quiet").code == 0
    assert reviewed(desk) == {source: words}
    lines = DISPATCH.split("\n\n")
    moved = "\n\n".join([*lines[:3], lines[5], lines[3], lines[4], *lines[6:]])
    (desk / "source/port.txt").write_text(moved)
    assert translate("run", "--lang", "en", "--quiet").code == 0
    assert reviewed(desk) == {source: words}
    (desk / "source/port.txt").rename(desk / "source/le port rouvre.txt")
    done = translate("run", "--lang", "en")
    assert done.code == 0
    assert "taken over from port" in done.out
    assert reviewed(desk, "le port rouvre") == {source: words}
    assert not (desk / "locales/en/LC_MESSAGES/port.po").exists()
    assert not (desk / "locales/port.pot").exists()
    assert words in (desk / "output/en/le port rouvre.txt").read_text()


def test_a_rename_keeps_every_language_even_when_they_run_one_by_one(desk: Path, translate: Run) -> None:
    source = "La séance commence à 14h30."
    translate("extract")
    review(desk, source, "The session opens at 2.30 pm.")
    review(desk, source, "Die Sitzung beginnt um 14.30 Uhr.", "de")
    (desk / "source/port.txt").rename(desk / "source/quai.txt")
    assert translate("extract", "--lang", "en").code == 0
    assert translate("extract", "--lang", "de").code == 0
    german = catalog(desk, "de", "quai").find(source)
    assert german is not None
    assert (german.msgstr, german.fuzzy) == ("Die Sitzung beginnt um 14.30 Uhr.", False)
    assert not list(desk.glob("locales/**/port.*"))


@pytest.mark.parametrize("moves", [0, 1, 2])
def test_a_kill_while_catalogs_move_leaves_nothing_behind(
    desk: Path, translate: Run, monkeypatch: pytest.MonkeyPatch, moves: int
) -> None:
    source, words = "La séance commence à 14h30.", "The session opens at 2.30 pm."
    translate("extract")
    review(desk, source, words)
    (desk / "source/port.txt").rename(desk / "source/quai.txt")
    rename, done = Path.rename, []

    def killed(path: Path, target: Path) -> Path:
        if len(done) == moves:
            raise SystemExit
        done.append(path)
        return rename(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", killed)
        with pytest.raises(SystemExit):
            translate("extract")
    assert translate("extract").code == 0
    assert reviewed(desk, "quai") == {source: words}
    assert not list(desk.glob("locales/**/port.*"))


def test_two_documents_may_take_over_the_words_of_one(desk: Path, translate: Run) -> None:
    source, words = "La séance commence à 14h30.", "The session opens at 2.30 pm."
    translate("extract")
    review(desk, source, words)
    (desk / "source/quai.txt").write_text((desk / "source/port.txt").read_text())
    (desk / "source/port.txt").rename(desk / "source/gare.txt")
    assert translate("extract").code == 0
    assert reviewed(desk, "quai") == reviewed(desk, "gare") == {source: words}
    assert not list(desk.glob("locales/**/port.*"))


def test_a_catalog_without_a_document_is_never_thrown_away(desk: Path, translate: Run) -> None:
    """A deleted source and a story like it, then a new language: the old catalog stays, it was not taken over."""
    source = "La séance commence à 14h30."
    toml = desk / "translate.toml"
    toml.write_text(toml.read_text().replace('["en", "de"]', '["en"]'))
    (desk / "source/quai.txt").write_text(DISPATCH)
    translate("extract")
    review(desk, source, "The session opens at 2.30 pm.")
    (desk / "source/port.txt").unlink()
    toml.write_text(toml.read_text().replace('["en"]', '["en", "de"]'))
    assert translate("extract").code == 0
    assert reviewed(desk) == {source: "The session opens at 2.30 pm."}


def test_a_changed_source_keeps_the_old_words_as_stale(desk: Path, translate: Run) -> None:
    source, words = "Il était fermé depuis 3 jours.", "It had been closed for 3 days."
    translate("run", "--lang", "en")
    review(desk, source, words)
    (desk / "source/port.txt").write_text(DISPATCH.replace("3 jours", "4 jours"))
    done = translate("run", "--lang", "en")
    assert "1 changed" in done.out
    entry = catalog(desk).find("Il était fermé depuis 4 jours.")
    assert entry is not None
    assert (entry.fuzzy, entry.previous_msgid, entry.msgstr) == (True, source, words)
    assert translate("status", "--json").json["status"][0]["stale"] == 1
    assert "have changed since" in (desk / "output/en/port.txt").read_text()
    (desk / "source/port.txt").write_text(DISPATCH)
    translate("run", "--lang", "en")
    assert reviewed(desk) == {source: words}


def test_held_drafts_stay_in_french_and_close_the_gate(desk: Path, translate: Run) -> None:
    toml = desk / "translate.toml"
    toml.write_text(toml.read_text().replace('drafts = "label"', 'drafts = "hold"'))
    done = translate("run", "--lang", "en")
    assert done.code == 0
    assert "8 segments held" in done.out
    review(desk, "Le port rouvre ses portes", "Port reopens")
    closed = translate("assemble", "--lang", "en")
    assert closed.code == 1
    assert "held: port (en), source line 12: draft: Le Parlement doit voter la loi mercredi." in closed.out
    page = (desk / "output/en/port.html").read_text()
    assert re.search(r'<h1 data-block><span data-origin="machine"[^>]* data-edited="true">Port reopens</span>', page)
    assert '<span lang="fr" data-state="draft">La séance commence à 14h30.</span>' in page
    assert "appear in the source language (French)" in page
    opened = translate("assemble", "--lang", "en", "--allow-drafts")
    assert opened.code == 0
    assert 'lang="fr"' not in (desk / "output/en/port.html").read_text()
    assert len(translate("assemble", "--lang", "en", "--json").json["editions"][0]["held"]) == 7


def test_all_reviewed_carries_no_notice(desk: Path, translate: Run) -> None:
    translate("run", "--lang", "en")
    file = catalog(desk)
    for entry in file:
        entry.flags = []
    file.save()
    assert translate("assemble", "--lang", "en").code == 0
    page = (desk / "output/en/port.html").read_text()
    assert "data-state" not in page.split("</style>")[1]
    assert 'content="reviewed"' in page
    assert 'role="note"' not in page


def test_a_kill_in_the_middle_loses_nothing(desk: Path, translate: Run) -> None:
    """Kill -9 at many moments of a run; then run to the end: the result is that of a run nobody disturbed."""
    (desk / "source/gare.txt").write_text(DISPATCH.replace("port", "marché").replace("mardi", "jeudi"))
    assert translate("extract").code == 0
    review(desk, "Le port rouvre ses portes", "Port reopens")
    shots = 0
    for delay in (0.3, 0.6, 0.9, 1.2, 1.5):
        process = subprocess.Popen([sys.executable, "-m", "translate", "run", "--quiet"], cwd=desk)
        time.sleep(delay)
        shots += process.poll() is None
        process.kill()
        process.wait()
        for path in desk.rglob("*.po"):
            polib.pofile(str(path))
        assert reviewed(desk)["Le port rouvre ses portes"] == "Port reopens"
    assert shots
    assert translate("run").code == 0
    assert not list(desk.glob("locales/**/.*")) + list(desk.glob("output/**/.*"))
    disturbed = {name: _undated(data) for name, (_, data) in snapshot(desk).items()}
    for path in [*desk.glob("locales/**/*.po"), *desk.glob("output/**/*.*")]:
        path.unlink()
    assert translate("extract").code == 0
    review(desk, "Le port rouvre ses portes", "Port reopens")
    assert translate("run").code == 0
    assert {name: _undated(data) for name, (_, data) in snapshot(desk).items()} == disturbed


def _undated(data: bytes) -> bytes:
    return b"\n".join(line for line in data.splitlines() if b"-Date:" not in line)


@pytest.mark.slow
def test_an_interrupted_run_keeps_its_drafts_and_says_so(desk: Path) -> None:
    (desk / "translate.toml").write_text("threads = 1\n" + (desk / "translate.toml").read_text())
    sentences = " ".join(f"Le ministre numéro {n} a parlé de la réforme du port mardi." for n in range(3000))
    (desk / "source/long.txt").write_text(sentences)
    process = subprocess.Popen(
        [sys.executable, "-m", "translate", "run", "--lang", "en"],
        cwd=desk,
        stderr=subprocess.PIPE,
        text=True,
        # Tests that were started in the background inherit that interrupts are ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    path = desk / "locales/en/LC_MESSAGES/long.po"
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and not (path.is_file() and "@draft" in path.read_text()):
        time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "what was done is kept" in said
    assert "Traceback" not in said
    drafted = [entry for entry in polib.pofile(str(path)) if entry.msgstr]
    assert 0 < len(drafted) < 3000


def test_two_runs_at_once_wait_for_each_other(desk: Path) -> None:
    runs = [subprocess.Popen([sys.executable, "-m", "translate", "run", "--quiet"], cwd=desk) for _ in range(3)]
    assert [run.wait(timeout=120) for run in runs] == [0, 0, 0]
    assert len(catalog(desk)) == 8


def test_words_a_person_wrote_during_a_run_are_not_overwritten(
    desk: Path, monkeypatch: pytest.MonkeyPatch, translate: Run
) -> None:
    from translate.engines.argos import ArgosEngine

    decode = ArgosEngine.translate

    def slow(self, sentences, **search):
        review(desk, "Le port rouvre ses portes", "Port reopens")
        return decode(self, sentences, **search)

    monkeypatch.setattr(ArgosEngine, "translate", slow)
    assert translate("run", "--lang", "en").code == 0
    assert reviewed(desk) == {"Le port rouvre ses portes": "Port reopens"}


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("image.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "not a text document"),
        ("vide.txt", b"", "empty"),
        ("blanc.txt", b" \n\n\t", "empty"),
    ],
)
def test_a_bad_document_is_refused_and_the_others_go_on(
    name: str, data: bytes, says: str, desk: Path, translate: Run
) -> None:
    (desk / "source" / name).write_bytes(data)
    done = translate("run", "--lang", "en")
    assert done.code == 2
    assert f"source/{name}: " in done.err
    assert says in done.err
    assert "Traceback" not in done.err
    stem = Path(name).stem
    assert [path for path in snapshot(desk) if stem in path] == [f"source/{name}"]
    assert (desk / "output/en/port.txt").is_file()


def test_every_verb_tells_programs_which_documents_it_refused(desk: Path, translate: Run) -> None:
    (desk / "source/vide.txt").write_bytes(b"")
    for verb in ("extract", "draft", "run", "assemble", "status", "roundtrip"):
        done = translate(verb, "--json")
        assert (done.code, len(done.json["refused"])) == (2, 1), verb
        assert "source/vide.txt" in done.json["refused"][0]


def test_a_catalog_with_a_syntax_error_names_its_line_and_nothing_is_written(desk: Path, translate: Run) -> None:
    translate("run")
    path = desk / "locales/en/LC_MESSAGES/port.po"
    lines = path.read_text().splitlines()
    number = next(n for n, line in enumerate(lines) if line.startswith("msgstr") and n > 20)
    lines[number] = "msgstr unquoted"
    path.write_text("\n".join(lines) + "\n")
    (desk / "source/autre.txt").write_text("Un autre texte.")
    before = snapshot(desk)
    done = translate("run")
    assert done.code == 2
    assert f"port.po:{number + 1}: " in done.err
    assert snapshot(desk) == before


def test_a_missing_package_is_exit_code_3_and_nothing_is_written(desk: Path, translate: Run) -> None:
    toml = desk / "translate.toml"
    toml.write_text(toml.read_text().replace('"de"', '"it"'))
    before = snapshot(desk)
    done = translate("run")
    assert done.code == 3
    assert "translate models install translate-fr_it.argosmodel" in done.err
    assert snapshot(desk) == before


def test_an_unknown_language_is_refused(desk: Path, translate: Run) -> None:
    toml = desk / "translate.toml"
    toml.write_text(toml.read_text().replace('"de"', '"klingon"'))
    done = translate("run")
    assert done.code == 2
    assert "targets: 'klingon' is not a language" in done.err


def test_a_language_that_is_no_target_is_refused(desk: Path, translate: Run) -> None:
    done = translate("run", "--lang", "it")
    assert done.code == 2
    assert "Targets: en, de" in done.err


def test_no_socket_is_opened(desk: Path, translate: Run) -> None:
    """The suite blocks sockets; this one proves that the block would bite."""
    import socket

    from pytest_socket import SocketBlockedError

    with pytest.warns(UserWarning, match="socket"), pytest.raises(SocketBlockedError):
        socket.socket(socket.AF_INET)
    assert translate("run").code == 0


def test_a_pivot_goes_through_the_english_of_the_desk(desk: Path, translate: Run, tmp_path: Path) -> None:
    """Without a direct package, German is made from the English catalog, where a person's words stand."""
    from translate import drafting, project

    translate("run", "--lang", "en")
    review(desk, "Le port rouvre ses portes", "Port reopens")
    known = drafting.known_english(project.load(desk), reading.read(project.load(desk)).documents)
    assert known["Le port rouvre ses portes"] == ("Port reopens", 1.0)
    assert all(0 <= sure < 1 for text, (_, sure) in known.items() if text != "Le port rouvre ses portes")
    assert len(known) == 8


@pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX's")
def test_the_real_dispatch_goes_the_whole_way(desk: Path, translate: Run, msgfmt: Callable[[Path], str]) -> None:
    shared = Path(__file__).parents[2] / "shared" / "dispatches" / "alep-2016-12-07.txt"
    if not shared.is_file():
        pytest.skip("the real dispatch is not in this checkout")
    (desk / "source/port.txt").unlink()
    (desk / "source/alep.txt").write_bytes(shared.read_bytes())
    assert translate("run").code == 0
    for language in ("en", "de"):
        path = desk / "locales" / language / "LC_MESSAGES" / "alep.po"
        assert all(entry.msgstr for entry in polib.pofile(str(path)))
        assert msgfmt(path) == ""
    assert translate("roundtrip").code == 0


def test_a_draft_that_a_person_emptied_is_not_drafted_again(desk: Path, translate: Run) -> None:
    translate("run", "--lang", "en", "--quiet")
    file = catalog(desk)
    entry = file[1]
    entry.msgstr, entry.flags = "", []
    file.save()
    assert translate("run", "--lang", "en", "--json").json["drafted"] == 0
    assert catalog(desk)[1].msgstr == ""


def test_words_written_to_a_catalog_that_is_being_renamed_are_not_lost(desk: Path) -> None:
    now = dt.datetime(2026, 5, 1, tzinfo=dt.UTC)
    project = load(desk)
    pipeline.save(project, pipeline.extract(project, reading.read(project).documents, ["en"], now), now)
    (desk / "source/port.txt").rename(desk / "source/harbour.txt")
    extracted = pipeline.extract(project, reading.read(project).documents, ["en"], now)
    review(desk, "La séance commence à 14h30.", "Written meanwhile.")
    with pytest.raises(CatalogError, match="another program"):
        pipeline.save(project, extracted, now)
    assert "Written meanwhile." in reviewed(desk).values()
    again = pipeline.extract(project, reading.read(project).documents, ["en"], now)
    pipeline.save(project, again, now)
    assert "Written meanwhile." in reviewed(desk, "harbour").values()


def test_a_broken_template_is_made_again(desk: Path, translate: Run) -> None:
    translate("extract", "--quiet")
    template = desk / "locales/port.pot"
    good = template.read_bytes()
    template.write_text("<<<<<<< HEAD\n")
    (desk / "locales/gone.pot").write_text("no template\n")
    assert translate("extract", "--quiet").code == 0
    assert polib.pofile(template)[0].msgid == polib.pofile(good.decode())[0].msgid


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not let such a name be made")
def test_a_name_that_is_not_utf8_is_an_error_not_a_defect(desk: Path) -> None:
    (Path(os.fsdecode(os.fsencode(desk) + b"/source/caf\xe9.txt"))).write_text("Bonjour.")
    done = subprocess.run(
        [sys.executable, "-m", "translate", "extract"], cwd=desk, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2, done.stderr
    assert "not UTF-8" in done.stderr


def test_a_catalog_without_a_header_keeps_its_first_draft_and_gets_one(
    desk: Path, translate: Run, msgfmt: Callable[[Path], str]
) -> None:
    translate("run", "--lang", "en", "--quiet")
    path = desk / "locales/en/LC_MESSAGES/port.po"
    text = path.read_text()
    path.write_text(text[text.index("# @draft") :])
    assert translate("run", "--lang", "en", "--quiet").code == 0
    file = catalog(desk)
    assert "@draft" in file[0].tcomment
    assert file.header == ""
    assert file.metadata["Plural-Forms"]
    assert msgfmt(path) == ""
    again = path.read_bytes()
    assert translate("run", "--lang", "en", "--quiet").code == 0
    assert path.read_bytes() == again


def test_one_broken_catalog_does_not_cost_the_others_their_drafts(desk: Path, translate: Run) -> None:
    (desk / "source/quai.txt").write_text("Le quai est calme mardi.")
    translate("extract", "--quiet")
    project = load(desk)
    paths = [project.catalog(name, "en") for name in ("port", "quai")]
    requests = [next(drafts.pending(found, "")) for path in paths if (found := store.load(path))]
    paths[0].write_text("<<<<<<< HEAD\n")
    made = [Draft(request.ticket, "Words.", 0.5, (), {"engine": "x"}) for request in requests]
    with pytest.raises(CatalogError, match="syntax"):
        drafts.save(made, dt.datetime(2026, 5, 1, tzinfo=dt.UTC))
    assert "Words." in paths[1].read_text()
