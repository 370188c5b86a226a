"""Workers of a cluster make the same bytes as this machine alone, whatever becomes of them on the way.

Sockets are closed to the tests, so that clusters are started by processes of their own.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import polib
import pytest

from tests.scale.test_runs import files
from translate import project
from translate.engines.model import Options
from translate.errors import CatalogError, ProjectError
from translate.scale import apart, cluster, runs, signature

NOW = dt.datetime(2026, 5, 1, 10, tzinfo=dt.UTC)
# So many documents are worth a cluster.
MANY = 62
PATIENCE = 600
needs_ray = pytest.mark.skipif(
    find_spec("ray") is None and not os.environ.get("CI"), reason="Ray is not installed: pip install -e '.[ray]'"
)


def write(desk: Path, count: int) -> None:
    """Give a desk some short documents in place of its own."""
    (desk / "source/port.txt").unlink()
    for number in range(count):
        text = f"Le port {number} rouvre mardi. Le ministre a dit {number} mots.\n\nFin {number}\n"
        (desk / f"source/a{number:02}.txt").write_text(f"LE PORT {number} ROUVRE\n\n{text}")


def alone(desk: Path, *languages: str) -> tuple[Path, runs.Run]:
    """Run a copy of a desk without a cluster."""
    copied = desk.with_name("alone")
    shutil.copytree(desk, copied)
    return copied, runs.run(project.load(copied), (), languages, Options(), NOW, lambda *_: None)


def unmeasured(desk: Path) -> dict[str, bytes]:
    """Return the files of a desk without the confidence of drafts."""
    return {name: re.sub(rb"confidence=[\d.]+", b"", data) for name, data in files(desk).items()}


def drive(desk: Path, what: str) -> dict[str, object]:
    """Let a process of its own run a desk on a cluster to which something befalls; return what it says of it."""
    command = [sys.executable, "-m", "tests.scale.cluster_driver", what, str(desk), NOW.isoformat()]
    there = Path(__file__).parents[2]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False, cwd=there)
    assert done.returncode == 0, done.stderr[-4000:]
    said: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return said


def entries(desk: Path) -> int:
    return sum(bool(entry.msgstr) for path in (desk / "locales").rglob("*.po") for entry in polib.pofile(str(path)))


@needs_ray
@pytest.mark.slow
def test_the_same_bytes_with_a_worker_that_is_killed_on_the_way(desk: Path):
    write(desk, MANY)
    (desk / "source/broken.txt").write_bytes(b"\x00\x01\x02")
    other, done = alone(desk)
    said = drive(desk, "kill")
    assert said["killed"]
    assert files(desk) == files(other)
    assert said["drafted"] == done.drafted == entries(desk)
    assert said["refused"] == [str(error).replace(str(other), str(desk)) for error in done.refused] != []
    assert said["outcomes"] == len(done.outcomes) == 2 * MANY
    # Nobody else on the network reaches the workers.
    assert said["open"] == []
    # What the cluster made is known to a run without one.
    assert not runs.run(project.load(desk), (), (), Options(), NOW, lambda *_: None).outcomes


@needs_ray
@pytest.mark.slow
def test_an_interrupted_run_goes_on_and_other_packages_are_refused(desk: Path):
    write(desk, MANY // 4)
    other, done = alone(desk, "en")
    said = drive(desk, "interrupt")
    # Something was drafted before the interruption, and nothing of it again.
    assert 0 < said["before"] < done.drafted == said["before"] + said["drafted"]
    # In other company, 8-bit rounding may change a confidence by a hundredth (docs/engines.md); it changes no words.
    assert unmeasured(desk) == unmeasured(other)
    assert "is not set up as this machine is" in said["refusal"]
    assert "model.bin of fr_en" in said["refusal"]


def test_without_ray_the_remedy_is_told(desk, translate, monkeypatch):
    monkeypatch.setattr(cluster, "find_spec", lambda _: None)
    done = translate("run", "--cluster", "local")
    assert (done.code, "Ray is not installed" in done.err) == (3, True)
    assert "pip install 'translate-desk[ray]'" in done.err
    assert not list((desk / "locales").rglob("*.po"))


@pytest.mark.parametrize("address", ["here", "local:0", "http://head:6379", "head", "head:port", "--lang"])
def test_what_is_no_address_is_refused(desk, translate, address):
    done = translate("run", "--cluster", address)
    assert (done.code, "local:3" in done.err) == (2, True)


def test_the_address_of_a_client_is_refused_with_the_way_to_go(translate, desk):
    done = translate("run", "--cluster", "ray://head:10001")
    assert (done.code, "ray start --address" in done.err) == (2, True)


def test_a_run_with_nothing_to_do_connects_to_nobody(desk, translate, monkeypatch):
    monkeypatch.setattr(cluster, "find_spec", lambda _: object())
    assert translate("run").code == 0
    # Sockets are closed here: to connect would fail.
    assert translate("run", "--cluster", "192.0.2.1:6379").code == 0


def extracted_apart(desk: Path) -> tuple[project.Project, apart.Done, dict[str, bytes]]:
    """Have the document of a desk extracted as a worker does it."""
    from translate.scale.slices import Slice, _extract

    opened = project.load(desk)
    path = desk / "source/port.txt"
    sent = apart.settings(opened) | dict(apart.files(opened, "port", path))
    parcel = apart.Parcel(_extract, (Slice(opened, {"port": path}, ("en",), NOW), {}), sent)
    done = apart.unpacked(apart.work(apart.packed(parcel, opened.root)), opened.root)
    assert isinstance(done, apart.Done)
    return opened, done, sent


def test_a_worker_writes_nothing_and_what_comes_back_is_at_its_place(desk):
    opened, done, sent = extracted_apart(desk)
    assert not (desk / "locales/port.pot").exists()
    assert sorted(done.changed) == ["locales/en/LC_MESSAGES/port.po", "locales/port.pot"]
    (document,) = apart.take(opened, done, sent).documents
    assert document.path == desk / "source/port.txt"
    assert polib.pofile(str(desk / "locales/en/LC_MESSAGES/port.po"))


def test_a_catalog_that_somebody_wrote_meanwhile_is_kept(desk, translate):
    opened, done, sent = extracted_apart(desk)
    assert translate("extract").code == 0
    before = files(desk)
    with pytest.raises(CatalogError, match="changed by another program"):
        apart.take(opened, done, sent)
    assert files(desk) == before


@pytest.mark.parametrize("name", ["source/port.txt", "locales/../../out.po", "translate.toml"])
def test_what_comes_back_for_another_place_is_refused(desk, name):
    opened = project.load(desk)
    with pytest.raises(CatalogError, match="none of its business"):
        apart.take(opened, apart.Done(None, None, {name: b"x"}), {})


def test_an_error_of_a_worker_names_the_file_of_the_desk(desk):
    from translate.scale.slices import Slice, _extract

    opened = project.load(desk)
    path = desk / "source/bad.txt"
    path.write_bytes(b"\x00\x01\x02")
    sent = apart.settings(opened) | dict(apart.files(opened, "bad", path))
    parcel = apart.Parcel(_extract, (Slice(opened, {"bad": path}, ("en",), NOW), {}), sent)
    done = apart.unpacked(apart.work(apart.packed(parcel, opened.root)), opened.root)
    (refused,) = apart.take(opened, done, sent).refused
    assert str(path) in str(refused)


def test_a_desk_with_folders_elsewhere_is_not_for_a_cluster(desk, tmp_path):
    (tmp_path / "dispatches").mkdir()
    (desk / "translate.toml").write_text(
        (desk / "translate.toml").read_text() + '\n[folders]\nsource = "/dispatches-elsewhere"\n'
    )
    with pytest.raises(ProjectError, match="outside of the desk"):
        apart.settings(project.load(desk))


def test_a_machine_is_told_by_its_versions_and_its_dictionaries():
    here = signature.of_machine(("fr", "en"))
    assert {"Translation Desk", "Python", "ctranslate2", "sentencepiece", "dictionaries of fr"} <= here.keys()
    assert "ray" not in here
    assert "pytest" not in here
    assert signature.differences(here, here) == ""
    assert signature.differences(here, {**here, "ctranslate2": "0"}).startswith("ctranslate2 0, not ")
