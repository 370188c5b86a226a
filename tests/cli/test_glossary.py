from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polib
import pytest

from tests.conftest import Outcome, snapshot
from translate.project import load
from translate.reading import glossary

Run = Callable[..., Outcome]
TABLE = "fr;en;de\nport;harbour|port;Hafen\nséance;sitting;Sitzung\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "terms.csv"
    path.write_text(TABLE, encoding="cp1252")
    return path


def test_an_import_says_what_it_brought_and_a_second_one_writes_nothing(
    desk: Path, table: Path, translate: Run
) -> None:
    done = translate("glossary", "import", table)
    assert (done.code, done.out) == (0, "glossary.csv: 4 terms, 4 new, 0 changed.\n")
    before = snapshot(desk)
    again = translate("glossary", "import", table, "--json")
    assert again.json == {"glossary": "glossary.csv", "written": False, "terms": 4, "added": 0, "updated": 0}
    assert snapshot(desk) == before


def test_a_table_of_the_desk_keeps_its_form_until_there_is_something_new(
    desk: Path, table: Path, translate: Run
) -> None:
    (desk / "glossary.csv").write_text(TABLE, encoding="utf-8-sig")
    translate("glossary", "import", table)
    assert (desk / "glossary.csv").read_text(encoding="utf-8-sig") == TABLE
    table.write_text("fr,en\nséance,session\n")
    assert translate("glossary", "import", table, "--json").json["updated"] == 1
    (term,) = (term for term in glossary(load(desk), None).terms if (term.text, term.target) == ("séance", "en"))
    assert term.translations == ("session", "sitting")


@pytest.mark.parametrize("suffix", ["csv", "tbx"])
def test_what_is_exported_can_be_imported(desk: Path, table: Path, translate: Run, suffix: str, tmp_path: Path) -> None:
    translate("glossary", "import", table)
    out = tmp_path / f"out.{suffix}"
    assert translate("glossary", "export", out).out == f"{out}: 4 terms\n"
    assert translate("glossary", "export", out).out == f"{out}: 4 terms (unchanged)\n"
    before = (desk / "glossary.csv").read_bytes()
    (desk / "glossary.csv").unlink()
    assert translate("glossary", "import", out).code == 0
    assert sorted((desk / "glossary.csv").read_bytes().splitlines()) == sorted(before.splitlines())


def test_the_list_shows_the_terms_of_a_language(desk: Path, table: Path, translate: Run) -> None:
    translate("glossary", "import", table)
    assert translate("glossary", "list", "--lang", "de").out.splitlines()[1].split() == ["de", "port", "Hafen"]
    rows = translate("glossary", "list", "--json").json["terms"]
    first = rows[0]["target_language"], rows[0]["source"], rows[0]["translations"]
    assert first == ("en", "port", ["harbour", "port"])
    assert len(rows) == 4


def test_a_broken_file_changes_nothing(desk: Path, table: Path, translate: Run) -> None:
    translate("glossary", "import", table)
    before = snapshot(desk)
    table.write_text("source_language,target_language,source,translation\nfr,en,port,\n")
    done = translate("glossary", "import", table)
    assert done.code == 2
    assert f"{table}, line 2: column 'translation': is empty" in done.err
    assert translate("glossary", "import", "no-such-file.csv").code == 2
    assert translate("glossary", "export", "a.xlsx").code == 2
    assert snapshot(desk) == before


def test_a_broken_glossary_stops_a_run_before_anything_is_written(desk: Path, translate: Run) -> None:
    (desk / "glossary.csv").write_text("fr,en\nport\n\x00")
    before = snapshot(desk)
    done = translate("run")
    assert done.code == 2
    assert "glossary.csv" in done.err
    assert snapshot(desk) == before


def test_a_tbx_of_the_desk_is_read_and_never_written(desk: Path, table: Path, translate: Run) -> None:
    translate("glossary", "import", table)
    translate("glossary", "export", "glossary.tbx")
    (desk / "glossary.csv").unlink()
    assert len(translate("glossary", "list", "--json").json["terms"]) == 4
    done = translate("glossary", "import", table)
    assert done.code == 2
    assert 'glossary = "glossary.csv"' in done.err


def test_the_desk_names_its_glossary_and_may_do_without_cldr(desk: Path, table: Path, translate: Run) -> None:
    config = desk / "translate.toml"
    config.write_text(config.read_text() + '\nglossary = "house/terms.csv"\ncldr_terms = false\n')
    assert translate("glossary", "list").code == 2
    assert translate("glossary", "import", table).code == 0
    assert (desk / "house" / "terms.csv").is_file()
    assert not glossary(load(desk), None).general
    config.write_text(config.read_text().replace("false", '"no"'))
    assert "cldr_terms" in translate("status").err


def test_terms_come_into_drafts(desk: Path, table: Path, translate: Run) -> None:
    translate("glossary", "import", table)
    assert translate("run").code == 0
    texts = [entry.msgstr for entry in polib.pofile(str(desk / "locales/en/LC_MESSAGES/port.po"))]
    assert any("sitting" in text for text in texts), texts
