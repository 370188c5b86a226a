"""A source file that got another name keeps its catalogs: they are found by their texts."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from translate.catalogs.store import load

# At least half of the texts must be the same before catalogs follow a document to its new name.
_SHARED = 0.5


def former_name(locales: Path, documents: Collection[str], texts: Iterable[str]) -> str | None:
    """Return the former name of a document without catalogs: the orphaned template with most of its texts, or None."""
    wanted = set(texts)
    best, best_share = None, _SHARED
    for path in sorted(locales.rglob("*.pot")):
        name = path.relative_to(locales).with_suffix("").as_posix()
        if name in documents:
            continue
        template = load(path)
        if template is None:
            continue
        had = {entry.msgid for entry in template.entries}
        share = len(wanted & had) / max(1, len(wanted | had))
        if share >= best_share:
            best, best_share = name, share
    return best
