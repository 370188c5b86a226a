"""A short run of every target: its corpus, every finding of earlier runs, and some thousand changes, always the same.

The long run, guided by coverage, is `python -m tests.hostile.fuzz`.
"""

from __future__ import annotations

import random
import re
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hostile.fuzz import LIMIT, TOKENS, TooLongError
from tests.hostile.targets import CORPUS, TARGETS
from translate.errors import DeskError

CRASHES = Path(__file__).parent / "crashes"
CHANGES = 16
WORDS = [
    re.sub(rb"\\x([0-9a-f]{2})|\\(.)", lambda it: bytes.fromhex(it[1].decode()) if it[1] else it[2], line[1:-1])
    for line in TOKENS.read_bytes().splitlines()
]


@pytest.fixture(autouse=True)
def limit() -> Iterator[None]:
    def too_long(*_: object) -> None:
        raise TooLongError

    before = signal.signal(signal.SIGVTALRM, too_long)
    signal.setitimer(signal.ITIMER_VIRTUAL, LIMIT)
    yield
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    signal.signal(signal.SIGVTALRM, before)


def held(name: str, data: bytes) -> bool:
    """Hold a target to its promises for one input; say whether it was read."""
    signal.setitimer(signal.ITIMER_VIRTUAL, LIMIT)
    try:
        TARGETS[name](data)
    except DeskError as error:
        refused = error
    else:
        return True
    assert refused.remedy, refused
    return False


def changed(data: bytes, dice: random.Random) -> bytes:
    """Change some bytes as fuzzers do: cut, double, flip, put in words that mean something to a reader."""
    made = bytearray(data)
    for _ in range(dice.randint(1, 4)):
        at, to = sorted(dice.randrange(len(made) + 1) for _ in range(2))
        to = min(to, at + 64)
        match dice.randrange(6):
            case 0:
                del made[at:to]
            case 1:
                made[at:at] = made[at:to] * dice.randint(1, 20)
            case 2 if at < len(made):
                made[at] = dice.randrange(256)
            case 3:
                made[at:to] = dice.choice(WORDS)
            case 4:
                made[at:at] = dice.choice(WORDS) * dice.choice((1, 1, 40))
            case _:
                made[at:at] = dice.choice(WORDS)
    return bytes(made)


@pytest.mark.parametrize("name", sorted(TARGETS))
def test_whatever_comes_in_is_read_or_refused(name: str) -> None:
    inputs = [path.read_bytes() for path in sorted((CORPUS / name).iterdir())]
    assert [held(name, data) for data in inputs].count(True) or name == "package"
    dice = random.Random(name)
    for _ in range(CHANGES):
        held(name, changed(dice.choice(inputs), dice))


@pytest.mark.parametrize("path", sorted(CRASHES.glob("*/*")), ids=lambda path: path.relative_to(CRASHES).as_posix())
def test_what_once_went_wrong_does_not_again(path: Path) -> None:
    held(path.parent.name, path.read_bytes())
