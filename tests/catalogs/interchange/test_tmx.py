"""TMX: what goes out comes back, and what other tools wrote is read."""

from __future__ import annotations

import io
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from translate.catalogs.interchange import tmx
from translate.catalogs.interchange.pairs import Place, TranslatedPair
from translate.errors import MemoryFileError

OTHERS = """<?xml version="1.0" encoding="UTF-16"?>
<!DOCTYPE tmx SYSTEM "tmx11.dtd">
<tmx version="1.1"><header creationtool="OmegaT" srclang="EN-US"/>
<body>
 <tu creationid="bob" creationdate="20200102T030405Z"><note>n</note>
  <tuv xml:lang="EN-US"><seg>Hello <bpt i="1" x="1">&lt;b&gt;</bpt>big<ept i="1"/> <hi>world</hi></seg></tuv>
  <tuv lang="FR-fr"><seg>Bonjour <bpt i="1" x="1">&lt;b&gt;</bpt>grand<ept i="1">&lt;/b&gt;</ept>
      <hi>monde</hi></seg></tuv>
  <tuv xml:lang="de_CH" changeid="Eva"><seg>Hallo Welt<ph>x</ph></seg></tuv>
 </tu>
 <tu><tuv xml:lang="EN"><seg>no French</seg></tuv></tu>
 <tu><tuv xml:lang="FR"><seg/></tuv><tuv xml:lang="EN"><seg>empty</seg></tuv></tu>
</body></tmx>"""


def back(tmp_path: Path, *pairs: TranslatedPair) -> list[TranslatedPair]:
    path = tmp_path / "m.tmx"
    with path.open("wb") as stream:
        assert tmx.write(stream, "fr", pairs) == len(pairs)
    return list(tmx.read(path, "fr"))


def test_what_other_tools_wrote(tmp_path: Path) -> None:
    path = tmp_path / "omegat.tmx"
    path.write_bytes(OTHERS.encode("utf-16"))
    english, german = tmx.read(path, "fr")
    assert (english.source, english.translation) == ("Bonjour <1>grand</1> monde", "Hello <1>big</1> world")
    assert (english.language, english.reviewer, english.date) == ("EN-US", "bob", "2020-01-02T03:04:05+00:00")
    # The two sides do not have the same codes: the words stay.
    assert (german.source, german.translation) == ("Bonjour grand monde", "Hallo Welt")
    assert (german.language, german.reviewer) == ("de-CH", "Eva")
    assert german.place == Place("omegat.tmx")


TEXTS = st.lists(
    st.sampled_from(["mot", "l'été", "<1>", "</1>", "<2/>", "&", "<", "]]>", "\x01", "\ufffe", "😀", " "]),
    min_size=1,
    max_size=9,
).map(lambda parts: " ".join("".join(parts).split()) or "x")


@given(TEXTS, st.sampled_from(["", "2026-05-01T09:30:00+00:00"]), TEXTS)
def test_what_goes_out_comes_back(tmp_path_factory: pytest.TempPathFactory, text: str, date: str, name: str) -> None:
    name = "".join(sign for sign in name if sign.isprintable())
    place = Place(name.strip() or "d", "heading", "cross-head, caption", "beef")
    pair = TranslatedPair(text, text, "fr", "en", place, name.strip(), date)
    found = back(tmp_path_factory.mktemp("t"), pair)
    well_formed = text.count("<1>") == text.count("</1>")
    if well_formed and tmx.fault(text, text) is None:
        assert found == [pair]
    else:
        # Codes that are wrong go; what has no words beside them is no pair.
        words = " ".join(tmx.without_tags(text).split())
        assert [one.source for one in found] in ([words] if words else [], [text])


def test_it_is_valid_by_the_rules_of_tmx(tmp_path: Path) -> None:
    """The content model of TMX 1.4b, as far as it concerns what is written here."""
    dtd = etree.DTD(
        io.StringIO("""
        <!ELEMENT tmx (header, body)> <!ATTLIST tmx version CDATA #FIXED "1.4">
        <!ELEMENT header EMPTY>
        <!ATTLIST header creationtool CDATA #REQUIRED creationtoolversion CDATA #REQUIRED
            segtype (block|paragraph|sentence|phrase) #REQUIRED o-tmf CDATA #REQUIRED adminlang CDATA #REQUIRED
            srclang CDATA #REQUIRED datatype CDATA #REQUIRED>
        <!ELEMENT body (tu*)> <!ELEMENT tu (prop*, tuv+)> <!ELEMENT prop (#PCDATA)>
        <!ATTLIST prop type CDATA #REQUIRED>
        <!ELEMENT tuv (seg)> <!ATTLIST tuv xml:lang CDATA #REQUIRED changedate CDATA #IMPLIED changeid CDATA #IMPLIED>
        <!ELEMENT seg (#PCDATA|bpt|ept|ph)*>
        <!ELEMENT bpt (#PCDATA)> <!ATTLIST bpt i CDATA #REQUIRED x CDATA #IMPLIED>
        <!ELEMENT ept (#PCDATA)> <!ATTLIST ept i CDATA #REQUIRED>
        <!ELEMENT ph (#PCDATA)> <!ATTLIST ph x CDATA #IMPLIED type CDATA #IMPLIED>
        """)
    )
    back(
        tmp_path,
        TranslatedPair(
            "un <1>mot</1><2/>", "a <1>word</1><2/>", "fr", "en", Place("a"), "Ann", "2026-05-01T09:30:00+00:00"
        ),
    )
    tree = etree.parse(tmp_path / "m.tmx")
    assert dtd.validate(tree), dtd.error_log


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"<html/>", "is no TMX"),
        (b"<tmx version='1.4'><body><tu>", "well-formed"),
        (b"", "well-formed"),
        (b"\xff\xfe\x00", "well-formed"),
    ],
)
def test_what_is_no_tmx_is_refused(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "bad.tmx"
    path.write_bytes(data)
    with pytest.raises(MemoryFileError, match=message) as caught:
        list(tmx.read(path, "fr"))
    assert str(path) in str(caught.value.where)


def test_no_file_of_this_machine_is_read_in(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    path = tmp_path / "evil.tmx"
    path.write_text(
        f'<!DOCTYPE tmx [<!ENTITY x SYSTEM "{(tmp_path / "secret").as_uri()}">]><tmx version="1.4"><header/><body><tu>'
        '<tuv xml:lang="fr"><seg>a &x;</seg></tuv><tuv xml:lang="en"><seg>b</seg></tuv></tu></body></tmx>'
    )
    assert not any("secret" in pair.source for pair in tmx.read(path, "fr"))


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    def most(count: int) -> int:
        back(tmp_path)
        with (tmp_path / "m.tmx").open("wb") as stream:
            tmx.write(stream, "fr", (TranslatedPair(f"Phrase {n}", f"Text {n}", "fr", "en") for n in range(count)))
        tracemalloc.start()
        assert sum(1 for _ in tmx.read(tmp_path / "m.tmx", "fr")) == count
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return peak

    assert most(8_000) < most(1_000) + 500_000
