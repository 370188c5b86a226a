"""Make the pictures of docs/review.md: the workbench over a copy of the sample desk, at three widths.

python bench/pictures.py [FOLDER]
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
WIDTHS = {"phone": (390, 844), "tablet": (900, 1000), "desk": (1400, 860)}
STORY = "rosetta-fin-de-mission"


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "images"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        desk = Path(place)
        for name in ("source", "locales", "translate.toml"):
            copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
            copy(ROOT / name, desk / name)
        command = [sys.executable, "-m", "translate", "review", "--no-browser", "--port", "0", "--name", "Ada B."]
        server = subprocess.Popen(command, cwd=desk, stdout=subprocess.PIPE, text=True)
        assert server.stdout is not None
        address = server.stdout.readline().split(" at ")[1].strip()
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
                for scheme in ("light", "dark"):
                    for width, (wide, high) in WIDTHS.items():
                        size = {"width": wide, "height": high}
                        page = browser.new_context(viewport=size, color_scheme=scheme).new_page()
                        page.goto(address)
                        shoot(page, folder / f"dashboard-{width}-{scheme}.jpg")
                        page.goto(f"{address.partition('/?')[0]}/story/en/{STORY}")
                        page.wait_for_selector("#facts:not(:empty)")
                        page.keyboard.press("Alt+a")
                        page.wait_for_selector("[data-alternative]")
                        page.wait_for_timeout(500)
                        shoot(page, folder / f"story-{width}-{scheme}.jpg")
                browser.close()
        finally:
            server.kill()


def shoot(page: object, path: Path) -> None:
    page.screenshot(path=str(path), type="jpeg", quality=60)  # type: ignore[attr-defined]
    print(path)


if __name__ == "__main__":
    main()
