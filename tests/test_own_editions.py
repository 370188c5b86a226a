"""The whole road for documents that keep their format: source, catalog, edition."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.documents.formats import test_docx, test_html, test_markdown
from translate import checking, pipeline, project
from translate.catalogs import store
from translate.catalogs.states import set_fuzzy
from translate.editions.policy import Drafts
from translate.errors import DocumentError, EditionError
from translate.reading import read, read_files

NOW = dt.datetime(2026, 1, 12, tzinfo=dt.UTC)


@pytest.fixture
def desk(tmp_path: Path) -> project.Project:
    (tmp_path / "source").mkdir()
    (tmp_path / "translate.toml").write_text('source = "fr"\ntargets = ["en"]\n')
    return project.load(tmp_path)


def extracted(desk: project.Project, name: str, data: bytes) -> store.Catalog:
    (desk.source_folder / name).write_bytes(data)
    pipeline.save(desk, pipeline.extract(desk, read(desk).documents, [], NOW), NOW)
    catalog = store.load(desk.catalog(Path(name).stem, "en"))
    assert catalog is not None
    return catalog


def reviewed(catalog: store.Catalog, *, but: str = "") -> None:
    for entry in catalog.entries:
        if entry.msgid != but:
            entry.msgstr = entry.msgid.replace("neige", "snow").replace("photo", "picture")
            set_fuzzy(entry, False)
    store.save(catalog)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.md", test_markdown.SAMPLE.encode()),
        ("a.html", test_html.SAMPLE.encode()),
        ("a.docx", test_docx.TestDocx.sample),
    ],
)
def test_an_edition_is_the_file_in_another_language(desk, name, data):
    catalog = extracted(desk, name, data)
    reviewed(catalog)
    (made,) = pipeline.assemble(desk, read(desk).documents, [], Drafts.HOLD)
    assert made.path == desk.output_folder / "en" / name
    assert not made.notices
    assert not made.held
    (again,) = read_files(desk, [made.path]).documents
    texts = [segment.text for segment in again.segments]
    assert any("snow" in text for text in texts)
    (unchanged,) = pipeline.assemble(desk, read(desk).documents, [], Drafts.HOLD)
    assert not unchanged.written


def test_what_is_not_translated_is_held_and_said(desk):
    catalog = extracted(desk, "a.md", test_markdown.SAMPLE.encode())
    reviewed(catalog, but="Lieu")
    (made,) = pipeline.assemble(desk, read(desk).documents, [], Drafts.HOLD)
    assert [held.text for held in made.held] == ["Lieu"]
    text = made.path.read_text()
    assert "| Lieu |" in text
    assert made.notices
    assert f"> {made.notices[0]}" in text


def test_a_translation_without_its_codes_keeps_the_old_edition(desk):
    catalog = extracted(desk, "a.md", test_markdown.SAMPLE.encode())
    extracted(desk, "b.md", b"# Neige\n\nUn mot.\n")
    reviewed(catalog)
    pipeline.assemble(desk, read(desk).documents, ["en"], Drafts.LABEL)
    before = (desk.output_folder / "en/a.md").read_bytes()
    catalog = store.load(desk.catalog("a", "en"))
    assert catalog is not None
    entry = next(one for one in catalog.entries if one.msgid == "Les <1>stations</1> ferment")
    entry.msgstr = "The stations close"
    store.save(catalog)
    (desk.output_folder / "en/b.md").unlink()
    with pytest.raises(DocumentError, match="<1> is missing") as caught:
        pipeline.assemble(desk, read(desk).documents, [], Drafts.LABEL)
    assert "a.md:7" in caught.value.where
    assert (desk.output_folder / "en/a.md").read_bytes() == before
    assert (desk.output_folder / "en/b.md").is_file()


def test_an_edition_that_does_not_say_what_its_catalog_says_is_not_written(desk, monkeypatch):
    reviewed(extracted(desk, "a.md", b"# Titre\n\nUn mot de neige.\n"))
    from translate.documents.formats.markdown import MarkdownFormat

    original = MarkdownFormat.translate
    monkeypatch.setattr(
        MarkdownFormat, "translate", lambda self, *args: original(self, *args).replace(b"Un mot", b"Deux mots")
    )
    with pytest.raises(EditionError, match="text block 2 reads"):
        pipeline.assemble(desk, read(desk).documents, [], Drafts.LABEL)
    monkeypatch.setattr(
        MarkdownFormat, "translate", lambda self, *args: original(self, *args).replace(b"Un mot", b"# Un mot")
    )
    with pytest.raises(EditionError, match=r"text block 2 \('Unmotdesnow'\) is a heading"):
        pipeline.assemble(desk, read(desk).documents, [], Drafts.LABEL)
    assert not (desk.output_folder / "en/a.md").exists()


def test_the_desk_says_how_a_document_is_read(desk):
    (desk.root / "translate.toml").write_text(
        'source = "fr"\ntargets = ["en"]\n[formats.markdown]\ndocuments = ["notes*"]\nfront_matter = ["chapeau"]\n'
    )
    (desk.source_folder / "notes.txt").write_text("---\nchapeau: Un texte\ntitle: Rien\n---\n\n# Titre\n")
    (document,) = read(project.load(desk.root)).documents
    assert document.format == "markdown"
    assert [segment.text for segment in document.segments] == ["Un texte", "Titre"]


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ("[formats.word]", "is no format"),
        ("[formats.docx]\ntracked = 1", "is not a key"),
        ("[formats.docx]\ntracked_changes = 1", "must be a text"),
        ('[formats.markdown]\nfront_matter = "title"', "must be a list"),
    ],
)
def test_settings_that_no_format_has_are_refused(desk, lines, problem):
    (desk.root / "translate.toml").write_text(f'source = "fr"\ntargets = ["en"]\n{lines}\n')
    with pytest.raises(project.ProjectError, match=problem):
        project.load(desk.root)


def test_limits_reach_the_catalog_and_the_check(desk):
    catalog = extracted(desk, "a.srt", b"1\n00:00:01,000 --> 00:00:02,000\nOui, il neige.\n")
    (entry,) = catalog.entries
    assert "length limit: 17" in entry.comment
    entry.msgstr = "Yes, it is snowing very much indeed."
    store.save(catalog)
    (found,) = checking.check(desk, read(desk).documents, [], dt.date(2026, 1, 1))
    assert found.finding.check == "length"


def test_files_of_one_name_are_all_read(tmp_path):
    paths = [tmp_path / "a.md", tmp_path / "a.html"]
    for path in paths:
        path.write_text("<p>Un mot.</p>\n")
    assert [document.path for document in read_files(None, paths).documents] == paths


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.srt", "1\r\n00:00:01,000 --> 00:00:04,000\r\nDéjà la neige.\r\n"),
        ("a.vtt", "WEBVTT\n\n00:01.000 --> 00:04.000\nDéjà la neige.\n"),
        ("a.md", "Déjà la neige.\n"),
        ("a.html", "<p>Déjà la neige.</p>\n"),
    ],
)
def test_a_translation_may_have_signs_that_the_encoding_of_its_source_lacks(desk, name, text):
    catalog = extracted(desk, name, text.encode("cp1252"))
    reviewed(catalog)
    (made,) = pipeline.assemble(desk, read(desk).documents, [], Drafts.HOLD)
    assert "Déjà la snow." in made.path.read_bytes().decode("cp1252")
    for entry in catalog.entries:
        entry.msgstr = "Łódź: snow."
    store.save(catalog)
    (made,) = pipeline.assemble(desk, read(desk).documents, [], Drafts.HOLD)
    (again,) = read_files(desk, [made.path]).documents
    assert [segment.text for segment in again.segments] == ["Łódź: snow."]
