"""Follow a desk: what is saved is drafted and assembled at once, with engines that stay loaded."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from translate import drafting
from translate.documents import sources
from translate.engines.model import Engine, Options
from translate.project import Project
from translate.reading import settings_files

# Changes that come together (milliseconds) are one: editors write a file in several steps.
_TOGETHER = 80
# The watcher says so often (milliseconds) that it is there.
_ASLEEP = 500


@dataclass(slots=True)
class Engines:
    """Find engines once and keep them: a model is loaded at its first sentence."""

    _known: dict[tuple[str, str, str, Options], tuple[Engine, ...]] = field(default_factory=dict)

    def find(self, project: Project, language: str, options: Options) -> tuple[Engine, ...]:
        """Return the engines from the desk's source language to a target.

        Raises:
            MissingPackageError: no package leads there.
        """
        known = project.engine, project.source, language, options
        if known not in self._known:
            self._known[known] = drafting.route(project, language, options)
        return self._known[known]


def saved(project: Project) -> Iterator[list[str] | None]:
    """Yield the documents that were saved, as often as some are; None where settings changed, and so everything.

    A document is new, changed, or has a catalog that somebody else wrote. First of all, an empty list says that nothing
    that is saved from now on is missed.
    """
    from watchfiles import watch

    settings = {*settings_files(project)}
    folders = {project.source_folder, project.locales_folder, project.root}
    # What changes often and is nobody's to save.
    others = tuple(f"{one}{os.sep}" for one in (project.local_folder, project.output_folder, project.root / ".git"))
    begun = False
    for changes in watch(
        *(one for one in folders if one.is_dir()),
        watch_filter=lambda _, path: not path.startswith(others),
        step=_TOGETHER,
        rust_timeout=_ASLEEP,
        yield_on_timeout=True,
    ):
        if not begun:
            begun = True
            yield []
        paths = {Path(path) for _, path in changes}
        if paths & settings:
            yield None
        elif documents := _documents(project, paths):
            yield documents


def _documents(project: Project, paths: set[Path]) -> list[str]:
    """Return the names of the documents that some paths are, or are catalogs of."""
    found = sources.find(project.source_folder)
    catalogs = {project.catalog(name, language): name for name in found for language in project.targets}
    by_path = {path: name for name, path in found.items()} | catalogs
    return sorted({by_path[path] for path in paths if path in by_path})
