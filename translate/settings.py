"""What the values of a `translate.toml` may be: checks that return a value, or name the key and what mends it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from translate.errors import ProjectError

#: The name of the file that makes a folder a desk.
FILE = "translate.toml"

#: Check the value of a key (its name, its value, the folder of the desk) and return what it stands for.
Check = Callable[[str, Any, Path], Any]


def bad(key: str, problem: str, remedy: str) -> ProjectError:
    """Return the error about a key.

    >>> str(bad("beam", "0 is not allowed", "Allowed: a whole number from 1 to 16."))
    'translate.toml: beam: 0 is not allowed'
    """
    return ProjectError(f"{key}: {problem}", where=FILE, remedy=remedy)


def yes_or_no(name: str, value: object, root: Path) -> bool:
    """Check a switch."""
    del root
    if not isinstance(value, bool):
        raise bad(name, f"{value!r} is not allowed", "Allowed: true, false.")
    return value


def choice(allowed: Sequence[str]) -> Callable[[str, object, Path], str]:
    """Return the check of a key that has one of some values."""

    def check(name: str, value: object, root: Path) -> str:
        del root
        if value not in allowed:
            raise bad(name, f"{value!r} is not allowed", f"Allowed: {', '.join(allowed)}.")
        return str(value)

    return check


def table_of(name: str, value: object, root: Path, checks: Mapping[str, Check]) -> dict[str, Any]:
    """Check a table of known keys and return its values."""
    if not isinstance(value, dict):
        raise bad(name, "must be a table", f"Keys in it: {', '.join(checks)}.")
    for key in value:
        if key not in checks:
            raise bad(f"{name}.{key}", "is not a key", f"Keys: {', '.join(checks)}.")
    return {key: checks[key](f"{name}.{key}", one, root) for key, one in value.items()}
