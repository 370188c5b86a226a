"""translate.toml: each key and value is checked, and the error names it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from translate.cli.desk import TEMPLATE
from translate.editions.policy import Policy
from translate.errors import ProjectError
from translate.project import load, parse
from translate.settings import FILE

GOOD: dict[str, Any] = {"source": "fr", "targets": ["en", "de"]}


@pytest.mark.parametrize(
    ("change", "problem", "remedy"),
    [
        ({"sauce": 1}, "sauce: is not a key", "segmentation"),
        ({"source": "xx-YY"}, "source: 'xx-YY' is not a language", "BCP 47"),
        ({"source": 7}, "source: 7 is not a language", "BCP 47"),
        ({"source": "fr./../../x"}, "source: .* is not a language", "BCP 47"),
        ({"source": "fr_FR"}, "source: .* is not a language", "BCP 47"),
        ({"targets": []}, "targets: must be a list", "targets = "),
        ({"targets": "en"}, "targets: must be a list", "targets = "),
        ({"targets": ["en", "EN"]}, "targets: names a language twice", "once"),
        ({"targets": ["en", "fr"]}, "targets: names the source language 'fr'", "Take it out"),
        ({"segmentation": "word"}, "segmentation: 'word'", "sentence, paragraph"),
        ({"drafts": True}, "drafts: True", "label, hold"),
        ({"editions": ["pfd"]}, "editions: 'pfd'", "text, markdown, html"),
        ({"editions": []}, "editions: must be a list", "text, markdown, html"),
        ({"beam": 0}, "beam: 0", "from 1 to 16"),
        ({"beam": True}, "beam: True", "from 1 to 16"),
        ({"threads": 1.5}, "threads: 1.5", "from 0 to 256"),
        ({"compute": "int4"}, "compute: 'int4'", "auto, int8"),
        ({"engine": 1}, "engine: must be a name", "argos"),
        ({"packages": ""}, "packages: must be a path", "relative"),
        ({"rules": 1}, "rules: must be a path", "relative"),
        ({"folders": {"in": "x"}}, "folders.in: is not a key", "source, locales, output"),
        ({"folders": {"source": 1}}, "folders: must be a table", "source, locales, output"),
        ({"folders": {"output": "source/out"}}, "folders.output: overlaps", "read as source"),
        ({"folders": {"source": "."}}, "folders.locales: overlaps", "read as source"),
        ({"engine": 1}, "engine: must be a name", 'engine = "argos"'),
        ({"disclosure": {"responsible": 1}}, "disclosure.responsible: must be a name", "responsible ="),
        ({"labels": "x"}, "labels: must hold a table", "labels.it"),
        ({"labels": {"it": {"by": 1}}}, "labels.it: must be a table", "by ="),
        ({"labels": {"xx": {}}}, "labels.xx: 'xx' is not a language", "BCP 47"),
    ],
)
def test_bad_values(change: dict[str, Any], problem: str, remedy: str) -> None:
    with pytest.raises(ProjectError, match=problem) as caught:
        parse(GOOD | change, Path("/desk"))
    assert caught.value.where == FILE
    assert remedy in caught.value.remedy


@pytest.mark.parametrize("key", ["source", "targets"])
def test_missing_key(key: str) -> None:
    with pytest.raises(ProjectError, match=f"{key}: is missing"):
        parse({name: value for name, value in GOOD.items() if name != key}, Path("/desk"))


def test_paths() -> None:
    project = parse(GOOD | {"folders": {"locales": "po"}, "targets": ["en", "de-ch"]}, Path("/desk"))
    assert project.targets == ("en", "de-CH")
    assert project.catalog("a/b", "en") == Path("/desk/po/en/LC_MESSAGES/a/b.po")
    assert project.template("a") == Path("/desk/po/a.pot")
    assert project.edition("a", "en", ".md") == Path("/desk/output/en/a.md")
    assert (project.shown(Path("/desk/po")), project.shown(Path("/x"))) == ("po", "/x")


def test_editions_know_where_the_desk_publishes() -> None:
    desk = GOOD | {"disclosure": {"responsible": "Der Bote AG"}}
    assert parse(desk, Path("/desk")).disclosure.site == ""
    project = parse(desk | {"publish": {"url": "https://news.example.org"}}, Path("/desk"))
    assert project.disclosure == Policy(responsible="Der Bote AG", site="https://news.example.org/")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_template_is_valid(tmp_path: Path, encoding: str) -> None:
    (tmp_path / FILE).write_text(TEMPLATE.format(source="fr", targets='"en", "de"'), encoding=encoding)
    assert load(tmp_path).targets == ("en", "de")


def test_files_that_are_none(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match=r"there is no translate.toml"):
        load(tmp_path)
    (tmp_path / FILE).write_bytes(b"\xff")
    with pytest.raises(ProjectError, match="cannot be read"):
        load(tmp_path)
    (tmp_path / FILE).write_text("source = fr")
    with pytest.raises(ProjectError, match=r"not valid TOML.*line 1"):
        load(tmp_path)
