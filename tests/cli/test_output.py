"""What is said while something takes long."""

from __future__ import annotations

import pytest

from translate.cli import output
from translate.cli.output import Output


def test_a_log_tells_pace_and_time_left_now_and_then(monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    clock = iter([0.0, 1.0, 21.0, 22.0, 41.0])
    monkeypatch.setattr(output.time, "monotonic", lambda: next(clock))
    with Output().progress() as show:
        show("drafting en, words", 10, 4_000)
        show("drafting en, words", 2_100, 4_000)
        show("drafting en, words", 2_200, 4_000)
        show("drafting en, words", 4_000, 4_000)
    assert capsys.readouterr().err == "drafting en, words: 2,100 of 4,000; 100 a second, 19 s left\n"


def test_what_is_quiet_says_nothing(capsys) -> None:
    with Output(quiet=True).progress() as show:
        show("drafting en, words", 1, 2)
    assert capsys.readouterr().err == ""
