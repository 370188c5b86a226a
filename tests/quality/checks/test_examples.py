"""The examples of docs/checks.md: those that fire do, those that must not do not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from translate.catalogs.states import State
from translate.knowledge.glossary import Glossary
from translate.quality.checks import Pair, checks

DOCS = Path(__file__).parents[3] / "docs" / "checks.md"
_ROW = re.compile(r"^\| (fires|silent) \| (.*?) \| (en|de) \| (.*?) \|$")


def examples() -> list[tuple[str, bool, str, str, str]]:
    found, name = [], ""
    for line in DOCS.read_text(encoding="utf-8").splitlines():
        if head := re.match(r"\*\*([\w-]+)\*\*:", line):
            name = head[1]
        elif row := _ROW.match(line):
            found.append((name, row[1] == "fires", row[2], row[3], row[4]))
    return found


@pytest.mark.usefixtures("dictionaries")
@pytest.mark.parametrize(("name", "fires", "source", "language", "translation"), examples())
def test_the_examples_of_the_documentation(name, fires, source, language, translation) -> None:
    pair = Pair(source, translation, "fr", language, State.REVIEWED, terms=Glossary().between("fr", language))
    found = list(checks()[name](pair))
    assert bool(found) is fires, found
    assert all(one.check == name for one in found)
    for one in found:
        if one.mend is not None:
            mended = Pair(source, one.mend, "fr", language, State.REVIEWED, terms=pair.terms)
            assert one.message not in {again.message for again in checks()[name](mended)}


def test_every_check_is_documented() -> None:
    text = DOCS.read_text(encoding="utf-8")
    assert [name for name in checks() if f"\n**{name}**: " not in text] == []


def test_every_check_has_a_good_example_that_it_leaves_alone() -> None:
    by_name = {name: [fires for one, fires, *_ in examples() if one == name] for name in checks()}
    elsewhere = {"invisible", "line-ends", "terms", "consistency", "headlines"}
    assert [name for name, found in by_name.items() if name not in elsewhere and set(found) != {True, False}] == []
