"""PO files on disk: what is refused, what is kept, and when nothing is written."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate import files
from translate.catalogs import provenance, store
from translate.catalogs.units import Unit
from translate.documents.model import Role
from translate.errors import CatalogError

HEAD = 'msgid ""\nmsgstr ""\n"Language: en\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n"X-Desk: 7\\n"\n\n'


def load(path: Path, body: str | bytes, head: str = HEAD) -> store.Catalog:
    path.write_bytes(head.encode() + (body.encode() if isinstance(body, str) else body))
    catalog = store.load(path)
    assert catalog is not None
    return catalog


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ('msgid "a"\nmsgstr "x\n', 8),
        ('msgid "a"\nmsgstr "x" y"\n', 8),
        ("hello\n", 7),
        ('msgstr "a"\n', 7),
        ('msgid "a"\nmsgstr[x] "a"\n', 8),
        (b'msgid "a"\nmsgstr "\xe9"\n', 8),
        ('msgid "a"\nmsgstr "x"\n\nmsgid "a"\nmsgstr "y"\n', 10),
        ('msgid "a"\nmsgstr "Gr\\303\\266"\n', 8),
        ('msgid "a"\nmsgstr "\\x41"\n', 8),
        ('msgid "a"\nmsgstr "\\e"\n', 8),
        ('msgid "a"\nmsgstr "x"\n\n#~ msgid "b"\n#~ msgstr "Gr\\303\\266"\n', 11),
        ('#| msgid "Gr\\303\\266"\nmsgid "a"\nmsgstr "x"\n', 7),
        ('msgid "a"\nmsgstr "x"\n\n#~ msgid "a"\n#~ msgstr "y"\n', 10),
    ],
)
def test_bad_catalogs_name_file_and_line(tmp_path: Path, body: str | bytes, line: int) -> None:
    path = tmp_path / "a.po"
    with pytest.raises(CatalogError) as caught:
        load(path, body)
    assert caught.value.where == f"{path}:{line}"
    assert caught.value.remedy


def test_remedies_are_true(tmp_path: Path) -> None:
    with pytest.raises(CatalogError) as numbers:
        load(tmp_path / "a.po", 'msgid "a"\nmsgstr "Gr\\303\\266"\n')
    assert "msgcat --no-escape" in numbers.value.remedy
    with pytest.raises(CatalogError, match="syntax error") as unknown:
        load(tmp_path / "a.po", 'msgid "a"\nmsgstr "\\e"\n')
    assert "msgcat" not in unknown.value.remedy


def test_a_catalog_in_another_charset_is_converted_by_gettext_where_it_says_which(tmp_path: Path) -> None:
    path = tmp_path / "a.po"
    body = b'\nmsgid "a"\nmsgstr "\xe9"\n'
    for head, remedy in (
        (HEAD.replace("UTF-8", "ISO-8859-1"), f"Convert it with: msgconv --to-code=UTF-8 -o {path} {path}"),
        (
            HEAD.replace("charset=UTF-8", "CHARSET=iso-8859-1"),
            f"Convert it with: msgconv --to-code=UTF-8 -o {path} {path}",
        ),
        (HEAD, "Mend that line"),
        ("", "Mend that line"),
    ):
        with pytest.raises(CatalogError) as caught:
            load(path, body, head)
        assert caught.value.remedy.startswith(remedy)
        assert caught.value.where == f"{path}:{head.count(chr(10)) + 3}"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_whatever_ends_them_and_named_once(tmp_path: Path, end: str) -> None:
    path = tmp_path / "a.po"
    with pytest.raises(CatalogError, match=r"the catalog has a syntax error: line 8$") as caught:
        load(path, 'msgid "a"\nmsgid "b"\n'.replace("\n", end), HEAD.replace("\n", end))
    assert caught.value.where == f"{path}:8"


def test_the_bell_of_gettext_is_read_and_kept(tmp_path: Path, msgfmt: Callable[[Path], str]) -> None:
    body = (
        '# \\a\n#| msgid "old \\a"\n#, fuzzy\nmsgid "\\a \\\\a \\\\\\a"\nmsgstr "x\\a"\n\n'
        '#~ msgid "b\\a"\n#~ msgstr "y"\n'
    )
    catalog = load(tmp_path / "a.po", body)
    one = catalog.entries[0]
    assert (one.tcomment, one.previous_msgid) == ("\\a", "old \a")
    assert (one.msgid, one.msgstr) == ("\a \\a \\\a", "x\a")
    assert catalog.file.obsolete_entries()[0].msgid == "b\a"
    assert not store.save(catalog)
    one.msgstr = "z\a"
    assert store.save(catalog)
    assert "error" not in msgfmt(catalog.path)
    again = store.load(catalog.path)
    assert again is not None
    assert (again.entries[0].msgid, again.entries[0].msgstr) == ("\a \\a \\\a", "z\a")


def test_two_headers_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match="two headers"):
        load(tmp_path / "a.po", HEAD)


@pytest.mark.parametrize("signs", ["\\\\303", "C:\\\\x", '\\"a\\"'])
def test_backslashes_and_quotes_are_no_numbers(tmp_path: Path, signs: str) -> None:
    text = load(tmp_path / "a.po", f'msgid "a"\nmsgstr "{signs}"\n').entries[0].msgstr
    assert text == signs.replace("\\\\", "\\").replace('\\"', '"')


@pytest.mark.parametrize("data", ["", "\n", "\ufeff", "# only a comment\n"])
def test_empty_catalogs_are_refused(tmp_path: Path, data: str) -> None:
    with pytest.raises(CatalogError, match="no header"):
        load(tmp_path / "a.po", "", head=data)


def test_no_file_is_no_catalog(tmp_path: Path) -> None:
    assert store.load(tmp_path / "none.po") is None


@pytest.mark.parametrize(
    "change", [lambda t: "\ufeff" + t, lambda t: t.replace("\n", "\r\n"), lambda t: t.replace("\n", "\r")]
)
def test_marks_and_line_ends_of_other_systems(tmp_path: Path, change: object) -> None:
    assert callable(change)
    catalog = load(tmp_path / "a.po", "", head=change(HEAD + 'msgid "a"\nmsgstr "x"\n'))
    assert catalog.entries[0].msgstr == "x"
    assert not store.save(catalog)
    catalog.entries[0].msgstr = "y"
    assert store.save(catalog)
    data = catalog.path.read_bytes()
    assert b"\r" not in data
    assert not data.startswith(b"\xef")


EVERYTHING = """# a note
#tight note
#. role: lead
#: source/a%20b.txt:3
#, fuzzy, c-format
#| msgctxt "old context"
#| msgid "old"
msgctxt "heading"
msgid "a \\"quoted\\" C:\\\\dir\\t."
msgstr "x\u2028y\\n"

# kept
#, fuzzy
#~| msgid "older"
#~ msgid "gone"
#~ msgstr "words"
"""


def test_everything_survives(tmp_path: Path) -> None:
    catalog = load(tmp_path / "a.po", EVERYTHING)
    catalog.file.metadata["Language"] = "de"
    assert store.save(catalog)
    again = store.load(catalog.path)
    assert again is not None
    entry = again.entries[0]
    assert (entry.tcomment, entry.comment) == ("a note\ntight note", "role: lead")
    assert entry.occurrences == [("source/a%20b.txt", "3")]
    assert sorted(entry.flags) == ["c-format", "fuzzy"]
    assert (entry.previous_msgctxt, entry.previous_msgid) == ("old context", "old")
    assert (entry.msgctxt, entry.msgid, entry.msgstr) == ("heading", 'a "quoted" C:\\dir\t.', "x\u2028y\n")
    gone = again.file.obsolete_entries()[0]
    assert (gone.tcomment, gone.previous_msgid, gone.msgstr) == ("kept", "older", "words")
    assert again.file.metadata["X-Desk"] == "7"
    assert not store.save(again)


def test_comments_belong_to_the_header_only_where_there_is_one(tmp_path: Path) -> None:
    entry = 'msgid "a"\nmsgstr "x"\n'
    without = load(tmp_path / "a.po", f"# of the entry\n{entry}", head="")
    assert (without.file.header, without.entries[0].tcomment) == ("", "of the entry")
    empty = load(tmp_path / "b.po", f'# of the header\nmsgid ""\nmsgstr ""\n\n{entry}', head="")
    assert (empty.file.header, empty.entries[0].tcomment) == ("of the header", "")


@pytest.mark.parametrize("said", ["text/plain; charset=utf-8", "text/x-gettext; charset=UTF-8"])
def test_a_charset_that_is_said_stays_as_it_is(tmp_path: Path, said: str) -> None:
    catalog = load(tmp_path / "a.po", 'msgid "a"\nmsgstr "x"\n', HEAD.replace("text/plain; charset=UTF-8", said))
    assert catalog.file.metadata["Content-Type"] == said


def test_bytes_that_would_be_the_same_are_not_written(tmp_path: Path) -> None:
    catalog = load(tmp_path / "a.po", '#: a.txt:3\nmsgid "a"\nmsgstr "x"\n')
    catalog.entries[0].msgstr = "y"
    assert store.save(catalog)
    before = catalog.path.stat()
    catalog.entries[0].occurrences = [["a.txt", 3]]
    assert store.save(catalog)
    after = catalog.path.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert not store.save(catalog)


def test_charset_is_said(tmp_path: Path) -> None:
    catalog = load(tmp_path / "a.po", 'msgid "a"\nmsgstr "é"\n', head="")
    assert catalog.file.metadata["Content-Type"] == "text/plain; charset=UTF-8"
    assert not store.save(catalog)


@pytest.mark.skipif(not shutil.which("msgcat") and not os.environ.get("CI"), reason="gettext is missing")
def test_wrapped_by_msgcat_is_not_written(tmp_path: Path) -> None:
    catalog = load(tmp_path / "a.po", f'msgid "{"mot " * 60}"\nmsgstr "{"word " * 60}"\n')
    wrapped = subprocess.run(["msgcat", "--width=60", catalog.path], check=True, capture_output=True).stdout
    catalog.path.write_bytes(wrapped)
    again = store.load(catalog.path)
    assert again is not None
    assert not store.save(again)
    assert catalog.path.read_bytes() == wrapped
    again.entries[0].msgstr += "more"
    assert store.save(again)
    assert f'msgid "{"mot " * 60}"\n' in catalog.path.read_text(encoding="utf-8")


def test_a_catalog_changed_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    catalog = load(tmp_path / "a.po", 'msgid "a"\nmsgstr "x"\n')
    theirs = catalog.path.read_bytes() + b"# theirs\n"
    catalog.path.write_bytes(theirs)
    catalog.entries[0].msgstr = "y"
    with pytest.raises(CatalogError, match="another program"):
        store.save(catalog)
    assert catalog.path.read_bytes() == theirs


WORD = st.text(st.characters(codec="utf-8"), max_size=12)


def test_entries_that_were_written_before_are_written_the_same(tmp_path: Path) -> None:
    path = tmp_path / "a.po"
    path.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        '#~ msgid "old"\n#~ msgstr "vieux"\n\nmsgid "one"\nmsgstr ""\n\n# note\nmsgid "two"\nmsgstr "deux"\n'
    )
    catalog = store.load(path)
    assert catalog is not None
    for words in ("un", "une", "un", 'l\'"un"\n'):
        catalog.file.find("one").msgstr = words
        catalog.file.find("two").flags = ["fuzzy"] * (words == "une")
        assert store.save(catalog)
        assert path.read_bytes() == store.serialise(catalog.file) == (str(catalog.file).rstrip("\n") + "\n").encode()
        again = store.load(path)
        assert again is not None
        assert again.file.find("one").msgstr == words


@given(st.dictionaries(st.sampled_from(["engine", "package", "origin"]), WORD), st.lists(WORD.filter(bool)), WORD)
def test_provenance_round_trip(facts: dict[str, str], doubts: list[str], words: str) -> None:
    made = provenance.Provenance(facts, 0.25, tuple(doubts), provenance.fingerprint(words))
    comment = provenance.with_line("a person's note", made.line())
    assert provenance.parse(comment) == made
    assert provenance.with_line(comment, made.line()) == comment
    assert provenance.without(comment) == "a person's note"


def test_references_keep_accents_and_encode_only_what_would_cut_them() -> None:
    entry = polib.POEntry(msgid="Oui")
    store.describe(entry, Unit((None, "Oui"), (Role.LEAD,), (), (3,)), "source/été 100 %/l'an.txt")
    assert entry.occurrences == [("source/été%20100%20%25/l'an.txt", "3")]


def test_what_a_template_says_of_a_text() -> None:
    unit = Unit(("heading", "Oui"), (Role.LEAD, Role.HEADLINE), ("Un titre", "Un autre"), (3, 9), 40)
    header = {"Content-Type": "text/plain; charset=UTF-8"}
    said = store.serialise(store.template([unit], "source/a b.txt", header)).decode()
    assert "#, fuzzy\n" in said.partition("\n\n")[0], "nobody has filled in the header of a template"
    assert said.partition("\n\n")[2] == (
        "#. role: lead, headline\n#. under: Un titre\n#. under: Un autre\n#. length limit: 40\n"
        '#: source/a%20b.txt:3 source/a%20b.txt:9\nmsgctxt "heading"\nmsgid "Oui"\nmsgstr ""\n'
    )
    entry = polib.POEntry(msgid="Oui")
    store.describe(entry, Unit((None, "Oui"), (Role.LEAD,), (), (3,)), "a.txt")
    assert entry.comment == "role: lead"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere files cannot change places")
def test_a_catalog_saved_at_the_last_moment_is_not_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    catalog = load(tmp_path / "a.po", 'msgid "a"\nmsgstr "x"\n')
    theirs = catalog.path.read_bytes() + b"# theirs\n"
    put = files._put

    def late(*arguments: object) -> None:
        catalog.path.write_bytes(theirs)
        put(*arguments)

    monkeypatch.setattr(files, "_put", late)
    catalog.entries[0].msgstr = "y"
    with pytest.raises(CatalogError, match="another program"):
        store.save(catalog)
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("a.po", theirs)]
