"""A workbench in a process of its own, as people start it, and Chromium to use it with."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polib
import pytest

from tests.conftest import DISPATCH, chromium_path, judge
from tests.publishing import SITE

# As long as a person would wait for anything (milliseconds).
PATIENCE = 20_000
HEADLINE = "Le port rouvre ses portes"
CLOSED = "Il était fermé depuis 3 jours."
QUOTE = '"Nous sommes prêts", a dit le ministre.'


#: What axe looks for; in the dark, colours alone are others.
RULES = {
    "light": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "dark": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
}


def barriers(page: Any) -> tuple[list[tuple[str, list[str]]], int]:
    """Return what axe finds against a page, in the light and in the dark, and how many rules the page keeps."""
    # Through the debugger: the page itself would not load it.
    page.evaluate(judge("axe.min.js").read_text())
    found, kept = [], set()
    for scheme, rules in RULES.items():
        page.emulate_media(color_scheme=scheme)
        assert page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches") is (scheme == "dark")
        said = page.evaluate("rules => axe.run(document, { runOnly: rules })", rules)
        found += [(one["id"], [node["html"] for node in one["nodes"]]) for one in said["violations"]]
        assert "color-contrast" in {one["id"] for one in said["passes"]}
        kept |= {one["id"] for one in said["passes"]}
    return found, len(kept)


@dataclass
class Workbench:
    """A desk and the server that runs over it."""

    folder: Path
    process: subprocess.Popen[str]
    address: str
    pages: list[Any] = field(default_factory=list)

    @property
    def origin(self) -> str:
        return self.address.partition("/?")[0]

    def catalog(self, document: str, language: str = "en") -> Path:
        return self.folder / f"locales/{language}/LC_MESSAGES/{document}.po"

    def entry(self, document: str, source: str, language: str = "en") -> polib.POEntry:
        found = polib.pofile(str(self.catalog(document, language))).find(source)
        assert found is not None
        return found

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(30)


#: The servers of a test, which it may leave running when it fails.
STARTED: list[Workbench] = []


def begin(folder: Path, port: int = 0) -> Workbench:
    command = [sys.executable, "-m", "translate", "review", "--no-browser", "--port", str(port), "--name", "Ada B."]
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"}
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    assert "http://" in line, line
    STARTED.append(Workbench(folder, process, line.split(" at ")[1].strip()))
    return STARTED[-1]


def end(bench: Workbench) -> None:
    if bench.process.poll() is None:
        bench.process.send_signal(signal.SIGINT)
        bench.process.wait(30)
    assert bench.process.stdout is not None
    bench.process.stdout.close()
    if bench in STARTED:
        STARTED.remove(bench)


def make_desk(folder: Path, documents: dict[str, str], *, drafted: bool = True) -> None:
    """Make a desk with some documents, drafted by the shipped packages unless that would take too long."""
    from translate.cli import main

    folder.mkdir(parents=True)
    before = Path.cwd()
    os.chdir(folder)
    try:
        assert main(["init", "--source", "fr", "--target", "en", "--target", "de"]) == 0
        (folder / "translate.toml").write_text((folder / "translate.toml").read_text() + SITE)
        for name, text in documents.items():
            (folder / "source" / name).write_text(text, encoding="utf-8")
        assert main(["run" if drafted else "extract", "--quiet"]) == 0
    finally:
        os.chdir(before)


def until(page: Any, condition: str, arg: object = None) -> None:
    """Wait until a condition holds in a page; Playwright's own way would need a page that allows `eval`."""
    from playwright.sync_api import Error

    last = time.monotonic() + PATIENCE / 1000
    asked = condition if re.match(r"\w+ =>", condition) else f"() => {condition}"
    while True:
        try:
            if page.evaluate(asked, arg):
                return
        except Error as error:
            # The page goes elsewhere at this very moment.
            if "context was destroyed" not in str(error):
                raise
        assert time.monotonic() < last, f"in vain: {condition} {arg!r}"
        page.wait_for_timeout(20)


def words(page: Any) -> str:
    return str(page.input_value("#words"))


def source(page: Any) -> str:
    return str(page.inner_text("#read .source-text"))


def go(page: Any, text: str) -> None:
    """Open the segment with a source text by a click in the list."""
    plain = re.sub(r"</?\d+/?>", "", text)
    page.click(f"#rows li:has(.from:text-is('{plain}')) a")
    until(page, "text => document.querySelector('#read .source-text')?.textContent === text", arg=text)


def saved(page: Any) -> None:
    until(page, "!Object.keys(localStorage).some(name => name.startsWith('desk:outbox'))")


def accept(page: Any, text: str) -> None:
    page.fill("#words", text)
    page.keyboard.press("Control+Enter")
    saved(page)


@pytest.fixture(scope="package")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    """Start one workbench over many stories: every test takes one of its own."""
    folder = tmp_path_factory.mktemp("workbench") / "desk"
    stories = {f"port{number}.txt": DISPATCH for number in range(16)}
    stories |= {f"words{number}.txt": DISPATCH for number in range(14)}
    hostile = DISPATCH.replace("Le port rouvre ses portes", "Le <script>alert(1)</script> port & ses « portes »")
    stories["hostile.txt"] = hostile
    stories["cuts.txt"] = "Le port\n\nLe port est calme mardi. Il rouvre demain.\n"
    stories["codes.md"] = "# Le port\n\nLe **port** est [ouvert](https://example.org/a) mardi.\n"
    make_desk(folder, stories)
    bench = begin(folder)
    STARTED.remove(bench)
    yield bench
    end(bench)


@pytest.fixture(autouse=True)
def _nothing_is_left_running() -> Iterator[None]:
    yield
    while STARTED:
        end(STARTED.pop())


@pytest.fixture(scope="package")
def chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def person(chromium: Any) -> Iterator[Callable[..., Any]]:
    """Open a story in a browser of its own; what a page complains of fails the test."""
    contexts, complaints = [], []

    def sit(bench: Workbench, story: str = "", name: str = "", patience: int = PATIENCE, **options: Any) -> Any:
        context = chromium.new_context(**{"viewport": {"width": 1400, "height": 900}, **options})
        context.set_default_timeout(patience)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda one: complaints.append(one.text) if one.type == "error" else None)
        page.complaints = complaints
        page.goto(bench.address)
        if name:
            page.fill("#person", name)
            page.press("#person", "Tab")
        if story:
            page.goto(f"{bench.origin}/story/{story}")
            until(page, "document.getElementById('facts').textContent !== ''")
        return page

    yield sit
    for context in contexts:
        context.close()
    assert complaints == []
