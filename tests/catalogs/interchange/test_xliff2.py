"""XLIFF 2: what goes out, and what other tools make of it."""

from __future__ import annotations

import pytest
from lxml import etree

from tests.catalogs.interchange.catalogs import catalog, entry, judged, out, returned
from translate.catalogs.interchange import xliff, xliff2
from translate.catalogs.states import State
from translate.errors import CatalogError

SPACES = {"x": "urn:oasis:names:tc:xliff:document:2.0", "slr": "urn:oasis:names:tc:xliff:sizerestriction:2.0"}
SOURCE, TARGET = "Le <1>port</1> rouvre<2/>.", "Der <1>Hafen</1> öffnet<2/>."
HEAD = (
    '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="fr" trgLang="de">'
    '<file id="f1" original="port">'
)


def units(body: str, head: str = HEAD) -> list[tuple[str, str, State | None]]:
    data = f"{head}{body}</file></xliff>".encode()
    return [(one.source, one.target, one.state) for one in returned(data)]


def unit(inner: str) -> tuple[str, str, State | None]:
    (one,) = units(f'<unit id="u1">{inner}</unit>')
    return one


def test_what_goes_out() -> None:
    one = entry(SOURCE, TARGET, State.STALE, previous="Le <1>port</1> ouvre.", note="why?", drafted=True)
    root = etree.fromstring(xliff2.dump(out(catalog(one))))

    def texts(path: str) -> list[str]:
        return [str(found) for found in root.xpath(path, namespaces=SPACES)]

    assert texts("//x:segment/@state") == ["initial"]
    assert texts("//x:segment/@subState") == ["desk:stale"]
    assert texts("//@slr:sizeRestriction") == ["51"]
    assert texts("//x:note[@category='translator']/text()") == ["why?"]
    said = texts("//x:note[@category='developer']/text()")
    assert said[:4] == ["role: lead", "under: Le port", "length limit: 51", "source/port.txt:3"]
    assert said[4].startswith("@draft engine=argos confidence=0.50")
    assert texts("//x:segment/x:source//@id") == texts("//x:segment/x:target//@id") == ["1", "2"]
    data = texts("//x:data/text()")
    assert sorted(data) == ["</1>", "<1>", "<2/>"]
    assert set(texts("//@dataRef | //@dataRefStart | //@dataRefEnd")) == set(texts("//x:data/@id"))
    assert texts("//*[local-name()='match']/x:source/text()") == ["Le ", " ouvre."]


@pytest.mark.parametrize(
    ("state", "said"), [("reviewed", State.REVIEWED), ("final", State.REVIEWED), ("translated", State.DRAFT)]
)
def test_states(state: str, said: State) -> None:
    assert unit(f'<segment state="{state}"><source>a</source><target>b</target></segment>') == ("a", "b", said)


def test_a_state_that_is_not_said_is_unknown() -> None:
    assert unit("<segment><source>a</source><target>b</target></segment>") == ("a", "b", None)


def test_split_segments_are_joined_and_the_least_of_their_states_counts() -> None:
    split = (
        '<segment id="s1" state="final"><source>Un <sc id="1"/>mot. </source><target>Ein <sc id="1"/>Wort. </target>'
        "</segment><ignorable><source> \u00a0</source></ignorable>"
        '<segment id="s2" state="{}"><source>Deux<ec startRef="1"/>.</source><target>Zwei<ec startRef="1"/>.</target>'
        "</segment>"
    )
    source, target = "Un <1>mot.  \u00a0Deux</1>.", "Ein <1>Wort.  \u00a0Zwei</1>."
    assert unit(split.format("final")) == (source, target, State.REVIEWED)
    assert unit(split.format("translated")) == (source, target, State.DRAFT)


def test_a_unit_of_which_a_part_is_untranslated_is_a_draft() -> None:
    both = '<segment state="final"><source>a. </source><target>A. </target></segment>'
    assert unit(f"{both}<segment><source>b</source></segment>") == ("a. b", "A. ", State.DRAFT)


def test_segments_whose_order_was_changed() -> None:
    inner = (
        '<segment state="final"><source>a</source><target order="3">A</target></segment>'
        "<ignorable><source>-</source></ignorable>"
        '<segment state="final"><source>b</source><target order="1">B</target></segment>'
    )
    assert unit(inner) == ("a-b", "B-A", State.REVIEWED)


def test_marks_comments_and_foreign_elements_are_not_words() -> None:
    inner = (
        "<!-- c --><segment state='final'><source>Un <mrk id='m1' type='term'>mot</mrk>.</source>"
        "<target>Ein <mrk id='m1' type='comment' value='x'>Wort<!-- c --></mrk><sm id='m2'/>!<em startRef='m2'/>"
        "<?pi?><ph id='x-own'/></target></segment>"
    )
    assert unit(inner) == ("Un mot.", "Ein Wort!", State.REVIEWED)


def test_groups_other_attributes_and_other_prefixes() -> None:
    data = (
        '<q:xliff trgLang="de" srcLang="fr" version="2.0" xmlns:q="urn:oasis:names:tc:xliff:document:2.0">'
        '<q:file original="port" id="f1"><q:group id="g1"><q:group id="g2"><q:unit x="1" xmlns="" id="u1">'
        '<q:segment state="final"><q:source>a<q:ph canDelete="no" id="1"/></q:source>'
        '<q:target>b<q:ph id="1"/></q:target></q:segment></q:unit></q:group></q:group></q:file></q:xliff>'
    )
    assert [(one.source, one.target) for one in returned(data.encode())] == [("a<1/>", "b<1/>")]


@pytest.mark.parametrize("version", ["2.0", "2.2"])
def test_the_versions_before_and_after(version: str) -> None:
    head = HEAD.replace("document:2.0", f"document:{version}").replace('"2.1"', f'"{version}"')
    body = '<unit id="u"><segment state="final"><source>a</source><target>b</target></segment></unit>'
    assert units(body, head) == [("a", "b", State.REVIEWED)]


def test_a_source_copied_into_the_target_is_no_translation() -> None:
    assert unit('<segment state="initial"><source>a</source><target>a</target></segment>')[1] == ""
    assert unit('<segment state="final"><source>Berlin</source><target>Berlin</target></segment>')[1] == "Berlin"


@pytest.mark.parametrize("hexadecimal", ["D800", "110000", "zz", "-1", ""])
def test_code_points_that_no_text_can_hold(hexadecimal: str) -> None:
    inner = f'<segment><source>a</source><target>b<cp hex="{hexadecimal}"/></target></segment>'
    assert unit(inner)[1] == "b\ufffd"


def test_the_person_is_named_by_its() -> None:
    head = HEAD.replace("<file", '<file xmlns:its="http://www.w3.org/2005/11/its" its:person="Eva"')
    assert [b.person for b in xliff.load(f"{head}<unit id='u'/></file></xliff>".encode(), "x")] == ["Eva"]
    head = head.replace("its:person", 'its:revPerson="Tom" its:person')
    assert [b.person for b in xliff.load(f"{head}<unit id='u'/></file></xliff>".encode(), "x")] == ["Tom"]


BOMB = '<!DOCTYPE x [<!ENTITY a "b">]>'
SECRET = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (f"{BOMB}{HEAD}<unit id='u'><segment><source>&a;</source></segment></unit></file></xliff>", "DOCTYPE"),
        (f"{SECRET}{HEAD}<unit id='u'><segment><source>&a;</source></segment></unit></file></xliff>", "DOCTYPE"),
        (f"{HEAD}<unit></file></xliff>", "not well-formed"),
        ("", "not well-formed"),
        ("<tmx/>", "no XLIFF"),
        ("\x00\x01", "not well-formed"),
    ],
)
def test_what_is_refused(data: str, problem: str) -> None:
    with pytest.raises(CatalogError, match=problem) as caught:
        xliff.load(data.encode(), "a.xlf")
    assert caught.value.where.startswith("a.xlf")
    assert caught.value.remedy


def test_tags_that_cannot_be_elements_stay_text() -> None:
    one = entry("Un <1>mot</1>.", "<1>a <1>b</1> <7/></1>", State.DRAFT)
    data = xliff2.dump(out(catalog(one)))
    assert judged("2", data) == ""
    assert b"&lt;7/&gt;" in data
    assert [made.target for made in returned(data)] == ["<1>a <1>b</1> <7/></1>"]
