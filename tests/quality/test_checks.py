from __future__ import annotations

import pytest

from translate.catalogs.states import State
from translate.quality.checks import Pair, Severity, checks, examine


def test_checks_are_found_through_entry_points() -> None:
    assert [check.__module__ for check in checks()] == [
        "translate.quality.checks.guards",
        "translate.quality.checks.length",
        "translate.quality.checks.terms",
    ]


@pytest.mark.parametrize(
    ("translation", "expected"),
    [
        ("Three people fled.", []),
        ("", []),
        ("fled fled fled fled", [("loop", Severity.ERROR)]),
        ("Trois personnes ont fui.", [("copied", Severity.WARNING)]),
        ("3 people fled.", [("figures", Severity.WARNING)]),
        ("See www.a.ch", [("literals", Severity.ERROR)]),
        ("Three people fled.\n", [("line-ends", Severity.ERROR)]),
    ],
)
def test_every_translation_is_examined_whoever_wrote_it(translation: str, expected: list[tuple[str, Severity]]) -> None:
    for state in (State.DRAFT, State.REVIEWED):
        found = examine(Pair("Trois personnes ont fui.", translation, state))
        assert [(one.check, one.severity) for one in found] == expected
        assert all(one.message for one in found)
