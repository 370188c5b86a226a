"""XLIFF 1.2: what goes out, and what other tools make of it."""

from __future__ import annotations

import pytest
from lxml import etree

from tests.catalogs.interchange.catalogs import catalog, entry, out, returned
from translate.catalogs.interchange import xliff, xliff1
from translate.catalogs.states import State

SPACES = {"x": "urn:oasis:names:tc:xliff:document:1.2"}
HEAD = '<file original="port" source-language="fr" target-language="de" datatype="plaintext">'


def units(body: str, version: str = "1.2") -> list[tuple[str, str, State | None]]:
    space = f"urn:oasis:names:tc:xliff:document:{version}"
    data = f'<xliff xmlns="{space}" version="{version}">{HEAD}<body>{body}</body></file></xliff>'
    return [(one.source, one.target, one.state) for one in returned(data.encode())]


def unit(inner: str, attributes: str = "") -> tuple[str, str, State | None]:
    (one,) = units(f'<trans-unit id="u1" {attributes}><source>a</source>{inner}</trans-unit>')
    return one


def test_what_goes_out() -> None:
    one = entry("Le <1>port</1><2/>.", "Der <1>Hafen</1><2/>.", State.STALE, previous="Le <1>quai</1>.", note="why?")
    made = entry("Oui.", "Ja.", State.DRAFT, drafted=True)
    root = etree.fromstring(xliff1.dump(out(catalog(one, made, entry("Bon."), entry("Fin.", "Ende.", State.REVIEWED)))))

    def texts(path: str) -> list[str]:
        return [str(found) for found in root.xpath(path, namespaces=SPACES)]

    fuzzy = "needs-review-translation"
    states = texts("//x:trans-unit/x:target/@state")
    assert states == [fuzzy, fuzzy, "needs-translation", "signed-off"]
    assert texts("//x:target/@state-qualifier") == ["x-stale", "mt-suggestion"]
    assert texts("//x:trans-unit[@approved='yes']/x:source/text()") == ["Fin."]
    assert texts("//@maxwidth") == ["51"] * 4
    assert texts("//x:note[@from='translator']/text()") == ["why?"]
    assert texts("//x:alt-trans[@alttranstype='previous-version']/x:source//text()") == ["Le ", "quai", "."]
    assert texts("//x:trans-unit/x:target/x:g/@id") == ["1"]


@pytest.mark.parametrize(
    ("approved", "state", "said"),
    [
        ("yes", "", State.REVIEWED),
        ("yes", "signed-off", State.REVIEWED),
        ("yes", "translated", State.REVIEWED),
        ("yes", "needs-review-translation", State.DRAFT),
        ("yes", "new", State.DRAFT),
        ("no", "signed-off", State.DRAFT),
        ("", "final", State.REVIEWED),
        ("", "translated", State.DRAFT),
        ("", "needs-l10n", State.DRAFT),
        ("", "", None),
    ],
)
def test_states(approved: str, state: str, said: State | None) -> None:
    given = f'state="{state}"' if state else ""
    assert unit(f"<target {given}>b</target>", f'approved="{approved}"' if approved else "")[1:] == ("b", said)


def test_codes_in_the_ways_tools_write_them() -> None:
    inner = (
        '<seg-source><mrk mtype="seg" mid="1">a</mrk></seg-source><target state="final"><mrk mtype="seg" mid="1">'
        '<bx id="5" rid="1"/>A<ex id="6" rid="1"/> <bpt id="2">{b}</bpt>B<ept id="2">{/b}</ept></mrk> '
        '<mrk mtype="seg" mid="2">C<ph id="3">{br}</ph><it id="4" pos="open">x</it>D<it id="4" pos="close">x</it></mrk>'
        "</target>"
    )
    assert unit(inner)[1] == "<1>A</1> <2>B</2> C<3/><4>D</4>"


def test_groups_and_version_1_1() -> None:
    body = (
        '<group id="g"><group><trans-unit id="u1"><source>a</source><target state="final">b</target></trans-unit>'
        '</group></group><trans-unit id="u2"><source>c</source></trans-unit>'
    )
    wanted = [("a", "b", State.REVIEWED), ("c", "", State.UNTRANSLATED)]
    assert units(body) == units(body, "1.1") == wanted


def test_a_source_copied_into_the_target_is_no_translation() -> None:
    assert unit('<target state="needs-translation">a</target>')[1] == ""
    assert unit('<target state="final">a</target>')[1] == "a"


def test_the_person_is_the_contact_of_the_last_phase() -> None:
    phases = (
        '<header><phase-group><phase phase-name="t" process-name="translation" contact-name="Eva"/>'
        '<phase phase-name="r" process-name="review" contact-name="Tom" contact-email="tom@example.org"/>'
        "</phase-group></header>"
    )
    data = f'<xliff version="1.2">{HEAD}{phases}<body/></file></xliff>'
    assert [batch.person for batch in xliff.load(data.encode(), "x")] == ["Tom <tom@example.org>"]
