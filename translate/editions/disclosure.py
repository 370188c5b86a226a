"""What an edition says of its making: what a machine drafted, with which package, and what a person reviewed."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
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
#: The names of what an edition may say of itself; a source that has one was an edition itself.
NAMES = (
    "translation-state",
    "translation-source-language",
    "translation-summary",
    "translation-machine",
    "translation-reviewer",
    "translation-responsible",
)
# What catalogs have in the place of a person.
_NOBODY = ("automatically generated", "full name", "anonymous")
_ADDRESS = re.compile(r"<[^<>]*@[^<>]*>?|<>|(?<![^\s<>])[^\s<>]+@\S+")
# Signs that are no words and that XML and HTML cannot hold; white space is not among them.
_UNSHOWN = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]")


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

    `machines` drafted it (two of a pivot), or it was `recalled` from the translation memory; `edited` says that its
    words are no longer the draft's. `shown` is False where the source text stands in its place. `once_reviewed` says of
    a stale text that it was reviewed before its source changed. `reviewer` and `reviewed` (a day) are empty where
    nobody signed.
    """

    line: int
    source: str
    state: State
    shown: bool
    machines: tuple[Machine, ...] = ()
    recalled: bool = False
    edited: bool = False
    once_reviewed: bool = False
    reviewer: str = ""
    reviewed: str = ""

    @property
    def waiting(self) -> bool:
        """Say whether words stand here that no person has ever accepted."""
        stale_draft = self.state is State.STALE and bool(self.machines) and not self.once_reviewed
        return self.shown and (self.state is State.DRAFT or stale_draft)


@dataclass(frozen=True, slots=True)
class Disclosure:
    """The origins of all texts of an edition, and what of them may be told.

    `translator` and `revised` are whom its catalog names last, and the day on which it was last written, by whomever;
    `written` is the moment (UTC), and counts what a change of the source wrote.
    """

    document: str
    source_language: str
    language: str
    origins: tuple[Origin, ...] = field(repr=False)
    policy: Policy = field(default_factory=Policy)
    translator: str = ""
    revised: str = ""
    written: str = ""

    @property
    def state(self) -> str:
        """Return "reviewed", "partly reviewed" or "not reviewed"."""
        reviewed = sum(one.state is State.REVIEWED for one in self.origins)
        return "reviewed" if reviewed == len(self.origins) else "partly reviewed" if reviewed else "not reviewed"

    @property
    def machines(self) -> tuple[Machine, ...]:
        """Return what drafted the texts shown, reviewed or not, the most texts first."""
        counts = Counter(machine for one in self.origins if one.shown for machine in one.machines)
        return tuple(sorted(counts, key=lambda machine: (-counts[machine], machine.name)))

    @property
    def reviewers(self) -> tuple[str, ...]:
        """Return who reviewed texts: who signed, or else whom the catalog names; as far as it may be told."""
        if not self.policy.names:
            return ()
        signed = tuple(sorted({one.reviewer for one in self.origins if one.reviewer}))
        reviewed = any(one.state is State.REVIEWED for one in self.origins)
        return signed or ((self.translator,) if self.translator and reviewed else ())

    @property
    def summary(self) -> str:
        """Return the counts: "3 of 5 segments reviewed, 4 drafted by machine"."""
        reviewed = sum(one.state is State.REVIEWED for one in self.origins)
        drafted = sum(one.shown and bool(one.machines) for one in self.origins)
        return f"{reviewed} of {len(self.origins)} segments reviewed, {drafted} drafted by machine"

    @property
    def marks(self) -> tuple[tuple[str, str], ...]:
        """Return names and values for files that hold such; empty where the desk wants none."""
        if not self.policy.marks:
            return ()
        values = (
            self.state,
            self.source_language,
            self.summary,
            ", ".join(machine.name for machine in self.machines),
            ", ".join(self.reviewers),
            one_line(self.policy.responsible),
        )
        return tuple((name, value) for name, value in zip(NAMES, values, strict=True) if value)


def origin(line: int, entry: polib.POEntry | None, source: str, shown: bool) -> Origin:
    """Return how a text came to be."""
    if entry is None:
        return Origin(line, source, State.UNTRANSLATED, shown=False)
    now, made = state(entry), provenance.parse(entry.tcomment)
    recalled = made is not None and made.facts.get("engine") == provenance.MEMORY
    edited = made is not None and made.text != provenance.fingerprint(entry.msgstr)
    once = now is State.STALE and provenance.stale_was(entry.tcomment, entry.msgstr) == State.REVIEWED
    machines = () if made is None or recalled else _machines(made.facts)
    signed = provenance.reviewed_by(entry.tcomment, entry.msgid, entry.msgstr) if now is State.REVIEWED else None
    who, when = signed or ("", "")
    return Origin(line, source, now, shown, machines, recalled, edited, once, person(who), _day(when))


def _machines(facts: Mapping[str, str]) -> tuple[Machine, ...]:
    """Return what drafted a text: one machine, or the two of a pivot.

    >>> [one.name for one in _machines({"engine": "argos", "package": "fr_en/0.2+en_de/1.0", "model": "aa+bb"})]
    ['argos fr_en/0.2 (model aa)', 'argos en_de/1.0 (model bb)']
    """
    engine, package, model = (one_line(facts.get(name, "")) for name in ("engine", "package", "model"))
    packages, models = package.split("+"), model.split("+")
    if len(packages) != len(models):
        packages, models = [package], [model]
    return tuple(Machine(engine, *pair) for pair in zip(packages, models, strict=True))


def person(text: str) -> str:
    """Return the name in what a tool wrote of a person, without any address; nothing where nobody is named.

    >>> person("Ada B. <ada@example.org>"), person("Automatically generated <>"), person("ada@example.org")
    ('Ada B.', '', '')
    """
    name = one_line(_ADDRESS.sub(" ", text))
    return "" if name.lower().startswith(_NOBODY) else name


def revised(metadata: Mapping[str, str]) -> str:
    """Return the day on which a catalog was last written, as its header says."""
    return _day(metadata.get("PO-Revision-Date", "")[:10])


def written(metadata: Mapping[str, str]) -> str:
    """Return the moment at which a catalog was last written, for its translations or its source; nothing if unknown.

    >>> written({"PO-Revision-Date": "2026-11-02 10:00+0100", "POT-Creation-Date": "2026-11-02 08:30+0000"})
    '2026-11-02T09:00:00Z'
    """
    moments = (_moment(metadata.get(name, "")) for name in ("PO-Revision-Date", "POT-Creation-Date"))
    return max((one.strftime("%Y-%m-%dT%H:%M:%SZ") for one in moments if one is not None), default="")


def one_line(text: str) -> str:
    """Return a text as one line that any file can hold.

    >>> one_line("Ada\\nB.\\x00")
    'Ada B.'
    """
    return " ".join(visible(text).split())


def visible(text: str) -> str:
    """Return a text without the signs that are no words and that files cannot hold.

    >>> visible("bell\\x07")
    'bell'
    """
    return _UNSHOWN.sub("", text)


def _moment(said: str) -> dt.datetime | None:
    try:
        moment = dt.datetime.fromisoformat(said)
        return (moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)).astimezone(dt.UTC)
    except (ValueError, OverflowError):
        return None


def _day(moment: str) -> str:
    try:
        return dt.datetime.fromisoformat(moment).date().isoformat()
    except ValueError:
        return ""


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
                "drafted": sum(machine in one.machines for one in shown),
                "reviewed": sum(machine in one.machines and one.state is State.REVIEWED for one in shown),
                "edited": sum(machine in one.machines and one.edited for one in shown),
            }
            for machine in disclosure.machines
        ],
        "reviewers": list(disclosure.reviewers),
        "catalog_revised": disclosure.revised,
        "responsible": one_line(disclosure.policy.responsible),
        "texts": [_row(one, disclosure.policy) for one in disclosure.origins],
    }
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _row(one: Origin, policy: Policy) -> dict[str, Any]:
    row: dict[str, Any] = {"line": one.line, "source": one.source, "state": str(one.state), "shown": one.shown}
    if one.machines:
        row |= {"machine": " + ".join(machine.name for machine in one.machines), "edited": one.edited}
    if one.recalled:
        row |= {"memory": True, "edited": one.edited}
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
        value["publisher"] = {"name": one_line(disclosure.policy.responsible)}
    # A page may be in an encoding that lacks the signs.
    return in_script(json.dumps(value, ensure_ascii=True))


def in_script(text: str) -> str:
    """Write JSON so that it may stand inside a script element, which knows no references of HTML.

    >>> in_script('"</script>"')
    '"\\\\u003c/script\\\\u003e"'
    """
    return text.translate({ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&"})
