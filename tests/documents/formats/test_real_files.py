"""Files that other people made: rebuilt exactly, and the same again when every paragraph is written afresh.

They are not part of this project. `.ci/run` puts them into `.real/`: the documentation in the Debian packages
debian-policy, debian-history, developers-reference, maint-guide (HTML, EPUB) and npm (Markdown), the templates of
libreoffice-common (ODT), the examples of r-cran-officer and the test files of python-docx (DOCX), and what the readers
pysrt (SubRip), webvtt-py (WebVTT) and newsmlg2 (NewsML-G2, by the IPTC) are tested with. No package has NITF or ninjs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.documents.formats.rewriting import louder, without_tags
from translate.documents import sources
from translate.documents.formats import Rewriting, Source, formats
from translate.documents.model import Document, Segment
from translate.documents.rewrite import Wording
from translate.documents.segmentation import load_segmenter
from translate.editions import own
from translate.errors import DocumentError

ROOT = Path(__file__).parents[3] / ".real"
AT_LEAST, AT_MOST, LARGEST = 5, 12, 400_000
SUFFIXES = {"html": ".html", "epub": ".epub", "odt": ".ott", "docx": ".docx", "markdown": ".md"}
#: The files that readers are tested with are short, and some of them are wrong.
READERS = {"subrip": ".srt", "webvtt": ".vtt", "newsml": ".newsml.xml"}
WRONG = re.compile("invalid|missing|empty|utf-32")


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
        hold(path, reading, format_)


@pytest.mark.parametrize("name", READERS)
def test_files_that_readers_are_tested_with(name):
    if not ROOT.is_dir():
        pytest.skip("no files of others here: .ci/run fetches them")
    reading = sources.Reading("en", load_segmenter("en").spans)
    format_ = formats()[name]
    assert isinstance(format_, Rewriting)
    found = sorted(path for path in ROOT.rglob(f"*{READERS[name]}") if path.is_file())
    refused = [path.name for path in found if not holds(path, reading, format_)]
    assert [one for one in refused if not WRONG.search(one)] == []
    assert len(found) - len(refused) >= AT_LEAST


def test_another_program_reads_the_same_times_in_the_edition():
    if not ROOT.is_dir():
        pytest.skip("no files of others here: .ci/run fetches them")
    pysubs2 = pytest.importorskip("pysubs2")
    reading = sources.Reading("en", load_segmenter("en").spans)
    for suffix, title in ((".srt", "utf-8"), (".srt", "capability_tester"), (".vtt", "netflix_chicas_del_cable")):
        (path,) = ROOT.rglob(f"{title}{suffix}")
        document = sources.read(path.stem, path, reading)
        format_ = formats()[document.format]
        assert isinstance(format_, Rewriting)
        made = format_.translate(document, Wording(louder, "de"))
        times = [
            [(cue.start, cue.end) for cue in pysubs2.SSAFile.from_string(data.decode("utf-8-sig"), suffix[1:])]
            for data in (path.read_bytes(), made)
        ]
        assert times[0] == times[1]
        assert made != path.read_bytes()


def holds(path: Path, reading: sources.Reading, format_: Rewriting) -> bool:
    """Say whether a file is not refused."""
    try:
        hold(path, reading, format_)
    except DocumentError:
        return False
    return True


def hold(path: Path, reading: sources.Reading, format_: Rewriting) -> None:
    """Prove a file, and that an edition of it in other words can be read again."""
    document = sources.read(path.stem, path, reading)
    assert format_.rebuild(document) == path.read_bytes()
    own.prove(document, format_, format_.defaults)
    made = format_.translate(document, Wording(louder, "de"))
    again = format_.read(made, Source(path.stem, path, "de", None, format_.defaults))
    assert letters(again, lambda one: one.text) == letters(document, louder)


def letters(document: Document, words: Callable[[Segment], str]) -> Counter[str]:
    """Count the letters and figures of a document: a note inside a sentence may stand at its end."""
    return Counter(re.sub(r"[\W_]+", "", without_tags("".join(words(one) for one in document.segments))))
