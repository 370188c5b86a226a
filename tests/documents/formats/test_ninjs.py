"""ninjs: text and HTML in JSON strings, whatever their escapes."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings

from tests.documents.formats import generated
from tests.documents.formats.rewriting import RewritingSuite, louder
from translate.documents.formats.ninjs import NinjsFormat
from translate.documents.rewrite import Wording
from translate.editions import own
from translate.errors import DocumentError

SAMPLE = (
    '{"uri": "urn:x:1", "language": "fr", "versioncreated": "2026-01-12T00:00:00Z",\n'
    ' "headlines": [{"role": "main", "value": "Un hiver sans neige \\u00e0 Sion"}],\n'
    ' "bodies": [{"contenttype": "text/html", "value": "<p>Un <b>mot<\\/b> fort \\ud83d\\ude00. Deux.</p><p>Trois</p>"},\n'
    '  {"value": "Premier.\\n\\nDeuxi\\u00e8me. Fin \\"ici\\"."}],\n'
    ' "associations": [{"name": "photo", "type": "picture", "headlines": [{"value": "Une photo"}]}]}\n'
)


class TestNinjs(RewritingSuite):
    format = NinjsFormat()
    suffix = ".json"
    sample = SAMPLE.encode()
    texts = (
        "Un hiver sans neige à Sion",
        "Un <1>mot</1> fort 😀.",
        "Deux.",
        "Trois",
        "Premier.",
        "Deuxième.",
        'Fin "ici".',
        "Une photo",
    )

    def whole(self, data: bytes) -> str:
        return json.dumps(json.loads(data), ensure_ascii=False)

    def test_the_edition_is_an_item_of_its_own(self):
        value = json.loads(self.format.translate(self.read(self.sample), Wording(louder, "en", ("Machine.",))))
        assert (value["uri"], value["language"], value["ednote"]) == ("urn:x:1:en", "en", "Machine.")
        assert value["bodies"][0]["value"] == "<p>UN <b>MOT</b> FORT 😀. DEUX.</p><p>TROIS</p>"

    def test_a_notice_joins_the_note_that_is_there(self):
        document = self.read(SAMPLE.replace('"uri"', '"ednote": "À vérifier", "uri"').encode())
        value = json.loads(self.format.translate(document, Wording(louder, "en", ("Machine.",))))
        assert value["ednote"] == "Machine. À vérifier"

    @pytest.mark.parametrize(
        ("item", "added"),
        [
            ({"headline": "Un"}, {"ednote": "M.", "associations": {"translatedFrom": {"uri": "a"}}}),
            (
                {"headlines": [{"value": "Un"}]},
                {"ednote": "M.", "associations": [{"name": "translatedFrom", "uri": "a"}]},
            ),
            (
                {"headlines": [{"value": "Un"}], "versionCreated": "2026"},
                {
                    "edNote": "M.",
                    "associations": [{"name": "translatedFrom", "rel": "irel:translatedFrom", "uri": "a"}],
                },
            ),
            (
                {"headlines": [{"value": "Un"}], "standard": {"name": "ninjs", "version": "3.0"}},
                {
                    "edNote": "M.",
                    "associations": [{"name": "translatedFrom", "rel": "irel:translatedFrom", "uri": "a"}],
                },
            ),
            (
                {"headline": "Un", "associations": {"b": {"uri": "b"}}},
                {"ednote": "M.", "associations": {"translatedFrom": {"uri": "a"}, "b": {"uri": "b"}}},
            ),
            (
                {"headline": "Un", "associations": {}},
                {"ednote": "M.", "associations": {"translatedFrom": {"uri": "a"}}},
            ),
        ],
    )
    def test_the_edition_names_its_source_in_the_keys_of_its_version(self, item, added):
        document = self.read(json.dumps({"uri": "a", **item}).encode())
        value = json.loads(self.format.translate(document, Wording(lambda one: one.text, "en", ("M.",))))
        assert value == {**item, **added, "uri": "a:en"}

    def test_a_translation_of_a_translation_names_both(self):
        for item in ({"headline": "Un"}, {"headlines": [{"value": "Un"}]}):
            data = json.dumps({"uri": "a", **item}).encode()
            for language in ("en", "de"):
                data = self.format.translate(self.read(data), Wording(lambda one: one.text, language))
            links = json.loads(data)["associations"]
            found = links if isinstance(links, dict) else {one["name"]: {"uri": one["uri"]} for one in links}
            assert found == {"translatedFrom": {"uri": "a"}, "translatedFrom2": {"uri": "a:en"}}

    def test_what_readers_see_in_each_version(self):
        keys = ("by", "headline_short", "description_caption", "body_nitf")
        document = self.read(json.dumps({"uri": "a", **{key: f"Un {key}" for key in keys}}).encode())
        assert [segment.text for segment in document.segments] == [f"Un {key}" for key in keys]

    def test_json_in_json_and_the_language_of_a_sound_are_left_alone(self):
        item = {"uri": "a", "body_json": '{"a": "mot"}', "renditions": {"b": {"resources": [{"language": "fr"}]}}}
        document = self.read(json.dumps(item).encode())
        assert list(document.segments) == []
        assert json.loads(self.format.translate(document, Wording(louder, "en")))["renditions"] == item["renditions"]

    def test_the_key_says_whether_it_is_html(self):
        item = {"uri": "a", "headline": "Un", "body_text": "a <b> c &amp; d", "body_html": "Un &amp; deux"}
        document = self.read(json.dumps(item).encode())
        assert [segment.text for segment in document.segments] == ["Un", "a <b> c &amp; d", "Un & deux"]
        assert json.loads(self.format.translate(document, Wording(louder, "en")))["body_html"] == "UN &amp; DEUX"

    def test_markup_around_a_sentence_is_that_inside_one(self):
        item = {"uri": "a", "headline": "Un", "body_html": "<p>Un mot ?</em> <em>1</em></p>"}
        own.prove(self.read(json.dumps(item).encode()), self.format, {})

    def test_half_a_sign_is_refused(self):
        with pytest.raises(DocumentError, match="half a sign"):
            self.read(b'{"uri": "a", "headline": "Un \\ud83d mot"}')

    def test_json_that_is_no_item_is_refused(self):
        with pytest.raises(DocumentError, match="no object"):
            self.read(b'["Un"]')

    @pytest.mark.parametrize(
        ("text", "problem"),
        [
            (SAMPLE[:-4], "Expecting"),
            ('{"uri": "a", "headline": "Un", "headline": "Deux"}', "'headline' stands twice"),
            ('{"uri": "a", "headline": "Un", "x": [{"b": 1, "b": 2}]}', "'b' stands twice"),
            ('{"uri": "a", "headline": "Un", "x": NaN}', "NaN"),
            ('{"uri": "a", "headline": "Un", "ednote": null}', "'ednote' is no text"),
            ('{"uri": "a", "headline": "Un", "associations": "x"}', "'associations' is no list or object"),
            ('{"uri": "a", "headline": "Un", "x": ' + "[" * 100_000, "recursion"),
        ],
    )
    def test_json_that_is_broken_is_refused(self, text, problem):
        assert self.format.score(text.encode(), "fr") > 0
        with pytest.raises(DocumentError, match=f"no ninjs: .*{problem}") as caught:
            self.read(text.encode())
        assert caught.value.exit_code == 2

    def test_another_encoding_than_utf_8_is_refused(self):
        with pytest.raises(DocumentError, match="says its encoding"):
            self.read('{"uri": "a", "headline": "été"}'.encode("latin-1"))


#: How an edition names its source, with what stands around that.
LINK = (
    r'"associations": (\[\{"name": "translatedFrom\d*"|\{"translatedFrom\d*": \{)[^}]*\}[\]}], |'
    r'\{"name": "translatedFrom\d*"[^}]*\}(, )?|"translatedFrom\d*": \{[^}]*\}(, )?'
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(generated.ninjs_files())
def test_any_item_keeps_the_promises(data):
    generated.hold(TestNinjs(), data, LINK)
