from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from lxml import etree

from tests.catalogs.interchange.strategies import terms
from translate.catalogs.interchange import tbx
from translate.catalogs.interchange.terms import Term
from translate.errors import GlossaryError

SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).with_name("tbx_basic.rng")))

VERSION_2 = """<?xml version="1.0" encoding="{codec}"?>
<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">
<martif type="TBX-Basic" xml:lang="en"><martifHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc></martifHeader>
<text><body><termEntry id="c1"><descrip type="subjectField">seismology</descrip><note>concept</note>
<langSet xml:lang="fr"><tig><term>séisme</term><termNote type="partOfSpeech">noun</termNote></tig>
  <ntig><termGrp><term>tremblement de <hi>terre</hi></term></termGrp></ntig></langSet>
<langSet xml:lang="en"><note>language</note>
  <tig><term>quake</term><termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></tig>
  <ntig><termGrp><term>earthquake</term><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termGrp></ntig>
  <tig><term>seism</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></tig></langSet>
</termEntry></body></text></martif>
"""
DCA = """<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"><tbxHeader/><text><body>
<conceptEntry id="c1"><note>concept</note>
<langSec xml:lang="fr"><termSec><term>séisme</term><termNote type="partOfSpeech">noun</termNote></termSec>
  <termSec><term>tremblement de terre</term></termSec></langSec>
<langSec xml:lang="en"><note>language</note>
  <termSec><term>quake</term><termNoteGrp><termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></termNoteGrp></termSec>
  <termSec><term>earthquake</term><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termSec>
  <termSec><term>seism</term><termNote type="administrativeStatus">supersededTerm-admn-sts</termNote></termSec></langSec>
</conceptEntry></body></text></tbx>
"""
DCT = """<tbx type="TBX-Basic" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed:3.0"
  xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic"><tbxHeader/><text><body>
<conceptEntry id="c1"><basic:subjectField>x</basic:subjectField><note>concept</note>
<langSec xml:lang="fr"><termSec><term>séisme</term><min:partOfSpeech>noun</min:partOfSpeech></termSec>
  <termSec><term>tremblement de terre</term></termSec></langSec>
<langSec xml:lang="en"><note>language</note>
  <termSec><term>quake</term><min:administrativeStatus>admittedTerm-admn-sts</min:administrativeStatus></termSec>
  <termSec><term>earthquake</term><min:administrativeStatus>preferredTerm-admn-sts</min:administrativeStatus></termSec>
  <termSec><term>seism</term><min:administrativeStatus>deprecatedTerm-admn-sts</min:administrativeStatus></termSec></langSec>
</conceptEntry></body></text></tbx>
"""


def written(some: Sequence[Term], folder: Path) -> Path:
    path = folder / "a.tbx"
    path.write_bytes(tbx.write(some, "fr"))
    return path


@settings(deadline=None)
@given(terms())
def test_what_is_written_is_valid_and_read_again(some: Sequence[Term]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = written(some, Path(folder))
        SCHEMA.assertValid(etree.parse(path))
        assert tbx.is_tbx(path.read_bytes())
        assert set(tbx.read(path, "fr")) == set(some)


def test_the_terms_of_one_text_are_one_concept(tmp_path: Path) -> None:
    some = [Term("séisme", "fr", "en", ("earthquake", "quake"), ("seism",)), Term("séisme", "fr", "de", ("Erdbeben",))]
    root = etree.parse(written(some, tmp_path)).getroot()
    (concept,) = root.iter("{*}conceptEntry")
    assert [one.get("{http://www.w3.org/XML/1998/namespace}lang") for one in concept.iter("{*}langSec")] == [
        "fr",
        "en",
        "de",
    ]


@pytest.mark.parametrize("text", [VERSION_2, DCA, DCT], ids=["version 2", "DCA", "DCT"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_every_dress_of_a_concept_is_read(text: str, codec: str, tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_bytes(text.replace("{codec}", codec).encode(codec))
    assert tbx.is_tbx(path.read_bytes())
    right = ("earthquake", "quake")
    assert tbx.read(path, "fr") == (
        Term("séisme", "fr", "en", right, ("seism",), "noun", note="concept\nlanguage"),
        Term("tremblement de terre", "fr", "en", right, ("seism",), note="concept\nlanguage"),
    )


def test_any_language_may_be_the_source(tmp_path: Path) -> None:
    path = tmp_path / "a.tbx"
    path.write_text(DCA)
    assert [(one.text, one.translations) for one in tbx.read(path, "en-GB")][1] == (
        "earthquake",
        ("séisme", "tremblement de terre"),
    )
    with pytest.raises(GlossaryError, match="languages in it: en, fr"):
        tbx.read(path, "it")


ENTITY = '<!DOCTYPE tbx [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + DCA.replace("séisme", "&e;")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (ENTITY, "entities"),
        (DCA[:-30], "broken XML"),
        ("<html/>", "no TBX"),
        (DCA.replace("<note>concept", "<note>@term roles=nowhere"), "no role"),
        (DCA.replace("<note>concept", "<note>@term from=2026"), "wrong"),
    ],
)
def test_what_cannot_be_read_is_refused(text: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "a.tbx"
    path.write_text(text)
    with pytest.raises(GlossaryError, match=told):
        tbx.read(path, "fr")


def test_case_roles_and_days_are_in_a_note_of_ours(tmp_path: Path) -> None:
    term = Term("Sénat", "fr", "en", ("Senate",), cased=True, roles=("lead",), since=dt.date(2026, 1, 2))
    data = written([term], tmp_path).read_text()
    assert "<note>@term case=yes roles=lead from=2026-01-02</note>" in data
