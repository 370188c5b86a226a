"""Templates (POT): what translators start from, made from a document and made again when it changes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from translate.catalogs import store
from translate.catalogs.units import Unit
from translate.errors import CatalogError
from translate.files import write_if_changed


def readable(path: Path) -> store.Catalog | None:
    """Read a template; None where it is not there, or broken: it can be made again."""
    try:
        return store.load(path)
    except CatalogError:
        return None


def save(path: Path, units: Sequence[Unit], source: str, stamp: dict[str, str]) -> bool:
    """Write the template of some units unless its entries are those on disk; say whether it wrote.

    `source` is the file its references name, `stamp` its header with the creation date of now.
    """
    old = readable(path)
    made = store.template(units, source, dict(stamp))
    if old:
        made.metadata["POT-Creation-Date"] = old.file.metadata.get("POT-Creation-Date", stamp["POT-Creation-Date"])
        if store.serialise(made) == store.serialise(old.file):
            return False
        made.metadata["POT-Creation-Date"] = stamp["POT-Creation-Date"]
    return write_if_changed(path, store.serialise(made))
