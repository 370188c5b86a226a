"""The errors of Translation Desk: one small tree.

    DeskError
    ├── UsageError            wrong usage or configuration (exit code 2)
    │   ├── ProjectError      translate.toml or the folder of the desk
    │   ├── DocumentError     a source document that cannot be read
    │   ├── CatalogError      a PO catalog that cannot be read or written
    │   ├── MemoryFileError   a translation memory, or a file for one, that cannot be used
    │   └── GlossaryError     a glossary that cannot be read
    ├── EnvironmentLackError  something the machine lacks (exit code 3)
    │   ├── WriteError        a file that cannot be written: the disk is full, or read-only, or fails
    │   ├── PackageError      an Argos package that is broken or unsafe
    │   └── MissingPackageError  no package for a pair of languages
    └── EditionError          an edition that does not say what its catalog says (exit code 1)

Each error names what it is about (a file, and a line or a segment where there is one), what is wrong, and
the remedy: the sentence or the command that mends it.
"""

from __future__ import annotations

from typing import ClassVar


class DeskError(Exception):
    """Say what is wrong, where, and what mends it."""

    exit_code: ClassVar[int] = 2

    def __init__(self, problem: str, *, where: str = "", remedy: str = "") -> None:
        """Keep the three parts; `where` is a file (with a line or a segment) or empty."""
        super().__init__(problem)
        self.problem = problem
        self.where = where
        self.remedy = remedy

    def __str__(self) -> str:
        """Write `where: problem` on one line."""
        return f"{self.where}: {self.problem}" if self.where else self.problem


class UsageError(DeskError):
    """Report wrong usage: an option, an argument, a configuration."""


class ProjectError(UsageError):
    """Report a `translate.toml` or a desk folder that cannot be used."""


class DocumentError(UsageError):
    """Report a source document that cannot be read."""


class CatalogError(UsageError):
    """Report a PO catalog that cannot be read or written."""


class MemoryFileError(UsageError):
    """Report a translation memory, or a file for one, that cannot be used."""


class GlossaryError(UsageError):
    """Report a glossary that cannot be read."""


class EnvironmentLackError(DeskError):
    """Report something that the machine lacks."""

    exit_code = 3


class WriteError(EnvironmentLackError):
    """Report a file that cannot be written; what was there is as it was."""


class PackageError(EnvironmentLackError):
    """Report an Argos package that is broken or unsafe."""


class MissingPackageError(EnvironmentLackError):
    """Report a pair of languages for which no package is installed."""


class EditionError(DeskError):
    """Report an edition that does not say what its catalog says; nothing was written."""

    exit_code = 1
