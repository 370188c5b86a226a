"""What comes along with the program: locked, licensed, and nothing of it loaded that is not wanted."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tests.conftest import DISPATCH
from translate.engines.package import STARTERS, sha256

ROOT = Path(__file__).parent.parent
LOCKED = ROOT / ".ci" / "locked"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
# Under the AGPL, or a second and more of start and a gigabyte of memory.
UNWANTED = ("minisbd", "stanza", "spacy", "torch", "onnxruntime", "argostranslate.sbd", "argostranslate.translate")


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def named(requirements: list[str]) -> set[str]:
    return {normal(re.split(r"[^\w.-]", one, maxsplit=1)[0]) for one in requirements}


def pinned(kind: str) -> dict[str, str]:
    """Return the blocks of a lock file by the names they pin."""
    blocks = re.split(r"\n(?=\S)", (LOCKED / f"{kind}.txt").read_text(encoding="utf-8"))
    return {block.partition("==")[0]: block.strip() for block in blocks}


def installed_with(name: str, seen: set[str]) -> set[str]:
    """Return what an installed package needs, and what that needs, extras left out."""
    for one in metadata.requires(name) or []:
        other = next(iter(named([one])))
        if other not in seen and "extra ==" not in one:
            try:
                metadata.distribution(other)
            except metadata.PackageNotFoundError:
                continue  # For another system or Python.
            seen.add(other)
            installed_with(other, seen)
    return seen


@pytest.mark.parametrize("kind", ["run", "dev", "build", "ray", "toolkit", "real"])
def test_every_pin_has_checksums_and_no_index_is_named(kind: str) -> None:
    pins = pinned(kind)
    assert pins
    for name, block in pins.items():
        assert re.match(r"[a-z0-9.-]+==[\w.!+]+", block), name
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", block), name
    assert not re.search(r"://|--(extra-)?index|--find-links|--trusted", "".join(pins.values()))


def test_every_direct_dependency_is_locked_and_both_locks_agree() -> None:
    run, dev = pinned("run"), pinned("dev")
    for wanted, pins in ((PROJECT["dependencies"], run), (PROJECT["optional-dependencies"]["dev"], dev)):
        for one in map(Requirement, wanted):
            version = pins[normal(one.name)].split("==")[1].split()[0]
            assert one.specifier.contains(version), f"{one} is locked as {version}: make locks"
    assert run.items() <= dev.items()
    ray = pinned("ray")
    assert run.items() <= ray.items()
    assert {normal(Requirement(one).name) for one in PROJECT["optional-dependencies"]["ray"]} <= ray.keys()


def test_the_licence_of_every_dependency_at_run_time_is_listed() -> None:
    page = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"^\| ([a-z0-9-]+) \|", page.partition("## Used to build")[0], re.MULTILINE))
    assert installed_with("translate-desk", set()) <= listed, "make licences"
    assert {normal(name) for name in pinned("run")} <= listed, "make licences"


def test_a_bill_of_materials_names_every_locked_package_and_both_models(tmp_path: Path) -> None:
    out = tmp_path / "sbom.json"
    subprocess.run([sys.executable, ROOT / ".ci" / "supply.py", "sbom", out], check=True, capture_output=True)
    bill = json.loads(out.read_text())
    parts = {one["name"]: one for one in bill["components"]}
    assert pinned("run").keys() <= parts.keys()
    assert len({one["bom-ref"] for one in bill["components"]}) == len(bill["components"])
    for pair in ("fr_de", "fr_en"):
        assert parts[pair]["hashes"][0]["content"] == sha256(STARTERS / pair / "model" / "model.bin")


def test_a_run_loads_no_sentence_splitter_and_nothing_under_the_agpl(tmp_path: Path) -> None:
    """Every process of the run, its workers too, notes at its end what it had loaded."""
    (tmp_path / "hooks").mkdir()
    (tmp_path / "hooks" / "sitecustomize.py").write_text(
        "import atexit, os, sys\n"
        "def note():\n"
        f"    with open({str(tmp_path / 'loaded')!r}, 'a') as stream:\n"
        "        stream.write('\\n'.join(sys.modules) + '\\n')\n"
        "atexit.register(note)\n"
    )
    paths = [str(tmp_path / "hooks"), str(ROOT), os.environ.get("PYTHONPATH", "")]
    told = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, paths))}
    desk = tmp_path / "desk"
    desk.mkdir()

    def translate(*arguments: str) -> None:
        command = [sys.executable, "-m", "translate", *arguments]
        done = subprocess.run(command, cwd=desk, env=told, capture_output=True, text=True, check=False)
        assert done.returncode in (0, 1), done.stderr

    translate("init", "--source", "fr", "--target", "en")
    (desk / "source" / "port.txt").write_text(DISPATCH, encoding="utf-8")
    translate("run")
    assert (desk / "output" / "en").is_dir()
    loaded = set((tmp_path / "loaded").read_text().split())
    assert "ctranslate2" in loaded
    assert not loaded & set(UNWANTED)
    assert not [name for name in loaded if name.split(".")[0] in ("minisbd", "stanza", "spacy", "torch")]


def test_the_tokenizer_of_bpe_packages_loads_no_sentence_splitter() -> None:
    script = f"import sys, argostranslate.tokenizer; print(sorted(set(sys.modules) & set({UNWANTED!r})))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
