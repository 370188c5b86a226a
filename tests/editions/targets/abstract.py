"""What every target must do, whatever stands in the catalog. A desk's own target may inherit this suite too."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path

import polib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translate.catalogs import provenance
from translate.catalogs.states import State
from translate.catalogs.store import Catalog
from translate.documents.model import Block, Document, Encoding, Kind, Literal, Role, Segment
from translate.editions.edition import Edition, assemble
from translate.editions.policy import Drafts
from translate.editions.targets import Target, proven
from translate.errors import EditionError

HOSTILE = [
    "*a* _b_ **c** `d` ~~e~~ | f | $g$",
    "<script>alert(1)</script>",
    "</title></p><!-- x -->",
    "![x](http://example.org/a.png) [y](z) [^1]",
    "# heading #",
    "1. one",
    "2) two",
    "- item",
    "+ item",
    "> quote",
    "=== ---",
    "---",
    "&amp; &lt; &#60; & ;",
    "\u200fעברית\u200e \u202etext\u202c",
    "Donau" * 200,
    "a\u00a0b\u202f!",
    "one\ntwo\tthree\r\nfour\n\n    five",
    "bell\x07 back\x08 escape\x1b delete\x7f c1\x9f",
    "\x0b\x0c\x1c\x85\u2028\u2029x",
    "ends with \\",
    "\ufffe\uffff words",
    "\x08",
    " ",
    "{{ x }} {% y %} ${z}",
    "http://example.org/a_b_c www.example.org",
]
SIGNS = st.text(st.sampled_from(list("\\`*_[]()<>|~&#!$^{}-+=:.;1a \n\t\u00a0\u200f\x07\"'")), max_size=30)
TEXTS = st.one_of(st.sampled_from(HOSTILE), SIGNS, st.text(st.characters(codec="utf-8"), max_size=30))


def document(texts: Sequence[str], credit: str = "[Keystone]") -> Document:
    roles = list(Role)
    blocks = [
        Block(
            roles[n % len(roles)], "", (Segment(text, text, roles[n % len(roles)], n + 1), Literal(credit, Kind.CREDIT))
        )
        for n, text in enumerate(texts)
    ]
    return Document("a", Path("a.txt"), "wire", "fr", Encoding(), tuple(blocks))


def catalog(pairs: dict[str, tuple[str, State]], package: str = "fr_en/0.1") -> Catalog:
    file = polib.POFile()
    for source, (words, how) in pairs.items():
        entry = polib.POEntry(msgid=source, msgstr="" if how is State.UNTRANSLATED else words)
        if how in (State.DRAFT, State.STALE):
            entry.flags = ["fuzzy"]
            facts = {"engine": "argos", "package": package}
            entry.tcomment = provenance.Provenance(facts, 0.5, (), provenance.fingerprint(words)).line()
        if how is State.STALE:
            entry.previous_msgid = "before"
        file.append(entry)
    return Catalog(Path("a.po"), file)


def edition(
    words: Sequence[str],
    states: Sequence[State] = (State.REVIEWED,),
    *,
    language: str = "en",
    policy: Drafts = Drafts.LABEL,
    package: str = "fr_en/0.1",
    credit: str = "[Keystone]",
) -> Edition:
    pairs = {f"Phrase {n}.": (text, states[n % len(states)]) for n, text in enumerate(words)}
    return assemble(document(list(pairs), credit), catalog(pairs, package), language, policy, {})


class Liar:
    """A target that writes other words than it was given."""

    name, suffix = "liar", ".txt"

    def render(self, edition: Edition) -> bytes:
        del edition
        return b"lies"

    def texts(self, edition: Edition) -> Sequence[str]:
        return [block.text for block in edition.blocks]

    def read(self, data: bytes) -> Sequence[str]:
        return [data.decode()]


class TargetSuite:
    """Inherit and give `target`."""

    target: Target

    @pytest.mark.parametrize("text", HOSTILE)
    @pytest.mark.parametrize("state", list(State))
    def test_hostile_text_is_only_text(self, text: str, state: State) -> None:
        made = edition([text] * len(Role), [state])
        self.no_markup(proven(self.target, made, "a"))

    def test_any_text_in_any_field(self) -> None:
        @given(
            st.lists(st.tuples(TEXTS, st.sampled_from(State)), min_size=1, max_size=14), TEXTS, st.sampled_from(Drafts)
        )
        @settings(deadline=None)
        def prove(pairs: list[tuple[str, State]], credit: str, policy: Drafts) -> None:
            words, states = [text for text, _ in pairs], [state for _, state in pairs]
            made = edition(words, states, policy=policy, credit=credit)
            data = proven(self.target, made, "a")
            assert data == self.target.render(made)
            self.no_markup(data)

        prove()

    def test_words_are_those_of_the_blocks(self) -> None:
        made = edition(["One.", "Two.", "Three."])
        found = [" ".join(text.split()) for text in self.target.read(self.target.render(made))]
        assert [one.removeprefix(">> ") for one in found] == [block.text for block in made.blocks]

    def test_notices(self) -> None:
        assert "translated by a machine" not in self.source(self.target.render(edition(["One."])))
        shown = self.source(self.target.render(edition(["One.", "Two."], [State.DRAFT, State.REVIEWED])))
        assert "Parts of this edition were translated by a machine" in shown

    def test_notices_in_the_words_of_the_house(self) -> None:
        own = {"en": {"machine": "No person\n  read\x01 <this> &\u2028all.\n"}}
        pairs = {"Phrase 0.": ("One.", State.DRAFT)}
        made = assemble(document(list(pairs)), catalog(pairs), "en", Drafts.LABEL, own)
        assert made.notices == ("No person read <this> & all.",)
        proven(self.target, made, "a")

    def test_held_text_is_marked(self) -> None:
        data = self.source(self.target.render(edition(["One."], [State.DRAFT], policy=Drafts.HOLD)))
        assert "One." not in data
        assert self.held_mark("Phrase 0.") in data

    def test_a_lie_is_refused(self) -> None:
        with pytest.raises(EditionError, match="does not say what its catalog says"):
            proven(Liar(), edition(["One."]), "a")
        with pytest.raises(EditionError, match="instead of"):
            proven(Liar(), dataclasses.replace(edition(["lies", "x"], [State.REVIEWED]), notices=()), "a")

    def source(self, data: bytes) -> str:
        """Return a file as the text that it is written as."""
        return data.decode()

    def held_mark(self, text: str) -> str:
        return f"[fr] {text}"

    def no_markup(self, data: bytes) -> None:
        """Refuse a file in which words became markup."""
