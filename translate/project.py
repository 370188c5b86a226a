"""`translate.toml` to Project: languages, folders, documents and policy, each key checked."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from translate.editions import release
from translate.editions.policy import RULES, Policy
from translate.editions.typography.policy import House, house
from translate.errors import ProjectError
from translate.settings import FILE, Check, bad, choice, table_of, yes_or_no

# Where this machine keeps what is its own.
_LOCAL = ".translate"
_MEMORY = f"{_LOCAL}/memory.sqlite"

SEGMENTATIONS = ("sentence", "paragraph")
DRAFTS = ("label", "hold")
COMPUTE_TYPES = ("auto", "int8", "int8_float32", "int16", "float32", "bfloat16", "float16")
DEVICES = ("auto", "cpu", "cuda")
EDITIONS = ("text", "markdown", "html")
# Babel also takes what may follow a POSIX locale (an encoding, say): any text, and so any path.
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class Project:
    """A desk: its folder and what its `translate.toml` decides. Paths are absolute."""

    root: Path
    source: str
    targets: tuple[str, ...]
    segmentation: str = "sentence"
    drafts: str = "label"
    editions: tuple[str, ...] = EDITIONS
    also: tuple[str, ...] = ()
    engine: str = "argos"
    beam: int = 2
    compute: str = "auto"
    threads: int = 0
    device: str = "auto"
    packages: Path | None = None
    rules: Path | None = None
    memory: Path = Path(_MEMORY)
    memory_threshold: int = 85
    glossary: Path | None = None
    cldr_terms: bool = True
    source_folder: Path = Path("source")
    locales_folder: Path = Path("locales")
    output_folder: Path = Path("output")
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    formats: Mapping[str, Mapping[str, str | Sequence[str]]] = field(default_factory=dict)
    checks: Mapping[str, bool] = field(default_factory=dict)
    disclosure: Policy = field(default_factory=Policy)
    risk: Mapping[str, float] = field(default_factory=dict)
    publish: release.Release = field(default_factory=release.Release)
    typography: House = field(default_factory=House)

    @property
    def checks_off(self) -> frozenset[str]:
        """Return the checks that the desk does not want."""
        return frozenset(name for name, wanted in self.checks.items() if not wanted)

    @property
    def local_folder(self) -> Path:
        """Return the folder of what is this machine's, not the desk's: records, databases, the lock."""
        return self.root / _LOCAL

    @property
    def history(self) -> Path:
        """Return the path of the drafts that people were shown."""
        return self.local_folder / "drafts.sqlite"

    @property
    def weights(self) -> Mapping[str, float]:
        """Return how much harm a wrong text does, 0 to 1, by its role."""
        from translate.quality.risk import WEIGHTS

        return {**WEIGHTS, **self.risk}

    def template(self, document: str) -> Path:
        """Return the path of the POT file of a document."""
        return self.locales_folder / f"{document}.pot"

    def catalog(self, document: str, language: str) -> Path:
        """Return the path of a catalog."""
        return self.locales_folder / language / "LC_MESSAGES" / f"{document}.po"

    def edition(self, document: str, language: str, suffix: str) -> Path:
        """Return the path of an edition."""
        return self.output_folder / language / f"{document}{suffix}"

    def shown(self, path: Path) -> str:
        """Return a path as a person at this desk knows it: relative to the desk where it lies inside."""
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else str(path)


def load(root: Path) -> Project:
    """Read the `translate.toml` of a desk.

    Raises:
        ProjectError: there is none, it is not TOML, or a key or value is not allowed; the error names it.
    """
    path = root / FILE
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise ProjectError(
            f"there is no {FILE} here",
            where=str(root),
            remedy="Make a desk with: translate init --source fr --target en --target de, or name one with --project.",
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise ProjectError(f"cannot be read: {error}", where=str(path), remedy="Save it as UTF-8 text.") from error
    try:
        values = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        # Numbers of thousands of digits and tables without end are errors of another kind.
        raise ProjectError(f"is not valid TOML: {error}", where=str(path), remedy="Mend that line.") from error
    return parse(values, root.resolve())


def parse(values: Mapping[str, Any], root: Path) -> Project:
    """Check the values of a `translate.toml` and make the project of them."""
    unknown = sorted(values.keys() - _KEYS.keys())
    if unknown:
        raise bad(unknown[0], "is not a key of translate.toml", f"Keys: {', '.join(_KEYS)}.")
    for required in ("source", "targets"):
        if required not in values:
            raise bad(required, "is missing", f"Add it, for example: {_EXAMPLES[required]}")
    made = {name: _KEYS[name](name, value, root) for name, value in values.items()}
    made.setdefault("memory", root / _MEMORY)
    folders = made.pop("folders", {})
    for name in ("source", "locales", "output"):
        made[f"{name}_folder"] = root / folders.get(name, name)
    for name in ("locales", "output"):
        one, source = made[f"{name}_folder"].resolve(), made["source_folder"].resolve()
        if one.is_relative_to(source) or source.is_relative_to(one):
            raise bad(f"folders.{name}", "overlaps the source folder", "What is written there would be read as source.")
    project = Project(root=root, **made)
    if project.source in project.targets:
        raise bad("targets", f"names the source language {project.source!r}", "Take it out of the list.")
    # Editions are named after the place where the desk publishes.
    return replace(project, disclosure=replace(project.disclosure, site=project.publish.url))


def language(name: str, value: object) -> str:
    """Check a language tag (BCP 47, as far as CLDR knows the language) and return it.

    Raises:
        ProjectError: no such language.
    """
    from babel import Locale, UnknownLocaleError

    if isinstance(value, str) and _TAG.fullmatch(value):
        try:
            known = str(Locale.parse(value, sep="-")).replace("_", "-")
        except (UnknownLocaleError, ValueError):
            pass
        else:
            # One spelling of a tag, or "de-ch" and "de-CH" were two languages; an alias stays what it is.
            return known if known.lower() == value.lower() else value
    raise bad(name, f"{value!r} is not a language", 'Use a BCP 47 tag such as "fr", "en-GB" or "de-CH".')


def _language(name: str, value: object, root: Path) -> str:
    del root
    return language(name, value)


def _languages(name: str, value: object, root: Path) -> tuple[str, ...]:
    del root
    if not isinstance(value, list) or not value:
        raise bad(name, "must be a list of languages", f"For example: {_EXAMPLES[name]}")
    found = tuple(language(name, one) for one in value)
    if len(set(found)) < len(found):
        raise bad(name, "names a language twice", "Name each language once.")
    return found


def _editions(name: str, value: object, root: Path) -> tuple[str, ...]:
    """Check edition targets: the shipped ones and those that another package brings."""
    from importlib.metadata import entry_points

    allowed = (*EDITIONS, *sorted({point.name for point in entry_points(group="translate.targets")} - {*EDITIONS}))
    if not isinstance(value, list) or (not value and name != "also"):
        raise bad(name, "must be a list", f"Allowed in it: {', '.join(allowed)}.")
    return tuple(dict.fromkeys(choice(allowed)(name, one, root) for one in value))


def _number(low: int, high: int) -> Callable[[str, object, Path], int]:
    def check(name: str, value: object, root: Path) -> int:
        del root
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise bad(name, f"{value!r} is not allowed", f"Allowed: a whole number from {low} to {high}.")
        return value

    return check


def _path(name: str, value: object, root: Path) -> Path:
    if not isinstance(value, str) or not value:
        raise bad(name, "must be a path", "Paths are relative to translate.toml.")
    try:
        path = root / Path(value).expanduser()
        path.resolve()
    except (ValueError, RuntimeError, OSError) as error:
        raise bad(name, f"{value!r} is no path: {error}", "Paths are relative to translate.toml.") from error
    return path


def _name(name: str, value: object, root: Path) -> str:
    del root
    if not isinstance(value, str):
        raise bad(name, "must be a name", f"For example: {_EXAMPLES[name]}")
    return value


def _folders(name: str, value: object, root: Path) -> dict[str, str]:
    allowed = ("source", "locales", "output")
    if not isinstance(value, dict) or not all(isinstance(one, str) and one for one in value.values()):
        raise bad(name, "must be a table of paths", f"Allowed in it: {', '.join(allowed)}.")
    for key, path in value.items():
        if key not in allowed:
            raise bad(f"{name}.{key}", "is not a key of translate.toml", f"Allowed: {', '.join(allowed)}.")
        _path(f"{name}.{key}", path, root)
    return value


def _labels(name: str, value: object, root: Path) -> dict[str, dict[str, str]]:
    del root
    if not isinstance(value, dict):
        raise bad(name, "must hold a table for each language", 'For example: [labels.it], then by = "Di"')
    for tag, table in value.items():
        language(f"{name}.{tag}", tag)
        if not isinstance(table, dict) or not all(isinstance(one, str) for one in table.values()):
            raise bad(f"{name}.{tag}", "must be a table of texts", 'For example: by = "Di"')
    return value


def _formats(name: str, value: object, root: Path) -> dict[str, dict[str, str | Sequence[str]]]:
    """Check the settings of formats: each is a text or a list of texts, as its default is."""
    del root
    from translate.documents.formats import formats

    if not isinstance(value, dict):
        raise bad(name, "must hold a table for each format", "For example: [formats.docx]")
    for key, table in value.items():
        if key not in formats():
            raise bad(f"{name}.{key}", "is no format", f"Formats: {', '.join(sorted(formats()))}.")
        defaults = {"documents": (), **formats()[key].defaults}
        if not isinstance(table, dict):
            raise bad(f"{name}.{key}", "must be a table", f"Keys in it: {', '.join(defaults)}.")
        for setting, one in table.items():
            if setting not in defaults:
                raise bad(f"{name}.{key}.{setting}", "is not a key", f"Keys: {', '.join(defaults)}.")
            many = isinstance(one, list) and all(isinstance(text, str) for text in one)
            if not (isinstance(one, str) if isinstance(defaults[setting], str) else many):
                wanted = "a text" if isinstance(defaults[setting], str) else "a list of texts"
                raise bad(f"{name}.{key}.{setting}", f"must be {wanted}", "See docs/formats.md.")
    return value


def _checks(name: str, value: object, root: Path) -> dict[str, bool]:
    """Check the switches of checks: the shipped ones and those that another package brings."""
    from importlib.metadata import entry_points

    allowed = sorted({point.name for point in entry_points(group="translate.checks")})
    if not isinstance(value, dict):
        raise bad(name, "must be a table of switches", "For example: [checks], then spelling = false")
    for key, switch in value.items():
        if key not in allowed:
            raise bad(f"{name}.{key}", "is no check", f"Checks: {', '.join(allowed)}.")
        yes_or_no(f"{name}.{key}", switch, root)
    return value


def _disclosure(name: str, value: object, root: Path) -> Policy:
    checks: dict[str, Check] = {
        "marks": yes_or_no,
        "names": yes_or_no,
        "rule": choice(RULES),
        "responsible": _name,
    }
    return Policy(**table_of(name, value, root, checks))


def _risk(name: str, value: object, root: Path) -> dict[str, float]:
    """Check what roles weigh in the review queue."""
    del root
    from translate.quality.risk import WEIGHTS

    if not isinstance(value, dict):
        raise bad(name, "must be a table of numbers", "For example: [risk], then headline = 1.0")
    for key, weight in value.items():
        if key not in WEIGHTS:
            raise bad(f"{name}.{key}", "is no role", f"Allowed in it: {', '.join(map(str, WEIGHTS))}.")
        if isinstance(weight, bool) or not isinstance(weight, int | float) or not 0 <= weight <= 1:
            raise bad(f"{name}.{key}", f"{weight!r} is not allowed", "Allowed: a number from 0 to 1.")
    return {key: float(weight) for key, weight in value.items()}


_EXAMPLES = {
    "source": 'source = "fr"',
    "targets": 'targets = ["en", "de"]',
    "engine": 'engine = "argos"',
    "disclosure.responsible": 'responsible = "The Messenger, Berne"',
}
_KEYS: dict[str, Check] = {
    "source": _language,
    "targets": _languages,
    "segmentation": choice(SEGMENTATIONS),
    "drafts": choice(DRAFTS),
    "editions": _editions,
    "also": _editions,
    "engine": _name,
    "beam": _number(1, 16),
    "compute": choice(COMPUTE_TYPES),
    "threads": _number(0, 256),
    "device": choice(DEVICES),
    "packages": _path,
    "rules": _path,
    "memory": _path,
    "memory_threshold": _number(50, 101),
    "glossary": _path,
    "cldr_terms": yes_or_no,
    "folders": _folders,
    "labels": _labels,
    "formats": _formats,
    "checks": _checks,
    "disclosure": _disclosure,
    "risk": _risk,
    "publish": release.settings,
    "typography": lambda name, value, _: house(name, value, language),
}
