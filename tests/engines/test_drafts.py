"""A better package was installed: what the old one drafted is drafted anew, unless somebody touched it."""

from __future__ import annotations

import datetime as dt
import re

import polib

from translate.catalogs import provenance, store
from translate.catalogs.states import State, state
from translate.engines import drafts
from translate.engines.queue import Draft

OTHER = "fr_en/9.9"


def catalog(desk):
    return desk / "locales/en/LC_MESSAGES/port.po"


def changed(desk, change) -> None:
    file = polib.pofile(str(catalog(desk)), wrapwidth=0)
    change(file)
    file.save(str(catalog(desk)))


def test_drafts_of_another_package_are_made_anew(desk, translate):
    assert translate("extract").code == 0
    assert translate("draft", "--lang", "en").code == 0
    before = {entry.msgid: entry.msgstr for entry in polib.pofile(str(catalog(desk)))}

    def pretend(file: polib.POFile) -> None:
        for entry in file:
            entry.tcomment = re.sub(r"package=\S+", f"package={OTHER}", entry.tcomment)
        file[0].msgstr = "A person began to write"
        file[1].flags = []

    changed(desk, pretend)
    assert translate("draft", "--lang", "en", "--json").json == {"drafted": 0, "refused": []}
    drafted = translate("draft", "--lang", "en", "--again", "--json").json["drafted"]
    after = polib.pofile(str(catalog(desk)))
    assert drafted == len(after) - 2
    assert after[0].msgstr == "A person began to write"
    assert OTHER in after[1].tcomment
    assert all(OTHER not in entry.tcomment and entry.fuzzy for entry in after[2:])
    assert all(entry.msgstr == before[entry.msgid] for entry in after[1:])
    assert translate("draft", "--lang", "en", "--again", "--json").json == {"drafted": 0, "refused": []}


def test_a_draft_in_a_stale_entry_that_somebody_emptied_is_a_draft(tmp_path):
    path = tmp_path / "a.po"
    path.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        f'# a note\n# {provenance.stale_line(State.REVIEWED, "Peace")}\n#| msgid "Paix"\nmsgid "Paix !"\nmsgstr ""\n'
    )
    made = Draft((path, (None, "Paix !")), "Peace!", 0.5, (), {"engine": "argos"})
    assert drafts.save([made], dt.datetime(2026, 5, 1, tzinfo=dt.UTC)) == 1
    (entry,) = store.load(path).entries
    assert (state(entry), entry.msgstr, entry.previous_msgid) == (State.DRAFT, "Peace!", None)
    assert provenance.without(entry.tcomment) == "a note"
