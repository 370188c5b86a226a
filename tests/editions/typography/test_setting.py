"""What typography changes, what it never touches, and that it does not change its own work."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from tests.editions.typography import examples
from translate.documents.codes import TAG
from translate.editions.typography import setting
from translate.editions.typography.bare import bare
from translate.editions.typography.locales import style
from translate.editions.typography.policy import RULES, House
from translate.editions.typography.setting import set_all, set_in

HOUSE = House()
ROWS = [(locale, *row) for locale, rows in examples.table().items() for row in rows]
LOCALES = ("en-US", "en-GB", "de-DE", "de-CH", "de-AT", "fr-FR", "fr-CH", "fr-CA", "it", "sv", "nl", "ja", "ru")
NO_SHARP_S = [one for one in LOCALES if one != "de-CH"]
LOCKED = (
    "https://a.org/b'c--d?e=1...5", "desk@example.org", "acte--2.txt", "@desk", "#noël", "a_b'c", "v1.2.3",
    "2024-05-12",
    "`x = 'y'`", "+41 22 555 00 00", "<2/>", "photo.jpg", "{name}", "/usr/share/x", "A320-200", "12.05.2024",
    "x--y@a.org", "www.a--b.org", "@a--b", "/usr/x--y/z", "&amp;", "<a title='x'>", "{l'a}", "x='y'", "f('x')",
    "Tel: 1 234 567",
)  # fmt: skip
PIECES = st.sampled_from(
    [
        *'"\'“”„‘’‚«»‹›.,;:!?-–—()[]%€$ß/', *(" " * 8), "\u00a0", "\u202f", "...", "--", " - ", " : ", "« ", " »",
        "mot", "l'ami", "Straße", "n", "s", "5", "10", "000", "1.234", "1 234 567", "3,5 km", "<1>", "</1>", "<2/>",
        "7 December", "14:30", "million", "James'", "'90s", "https://a.org", "5'10\"", "\u2029", "\ufffc",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=24).map("".join) | st.text(max_size=40)


@pytest.mark.parametrize(("locale", "before", "after"), ROWS)
def test_the_table(locale: str, before: str, after: str) -> None:
    assert set_in(before, locale, HOUSE) == after
    assert set_in(after, locale, HOUSE) == after


@pytest.mark.parametrize(("short", "full"), [("en", "en-US"), ("de", "de-DE"), ("fr", "fr-FR"), ("de-LI", "de-CH")])
def test_a_language_without_a_region_is_set_as_its_largest(short: str, full: str) -> None:
    for before, after in examples.table()[full]:
        assert set_in(before, short, HOUSE) == after


@settings(max_examples=500, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=3), st.sampled_from(LOCALES))
def test_what_is_set_stays_as_it_is(texts: list[str], locale: str) -> None:
    once = set_all(texts, locale, HOUSE)
    assert len(once) == len(texts)
    assert set_all(once, locale, HOUSE) == once


@settings(max_examples=500, deadline=None)
@given(TEXTS, st.sampled_from(NO_SHARP_S))
def test_letters_figures_and_tags_keep_their_order(text: str, locale: str) -> None:
    made = set_in(text, locale, HOUSE)
    assert [sign for sign in made if sign.isalnum()] == [sign for sign in text if sign.isalnum()]
    assert TAG.findall(made) == TAG.findall(text)


@settings(max_examples=500, deadline=None)
@given(TEXTS, st.sampled_from(["de-CH", "de-LI"]))
def test_swiss_letters_are_the_same_but_for_sharp_s(text: str, locale: str) -> None:
    def plain(one: str) -> str:
        return re.sub(r"[\W_]", "", one.replace("ß", "ss").replace("ẞ", "SS")).lower()

    assert plain(set_in(text, locale, HOUSE)) == plain(text)


@settings(max_examples=500, deadline=None)
@example("https://a.org –", "https://a.org/b'c--d?e=1...5", "", "en-US")
@example("", "https://a.org/b'c--d?e=1...5", '""""https://a.org""<2/>5\'10""', "en-US")
@given(TEXTS, st.sampled_from(LOCKED), TEXTS, st.sampled_from(LOCALES))
def test_what_is_no_prose_is_never_touched(before: str, token: str, after: str, locale: str) -> None:
    text = f"{before} {token} {after}"
    aside = bare([text]).aside
    made = bare([set_in(text, locale, HOUSE)]).aside
    assert [one for one in aside if one in LOCKED] == [one for one in made if one in LOCKED]


@pytest.mark.parametrize("token", LOCKED)
@pytest.mark.parametrize("locale", LOCALES)
def test_a_token_is_kept_between_words(token: str, locale: str) -> None:
    assert f" {token} " in set_in(f'Un "mot" {token} et ... encore', locale, HOUSE)


@given(TEXTS, st.sampled_from(LOCALES))
def test_off_gives_the_catalog_back(text: str, locale: str) -> None:
    assert set_in(text, locale, House(enabled=False)) == text
    assert set_in(text, locale, House(off=frozenset(RULES))) == text


@given(TEXTS, st.sampled_from(["xx", "tlh", "haw"]))
def test_a_language_without_data_keeps_its_marks(text: str, locale: str) -> None:
    only_marks = House(off=frozenset(RULES) - {"quotation_marks"})
    assert set_in(text, locale, only_marks) == text


def test_a_quotation_runs_over_several_texts() -> None:
    assert set_all(['"Un.', 'Deux."'], "fr", HOUSE) == ["«\u00a0Un.", "Deux.\u00a0»"]
    assert set_all(["« One.", "“Two” and.", "Three. »"], "en", HOUSE) == ["“One.", "‘Two’ and.", "Three.”"]
    assert set_all(['"Eins.', "Zwei", 'drei."'], "de", HOUSE) == ["„Eins.", "Zwei", "drei.“"]


def test_marks_stand_on_either_side_of_tags() -> None:
    assert set_in('"<1>Un</1>" et <2>"deux"</2> : <3/>', "fr", HOUSE) == (
        "«\u00a0<1>Un</1>\u00a0» et <2>«\u00a0deux\u00a0»</2>\u00a0: <3/>"
    )
    assert set_in("« <1>a</1> » <2>: b</2>", "de", HOUSE) == "„<1>a</1>“<2>: b</2>"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('She said "no."<1/> Then', "She said “no.”<1/> Then"),
        ('She said "no"<1/> then', "She said “no”<1/> then"),
        ('<1/>"No," she said', "<1/>“No,” she said"),
        ('A "word"word', 'A "word"word'),
        ("'Twas the 'best' of times", "’Twas the “best” of times"),
    ],
)
def test_marks_beside_codes_and_words(before: str, after: str) -> None:
    assert set_in(before, "en", HOUSE) == after


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        ("en", "He was goin' home, the dog' here", "He was goin’ home, the dog' here"),
        ("en", "the dog' and James' book", "the dog' and James’ book"),
        ("en", "She said 'the boys' toys' loudly", "She said 'the boys' toys' loudly"),
        ("en", "’Frisco and 'x' y", "’Frisco and “x” y"),
        ("fr", "les années '60, 'tain", "les années ’60, ’tain"),
        ("fr", 'L\'"ami" est là', "L’«\u00a0ami\u00a0» est là"),
    ],
)
def test_apostrophes_are_told_from_marks_by_what_stands_around_them(language: str, before: str, after: str) -> None:
    assert set_in(before, language, HOUSE) == after


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        ("en", "He read ‘a’ b.", "He read ‘a’ b."),
        ("en", "He read 'a’ and ‘b' c.", "He read ‘a’ and ‘b’ c."),
        ("de", "‚gut' so", "‚gut‘ so"),
        ("de", "‚Hans' Buch‘ liegt da", "‚Hans’ Buch‘ liegt da"),
        ("de", "‚Hans’ Buch’ liegt da", "‚Hans’ Buch’ liegt da"),
        ("de-CH", "‚Hans' Buch‘ liegt da", "«Hans’ Buch» liegt da"),
        ("de-CH", "‹Hans' Buch› liegt da", "‹Hans’ Buch› liegt da"),
        ("fr-CH", "‹ les amis' oui › là", "‹\u202fles amis’ oui\u202f› là"),
        ("de", "»mot ›Haus‹« und »›Boys‹ mot«", "„mot ‚Haus‘“ und „‚Boys‘ mot“"),
        ("de", "(„mot ‚Haus‘“)", "(„mot ‚Haus‘“)"),
        ("en", "(„mot ‚Haus‘“)", "(“mot ‘Haus’”)"),
        ("de-CH", "»Er sagte: ›Ja.‹« Sie ging.", "«Er sagte: ‹Ja.›» Sie ging."),
        ("en", "(”…mot” Haus)", "(“…mot” Haus)"),
        ("en", "mot ”....Haus” Boys", "mot “....Haus” Boys"),
        ("en", 'and so it ended." Then', "and so it ended.” Then"),
        ("en", "« (Oh) » and « ... »", "“(Oh)” and “…”"),
    ],
)
def test_the_ends_of_a_quotation_agree(language: str, before: str, after: str) -> None:
    assert set_in(before, language, HOUSE) == after


OUTER = ('""', "“”", "„“", "«»", "»«", "””", ("«\u00a0", "\u00a0»"), ("« ", " »"))
INNER = ("''", "‘’", "‚‘", "‹›", "›‹", '""', "“”")
WORDS = st.sampled_from(["mot", "la ville", "Haus", "5 Tage", "Jeans", "Boys", "Straße"])
QUOTED = st.lists(st.lists(WORDS | st.lists(WORDS, min_size=1), min_size=1, max_size=3) | WORDS, min_size=1, max_size=4)


def quoted(parts: list, marks: Sequence[Sequence[str]], level: int = 0) -> str:
    """Write words and lists of words, which are quotations, with these outer and inner marks."""
    opening, closing = marks[level]
    return " ".join(
        part if isinstance(part, str) else f"{opening}{quoted(part, marks, level + 1)}{closing}" for part in parts
    )


@settings(max_examples=300, deadline=None)
@example([["mot", ["Haus"]]], "»«", "‹›", "de-DE")
@example([[["Haus"], "mot"], "Boys"], "»«", "›‹", "fr-CH")
@given(QUOTED, st.sampled_from(OUTER), st.sampled_from(INNER), st.sampled_from(LOCALES[:9]))
def test_quotations_that_end_as_they_begin_get_the_marks_of_the_locale(
    parts: list, outer: Sequence[str], inner: Sequence[str], locale: str
) -> None:
    assume(outer != inner)
    marks = style(locale, HOUSE).marks
    assert marks is not None
    apostrophes = House(off=frozenset(RULES) - {"quotation_marks", "apostrophes"})
    made = set_in(quoted(parts, (outer, inner, ("", ""))), locale, apostrophes)
    assert made == quoted(parts, (marks[:2], marks[2:], ("", "")))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('He said "a. Then "c" d', "He said “a. Then “c” d"),
        ('He said "a. Then "c "d" e" f', "He said “a. Then “c “d” e” f"),
        ('"a "b" c"', "“a ‘b’ c”"),
    ],
)
def test_where_an_end_is_missing_no_quotation_is_taken_for_an_inner_one(before: str, after: str) -> None:
    assert set_in(before, "en", HOUSE) == after


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        ("en-US", "See https://a.org/x - and more", "See https://a.org/x — and more"),
        ("en-US", "so--he said--be it", "so—he said—be it"),
        ("fr", "oui--non", "oui – non"),
        ("en", "from 1995-1990, pages 20-10, 10-5 %", "from 1995-1990, pages 20-10, 10-5%"),
        ("en", "pages 10-20, 5-10 %", "pages 10–20, 5–10%"),
        ("en", "on May 7th, in May 2016", "on May\u00a07th, in May 2016"),
        ("en", "1.234.567,89 people", "1,234,567.89 people"),
        ("de-CH", "1,234,567.89 und 3,5 km und 2.5 km", "1’234’567.89 und 3,5\u00a0km und 2.5\u00a0km"),
    ],
)
def test_dashes_and_figures_that_stand_elsewhere_than_in_the_table(language: str, before: str, after: str) -> None:
    assert set_in(before, language, HOUSE) == after


def test_marks_that_a_house_keeps_are_no_apostrophes_either() -> None:
    keeping = House(styles={"en": {"quotation_marks": "keep"}})
    assert set_in("’Frisco isn't 'x'", "en", keeping) == "’Frisco isn’t 'x'"


@pytest.mark.parametrize(
    ("language", "styles", "before", "after"),
    [
        ("en-GB", {"en": {"quotation_marks": "single"}}, "\"a 'b' c\"", "‘a “b” c’"),
        ("en-GB", {"en-GB": {"dash": "closed"}}, "so - he said - be it", "so—he said—be it"),
        ("en-US", {"en": {"dash": "spaced"}}, "so—he said—be it", "so – he said – be it"),
        ("de", {"de": {"quotation_marks": "guillemets"}}, "\"a 'b' c\"", "»a ›b‹ c«"),
        ("de", {"de": {"quotation_marks": "guillemets"}}, "»a ›b‹ c«", "»a ›b‹ c«"),
        ("en", {"en": {"quotation_marks": "keep", "dash": "keep"}}, '"a" - b', '"a" - b'),
        ("nl", {"nl": {"quotation_marks": "double"}}, '"a"', "“a”"),
    ],
)
def test_a_house_has_its_own_style(language: str, styles: dict[str, dict[str, str]], before: str, after: str) -> None:
    assert set_in(before, language, House(styles=styles)) == after


@pytest.mark.parametrize("rule", RULES)
def test_each_rule_can_be_off_alone(rule: str) -> None:
    text = '"Straße" - so \'n Haus ... mit 1,234,567 km : x'
    assert set_in(text, "de-CH", House(off=frozenset({rule}))) != set_in(text, "de-CH", HOUSE)


@pytest.mark.parametrize(
    "piece", ["f(a", "a.", "1.000", "'a ", '"', "«", "a-", "a@", "1 ", "<1>", "\\\\a", "/a", "https://a", " :"]
)
def test_long_texts_come_to_an_end(piece: str) -> None:
    once = set_in(piece * 2000, "fr", HOUSE)
    assert set_in(once, "fr", HOUSE) == once


def test_a_text_that_does_not_come_to_rest_is_left_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ['"Un" ...', "Deux !"]
    assert set_all(texts, "fr", HOUSE) != texts
    monkeypatch.setattr(setting, "_ROUNDS", 1)
    assert set_all(texts, "fr", HOUSE) == texts


def test_the_documentation_shows_the_same_table() -> None:
    written = examples.DOCS.read_text(encoding="utf-8")
    assert examples.page() in written, "Run: python -m tests.editions.typography.examples"
