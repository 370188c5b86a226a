"""Outside text costs time in proportion to its length: inputs on which expressions and parsers are known to lose it.

Each is some hundred kilobytes or less of the same again and again; what grows with the square of the length, or worse,
does not end within the limit, which counts the processor's time and is a hundred times what is needed.
"""

from __future__ import annotations

import pytest

from tests.hostile.targets import file, scratch
from tests.hostile.test_short import held
from tests.hostile.test_short import limit as limit
from translate.catalogs import provenance, waivers
from translate.catalogs.interchange.returns import cleaned
from translate.documents import segmentation
from translate.documents.html_markup import html_events
from translate.documents.markup import attributes
from translate.documents.segmentation import load_segmenter
from translate.editions import disclosure
from translate.editions.typography import setting
from translate.editions.typography.policy import House
from translate.errors import ProjectError
from translate.quality.checks import spelling

MANY = 100_000
RULES = (
    '<srx xmlns="http://www.lisa.org/srx20" version="2.0"><header segmentsubflows="yes" cascade="yes"/><body>'
    '<languagerules><languagerule languagerulename="a"><rule break="yes"><beforebreak>{}</beforebreak>'
    "<afterbreak></afterbreak></rule></languagerule></languagerules>"
    '<maprules><languagemap languagepattern=".*" languagerulename="a"/></maprules></body></srx>'
)
SOURCES = {
    "markdown": ["*a", "_a ", "**", "[", "![", "](", "[a](", "> ", "`", "<a ", "<!--", "| a ", "- ", "\\", "&", "\n\n", "~", "http://a "],
    "html": ["<a ", "<!--", "<![", "</", "<b>", "&", "<p>", "<script>", " ", "<a b='", "<!DOCTYPE ", "<?", "<p title="],
    "text": ["a. ", "« ", '"', "( ", "A.B.", " ", "M. ", "1,", "a’", "\u0301", "\u00ad", "😀"],
    "wire": ["avec ATS ", "(AFP) ", "[", ">", "lire aussi ", "12h", "\n\n", "Publié le 1", "-"],
    "subrip": ["1\n", "00:", "-->", "<i>", "- ", "{\\a"],
    "webvtt": ["NOTE\n", "00:", "-->", "<c.", "&", "STYLE\n"],
    "po": ['# ', '"', '\\"', "#~", "#|", "msgid ", "check-ignore: a "],
    "csv": [",", '"', "'", "=", "\n", "id,"],
    "glossary": [",", '"', "|", "\\", "'", "fr,"],
    "ninjs": ['{"a":', "[", '"', "\\u", "{", ","],
    "settings": ["a.", "[", "[a]\n", '"', "#", "a = 1\n"],
    "segments": ["# \n", "[[", "[[place]]\n", "\n"],
}  # fmt: skip
HEADS = {
    "markdown": "Un port ", "html": "<html><body><p>Un ", "text": "Un port ", "wire": "Publié le 7 mars 2023\n\nUn titre\n\nUn ",
    "subrip": "1\n00:00:00,000 --> 00:00:01,000\nUn ", "webvtt": "WEBVTT\n\n00:00:00.000 --> 00:00:01.000\nUn ",
    "ninjs": '{"uri": "a", "headline": "Un", "body_text": "',
    "po": 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n#',
    "csv": "id,source,translation\n", "glossary": "fr,de\n",
}  # fmt: skip


@pytest.mark.parametrize(("name", "again"), [(name, again) for name, some in SOURCES.items() for again in some])
def test_readers(limit, name: str, again: str) -> None:
    size = 12_000 if name in ("markdown", "wire", "html", "text") else MANY // 4
    held(name, (HEADS.get(name, "") + again * (size // len(again))).encode())


XML = {
    "docx-part": ("word/document.xml", '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'),
    "odt-part": ("content.xml", '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>{}</office:text></office:body></office:document-content>'),
    "epub-part": ("EPUB/text/b.xhtml", '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>a</title></head><body>{}</body></html>'),
}  # fmt: skip
PIECES = {
    "docx-part": ["<w:p><w:r" + " " * MANY + "><w:t>Un</w:t></w:r></w:p>", "<w:p>" * 900 + "</w:p>" * 900, "<w:p>" + "<w:r><w:t>a </w:t></w:r>" * 1500 + "</w:p>",
                  '<w:p w:a="' + "a" * MANY + '"/>', "<w:p>" + '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * 1000 + "</w:p>", "<w:p><w:r><w:t>" + " " * MANY + "</w:t></w:r></w:p>"],
    "odt-part": ["<text:p" + "\n" * MANY + ">Un</text:p>", "<text:p>" + "<text:span>" * 900 + "Un" + "</text:span>" * 900 + "</text:p>", "<text:p>" + "<text:s/>" * 5000 + "</text:p>",
                 "<text:p>" + "<text:note><text:note-body><text:p>a</text:p></text:note-body></text:note>" * 500 + "</text:p>"],
    "epub-part": ["<p" + " " * MANY + ">Un</p>", "<p>" + "<b>" * 900 + "Un" + "</b>" * 900 + "</p>", "<p>" + "<b>a</b> " * 2000 + "</p>", "<p>" + "<br/>" * 5000 + "</p>"],
}  # fmt: skip


@pytest.mark.parametrize(("name", "number"), [(name, at) for name, some in PIECES.items() for at in range(len(some))])
def test_archives(limit, name: str, number: int) -> None:
    part, frame = XML[name]
    held(name, f"{part}\n{frame.format(PIECES[name][number])}".encode())


def _laughs(name: str) -> bytes:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    return f'<!DOCTYPE {name} [<!ENTITY a0 "ha">{entities}]>'.encode()


INSIDE = {
    "tmx": (b'<tmx version="1.4"><body><tu><tuv xml:lang="fr"><seg a="&a9;">', b'</seg></tuv><tuv xml:lang="de"><seg>b</seg></tuv></tu></body></tmx>'),
    "tbx": (b'<tbx type="&a9;"><text><body><termEntry><langSet xml:lang="fr"><tig><term>', b"</term></tig></langSet></termEntry></body></text></tbx>"),
    "xliff": (b'<xliff version="1.2" a="&a9;"><file><body><trans-unit id="a"><source>', b"</source></trans-unit></body></file></xliff>"),
    "newsml": (b'<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" a="&a9;"><contentSet><inlineXML>', b"</inlineXML></contentSet></newsItem>"),
    "nitf": (b'<nitf a="&a9;"><body><body.content><p>', b"</p></body.content></body></nitf>"),
    "rules": (b'<srx xmlns="http://www.lisa.org/srx20" version="&a9;"><body>', b"</body></srx>"),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(INSIDE))
@pytest.mark.parametrize("trap", ["laughs", "file", "net", "parameter", "deep", "wide", "nul"])
def test_xml(limit, name: str, trap: str, tmp_path) -> None:
    before, after = INSIDE[name]
    plain = before.replace(b"&a9;", b"a")
    secret = tmp_path / "secret.txt"
    secret.write_text("a secret of this machine")
    data = {
        "laughs": _laughs(name) + before + b"&a11;" + after,
        "file": f'<!DOCTYPE a [<!ENTITY b SYSTEM "file://{secret}">]>'.encode() + plain + b"&b;" + after,
        "net": b'<!DOCTYPE a SYSTEM "http://127.0.0.1:1/a.dtd">' + plain + b"a" + after,
        "parameter": f'<!DOCTYPE a [<!ENTITY % b SYSTEM "file://{secret}"> %b;]>'.encode() + plain + after,
        "deep": plain + b"<p>" * 5000 + b"a" + b"</p>" * 5000 + after,
        "wide": plain + b'<hi a="' + b"a" * 1_000_000 + b'"/>' * 1 + after,
        "nul": plain + b"&#0;" + after,
    }[trap]
    held(name, data)
    left = [path.read_bytes() for path in scratch().rglob("*") if path.is_file()]
    assert not any(b"secret of this machine" in one for one in left)


@pytest.mark.parametrize(
    "again", ["a", " ", "a=", "a=a ", "a@", ">a", "check-ignore: a ", "\n", "\t\r\n", "<", "é", "«", "12h", "1 000 "]
)
@pytest.mark.parametrize("tail", ["", " !", "\n!"])
def test_expressions_on_words(limit, again: str, tail: str) -> None:
    text = again * (MANY // len(again)) + tail
    cleaned(text)
    waivers.waivers(f"check-ignore: {text}")
    provenance.parse(f"@draft engine=a\n{text}")
    disclosure.person(text)
    spelling._ADDRESS.sub(" ", text)
    assert len(attributes(f"<a {text}>")) < MANY
    list(setting.set_all([text[: MANY // 20]], "en", House()))
    load_segmenter("fr").spans(text)


def test_tags_without_end(limit) -> None:
    for inside in (" ", "/", " a", "a=' ", '"'):
        assert sum(1 for _ in html_events(f"<p>Un</p><a {inside * (1 << 16)}>")) > 1


@pytest.mark.parametrize(
    "expression",
    [
        "(a+)+$",
        "(?:a|a)*b",
        "(?R)",
        "(?1)(a)",
        "(?P&x)(?P<x>a)",
        "a{1,99999}",
        "(?i)a",
        "[[a--b]",
        "\\N{no such sign}",
        "(?V0)a",
    ],
)
def test_rules_of_a_desk_are_refused_or_work(limit, expression: str) -> None:
    held("rules", RULES.format(expression.replace("&", "&amp;").replace("<", "&lt;")).encode())


def test_rules_that_never_end_are_told(limit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segmentation, "_PATIENCE", 0.2)
    rules = file("slow.srx", RULES.format("[cd](?:a|aa)+").encode())
    split = segmentation.load_segmenter("fr", rules)
    with pytest.raises(ProjectError, match="do not come to an end") as told:
        split.spans("a" * 5000)
    assert told.value.where == str(rules)
