"""What may be published: the states that each text of an edition may have when it leaves the house."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlsplit

from translate.catalogs.states import State
from translate.documents.kinds import FIGURES
from translate.documents.model import Role
from translate.editions.policy import Drafts
from translate.settings import Check, bad, table_of, yes_or_no

#: The states of texts for which `[publish.gate]` has no line of its own.
DEFAULT = "default"
_NAMES = (DEFAULT, FIGURES, *Role)
_REVIEWED = frozenset({State.REVIEWED})
_DRAFTED = _REVIEWED | {State.DRAFT}
_ANY = frozenset(State)
_ESSENTIAL = (Role.HEADLINE, Role.TITLE, Role.LEAD, Role.QUOTATION, FIGURES)
#: The named policies: what each kind of text must be.
POLICIES: Mapping[str, Mapping[str, frozenset[State]]] = MappingProxyType(
    {
        "reviewed": {DEFAULT: _REVIEWED},
        "essentials": {DEFAULT: _DRAFTED} | dict.fromkeys(_ESSENTIAL, _REVIEWED),
        # A page whose headline nobody translated would be one of the source.
        "only-reviewed": {DEFAULT: _ANY, Role.HEADLINE: _REVIEWED, Role.TITLE: _REVIEWED},
    }
)


@dataclass(frozen=True, slots=True)
class Release:
    """How a desk publishes (`[publish]` in translate.toml).

    `url` is where the site will stand, `title` what it is called. `gate` refines the `policy`. With `errors`, an error
    of a check closes the gate. With `source`, the source language has pages too. `templates` is a folder of the desk.
    """

    url: str = ""
    title: str = ""
    policy: str = "reviewed"
    gate: Mapping[str, frozenset[State]] = field(default_factory=dict)
    errors: bool = True
    source: bool = True
    templates: Path | None = None

    @property
    def rules(self) -> Mapping[str, frozenset[State]]:
        """Return the states allowed for each kind of text."""
        return {**POLICIES[self.policy], **self.gate}

    @property
    def drafts(self) -> Drafts:
        """Return what an edition shows where nobody reviewed: under "only-reviewed" the source text."""
        return Drafts.HOLD if self.policy == "only-reviewed" else Drafts.LABEL


def settings(name: str, value: object, root: Path) -> Release:
    """Check the table `[publish]` of a translate.toml and return what it says.

    Raises:
        ProjectError: a key or a value is not allowed; the error names it.
    """
    return Release(**table_of(name, value, root, _CHECKS))


def _url(name: str, value: object, root: Path) -> str:
    del root
    try:
        parts = urlsplit(value) if isinstance(value, str) else None
    except ValueError:
        parts = None
    if parts is None or parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise bad(name, f"{value!r} is no address of a site", 'For example: url = "https://news.example.org/"')
    return f"{value}".rstrip("/") + "/"


def _text(name: str, value: object, root: Path) -> str:
    del root
    if not isinstance(value, str) or not value.strip():
        raise bad(name, "must be a text", 'For example: title = "The Messenger"')
    return value


def _policy(name: str, value: object, root: Path) -> str:
    del root
    if not isinstance(value, str) or value not in POLICIES:
        raise bad(name, f"{value!r} is no policy", f"Policies: {', '.join(POLICIES)}.")
    return value


def _gate(name: str, value: object, root: Path) -> dict[str, frozenset[State]]:
    del root
    if not isinstance(value, dict):
        raise bad(
            name, "must be a table of states", 'For example: [publish.gate], then caption = ["reviewed", "draft"]'
        )
    for key, states in value.items():
        if key not in _NAMES:
            raise bad(f"{name}.{key}", "is no role", f"Allowed in it: {', '.join(_NAMES)}.")
        known = isinstance(states, list) and all(isinstance(one, str) and one in {*State} for one in states)
        if not known or State.REVIEWED not in states:
            raise bad(f"{name}.{key}", 'must be a list of states with "reviewed" in it', f"States: {', '.join(State)}.")
    return {key: frozenset(map(State, states)) for key, states in value.items()}


def _folder(name: str, value: object, root: Path) -> Path:
    if not isinstance(value, str) or not (root / value).is_dir():
        raise bad(name, f"{value!r} is no folder of this desk", "Make it, or take the key out.")
    return root / value


_CHECKS: dict[str, Check] = {
    "url": _url,
    "title": _text,
    "policy": _policy,
    "gate": _gate,
    "errors": yes_or_no,
    "source": yes_or_no,
    "templates": _folder,
}
