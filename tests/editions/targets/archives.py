"""What the tests of targets share whose files are archives: their parts, editions of more than one story and script."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import translate
from tests.editions.targets.abstract import catalog, document, edition
from translate.catalogs.states import State
from translate.editions import labels
from translate.editions.edition import Edition, assemble
from translate.editions.policy import Drafts

ARABIC = "السفن تنتظر 3 أيام."
ALL = (State.DRAFT, State.REVIEWED, State.STALE, State.UNTRANSLATED)

SCRIPT = """
import hashlib
from {module} import {name}
from tests.editions.targets.archives import ALL, edition
made = edition([str(number) for number in range(20)], ALL, policy="label")
print(hashlib.sha256({name}().render(made)).hexdigest())
"""


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        return {name: archive.read(name) for name in archive.namelist()}


def source(data: bytes) -> str:
    return "\n".join(part.decode() for part in parts(data).values())


def arabic(words: Sequence[str] = (ARABIC,) * 20, states: Sequence[State] = ALL, credit: str = "[A. B.]") -> Edition:
    """Return an edition written from right to left."""
    pairs = {f"Phrase {n}.": (text, states[n % len(states)]) for n, text in enumerate(words)}
    own = {"ar": labels.labels("en", {})}
    return assemble(document(list(pairs), credit), catalog(pairs), "ar", Drafts.LABEL, own)


def two_stories(states: Sequence[State] = ALL) -> Edition:
    """Return an edition of two stories, each with a headline."""
    made = edition([f"Words {number}." for number in range(8)], states)
    return replace(made, blocks=tuple(replace(one, story=1 + number // 4) for number, one in enumerate(made.blocks)))


def elsewhere(target: object, seed: str, zone: str) -> str:
    """Render in another process, whose sets have another order and whose clock another zone; return the digest."""
    kind = type(target)
    script = SCRIPT.format(module=kind.__module__, name=kind.__name__)
    env = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(Path(translate.__file__).parents[1])}
    done = subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, text=True, check=True)
    return done.stdout
