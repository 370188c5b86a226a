"""Judges from outside: the programs that people open documents with."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import JAVA, program


@pytest.fixture
def vnu(tmp_path: Path) -> Callable[[bytes], list[str]]:
    """Return a function that lets the W3C's Nu checker judge a page and gives its messages, places left out."""
    jar = Path(__file__).parents[3] / ".real" / "vnu.jar"
    if not jar.exists() and not os.environ.get("CI"):
        pytest.skip("vnu.jar is not here: .ci/run fetches it")
    program("java")

    def judge(page: bytes) -> list[str]:
        path = tmp_path / "page.html"
        path.write_bytes(page)
        command = [*JAVA, "-jar", str(jar), "--format", "json", "--exit-zero-always", str(path)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
        return sorted(re.sub(r"“.*?”", "", one["message"]) for one in json.loads(done.stderr)["messages"])

    return judge
