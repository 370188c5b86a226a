from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Outcome
from translate.errors import DeskError

Run = Callable[..., Outcome]
VERBS = ("init", "run", "extract", "draft", "check", "status", "assemble", "roundtrip")
HEAVY = (
    "ctranslate2",
    "sentencepiece",
    "argostranslate",
    "lxml",
    "babel",
    "polib",
    "jinja2",
    "numpy",
    "rapidfuzz",
    "rich",
    "regex",
    "snowballstemmer",
)


@pytest.mark.parametrize(
    "arguments", [["--help"], ["run", "--help"], ["models", "--help"], ["glossary", "--help"], ["--version"]]
)
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    script = (
        "import sys; from translate.cli import main;"
        f"code = main({arguments!r}); assert code == 0, code;"
        f"loaded = [name for name in {HEAVY!r} if name in sys.modules]; assert not loaded, loaded"
    )
    subprocess.run([sys.executable, "-c", script], check=True, capture_output=True)


def test_every_verb_has_help_and_the_common_options(translate: Run) -> None:
    top = translate("--help")
    for verb in VERBS:
        assert f"  {verb} " in top.out
        text = translate(verb, "--help").out
        assert "--project" in text
        assert "--json" in text
        assert "--quiet" in text


def test_outside_a_desk_the_remedy_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, translate: Run) -> None:
    monkeypatch.chdir(tmp_path)
    done = translate("run")
    assert done.code == 2
    assert "translate init" in done.err
    assert translate("run", "--json").json["error"]["remedy"]


def test_wrong_usage_is_exit_code_2(desk: Path, translate: Run) -> None:
    assert translate("nonsense").code == 2
    assert translate("run", "--nonsense").code == 2
    assert translate("run", "no-such-document").code == 2
    assert translate("init").code == 2


def test_debug_shows_where_an_error_came_from(tmp_path: Path, translate: Run) -> None:
    with pytest.raises(DeskError):
        translate("--debug", "run", "--project", tmp_path)


def test_quiet_is_quiet(desk: Path, translate: Run) -> None:
    done = translate("run", "--quiet")
    assert (done.code, done.out, done.err) == (0, "", "")


def test_a_read_only_desk_is_an_error_not_a_traceback(desk: Path) -> None:
    if os.geteuid() == 0:
        (desk / "locales").rmdir()
        (desk / "locales").write_text("a file where a folder should be")
    else:
        (desk / "locales").chmod(0o500)
    done = subprocess.run(
        [sys.executable, "-m", "translate", "run"], cwd=desk, capture_output=True, text=True, check=False
    )
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    assert f"translate: error: {desk / 'locales'}" in done.stderr
    assert "run the command again" in done.stderr


def test_documents_are_filters(desk: Path, translate: Run) -> None:
    (desk / "source/gare.txt").write_text("La gare est ouverte.")
    assert {row["document"] for row in translate("run", "gare", "--json").json["status"]} == {"gare"}
    assert not (desk / "locales/port.pot").exists()


def test_models_are_listed_shown_and_refused(desk: Path, translate: Run, tmp_path: Path) -> None:
    listed = translate("models", "list", "--json").json["packages"]
    assert [(one["from"], one["to"], one["origin"]) for one in listed] == [
        ("fr", "de", "starter"),
        ("fr", "en", "starter"),
    ]
    shown = translate("models", "info", "fr_en").out
    assert "weaker than the packages of the Argos index" in shown
    assert translate("models", "info", "fr_it").code == 3
    broken = tmp_path / "x.argosmodel"
    broken.write_bytes(b"no zip")
    refused = translate("models", "install", broken)
    assert refused.code == 3
    assert "nothing was installed" in refused.err
    assert translate("models", "remove", "fr_en").code == 2
