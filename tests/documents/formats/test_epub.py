"""EPUB: pages in reading order, navigation, metadata; judged by epubcheck."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from tests.documents.formats import generated
from tests.documents.formats.rewriting import ArchiveSuite, louder, zipped
from translate.documents.formats.epub import EpubFormat
from translate.documents.rewrite import Wording
from translate.errors import DocumentError

PAGE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="fr" xml:lang="fr">
<head><title>%s</title></head>
<body>%s</body>
</html>
"""
OPF = """<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="fr">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">urn:uuid:6d0a2f6c-1c2b-4b0e-8a57-6f3f0d1c2b4e</dc:identifier>
<dc:title>Sans neige</dc:title><dc:language>fr</dc:language><meta property="dcterms:modified">2026-01-12T00:00:00Z</meta></metadata>
<manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="a" href="text/un%20deux.xhtml" media-type="application/xhtml+xml"/><item id="b" href="text/b.xhtml" media-type="application/xhtml+xml"/></manifest>
<spine><itemref idref="b"/><itemref idref="a"/></spine></package>
"""
PARTS = {
    "mimetype": "application/epub+zip",
    "META-INF/container.xml": '<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
    "EPUB/package.opf": OPF,
    "EPUB/nav.xhtml": PAGE % ("Table", '<nav epub:type="toc"><ol><li><a href="text/b.xhtml">Début</a></li></ol></nav>'),
    "EPUB/text/un deux.xhtml": PAGE % ("Suite", "<p>La <em>suite</em> &#233;crite.</p>"),
    "EPUB/text/b.xhtml": PAGE % ("Début", "<h1>Un hiver</h1><p>Une phrase. Une autre.</p>"),
}


class TestEpub(ArchiveSuite):
    format = EpubFormat()
    suffix = ".epub"
    sample = zipped(PARTS)
    prose_part = "EPUB/text/b.xhtml"
    texts = (
        *("Début", "Un hiver", "Une phrase.", "Une autre.", "Suite", "La <1>suite</1> écrite.", "Table", "Début"),
        "Sans neige",
    )

    def test_the_notice_stands_once_on_the_first_page(self):
        import io
        import zipfile

        data = self.format.translate(self.read(self.sample), Wording(louder, "en", ("Machine.",)))
        with zipfile.ZipFile(io.BytesIO(data)) as opened:
            found = {name: opened.read(name).count(b"Machine.") for name in opened.namelist()}
        assert {name for name, count in found.items() if count} == {"EPUB/text/b.xhtml"}

    def test_protected_pages_are_refused(self):
        encryption = '<encryption><CipherReference URI="EPUB/text/b.xhtml"/></encryption>'
        with pytest.raises(DocumentError, match="protected"):
            self.read(zipped(PARTS | {"META-INF/encryption.xml": encryption}))

    def test_encrypted_fonts_are_no_matter(self):
        encryption = '<encryption><CipherReference URI="EPUB/font.otf"/></encryption>'
        assert self.read(zipped(PARTS | {"META-INF/encryption.xml": encryption})).blocks

    def test_pages_with_unreadable_names_are_refused_too(self):
        encryption = '<encryption><CipherReference URI="EPUB/text/un%20deux.xhtml"/></encryption>'
        with pytest.raises(DocumentError, match="protected"):
            self.read(zipped(PARTS | {"META-INF/encryption.xml": encryption}))

    @pytest.mark.parametrize(
        ("part", "old", "new"),
        [
            (
                "EPUB/package.opf",
                "</manifest>",
                '<item id="c" href="text/b.xhtml" media-type="application/xhtml+xml"/></manifest>',
            ),
            ("META-INF/container.xml", "</rootfiles>", '<rootfile full-path="EPUB/package.opf"/></rootfiles>'),
            (
                "META-INF/container.xml",
                "</rootfiles>",
                '<rootfile full-path="a.pdf" media-type="application/pdf"/></rootfiles>',
            ),
        ],
    )
    def test_what_is_named_twice_is_read_once_and_other_renditions_stay(self, part, old, new):
        data = zipped(PARTS | {part: PARTS[part].replace(old, new), "a.pdf": b"%PDF-1.4\0"})
        document = self.read(data)
        assert tuple(segment.text for segment in document.segments) == self.texts
        assert self.format.rebuild(document) == data

    def test_what_old_books_have(self):
        opf = OPF.replace(
            "</manifest>",
            '<item id="c" href="c.html" media-type="text/html"/><item id="n" href="n.ncx" media-type="application/x-dtbncx+xml"/></manifest>',
        )
        opf = opf.replace(
            "</spine>",
            '<itemref idref="c"/></spine><guide><reference type="cover" title="Couverture" href="c.html"/></guide>',
        )
        ncx = '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><docAuthor><text>Jean Dupont</text></docAuthor><docTitle><text>Neige</text></docTitle></ncx>'
        document = self.read(
            zipped(PARTS | {"EPUB/package.opf": opf, "EPUB/c.html": PAGE % ("Fin", "<p>Trois.</p>"), "EPUB/n.ncx": ncx})
        )
        texts = [segment.text for segment in document.segments]
        assert set(texts) == {*self.texts, "Fin", "Trois.", "Neige", "Couverture"}

    @pytest.mark.slow
    def test_epubcheck_accepts_the_edition(self, epubcheck):
        assert epubcheck(self.sample) == []
        # One epubcheck judges all books: it still finds what is wrong.
        assert "a.html" in " ".join(epubcheck(zipped(PARTS | {"EPUB/text/b.xhtml": PAGE % ("", '<a href="a.html"/>')})))
        assert epubcheck(self.format.translate(self.read(self.sample), Wording(louder, "en", ("Machine.",)))) == []


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(generated.epub_files(PARTS))
def test_any_book_keeps_the_promises(data):
    generated.hold(TestEpub(), data)
