"""The rules of the house that a tool can hold."""

from __future__ import annotations

import ast
import doctest
import importlib
import pkgutil
import re
from pathlib import Path

import pytest

import translate

ROOT = Path(translate.__file__).parent
# Left to right: nothing imports from a room to its right.
ROOMS = (
    "errors",
    "language",
    "files",
    "databases",
    "processes",
    "listening",
    "settings",
    "documents",
    "catalogs",
    "knowledge",
    "engines",
    "quality",
    "editions",
    "project",
    "holding",
    "reading",
    "remembering",
    "drafting",
    "checking",
    "pipeline",
    "cutting",
    "scale",
    "exchange",
    "releasing",
    "publishing",
    "bundling",
    "review",
    "cli",
)
MODULES = sorted(
    module.name for module in pkgutil.walk_packages([str(ROOT)], "translate.") if "__main__" not in module.name
)


def room(module: str) -> int:
    parts = module.split(".")
    return ROOMS.index(parts[1]) if len(parts) > 1 and parts[1] in ROOMS else -1


@pytest.mark.parametrize("name", MODULES)
def test_data_flows_from_left_to_right(name: str) -> None:
    source = Path(importlib.import_module(name).__file__ or "").read_text(encoding="utf-8")
    imported = [
        alias
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ImportFrom | ast.Import)
        for alias in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [one.name for one in node.names])
    ]
    for other in imported:
        if other.startswith("translate."):
            assert room(other) <= room(name), f"{name} imports {other}"


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_docstrings_are_true(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


@pytest.mark.parametrize("name", MODULES)
def test_only_the_command_line_prints_exits_or_reads_the_environment(name: str) -> None:
    if name.startswith("translate.cli"):
        return
    source = Path(importlib.import_module(name).__file__ or "").read_text(encoding="utf-8")
    assert not re.search(r"\bprint\(|sys\.exit|os\.environ|os\.getenv|sys\.std(out|err)", source)


@pytest.mark.parametrize("path", sorted(ROOT.rglob("*.py")), ids=str)
def test_a_module_is_one_idea(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 350
