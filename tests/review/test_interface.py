"""The workbench speaks the languages that its catalogs say it speaks, every word of it."""

from __future__ import annotations

from pathlib import Path

import polib
import pytest
from babel.messages.extract import extract_from_dir

from translate.review import interface
from translate.review.pages import NAMES

ROOM = Path(interface.__file__).parent
METHODS = [("templates/**.j2", "jinja2.ext:babel_extract"), ("static/**.js", "javascript")]
# The page that works without a server has words of its own.
OWN_WORDS = "offline"


def said() -> set[str]:
    """Return everything that templates and scripts say, as Babel finds it."""
    options = {"static/**.js": {"parse_template_string": "true"}}
    found = extract_from_dir(str(ROOM), METHODS, options, keywords={"_": None})
    return {message for file, _, message, _, _ in found if OWN_WORDS not in file} | set(map(str, NAMES))


@pytest.mark.parametrize("language", ["fr", "de"])
def test_every_word_is_there_and_no_other(language, msgfmt):
    path = ROOM / "locales" / f"{language}.po"
    file = polib.pofile(str(path))
    assert {entry.msgid for entry in file.translated_entries()} == said()
    assert msgfmt(path) == ""
    for entry in file:
        # Names in braces are filled in.
        assert sorted(part.split("}")[0] for part in entry.msgid.split("{")[1:]) == sorted(
            part.split("}")[0] for part in entry.msgstr.split("{")[1:]
        )


def test_a_reader_is_spoken_to_in_the_language_that_is_there():
    assert interface.languages() == ("de", "en", "fr")
    assert interface.wanted("pt-BR,de-AT;q=0.7,en;q=0.3") == "de"
    assert interface.wanted("de", "fr") == "fr"
    assert interface.wanted("q=;;,") == "en"
