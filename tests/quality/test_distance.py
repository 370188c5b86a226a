from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import polib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html

from translate.catalogs.provenance import Provenance, fingerprint
from translate.knowledge.history import name
from translate.quality.distance import Distances, Verdict, distances, spearman
from translate.quality.postediting import compared, editing, reviewed
from translate.quality.report import page, said

NOW = dt.datetime(2026, 5, 1, 9, 30, tzinfo=dt.UTC)
TEN = "one two three four five six seven eight nine ten"
HOSTILE = '<script>alert("1")</script>&amp;\'--><!--]]>{{ 7 * 7 }}</title>'


def entry(
    number: int, text: str, draft: str = "", *, package: str = "fr_en/1", role: str = "paragraph", sure: float = 0.5
) -> polib.POEntry:
    made = polib.POEntry(msgid=f"Texte {number}.", msgstr=text, comment=f"role: {role}, alternative\nunder: Titre")
    if draft:
        facts = {"engine": "argos", "package": package} if package != "memory" else {"engine": "memory"}
        made.tcomment = Provenance(facts, sure, (), fingerprint(draft), fingerprint(made.msgid)).line()
    return made


def edited(words: int) -> str:
    """Return the ten words with some of them changed: ten edits per 100 words for each."""
    return " ".join(["x"] * words + TEN.split()[words:])


def measure(entries: Sequence[polib.POEntry], drafts: Sequence[str], document: str = "port") -> Distances:
    found = reviewed(entries, document, "Ann Lee <ann@example.org>")
    kept = {name(one.msgid, draft): draft for one, draft in zip(entries, drafts, strict=True) if draft}
    return distances("en", compared(found, kept))


def test_distances_by_hand() -> None:
    drafts = [TEN, TEN, TEN, TEN, "", TEN]
    entries = [
        entry(1, TEN, TEN),
        entry(2, edited(2), TEN),
        entry(3, edited(5), TEN, role="headline"),
        entry(4, edited(8), TEN, package="memory"),
        entry(5, "By hand."),
        entry(6, TEN, "another draft, which nobody has"),
    ]
    one = measure(entries, drafts)
    assert (one.language, one.verdict, one.by_hand) == ("en", Verdict.TOO_FEW, 1)
    total = one.total
    assert (total.entries, total.words, total.untouched, total.measured, total.unknown) == (5, 10, 1, 4, 1)
    # 0 + 2 + 5 + 8 edits of 40 words.
    assert total.ter == 37.5
    assert (total.little, total.rewritten) == (2, 1)
    packages = {group.name: group for group in one.groups["package"]}
    assert (packages["fr_en/1"].entries, packages["fr_en/1"].ter) == (4, round(100 * 7 / 30, 2))
    assert (packages["memory"].entries, packages["memory"].ter, packages["memory"].rewritten) == (1, 80.0, 1)
    assert [(group.name, group.entries) for group in one.groups["role"]] == [("paragraph", 4), ("headline", 1)]
    assert [group.name for group in one.groups["document"]] == ["port"]
    assert [group.name for group in one.groups["reviewer"]] == ["Ann Lee"]
    bars = {(bar.above, bar.upto): bar.drafts for bar in one.histogram if bar.drafts}
    assert bars == {(None, 0): 1, (10, 20): 1, (40, 50): 1, (70, 80): 1}
    told = " ".join(said(one))
    assert "1 drafts are not known" in told
    assert "too few" in told


def test_corpus_numbers_are_those_of_sacrebleu() -> None:
    entries = [entry(1, "The cat sleeps on the red sofa.", "x"), entry(2, "The town was taken back last night.", "y")]
    drafts = ["The cat is sleeping on a red sofa.", "Last night the town was taken."]
    for one, draft in zip(entries, drafts, strict=True):
        one.tcomment = entry(0, "", draft).tcomment.replace(fingerprint("Texte 0."), fingerprint(one.msgid))
    total = measure(entries, drafts).total
    (row,) = editing(reviewed(entries), drafts)
    theirs = {score.metric: score.value for score in row.scores}
    assert (total.ter, total.chrf) == (theirs["TER"], theirs["chrF"])


def test_untouched_drafts_that_nobody_kept_do_not_flatter() -> None:
    entries = [entry(1, TEN, TEN), entry(2, edited(9), "lost")]
    total = measure(entries, ["", ""]).total
    assert (total.untouched, total.measured, total.ter, total.chrf) == (1, 0, None, None)
    alone = measure(entries[:1], [""]).total
    assert (alone.measured, alone.ter) == (1, 0.0), "where no draft is lost, what was left untouched is known"


def test_an_empty_draft_helped_nobody() -> None:
    made = polib.POEntry(msgid="Texte 1.", msgstr=TEN)
    made.tcomment = Provenance({"package": "fr_en/1"}, 0.0, (), fingerprint(""), fingerprint("Texte 1.")).line()
    (one,) = compared(reviewed([made]), {name("Texte 1.", ""): ""})
    total = distances("en", [one]).total
    assert (total.measured, total.ter, total.rewritten) == (1, 100.0, 1)


def test_the_history_tells_what_the_package_in_use_no_longer_makes() -> None:
    entries = reviewed([entry(1, edited(2), TEN)])
    assert editing(entries, ["a new draft"])[0].known == 0
    (row,) = editing(entries, ["a new draft"], {entries[0].name: TEN})
    assert next(score.value for score in row.scores if score.metric == "TER") == 20.0


@pytest.mark.parametrize(
    ("changed", "verdict"),
    [
        ([1] * 29, Verdict.TOO_FEW),
        ([1] * 30, Verdict.HELP),
        ([3] * 16 + [9] * 14, Verdict.HELP),
        ([3] * 15 + [9] * 15, Verdict.MIXED),
        ([7] * 30, Verdict.MIXED),
        ([3] * 14 + [8] * 16, Verdict.NO_HELP),
    ],
)
def test_the_verdict_is_that_of_the_majority(changed: list[int], verdict: Verdict) -> None:
    entries = [entry(number, edited(words), TEN) for number, words in enumerate(changed)]
    assert measure(entries, [TEN] * len(entries)).verdict is verdict


def test_confidence_is_held_against_the_distance() -> None:
    entries = [entry(number, edited(number // 4), TEN, sure=0.99 - number / 100) for number in range(32)]
    one = measure(entries, [TEN] * 32)
    assert one.total.agreement is not None
    assert one.total.agreement < -0.95
    assert measure(entries[:29], [TEN] * 29).total.agreement is None
    unsure = [entry(number, edited(number // 4), TEN, sure=0) for number in range(32)]
    assert measure(unsure, [TEN] * 32).total.agreement is None
    matches = [entry(n, edited(n // 4), TEN, sure=0.99 - n / 100, package="memory") for n in range(32)]
    assert measure(matches, [TEN] * 32).total.agreement is None


def test_spearman_with_ties() -> None:
    # Ranks 0 1.5 1.5 3 and 1 0 2 3: the textbook's Pearson of ranks.
    assert spearman([1, 2, 2, 3], [5, 4, 6, 7]) == 0.632
    assert spearman([1, 2, 3], [3, 2, 1]) == -1.0


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=2, max_size=40))
def test_spearman_is_a_correlation(pairs: list[tuple[float, float]]) -> None:
    found = spearman([one for one, _ in pairs], [other for _, other in pairs])
    assert found is None or -1 <= found <= 1


def test_hostile_names_are_words_on_the_page() -> None:
    entries = [entry(1, edited(2), TEN, role=HOSTILE, package=HOSTILE.replace(" ", "")), entry(2, TEN, TEN)]
    found = reviewed(entries, HOSTILE, HOSTILE)
    text = page([distances("en", compared(found, {one.name: TEN for one in found}))], NOW)
    root = html.document_fromstring(text)
    assert root.xpath("//script | //comment() | //link | //img | //iframe | //@src | //@href") == []
    assert not [name for element in root.iter() for name in element.attrib if str(name).startswith("on")]
    assert [title.text for title in root.xpath("/html/head/title")] == ["What became of the drafts"]
    cells = [cell.text_content() for cell in root.xpath("//tbody/tr/th")]
    assert sum(HOSTILE in cell for cell in cells) >= 2
    assert "49" not in "".join(cells)


def test_every_plot_has_a_name_a_description_and_its_table() -> None:
    entries = [entry(number, edited(number % 11), TEN) for number in range(33)]
    text = page([measure(entries, [TEN] * 33)], NOW)
    plots = html.document_fromstring(text).xpath("//svg")
    assert len(plots) == 5, "the histogram, and a bar for each of four groups of one"
    ids = html.document_fromstring(text).xpath("//@id")
    assert len(ids) == len(set(ids))
    for plot in plots:
        assert plot.get("role") == "img"
        assert set(plot.get("aria-labelledby").split()) <= set(ids)
        assert plot.xpath("string(title)").strip()
        assert plot.xpath("string(desc)").strip()
        assert plot.xpath("ancestor::table | ancestor::figure//table")
    histogram = plots[0]
    numbers = [int(cell.text) for cell in histogram.getparent().xpath(".//tbody//td")]
    assert sum(numbers) == 33
    heights = [float(one.get("height")) for one in histogram.xpath(".//rect")]
    assert [round(height / max(heights) * max(numbers)) for height in heights] == numbers
    assert "http" not in text.replace("http-equiv", "")
    etree.fromstring(text[text.index("<svg") : text.index("</svg>") + 6])


def test_a_page_without_anything_says_so() -> None:
    assert "nothing to compare" in page([], NOW)
    by_hand = measure([entry(1, "By hand.")], [""])
    assert (by_hand.total.entries, by_hand.by_hand, by_hand.verdict) == (0, 1, Verdict.TOO_FEW)
    root = html.document_fromstring(page([by_hand], NOW))
    assert root.xpath("//svg | //table") == []
