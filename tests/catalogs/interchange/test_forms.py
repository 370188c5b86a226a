"""What every form of exchange must do: nothing is lost on the way out and back, whatever the words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.catalogs.interchange.catalogs import FORMS, catalog, entry, exchanged, judged, out
from translate.catalogs import store
from translate.catalogs.interchange import xliff1, xliff2
from translate.catalogs.interchange.sheets import sheet
from translate.catalogs.states import State, state
from translate.catalogs.store import Catalog
from translate.documents.codes import fault

LAYOUTS = (
    "{}{}{}{}",
    "{}<1>{}</1>{}{}",
    "{}<1/>{}<2/>{}{}",
    "{}<1>{}<2/></1>{}<3><4>{}</4></3>",
    "{}<3><4>{}</4></3>{}<2/><1>{}</1>",
    "</1>{}<1>{}</2>{}<1><1/>{}",
    "<1>{}<2>{}</1>{}</2>{}",
)
# What spreadsheets and XML take for something else, and what hypothesis would seldom find.
ODD = st.sampled_from(
    ["=1+1", "+49", "-5", "- Oui.", "@SUM(A1)", "'quoted'", "'=x", "''", "007", "1e5", "#N/A", "TRUE", "<b>&amp;</b>",
     "]]>", "a\x00b", "\x1b", "\x85\u2028", "\ufffe", "_x0041_", "_x005F_", " x ", "\ta\n", "a\r\nb\r", "\ufeff",
     "&#13;", '"', ";", ",", "\u00a0!", "𝕏", "<1>", "</1>", "<9/>", "%s", "\\n"]
)  # fmt: skip
WORDS = ODD | st.text(st.characters(codec="utf-8"), max_size=8)


@st.composite
def texts(draw: st.DrawFn) -> str:
    return draw(st.sampled_from(LAYOUTS)).format(*(draw(WORDS) for _ in range(4)))


@st.composite
def entries(draw: st.DrawFn) -> dict[str, tuple[str, State, str]]:
    """Draw the translations of some sources: words, state, previous source."""
    made = {}
    for source in draw(st.lists(texts().filter(lambda text: text.strip()), min_size=1, max_size=3, unique=True)):
        words = draw(texts())
        if not words.strip():
            made[source] = ("", State.UNTRANSLATED, "")
            continue
        was = draw(st.sampled_from([State.DRAFT, State.STALE, State.REVIEWED]))
        if fault(source, words) and was is State.REVIEWED:
            was = State.DRAFT
        made[source] = (words, was, draw(texts().filter(bool)) if was is State.STALE else "")
    return made


def facts(one: Catalog) -> list[tuple[str, str, State, str | None]]:
    return [(e.msgid, e.msgstr, state(e), e.previous_msgid or "") for e in one.entries]


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=80, deadline=None)
@given(entries())
def test_a_fresh_catalog_becomes_the_one_that_went_out(form: str, made: dict[str, tuple[str, State, str]]) -> None:
    sent = catalog(*(entry(source, *facts[:2], previous=facts[2]) for source, facts in made.items()))
    received = catalog(*(entry(source) for source in made))
    exchanged(form, sent, received)
    assert facts(received) == facts(sent)


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=50, deadline=None)
@given(entries())
def test_what_comes_back_as_it_went_changes_nothing(form: str, made: dict[str, tuple[str, State, str]]) -> None:
    sent = catalog(*(entry(source, *facts[:2], previous=facts[2]) for source, facts in made.items()))
    before = store.serialise(sent.file)
    result = exchanged(form, sent, sent)
    assert store.serialise(sent.file) == before
    assert (result.unchanged, result.troubles) == (len(made), [])


@pytest.mark.parametrize(("version", "dump"), [("2", xliff2.dump), ("1.2", xliff1.dump)])
@settings(max_examples=50, deadline=None)
@given(entries(), st.text(st.characters(codec="utf-8"), max_size=8))
def test_the_schemas_of_oasis_accept_every_file(
    version: str, dump: object, made: dict[str, tuple[str, State, str]], note: str
) -> None:
    assert callable(dump)
    some = [entry(source, *facts[:2], previous=facts[2], note=note) for source, facts in made.items()]
    assert judged(version, dump(out(catalog(*some, entry("Un <1>mot</1>."))))) == ""


def test_the_schemas_refuse_what_is_wrong() -> None:
    for version, dump in (("2", xliff2.dump), ("1.2", xliff1.dump)):
        data = dump(out(catalog(entry("Un <1>mot</1>.", "Ein <1>Wort</1>.", State.DRAFT))))
        assert judged(version, data) == ""
        assert judged(version, data.replace(b'state="', b'state="un')) != ""
        assert judged(version, data.replace(b"source>", b"sauce>")) != ""


@pytest.mark.parametrize("form", FORMS)
def test_the_same_catalog_is_the_same_file(form: str) -> None:
    dump, _ = FORMS[form]
    one = catalog(entry("Un mot.", "Ein Wort.", State.REVIEWED, note="a note"))
    assert dump(out(one)) == dump(out(one))


@pytest.mark.parametrize("form", FORMS)
def test_notes_of_people_come_back_once(form: str) -> None:
    sent = catalog(entry("Un mot.", "Ein Wort.", State.DRAFT, note="Eva: why?\nTom: see there", drafted=True))
    received = catalog(entry("Un mot.", note="Eva: why?"))
    exchanged(form, sent, received)
    people = [line for line in received.entries[0].tcomment.split("\n") if not line.startswith("@")]
    assert people == ["Eva: why?", "Tom: see there"]
    before = store.serialise(received.file)
    exchanged(form, sent, received)
    assert store.serialise(received.file) == before


@pytest.mark.parametrize("form", ["xliff2", "xliff1"])
def test_provenance_goes_out_and_comes_back(form: str) -> None:
    sent = catalog(entry("Un mot.", "Ein Wort.", State.DRAFT, drafted=True))
    received = catalog(entry("Un mot."))
    exchanged(form, sent, received)
    assert received.entries[0].tcomment == sent.entries[0].tcomment


@pytest.mark.parametrize("form", FORMS)
def test_equal_words_in_two_contexts_are_two_entries(form: str) -> None:
    sent = catalog(entry("Oui", "Ja", State.REVIEWED, context="heading"), entry("Oui", "Doch", State.DRAFT))
    received = catalog(entry("Oui"), entry("Oui", context="heading"))
    exchanged(form, sent, received)
    assert [(e.msgctxt, e.msgstr) for e in received.entries] == [(None, "Doch"), ("heading", "Ja")]


@pytest.mark.parametrize("form", FORMS)
def test_a_document_with_accents_in_a_folder(form: str) -> None:
    dump, load = FORMS[form]
    (batch,) = load(dump(sheet(catalog(entry("a")), "été/n#1 & co", "fr", "de-CH")), "x")
    assert (batch.document, batch.language) == ("été/n#1 & co", "de-CH")
