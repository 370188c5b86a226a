"""How soon the workbench shows a story of 5,000 segments, and how soon the edition follows a key.

    python bench/workbench.py [SEGMENTS]

In Chromium, without a window: the time until the page is there, until its first segment can be edited, from a key to
the edition (until the browser has painted it), and from "accept" to the catalog on disk. Medians of 20 keys.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

from measuring import CLI, Figure, keep, parser
from playwright.sync_api import sync_playwright

TYPED = """() => new Promise(done => {
  const words = document.getElementById("words"), began = performance.now();
  words.value += "x";
  words.dispatchEvent(new Event("input"));
  requestAnimationFrame(() => setTimeout(() => done(performance.now() - began), 0));
})"""
SAVED = "() => Object.keys(localStorage).some(name => name.startsWith('desk:outbox'))"


def main() -> None:
    asked = parser(__doc__)
    asked.add_argument("segments", type=int, nargs="?", default=5000)
    wanted = asked.parse_args()
    count = wanted.segments
    with tempfile.TemporaryDirectory() as place:
        desk = Path(place)
        subprocess.run([*CLI, "init", "--source", "fr", "--target", "en"], cwd=desk, check=True, capture_output=True)
        text = "\n\n".join(f"Il y avait {number} bateaux dans le port, dit le ministre." for number in range(count))
        (desk / "source/long.txt").write_text(f"Le port\n\n{text}\n")
        subprocess.run([*CLI, "extract"], cwd=desk, check=True, capture_output=True)
        command = [*CLI, "review", "--no-browser", "--port", "0"]
        server = subprocess.Popen(command, cwd=desk, stdout=subprocess.PIPE, text=True)
        assert server.stdout is not None
        address = server.stdout.readline().split(" at ")[1].strip()
        try:
            with sync_playwright() as playwright:
                found = measure(playwright, address)
        finally:
            server.kill()
    for name, value in found.items():
        print(f"{name:42} {value:8.1f} ms")
    story = f"workbench, {count:,} segments"
    keep(wanted.json, [Figure(f"{story}: {name}", value, "ms") for name, value in found.items()])


def measure(playwright: object, address: str) -> dict[str, float]:
    browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])  # type: ignore[attr-defined]
    page = browser.new_page()
    page.goto(address)
    story = f"{address.partition('/?')[0]}/story/en/long"
    # The server has opened the story once; a page that shows it already would take its time to go.
    page.request.get(story)
    began = time.perf_counter()
    page.goto(story, timeout=120_000)
    usable = "() => document.getElementById('facts').textContent ? performance.now() : 0"
    while not (ready := page.evaluate(usable)):
        pass
    whole = 1000 * (time.perf_counter() - began)
    timing = "() => performance.getEntriesByType('navigation')[0].toJSON()"
    told = page.evaluate(timing)
    keys = [page.evaluate(TYPED) for _ in range(20)]
    saves = []
    for _ in range(20):
        page.focus("#words")
        page.keyboard.type("There were ships")
        start = time.perf_counter()
        page.keyboard.press("Control+Enter")
        while page.evaluate(SAVED):
            pass
        saves.append(1000 * (time.perf_counter() - start))
        page.wait_for_timeout(100)
    browser.close()
    return {
        "server: the page": told["responseEnd"],
        "browser: loaded, after the page came": told["loadEventEnd"] - told["responseEnd"],
        "usable, after it was loaded": ready - told["loadEventEnd"],
        "all in all": whole,
        "key to edition (median)": statistics.median(keys),
        "key to edition (slowest)": max(keys),
        "accept to catalog on disk (median)": statistics.median(saves),
    }


if __name__ == "__main__":
    main()
