from __future__ import annotations

import io
import json
import shutil
import stat
import zipfile
from email.message import Message
from pathlib import Path
from urllib.request import HTTPHandler, HTTPSHandler, Request
from urllib.response import addinfourl

import pytest

from translate.engines import store
from translate.engines.argos import ArgosEngine
from translate.engines.model import Options
from translate.engines.package import STARTERS, Package, find, installed, read, route, sealed, verify
from translate.errors import EnvironmentLackError, PackageError, UsageError


def archive(path: Path, *, root: str = "fr_en", skip: str = "", **changed: bytes) -> Path:
    """Zip the starter package as the Argos index does."""
    with zipfile.ZipFile(path, "w") as zipped:
        for file in sorted((STARTERS / "fr_en").rglob("*")):
            name = file.relative_to(STARTERS / "fr_en").as_posix()
            if file.is_file() and name != skip:
                zipped.writestr(
                    f"{root}/{name}", changed.get(name.replace("/", "_").replace(".", "_"), file.read_bytes())
                )
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "packages"


def contents(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_a_sound_package_is_installed_with_a_manifest_and_preferred(tmp_path: Path, folder: Path) -> None:
    made = store.install(archive(tmp_path / "a.argosmodel", root="translate-fr_en-1_9"), folder)
    assert contents(folder) == ["translate-fr_en-1_9"]
    assert verify(made) == []
    packages = list(installed([folder]))
    chosen = find(packages, "fr", "en")
    assert chosen is not None
    assert not chosen.starter
    assert json.loads((made.path / "manifest.json").read_text())["installed_from"] == "a.argosmodel"


def test_a_changed_file_is_noticed(tmp_path: Path, folder: Path) -> None:
    made = store.install(archive(tmp_path / "a.argosmodel"), folder)
    (made.path / "metadata.json").write_text("{}")
    assert verify(made) == ["metadata.json"]


def test_an_installed_package_is_replaced_only_on_request(tmp_path: Path, folder: Path) -> None:
    model = archive(tmp_path / "a.argosmodel")
    store.install(model, folder)
    with pytest.raises(UsageError, match="installed already"):
        store.install(model, folder)
    store.install(model, folder, force=True)
    assert contents(folder) == ["fr_en"]


def _truncated(path: Path) -> Path:
    data = archive(path).read_bytes()
    path.write_bytes(data[: len(data) // 2])
    return path


def _flipped(path: Path) -> Path:
    data = bytearray(archive(path).read_bytes())
    data[len(data) // 3] ^= 0xFF
    path.write_bytes(bytes(data))
    return path


def _text(path: Path) -> Path:
    path.write_text("not a package")
    return path


def _with_member(path: Path, name: str, mode: int = stat.S_IFREG | 0o644, data: bytes = b"x") -> Path:
    archive(path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as zipped:
        member = zipfile.ZipInfo(name)
        member.external_attr = mode << 16
        member.compress_type = zipfile.ZIP_DEFLATED
        zipped.writestr(member, data)
    return path


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (_text, "no whole zip"),
        (_truncated, "no whole zip"),
        (_flipped, "CRC|damaged|does not load"),
        (lambda p: _with_member(p, "../outside.txt"), "outside its folder"),
        (lambda p: _with_member(p, "/etc/outside.txt"), "outside its folder"),
        (lambda p: _with_member(p, "fr_en/../../outside.txt"), "outside its folder"),
        (lambda p: _with_member(p, "..\\outside.txt"), "outside its folder"),
        (lambda p: _with_member(p, "fr_en/link", stat.S_IFLNK | 0o777, b"/etc/passwd"), "link"),
        (lambda p: _with_member(p, "fr_en/bomb", data=bytes(8 * 1024**2)), "would grow"),
        (lambda p: archive(p, skip="model/model.bin"), "model.bin is missing"),
        (lambda p: archive(p, skip="sentencepiece.model"), "sentencepiece.model or bpe.model is missing"),
        (lambda p: archive(p, skip="metadata.json"), "metadata.json"),
        (lambda p: archive(p, metadata_json=b"{}"), "does not name its languages"),
        (lambda p: archive(p, metadata_json=b"[1"), "does not name its languages"),
        (lambda p: archive(p, model_model_bin=b"no model"), "does not load"),
        (lambda p: archive(p, sentencepiece_model=b"no model"), "does not load"),
    ],
)
def test_an_unsound_package_is_refused_and_nothing_is_written(make, says: str, tmp_path: Path, folder: Path) -> None:
    model = make(tmp_path / "a.argosmodel")
    with pytest.raises(PackageError, match=says):
        store.install(model, folder)
    assert contents(folder) == []
    assert not list(tmp_path.rglob("outside.txt"))


def test_a_file_that_is_not_there_is_said(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        store.install(tmp_path / "none.argosmodel", folder)


def test_packages_are_fetched_over_https_only(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="HTTPS"):
        store.download("http://example.org/a.argosmodel", tmp_path)


def test_a_failed_download_is_said_with_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError("no route")

    monkeypatch.setattr("urllib.request.OpenerDirector.open", refuse)
    with pytest.raises(EnvironmentLackError, match="no route") as raised:
        store.download("https://example.org/a.argosmodel", tmp_path)
    assert "from disk" in raised.value.remedy


def test_an_address_that_cannot_be_is_no_defect(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentLackError, match="the download failed"):
        store.download("https://[example.org/a.argosmodel", tmp_path)
    with pytest.raises(EnvironmentLackError, match="the download failed"):
        store.download("https://example.org:port/a.argosmodel", tmp_path)


def test_an_address_that_leads_to_plain_http_is_not_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def moved(_self: HTTPSHandler, request: Request) -> object:
        asked.append(request.full_url)
        headers = Message()
        headers["Location"] = "http://example.org/a.argosmodel"
        answer = addinfourl(io.BytesIO(), headers, request.full_url, 302)
        answer.msg = "Found"  # type: ignore[attr-defined]
        return answer

    monkeypatch.setattr(HTTPSHandler, "https_open", moved)
    monkeypatch.setattr(HTTPHandler, "http_open", moved)
    with pytest.raises(UsageError, match="HTTPS") as raised:
        store.download("https://example.org/a.argosmodel", tmp_path)
    assert raised.value.where == "http://example.org/a.argosmodel"
    assert asked == ["https://example.org/a.argosmodel"]
    assert contents(tmp_path) == []


def test_a_starter_package_cannot_be_removed_an_installed_one_can(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(UsageError, match="part of Translation Desk"):
        store.remove("fr_en", [folder])
    store.install(archive(tmp_path / "a.argosmodel"), folder)
    store.remove("fr_en", [folder])
    assert contents(folder) == []


def test_routes(tmp_path: Path) -> None:
    english = tmp_path / "en_it"
    shutil.copytree(STARTERS / "fr_en", english)
    facts = json.loads((english / "metadata.json").read_text())
    (english / "metadata.json").write_text(json.dumps(facts | {"from_code": "en", "to_code": "it"}))
    packages = list(installed([tmp_path]))
    assert [p.name for p in route(packages, "fr", "it")] == ["fr_en/0.2", "en_it/0.2"]
    assert [p.name for p in route(packages, "fr-CH", "de-AT")] == ["fr_de/0.2"]
    assert route(packages, "it", "fr") == ()


@pytest.mark.parametrize("pair", ["fr_de", "fr_en"])
def test_the_starter_packages_are_what_was_shipped(pair: str) -> None:
    package = read(STARTERS / pair)
    assert package is not None
    assert verify(package) == [], f"after a change: python -m training seal translate/engines/starter/{pair}"


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Package:
    """Copy a starter package where a test may damage it; it is still one of those that were shipped."""
    shutil.copytree(STARTERS / "fr_de", tmp_path / "starter" / "fr_de")
    monkeypatch.setattr("translate.engines.package.STARTERS", tmp_path / "starter")
    package = read(tmp_path / "starter" / "fr_de")
    assert package is not None
    assert package.starter
    return package


def flip(path: Path) -> None:
    """Turn one bit of a file around, where it does not change its size or form."""
    data = bytearray(path.read_bytes())
    data[-1000] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize("name", ["model/model.bin", "model/target_vocabulary.json", "sentencepiece.model"])
def test_a_tampered_starter_package_drafts_nothing_and_names_the_file(copied: Package, name: str) -> None:
    flip(copied.path / name)
    with pytest.raises(PackageError) as caught:
        list(ArgosEngine(copied, Options()).translate(["Le port est calme."]))
    assert caught.value.where == str(copied.path / name)
    assert name in caught.value.problem
    assert "install Translation Desk" in caught.value.remedy


def test_a_file_that_was_added_or_taken_away_is_noticed_and_a_hidden_one_is_not(copied: Package) -> None:
    (copied.path / "model" / ".DS_Store").write_bytes(b"\0")
    sealed(copied)
    (copied.path / "model" / "shared_vocabulary.json").write_text("[]")
    with pytest.raises(PackageError, match=r"model/shared_vocabulary\.json"):
        sealed(copied)
    (copied.path / "model" / "shared_vocabulary.json").unlink()
    (copied.path / "model" / "source_vocabulary.json").unlink()
    with pytest.raises(PackageError, match=r"model/source_vocabulary\.json"):
        sealed(copied)


def test_a_starter_package_without_a_manifest_or_with_a_broken_one_is_refused(copied: Package) -> None:
    for text in ("no JSON", "[]", '{"files": 3}'):
        (copied.path / "manifest.json").write_text(text)
        assert verify(copied) == ["manifest.json"]
    (copied.path / "manifest.json").unlink()
    with pytest.raises(PackageError, match=r"manifest\.json"):
        sealed(copied)


def test_a_package_put_there_by_argos_itself_has_no_manifest_and_is_used(tmp_path: Path) -> None:
    shutil.copytree(STARTERS / "fr_de", tmp_path / "fr_de")
    (tmp_path / "fr_de" / "manifest.json").unlink()
    package = read(tmp_path / "fr_de")
    assert package is not None
    assert verify(package) is None
    assert [one.text for one in ArgosEngine(package, Options()).translate(["Mardi"])] != [""]


@pytest.mark.parametrize("done", [False, True])
def test_a_replacement_that_was_killed_gives_the_old_package_back(tmp_path: Path, folder: Path, done: bool) -> None:
    """The old package has made room; the new one is in its place, or not yet."""
    left = folder / ".install-abcd1234/replaced/fr_en"
    shutil.copytree(STARTERS / "fr_en", left)
    if done:
        shutil.copytree(STARTERS / "fr_en", folder / "fr_en")
        (folder / "fr_en/new").touch()
    with pytest.raises(UsageError, match="no such package"):
        store.remove("it_en", [folder])
    assert contents(folder) == ["fr_en"]
    assert (folder / "fr_en/new").exists() is done
