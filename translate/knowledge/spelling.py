"""Hunspell's dictionaries: which words a language has, and what a wrong one may have been."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

#: Where systems and office programs keep dictionaries (Debian: hunspell-de-de, hunspell-en-us).
FOLDERS = (Path("/usr/share/hunspell"), Path("/usr/share/myspell/dicts"), Path("/Library/Spelling"))
# The regions of a language that is named without one: a word of any of them is right.
_REGIONS = {"en": ("US", "GB"), "de": ("DE", "AT", "CH"), "fr": ("FR",), "pt": ("PT", "BR"), "es": ("ES",)}


@dataclass(frozen=True, slots=True)
class Speller:
    """The dictionaries of a language; each word is looked up once."""

    dictionaries: tuple[Any, ...] = field(repr=False)
    _seen: dict[str, bool] = field(default_factory=dict, repr=False)

    def __call__(self, word: str) -> bool:
        """Say whether a word is in a dictionary, as it is written."""
        if word not in self._seen:
            plain = word.replace("\u2019", "'")
            self._seen[word] = any(one.spell(plain) for one in self.dictionaries)
        return self._seen[word]

    def suggestions(self, word: str) -> list[str]:
        """Return words of the dictionaries like a wrong one, the likeliest first; slow."""
        return list(dict.fromkeys(other for one in self.dictionaries for other in one.suggest(word)))


@cache
def speller(language: str) -> Speller | None:
    """Return the dictionaries of a language (of its region, if it names one); None where none is installed.

    The library brings an American English one.
    """
    from hunspell import Hunspell

    # Debian has one French dictionary under many names.
    found = {one.resolve(): one for one in files(language)}.values()
    made = tuple(Hunspell(one.stem, hunspell_data_dir=str(one.parent)) for one in found)
    return Speller(made) if made else None


def files(language: str) -> Iterator[Path]:
    """Yield the dictionaries that are installed for a language."""
    base, _, region = language.partition("-")
    regions = (region,) if region else _REGIONS.get(base, (base.upper(),))
    folders = (*FOLDERS, *_shipped())
    for name in (*(f"{base}_{one}" for one in regions), base):
        for folder in folders:
            if (folder / f"{name}.dic").is_file() and (folder / f"{name}.aff").is_file():
                yield folder / f"{name}.dic"
                break


def _shipped() -> Iterator[Path]:
    from importlib.util import find_spec

    spec = find_spec("hunspell")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        yield Path(folder) / "dictionaries"
