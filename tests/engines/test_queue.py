from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from translate.documents.codes import fault
from translate.documents.segmentation import load_segmenter
from translate.engines.model import Decoded, Engine
from translate.engines.placing import Link
from translate.engines.queue import Request, draft

SPLIT = load_segmenter("fr").spans


@dataclass
class Glossing:
    """An engine that needs no model: it marks what it saw, in order, and can be told to fail in known ways."""

    source: str = "fr"
    target: str = "en"
    mark: str = "+"
    answers: dict[str, list[str]] = field(default_factory=dict)
    calls: list[tuple[list[str], bool]] = field(default_factory=list)
    name: str = "glossing"

    @property
    def facts(self) -> dict[str, str]:
        return {"engine": self.name, "package": f"{self.source}_{self.target}/1"}

    def translate(self, sentences: Sequence[str], *, careful: bool = False) -> Iterator[Decoded]:
        self.calls.append((list(sentences), careful))
        for sentence in sentences:
            answers = self.answers.get(sentence, [sentence + self.mark])
            others = tuple(Decoded(text, -0.9) for text in answers[1:])
            yield Decoded(answers[min(careful, len(answers) - 1)], -0.5, others=others)


def test_texts_are_split_deduplicated_and_put_together_again() -> None:
    engine = Glossing()
    requests = [Request(1, "Il part. Il pleut."), Request(2, "Il pleut."), Request(3, "Il part.")]
    drafts = {one.ticket: one.text for one in draft(requests, [engine], [SPLIT])}
    assert drafts == {1: "Il part.+ Il pleut.+", 2: "Il pleut.+", 3: "Il part.+"}
    assert sorted(engine.calls[0][0]) == ["Il part.", "Il pleut."]


@given(st.lists(st.text("abé .!\n", min_size=0, max_size=40), max_size=30))
def test_every_request_gets_exactly_one_draft(texts: list[str]) -> None:
    requests = [Request(index, text) for index, text in enumerate(texts)]
    drafts = list(draft(requests, [Glossing(mark="")], [SPLIT]))
    assert sorted(one.ticket for one in drafts) == list(range(len(texts)))  # type: ignore[type-var]
    for one in drafts:
        source = " ".join(texts[one.ticket].split())  # type: ignore[index]
        if source.endswith("."):
            assert " ".join(one.text.split()) == source


def test_a_loop_is_decoded_again_with_care_and_doubted_when_it_stays() -> None:
    loop = "so so so so so"
    engine = Glossing(answers={"Oui.": [loop, "Yes."], "Non.": [loop, loop]})
    drafts = {one.ticket: one for one in draft([Request(1, "Oui."), Request(2, "Non.")], [engine], [SPLIT])}
    assert drafts[1].text == "Yes."
    assert drafts[1].doubts == ()
    assert drafts[2].doubts == ("loop",)
    assert [careful for _, careful in engine.calls] == [False, True]


def test_an_empty_answer_is_said() -> None:
    (one,) = draft([Request(1, "Oui.")], [Glossing(answers={"Oui.": [""]})], [SPLIT])
    assert (one.text, one.doubts) == ("", ("empty",))


def test_confidence_is_the_mean_probability_of_a_token() -> None:
    (one,) = draft([Request(1, "Oui.")], [Glossing()], [SPLIT])
    assert math.isclose(one.confidence, math.exp(-0.5))


def test_a_judge_sees_each_sentence_of_a_text_with_what_was_made_of_it() -> None:
    seen: list[object] = []

    def judge(engine: Engine, sentences: Sequence[tuple[str, Decoded]]) -> float:
        seen.append((engine.target, [(sentence, one.text) for sentence, one in sentences]))
        return 0.25

    (one,) = draft([Request(1, "Il part. IL <1>DORT</1>.")], [Glossing()], [SPLIT], judge=judge)
    assert one.confidence == 0.25
    assert seen == [("en", [("Il part.", "Il part.+"), ("IL DORT.", "IL DORT.+")])]


def test_of_an_empty_draft_nothing_is_sure() -> None:
    (one,) = draft([Request(1, "Oui.")], [Glossing(answers={"Oui.": [""]})], [SPLIT], judge=lambda *_: 0.9)
    assert one.confidence == 0.0


def test_a_headline_gets_no_full_stop_of_the_model() -> None:
    answers = {"Rencontre à Genève": ["Meeting in Geneva."], "Il part...": ["He leaves..."]}
    drafts = {
        one.ticket: one.text
        for one in draft([Request(text, text) for text in answers], [Glossing(answers=answers)], [SPLIT])
    }
    assert drafts == {"Rencontre à Genève": "Meeting in Geneva", "Il part...": "He leaves..."}


def test_capitals_are_folded_for_the_engine_and_restored() -> None:
    engine = Glossing(answers={"Six pays à Alep": ["Six countries in Aleppo."]})
    (one,) = draft([Request(1, "SIX PAYS À ALEP")], [engine], [SPLIT], spellings={"alep": "Alep"})
    assert one.text == "SIX COUNTRIES IN ALEPPO"


def test_a_pivot_starts_from_what_is_known_and_says_both_packages() -> None:
    first, second = Glossing(mark="~en"), Glossing(source="en", target="de", mark="~de")
    known = {"Il pleut": ("It is raining", 0.8)}
    drafts = {
        one.ticket: one
        for one in draft([Request(1, "Il pleut"), Request(2, "Il part")], [first, second], [SPLIT, SPLIT], known=known)
    }
    assert first.calls[0][0] == ["Il part"]
    assert drafts[1].text == "It is raining~de"
    assert drafts[2].text == "Il part~en~de"
    assert math.isclose(drafts[1].confidence, 0.8 * math.exp(-0.5))
    assert math.isclose(drafts[2].confidence, math.exp(-0.5) ** 2)
    assert drafts[2].facts == {"engine": "glossing", "package": "fr_en/1+en_de/1"}


def test_progress_reaches_its_end() -> None:
    seen: list[tuple[int, int]] = []
    requests = [Request(n, f"Phrase numéro {n}") for n in range(1100)]
    list(draft(requests, [Glossing()], [SPLIT], progress=lambda done, every: seen.append((done, every))))
    # In words: three a sentence, in batches of 512.
    assert seen == [(1536, 3300), (3072, 3300), (3300, 3300)]


def test_among_other_results_the_one_with_the_right_figures_is_taken() -> None:
    source = "Il y a eu 12 morts en 2016."
    said = [
        "There were dead in 2016.",
        "12 12 12 12 12 dead in 2016.",
        "12 people died in 2016.",
        "12, 2016.",
    ]
    (made,) = draft([Request(1, source)], [Glossing(answers={source: said})], [SPLIT])
    assert made.text == "12 people died in 2016."
    assert "figures" not in made.doubts


def test_where_no_result_has_the_figures_the_best_one_stays_and_is_doubted() -> None:
    source = "Il y a eu 12 morts."
    (made,) = draft([Request(1, source)], [Glossing(answers={source: ["Many died.", "Some died."]})], [SPLIT])
    assert made.text == "Many died."
    assert "figures" in made.doubts


def test_a_figure_alone_is_not_made_into_words() -> None:
    (made,) = draft([Request("a", "1 500")], [Glossing()], [SPLIT])
    assert (made.text, made.confidence, made.doubts) == ("1 500", 1.0, ())


def test_signs_alone_are_no_draft() -> None:
    (made,) = draft([Request("a", "Oui.")], [Glossing(answers={"Oui.": ["."]})], [SPLIT])
    assert (made.text, made.doubts) == ("", ("empty",))


def test_codes_come_back_from_an_engine_that_aligns_nothing() -> None:
    (made,) = draft([Request("a", "Un <1>mot</1>, ici<2/>.")], [Glossing()], [SPLIT])
    assert fault("Un <1>mot</1>, ici<2/>.", made.text) is None


class Rereading(Glossing):
    """An engine that says for each span that it missed the word at the same place, from the end of the sentence."""

    def missed(
        self, sentences: Sequence[str], decoded: Sequence[Decoded], spans: Sequence[Sequence[tuple[int, int]]]
    ) -> list[list[Link]]:
        found: list[list[Link]] = [[] for _ in sentences]
        for sentence, one, those, links in zip(sentences, decoded, spans, found, strict=True):
            for start, end in those:
                links.append(Link(start, end, 0, len(one.text), 0.0, left_out=True))
                links.append(Link(start, end, len(sentence) - end, len(sentence) - start, 9.0, left_out=True))
        return found


def test_a_code_goes_where_the_engine_misses_its_words_in_whichever_sentence() -> None:
    text = "Il part tard. Elle a <1>mangé</1> <2>vite</2> hier"
    # "mangé" is [7, 12) of 22 signs: what is missed is [10, 15), "eaten"; "vite" stands behind it.
    engine = Rereading(mark="", answers={"Elle a mangé vite hier": ["they have eaten there now"]})
    (made,) = draft([Request("a", text)], [engine], [SPLIT])
    assert made.text == "Il part tard. they <2>have</2> <1>eaten</1> there now"
