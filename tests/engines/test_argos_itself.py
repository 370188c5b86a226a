"""The starter packages are Argos packages: Argos Translate itself loads them and translates as we do."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from translate.engines.argos import ArgosEngine
from translate.engines.model import Options
from translate.engines.package import STARTERS, read

SENTENCES = [
    "La situation humanitaire est grave.",
    "Le gouvernement a annoncé une réforme du budget.",
    "Les chefs d'Etat se sont réunis mardi à Bruxelles.",
]
# The sentence splitter that Argos would choose needs models of its own; a text of one sentence needs none.
ARGOS = """
import json, pathlib, sys
import argostranslate.package, argostranslate.translate as argos
class Whole:
    def split_sentences(self, text):
        return [text]
package = argostranslate.package.Package(pathlib.Path(sys.argv[1]))
names = [argos.Language(package.from_code, package.from_name), argos.Language(package.to_code, package.to_name)]
translation = argos.PackageTranslation(*names, package)
translation.sentencizer = Whole()
print(json.dumps([translation.translate(sentence) for sentence in json.load(sys.stdin)]))
"""


@pytest.mark.slow
@pytest.mark.parametrize("name", ["fr_en", "fr_de"])
def test_argos_translates_as_we_do(name: str, tmp_path: Path) -> None:
    package = read(STARTERS / name)
    assert package is not None
    home = {key: str(tmp_path) for key in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "HOME")}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", ARGOS, package.path],
        input=json.dumps(SENTENCES),
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | home | {"ARGOS_COMPUTE_TYPE": "float32", "ARGOS_CHUNK_TYPE": "MINISBD"},
    )
    assert done.returncode == 0, done.stderr
    theirs = [text.strip() for text in json.loads(done.stdout.splitlines()[-1])]
    ours = ArgosEngine(package, Options(beam=4, compute="float32")).translate(SENTENCES)
    assert theirs == [one.text for one in ours]
