"""The source folder: what is found in it, and what is refused without holding up the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from translate.documents import sources
from translate.documents.formats.text import TextFormat
from translate.errors import DocumentError, UsageError


@pytest.fixture
def folder(tmp_path) -> Path:
    """Make a source folder with three documents, and things that are none."""
    source = tmp_path / "source"
    for name in ("alpes.txt", "monde/zurich.txt", "monde/alpes.TXT", "notes.pdf", ".cache/x.txt", ".brouillon.txt"):
        path = source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Un titre\n\nUne phrase.\n", encoding="utf-8")
    (source / "dossier.txt").mkdir()
    return source


def test_documents_are_found_by_name_in_order(folder):
    found = sources.find(folder)
    assert list(found) == ["alpes", "monde/alpes", "monde/zurich"]
    assert found["monde/alpes"] == folder / "monde" / "alpes.TXT"


def test_hidden_folders_above_the_source_folder_do_not_hide_it(tmp_path):
    source = tmp_path / ".desk" / "source"
    source.mkdir(parents=True)
    (source / "a.txt").write_text("Un.", encoding="utf-8")
    assert list(sources.find(source)) == ["a"]


def test_an_empty_folder_has_no_documents(tmp_path):
    assert sources.find(tmp_path) == {}


@pytest.mark.parametrize(
    ("only", "names"),
    [
        (["alpes"], ["alpes"]),
        (["alpes.txt"], ["alpes"]),
        (["monde/alpes"], ["monde/alpes"]),
        (["zurich.txt", "alpes"], ["alpes", "monde/zurich"]),
        (["alpes", "alpes.txt"], ["alpes"]),
    ],
)
def test_documents_are_picked_by_name_or_file_name(folder, only, names):
    assert list(sources.find(folder, only)) == names


def test_documents_are_picked_by_path(folder, monkeypatch):
    assert list(sources.find(folder, [str(folder / "monde" / "zurich.txt")])) == ["monde/zurich"]
    monkeypatch.chdir(folder.parent)
    assert list(sources.find(folder, ["source/monde/zurich.txt"])) == ["monde/zurich"]
    assert list(sources.find(folder, ["./source/../source/alpes.txt"])) == ["alpes"]


def test_an_unknown_name_is_an_error_that_lists_the_known_ones(folder):
    with pytest.raises(UsageError, match="there is no document 'jura'") as caught:
        sources.find(folder, ["alpes", "jura"])
    assert caught.value.where == str(folder)
    assert "alpes, monde/alpes, monde/zurich" in caught.value.remedy


def test_two_documents_of_one_name_are_an_error(folder):
    if (folder / "ALPES.TXT").exists():
        pytest.skip("this file system does not tell the cases apart")
    (folder / "alpes.TXT").write_text("Un.", encoding="utf-8")
    with pytest.raises(UsageError, match="two documents are called 'alpes'") as caught:
        sources.find(folder)
    assert str(folder / "alpes.txt") in caught.value.where
    assert str(folder / "alpes.TXT") in caught.value.where
    assert caught.value.remedy


def test_a_missing_folder_is_an_error(tmp_path):
    with pytest.raises(UsageError, match="no source folder") as caught:
        sources.find(tmp_path / "source")
    assert "mkdir" in caught.value.remedy


def test_what_cannot_be_read_is_named_and_does_not_hold_up_the_others(folder):
    (folder / "image.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
    (folder / "vide.txt").write_bytes(b"")
    good, refused = sources.read_all(sources.find(folder), sources.Reading("fr", None))
    assert [document.name for document in good] == ["alpes", "monde/alpes", "monde/zurich"]
    assert [error.where for error in refused] == [str(folder / "image.txt"), str(folder / "vide.txt")]
    assert ["not a text" in error.problem for error in refused] == [True, False]
    assert all(isinstance(error, DocumentError) and error.remedy for error in refused)


def test_a_file_that_went_away_is_refused(tmp_path):
    with pytest.raises(DocumentError, match="cannot be read") as caught:
        sources.read("a", tmp_path / "a.txt", sources.Reading("fr", None))
    assert caught.value.where == str(tmp_path / "a.txt")
    assert caught.value.remedy


def test_a_document_that_would_not_be_rebuilt_is_refused(folder, monkeypatch):
    monkeypatch.setattr(TextFormat, "rebuild", lambda *_: b"autre chose")
    with pytest.raises(DocumentError, match="would not rebuild") as caught:
        sources.read("alpes", folder / "alpes.txt", sources.Reading("fr", None))
    assert caught.value.remedy
