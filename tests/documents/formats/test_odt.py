"""OpenDocument text: spans, notes, frames, changes; opened by odfdo and LibreOffice too."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.documents.formats.rewriting import ArchiveSuite, louder, zipped
from translate.documents.formats.odt import OdtFormat
from translate.documents.model import Role
from translate.documents.rewrite import Wording
from translate.editions import own
from translate.errors import DocumentError

NS = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        *(("office", "office"), ("text", "text"), ("table", "table"), ("draw", "drawing"), ("style", "style")),
        *(("meta", "meta"), ("svg", "svg-compatible"), ("fo", "xsl-fo-compatible")),
    )
)
DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'
CONTENT = f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document-content {NS} {DC} office:version="1.3"><office:body><office:text>
<text:sequence-decls><text:sequence-decl text:display-outline-level="0" text:name="Figure"/></text:sequence-decls>
<text:h text:outline-level="1">Un hiver sans neige</text:h>
<text:p>Le <text:span text:style-name="T1">président</text:span> parle<text:note text:id="n1" text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>Une note.</text:p></text:note-body></text:note> fort. <text:a xlink:type="simple" xlink:href="https://exemple.ch">Un lien</text:a> et<text:line-break/>une ligne.</text:p>
<text:p><text:span text:style-name="T2">Tout en italique.</text:span></text:p>
<text:p>Page <text:page-number text:select-page="current">1</text:page-number> de tout<text:bookmark text:name="ici"/></text:p>
<text:p><draw:frame draw:name="Cadre" svg:width="5cm" svg:height="1cm"><draw:text-box><text:p>Dans le cadre.</text:p></draw:text-box><svg:desc>Une photo</svg:desc></draw:frame></text:p>
<text:list><text:list-item><text:p>Un point</text:p></text:list-item></text:list>
<table:table table:name="T"><table:table-column/><table:table-row><table:table-cell><text:p>Cellule</text:p></table:table-cell></table:table-row></table:table>
</office:text></office:body></office:document-content>"""
PARTS = {
    "mimetype": "application/vnd.oasis.opendocument.text",
    "META-INF/manifest.xml": '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/><manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/><manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/></manifest:manifest>',
    "content.xml": CONTENT,
    "styles.xml": f'<office:document-styles {NS} office:version="1.3"><office:styles><style:default-style style:family="paragraph"><style:text-properties fo:language="fr" fo:country="CH"/></style:default-style></office:styles></office:document-styles>',
    "meta.xml": f'<office:document-meta {NS} {DC} office:version="1.3"><office:meta><dc:title>Le titre</dc:title><dc:language>fr-CH</dc:language></office:meta></office:document-meta>',
}


class TestOdt(ArchiveSuite):
    format = OdtFormat()
    suffix = ".odt"
    sample = zipped(PARTS)
    prose_part = "content.xml"
    texts = (
        "Un hiver sans neige",
        "Le <1>président</1> parle<2/> fort.",
        "Une note.",
        "<1>Un lien</1> et<2/>une ligne.",
        "Tout en italique.",
        "Page <1/> de tout",
        "Dans le cadre.",
        "Une photo",
        "Un point",
        "Cellule",
        "Le titre",
    )

    def part(self, data: bytes, name: str) -> str:
        import zipfile

        with zipfile.ZipFile(io.BytesIO(data)) as opened:
            return opened.read(name).decode()

    def test_languages_of_styles_and_metadata(self):
        data = self.format.translate(self.read(self.sample), Wording(louder, "de"))
        assert 'fo:language="de" fo:country="DE"' in self.part(data, "styles.xml")
        assert "<dc:language>de-DE</dc:language>" in self.part(data, "meta.xml")

    def test_a_note_is_of_its_sentence(self):
        document = self.read(self.sample)
        assert next(one for one in document.segments if one.text == "Une note.").role is Role.PARAGRAPH
        words = {"Le <1>président</1> parle<2/> fort.": "Loudly<2/> speaks <1>he</1>.", "Une note.": "A note."}
        data = self.format.translate(document, Wording(lambda one: words.get(one.text, one.text), "en"))
        made = self.part(data, "content.xml")
        assert 'Loudly<text:note text:id="n1"' in made
        assert "<text:p>A note.</text:p>" in made

    def test_tracked_changes_are_refused_or_accepted(self):
        changes = (
            '<text:tracked-changes><text:changed-region text:id="c"><text:deletion><text:p>Jamais.</text:p>'
            "</text:deletion></text:changed-region></text:tracked-changes>"
        )
        content = CONTENT.replace("<office:text>", f"<office:text>{changes}")
        content = content.replace("Tout en", '<text:change text:change-id="c"/>Tout en')
        data = zipped(PARTS | {"content.xml": content})
        with pytest.raises(DocumentError, match="tracked changes"):
            self.read(data)
        document = self.read(data, tracked_changes="accept")
        assert "Jamais" not in self.part(self.format.translate(document, Wording(louder, "en")), "content.xml")

    def test_macros_are_refused_but_not_empty_libraries(self):
        assert self.read(self.with_part("Basic/Standard/script-lb.xml", b"<a/>")).blocks
        for name in ("Basic/Standard/Module1.xml", "Scripts/python/a.py"):
            with pytest.raises(DocumentError, match="macros"):
                self.read(self.with_part(name, b"<a/>"))

    def test_other_kinds_of_documents_are_refused(self):
        sheet = zipped(PARTS | {"mimetype": "application/vnd.oasis.opendocument.spreadsheet"})
        word = zipped({"[Content_Types].xml": "", "word/styles.xml": "", "word/document.xml": ""})
        assert self.format.score(sheet, "fr") == self.format.score(word, "fr") == 0
        unmarked = {name: content for name, content in PARTS.items() if name != "mimetype"}
        assert self.format.score(zipped(unmarked), "fr") == 1
        content = CONTENT.replace("office:text>", "office:spreadsheet>")
        with pytest.raises(DocumentError, match="another kind"):
            self.read(zipped(PARTS | {"content.xml": content}))

    @pytest.mark.parametrize(
        ("inner", "texts"),
        [
            ("Avant <draw:rect><text:p>dedans</text:p></draw:rect>après.", ["Avant <1/>après.", "dedans"]),
            ("Le <text:script>alert(1)</text:script>mot.", ["Le <1/>mot."]),
            ("Le pré<text:soft-page-break/>sident.", ["Le président."]),
            (
                '<text:span text:style-name="T1">Le pré</text:span><text:span text:style-name="T1">sident</text:span> parle.',
                ["<1>Le président</1> parle."],
            ),
            (
                '<text:span text:style-name="T1">Le pré</text:span><text:span text:style-name="R">'
                '<text:span text:style-name="T1">sident</text:span> parle.</text:span>',
                ["<1>Le président</1> parle."],
            ),
            (
                'Le <text:span text:style-name="R">pré</text:span>si<text:span text:style-name="T1">dent '
                '<text:span text:style-name="R">par</text:span>le</text:span>.<text:span text:style-name="R"> Deux</text:span> mots.',
                ["Le prési<1>dent parle</1>.", "Deux mots."],
            ),
        ],
    )
    def test_what_is_a_code(self, inner, texts):
        style = '<style:style style:name="R" style:family="text"><style:text-properties officeooo:rsid="0012"/></style:style>'
        content = CONTENT.split("<office:body>")[0].replace(
            "<office:document-content", '<office:document-content xmlns:officeooo="o"'
        )
        body = (
            f"<office:body><office:text><text:p>{inner}</text:p></office:text></office:body></office:document-content>"
        )
        whole = f"{content}<office:automatic-styles>{style}</office:automatic-styles>{body}"
        document = self.read(zipped(PARTS | {"content.xml": whole}))
        assert [segment.text for segment in document.segments] == [*texts, "Le titre"]
        own.prove(document, self.format, self.format.defaults)

    def test_a_password_is_said(self):
        manifest = PARTS["META-INF/manifest.xml"].replace("/></manifest:manifest>", "><manifest:encryption-data/></x>")
        with pytest.raises(DocumentError, match="password"):
            self.read(zipped(PARTS | {"META-INF/manifest.xml": manifest}))

    def test_another_program_reads_the_edition(self):
        odfdo = pytest.importorskip("odfdo")
        data = self.format.translate(self.read(self.sample), Wording(louder, "en", ("Machine.",)))
        body = odfdo.Document(io.BytesIO(data)).body
        assert str(body.get_header(position=0)).strip() == "UN HIVER SANS NEIGE"

    @pytest.mark.slow
    def test_libreoffice_opens_the_edition(self, soffice):
        data = self.format.translate(self.read(self.sample), Wording(louder, "en", ("Machine.",)))
        text = soffice(data, "a.odt")
        assert text.split()[:5] == ["Machine.", "UN", "HIVER", "SANS", "NEIGE"]
        assert "LE PRÉSIDENT PARLE" in text


INLINE = st.sampled_from(
    [
        *("Un mot ", " gras. Deux", "été.", "&lt;1&gt; &amp;", "<text:s/>", "<text:tab/>", "<text:line-break/>", "\n"),
        '<text:span text:style-name="T1">en gras</text:span>',
        '<text:span text:style-name="T1">dans <text:span text:style-name="T2">un autre.</text:span> Puis</text:span>',
        '<text:a xlink:href="https://exemple.ch">un lien</text:a>',
        '<text:note text:id="n"><text:note-citation>1</text:note-citation><text:note-body><text:p>Une note. Deux.</text:p></text:note-body></text:note>',
        '<text:bookmark text:name="a"/>',
        *('<text:span text:style-name="T1"> </text:span>', "<text:span/>", "<text:soft-page-break/>"),
        '<text:page-number text:select-page="current">1</text:page-number>',
        "<office:annotation><text:p>Un commentaire.</text:p></office:annotation>",
        "<draw:frame><draw:text-box><text:p>Un cadre.</text:p></draw:text-box></draw:frame>",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(INLINE, max_size=7).map("".join), min_size=1, max_size=3))
def test_any_paragraphs_are_rebuilt_and_written_afresh(paragraphs):
    suite = TestOdt()
    start, end = CONTENT.split("<text:sequence-decls>")[0], "</office:text></office:body></office:document-content>"
    content = start + "".join(f"<text:p>{inner}</text:p>" for inner in paragraphs) + end
    data = zipped(PARTS | {"content.xml": content})
    document = suite.read(data)
    assert suite.format.rebuild(document) == data
    assert "Un commentaire." not in [segment.text for segment in document.segments]
    own.prove(document, suite.format, suite.format.defaults)
    louder_data = suite.format.translate(document, Wording(louder, "en"))
    assert suite.read(louder_data).blocks
