"""Model packages that lie about themselves: every one is refused in words, or drafts; none takes the program with it.

CTranslate2 is C++: each damaged model is loaded in a process of its own, so that one that kills it is seen.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from translate.engines import store
from translate.engines.argos import ArgosEngine
from translate.engines.model import Options
from translate.engines.package import STARTERS, installed, read
from translate.errors import DeskError, PackageError

BASE = STARTERS / "fr_en"
REFUSED, DRAFTED = 1, 0


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("packages") / "translate-fr_en"
    shutil.copytree(BASE, made)
    # What is changed here on purpose has no checksums.
    (made / "manifest.json").unlink(missing_ok=True)
    return made


def _draft(folder: Path) -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    try:
        package = read(folder)
        assert package
        engine = ArgosEngine(package, Options(beam=1, threads=1))
        sentences = ["Le port est ouvert.", "Il pleut."]
        drafted = list(engine.translate(sentences))
        engine.align(sentences, drafted)
        engine.missed(sentences, drafted, [[(0, 2)], []])
    except DeskError as error:
        os._exit(REFUSED if error.where and error.remedy else 9)
    except BaseException:
        os._exit(8)
    os._exit(DRAFTED)


def outcome(folder: Path) -> int | None:
    process = multiprocessing.get_context("fork").Process(target=_draft, args=(folder,))
    process.start()
    process.join(60)
    process.kill()
    return process.exitcode


def _bytes(at: int, put: bytes) -> Callable[[bytes], bytes]:
    return lambda data: data[:at] + put + data[at + len(put) :]


def _said(**facts: object) -> Callable[[bytes], bytes]:
    return lambda data: json.dumps(json.loads(data) | facts).encode()


def _all(put: bytes) -> Callable[[bytes], bytes]:
    return lambda _: put


MODEL = "model/model.bin"
LIES: list[tuple[str, Callable[[bytes], bytes]]] = [
    (MODEL, _all(b"")),
    (MODEL, lambda data: data[:40]),
    (MODEL, lambda data: data[: len(data) // 2]),
    (MODEL, _all(b"\xff" * 4096)),
    (MODEL, _bytes(0, b"\xff\xff\xff\xff")),
    (MODEL, _bytes(4, b"\xff\xff")),
    (MODEL, _bytes(24, b"\xff\xff\xff\x7f")),
    (MODEL, _bytes(52, b"\xff\xff\xff\x7f")),
    (MODEL, _bytes(216, b"\x8f")),
    ("model/source_vocabulary.json", _all(b'["<unk>", "<s>", "</s>"]')),
    ("model/target_vocabulary.json", _all(b'["<unk>", "<s>", "</s>"]')),
    ("model/target_vocabulary.json", lambda data: data[: len(data) // 2]),
    ("model/target_vocabulary.json", _all(b'{"a": 1}')),
    ("model/config.json", _all(b"[]")),
    ("model/config.json", _said(add_source_eos=3)),
    ("model/config.json", _said(decoder_start_token="no such token")),
    ("sentencepiece.model", lambda data: data[:1000]),
    ("sentencepiece.model", _all(b"\xff" * 1000)),
    ("metadata.json", _said(target_prefix=">>de<<")),
]


@pytest.mark.parametrize("number", range(len(LIES)))
def test_a_model_that_lies_is_refused_in_words(copy: Path, number: int) -> None:
    name, lie = LIES[number]
    whole = (copy / name).read_bytes()
    try:
        (copy / name).write_bytes(lie(whole))
        assert outcome(copy) in (REFUSED, DRAFTED)
    finally:
        (copy / name).write_bytes(whole)


@pytest.mark.parametrize(
    "facts",
    [
        {"from_code": "../../fr"},
        {"from_code": 'fr"}\n'},
        {"to_code": ""},
        {"to_code": "\ud800"},
        {"from_code": ["fr"]},
        {"target_prefix": "\x00"},
    ],
)
def test_what_a_package_says_of_itself_is_checked(copy: Path, facts: dict[str, object], tmp_path: Path) -> None:
    said = (copy / "metadata.json").read_bytes()
    try:
        (copy / "metadata.json").write_bytes(_said(**facts)(said))
        with pytest.raises(PackageError, match=r"metadata\.json") as told:
            list(installed([copy.parent]))
        assert str(copy) in told.value.where
        assert told.value.remedy
    finally:
        (copy / "metadata.json").write_bytes(said)


@pytest.mark.parametrize(
    "name", ["", "/", ".", "fr_en/\x1b[31m", "fr_en/\u202eexe", "fr_en/a\nb", "C:/a", "fr_en/metadata.json/a"]
)
def test_names_inside_an_archive(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.argosmodel"
    with zipfile.ZipFile(path, "w") as zipped:
        zipped.writestr("fr_en/metadata.json", "{}")
        zipped.writestr(zipfile.ZipInfo(name), b"x")
    with pytest.raises(PackageError, match="refused") as told:
        store.install(path, tmp_path / "packages")
    assert told.value.problem.isprintable()
    assert not list((tmp_path / "packages").iterdir())


@pytest.mark.parametrize("kind", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_an_archive_that_lies_about_its_sizes(tmp_path: Path, kind: int) -> None:
    path = tmp_path / "a.argosmodel"
    with zipfile.ZipFile(path, "w", kind) as zipped:
        zipped.writestr("fr_en/model/model.bin", b"\0" * (6 << 20))
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = data.rindex(mark)
        data[at + offset : at + offset + 4] = (1000).to_bytes(4, "little")
    path.write_bytes(data)
    with pytest.raises(PackageError, match="refused"):
        store.install(path, tmp_path / "packages")
    assert not list((tmp_path / "packages").iterdir())
