"""publish, diff and bundle on the command line."""

from __future__ import annotations

import pytest

from tests.publishing import PLAIN, catalog, review, setting


def test_publish_tells_what_it_did_and_what_it_holds(house, translate):
    review(catalog(house, "de"), drafts=(PLAIN,))
    dry = translate("publish", "--dry-run")
    assert dry.code == 1
    assert "port (en): would be published" in dry.out
    assert f"line 12: draft, and paragraph must be reviewed: {PLAIN}" in dry.out
    done = translate("publish")
    assert done.code == 1
    assert "port (en): published" in done.out
    assert "port (de): the gate is closed:" in done.out
    review(catalog(house, "de"))
    found = translate("publish", "--json")
    assert found.code == 0
    assert [(one["language"], one["what"]) for one in found.json["outcomes"]] == [("de", "published")]
    assert "output/site/de/port.html" in found.json["site"]
    assert found.json["unchanged"] == 2
    assert "3 editions unchanged." in translate("publish").out
    assert "Readers would find nothing changed." in translate("diff").out
    assert translate("bundle").out.strip() == "output/bundles/port.zip"
    gone = translate("publish", "--withdraw", "port", "--lang", "de")
    assert "port (de): withdrawn" in gone.out
    assert "port (de): new" in translate("diff").out


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('polcy = "reviewed"', "publish.polcy: is not a key"),
        ('policy = "all"', "publish.policy: 'all' is no policy"),
        ('errors = "no"', "publish.errors: 'no' is not allowed"),
        ('templates = "nowhere"', "publish.templates: 'nowhere' is no folder"),
        ('[publish.gate]\nheadlin = ["reviewed"]', "publish.gate.headlin: is no role"),
        ('[publish.gate]\nheadline = ["draft"]', 'publish.gate.headline: must be a list of states with "reviewed"'),
    ],
)
def test_what_is_wrong_in_the_settings_is_named(house, translate, line, said):
    setting(house, line)
    done = translate("publish")
    assert done.code == 2
    assert said in done.err


@pytest.mark.parametrize("url", ["news.example.org", "ftp://x.org/", "https://x.org/?a", "https://"])
def test_an_address_is_one(house, translate, url):
    path = house / "translate.toml"
    path.write_text(path.read_text().replace("https://news.example.org/paper/", url))
    done = translate("publish")
    assert done.code == 2
    assert "is no address of a site" in done.err


def test_a_document_that_cannot_be_read_is_no_unchanged_one(house, translate):
    assert translate("publish").code == 0
    (house / "source/port.txt").write_bytes(b"\0\1")
    said = translate("diff")
    assert (said.code, said.out) == (2, "")
    assert "port.txt" in said.err
    told = translate("diff", "--json")
    assert (told.json["differences"], len(told.json["refused"])) == ([], 1)
    assert len(translate("bundle", "--json").json["refused"]) == 1


def test_withdraw_needs_names(house, translate):
    assert translate("publish", "--withdraw").code == 2
    assert translate("publish", "--lang", "it").code == 2
