from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import Outcome
from translate.catalogs import store
from translate.catalogs.provenance import Provenance, fingerprint, stale_line
from translate.catalogs.states import State
from translate.catalogs.units import Unit
from translate.documents.model import Role
from translate.engines.drafts import confidence
from translate.quality.checks import Severity
from translate.quality.risk import WEIGHTS, ordered, queue, weight


def unit(text: str, role: Role = Role.PARAGRAPH, line: int = 1) -> Unit:
    return Unit((None, text), (role,), (), (line,))


def drafted(source: str, text: str, sure: float = 0.6) -> polib.POEntry:
    line = Provenance({"engine": "x"}, sure, (), fingerprint(text), fingerprint(source)).line()
    return polib.POEntry(msgid=source, msgstr=text, flags=["fuzzy"], tcomment=line)


def catalog(*entries: polib.POEntry) -> store.Catalog:
    file = polib.POFile()
    file.extend(entries)
    return store.Catalog(Path("x.po"), file)


def test_a_headline_comes_before_a_paragraph_that_is_as_doubtful() -> None:
    units = [unit("Il dort."), unit("Un titre", Role.HEADLINE, 2)]
    made = catalog(drafted("Il dort.", "He sleeps."), drafted("Un titre", "A headline"))
    first, second = ordered(queue("d", "en", made, units))
    assert (first.source, first.risk, first.line) == ("Un titre", pytest.approx(0.4), 2)
    assert (second.source, second.risk, second.confidence) == ("Il dort.", pytest.approx(0.2), 0.6)


def test_figures_and_quotations_weigh_more_than_the_rest_of_the_body() -> None:
    body = weight((Role.PARAGRAPH,), "Il pleut.")
    assert weight((Role.PARAGRAPH,), "Il y a 3 morts.") > body
    assert weight((Role.PARAGRAPH,), "« Il pleut », dit-il.") > body
    assert weight((Role.PARAGRAPH,), "Un <1>mot</1>.") == body
    assert weight((Role.PARAGRAPH, Role.HEADLINE), "Il pleut.") == WEIGHTS[Role.HEADLINE]
    assert weight((Role.PARAGRAPH,), "Il pleut.", {**WEIGHTS, "paragraph": 0.0}) == 0.0


def test_reviewed_entries_do_not_wait_and_everything_else_does() -> None:
    done = polib.POEntry(msgid="Fini.", msgstr="Done.")
    stale = drafted("Vieux.", "Old.", 0.9)
    stale.previous_msgid = "Très vieux."
    stale.tcomment = stale_line("reviewed", "Old.")
    units = [unit(text) for text in ("Fini.", "Vieux.", "Rien.", "Brouillon.")]
    waiting = ordered(queue("d", "en", catalog(done, stale, drafted("Brouillon.", "Draft.", 0.0)), units))
    assert [one.source for one in waiting] == ["Rien.", "Vieux.", "Brouillon."]
    assert [one.state for one in waiting] == [State.UNTRANSLATED, State.STALE, State.DRAFT]
    assert {one.risk for one in waiting} == {0.5}


def test_without_a_catalog_everything_waits() -> None:
    assert [one.state for one in queue("d", "en", None, [unit("Rien.")])] == [State.UNTRANSLATED]


def test_confidence_is_of_the_very_words_that_were_judged() -> None:
    entry = drafted("Il dort.", "He sleeps.")
    assert confidence(entry) == 0.6
    entry.msgstr = "He is asleep."
    assert confidence(entry) == 0.0
    copied = drafted("Il dort.", "He sleeps.")
    copied.msgid = "Il dort bien."
    assert confidence(copied) == 0.0
    assert confidence(polib.POEntry(msgid="a", msgstr="b", flags=["fuzzy"])) == 0.0
    assert confidence(polib.POEntry(msgid="a", msgstr="b")) == 1.0


def test_findings_take_confidence_away() -> None:
    made = catalog(drafted("Il dort.", "He sleeps."))
    units = [unit("Il dort.")]

    def risk(found: dict[tuple[str | None, str], Severity]) -> float:
        return queue("d", "en", made, units, findings=found)[0].risk

    assert risk({}) < risk({(None, "Il dort."): Severity.WARNING}) < risk({(None, "Il dort."): Severity.ERROR}) == 0.5


@given(st.floats(-1, 2, allow_nan=False), st.sampled_from(list(Role)), st.text(min_size=1, max_size=30))
def test_risk_stays_between_0_and_1(sure: float, role: Role, text: str) -> None:
    entry = drafted(text, "x", sure)
    (one,) = queue("d", "en", catalog(entry), [unit(text, role)])
    assert 0 <= one.risk <= 1
    assert 0 <= one.confidence <= 1


def test_status_lists_what_to_look_at_first(desk: Path, translate: Callable[..., Outcome]) -> None:
    assert translate("extract").code == 0
    said = translate("status", "--queue", "3", "--lang", "en", "--json").json
    assert said["queue"][0]["roles"] == ["headline"]
    assert [one["place"] for one in said["queue"]] == [1, 2, 3]
    assert said["queue"][0]["source"] == "Le port rouvre ses portes"
    assert said["waiting"] > 3
    table = translate("status", "--queue", "2").out.splitlines()
    assert table[0].split()[:3] == ["place", "risk", "document"]
    assert len(table) == 4
    (desk / "translate.toml").write_text(
        'source = "fr"\ntargets = ["en"]\n[risk]\nheadline = 0.1\nquotation = 1\n', encoding="utf-8"
    )
    said = translate("status", "--queue", "1", "--json").json
    assert said["queue"][0]["source"].startswith('"Nous sommes prêts"')


@pytest.mark.parametrize("line", ["headlines = 1", "headline = 2", "headline = true", 'headline = "1"'])
def test_a_weight_that_is_none_is_refused(desk: Path, translate: Callable[..., Outcome], line: str) -> None:
    (desk / "translate.toml").write_text(f'source = "fr"\ntargets = ["en"]\n[risk]\n{line}\n', encoding="utf-8")
    done = translate("status", "--queue", "1")
    assert done.code == 2
    assert "risk.headline" in done.err
