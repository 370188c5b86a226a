"""What a desk wants of typography, as translate.toml says it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from translate.language import primary
from translate.settings import bad

#: The rules that can be switched off, one by one.
RULES = ("quotation_marks", "apostrophes", "spaces", "dashes", "ellipses", "figures", "spelling")
#: What a house may want of a language in place of what its locale does.
STYLES: dict[str, tuple[str, ...]] = {
    "quotation_marks": ("double", "single", "guillemets", "keep"),
    "dash": ("closed", "spaced", "keep"),
}


@dataclass(frozen=True, slots=True)
class House:
    """How a house sets its editions (`typography` in translate.toml).

    `off` are rules that no language wants; `styles` are a language's own choices out of `STYLES`.
    """

    enabled: bool = True
    off: frozenset[str] = frozenset()
    styles: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def style(self, language: str, name: str) -> str:
        """Return what the house wants for a language (en-GB, then en), nothing where it says nothing.

        >>> House(styles={"en": {"dash": "spaced"}}).style("en-GB", "dash")
        'spaced'
        """
        for tag in (language, primary(language)):
            if name in self.styles.get(tag, {}):
                return self.styles[tag][name]
        return ""


def house(name: str, value: object, language: Callable[[str, object], str]) -> House:
    """Check what translate.toml says of typography: yes, no, or a table of switches and of languages.

    Raises:
        ProjectError: a key or a value is not allowed; the error names it.
    """
    if isinstance(value, bool):
        return House(enabled=value)
    if not isinstance(value, dict):
        raise bad(name, "must be true, false or a table", f"Keys in it: {_KEYS}.")
    switches: dict[str, bool] = {}
    styles: dict[str, Mapping[str, str]] = {}
    for key, one in value.items():
        if key == "enabled" or key in RULES:
            if not isinstance(one, bool):
                raise bad(f"{name}.{key}", f"{one!r} is not allowed", "Allowed: true, false.")
            switches[key] = one
        elif isinstance(one, dict):
            styles[language(f"{name}.{key}", key)] = _styles(f"{name}.{key}", one)
        else:
            raise bad(f"{name}.{key}", "is not a key", f"Keys: {_KEYS}.")
    off = frozenset(rule for rule in RULES if not switches.get(rule, True))
    return House(switches.get("enabled", True), off, styles)


def _styles(name: str, table: Mapping[str, Any]) -> Mapping[str, str]:
    for key, one in table.items():
        if key not in STYLES:
            raise bad(f"{name}.{key}", "is not a key", f"Keys: {', '.join(STYLES)}.")
        if one not in STYLES[key]:
            raise bad(f"{name}.{key}", f"{one!r} is not allowed", f"Allowed: {', '.join(STYLES[key])}.")
    return table


_KEYS = f"enabled, {', '.join(RULES)}, and a table for each language"
