"""The repository is its own first example: its catalogs and editions are what its sources say."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import polib
import pytest

from tests.conftest import Outcome, snapshot

ROOT = Path(__file__).parents[1]
PARTS = ("source", "locales", "output")


def test_the_sample_desk_is_up_to_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, translate: Callable[..., Outcome]
) -> None:
    for part in PARTS:
        shutil.copytree(ROOT / part, tmp_path / "desk" / part)
    shutil.copy2(ROOT / "translate.toml", tmp_path / "desk")
    monkeypatch.chdir(tmp_path / "desk")
    before = snapshot(tmp_path / "desk")
    assert translate("run").code == 0
    after = snapshot(tmp_path / "desk")
    assert [name for name in after if after[name] != before.get(name)] == []
    assert before.keys() == after.keys()


@pytest.mark.parametrize("language", ["en", "de"])
def test_one_dispatch_is_fully_reviewed(language: str) -> None:
    file = polib.pofile(str(ROOT / "locales" / language / "LC_MESSAGES" / "alep-cessez-le-feu.po"))
    assert len(file) > 25
    assert file.percent_translated() == 100
    page = (ROOT / "output" / language / "alep-cessez-le-feu.html").read_text(encoding="utf-8")
    assert 'content="reviewed"' in page


@pytest.mark.parametrize("path", sorted(ROOT.glob("locales/*/LC_MESSAGES/*.po")), ids=lambda path: path.stem)
def test_catalogs_are_valid(path: Path, msgfmt: Callable[[Path], str]) -> None:
    assert msgfmt(path) == ""
