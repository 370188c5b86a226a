"""Marks in the files of each format: unreviewed, half reviewed, reviewed."""

from __future__ import annotations

import datetime as dt
import json
import re
import subprocess
import zipfile
from pathlib import Path

import pytest
import yaml
from lxml import etree, html

from tests.conftest import program
from tests.documents.formats import test_docx, test_epub, test_html, test_markdown, test_newsml, test_odt
from translate import pipeline, project
from translate.catalogs import provenance, store
from translate.catalogs.states import set_fuzzy
from translate.editions.disclosure import RECORD
from translate.editions.policy import Drafts
from translate.reading import read

NOW = dt.datetime(2026, 11, 2, 12, 0, tzinfo=dt.UTC)
SAMPLES = {
    "html": ("a.html", test_html.SAMPLE.encode()),
    "markdown": ("a.md", test_markdown.SAMPLE.encode()),
    "docx": ("a.docx", test_docx.TestDocx.sample),
    "odt": ("a.odt", test_odt.TestOdt.sample),
    "epub": ("a.epub", test_epub.TestEpub.sample),
    "newsml": ("a.xml", test_newsml.NEWSML.encode()),
    "nitf": ("a.xml", test_newsml.NITF.encode()),
}
STATES = {"not reviewed": 0, "partly reviewed": 1, "reviewed": 2}


def assembled(tmp_path: Path, format_: str, state: str, more: str = "") -> Path:
    """Draft everything, let a person accept none, half or all of it, and assemble."""
    (tmp_path / "source").mkdir(exist_ok=True)
    (tmp_path / "translate.toml").write_text(f'source = "fr"\ntargets = ["en"]\n{more}')
    name, data = SAMPLES[format_]
    (tmp_path / "source" / name).write_bytes(data)
    desk = project.load(tmp_path)
    pipeline.save(desk, pipeline.extract(desk, read(desk).documents, [], NOW), NOW)
    catalog = store.load(desk.catalog("a", "en"))
    assert catalog is not None
    for number, entry in enumerate(catalog.entries):
        entry.msgstr = entry.msgid
        facts = {"engine": "argos", "package": "fr_en/0.2", "model": "ea555e46215b"}
        hashes = provenance.fingerprint(entry.msgstr), provenance.fingerprint(entry.msgid)
        made = provenance.Provenance(facts, 0.5, (), *hashes).line()
        entry.tcomment = provenance.with_line(entry.tcomment, made)
        set_fuzzy(entry, STATES[state] == 0 or (STATES[state] == 1 and number % 2 == 0))
    store.save(catalog)
    (one,) = pipeline.assemble(desk, read(desk).documents, [], Drafts.LABEL)
    (again,) = pipeline.assemble(desk, read(desk).documents, [], Drafts.LABEL)
    assert not again.written
    return one.path


def marks(path: Path, format_: str) -> dict[str, str]:
    """Read the marks of a file with a parser that is not ours."""
    if format_ == "html":
        page = html.document_fromstring(path.read_bytes())
        return {one.get("name"): one.get("content") for one in page.iter("meta") if one.get("name")}
    if format_ == "markdown":
        return yaml.safe_load(path.read_text(encoding="utf-8").split("---\n")[1])
    if format_ == "docx":
        root = etree.fromstring(zipfile.ZipFile(path).read("docProps/custom.xml"))
        return {one.get("name"): "".join(one.itertext()) for one in root}
    if format_ == "odt":
        root = etree.fromstring(zipfile.ZipFile(path).read("meta.xml"))
        name = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}name"
        return {one.get(name): one.text for one in root.iter("{*}user-defined")}
    if format_ == "epub":
        archive = zipfile.ZipFile(path)
        package = next(name for name in archive.namelist() if name.endswith(".opf"))
        root = etree.fromstring(archive.read(package))
        return {one.get("name"): one.get("content") for one in root.iter("{*}meta") if one.get("name")}
    root = etree.fromstring(path.read_bytes())
    if format_ == "nitf":
        return {one.get("name"): one.get("content") for one in root.iter("{*}meta")}
    generators = list(root.iter("{http://iptc.org/std/nar/2006-10-01/}generator"))
    state, _, summary = generators[0].get("versioninfo").partition("; ")
    return {
        "translation-state": state,
        "translation-summary": summary,
        "translation-machine": generators[0].text,
        "translation-source-language": "fr",
    }


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("format_", SAMPLES)
def test_each_file_says_how_far_it_is_reviewed(tmp_path, format_, state):
    found = marks(assembled(tmp_path, format_, state), format_)
    assert found["translation-state"] == state
    assert found["translation-source-language"] == "fr"
    assert found["translation-machine"] == "argos fr_en/0.2 (model ea555e46215b)"
    done, of, drafted = map(int, re.findall(r"\d+", found["translation-summary"]))
    assert drafted == of > 1
    assert done == {"not reviewed": 0, "partly reviewed": of // 2, "reviewed": of}[state]
    record = json.loads((tmp_path / "output" / "en" / f"a{RECORD}").read_text())
    assert (record["state"], record["segments"]) == (state, of)


@pytest.mark.parametrize("format_", SAMPLES)
def test_an_edition_of_an_edition_says_only_its_own(tmp_path, format_):
    path = assembled(tmp_path, format_, "not reviewed")
    edition = path.read_bytes()
    (tmp_path / "source" / path.name).write_bytes(edition)
    desk = project.load(tmp_path)
    (document,) = read(desk).documents
    assert not [one.text for one in document.segments if "translation-" in one.text or "ea555e46215b" in one.text]


@pytest.mark.parametrize("format_", SAMPLES)
def test_a_desk_that_wants_no_marks_has_none(tmp_path, format_):
    path = assembled(tmp_path, format_, "reviewed", "[disclosure]\nmarks = false\n")
    data = path.read_bytes()
    if zipfile.is_zipfile(path):
        data = b"".join(zipfile.ZipFile(path).read(name) for name in zipfile.ZipFile(path).namelist())
    assert b"translation-state" not in data
    assert b"fr_en/0.2" not in data


def test_markdown_without_front_matter_gets_a_comment(tmp_path):
    SAMPLES["plain"] = ("a.md", b"# Titre\n\nUn texte.\n\nUn autre.\n")
    try:
        text = assembled(tmp_path, "plain", "partly reviewed").read_text()
    finally:
        del SAMPLES["plain"]
    assert text.rstrip().endswith("-->")
    assert "<!--\ntranslation-state: partly reviewed\n" in text
    assert text.split("<!--")[0].rstrip().endswith("Un autre.")


def test_json_ld_of_a_page(tmp_path):
    page = html.document_fromstring(assembled(tmp_path, "html", "reviewed").read_bytes())
    blocks = [json.loads(one.text) for one in page.iter("script") if one.get("data-translation") is not None]
    (block,) = blocks
    assert block["translationOfWork"] == {"@type": "CreativeWork", "inLanguage": "fr"}
    assert block["translator"] == [
        {"@type": "SoftwareApplication", "name": "argos fr_en", "softwareVersion": "0.2", "identifier": "ea555e46215b"}
    ]


@pytest.mark.slow
def test_epubcheck_accepts_the_marks(tmp_path, epubcheck):
    assert epubcheck(assembled(tmp_path, "epub", "partly reviewed").read_bytes()) == []


@pytest.mark.slow
@pytest.mark.parametrize("format_", ["docx", "odt"])
def test_libreoffice_keeps_the_properties(tmp_path, home_of_office, format_):
    soffice = program("soffice")
    path = assembled(tmp_path, format_, "partly reviewed")
    command = [soffice, home_of_office, "--headless", "--convert-to", "fodt", "--outdir", tmp_path / "out", path]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    root = etree.fromstring((tmp_path / "out" / "a.fodt").read_bytes(), etree.XMLParser(huge_tree=True))
    name = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}name"
    found = {one.get(name): one.text for one in root.iter("{*}user-defined")}
    assert found["translation-state"] == "partly reviewed"
