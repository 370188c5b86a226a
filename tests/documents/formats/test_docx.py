"""Word documents: runs, links, notes, boxes, changes; read and written by python-docx and LibreOffice too."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.documents.formats.rewriting import ArchiveSuite, louder, zipped
from translate.documents.formats.docx import DocxFormat
from translate.documents.model import Role
from translate.documents.rewrite import Wording
from translate.editions import own
from translate.errors import DocumentError

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
WP = 'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
TYPES = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType="{WORD}.document.main+xml"/>
<Override PartName="/word/styles.xml" ContentType="{WORD}.styles+xml"/>
<Override PartName="/word/footnotes.xml" ContentType="{WORD}.footnotes+xml"/>
<Override PartName="/word/header1.xml" ContentType="{WORD}.header+xml"/>
<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>
</Types>"""
RELS = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>
<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>
</Relationships>"""
DOCUMENT_RELS = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>
<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes" Target="footnotes.xml"/>
<Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header" Target="header1.xml"/>
<Relationship Id="rId4" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="https://exemple.ch" TargetMode="External"/>
</Relationships>"""
BODY = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:document {W} {R} {WP}><w:body>
<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>Un hiver sans neige</w:t></w:r></w:p>
<w:p w:rsidR="00A1"><w:r w:rsidR="00A2"><w:t xml:space="preserve">Le </w:t></w:r><w:proofErr w:type="spellStart"/><w:r><w:rPr><w:b/></w:rPr><w:t>pré</w:t></w:r>
<w:r w:rsidR="00B1"><w:rPr><w:b/><w:lang w:val="fr-FR"/></w:rPr><w:t>sident</w:t></w:r><w:proofErr w:type="spellEnd"/><w:r><w:t xml:space="preserve"> parle</w:t></w:r>
<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="1"/></w:r><w:r><w:t xml:space="preserve"> fort. </w:t></w:r>
<w:hyperlink r:id="rId4"><w:r><w:rPr><w:u w:val="single"/></w:rPr><w:t>Un lien</w:t></w:r></w:hyperlink><w:r><w:t xml:space="preserve"> et une</w:t><w:br/><w:t>ligne.</w:t></w:r></w:p>
<w:p><w:r><w:rPr><w:i/></w:rPr><w:t>Tout en italique.</w:t></w:r></w:p>
<w:p><w:r><w:t xml:space="preserve">Page </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t xml:space="preserve"> de tout</w:t></w:r></w:p>
<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="Image" descr="Une photo"/></wp:inline></w:drawing></w:r></w:p>
<w:p><w:r><w:t>Avant.</w:t></w:r><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>Dans le cadre.</w:t></w:r></w:p></w:txbxContent></w:pict></w:r><w:r><w:t>Après.</w:t></w:r></w:p>
<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="100"/></w:tblGrid><w:tr><w:tc><w:tcPr/><w:p><w:r><w:t>Cellule</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
<w:sectPr><w:headerReference w:type="default" r:id="rId3"/></w:sectPr></w:body></w:document>"""
PARTS = {
    "[Content_Types].xml": TYPES,
    "_rels/.rels": RELS,
    "word/document.xml": BODY,
    "word/_rels/document.xml.rels": DOCUMENT_RELS,
    "word/styles.xml": f'<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="fr-CH"/></w:rPr></w:rPrDefault></w:docDefaults></w:styles>',
    "word/footnotes.xml": f'<w:footnotes {W}><w:footnote w:id="1"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> Une note.</w:t></w:r></w:p></w:footnote></w:footnotes>',
    "word/header1.xml": f"<w:hdr {W}><w:p><w:r><w:t>En-tête</w:t></w:r></w:p></w:hdr>",
    "docProps/core.xml": '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Le titre</dc:title><dc:language>fr-CH</dc:language></cp:coreProperties>',
}


class TestDocx(ArchiveSuite):
    format = DocxFormat()
    suffix = ".docx"
    sample = zipped(PARTS)
    prose_part = "word/document.xml"
    texts = (
        "Un hiver sans neige",
        "Le <1>président</1> parle<2/> fort.",
        "<1>Un lien</1> et une<2/>ligne.",
        "Tout en italique.",
        "Page <1/> de tout",
        "Une photo",
        "Avant.",
        "Dans le cadre.",
        "Après.",
        "Cellule",
        "Le titre",
        "Une note.",
        "En-tête",
    )

    def body(self, data: bytes) -> str:
        with zipfile.ZipFile(io.BytesIO(data)) as opened:
            return opened.read("word/document.xml").decode()

    def test_roles(self):
        roles = {segment.text: segment.role for segment in self.read(self.sample).segments}
        assert roles["Un hiver sans neige"] is Role.HEADLINE
        assert roles["Cellule"] is Role.CELL
        assert roles["Une note."] is Role.NOTE
        assert roles["Une photo"] is Role.ALTERNATIVE

    def test_codes_move_with_their_formatting(self):
        document = self.read(self.sample)
        words = {"Le <1>président</1> parle<2/> fort.": "Loudly<2/> speaks <1>the president</1>."}
        body = self.body(self.format.translate(document, Wording(lambda one: words.get(one.text, one.text), "en")))
        expected = (
            '<w:r><w:t xml:space="preserve">Loudly</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
            '<w:footnoteReference w:id="1"/></w:r><w:r><w:t xml:space="preserve"> speaks </w:t></w:r>'
            '<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">the president</w:t></w:r>'
        )
        assert expected in body

    def test_another_program_reads_the_edition(self):
        docx = pytest.importorskip("docx")
        data = self.format.translate(self.read(self.sample), Wording(louder, "en", ("Machine.",)))
        made = docx.Document(io.BytesIO(data))
        texts = [paragraph.text for paragraph in made.paragraphs]
        assert texts[:2] == ["Machine.", "UN HIVER SANS NEIGE"]
        assert "LE PRÉSIDENT PARLE FORT. UN LIEN ET UNE\nLIGNE." in texts
        bold = [run.text for paragraph in made.paragraphs for run in paragraph.runs if run.bold]
        assert bold == ["PRÉSIDENT"]
        assert made.core_properties.language == "en-US"

    def test_tracked_changes_are_refused_or_accepted(self):
        changed = BODY.replace(
            "<w:r><w:t>Avant.</w:t></w:r>",
            '<w:ins w:id="1"><w:r><w:t>Avant tout.</w:t></w:r></w:ins><w:del w:id="2"><w:r><w:delText>Jamais.</w:delText></w:r></w:del>',
        )
        data = zipped(PARTS | {"word/document.xml": changed})
        with pytest.raises(DocumentError, match="tracked changes") as caught:
            self.read(data)
        assert "accept" in caught.value.remedy
        document = self.read(data, tracked_changes="accept")
        assert "Avant tout." in [segment.text for segment in document.segments]
        made = self.body(self.format.translate(document, Wording(louder, "en")))
        assert "Jamais" not in made
        assert "<w:ins " not in made

    def test_macros_are_refused(self):
        types = TYPES.replace(f"{WORD}.document.main+xml", "application/vnd.ms-word.document.macroEnabled.main+xml")
        with pytest.raises(DocumentError, match="macros"):
            self.read(zipped(PARTS | {"[Content_Types].xml": types}))

    @pytest.mark.slow
    def test_libreoffice_opens_the_edition(self, soffice):
        data = self.format.translate(self.read(self.sample), Wording(louder, "en", ("Machine.",)))
        assert soffice(data, "a.docx").split()[:5] == ["Machine.", "UN", "HIVER", "SANS", "NEIGE"]

    def test_what_python_docx_makes(self):
        docx = pytest.importorskip("docx")
        made = docx.Document()
        made.add_heading("Titre", 0)
        paragraph = made.add_paragraph("Un ")
        paragraph.add_run("mot").bold = True
        paragraph.add_run(" ici. ").add_break()
        paragraph.add_run("Fin.").italic = True
        made.add_table(1, 2).cell(0, 0).text = "Case"
        out = io.BytesIO()
        made.save(out)
        document = self.read(out.getvalue())
        assert "Un <1>mot</1> ici." in [segment.text for segment in document.segments]
        assert self.format.rebuild(document) == out.getvalue()
        own.prove(document, self.format, self.format.defaults)


RUNS = st.sampled_from(
    [
        '<w:r><w:t xml:space="preserve">Un mot </w:t></w:r>',
        "<w:r><w:rPr><w:b/></w:rPr><w:t>gras. Deux</w:t></w:r>",
        '<w:r><w:rPr><w:b/><w:i/></w:rPr><w:t xml:space="preserve"> et </w:t><w:br/><w:t>là.</w:t></w:r>',
        '<w:r><w:rPr><w:lang w:val="fr-FR"/></w:rPr><w:t>été</w:t></w:r>',
        "<w:r><w:tab/></w:r>",
        '<w:r><w:footnoteReference w:id="1"/></w:r>',
        '<w:hyperlink r:id="rId4"><w:r><w:t>un lien</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>gras</w:t></w:r></w:hyperlink>',
        '<w:bookmarkStart w:id="1" w:name="a"/><w:bookmarkEnd w:id="1"/>',
        '<w:proofErr w:type="spellStart"/>',
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>',
        "<w:r><w:t>&lt;1&gt; &amp;</w:t></w:r>",
        "<w:r><w:t></w:t></w:r>",
        "\n",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(RUNS, max_size=7).map("".join), min_size=1, max_size=3))
def test_any_paragraphs_are_rebuilt_and_written_afresh(paragraphs):
    suite = TestDocx()
    body = "".join(f"<w:p><w:pPr/>{runs}</w:p>" for runs in paragraphs)
    part = f"<w:document {W} {R}><w:body>{body}</w:body></w:document>"
    data = zipped({"[Content_Types].xml": TYPES, "word/document.xml": part})
    document = suite.read(data)
    assert suite.format.rebuild(document) == data
    own.prove(document, suite.format, suite.format.defaults)
    louder_data = suite.format.translate(document, Wording(louder, "en"))
    again = [segment.text for segment in suite.read(louder_data, split=False).segments]
    whole = "".join(re.sub(r"</?\d+/?>|\W", "", louder(segment)) for segment in suite.read(data, split=False).segments)
    assert re.sub(r"\W", "", re.sub(r"</?\d+/?>", "", "".join(again))) == whole
