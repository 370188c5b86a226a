"""The check verb: findings of a desk, waivers, switches, mends."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import polib
import pytest

from translate import checking, pipeline, project
from translate.catalogs import provenance, store
from translate.catalogs.states import State, set_fuzzy, state
from translate.knowledge import spelling
from translate.quality import checks as quality
from translate.quality.checks import Finding, Severity, figures
from translate.reading import read
from translate.settings import FILE

NOW = dt.datetime(2026, 11, 2, 12, 0, tzinfo=dt.UTC)
SOURCE = "Le port rouvre\n\nIl a fermé 5 jours.\n\nIl a fermé 5 jours, dit Jean Moreau.\n"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    (tmp_path / "source").mkdir()
    (tmp_path / FILE).write_text('source = "fr"\ntargets = ["en"]\n')
    (tmp_path / "source/port.md").write_text(SOURCE)
    return tmp_path


def filled(desk: Path, translations: dict[str, str], document: str = "port", comment: str = "") -> Path:
    """Extract, and fill entries by the beginning of their source; return the path of the catalog."""
    loaded = project.load(desk)
    pipeline.save(loaded, pipeline.extract(loaded, read(loaded).documents, [], NOW), NOW)
    path = loaded.catalog(document, "en")
    catalog = store.load(path)
    assert catalog is not None
    for entry in catalog.entries:
        for source, translation in translations.items():
            if entry.msgid.startswith(source):
                entry.msgstr = translation
                if comment:
                    entry.tcomment = comment
    store.save(catalog)
    return path


def found(desk: Path) -> list[checking.Found]:
    loaded = project.load(desk)
    return checking.check(loaded, read(loaded).documents, [], NOW.date())


def fixed(desk: Path) -> list[checking.Mended]:
    loaded = project.load(desk)
    return checking.fix(loaded, read(loaded).documents, [], NOW.date(), NOW)


def entry_of(path: Path, source: str) -> polib.POEntry:
    return next(entry for entry in polib.pofile(str(path)) if entry.msgid.startswith(source))


def test_a_finding_names_the_catalog_and_its_line(desk):
    path = filled(desk, {"Il a fermé 5 jours.": "It was shut for 6 days."})
    (one,) = found(desk)
    assert (one.finding.check, one.is_error, one.line, one.catalog) == (
        "figures", True, 3, "locales/en/LC_MESSAGES/port.po",
    )  # fmt: skip
    entry = path.read_text().splitlines()[one.catalog_line - 1 :][:4]
    assert 'msgid "Il a fermé 5 jours."' in entry


def test_a_waiver_with_a_reason_holds_and_is_told(desk):
    filled(desk, {"Il a fermé 5 jours.": "It was shut for 6 days."}, comment="check-ignore: figures: the port said 6")
    (one,) = found(desk)
    assert one.waived == "the port said 6"
    assert not one.is_error


@pytest.mark.parametrize(
    ("comment", "said"),
    [("check-ignore: figures", "no reason"), ("check-ignore: figure: the port said 6", "no check")],
)
def test_a_waiver_that_does_not_hold_is_told(desk, comment, said):
    filled(desk, {"Il a fermé 5 jours.": "It was shut for 6 days."}, comment=comment)
    assert [one.finding.check for one in found(desk)] == ["figures", "waivers"]
    assert [one.is_error for one in found(desk)] == [True, False]
    assert said in found(desk)[1].finding.message


def test_a_waiver_was_given_for_the_text_as_it_was(desk):
    path = filled(desk, {"Il a fermé 5 jours.": "It was shut for 6 days."}, comment="check-ignore: figures: so be it")
    (desk / "source/port.md").write_text(SOURCE.replace("Il a fermé 5 jours.", "Il a fermé 7 jours."))
    filled(desk, {})
    assert state(entry_of(path, "Il a fermé 7 jours.")) is State.STALE
    assert [one.is_error for one in found(desk) if one.finding.check == "figures"] == [True]


def test_the_next_comment_is_no_reason(desk):
    filled(
        desk,
        {"Il a fermé 5 jours.": "It was shut for 6 days."},
        comment="check-ignore: figures:\n@draft engine=x confidence=0.50",
    )
    assert [(one.finding.check, one.waived) for one in found(desk)] == [("figures", ""), ("waivers", "")]


def test_a_waiver_holds_when_a_tool_broke_its_line(desk):
    names = "names, quotations, quotation-marks, repetition, spaces, untranslated"
    path = filled(
        desk,
        {"Il a fermé 5 jours.": "It was shut for 6 days."},
        comment=f"check-ignore: {names}, figures: the port said 6",
    )
    polib.pofile(str(path), wrapwidth=40).save(str(path))
    assert [one.waived for one in found(desk) if one.finding.check == "figures"] == ["the port said 6"]


def test_everything_is_mended_at_once(desk, monkeypatch):
    words = ["aa", "bb", "cc", "dd", "ee", "ff", "gg", "hh"]

    def shout(pair):
        for word in words:
            if word in pair.translation:
                mend = pair.translation.replace(word, word.upper())
                yield Finding("shout", Severity.WARNING, word, mend)

    monkeypatch.setattr(quality, "checks", lambda: {"shout": shout})
    filled(desk, {"Il a fermé 5 jours.": " ".join(words)})
    assert [one.after for one in fixed(desk)] == ["AA BB CC DD EE FF GG HH"]


def test_two_checks_at_odds_end(desk, monkeypatch):
    def other(pair):
        yield Finding("other", Severity.WARNING, "no", "b" if pair.translation == "a" else "a")

    monkeypatch.setattr(quality, "checks", lambda: {"other": other})
    filled(desk, {"Il a fermé 5 jours.": "a"})
    assert [one.after for one in fixed(desk)] == []


@pytest.mark.parametrize("mend", ["", "It was shut for 6 days."])
def test_a_mend_never_loses_the_text_nor_brings_an_error(desk, monkeypatch, mend):
    def bad(pair):
        if pair.translation != mend:
            yield Finding("bad", Severity.WARNING, "no", mend)

    monkeypatch.setattr(quality, "checks", lambda: {"bad": bad, "figures": figures.check})
    filled(desk, {"Il a fermé 5 jours.": "It was shut for 5 days."})
    assert fixed(desk) == []


def test_tools_keep_a_waiver(desk, msgfmt):
    path = filled(desk, {"Il a fermé 5 jours.": "It was shut for 6 days."}, comment="check-ignore: figures: so be it")
    assert msgfmt(path) == ""
    polib.pofile(str(path)).save(str(path))
    assert [one.waived for one in found(desk)] == ["so be it"]


def test_a_check_is_switched_off_in_translate_toml(desk):
    filled(desk, {"Il a fermé 5 jours.": "It was shut for 6 days."})
    with (desk / FILE).open("a") as file:
        file.write("[checks]\nfigures = false\nspelling = true\n")
    assert found(desk) == []


def test_one_text_is_translated_in_one_way(desk):
    (desk / "source/gare.md").write_text("Il a fermé 5 jours.\n")
    filled(desk, {"Il a fermé 5 jours.": "It was shut for 5 days."})
    filled(desk, {"Il a fermé 5 jours.": "It closed for 5 days."}, "gare")
    assert [one.finding.check for one in found(desk)] == ["consistency", "consistency"]
    filled(desk, {"Il a fermé 5 jours.": "It was shut for 5 days."}, "gare")
    assert found(desk) == []


def test_what_is_certain_is_mended_and_the_state_kept(desk):
    path = filled(desk, {"Il a fermé 5 jours.": "it was shut  for 5 days", "Le port": "The port reopens"})
    catalog = store.load(path)
    entry = next(one for one in catalog.entries if one.msgid.startswith("Il a fermé 5 jours."))
    set_fuzzy(entry, True)
    made = provenance.Provenance({"engine": "x"}, 0.5, (), provenance.fingerprint(entry.msgstr))
    entry.tcomment = provenance.with_line("", made.line())
    store.save(catalog)
    (one,) = fixed(desk)
    assert one.after == "It was shut for 5 days."
    assert set(one.checks) == {"capitals", "punctuation", "spaces"}
    after = entry_of(path, "Il a fermé 5 jours.")
    assert state(after) is State.DRAFT
    assert provenance.parse(after.tcomment).text == provenance.fingerprint(after.msgstr)
    assert found(desk) == []
    before = path.read_bytes()
    assert fixed(desk) == []
    assert path.read_bytes() == before


def test_what_is_waived_or_stale_is_not_mended(desk):
    path = filled(desk, {"Il a fermé 5 jours.": "It was shut  for 5 days."}, comment="check-ignore: spaces: as it is")
    assert fixed(desk) == []
    (desk / "source/port.md").write_text(SOURCE.replace("Il a fermé 5 jours.", "Il a fermé 7 jours."))
    filled(desk, {})
    assert fixed(desk) == []
    assert "shut  for" in path.read_text()


def test_a_language_without_a_dictionary_is_named(desk, monkeypatch):
    monkeypatch.setattr(checking, "speller", lambda _language: None)
    assert checking.unspelt(project.load(desk), []) == ["en"]


def test_american_english_comes_with_the_package(monkeypatch):
    monkeypatch.setattr(spelling, "FOLDERS", ())
    spelling.speller.cache_clear()
    knows = spelling.speller("en")
    spelling.speller.cache_clear()
    assert knows is not None
    assert knows("house")
    assert not knows("huose")
    assert spelling.speller("xx") is None


def test_many_entries_are_shared_out_among_processes(desk, monkeypatch):
    (desk / "source/port.md").write_text("\n\n".join(f"Il a fermé {number} jours." for number in range(2, 40)))
    filled(desk, {"Il a fermé": "It was shut for 6 days."})
    alone = found(desk)
    monkeypatch.setattr(checking, "_MANY", 10)
    monkeypatch.setattr(checking, "_SHARE", 7)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    assert len(alone) >= 37
    assert found(desk) == alone
