"""ninjs: text and HTML in JSON strings, whatever their escapes."""

from __future__ import annotations

import json

import pytest

from tests.documents.formats.rewriting import RewritingSuite, louder
from translate.documents.formats.ninjs import NinjsFormat
from translate.documents.rewrite import Wording
from translate.errors import DocumentError

SAMPLE = (
    '{"uri": "urn:x:1", "language": "fr", "versioncreated": "2026-01-12T00:00:00Z",\n'
    ' "headlines": [{"role": "main", "value": "Un hiver sans neige \\u00e0 Sion"}],\n'
    ' "bodies": [{"contentType": "text/html", "value": "<p>Un <b>mot<\\/b> fort \\ud83d\\ude00. Deux.</p><p>Trois</p>"},\n'
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

    def test_json_that_is_broken_is_refused(self):
        with pytest.raises(DocumentError, match="no JSON"):
            self.read(self.sample[:-4])
