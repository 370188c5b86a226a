"""Documents in a format of their own have other targets beside it, where the desk wants them."""

from __future__ import annotations

from pathlib import Path

import polib
import pytest

from translate.editions.targets import targets

SOURCES = {
    "a.md": "# Le port\n\nLe **port** est [ouvert](https://example.org/a) mardi.\n",
    "a.html": "<!DOCTYPE html><html lang='fr'><title>Le port</title><h1>Le port</h1>"
    "<p>Le <b>port</b> est <a href='https://example.org/a'>ouvert</a> mardi.</p></html>",
    "a.srt": "1\n00:00:01,000 --> 00:00:03,000\nLe <i>port</i> est ouvert mardi.\n",
}


@pytest.mark.slow
@pytest.mark.parametrize("name", SOURCES)
def test_every_target_can_be_had(desk: Path, translate, name):
    (desk / "source/port.txt").unlink()
    (desk / "source" / name).write_text(SOURCES[name])
    path = desk / "translate.toml"
    path.write_text(f"also = {sorted(targets())!r}\n".replace("'", '"') + path.read_text())
    assert translate("extract").code == 0
    for catalog in (desk / "locales").rglob("*.po"):
        file = polib.pofile(str(catalog))
        for entry in file:
            entry.msgstr = entry.msgid.replace("ouvert", "open & shut").replace("Le", "The")
        file.save(str(catalog))
    done = translate("assemble", "--lang", "en", "--json")
    assert done.code == 0, done.err
    made = {Path(one["path"]).name for one in done.json["editions"]}
    own = Path(name).suffix
    assert made == {f"a{target.suffix}" for target in targets().values()} | {name}
    text = (desk / "output/en/a.txt").read_text()
    assert "open & shut" in text
    assert "<" not in text
    if own == ".md":
        # The document's own edition keeps its markup.
        assert "[open & shut](https://example.org/a)" in (desk / "output/en/a.md").read_text()


def test_without_the_setting_there_is_one_edition(desk: Path, translate):
    (desk / "source/port.txt").unlink()
    (desk / "source/a.md").write_text(SOURCES["a.md"])
    assert translate("extract").code == 0
    done = translate("assemble", "--lang", "en", "--json")
    assert [Path(one["path"]).name for one in done.json["editions"]] == ["a.md"]
