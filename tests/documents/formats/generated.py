"""Documents as hypothesis makes them, and what must be true of the edition of any document."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from tests.documents.formats.rewriting import RewritingSuite, louder, without_tags, zipped
from translate.documents import markup
from translate.documents.codes import TAG
from translate.documents.encoding import normal
from translate.documents.model import Document, Kind, Literal, Piece, Segment
from translate.documents.rewrite import OF_THE_EDITION, Wording
from translate.editions import own

Strategy = st.SearchStrategy[str]

#: A word that readers see, wherever it stands.
SEEN = "lisible"
#: Text as it reads; every format writes it in its own way.
WORDS = st.sampled_from(
    [
        *(
            f"Un mot {SEEN}",
            " et ",
            "Fin. Deux",
            " l’été ",
            "M. Favre dit : « Non ! »",
            "12,5 %",
            "\u00a0?",
            "Łódź",
            "日本語。",
            "😀",
        ),
        *(
            "E\u0301te\u0301",
            "co\u00adop\u200ber",
            "a < b",
            "R & D",
            '"ainsi"',
            "l'an",
            "<b>",
            "&eacute;",
            "<1>",
            "]]",
            "-->",
            "\\n",
        ),
    ]
)
TEXTS = st.lists(WORDS, min_size=1, max_size=4).map("".join)
XML_ESCAPES = {"&": ("&amp;", "&#38;", "&#x26;"), "<": ("&lt;", "&#60;"), ">": ("&gt;", ">"), "é": ("é", "&#233;")}


@st.composite
def escaped(draw: st.DrawFn, texts: Strategy = TEXTS, *, sections: bool = True) -> str:
    """Draw text in XML, its signs written in one way or another; some of it in a section of its own."""
    text = draw(texts)
    if sections and not re.search(r"]]|<1>", text) and draw(st.integers(0, 9)) == 0:
        return f"<![CDATA[{text}]]>"
    return "".join(draw(st.sampled_from(XML_ESCAPES[sign])) if sign in XML_ESCAPES else sign for sign in text)


@st.composite
def attribute(draw: st.DrawFn, name: str) -> str:
    quote = draw(st.sampled_from("\"'"))
    value = draw(escaped(sections=False))
    value = value.replace('"', "&quot;").replace("'", "&apos;")
    return (
        f"{draw(st.sampled_from((' ', '  ', chr(10))))}{name}{draw(st.sampled_from(('=', ' = ')))}{quote}{value}{quote}"
    )


def prose(pairs: tuple[str, ...], alone: tuple[str, ...], *, sections: bool = True) -> Strategy:
    """Return text with inline elements, nested: `pairs` are start tags, `alone` what stands alone."""
    leaf = st.one_of(
        escaped(sections=sections), st.sampled_from((*alone, "<!-- mot -->", "<?pi mot?>", "", " ", "\n "))
    )

    def around(inner: Strategy) -> Strategy:
        return st.builds(paired, st.sampled_from(pairs), st.lists(inner, max_size=4))

    return st.lists(st.recursive(leaf, around, max_leaves=8), max_size=4).map("".join)


def paired(start: str, parts: list[str]) -> str:
    """Return an element from its start tag and what it holds."""
    return f"{start}{''.join(parts)}</{re.split('[^a-z]', start[1:])[0]}>"


def element(name: str, inner: Strategy) -> Strategy:
    return inner.map(lambda text: f"<{name}>{text}</{name.split()[0]}>")


def blocks(*kinds: Strategy, least: int = 1) -> Strategy:
    space = st.sampled_from(("", "\n", "\n  "))
    return st.lists(st.tuples(st.one_of(*kinds), space).map("".join), min_size=least, max_size=5).map("".join)


def line_ends(text: str, end: str) -> str:
    return text.replace("\n", end)


ENDS = st.sampled_from(("\n", "\r\n"))


def html_blocks(*, sections: bool) -> Strategy:
    """Return what stands in the body of a page; HTML knows no CDATA sections, XHTML does."""
    inline = prose(
        ("<b>", "<em class='x'>", '<a href="a.html" title="Un titre">', '<span lang="fr">', '<span lang="la">'),
        (
            "<br/>",
            "<i translate='no'>rien</i>",
            '<img src="a.png" alt="Une image"/>',
            "<code>x = 1</code>",
            "<img src='b' alt=''/>",
        ),
        sections=sections,
    )
    return blocks(
        element("p", inline),
        element("h2 id='a'", inline),
        element("blockquote", blocks(element("p", inline))),
        element("ul", blocks(element("li", st.one_of(inline, element("p", inline))))),
        element("table", element("tr", blocks(element("td", inline), element("th", inline)))),
        element("div", inline),
        attribute("alt").map(lambda alt: f"<figure><img src='a.png'{alt}/><figcaption>Un</figcaption></figure>"),
        st.just("<pre>x = 1 &lt; 2</pre>"),
    )


XHTML = html_blocks(sections=True)
NITF_PROSE = prose(
    (
        "<em>",
        '<person idsrc="a">',
        "<org>",
        "<location>",
        "<q>",
        '<a href="x">',
        "<lang iso='la'>",
        "<money unit='EUR'>",
    ),
    ("<br/>", "<chron norm='20260112'>lundi</chron>", "<sub>2</sub>"),
)
NITF_BLOCKS = blocks(
    element("p", NITF_PROSE),
    element("p lede='true'", NITF_PROSE),
    element("hl2", NITF_PROSE),
    element("bq", element("block", element("p", NITF_PROSE))),
    element("ul", blocks(element("li", NITF_PROSE))),
    element("block", blocks(element("p", NITF_PROSE))),
    element("media media-type='image'", element("media-caption", NITF_PROSE)),
    element("table", element("tr", blocks(element("td", NITF_PROSE)))),
    element("fn", element("body.content", element("p", NITF_PROSE))),
    st.just("<pre>x = 1 &lt; 2</pre>"),
)
HEAD = blocks(
    element("hedline", st.tuples(element("hl1", NITF_PROSE), element("hl2", NITF_PROSE)).map("".join)),
    element("byline", NITF_PROSE),
    element("dateline", NITF_PROSE),
    element("abstract", element("p", NITF_PROSE)),
    st.just("<rights>Tous droits réservés</rights>"),
    least=0,
)


@st.composite
def nitf(draw: st.DrawFn, attributes: str = "") -> str:
    lang = draw(st.sampled_from(("", ' xml:lang="fr"', " xml:lang='la'")))
    title = draw(st.one_of(st.just(""), element("title", escaped())))
    head = f"<head>{title}<docdata><doc-id id-string='a'/></docdata></head>"
    body = f"<body{lang}><body.head>{draw(HEAD)}</body.head><body.content>{draw(NITF_BLOCKS)}</body.content></body>"
    return f"<nitf{attributes}>{head}{body}</nitf>"


@st.composite
def nitf_files(draw: st.DrawFn) -> bytes:
    start = draw(
        st.sampled_from(
            (
                "",
                '<?xml version="1.0" encoding="UTF-8"?>\n',
                '<?xml version="1.0"?>\n<!DOCTYPE nitf SYSTEM "nitf-3-4.dtd">\n',
            )
        )
    )
    named = draw(st.sampled_from(("", ' xmlns="http://iptc.org/std/NITF/2006-10-18/"')))
    return line_ends(start + draw(nitf(named)), draw(ENDS)).encode()


ITEM_META = blocks(
    st.sampled_from(
        (
            '<itemClass qcode="ninat:text"/>',
            "<provider qcode='nprov:X'><name>Agence</name></provider>",
            "<firstCreated>2026-01-12T14:05:00+01:00</firstCreated>",
            '<pubStatus qcode="stat:usable"/>',
            "<edNote>Note</edNote>",
            '<signal qcode="sig:update"/>',
            '<service qcode="s:a"><name xml:lang="fr">Service</name></service>',
            "<link rel='irel:seeAlso' residref='urn:x'><title>Voir</title></link>",
        )
    ),
    element("title", escaped()),
    least=0,
)
CONTENT_META = blocks(
    element("headline", escaped()),
    element('headline xml:lang="fr" role="hld:sub"', escaped()),
    element("slugline separator='-'", escaped()),
    element("by", escaped()),
    element("dateline", escaped()),
    element("keyword", escaped()),
    element("description role='drol:summary'", prose(("<inline>", "<inline class='x'>"), ("<br/>",))),
    st.sampled_from(
        ("<language tag='fr'/>", '<language tag="la"/>', "<urgency>3</urgency>", "<located><name>Sion</name></located>")
    ),
    st.just('<subject qcode="medtop:1"><name xml:lang="fr">météo</name></subject>'),
)
NITF_NAME = ' xmlns="http://iptc.org/std/NITF/2006-10-18/"'
CONTENT = st.one_of(
    element('inlineXML contenttype="application/nitf+xml"', nitf(NITF_NAME)),
    element(
        'inlineXML contenttype="application/xhtml+xml"',
        XHTML.map(lambda inner: f'<html xmlns="http://www.w3.org/1999/xhtml" lang="fr"><body>{inner}</body></html>'),
    ),
    element('inlineData contenttype="text/plain"', escaped()),
    element('inlineData contenttype="text/html"', html_blocks(sections=False).map(lambda page: f"<![CDATA[{page}]]>")),
    element('inlineData contenttype="text/html"', html_blocks(sections=False).map(markup.escaped)),
    st.just('<remoteContent href="a.jpg"/>'),
)


@st.composite
def news_item(draw: st.DrawFn) -> str:
    guid = draw(st.sampled_from(("urn:newsml:x:1", "tag:x,2026:a&amp;b", "a'b".replace("'", "&apos;"))))
    quote = draw(st.sampled_from("\"'"))
    attributes = [
        f"guid={quote}{guid}{quote}",
        'version="1"',
        'standard="NewsML-G2"',
        *draw(st.sampled_from(((), ("xml:lang='fr'",)))),
    ]
    start = " ".join(draw(st.permutations(attributes)))
    meta = f"<itemMeta>{draw(ITEM_META)}</itemMeta><contentMeta>{draw(CONTENT_META)}</contentMeta>"
    return f"<newsItem {{}}{start}>{meta}<contentSet>{draw(blocks(CONTENT, least=0))}</contentSet></newsItem>"


@st.composite
def newsml_files(draw: st.DrawFn) -> bytes:
    name = 'xmlns="http://iptc.org/std/nar/2006-10-01/" '
    items = draw(st.lists(news_item(), min_size=1, max_size=2))
    if len(items) == 1:
        text = items[0].replace("{}", name, 1)
    else:
        inner = "\n".join(item.replace("{}", "", 1) for item in items)
        text = f"<newsMessage {name}><header><sent>2026</sent></header><itemSet>{inner}</itemSet></newsMessage>"
    return line_ends(f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n', draw(ENDS)).encode()


PAGE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n%s<html xmlns="http://www.w3.org/1999/xhtml" '
    'xmlns:epub="http://www.idpf.org/2007/ops" xml:lang="fr">\n<head><title>%s</title></head>\n<body>%s</body>\n</html>\n'
)
DOCTYPES = (
    "",
    "<!DOCTYPE html>\n",
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">\n',
)


@st.composite
def epub_files(draw: st.DrawFn, parts: dict[str, str]) -> bytes:
    def page() -> str:
        title, body = draw(escaped(sections=False)), draw(XHTML)
        doctype = draw(st.sampled_from(DOCTYPES))
        entity = "<p>Un&nbsp;caf&eacute;</p>" if "DTD" in doctype else ""
        return line_ends(PAGE % (doctype, title, entity + body), draw(ENDS))

    subject = draw(st.one_of(st.just(""), element("dc:subject", escaped()), element("dc:description", escaped())))
    package = parts["EPUB/package.opf"].replace("<dc:language>", f"{subject}<dc:language>")
    return zipped(parts | {"EPUB/package.opf": package, "EPUB/text/b.xhtml": page(), "EPUB/text/un deux.xhtml": page()})


TIMES = st.integers(0, 359_999_000)


@st.composite
def cue_times(draw: st.DrawFn, sign: str) -> str:
    def clock(at: int, short: bool) -> str:
        hours, rest = divmod(at, 3_600_000)
        minutes, rest = divmod(rest, 60_000)
        seconds, part = divmod(rest, 1000)
        hour = "" if short and not hours else f"{hours:02}:"
        return f"{hour}{minutes:02}:{seconds:02}{sign}{part:03}"

    start = draw(TIMES)
    short = sign == "." and draw(st.booleans())
    return f"{clock(start, short)} --> {clock(start + draw(st.integers(1, 9000)), short)}"


CUE_WORDS = WORDS.filter(lambda text: not any(sign in text for sign in ("<", "-->")))


def cue_lines(pairs: tuple[str, ...], alone: tuple[str, ...], words: Strategy) -> Strategy:
    """Return the lines of a cue, none of them blank."""
    line = st.one_of(
        words, st.sampled_from(("- Oui.", "...")), st.sampled_from(alone), words.map(lambda text: f"{text} !")
    )
    pair = st.builds(paired, st.sampled_from(pairs), line.map(lambda text: [text]))
    whole = st.lists(st.one_of(line, pair), min_size=1, max_size=3).map("".join)
    return st.lists(whole.filter(lambda text: bool(text.strip())), max_size=3).map("\n".join)


@st.composite
def subrip_files(draw: st.DrawFn) -> bytes:
    body = cue_lines(("<i>", "<b>", "<u>", '<font color="#ff0000">'), ("{\\an8}", "{\\pos(1,2)}"), CUE_WORDS)
    parts = []
    for number in range(draw(st.integers(1, 4))):
        named = draw(st.sampled_from((f"{number + 1}\n", f"{number * 7}\n", "")))
        position = draw(st.sampled_from(("", "  X1:40 X2:600 Y1:20 Y2:50", " ")))
        parts.append(
            f"{named}{draw(cue_times(','))}{position}\n{draw(body)}\n{draw(st.sampled_from(('', chr(10), ' ' + chr(10))))}"
        )
    return subtitle_bytes(draw, "\n".join(parts))


@st.composite
def webvtt_files(draw: st.DrawFn) -> bytes:
    words = escaped(st.lists(CUE_WORDS, min_size=1, max_size=3).map("".join), sections=False)
    pairs = ("<v Marie Curie>", "<c.jaune.bg_bleu>", "<i>", "<b.loud>", "<lang la>", "<u>", "<ruby>")
    body = cue_lines(pairs, ("<00:19.500>", "&nbsp;", "&rlm;"), words)
    parts = [draw(st.sampled_from(("WEBVTT", "WEBVTT - Un titre", "WEBVTT\nKind: captions\nLanguage: fr")))]
    parts += draw(
        st.lists(
            st.sampled_from(("STYLE\n::cue(b) { color: red }", "REGION\nid:a\nwidth:40%", "NOTE\nUn mot")), max_size=2
        )
    )
    for number in range(draw(st.integers(1, 4))):
        named = draw(st.sampled_from(("", f"{number}\n", "Chapitre premier\n")))
        settings = draw(st.sampled_from(("", " align:start line:0", "\tposition:10%,line-left")))
        parts.append(f"{named}{draw(cue_times('.'))}{settings}\n{draw(body)}")
        parts += draw(st.sampled_from(([], ["NOTE Une note entre deux"])))
    return subtitle_bytes(draw, "\n\n".join(parts) + draw(st.sampled_from(("", "\n", "\n\n"))))


def subtitle_bytes(draw: st.DrawFn, text: str) -> bytes:
    mark = draw(st.sampled_from((b"", b"\xef\xbb\xbf")))
    return mark + line_ends(text, draw(st.sampled_from(("\n", "\r\n", "\r")))).encode()


@st.composite
def json_texts(draw: st.DrawFn, value: Any) -> str:
    """Draw a way to write JSON: indented or not, in ASCII or not, slashes escaped or not."""
    indent = draw(st.sampled_from((None, 1, 4)))
    text = json.dumps(
        value, ensure_ascii=draw(st.booleans()), indent=indent, separators=draw(st.sampled_from((None, (",", ":"))))
    )
    return text.replace("</", "<\\/") if draw(st.booleans()) else text


@st.composite
def ninjs_files(draw: st.DrawFn) -> bytes:
    plain = st.lists(TEXTS, min_size=1, max_size=3).map("\n\n".join)
    rich = html_blocks(sections=False)
    old = {
        "headline": TEXTS,
        "byline": TEXTS,
        "title": TEXTS,
        "slugline": TEXTS,
        "located": st.just("Sion"),
        "body_text": plain,
        "body_html": rich,
        "body_xhtml": rich,
        "description_text": TEXTS,
        "description_caption": TEXTS,
        "headline_short": TEXTS,
        "ednote": st.just("Pour vous"),
        "urgency": st.integers(1, 9),
        "language": st.sampled_from(("fr", "fr-CH", "la")),
        "subject": st.just([{"name": "météo", "code": "1"}]),
    }
    values = st.lists(
        st.fixed_dictionaries({"value": st.one_of(TEXTS, plain)}, optional={"role": st.just("main")}), max_size=3
    )
    new = {
        "headlines": values,
        "descriptions": values,
        "bodies": st.lists(st.fixed_dictionaries({"contentType": st.just("text/html"), "value": rich}), max_size=2),
        "by": TEXTS,
        "edNote": st.just("Pour vous"),
        "keywords": st.lists(st.one_of(TEXTS, TEXTS), max_size=2),
        "language": st.sampled_from(("fr", "fr_FR", "la")),
    }
    fields = draw(st.sampled_from((old, new)))
    date = "versioncreated" if fields is old else "versionCreated"
    made = st.fixed_dictionaries({"uri": st.just('urn:x:é"1"'), date: st.just("2026-01-12T00:00:00Z")}, optional=fields)
    item = draw(made)
    linked = draw(st.lists(made, max_size=2))
    if linked:
        named = {f"photo{index}": one for index, one in enumerate(linked)}
        item["associations"] = named if fields is old else [{"name": name, **one} for name, one in named.items()]
    keys = draw(st.permutations(list(item)))
    return draw(json_texts({key: item[key] for key in keys})).encode()


# --- what must be true of the edition of any document ------------------------------------------------------------


def hold(suite: RewritingSuite, data: bytes, added: str = r"(?!)") -> None:
    """Hold what docs/formats.md promises for one document; `added` is what an edition has more than its source."""
    format_ = suite.format
    for split in (True, False):
        document = suite.read(data, split=split)
        assert format_.rebuild(document) == data
        own.prove(document, format_, format_.defaults)
    for words in (louder, moved):
        made = format_.translate(document, Wording(words, "en"))
        again = suite.read(made, split=False, language="en")
        assert said(again, lambda one: one.text) == said(document, words)
        assert around(again, suite, added) == around(document, suite, added)
        if words is louder:
            assert suite.whole(made).count(SEEN.upper()) == suite.whole(data).count(SEEN)
            assert SEEN not in suite.whole(made)
            assert [one.text for one in again.segments] == [normal(louder(one)) for one in document.segments]
            back = suite.read(format_.translate(again, Wording(lambda one: one.text, "fr", afresh=True)), split=False)
            assert [one.text for one in back.segments] == [one.text for one in again.segments]


def moved(segment: Segment) -> str:
    """Return a translation whose codes all stand at its end, pairs around nothing."""
    tags = "".join(match.group() for match in TAG.finditer(segment.text))
    return f"{without_tags(segment.text).strip().upper()} fin{tags}"


def said(document: Document, words: Callable[[Segment], str]) -> list[str]:
    """Return the letters and figures of each block that has some."""
    texts = ("".join(without_tags(words(one)) for one in block.segments) for block in document.blocks)
    return [text for text in (re.sub(r"[\W_]+", "", one) for one in texts) if text]


def around(document: Document, suite: RewritingSuite, added: str) -> list[tuple[str, Counter[str]]]:
    """Return the markup of each block with words, and all that stands before it."""
    made: list[tuple[str, Counter[str]]] = []
    before = ""
    for block in document.blocks:
        before += block.gap
        if next(block.segments, None) is None:
            before += "".join(unlike(piece) for piece in block.pieces)
        else:
            made.append((re.sub(added, "", before), suite.format.skeleton(block)))
            before = ""
    return [*made, (re.sub(added, "", before + document.tail), Counter())]


def unlike(piece: Piece) -> str:
    """Return a piece, what depends on the edition as its kind; the name of a source may stand beside another."""
    if isinstance(piece, Literal) and piece.kind in OF_THE_EDITION:
        return "" if piece.kind is Kind.SOURCE else piece.kind
    return piece.raw
