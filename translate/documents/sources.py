"""The source folder: which files in it are documents, and reading them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

from translate.documents.formats import Settings, Source, recognise, settings_of, suffixes
from translate.documents.layout import Splitter
from translate.documents.model import Document
from translate.errors import DeskError, DocumentError, UsageError


@dataclass(frozen=True, slots=True)
class Reading:
    """How a desk reads: its language, its sentence splitter (None for whole paragraphs), its formats.

    `settings` are those of each format; its `documents`, patterns of names or paths, are read in that format whatever
    their content. `format` is the format of all.
    """

    language: str
    split: Splitter | None
    settings: Mapping[str, Settings] = field(default_factory=dict)
    format: str = ""

    def format_of(self, name: str, path: Path) -> str:
        """Return the format that the desk says a document is in; empty where it leaves that to the content."""
        for format_, settings in self.settings.items():
            patterns = settings.get("documents", ())
            if any(fnmatchcase(one, pattern) for pattern in patterns for one in (name, path.name, str(path))):
                return self.format or format_
        return self.format


def find(folder: Path, only: Sequence[str] = ()) -> dict[str, Path]:
    """Return the documents of a folder and its subfolders: name to file, in order of their names.

    `only` picks some, by name, by file name or by path. Hidden files and files no format reads are no documents.

    Raises:
        UsageError: the folder is not there, `only` names something that is not, or two files share a name.
    """
    if not folder.is_dir():
        raise UsageError("there is no source folder", where=str(folder), remedy=f"Make it: mkdir {folder}")
    found: dict[str, Path] = {}
    readable = suffixes()
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.suffix.lower() not in readable or not path.is_file() or any(p.startswith(".") for p in inside.parts):
            continue
        name = inside.with_suffix("").as_posix()
        try:
            name.encode()
        except UnicodeEncodeError as error:
            raise UsageError(
                "the name of a document is not UTF-8",
                where=ascii(str(path)),
                remedy="Rename it: catalogs and editions are named after it.",
            ) from error
        if name in found:
            raise UsageError(
                f"two documents are called {name!r}", where=f"{found[name]} and {path}", remedy="Rename one of them."
            )
        found[name] = path
    if not only:
        return found
    chosen = {name: path for name, path in found.items() if any(_means(wanted, name, path) for wanted in only)}
    for wanted in only:
        if not any(_means(wanted, name, path) for name, path in found.items()):
            names = ", ".join(found) or "none"
            raise UsageError(f"there is no document {wanted!r}", where=str(folder), remedy=f"Documents: {names}.")
    return chosen


def read(name: str, path: Path, reading: Reading) -> Document:
    """Read one document in the format its content has, and prove that it can be rebuilt.

    Raises:
        DocumentError: it cannot be read, is empty or binary, or would not be rebuilt byte for byte.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DocumentError(
            f"the document cannot be read: {error.strerror}",
            where=str(path),
            remedy="Make it readable, or take it out of the source folder.",
        ) from error
    format_ = recognise(data, path, reading.language, reading.format_of(name, path))
    settings = settings_of(format_, reading.settings)
    try:
        document = format_.read(data, Source(name, path, reading.language, reading.split, settings))
    except DocumentError as error:
        # Some faults are found where nobody knows the file.
        error.where = error.where or str(path)
        raise
    if format_.rebuild(document) != (document.archive or data):
        raise DocumentError(
            f"the {format_.name} format would not rebuild this document exactly",
            where=str(path),
            remedy="Please report this with the document: it is a defect of the format. Nothing was written.",
        )
    return document


def read_all(documents: Mapping[str, Path], reading: Reading) -> tuple[list[Document], list[DeskError]]:
    """Read some documents; those that cannot be read are returned as errors, the others are not held up by them."""
    good: list[Document] = []
    refused: list[DeskError] = []
    for name, path in documents.items():
        try:
            good.append(read(name, path, reading))
        except DeskError as error:
            refused.append(error)
    return good, refused


def _means(wanted: str, name: str, path: Path) -> bool:
    return wanted in (name, path.name, str(path)) or Path(wanted).resolve() == path.resolve()
