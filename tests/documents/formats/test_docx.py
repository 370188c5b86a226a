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
from translate.documents.model import Document, Role
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
TEXT = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'
BEGIN, SEPARATE, END = (f'<w:fldChar w:fldCharType="{one}"/>' for one in ("begin", "separate", "end"))
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

    def test_a_deleted_row_goes_and_a_table_without_rows_goes_with_it(self):
        row = "<w:tr>{}<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc></w:tr>"
        gone = '<w:trPr><w:del w:id="1"/></w:trPr>'
        first = f"<w:tbl>{row.format('', 'Reste')}{row.format(gone, 'Part')}</w:tbl>"
        body = f"<w:p/>{first}<w:tbl>{row.format(gone, 'Parti')}</w:tbl>"
        data = self.with_body(body)
        with pytest.raises(DocumentError, match="tracked changes"):
            self.read(data)
        document = self.read(data, tracked_changes="accept")
        assert self.of_body(document) == ["Reste"]
        made = self.body(self.format.translate(document, Wording(louder, "en")))
        assert (made.count("<w:tr>"), made.count("<w:tbl>")) == (1, 1)

    @pytest.mark.parametrize(
        "field",
        [
            f'<w:fldSimple w:instr=" HYPERLINK &quot;a&quot; ">{TEXT.format("le site")}</w:fldSimple>',
            f'<w:r>{BEGIN}<w:instrText> HYPERLINK "a" </w:instrText></w:r><w:r>{SEPARATE}</w:r>'
            f"{TEXT.format('le site')}<w:r>{END}</w:r>",
            f'<w:r>{BEGIN}<w:instrText> HYPERLINK "a" </w:instrText>{SEPARATE}<w:t>le site</w:t>{END}</w:r>',
            f"<w:r>{BEGIN}</w:r><w:r><w:instrText> HYPER</w:instrText></w:r><w:r><w:instrText>LINK a</w:instrText></w:r>"
            f"<w:r>{SEPARATE}</w:r>{TEXT.format('le site')}<w:r>{END}</w:r>",
            f"<w:r>{BEGIN}</w:r><w:r><w:instrText> FORMTEXT </w:instrText></w:r><w:r>{SEPARATE}</w:r>"
            f"{TEXT.format('le site')}<w:r>{END}</w:r>",
            f"<w:sdt><w:sdtPr/>\n<w:sdtContent>{TEXT.format('le site')}</w:sdtContent></w:sdt>",
            f'<w:smartTag w:element="a"><w:smartTagPr/>{TEXT.format("le site")}</w:smartTag>',
        ],
    )
    def test_what_holds_text_is_one_pair_whose_parts_stay_together(self, field):
        data = self.with_body(f"<w:p>{TEXT.format('Voir ')}{field}{TEXT.format(' ici.')}</w:p>")
        document = self.read(data)
        assert self.of_body(document) == ["Voir <1>le site</1> ici."]
        words = {"Voir <1>le site</1> ici.": "<1>The site</1>, see."}
        made = self.body(self.format.translate(document, Wording(lambda one: words.get(one.text, one.text), "en")))
        again = self.read(self.with_part("word/document.xml", made.encode()))
        assert self.of_body(again) == ["<1>The site</1>, see."]
        order = re.findall(r'begin|instrText>|"separate|"end|sdtPr|<w:sdtContent|The site|see', made)
        assert order == sorted(order, key=order.index)
        assert made.index("The site") < made.index("see")
        assert re.search(r"<w:(?:sdt|smartTag\b[^>]*)><w:(?:sdt|smartTag)Pr/>", made) or "Pr/>" not in field

    def test_a_field_that_is_computed_is_one_code_however_its_runs_are_cut(self):
        page = f"<w:r>{BEGIN}<w:instrText> PAGE </w:instrText>{SEPARATE}<w:t>1</w:t>{END}</w:r>"
        data = self.with_body(f"<w:p>{TEXT.format('Page ')}{page}{TEXT.format(' de tout')}</w:p>")
        document = self.read(data)
        assert self.of_body(document) == ["Page <1/> de tout"]
        own.prove(document, self.format, self.format.defaults)

    def test_the_beginning_of_a_field_that_ends_elsewhere_is_one_code(self):
        start = f"<w:r>{BEGIN}</w:r><w:r><w:instrText> INDEX </w:instrText></w:r><w:r>{SEPARATE}</w:r>"
        data = self.with_body(f"<w:p>{TEXT.format('Un ')}{start}{TEXT.format('mot')}</w:p><w:p><w:r>{END}</w:r></w:p>")
        assert self.of_body(self.read(data)) == ["Un <1/>mot"]

    @pytest.mark.parametrize(
        ("runs", "texts"),
        [
            ("<w:r><w:t>Le week</w:t><w:noBreakHyphen/><w:t>end hy</w:t><w:softHyphen/><w:t>phéné.</w:t></w:r>", 1),
            ("<w:r><w:t>Le week</w:t></w:r><w:r><w:noBreakHyphen/></w:r><w:r><w:t>end hyphéné.</w:t></w:r>", 1),
            (
                "<w:r><w:t>Le week\u2011end</w:t></w:r><w:r/><w:r><w:rPr><w:b/></w:rPr></w:r><w:r><w:t> hyphéné.</w:t></w:r>",
                1,
            ),
            (
                '<w:r><w:t>Le week\u2011end hy</w:t></w:r><w:bookmarkStart w:id="0" w:name="_GoBack"/>'
                '<w:bookmarkEnd w:id="0"/><w:r><w:t>phéné.</w:t></w:r>',
                1,
            ),
            ("<w:r><w:t>Le week\u2011end hyphéné.</w:t></w:r><w:r><w:br/></w:r><w:r><w:t>Deux.</w:t></w:r>", 2),
        ],
    )
    def test_what_is_no_code(self, runs, texts):
        document = self.read(self.with_body(f"<w:p>{runs}</w:p>"))
        assert self.of_body(document) == ["Le week\u2011end hyphéné.", "Deux."][:texts]
        own.prove(document, self.format, self.format.defaults)

    def test_a_text_box_does_not_cut_the_sentence_it_stands_in(self):
        box = "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>Le cadre.</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>"
        data = self.with_body(f"<w:p>{TEXT.format('Le président')}{box}{TEXT.format('parle.')}</w:p>")
        document = self.read(data)
        assert self.of_body(document) == ["Le président<1/>parle.", "Le cadre."]
        own.prove(document, self.format, self.format.defaults)

    def test_text_in_one_run_with_a_text_box_is_found(self):
        box = "<w:pict><w:txbxContent><w:p><w:r><w:t>Cadre</w:t></w:r></w:p></w:txbxContent></w:pict>"
        document = self.read(self.with_body(f"<w:p><w:r><w:t>Avant.</w:t>{box}<w:t>Après.</w:t></w:r></w:p>"))
        assert self.of_body(document) == ["Avant.", "Cadre", "Après."]
        assert "AVANT." in self.body(self.format.translate(document, Wording(louder, "en")))

    def test_both_forms_of_a_text_box_and_what_describes_it(self):
        box = "<w:txbxContent><w:p><w:r><w:t>Le cadre.</w:t></w:r></w:p></w:txbxContent>"
        runs = (
            '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
            'xmlns:v="urn:schemas-microsoft-com:vml"><mc:Choice><w:drawing><wp:anchor>'
            f'<wp:docPr id="1" name="x" descr="Un dessin"/>{box}</wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict>'
            f'<v:shape alt="Un trait">{box}</v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>'
        )
        document = self.read(self.with_body(f"<w:p>{runs}</w:p>"))
        assert self.of_body(document) == ["Un dessin", "Le cadre.", "Un trait", "Le cadre."]
        assert self.body(self.format.translate(document, Wording(louder, "en"))).count("LE CADRE.") == 2

    def test_watermarks_and_descriptions_of_tables(self):
        mark = '<w:pict xmlns:v="urn:schemas-microsoft-com:vml"><v:shape><v:textpath string="Brouillon"/></v:shape></w:pict>'
        table = '<w:tbl><w:tblPr><w:tblCaption w:val="Les ventes"/></w:tblPr></w:tbl>'
        document = self.read(self.with_body(f"<w:p><w:r>{mark}</w:r></w:p>{table}"))
        assert self.of_body(document) == ["Brouillon", "Les ventes"]

    def test_another_document_inside_is_refused(self):
        with pytest.raises(DocumentError, match="altChunk"):
            self.read(self.with_body('<w:p/><w:altChunk r:id="rId9"/>'))

    def test_elements_with_other_prefixes_are_refused_before_anything_is_translated(self):
        body = BODY.replace("w:", "x:").replace("xmlns:w=", "xmlns:x=")
        with pytest.raises(DocumentError, match="other names"):
            self.read(zipped(PARTS | {"word/document.xml": body}))

    def test_the_type_of_a_part_may_be_that_of_its_suffix(self):
        types = TYPES[: TYPES.index("<Default")]
        types += f'<Default Extension="xml" ContentType="{WORD}.document.main+xml"/></Types>'
        data = zipped({"[Content_Types].xml": types, "word/document.xml": BODY})
        assert "Tout en italique." in [segment.text for segment in self.read(data).segments]

    def with_body(self, body: str) -> bytes:
        return self.with_part(
            "word/document.xml", f"<w:document {W} {R} {WP}><w:body>{body}</w:body></w:document>".encode()
        )

    def of_body(self, document: Document) -> list[str]:
        blocks = (block for block in document.blocks if block.part == "word/document.xml")
        return [segment.text for block in blocks for segment in block.segments]

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
        *(
            f'<w:r>{BEGIN}<w:instrText> HYPERLINK "a" </w:instrText></w:r>',
            f"<w:r>{SEPARATE}</w:r>",
            f"<w:r>{END}</w:r>",
        ),
        f"<w:sdt><w:sdtPr/><w:sdtContent>{TEXT.format(' un choix ')}</w:sdtContent></w:sdt>",
        f'<w:fldSimple w:instr=" HYPERLINK a ">{TEXT.format("un champ. Puis")}</w:fldSimple>',
        "<w:r><w:noBreakHyphen/></w:r>",
        "<w:r><w:t>a</w:t><w:br/><w:pict><w:txbxContent><w:p><w:r><w:t>Un cadre.</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>",
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
