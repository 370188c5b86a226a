"""The formats: found through entry points, chosen by content."""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

import pytest

from translate.documents import formats as registry
from translate.documents.formats import formats, recognise, suffixes
from translate.documents.formats.text import TextFormat
from translate.documents.formats.wire import WireFormat
from translate.errors import DocumentError


class Louder(TextFormat):
    """A format of a desk's own package: it claims what begins with its name."""

    name = "louder"
    suffixes = (".txt", ".loud")

    def score(self, data: bytes, language: str) -> float:
        del language
        return 2.0 if data.startswith(b"LOUDER") else 0.0


@pytest.fixture
def with_louder(monkeypatch):
    points = [
        *entry_points(group="translate.formats"),
        EntryPoint("louder", f"{__name__}:Louder", "translate.formats"),
    ]
    monkeypatch.setattr(EntryPoint, "load", _load(EntryPoint.load))
    monkeypatch.setattr(registry, "entry_points", lambda **_: points)
    formats.cache_clear()
    yield
    formats.cache_clear()


def _load(original):
    return lambda self: Louder if self.name == "louder" else original(self)


def test_the_shipped_formats_are_entry_points():
    shipped = formats()
    assert {"wire", "text"} <= set(shipped)
    assert isinstance(shipped["wire"], WireFormat)
    assert isinstance(shipped["text"], TextFormat)
    assert all(name == format_.name for name, format_ in shipped.items())
    assert ".txt" in suffixes()


def test_a_desk_adds_a_format(with_louder):
    assert ".loud" in suffixes()
    assert recognise(b"LOUDER!", Path("a.txt"), "fr").name == "louder"
    assert recognise(b"Softer.", Path("a.txt"), "fr").name == "text"
    assert recognise(b"LOUDER!", Path("a.loud"), "fr").name == "louder"


@pytest.mark.parametrize(
    ("text", "language", "name"),
    [
        ("Modifié\n\nUn titre\n\nUne phrase.\n", "fr", "wire"),
        ("Modifié\r\n\r\nUn titre\r\n", "fr-CH", "wire"),
        ("\ufeffModifié\n\nUn titre\n", "fr", "wire"),
        ("Modifie\u0301\n\nUn titre\n", "fr", "wire"),
        ("Modifié\n\nUn titre\n\nUne phrase.\n", "en", "text"),
        ("Un titre\n\nUne phrase.\n", "fr", "text"),
        ("Un titre\n\nBerne (ats) - Il pleut.\n", "fr", "wire"),
    ],
)
def test_a_format_is_chosen_by_content(text, language, name):
    assert recognise(text.encode(), Path("a.txt"), language).name == name
    assert recognise(text.encode(), Path("a.TXT"), language).name == name


@pytest.mark.parametrize("data", [b"", b" \n", b"\x89PNG\r\n\x1a\n\x00\x00", b"\x00"])
def test_what_is_no_text_is_refused_by_name_and_with_a_remedy(data):
    with pytest.raises(DocumentError) as caught:
        recognise(data, Path("source/image.txt"), "fr")
    assert caught.value.where == str(Path("source/image.txt"))
    assert caught.value.remedy


def test_a_file_of_another_suffix_is_told_what_it_could_be_called():
    page = b"<!DOCTYPE html><html><head><title>Un</title></head><body><p>Il pleut.</p></body></html>"
    with pytest.raises(DocumentError, match="by its content it is html") as caught:
        recognise(page, Path("source/page.docx"), "fr")
    said = 'Name it page.html, or set documents = ["page.docx"] in translate.toml, under [formats.html].'
    assert caught.value.remedy == said


def test_a_suffix_that_no_format_reads(with_louder):
    for path in (Path("a.xyz"), Path("a.loud")):
        with pytest.raises(DocumentError, match="no format reads this file") as caught:
            recognise(b"Softer.", path, "fr")
        assert caught.value.where == str(path)
        assert "text" in caught.value.remedy
        assert "wire" in caught.value.remedy
