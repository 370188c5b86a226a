"""Other programs on the same catalogs: what they write is read, brought up to the source, and written without loss."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polib
import pytest

from tests.conftest import program
from translate.catalogs import merge, store
from translate.catalogs.states import State, state
from translate.catalogs.store import Catalog
from translate.catalogs.units import Unit
from translate.documents.model import Role
from translate.errors import CatalogError

NOW = dt.datetime(2026, 5, 1, tzinfo=dt.UTC)
TOOLKIT = Path(os.environ.get("TRANSLATE_TOOLKIT", Path(__file__).parents[2] / ".toolkit")) / "bin"

OURS = """\
# Two lines of a desk.
# Copyright of the desk.
msgid ""
msgstr ""
"Project-Id-Version: port\\n"
"Report-Msgid-Bugs-To: \\n"
"POT-Creation-Date: 2026-05-01 09:30+0000\\n"
"PO-Revision-Date: 2026-05-01 09:30+0000\\n"
"Last-Translator: Eva Muster <eva@example.org>\\n"
"Language-Team: German\\n"
"Language: de\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"X-Generator: Translation Desk 0.1.0\\n"
"X-Source-Language: fr\\n"

#. role: headline
#: source/port.txt:1
msgctxt "heading"
msgid "Le port rouvre"
msgstr "Der Hafen öffnet"

# Eva: gut so?
# @draft engine=argos package=fr_de/0.1 confidence=0.18 text=104b37b2
#. role: lead
#. under: Le port rouvre
#. length limit: 51
#: source/port.txt:3 source/port.txt:9
#, fuzzy
msgid "Le <1>port</1> de la ville a rouvert mardi<2/>, a annoncé le gouvernement, qui parle de « reprise »."
msgstr "Der <1>Hafen</1> der Stadt hat am Dienstag<2/> wieder geöffnet, so die Regierung, die von „Erholung“ spricht."

# @stale was=reviewed text=5b1c0a7f
#. role: paragraph
#: source/port.txt:5
#, fuzzy
#| msgid "Il était fermé depuis 3 jours."
msgid "Il était fermé depuis 4 jours."
msgstr "Er war seit 3 Tagen geschlossen."

#. role: paragraph
#: source/port.txt:7
msgid "Rien."
msgstr ""

#. role: paragraph
#: source/port.txt:8
msgid "Le port rouvre"
msgstr "Der Hafen geht auf: \\"C:\\\\dir\\"\\tund so."

# of a text that left
#, fuzzy
#~| msgid "Une ancienne phrase."
#~ msgid "Une phrase qui est partie."
#~ msgstr "Ein Satz, der ging."
"""


def facts(one: Catalog) -> dict[Any, Any]:
    """Return all that people and we know of a catalog."""
    return {
        (e.obsolete, e.msgctxt, e.msgid): (
            e.msgstr,
            tuple(sorted(e.msgstr_plural.items())),
            e.tcomment,
            e.comment,
            tuple(e.occurrences),
            tuple(sorted(e.flags)),
            e.previous_msgid or None,
            e.previous_msgctxt or None,
        )
        for e in one.file
    }


def read(path: Path) -> Catalog:
    made = store.load(path)
    assert made is not None
    return made


def units(one: Catalog) -> list[Unit]:
    return [Unit((e.msgctxt, e.msgid), (Role.PARAGRAPH,), (), (at,)) for at, e in enumerate(one.entries, 1)]


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    path = tmp_path / "port.po"
    path.write_text(OURS, encoding="utf-8")
    return path


@pytest.fixture
def gettext(tmp_path: Path) -> Callable[..., None]:
    """Return a function that runs a program of GNU gettext on a catalog, which it writes again."""

    def run(path: Path, name: str, *options: str | Path) -> None:
        tool = program(name)
        command = [tool, *options] if "-U" in options else [tool, *options, "-o", path, path]
        subprocess.run(command, check=True, capture_output=True, timeout=60)

    return run


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("msgcat", []),
        ("msgcat", ["--width=79"]),
        ("msgcat", ["--width=20"]),
        ("msgcat", ["--no-wrap", "--sort-output"]),
        ("msgcat", ["--indent"]),
        ("msgcat", ["--escape"]),
        ("msgattrib", []),
        ("msgattrib", ["--previous"]),
        ("msgconv", ["--to-code=UTF-8"]),
    ],
)
def test_gettext_rewrites_a_catalog(name: str, options: list[str], ours: Path, gettext: Callable[..., None]) -> None:
    before = facts(read(ours))
    gettext(ours, name, *options)
    if "--escape" in options:
        gettext(ours, "msgcat", "--no-escape")  # our own remedy
    assert facts(read(ours)) == before
    assert read(ours).file.header == "Two lines of a desk.\nCopyright of the desk."


@pytest.mark.parametrize(("selection", "left"), [("--only-fuzzy", 2), ("--no-fuzzy", 3), ("--untranslated", 1)])
def test_msgattrib_selects_and_msgcat_joins_again(
    selection: str, left: int, ours: Path, gettext: Callable[..., None]
) -> None:
    before = facts(read(ours))
    part = ours.with_name("part.po")
    shutil.copy(ours, part)
    gettext(part, "msgattrib", selection, "--no-obsolete")
    assert len(read(part).entries) == left
    subprocess.run(["msgcat", "--use-first", "-o", ours, part, ours], check=True, capture_output=True)
    assert facts(read(ours)) == before


def test_msgattrib_takes_a_review_away_and_gives_it(ours: Path, gettext: Callable[..., None]) -> None:
    gettext(ours, "msgattrib", "--clear-fuzzy", "--clear-previous", "--only-fuzzy")
    assert {state(e) for e in read(ours).entries} == {State.REVIEWED}
    gettext(ours, "msgattrib", "--set-fuzzy")
    assert {state(e) for e in read(ours).entries} == {State.DRAFT}


@pytest.mark.parametrize(
    "options", [["--previous"], ["--previous", "--no-fuzzy-matching"], ["-U", "--previous", "--backup=none"]]
)
def test_msgmerge_with_an_unchanged_template_changes_nothing(
    options: list[str], ours: Path, gettext: Callable[..., None]
) -> None:
    before = facts(read(ours))
    template = ours.with_suffix(".pot")
    made = read(ours)
    for e in list(made.file):
        e.msgstr, e.tcomment, e.flags, e.previous_msgid = "", "", [], None
        if e.obsolete:
            made.file.remove(e)
    template.write_bytes(store.serialise(made.file))
    if "-U" in options:
        gettext(ours, "msgmerge", *options, ours, template)
    else:
        copy = ours.with_name("copy.po")
        shutil.copy(ours, copy)
        subprocess.run(["msgmerge", *options, "-o", ours, copy, template], check=True, capture_output=True)
    assert facts(read(ours)) == before


def test_msgmerge_brings_a_catalog_up_and_we_go_on(ours: Path, msgfmt: Callable[[Path], str]) -> None:
    """It copies a draft to a text like its own; of what people wrote nothing is lost."""
    template, copy = ours.with_suffix(".pot"), ours.with_name("copy.po")
    texts = ["Le port rouvre", "Le port rouvre bientôt", "Rien du tout.", "Il était fermé depuis 5 jours."]
    body = "".join(f'\n#: source/port.txt:{at}\nmsgid "{text}"\nmsgstr ""\n' for at, text in enumerate(texts, 1))
    template.write_text(OURS[OURS.index('msgid ""') : OURS.index("#. role: headline")] + body, encoding="utf-8")
    shutil.copy(ours, copy)
    subprocess.run(["msgmerge", "--previous", "-o", ours, copy, template], check=True, capture_output=True)
    merged = read(ours)
    assert [e.msgid for e in merged.entries] == texts
    wanted = [Unit((None, text), (Role.PARAGRAPH,), (), (at,)) for at, text in enumerate(texts, 1)]
    done, _ = merge.merge(merged, wanted, "source/port.txt", NOW)
    store.save(done)
    everything = ours.read_text(encoding="utf-8")
    for words in ("Der Hafen öffnet", "Der <1>Hafen</1> der Stadt", "seit 3 Tagen", "Ein Satz, der ging.", "Eva: gut"):
        assert words in everything
    assert state(read(ours).entries[0]) is State.REVIEWED
    assert msgfmt(ours) == ""


def test_a_catalog_in_another_charset_names_the_command_that_converts_it(
    ours: Path, gettext: Callable[..., None]
) -> None:
    ours.write_text(OURS.replace("„", "»").replace("“", "«"), encoding="utf-8")
    before = facts(read(ours))
    gettext(ours, "msgconv", "--to-code=ISO-8859-1")
    with pytest.raises(CatalogError, match="not UTF-8") as caught:
        read(ours)
    assert caught.value.remedy == f"Convert it with: msgconv --to-code=UTF-8 -o {ours} {ours}"
    gettext(ours, "msgconv", "--to-code=UTF-8")
    assert facts(read(ours)) == before


POEDIT = """\
msgid ""
msgstr ""
"Project-Id-Version: port\\n"
"POT-Creation-Date: 2026-05-01 09:30+0000\\n"
"PO-Revision-Date: 2026-05-02 10:00+0200\\n"
"Last-Translator: Eva Muster <eva@example.org>\\n"
"Language-Team: German\\n"
"Language: de\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"X-Generator: Poedit 3.2.2\\n"
"X-Poedit-Basepath: ../../..\\n"
"X-Poedit-SourceCharset: UTF-8\\n"
"X-Poedit-Bookmarks: -1,2,-1,-1,-1,-1,-1,-1,-1,-1\\n"
"X-Poedit-SearchPath-0: .\\n"

# Von Eva
#. role: lead
#: source/port.txt:3 source/port.txt:9
#, fuzzy
#| msgid "Le <1>port</1> de la ville a rouvert lundi."
msgid ""
"Le <1>port</1> de la ville a rouvert mardi, a annoncé le gouvernement, qui "
"parle de « reprise »."
msgstr ""
"Der <1>Hafen</1> der Stadt hat am Montag wieder geöffnet, so die Regierung, "
"die von „Erholung“ spricht."

#. role: paragraph
#: source/port.txt:5
msgid "Rien."
msgstr "Nichts."

#, fuzzy
#~| msgid "Une ancienne phrase."
#~ msgid ""
#~ "Une phrase qui est partie et qui était assez longue pour que Poedit la "
#~ "coupe."
#~ msgstr "Ein Satz, der ging."
"""
WEBLATE = """\
# SOME DESCRIPTIVE TITLE.
# Copyright (C) YEAR THE PACKAGE'S COPYRIGHT HOLDER
# This file is distributed under the same license as the PACKAGE package.
#
# Translators:
# Eva Muster <eva@example.org>, 2026.
# "Tom \\"T.\\"" <tom@example.org>, 2026.
msgid ""
msgstr ""
"Project-Id-Version: port\\n"
"Report-Msgid-Bugs-To: \\n"
"POT-Creation-Date: 2026-05-01 09:30+0000\\n"
"PO-Revision-Date: 2026-05-02 08:12+0000\\n"
"Last-Translator: Eva Muster <eva@example.org>\\n"
"Language-Team: German <https://hosted.weblate.org/projects/desk/port/de/>\\n"
"Language: de\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=n != 1;\\n"
"X-Generator: Weblate 5.4-dev\\n"

#. Translators: keep it short
#. role: headline
#: source/port.txt:1
#, max-length:51, no-wrap
msgctxt "heading"
msgid "Le port rouvre"
msgstr "Der Hafen öffnet"

#. role: lead
#: source/port.txt:3
#, fuzzy, python-format
#| msgctxt "heading"
#| msgid ""
#| "Le port de la ville a rouvert lundi, a annoncé le gouvernement, qui parle "
#| "de reprise."
msgid "Le port de la ville a rouvert à 100 %, a annoncé le gouvernement."
msgstr ""
"Der Hafen der Stadt hat am Montag wieder geöffnet, so die Regierung, die von "
"Erholung spricht."

#: source/port.txt:5
msgid "Rien."
msgstr ""
"Nichts\\n"
"und\\n"
"nichts."
"""
VIRTAAL = """\
#.
msgid ""
msgstr ""
"Project-Id-Version: port\\n"
"Report-Msgid-Bugs-To: \\n"
"POT-Creation-Date: 2026-05-01 09:30+0000\\n"
"PO-Revision-Date: 2026-05-02 09:12+0200\\n"
"Last-Translator: Eva Muster <eva@example.org>\\n"
"Language-Team: LANGUAGE <LL@li.org>\\n"
"Language: de\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"X-Generator: Virtaal 0.7.1\\n"
"X-Project-Style: default\\n"

# (pofilter) endpunc: different punctuation at the end
#. role: paragraph
#: source/port.txt:5
#, fuzzy
msgid "Rien."
msgstr "Nichts"

#: \u2068source/le port.txt\u2069:6
msgid "Oui."
msgstr "Ja."

#~ msgid "Parti."
#~ msgstr "Fort."
"""
EDITORS = {"poedit": POEDIT, "weblate": WEBLATE, "virtaal": VIRTAAL}
LINE_ENDS: dict[str, Callable[[str], str]] = {
    "as it is": lambda text: text,
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "no end": lambda text: text.rstrip("\n"),
    "mark": lambda text: "\ufeff" + text,
}


@pytest.mark.parametrize("change", LINE_ENDS.values(), ids=LINE_ENDS)
@pytest.mark.parametrize("editor", EDITORS)
def test_catalogs_of_editors(
    editor: str, change: Callable[[str], str], tmp_path: Path, msgfmt: Callable[[Path], str]
) -> None:
    path = tmp_path / "port.po"
    path.write_text(change(EDITORS[editor]), encoding="utf-8", newline="")
    one = read(path)
    before, headers, comment = facts(one), dict(one.file.metadata), one.file.header
    assert not store.save(one)
    changed, told = merge.merge(one, units(one), "source/port.txt", NOW)
    assert told.kept == len(one.entries)
    assert not told.any
    changed.entries[-1].tcomment = "ours"
    assert store.save(changed)
    assert "error" not in msgfmt(path)
    again = read(path)
    assert again.file.metadata == headers
    assert again.file.header == comment
    after = facts(again)
    assert after.keys() == before.keys()
    for key, (words, plural, said, _, _, flags, previous, context) in before.items():
        last = key[1:] == (changed.entries[-1].msgctxt, changed.entries[-1].msgid)
        assert after[key][:2] == (words, plural)
        assert after[key][5:] == (flags, previous, context)
        assert last or after[key][2] == said


def test_what_the_samples_hold(tmp_path: Path) -> None:
    """The samples are what they are taken for: states, previous texts, headers."""
    found = {}
    for editor, text in EDITORS.items():
        path = tmp_path / f"{editor}.po"
        path.write_text(text, encoding="utf-8")
        one = read(path)
        found[editor] = [state(e) for e in one.entries]
        assert editor in one.file.metadata["X-Generator"].lower()
    assert found == {
        "poedit": [State.STALE, State.REVIEWED],
        "weblate": [State.REVIEWED, State.STALE, State.REVIEWED],
        "virtaal": [State.DRAFT, State.REVIEWED],
    }
    gone = read(tmp_path / "poedit.po").file.obsolete_entries()[0]
    assert gone.previous_msgid == "Une ancienne phrase."
    assert gone.msgid.endswith("assez longue pour que Poedit la coupe.")


def test_a_catalog_that_gettext_wrapped_and_an_editor_marked_is_left_as_it_is(ours: Path) -> None:
    for text in EDITORS.values():
        ours.write_text(text, encoding="utf-8")
        assert not store.save(read(ours))
        assert ours.read_text(encoding="utf-8") == text


@pytest.fixture
def toolkit() -> Callable[..., str]:
    if not (TOOLKIT / "pofilter").exists():
        if os.environ.get("CI"):
            pytest.fail("Translate Toolkit is missing: bash .ci/real")
        pytest.skip("Translate Toolkit is not there: bash .ci/real")

    def run(name: str, *options: str | Path) -> str:
        command = [TOOLKIT / name, *options]
        environment = {"PATH": os.defpath, "PYTHONUTF8": "1"}
        done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120, env=environment)
        assert "WARNING: Error" not in done.stderr, done.stderr
        return done.stdout

    return run


def words(one: Catalog) -> dict[Any, Any]:
    return {(e.msgctxt, e.msgid): (e.msgstr, state(e), e.previous_msgid or "") for e in one.entries}


def test_pofilter_and_pomerge(ours: Path, toolkit: Callable[..., str]) -> None:
    """What pofilter finds and a person mends there is merged back by pomerge."""
    before = read(ours)
    found = ours.with_name("found.po")
    toolkit("pofilter", "--progress=none", "-t", "numbers", "--fuzzy", "-i", ours, "-o", found)
    (one,) = read(found).entries
    assert "pofilter" in one.tcomment
    file = polib.pofile(str(found), wrapwidth=77)
    file[0].msgstr, file[0].flags = "Er war seit 4 Tagen geschlossen.", []
    file[0].previous_msgid = None
    file.save()
    toolkit("pomerge", "--progress=none", "-i", found, "-t", ours, "-o", ours.with_name("merged.po"))
    after = read(ours.with_name("merged.po"))
    changed = {key for key, value in words(after).items() if words(before)[key] != value}
    assert changed == {(None, "Il était fermé depuis 4 jours.")}
    assert state(after.entries[2]) is State.REVIEWED
    assert after.file.obsolete_entries()[0].msgstr == "Ein Satz, der ging."
    assert {e.msgid: e.tcomment for e in before.entries[:2]} == {e.msgid: e.tcomment for e in after.entries[:2]}


def test_pogrep_cuts_entries_out_and_pomerge_puts_them_back(ours: Path, toolkit: Callable[..., str]) -> None:
    part, whole = ours.with_name("part.po"), ours.with_name("whole.po")
    toolkit("pogrep", "--progress=none", "--search=target", "Hafen", "-i", ours, "-o", part)
    # It writes the header twice (3.20.4), which msgfmt refuses as we do.
    with pytest.raises(CatalogError, match="two headers"):
        read(part)
    part.write_text(
        part.read_text(encoding="utf-8").replace("Der Hafen öffnet", "Der Hafen ist offen"), encoding="utf-8"
    )
    toolkit("pomerge", "--progress=none", "-i", part, "-t", ours, "-o", whole)
    before = words(read(ours))
    changed = {key: value[0] for key, value in words(read(whole)).items() if before[key] != value}
    assert changed == {("heading", "Le port rouvre"): "Der Hafen ist offen"}


def test_pretranslate_fills_a_template_from_a_catalog(ours: Path, toolkit: Callable[..., str]) -> None:
    made = ours.with_name("made.po")
    fresh = ours.with_name("fresh.po")
    empty = read(ours)
    for e in list(empty.file):
        e.msgstr, e.tcomment, e.flags, e.previous_msgid = "", "", [], None
        if e.obsolete:
            empty.file.remove(e)
    fresh.write_bytes(store.serialise(empty.file))
    toolkit("pretranslate", "--progress=none", "-i", fresh, "-t", ours, "-o", made)
    reviewed = {key: value for key, value in words(read(ours)).items() if value[1] is State.REVIEWED}
    assert {key: words(read(made))[key] for key in reviewed} == reviewed
    assert all(value[1] is not State.REVIEWED for key, value in words(read(made)).items() if key not in reviewed)
