"""Files that other people made: rebuilt exactly, and the same again when every paragraph is written afresh.

They are not part of this project. `.ci/run` puts them into `.real/`: the documentation in the Debian packages
debian-policy, debian-history, developers-reference, maint-guide (HTML, EPUB) and npm (Markdown), the templates of
libreoffice-common (ODT), the examples of r-cran-officer and the test files of python-docx (DOCX).
"""

from __future__ import annotations

from pathlib import Path

import pytest

from translate.documents import sources
from translate.documents.formats import Rewriting, formats
from translate.documents.segmentation import load_segmenter
from translate.editions import own

ROOT = Path(__file__).parents[3] / ".real"
AT_LEAST, AT_MOST, LARGEST = 5, 12, 400_000
SUFFIXES = {"html": ".html", "epub": ".epub", "odt": ".ott", "docx": ".docx", "markdown": ".md"}


def files(suffix: str) -> list[Path]:
    found = (path for path in ROOT.rglob(f"*{suffix}") if path.is_file() and 1000 < path.stat().st_size < LARGEST)
    return sorted(found, key=lambda path: (path.name, path.stat().st_size))[:AT_MOST]


@pytest.mark.slow
@pytest.mark.parametrize("name", SUFFIXES)
def test_files_that_others_made(name):
    if not ROOT.is_dir():
        pytest.skip("no files of others here: .ci/run fetches them")
    chosen = files(SUFFIXES[name])
    assert len(chosen) >= AT_LEAST
    reading = sources.Reading("en", load_segmenter("en").spans)
    format_ = formats()[name]
    assert isinstance(format_, Rewriting)
    for path in chosen:
        document = sources.read(path.stem, path, reading)
        assert format_.rebuild(document) == path.read_bytes()
        own.prove(document, format_, format_.defaults)
