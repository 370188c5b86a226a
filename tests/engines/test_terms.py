from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pytest

from tests.engines.test_queue import SPLIT, Glossing
from translate.catalogs.interchange.terms import Term
from translate.engines import terms
from translate.engines.model import Decoded
from translate.engines.placing import Link
from translate.engines.queue import Draft, Request, draft
from translate.knowledge.glossary import Glossary

GLOSSARY = Glossary(
    (
        Term("entraîneur", "fr", "en", ("coach",)),
        Term("élections de mi-mandat", "fr", "en", ("midterm elections",)),
        Term("agression sexuelle", "fr", "en", ("sexual assault",)),
        Term("ONU", "fr", "en", ("United Nations", "UN"), cased=True),
    )
)


@dataclass
class Looking(Glossing):
    """An engine that says what it looked at: pairs of words of a sentence and of its draft."""

    seen: Sequence[tuple[str, str]] = ()

    def align(self, sentences: Sequence[str], decoded: Sequence[Decoded]) -> list[list[Link]]:
        return [list(self.links(source, one.text)) for source, one in zip(sentences, decoded, strict=True)]

    def links(self, source: str, text: str) -> Iterator[Link]:
        seen = {there: here for here, there in self.seen}
        for match in re.finditer(r"\w+", text):
            # Words of which nothing is told look at the end of the sentence.
            at = source.index(seen.get(match.group(), source[-1]))
            yield Link(at, at + len(seen.get(match.group(), ".")), *match.span(), 1.0)


def drafted(source: str, answers: list[str], *seen: tuple[str, str], glossary: Glossary = GLOSSARY) -> Draft:
    engine = Looking(answers={"x": []} | {source: answers}, seen=seen)
    (one,) = draft([Request(1, source)], [engine], [SPLIT], glossary=glossary)
    return one


def test_among_the_results_the_one_with_the_terms_is_taken() -> None:
    one = drafted("Un entraîneur part.", ["A driver leaves.", "coach coach coach coach", "A coach leaves."])
    assert (one.text, one.doubts) == ("A coach leaves.", ())


def test_a_result_with_other_figures_is_not_taken_for_its_terms() -> None:
    one = drafted("Un entraîneur, 12 ans.", ["A driver, 12 years.", "A coach, 2 years."])
    assert one.text == "A driver, 12 years."


@pytest.mark.parametrize(
    ("source", "answer", "seen", "expected"),
    [
        ("Un entraîneur part.", "A driver leaves.", ("entraîneur", "driver"), "A coach leaves."),
        ("Entraîneur absent.", "Driver away.", ("Entraîneur", "Driver"), "Coach away."),
        ("Des agressions sexuelles.", "Of sexual aggression.", ("agressions", "aggression"), "Of sexual assault."),
        ("Ici, l’ONU parle.", "Here, the ONU speaks.", ("ONU", "ONU"), "Here, the UN speaks."),
    ],
)
def test_a_term_is_put_in_place_of_the_wrong_word(
    source: str, answer: str, seen: tuple[str, str], expected: str
) -> None:
    one = drafted(source, [answer], seen)
    assert one.text == expected
    assert one.doubts == ("terms-put",)


@pytest.mark.parametrize(
    ("source", "answer", "seen"),
    [
        ("Un entraîneur part.", "He leaves the town.", ("entraîneur", "the")),
        ("Un entraîneur part.", "The man leaves.", ("entraîneur", "The")),
        ("Le port de la ville est ouvert mardi.", "The port is open in town.", ("mardi", "town")),
        ("L’entraîneur de Suisse.", "Switzerland wins.", ("entraîneur", "Switzerland")),
        ("Un entraîneur part.", "A coach leaves.", ("entraîneur", "leaves")),
    ],
)
def test_a_term_takes_no_place_of_a_word_that_is_right(source: str, answer: str, seen: tuple[str, str]) -> None:
    one = drafted(source, [answer], seen)
    assert one.text == answer
    assert "terms-put" not in one.doubts


def test_codes_find_their_words_after_a_term_was_put_in() -> None:
    source, plain = "Les élections de mi-mandat <1>passent</1>.", "Les élections de mi-mandat passent."
    seen = (("élections", "votes"), ("passent", "pass"))
    engine = Looking(answers={plain: ["The votes pass now."]}, seen=seen)
    (one,) = draft([Request(1, source)], [engine], [SPLIT], glossary=GLOSSARY)
    assert one.text == "The midterm elections <1>pass</1> now."


def test_both_hops_of_a_pivot_have_their_terms() -> None:
    known = Glossary((*GLOSSARY.terms, Term("coach", "en", "de", ("Trainer",))))
    first = Looking(answers={"Un entraîneur.": ["A driver."]}, seen=[("entraîneur", "driver")])
    second = Looking(source="en", target="de", answers={"A coach.": ["Ein Wagen."]}, seen=[("coach", "Wagen")])
    (one,) = draft([Request(1, "Un entraîneur.")], [first, second], [SPLIT, SPLIT], glossary=known)
    assert (one.text, one.doubts) == ("Ein Trainer.", ("terms-put",))


def test_an_engine_that_aligns_nothing_gets_no_terms_put() -> None:
    engine = Glossing(answers={"Un entraîneur.": ["A driver."]})
    (one,) = draft([Request(1, "Un entraîneur.")], [engine], [SPLIT], glossary=GLOSSARY)
    assert (one.text, one.doubts) == ("A driver.", ())


def test_what_lacks_nothing_stays_itself() -> None:
    one = Decoded("A coach.", -0.1)
    found = GLOSSARY.between("fr", "en").find("Un entraîneur.")
    assert terms.best(found, one, lambda _: True) is one
    assert terms.put("Un entraîneur.", found, one, []) is one
