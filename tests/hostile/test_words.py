"""Words that are more than words: markup, formulas, paths, and signs that nobody sees, in everything that is written."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from pathlib import Path

import polib
import pytest
from lxml import etree, html

from tests.hostile.targets import TARGETS
from tests.publishing import SITE
from translate.catalogs.interchange import tables, terms
from translate.cli import main
from translate.documents.archive import open_archive
from translate.errors import CatalogError, DocumentError

TRAP = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'--></title></script>]]>${7*7}{{7*7}}{%x%}&lt;b&gt;"
PATHS = "../../../etc/passwd"
NAMED = '<script>Ada</script> "O\'N" & </title>'
HEADLINE, LEAD, QUOTE = f"Le port {TRAP}", f"Il pleut {PATHS} mardi.", '"Oui \u202egnirts\u202c", a dit le ministre.'
STORY = f"""Publié le 7 mars 2023 à 14h05

{HEADLINE}

{LEAD}
Le port {TRAP} est calme.

{QUOTE}

desk/mar
"""
KINDS = ["text", "markdown", "html", "docx", "odt", "epub", "newsml", "ninjs"]


@pytest.fixture(scope="module")
def trapped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a desk every word of which is hostile, its editions and its site."""
    folder = tmp_path_factory.mktemp("desk")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("ARGOS_PACKAGES_DIR", str(folder / "none"))
        assert main(["init", "--source", "fr", "--target", "en", "--quiet"]) == 0
        said = (folder / "translate.toml").read_text(encoding="utf-8")
        said = re.sub(r"(?m)^#? ?editions = .*\n", "", said)
        head, table, rest = said.partition("\n[")
        site = SITE.replace("The Messenger", TRAP.replace('"', '\\"')) + "errors = false\n"
        (folder / "translate.toml").write_text(
            f"{head}\neditions = {json.dumps(KINDS)}\n{table}{rest}{site}", encoding="utf-8"
        )
        (folder / "source" / "a\"<b>' &.txt").write_text(STORY, encoding="utf-8")
        assert main(["extract", "--quiet"]) == 0
        (path,) = (folder / "locales").rglob("*.po")
        file = polib.pofile(str(path))
        file.metadata["Last-Translator"] = f"{NAMED} <ada@example.org>"
        for entry in file:
            entry.msgstr, entry.flags = entry.msgid.replace("Le port", "The port"), []
        file.save(str(path))
        assert main(["assemble", "--quiet"]) in (0, 1)
        assert main(["publish", "--quiet"]) in (0, 1)
    return folder


def test_everything_was_written(trapped: Path) -> None:
    assert {path.suffix for path in (trapped / "output").rglob("*")} >= {
        ".html",
        ".md",
        ".txt",
        ".docx",
        ".odt",
        ".epub",
    }
    assert [path for path in (trapped / "output").rglob("*") if path.name.startswith("feed") or path.suffix == ".xml"]


def test_no_name_leads_outside(trapped: Path) -> None:
    assert {path.name for path in trapped.iterdir()} <= {
        ".translate",
        ".gitignore",
        "translate.toml",
        "source",
        "locales",
        "output",
        "none",
    }
    assert not (trapped.parent / "etc").exists()


def test_no_page_runs_what_a_story_says(trapped: Path) -> None:
    pages = sorted((trapped / "output").rglob("*.html"))
    assert len(pages) > 1
    for path in pages:
        root = html.document_fromstring(path.read_bytes().decode())
        for script in root.iter("script"):
            assert script.get("type") == "application/ld+json", path
            json.loads(script.text)
        assert not [one for one in root.iter() for name in one.attrib if name.startswith("on")], path
        assert not list(root.iter("img")), path
        assert "alert(1)" in root.text_content() or path.name == "index.html"


def harmless(root: etree._Element) -> bool:
    """Say whether an XML file runs nothing: its scripts are our own linked data, whole."""
    for script in root.iter("script", "{*}script"):
        if script.get("type") != "application/ld+json" or not json.loads(script.text):
            return False
    return not list(root.iter("img", "{*}img"))


def test_every_file_of_xml_is_whole(trapped: Path) -> None:
    for path in sorted((trapped / "output").rglob("*")):
        if path.suffix in (".xml", ".atom", ".rss", ".newsml"):
            assert harmless(etree.parse(path).getroot()), path
        if path.suffix in (".docx", ".odt", ".epub"):
            with zipfile.ZipFile(path) as opened:
                assert not [name for name in opened.namelist() if ".." in name or name.startswith("/")]
                for name in opened.namelist():
                    if name.endswith((".xml", ".rels", ".opf", ".xhtml", ".ncx")):
                        assert harmless(etree.fromstring(opened.read(name))), (path, name)


def test_json_is_json(trapped: Path) -> None:
    found = [path for path in (trapped / "output").rglob("*") if path.suffix in (".json", ".ninjs")]
    assert found
    for path in found:
        json.loads(path.read_bytes())


def test_templates_are_not_filled_by_words(trapped: Path) -> None:
    for path in (trapped / "output").rglob("*"):
        if path.suffix in (".html", ".md", ".txt"):
            assert "49" not in re.sub(r"\b\d{4}\b", "", path.read_text(encoding="utf-8")), path


FORMULAS = ["=1+1", "+1", "-1", "@a", "\t=1", "\r=1", "'=1", '=HYPERLINK("http://evil.example")', "=cmd|' /C calc'!A0"]


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_of_a_glossary_is_a_formula(formula: str) -> None:
    term = terms.Term(terms.clean(formula), "fr", "de", (terms.clean(formula),), note=formula.strip())
    data = terms.write_csv([term])
    for row in csv.reader(io.StringIO(data.decode(), newline="")):
        assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert terms.read_csv(data, "a.csv") == (term,)


SIGNS = ["\u202e", "\u2066", "\u200b", "\u200d", "\ufeff", "\u00ad", "e\u0301", "\u1e9b\u0323", "😀", "𝒜", "\U0010ffff", "\ufdd0", "\ufffe", "\u2028", "\u0085", "\u0300" * 50, "ﷺ"]  # fmt: skip


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("name", ["text", "markdown", "html", "subrip", "webvtt", "po", "csv", "glossary", "ninjs"])
def test_signs_nobody_sees_are_carried(name: str, sign: str) -> None:
    words = f"Le port{sign} est {sign}calme. «\u00a0Oui{sign}\u00a0»"
    frames = {
        "subrip": f"1\n00:00:00,000 --> 00:00:01,000\n{words}\n",
        "webvtt": f"WEBVTT\n\n00:00:00.000 --> 00:00:01.000\n{words}\n",
        "html": f"<html><body><p>{words}</p></body></html>",
        "po": f'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n# {words}\nmsgid "{words}"\nmsgstr "{words}"\n',
        "csv": f"id,source,translation\nde/port#x,{words},{words}\n",
        "glossary": f"fr,de\n{words},{words}\n",
        "ninjs": json.dumps({"uri": "a", "headline": words, "body_text": words}),
    }
    TARGETS[name](frames.get(name, words).encode())


@pytest.mark.parametrize("sign", ["\x00", "\x1b", "\x7f"])
@pytest.mark.parametrize("name", ["text", "markdown", "html", "subrip", "webvtt", "wire"])
def test_control_signs_are_refused(name: str, sign: str) -> None:
    with pytest.raises(DocumentError):
        TARGETS[name](f"<p>Le port{sign} est calme.</p>".encode())


def claiming(*names: str, size: int) -> bytes:
    """Return an archive whose parts claim to unpack to a size."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as opened:
        for name in names:
            opened.writestr(name, b"x")
            opened.getinfo(name).file_size = size
    return out.getvalue()


def test_parts_that_share_their_bytes_are_a_bomb_together() -> None:
    with pytest.raises(DocumentError, match="together are a ZIP bomb"):
        open_archive(claiming(*map(str, range(20)), size=90 << 20), "a.docx")


def test_a_workbook_is_refused_as_any_archive_is() -> None:
    with pytest.raises(CatalogError, match="bomb"):
        tables.load_xlsx(claiming("xl/sharedStrings.xml", size=110 << 20), "a.xlsx")
