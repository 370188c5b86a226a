"""Cells of a table that a spreadsheet will open: none of them is a formula."""

from __future__ import annotations

import re

# How spreadsheets know a formula. The apostrophe makes it text, as it does when a person types it there.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n]")
_GUARDED = re.compile(r"''*[=+\-@\t\r\n]")


def guarded(cell: str) -> str:
    """Return a cell as it is written.

    >>> guarded("=1+1"), guarded("Le port")
    ("'=1+1", 'Le port')
    """
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """Return a cell as it was before it was written.

    >>> unguarded("'=1+1"), unguarded("'Le port'")
    ('=1+1', "'Le port'")
    """
    return cell[1:] if _GUARDED.match(cell) else cell
