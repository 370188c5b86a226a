"""What translate.toml says of typography."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from translate import project
from translate.editions.typography.policy import House
from translate.errors import ProjectError


def house(said: Any) -> House:
    return project.parse({"source": "fr", "targets": ["en"], "typography": said}, Path("/desk")).typography


def test_typography_is_on_unless_the_desk_says_no() -> None:
    assert project.parse({"source": "fr", "targets": ["en"]}, Path("/desk")).typography == House()
    assert house(True) == House()
    assert not house(False).enabled
    assert not house({"enabled": False}).enabled


def test_rules_and_languages() -> None:
    made = house({"dashes": False, "spaces": True, "en-gb": {"dash": "keep"}, "en": {"quotation_marks": "single"}})
    assert made.off == {"dashes"}
    assert made.style("en-GB", "dash") == "keep"
    assert made.style("en-GB", "quotation_marks") == "single"
    assert made.style("de", "dash") == ""


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("yes", "typography: must be true, false or a table"),
        ({"quotes": True}, "typography.quotes: is not a key"),
        ({"dashes": "no"}, "typography.dashes: 'no' is not allowed"),
        ({"xx": {}}, "typography.xx: 'xx' is not a language"),
        ({"en": {"dashes": "spaced"}}, "typography.en.dashes: is not a key"),
        ({"en": {"dash": "long"}}, "typography.en.dash: 'long' is not allowed"),
        ({"en": {"dash": ["closed"]}}, "typography.en.dash: .* is not allowed"),
    ],
)
def test_what_is_wrong_is_named(said: Any, problem: str) -> None:
    with pytest.raises(ProjectError, match=problem):
        house(said)
