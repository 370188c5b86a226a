"""What targets share that lay an edition out."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tests.editions.targets.abstract import TEXTS, edition
from translate.catalogs.states import State
from translate.documents.encoding import spaced
from translate.documents.model import Role
from translate.editions.edition import Edition, EditionBlock, Text
from translate.editions.policy import Policy
from translate.editions.targets.rendering import fenced, identity, runs, stories

PLAIN = edition(["One."])


def block(*words: str) -> EditionBlock:
    return EditionBlock(Role.PARAGRAPH, tuple(Text(one) for one in words), 1)


def words(made: Edition, *texts: str) -> list[str]:
    return [run.words for run in runs(made, block(*texts))]


def test_one_space_between_words_wherever_it_stood() -> None:
    assert words(PLAIN, " a ", " ", " b\x0b\x1c\u2028", "c ", " ") == ["a ", "b ", "c"]
    assert words(PLAIN, "a\u00a0b\u202f!") == ["a\u00a0b\u202f!"]
    assert words(PLAIN, " ", "\n") == []


@given(st.lists(TEXTS, max_size=5))
def test_runs_say_what_the_block_says_in_signs_that_xml_holds(texts: list[str]) -> None:
    shown = edition(texts or ["x"], credit="").blocks
    for one in shown:
        joined = "".join(run.words for run in runs(PLAIN, one))
        assert spaced(joined) == one.text
        assert joined == joined.strip(" ")
        assert "  " not in joined
        etree.Element("a").text = joined


def test_names_of_another_script_are_fenced_and_numbers_are_not() -> None:
    made = replace(PLAIN, language="ar")
    assert fenced(made, block("سفن ", "(desk).", " - ", "42.")) == "سفن \u200e(desk).\u200e - 42."
    assert fenced(PLAIN, block("By ", " סופר. ", "End.")) == "By \u200fסופר.\u200f End."
    assert fenced(PLAIN, block("By ", "סופר X.")) == "By סופר X."


def test_held_text_is_fenced_where_its_language_runs_the_other_way() -> None:
    held = EditionBlock(Role.PARAGRAPH, (Text("Un.", State.UNTRANSLATED, held=True),), 1)
    assert fenced(replace(PLAIN, language="ar"), held) == "\u200eUn.\u200e"
    assert fenced(replace(PLAIN, source_language="he"), held) == "\u200fUn.\u200f"
    assert fenced(PLAIN, held) == "Un."


def test_stories_stand_in_order_and_there_is_one() -> None:
    blocks = [replace(block(name), story=number) for name, number in (("b", 2), ("a", 1), ("c", 2))]
    assert [[one.text for one in story] for story in stories(replace(PLAIN, blocks=tuple(blocks)))] == [
        ["a"],
        ["b", "c"],
    ]
    assert list(stories(replace(PLAIN, blocks=()))) == [[]]


def test_a_document_has_one_name_and_that_of_another_desk_has_another() -> None:
    def named(document: str = "a", language: str = "en", **policy: str) -> str:
        disclosure = replace(PLAIN.disclosure, policy=Policy(**policy))
        return identity(replace(PLAIN, document=document, disclosure=disclosure), language)

    site = "https://news.example.org/"
    names = [
        named(),
        named("b"),
        named(language="de"),
        named(responsible="Der Bote AG"),
        named(responsible="La Messagère SA"),
        named(site=site),
        named(site="https://bote.example.org/"),
    ]
    assert len(set(names)) == len(names)
    assert named(site=site, responsible="Der Bote AG") == named(site=site)
    # Names are given for good: this one must never change.
    assert named() == "urn:uuid:dac515eb-808c-5efb-8e2d-5c3ea1886a8a"
