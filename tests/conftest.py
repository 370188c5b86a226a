"""What every test may use: a desk in an empty folder, a run of the command line, the real gettext tools."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import Any

import pytest

from tests.publishing import SITE, catalog, review
from translate.cli import main

DISPATCH = """Publié le 7 mars 2023 à 14h05

Le port rouvre ses portes

Le port est calme mardi. [Desk Photo - A. B.]
Le port de la ville a rouvert mardi, a annoncé le gouvernement. Il était fermé depuis 3 jours.

"Nous sommes prêts", a dit le ministre.

Une longue attente

Le Parlement doit voter la loi mercredi. La séance commence à 14h30.

desk/mar
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files of slow tests, so that no process is left with one of them when the others have ended."""
    slow = Counter(item.path for item in items if item.get_closest_marker("slow"))
    items.sort(key=lambda item: -slow[item.path])


@pytest.fixture(autouse=True)
def _no_packages_of_this_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "argos-packages"))


@dataclass
class Outcome:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def translate(capsys: pytest.CaptureFixture[str]) -> Callable[..., Outcome]:
    """Run the command line in this process."""

    def run(*arguments: str | Path) -> Outcome:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Outcome(code, captured.out, captured.err)

    return run


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, translate: Callable[..., Outcome]) -> Path:
    """Make a desk with one dispatch and step into it."""
    folder = tmp_path / "desk"
    folder.mkdir()
    monkeypatch.chdir(folder)
    assert translate("init", "--source", "fr", "--target", "en", "--target", "de").code == 0
    (folder / "source" / "port.txt").write_text(DISPATCH, encoding="utf-8")
    return folder


@pytest.fixture
def msgfmt() -> Callable[[Path], str]:
    """Return what `msgfmt -c` says of a catalog: nothing, when it is right."""
    there = program("msgfmt")

    def check(path: Path) -> str:
        done = subprocess.run([there, "-c", "-o", os.devnull, path], capture_output=True, text=True, check=False)
        return done.stdout + done.stderr

    return check


def snapshot(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Return the modification time and bytes of every file of a desk, the lock left out."""
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_mtime_ns, path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".translate" not in path.parts
    }


def program(name: str) -> str:
    """Return the path of a program; without it the test is skipped, but not in CI."""
    found = shutil.which(name)
    if found is None and not os.environ.get("CI"):
        pytest.skip(f"{name} is not installed")
    assert found, f"{name} must be installed in CI"
    return found


def judge(name: str) -> Path:
    """Return a file that `.ci/run` fetches; without it the test is skipped."""
    path = Path(__file__).parents[1] / ".real" / name
    if not path.is_file():
        pytest.skip(f"{name} is not here: .ci/run fetches it")
    return path


def chromium_path() -> str:
    """Return the path of Chromium: where it is there, of the one without windows, which takes a third of the time."""
    return shutil.which("chromium-headless-shell") or program("chromium")


#: A judge has no time to compile itself well: it takes less than half of the time so.
JAVA = ("java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss4m")


#: Groovy, which OmegaT brings along, lets one epubcheck judge book after book: reading its schemas is what takes time.
BOOK_AFTER_BOOK = """
System.in.eachLine { path ->
    def told = new com.adobe.epubcheck.tool.EpubChecker().run([path] as String[])
    System.out.println("\\nJUDGED " + told)
}
"""


@pytest.fixture(scope="session")
def judge_of_books() -> Iterator[subprocess.Popen[str]]:
    """Start an epubcheck that judges every book whose path it is told, for as long as the tests run."""
    program("groovy")
    checker = Path(program("epubcheck")).resolve()
    jars = f"{checker}{os.pathsep}{checker.with_name('groovy-all.jar')}"
    command = [*JAVA, "-cp", jars, "groovy.ui.GroovyMain", "-e", BOOK_AFTER_BOOK]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as judge:
        yield judge


@pytest.fixture
def epubcheck(tmp_path: Path, judge_of_books: subprocess.Popen[str]) -> Callable[..., list[str]]:
    """Return a function that lets epubcheck judge a book and gives its errors, and its warnings where asked for."""
    told, tells = judge_of_books.stdin, judge_of_books.stdout
    assert told
    assert tells

    def judge(data: bytes, *, warnings: bool = False) -> list[str]:
        book = tmp_path / "book.epub"
        book.write_bytes(data)
        patience = threading.Timer(120, judge_of_books.kill)
        patience.start()
        told.write(f"{book}\n")
        told.flush()
        lines = list(takewhile(lambda line: not line.startswith("JUDGED"), iter(tells.readline, "")))
        patience.cancel()
        assert "EPUBCheck completed\n" in lines, lines
        levels = ("ERROR", "FATAL", "WARNING") if warnings else ("ERROR", "FATAL")
        return [line.rstrip("\n") for line in lines if line.startswith(levels)]

    return judge


@pytest.fixture(scope="session")
def home_of_office(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the option that lets LibreOffice keep its settings in a folder of the tests, which it fills only once."""
    return f"-env:UserInstallation={tmp_path_factory.mktemp('office').as_uri()}"


@pytest.fixture
def soffice(tmp_path: Path, home_of_office: str) -> Callable[[bytes, str], str]:
    """Return a function that lets LibreOffice open a document and say what it reads in it."""
    path = program("soffice")

    def read(data: bytes, name: str) -> str:
        document = tmp_path / name
        document.write_bytes(data)
        command = [path, home_of_office, "--headless", "--convert-to", "txt:Text (encoded):UTF8"]
        subprocess.run([*command, "--outdir", tmp_path, document], check=True, capture_output=True, timeout=120)
        return document.with_suffix(".txt").read_text(encoding="utf-8-sig")

    return read


@pytest.fixture
def house(desk: Path, translate) -> Path:
    """Make a desk with a reviewed story in two languages and a site."""
    (desk / "translate.toml").write_text((desk / "translate.toml").read_text() + SITE)
    assert translate("extract").code == 0
    for language in ("en", "de"):
        review(catalog(desk, language))
    return desk
