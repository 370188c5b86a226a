"""Bundles: what is in them, and that nothing else is."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
import zipfile
from pathlib import Path

from tests.publishing import NOW, PLAIN, catalog, review, run
from translate import bundling, project


def bundles(desk: Path, *, zipped: bool = True, hours: int = 0) -> list[Path]:
    when = NOW + dt.timedelta(hours=hours)
    return bundling.bundles(project.load(desk), [], [], desk / "out", when, zipped=zipped)[0]


def test_a_bundle_has_all_that_left_the_house(house, tmp_path):
    run(house)
    (path,) = bundles(house)
    names = set(zipfile.ZipFile(path).namelist())
    assert names == {
        "port/SHA256SUMS",
        "port/source/port.txt",
        *(f"port/catalogs/{code}.po" for code in ("de", "en")),
        *(
            f"port/{code}/{name}"
            for code in ("de", "en")
            for name in ("port.txt", "port.md", "port.html", "port.provenance.json", "published.jsonl")
        ),
    }
    zipfile.ZipFile(path).extractall(tmp_path / "x")
    done = subprocess.run(
        [shutil.which("sha256sum") or "sha256sum", "--check", "--strict", "SHA256SUMS"],
        cwd=tmp_path / "x/port", capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0
    assert done.stdout.count("OK") == len(names) - 1


def test_its_bytes_depend_on_nothing_else(house):
    run(house)
    (path,) = bundles(house)
    first, when = path.read_bytes(), path.stat().st_mtime_ns
    assert bundles(house, hours=5) == [path]
    assert path.stat().st_mtime_ns == when
    path.unlink()
    (house / "source/port.txt").touch()
    assert bundles(house, hours=9) == [path]
    assert path.read_bytes() == first


def test_what_the_gate_holds_is_not_in_it(house):
    review(catalog(house, "de"), drafts=(PLAIN,))
    written, outcomes, _ = bundling.bundles(project.load(house), [], [], house / "out", NOW, zipped=False)
    assert written == [house / "out/port"]
    assert [(one.language, len(one.closed)) for one in outcomes] == [("en", 0), ("de", 1)]
    assert not (house / "out/port/de").exists()
    assert (house / "out/port/en/port.html").is_file()
    review(catalog(house, "en"), drafts=(PLAIN,))
    shutil.rmtree(house / "out")
    assert bundles(house) == []
    assert not (house / "out").exists()
