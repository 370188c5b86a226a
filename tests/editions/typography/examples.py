"""The table of before and after: what the tests hold and what docs/typography.md shows."""

from __future__ import annotations

import tomllib
from pathlib import Path

_SHOWN = {"\u00a0": "⍽", "\u202f": "⎵"}
DOCS = Path(__file__).parents[3] / "docs" / "typography.md"
START, END = "<!-- examples -->\n", "<!-- end of examples -->\n"


def table() -> dict[str, list[tuple[str, str]]]:
    """Return the rows of each locale, with their spaces."""
    text = Path(__file__).with_name("examples.toml").read_text(encoding="utf-8")
    return {
        locale: [(before, real(after)) for before, after in one["rows"]] for locale, one in tomllib.loads(text).items()
    }


def real(text: str) -> str:
    for sign, shown in _SHOWN.items():
        text = text.replace(shown, sign)
    return text


def page() -> str:
    """Return the part of the documentation that shows the table."""
    made = []
    for locale, rows in table().items():
        made.append(f"### {locale}\n\n| in the catalog | in the edition |\n| --- | --- |\n")
        made += [
            f"| {_cell(before)} | {_cell(after) if before != after else 'unchanged'} |\n" for before, after in rows
        ]
        made.append("\n")
    return START + "\n" + "".join(made) + END


def _cell(text: str) -> str:
    for sign, shown in _SHOWN.items():
        text = text.replace(sign, shown)
    fence = "``" if "`" in text else "`"
    gap = " " if "`" in text else ""
    return f"{fence}{gap}{text}{gap}{fence}".replace("|", "\\|")


if __name__ == "__main__":
    written = DOCS.read_text(encoding="utf-8")
    before, _, rest = written.partition(START)
    DOCS.write_text(before + page() + rest.partition(END)[2], encoding="utf-8")
