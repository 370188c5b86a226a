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
def vnu(tmp_path: Path) -> Callable[..., list[list[str]]]:
    """Return a function that lets the W3C's Nu checker judge pages and gives the messages of each, places left out."""
    jar = Path(__file__).parents[3] / ".real" / "vnu.jar"
    if not jar.exists() and not os.environ.get("CI"):
        pytest.skip("vnu.jar is not here: .ci/run fetches it")
    program("java")

    def judge(*pages: bytes) -> list[list[str]]:
        paths = [tmp_path / f"page{at}.html" for at in range(len(pages))]
        for path, page in zip(paths, pages, strict=True):
            path.write_bytes(page)
        command = [*JAVA, "-jar", str(jar), "--format", "json", "--exit-zero-always", *map(str, paths)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
        said = [(one["url"], re.sub(r"“.*?”", "", one["message"])) for one in json.loads(done.stderr)["messages"]]
        return [sorted(message for url, message in said if url.endswith(path.name)) for path in paths]

    return judge
