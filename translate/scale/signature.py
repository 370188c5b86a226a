"""Signatures: what has to be the same on two machines for them to make the same bytes of the same text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from platform import machine, python_version_tuple

from translate import __version__
from translate.engines.model import Engine
from translate.engines.package import Package, checksums
from translate.files import digest
from translate.knowledge import spelling

#: What is told of a machine, and what it is there.
Signature = Mapping[str, str]

_NAME = re.compile(r"[\w.-]+")


@cache
def of_machine(languages: tuple[str, ...]) -> Signature:
    """Return the versions of this program, of all that it is made with, and the dictionaries of some languages."""
    made = {"Translation Desk": __version__, "Python": ".".join(python_version_tuple()[:2])}
    for requirement in requires("translate-desk") or ():
        if "extra ==" not in requirement and (name := _NAME.match(requirement)):
            made[name.group()] = _version(name.group())
    for language in languages:
        found = {path.resolve() for path in spelling.files(language)}
        made[f"dictionaries of {language}"] = (
            " ".join(sorted(digest(path.read_bytes())[:12] for path in found)) or "none"
        )
    return made


def of_engines(engines: Sequence[Engine]) -> Signature:
    """Return what engines say of themselves, the SHA-256 of each file of their packages, and the kind of processor."""
    made = {"processor": machine()}
    for engine in engines:
        pair = f"{engine.source}-{engine.target}"
        made |= {f"{name} of {pair}": value for name, value in engine.facts.items()}
        package = getattr(engine, "package", None)
        if isinstance(package, Package):
            made |= {f"{name} of {package.name}": value[:12] for name, value in checksums(package.path).items()}
    return made


def differences(here: Signature, there: Signature) -> str:
    """Return what is not the same there, in a few words; nothing where all is the same.

    >>> differences({"polib": "1.2", "regex": "1"}, {"polib": "1.1", "regex": "1"})
    'polib 1.1, not 1.2'
    """
    names = [name for name in sorted(here.keys() | there.keys()) if here.get(name) != there.get(name)]
    return "; ".join(f"{name} {there.get(name, 'missing')}, not {here.get(name, 'there')}" for name in names)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        # Argos's module has two distributions, of which one is enough.
        return "none"
