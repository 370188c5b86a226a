"""Markdown: every construct, whole round trips, what people write."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.documents.formats.rewriting import RewritingSuite
from translate.documents.formats.markdown import MarkdownFormat
from translate.documents.model import Role
from translate.documents.rewrite import Wording
from translate.editions import own
from translate.errors import DocumentError

SAMPLE = """\
---
title: "Un hiver sans neige"
lang: fr
date: 2026-01-12
---

# Les *stations* ferment

> Une citation avec un [lien](https://exemple.ch "Une infobulle") et du `code`
> sur deux lignes\\
> coupées. Puis une autre phrase.

| Lieu | Neige \\| cm |
|------|----:|
| Sion | **12** |

1. premier point
2. deuxième ![une photo](neige.png "Légende")[^1]

- [x] tâche <b>faite</b> et [source]

[^1]: Une note.

```python
print("rien à traduire")
```

<div lang="fr" title="Un titre"><p>Du <b>HTML</b> ici.</p></div>

\\*Pas d'italique\\* **Première phrase. Deuxième** phrase. *Tout en italique.*

[source]: https://exemple.ch "La source"
"""


class TestMarkdown(RewritingSuite):
    format = MarkdownFormat()
    suffix = ".md"
    sample = SAMPLE.encode()
    texts = (
        "Un hiver sans neige",
        "Les <1>stations</1> ferment",
        "Une citation avec un <1>lien</1> et du <2/> sur deux lignes<3/>coupées.",
        "Une infobulle",
        "Puis une autre phrase.",
        "Lieu",
        "Neige | cm",
        "Sion",
        "12",
        "premier point",
        "deuxième",
        "une photo",
        "Légende",
        "tâche <1>faite</1> et <2>source</2>",
        "Une note.",
        "Un titre",
        "Du <1>HTML</1> ici.",
        "*Pas d'italique* <1>Première phrase. Deuxième</1> phrase.",
        "Tout en italique.",
        "La source",
    )

    def test_roles(self):
        roles = {segment.text: segment.role for segment in self.read(self.sample).segments}
        assert roles["Les <1>stations</1> ferment"] is Role.HEADLINE
        assert roles["Puis une autre phrase."] is Role.QUOTATION
        assert roles["Lieu"] is Role.CELL
        assert roles["premier point"] is Role.ITEM
        assert roles["une photo"] is Role.ALTERNATIVE
        assert roles["Une note."] is Role.NOTE

    def test_lines(self):
        lines = {segment.text: segment.line for segment in self.read(self.sample).segments}
        assert lines["Un hiver sans neige"] == 2
        assert lines["Puis une autre phrase."] == 11
        assert lines["La source"] == SAMPLE.count("\n")

    def test_only_the_words_change(self):
        document = self.read(self.sample)
        words = {"Lieu": "Place", "une photo": "a picture", "La source": 'The "source"'}
        data = self.format.translate(document, Wording(lambda one: words.get(one.text, one.text), "en")).decode()
        expected = (
            SAMPLE.replace("Lieu", "Place").replace("![une photo]", "![a picture]").replace("lang: fr", "lang: en")
        )
        expected = expected.replace('"La source"', '"The \\"source\\""').replace('<div lang="fr"', '<div lang="en"')
        assert data == expected

    def test_a_link_whose_text_is_its_name_keeps_its_target(self):
        document = self.read(b"Voir [source] et [source][].\n\n[source]: https://exemple.ch\n")
        wording = Wording(lambda one: one.text.replace("Voir", "See").replace("source", "origin"), "en")
        data = self.format.translate(document, wording).decode()
        assert data.startswith("See [origin][source] et [origin][source].")

    def test_the_keys_of_the_front_matter_are_the_desks(self):
        document = self.read(self.sample, front_matter=("date",))
        assert "Un hiver sans neige" not in [segment.text for segment in document.segments]

    def test_front_matter_that_is_no_yaml_is_refused_with_its_line(self):
        with pytest.raises(DocumentError, match="no YAML") as caught:
            self.read(b"---\ntitle: a\nx: [\n---\n\nTexte.\n")
        assert caught.value.where.startswith("essai.md:")

    @pytest.mark.parametrize(
        "text",
        [
            "Un **gras *et italique* mêlés** ici.\n",
            "***tout***\n",
            "a_b_c et __fort__ et snake_case\n",
            "Ligne un  \nligne deux\n",
            "Titre\n=====\n\nSous-titre\n---\n",
            "1986\\. Une grande année.\n",
            "<https://exemple.ch> et <nom@exemple.ch>\n",
            "![](a.png) seul\n",
            "* * *\n\nTexte\n",
            "| a |\n|---|\n| `b \\| c` |\n",
            "Texte\r\nsur deux\r\n\r\nlignes\r\n",
            "- a\n\n  b\n    - c\n",
            "<!-- commentaire -->\n\nTexte <!-- caché --> ici\n",
            "Terme &amp; autre &eacute;t&eacute; &lt;1&gt;\n",
            "~~barré~~ et H~2~O\n",
        ],
    )
    def test_what_people_write(self, text):
        document = self.read(text.encode())
        assert self.format.rebuild(document) == text.encode()
        own.prove(document, self.format, self.format.defaults)

    @pytest.mark.parametrize(
        ("source", "translation", "edition"),
        [
            # Signs of a translation are words.
            ("Un mot\n", "--", "\\--\n"),
            ("Un mot\n", "a ~b~ c", "a \\~b\\~ c\n"),
            ("Un mot\n", "http://exemple.ch/~nom", "http://exemple.ch/~nom\n"),
            ("# Un mot\n", "About C #", "# About C \\#\n"),
            ("Un  \nmot\n", "a<1/>---", "a  \n\\---\n"),
            ("Un  \nmot\n", "a<1/> - b", "a  \n\\- b\n"),
            ("Un  \nmot\n", "a | b<1/>--- | ---", "a \\| b  \n--- \\| ---\n"),
            ("Un [mot](x)\n", "no!<1>word</1>", "no!\u2060[word](x)\n"),
            ("[Un](x)\n\n[^1]: Note\n", "^1", "[\\^1](x)\n\n[^1]: \\^1\n"),
            # Emphasis goes where the translator puts it.
            ("Un _mot_ là\n", "a sea<1>side</1>town", "a sea*side*town\n"),
            ("Un **mot** là\n", "a<1>(word)</1>there", "a**\u2060(word)\u2060**there\n"),
            ("Un **mot** là\n", "a <1>word </1>there", "a **word** there\n"),
            ("Un **mot** *là*\n", "a <1>word</1><2>there</2>", "a **word**\u2060*there*\n"),
            ("Un **mot** là\n", "a <1></1> there", "a **\u2060** there\n"),
            ("Un **mot**  \nlà\n", "<2/>a <1>word</1> there", "\u2060  \na **word** there\n"),
            ("Un  \nmot\n", "a word<1/>", "a word  \n\u2060\n"),
        ],
    )
    def test_what_translators_write(self, source, translation, edition):
        document = self.read(source.encode())
        wording = Wording(lambda _: translation, "en")
        assert own._proven(document, self.format, wording, self.format.defaults).decode() == edition

    @pytest.mark.parametrize(
        ("source", "texts"),
        [
            # What stands between rulers is no front matter.
            ("Un\n\n---\nDeux\n---\n", ["Un", "Deux"]),
            ("---\nUn\n---\n\nDeux\n", ["Un", "Deux"]),
            ("---\n? [a, b]\n: c\ntitle: Un\n---\n", ["Un"]),
            ("---\ntitle: &t Un\ndescription: *t\n---\n", ["Un"]),
            # HTML in Markdown.
            ('Un <img src=x alt="Une photo"> mot\n', ["Un <1/> mot", "Une photo"]),
            ('Un <code>x</code> et <span translate="no">Nom <span>x</span></span> ici\n', ["Un <1/> et <2/> ici"]),
            ("> <div>\n> un mot\n> ou deux\n> </div>\n", ["un mot ou deux"]),
            ("> [!NOTE]\n> Un mot.\n", ["Un mot."]),
            ("Un mot <!-- un --> et <!-- deux --> ici\n", ["Un mot <1/> et <2/> ici"]),
            ('[x](y "R&eacute;gion \\"a\\" &lt; b")\n', ["x", 'Région "a" < b']),
        ],
    )
    def test_what_is_text(self, source, texts):
        document = self.read(source.encode())
        assert [segment.text for segment in document.segments] == texts
        own.prove(document, self.format, self.format.defaults)
        upper = Wording(lambda one: one.text.replace("un", "a|b"), "en", ("Machine.",))
        own._proven(document, self.format, upper, self.format.defaults)

    def test_a_picture_whose_text_is_its_name_keeps_its_source(self):
        document = self.read(b"Ici ![photo] ou ![photo][].\n\n[photo]: a.png\n")
        wording = Wording(lambda one: one.text.replace("photo", "picture").replace("ou", "or"), "en")
        data = self.format.translate(document, wording).decode()
        assert data.startswith("Ici ![picture][photo] or ![picture][photo].")

    def test_html_in_a_list_stays_in_it(self):
        document = self.read(b"- <div>\n  &eacute;t&eacute;\n  </div>\n")
        assert self.format.translate(document, Wording(lambda _: "a | b", "en")) == b"- <div>\n  a | b\n  </div>\n"

    def test_a_bar_in_a_tag_ends_no_cell(self):
        document = self.read(b'| <i title="un">x</i> | y |\n|---|---|\n')
        data = self.format.translate(document, Wording(lambda one: "a|b" if one.text == "un" else one.text, "en"))
        assert data == b'| <i title="a&#124;b">x</i> | y |\n|---|---|\n'

    @pytest.mark.parametrize("text", ["---\ntitle: Un\n---", "    code\n\nUn\n", "[a]: b 'Un'\n"])
    def test_notices_have_a_place_of_their_own(self, text):
        document = self.read(text.encode())
        wording = Wording(lambda _: "One", "en", ("Machine.",))
        assert b"\n> Machine." in b"\n" + own._proven(document, self.format, wording, self.format.defaults)

    def test_front_matter_without_end_of_depth_is_refused(self):
        with pytest.raises(DocumentError, match="no YAML"):
            self.read(f"---\ntitle: {'[' * 3000}\n---\n".encode())

    @settings(max_examples=150, deadline=None)
    @given(
        st.lists(
            st.sampled_from(
                [
                    "# ",
                    "\n\n",
                    "\n",
                    "**",
                    "*",
                    "_",
                    "`",
                    "[",
                    "](x)",
                    "](x 'y')",
                    "> ",
                    "- ",
                    "1. ",
                    "| a |\n|---|\n| b |",
                    "mot",
                    "été ",
                    " phrase. Une",
                    "<b>",
                    "</b>",
                    "<br>",
                    "\\*",
                    "&eacute;",
                    "<1>",
                    "[^1]",
                    "\n[^1]: n\n",
                    "  \n",
                ]
            ),
            max_size=14,
        ).map("".join)
    )
    def test_any_markdown_is_rebuilt(self, text):
        try:
            document = self.read(text.encode())
        except DocumentError:
            return
        assert self.format.rebuild(document) == text.encode()


def test_a_bar_in_the_title_of_a_link_does_not_cut_its_cell() -> None:
    source = "| a | b |\n|---|---|\n| [l](u 'titre') | c |\n"
    document = TestMarkdown().read(source.encode())
    wording = Wording(lambda one: "x | y" if one.text == "titre" else one.text, "en")
    again = TestMarkdown().read(MarkdownFormat().translate(document, wording), language="en")
    assert [one.text for one in again.segments] == [one.text.replace("titre", "x | y") for one in document.segments]
