"""What an edition says of its making: what a machine drafted, with which package, and what a person reviewed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import polib

from translate.catalogs import provenance
from translate.catalogs.states import State, state
from translate.editions.policy import Policy

#: The version of the record beside the editions; it changes when a reader of it would have to.
VERSION = 1
#: How the name of that record ends.
RECORD = ".provenance.json"
# What catalogs have in the place of a person.
_NOBODY = ("Automatically generated", "FULL NAME")


@dataclass(frozen=True, slots=True)
class Machine:
    """What drafted a text: an engine, its package and version, and the beginning of its model's SHA-256."""

    engine: str
    package: str = ""
    model: str = ""

    @property
    def name(self) -> str:
        """Return it as a person reads it.

        >>> Machine("argos", "fr_en/0.2", "ea555e46215b").name
        'argos fr_en/0.2 (model ea555e46215b)'
        """
        model = f" (model {self.model})" if self.model else ""
        return " ".join(filter(None, (self.engine, self.package))) + model


@dataclass(frozen=True, slots=True)
class Origin:
    """How a text of an edition came to be.

    `machine` drafted it, `edited` says that a person changed the draft; `shown` is False where the source text stands
    in its place. `reviewer` and `reviewed` (ISO 8601) are empty where nobody reviewed it or nobody knows.
    """

    line: int
    source: str
    state: State
    shown: bool
    machine: Machine | None = None
    edited: bool = False
    reviewer: str = ""
    reviewed: str = ""


@dataclass(frozen=True, slots=True)
class Disclosure:
    """The origins of all texts of an edition, and what of them may be told."""

    document: str
    source_language: str
    language: str
    origins: tuple[Origin, ...] = field(repr=False)
    policy: Policy = field(default_factory=Policy)

    @property
    def state(self) -> str:
        """Return "reviewed", "partly reviewed" or "not reviewed"."""
        reviewed = sum(one.state is State.REVIEWED for one in self.origins)
        return "reviewed" if reviewed == len(self.origins) else "partly reviewed" if reviewed else "not reviewed"

    @property
    def machines(self) -> tuple[Machine, ...]:
        """Return what drafted the texts shown, reviewed or not, the most texts first."""
        counts = Counter(one.machine for one in self.origins if one.shown and one.machine)
        return tuple(sorted(counts, key=lambda machine: (-counts[machine], machine.name)))

    @property
    def reviewers(self) -> tuple[str, ...]:
        """Return who reviewed texts, as far as that is known and may be told."""
        names = (one.reviewer for one in self.origins if one.reviewer)
        return tuple(sorted(set(names))) if self.policy.names else ()

    @property
    def summary(self) -> str:
        """Return the counts: "3 of 5 segments reviewed, 4 drafted by machine"."""
        reviewed = sum(one.state is State.REVIEWED for one in self.origins)
        drafted = sum(one.shown and one.machine is not None for one in self.origins)
        return f"{reviewed} of {len(self.origins)} segments reviewed, {drafted} drafted by machine"

    @property
    def marks(self) -> tuple[tuple[str, str], ...]:
        """Return names and values for files that hold such; empty where the desk wants none."""
        if not self.policy.marks:
            return ()
        rows = [
            ("translation-state", self.state),
            ("translation-source-language", self.source_language),
            ("translation-summary", self.summary),
            ("translation-machine", ", ".join(machine.name for machine in self.machines)),
            ("translation-reviewer", ", ".join(self.reviewers)),
            ("translation-responsible", self.policy.responsible),
        ]
        return tuple((name, value) for name, value in rows if value)


def origin(line: int, entry: polib.POEntry | None, source: str, shown: bool, header: tuple[str, str]) -> Origin:
    """Return how a text came to be; `header` are the reviewer and the date of its catalog.

    A `@reviewed` line of the entry itself goes before the header.
    """
    if entry is None:
        return Origin(line, source, State.UNTRANSLATED, shown=False)
    now, made = state(entry), provenance.parse(entry.tcomment)
    machine, edited = None, False
    if made and not made.foreign(entry.msgid):
        facts = made.facts
        machine = Machine(facts.get("engine", ""), facts.get("package", ""), facts.get("model", ""))
        edited = made.text != provenance.fingerprint(entry.msgstr)
    who, when = ("", "")
    if now is State.REVIEWED:
        who, when = provenance.reviewed_by(entry.tcomment, entry.msgstr) or header
    return Origin(line, source, now, shown, machine, edited, who, when)


def reviewer(metadata: dict[str, str]) -> tuple[str, str]:
    """Return who last worked on a catalog and when, by its header; nobody where that is not a person.

    >>> reviewer({"Last-Translator": "Automatically generated <>", "PO-Revision-Date": "2026-11-02 10:00+0000"})
    ('', '')
    >>> reviewer({"Last-Translator": "Ada B. <ada@example.org>", "PO-Revision-Date": "2026-11-02 10:00+0000"})
    ('Ada B.', '2026-11-02 10:00+0000')
    """
    name = metadata.get("Last-Translator", "").partition("<")[0].strip()
    if not name or name.startswith(_NOBODY):
        return "", ""
    return name, metadata.get("PO-Revision-Date", "")


def record(disclosure: Disclosure) -> bytes:
    """Return the JSON file that stands beside the editions; docs/disclosure.md has its fields."""
    counts = Counter(one.state for one in disclosure.origins)
    shown = [one for one in disclosure.origins if one.shown]
    value: dict[str, Any] = {
        "version": VERSION,
        "document": disclosure.document,
        "source_language": disclosure.source_language,
        "language": disclosure.language,
        "state": disclosure.state,
        "segments": len(disclosure.origins),
        "states": {str(name): counts[name] for name in State},
        "machines": [
            {
                "engine": machine.engine,
                "package": machine.package.partition("/")[0],
                "package_version": machine.package.partition("/")[2],
                "model_sha256": machine.model,
                "drafted": sum(one.machine == machine for one in shown),
                "reviewed": sum(one.machine == machine and one.state is State.REVIEWED for one in shown),
                "edited": sum(one.machine == machine and one.edited for one in shown),
            }
            for machine in disclosure.machines
        ],
        "reviewers": list(disclosure.reviewers),
        "responsible": disclosure.policy.responsible,
        "texts": [_row(one, disclosure.policy) for one in disclosure.origins],
    }
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _row(one: Origin, policy: Policy) -> dict[str, Any]:
    row: dict[str, Any] = {"line": one.line, "source": one.source, "state": str(one.state), "shown": one.shown}
    if one.machine:
        row |= {"machine": one.machine.name, "edited": one.edited}
    if one.reviewed:
        row["reviewed"] = one.reviewed
    if one.reviewer and policy.names:
        row["reviewer"] = one.reviewer
    return row


def json_ld(disclosure: Disclosure) -> str:
    """Return schema.org's words for the page, as JSON that may stand inside a script element."""
    translators: Sequence[dict[str, str]] = [
        *(
            {
                "@type": "SoftwareApplication",
                "name": " ".join(filter(None, (one.engine, one.package.partition("/")[0]))),
                "softwareVersion": one.package.partition("/")[2],
                "identifier": one.model,
            }
            for one in disclosure.machines
        ),
        *({"@type": "Person", "name": name} for name in disclosure.reviewers),
    ]
    value: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "CreativeWork",
        "inLanguage": disclosure.language,
        "creativeWorkStatus": f"translation {disclosure.state}",
        "translationOfWork": {"@type": "CreativeWork", "inLanguage": disclosure.source_language},
        "translator": [{key: text for key, text in one.items() if text} for one in translators],
    }
    if disclosure.policy.responsible:
        value["publisher"] = {"@type": "Organization", "name": disclosure.policy.responsible}
    escapes = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
    return json.dumps(value, ensure_ascii=False).translate(escapes)
