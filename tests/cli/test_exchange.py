"""The verbs `exchange export` and `exchange import`, as people use them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polib
import pytest

from tests.conftest import Outcome, snapshot

Run = Callable[..., Outcome]
FORMS = {"xliff2": "xlf", "xliff1": "xlf", "csv": "csv", "xlsx": "xlsx"}
CATALOG = Path("locales/de/LC_MESSAGES/port.po")


@pytest.fixture
def extracted(desk: Path, translate: Run) -> Path:
    assert translate("extract").code == 0
    return desk


def fill(words: str = "Eine lange Wartezeit", *, fuzzy: bool = True, source: str = "Une longue attente") -> None:
    """Write a translation into the catalog, as a person does in an editor."""
    file = polib.pofile(str(CATALOG), wrapwidth=0)
    one = file.find(source)
    assert one is not None
    one.msgstr = words
    one.flags = ["fuzzy"] if fuzzy else []
    file.save()


def found(source: str = "Une longue attente") -> polib.POEntry:
    one = polib.pofile(str(CATALOG)).find(source)
    assert one is not None
    return one


@pytest.mark.parametrize("form", FORMS)
def test_export_writes_one_file_a_document_and_language_and_once(form: str, extracted: Path, translate: Run) -> None:
    made = translate("exchange", "export", "--as", form, "--json").json["exported"]
    assert {one["path"] for one in made} == {f"exchange/{lang}/port.{FORMS[form]}" for lang in ("de", "en")}
    before = snapshot(extracted)
    again = translate("exchange", "export", "--as", form)
    assert again.code == 0
    assert again.out.count("(unchanged)") == 2
    assert snapshot(extracted) == before


def test_filters_and_another_folder(extracted: Path, translate: Run, tmp_path: Path) -> None:
    (extracted / "source/gare.txt").write_text("La gare est ouverte.")
    translate("extract")
    assert translate("exchange", "export", "port", "--lang", "de", "--to", tmp_path / "out", "--quiet").out == ""
    assert [path.name for path in (tmp_path / "out").rglob("*.*")] == ["port.xlf"]


@pytest.mark.parametrize("verb", [("exchange", "export"), ("bundle", "--unpacked")])
def test_what_is_no_export_in_the_folder_of_exports_is_left_alone(
    verb: tuple[str, ...], house: Path, translate: Run, tmp_path: Path
) -> None:
    theirs = tmp_path / "out/elsewhere/.letter.abcd1234.tmp"
    theirs.parent.mkdir(parents=True)
    theirs.write_text("another program's")
    assert translate(*verb, "--to", tmp_path / "out").code == 0
    (ours,) = [
        path for path in (tmp_path / "out").rglob("*") if path.name in ("port.xlf", "port.txt") and "en" in path.parts
    ]
    left = ours.with_name(".port.x7_ab12c.tmp")
    left.touch()
    ours.unlink()
    assert translate(*verb, "--to", tmp_path / "out").code == 0
    assert (theirs.exists(), left.exists(), ours.exists()) == (True, False, True)


@pytest.mark.parametrize("form", FORMS)
def test_import_of_what_went_out_writes_nothing(form: str, extracted: Path, translate: Run) -> None:
    fill()
    translate("exchange", "export", "--as", form)
    before = snapshot(extracted)
    done = translate("exchange", "import", *(extracted / "exchange").rglob("port.*"), "--json")
    assert done.code == 0
    assert not [one for one in done.json["imported"] if one["written"] or one["taken"] or one["troubles"]]
    assert snapshot(extracted) == before


def test_a_reviewed_translation_comes_in_and_its_reviewer_is_named(extracted: Path, translate: Run) -> None:
    fill()
    translate("exchange", "export", "--as", "xliff1")
    path = extracted / "exchange/de/port.xlf"
    text = path.read_text(encoding="utf-8")
    phases = (
        '<header><phase-group><phase phase-name="r" process-name="review" contact-name="Eva Muster" '
        'contact-email="eva@example.org"/></phase-group></header>'
    )
    text = text.replace("<body>", f"{phases}<body>")
    text = text.replace('state="needs-review-translation">Eine lange Wartezeit', 'state="final">Langes Warten')
    path.write_text(text, encoding="utf-8")
    assert translate("exchange", "import", path).code == 0
    assert (found().msgstr, found().fuzzy) == ("Langes Warten", False)
    file = polib.pofile(str(CATALOG))
    assert file.metadata["Last-Translator"] == "Eva Muster <eva@example.org>"
    before = snapshot(extracted)
    assert translate("exchange", "import", path).code == 0
    assert snapshot(extracted) == before


def test_a_conflict_keeps_both_and_ends_with_1(extracted: Path, translate: Run) -> None:
    fill()
    translate("exchange", "export")
    path = extracted / "exchange/de/port.xlf"
    path.write_text(path.read_text(encoding="utf-8").replace("Eine lange Wartezeit", "Langes Warten"), encoding="utf-8")
    fill("Warten, lange", fuzzy=False)
    done = translate("exchange", "import", path)
    assert done.code == 1
    assert "conflict" in done.out
    assert (found().msgstr, found().fuzzy) == ("Warten, lange", False)
    assert "@returned Langes Warten" in found().tcomment
    before = snapshot(extracted)
    assert translate("exchange", "import", path, "--json").json["imported"][0]["troubles"][0]["kind"] == "conflict"
    assert snapshot(extracted) == before


def test_the_source_changed_since(extracted: Path, translate: Run) -> None:
    translate("exchange", "export", "--as", "csv", "--lang", "de")
    path = extracted / "exchange/de/port.csv"
    text = path.read_text(encoding="utf-8-sig")
    path.write_text(text.replace("Une longue attente,,untranslated", "Une longue attente,Langes Warten,reviewed"))
    dispatch = extracted / "source/port.txt"
    dispatch.write_text(dispatch.read_text().replace("Une longue attente", "Une très longue attente"))
    translate("extract")
    done = translate("exchange", "import", path, "--json")
    assert (done.code, done.json["imported"][0]["stale"]) == (0, 1)
    one = found("Une très longue attente")
    assert (one.msgstr, one.fuzzy, one.previous_msgid) == ("Langes Warten", True, "Une longue attente")


def test_work_that_was_not_imported_is_not_overwritten(extracted: Path, translate: Run) -> None:
    fill()
    translate("exchange", "export")
    path = extracted / "exchange/de/port.xlf"
    path.write_text(path.read_text(encoding="utf-8").replace("Eine lange Wartezeit", "Langes Warten"), encoding="utf-8")
    before = snapshot(extracted)
    refused = translate("exchange", "export")
    assert refused.code == 2
    assert f"translate exchange import {path}" in refused.err
    assert snapshot(extracted) == before
    assert translate("exchange", "import", path).code == 0
    assert translate("exchange", "export").code == 0
    (extracted / "exchange/de/port.xlf").write_text("a file of somebody's")
    assert translate("exchange", "export").code == 2


def test_a_bad_file_among_good_ones_writes_nothing(extracted: Path, translate: Run) -> None:
    translate("exchange", "export", "--as", "csv", "--lang", "de")
    path = extracted / "exchange/de/port.csv"
    path.write_text(path.read_text(encoding="utf-8-sig").replace("attente,,untr", "attente,Warten,untr"))
    (extracted / "bad.xlf").write_text("<xliff>")
    before = snapshot(extracted)
    done = translate("exchange", "import", path, "bad.xlf")
    assert done.code == 2
    assert "bad.xlf:1: not well-formed XML" in done.err
    assert snapshot(extracted) == before


HEAD = '<xliff version="1.2"><file original="{}" source-language="fr" target-language="{}"><body/></file></xliff>'


@pytest.mark.parametrize(
    ("text", "problem", "remedy"),
    [
        (HEAD.format("quai", "de"), "no document of this desk", "Documents: port"),
        (HEAD.format("", "de"), "no document of this desk", "Documents: port"),
        (HEAD.format("../../port/..", "de"), "no document of this desk", "Documents: port"),
        (HEAD.format("port", "it"), "not a target language", "Targets: en, de"),
        (HEAD.format("port", "../.."), "not a language", "BCP 47"),
        (HEAD.format("port", ""), "does not name its target language", "Add it"),
    ],
)
def test_files_of_nobody(text: str, problem: str, remedy: str, extracted: Path, translate: Run) -> None:
    (extracted / "a.xlf").write_text(text)
    done = translate("exchange", "import", "a.xlf")
    assert (done.code, problem in done.err, remedy in done.err) == (2, True, True), done.err


@pytest.mark.parametrize("original", ["port", "port.po", "/home/eva/locales/de/LC_MESSAGES/port.po", "C:\\x\\port.txt"])
def test_the_names_that_other_programs_give_a_document(original: str, extracted: Path, translate: Run) -> None:
    (extracted / "a.xlf").write_text(HEAD.format(original, "DE"))
    assert translate("exchange", "import", "a.xlf").code == 0


def test_wrong_usage(desk: Path, translate: Run) -> None:
    assert "translate extract port" in translate("exchange", "export").err
    assert translate("exchange", "export", "--as", "docx").code == 2
    assert translate("exchange", "import", "no-such.xlf").code == 2
    assert translate("exchange", "import", "source/port.txt").code == 2
    assert translate("exchange", "import").code == 2
    assert translate("exchange", "export", "--json").json["error"]["remedy"]


def test_help_loads_nothing_heavy() -> None:
    import subprocess
    import sys

    script = (
        "import sys; from translate.cli import main; assert main(['exchange', 'export', '--help']) == 0;"
        "loaded = {'openpyxl', 'lxml', 'polib', 'rapidfuzz'} & set(sys.modules); assert not loaded, loaded"
    )
    subprocess.run([sys.executable, "-c", script], check=True, capture_output=True)
