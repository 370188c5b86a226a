"""HTML: pages as people make them, tags that were never closed, attributes, linked data."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.documents.formats.rewriting import RewritingSuite
from translate.documents.formats.html import HtmlFormat
from translate.documents.model import Role
from translate.documents.rewrite import Wording
from translate.editions import own
from translate.errors import DocumentError

SAMPLE = """\
<!DOCTYPE html>
<html lang="fr-CH">
<head>
<meta charset="utf-8">
<title>La neige manque &mdash; Le Journal</title>
<meta name="description" content="Les &quot;stations&quot; ferment">
<meta property="og:title" content='La neige manque'>
<meta property="og:locale" content="fr_CH">
<script type="application/ld+json">{"headline": "Sans neige \\u00e0 Sion", "author": {"name": "Claire Vidal"}}</script>
<style>p::before { content: "rien" }</style>
</head>
<body>
<h1>Un hiver <em>sans neige</em></h1>
<p>Il a dit&nbsp;: «&nbsp;non&nbsp;» à <a href="/x" title="Son portrait">Claire <b>Vidal</b></a>. Voir <img src="a.png" alt="Une photo"> ici<br>ou là. <b>Tout en gras.</b>
<p>Une phrase &lt;1&gt; avec <code>du code</code> et <span translate="no">Nom Propre</span> encore.
<ul><li>un point<li>deux <i>points</ul>
<pre>pas
touché</pre>
<figure><img src=b.jpg alt=Légende><figcaption>Une légende.</figcaption></figure>
<div translate="no">Rien. <p>Rien non plus.</p></div>
<button aria-label="Fermer">×</button><input type="submit" value="Envoyer">
</body>
</html>
"""


class TestHtml(RewritingSuite):
    format = HtmlFormat()
    suffix = ".html"
    sample = SAMPLE.encode()
    texts = (
        "La neige manque — Le Journal",
        'Les "stations" ferment',
        "La neige manque",
        "Sans neige à Sion",
        "Un hiver <1>sans neige</1>",
        "Il a dit : « non » à <1>Claire <2>Vidal</2></1>.",
        "Son portrait",
        "Voir <1/> ici<2/>ou là.",
        "Une photo",
        "Tout en gras.",
        "Une phrase <1/> avec <2/> et <3/> encore.",
        "un point",
        "deux <1/>points",
        "Légende",
        "Une légende.",
        "Fermer",
        "Envoyer",
    )

    def test_roles(self):
        roles = {segment.text: segment.role for segment in self.read(self.sample).segments}
        assert roles["Un hiver <1>sans neige</1>"] is Role.HEADLINE
        assert roles["un point"] is Role.ITEM
        assert roles["Une légende."] is Role.CAPTION
        assert roles["Légende"] is Role.ALTERNATIVE
        assert roles['Les "stations" ferment'] is Role.DESCRIPTION

    def test_language_tags_become_the_editions(self):
        data = self.format.translate(self.read(self.sample), Wording(lambda one: one.text, "de")).decode()
        assert '<html lang="de">' in data
        assert 'content="de_DE"' in data

    def test_a_language_that_is_not_the_sources_stays(self):
        document = self.read(b'<html lang="fr"><p>Un <i lang="la">casus belli</i> ici.</p></html>')
        data = self.format.translate(document, Wording(lambda one: one.text.replace("Un", "A"), "en"))
        assert b'<i lang="la">' in data
        assert b'<html lang="en">' in data

    def test_scripts_styles_and_what_must_not_be_translated_stay(self):
        document = self.read(self.sample)
        data = self.format.translate(document, Wording(lambda one: one.text.upper(), "en"))
        for kept in (b"Rien non plus.", b"<code>du code</code>", b"Nom Propre", b"pas\ntouch", b'content: "rien"'):
            assert kept in data

    def test_a_script_is_not_ended_by_a_translation(self):
        document = self.read(b'<script type="application/ld+json">{"headline": "Titre"}</script><p>Un</p>')
        data = self.format.translate(document, Wording(lambda _: "a</script><b>", "en"))
        assert data.count(b"</script>") == 1

    def test_a_page_says_its_encoding(self):
        page = '<meta charset="iso-8859-1"><p>Été</p>'.encode("latin-1")
        document = self.read(page)
        assert [segment.text for segment in document.segments] == ["Été"]
        data = self.format.translate(document, Wording(lambda _: "Łódź é", "en"))
        assert "&#321;ód&#378; é".encode("latin-1") in data

    def test_an_encoding_that_is_not_true_is_refused(self):
        with pytest.raises(DocumentError, match="says its encoding"):
            self.read(b'<meta charset="ascii"><p>\xc3\xa9t\xc3\xa9</p>')

    def test_a_language_inside_words_that_stay_is_the_editions_too(self):
        page = '<p lang="fr">Sion, &eacute; <b lang="fr">Valais</b></p>'
        document = self.read(page.encode())
        as_it_is = Wording(lambda one: one.text, "fr")
        assert self.format.translate(document, as_it_is) == page.encode()
        held = self.format.translate(document, replace(as_it_is, language="en"))
        assert held == '<p lang="en">Sion, é <b lang="en">Valais</b></p>'.encode()

    @pytest.mark.parametrize(
        "page",
        [
            "<p>Un <b>mot <i>mal</b> imbriqué</i>.",
            "<td>a<td>b",
            "<p>a < b et c > d & e</p>",
            "<p>Fin sans fin",
            "<p>Du <![CDATA[texte]]> ici</p>",
            "<p>Un<!-- commentaire -->mot</p>",
            "<a href=x title=Titre>lien</a>",
            "<p>Un</p\n>\n<P CLASS=a>Deux</P>",
            "<svg><text>rien</text></svg><p>Oui</p>",
            "<textarea>rien</textarea><p>Oui</p>",
            "<p>&eacute &copy; &#233; &#xe9; &inconnu;</p>",
            "texte nu",
        ],
    )
    def test_pages_as_people_make_them(self, page):
        document = self.read(page.encode())
        assert self.format.rebuild(document) == page.encode()
        own.prove(document, self.format, self.format.defaults)

    @settings(max_examples=150, deadline=None)
    @given(
        st.lists(
            st.sampled_from(
                [
                    "<p>",
                    "</p>",
                    "<b>",
                    "</b>",
                    "<i>",
                    "</i>",
                    "<br>",
                    "<br/>",
                    "<div lang='fr'>",
                    "</div>",
                    "<!-- x -->",
                    "mot",
                    " été ",
                    "&amp;",
                    "&lt;",
                    "<",
                    ">",
                    "Une phrase. Deux",
                    "<img alt='a'>",
                    "<td title=x>",
                    "<script>",
                    "</script>",
                    "<pre>",
                    "</pre>",
                    "<code>",
                    "</code>",
                    "\r\n",
                    "<1>",
                    "</",
                    "<a",
                    "&#",
                    "<!",
                ]
            ),
            max_size=16,
        ).map("".join)
    )
    def test_any_page_is_rebuilt(self, page):
        try:
            document = self.read(page.encode())
        except DocumentError:
            return
        assert self.format.rebuild(document) == page.encode()


@pytest.mark.slow
def test_the_w3cs_checker_finds_nothing_that_the_source_did_not_have(vnu):
    suite = TestHtml()
    document = suite.read(suite.sample)
    data = suite.format.translate(document, Wording(lambda one: one.text.upper(), "en", ("Machine.",)))
    source, made = vnu(suite.sample, data)
    assert made == source
