"""Hold a desk while something writes to many of its files: one at a time, and nothing of a killed one stays about."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from translate.files import exclusive, sweep, write_if_changed
from translate.project import Project

# Whoever comes second waits this long (seconds) for the first.
_WAIT = 300.0


@contextmanager
def holding(project: Project, timeout: float = _WAIT) -> Iterator[None]:
    """Hold a desk, after at most `timeout` seconds; what killed runs left half written in its folders is removed.

    Raises:
        UsageError: another run still holds the desk when the time is up.
        WriteError: the desk cannot be written to.
    """
    with exclusive(project.local_folder / "lock", timeout=timeout):
        keep_local(project)
        for folder in (project.root, project.local_folder):
            sweep(folder)
        for folder in (project.locales_folder, project.output_folder):
            sweep(folder, deep=True)
        yield


def keep_local(project: Project) -> None:
    """Let version control leave alone what is this machine's, and not the desk's."""
    write_if_changed(project.local_folder / ".gitignore", b"*\n")
