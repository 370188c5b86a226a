"""A source file that got another name keeps its catalogs: they are found by their texts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from translate.catalogs.templates import readable

# At least half of the texts must be the same before catalogs follow a document to its new name.
_SHARED = 0.5


def orphans(locales: Path, documents: Collection[str]) -> dict[str, frozenset[str]]:
    """Return the texts of each template whose document is gone; one that cannot be read is none."""
    found = {}
    for path in sorted(locales.rglob("*.pot")):
        name = path.relative_to(locales).with_suffix("").as_posix()
        if name not in documents and (template := readable(path)):
            found[name] = frozenset(entry.msgid for entry in template.entries)
    return found


def former_name(orphaned: Mapping[str, frozenset[str]], texts: Iterable[str]) -> str | None:
    """Return the former name of a document without catalogs: the orphan that shares most texts with it, or None."""
    wanted = set(texts)
    best, best_share = None, _SHARED
    for name, had in orphaned.items():
        share = len(wanted & had) / max(1, len(wanted | had))
        if share >= best_share:
            best, best_share = name, share
    return best
