"""Work on some documents apart from their desk: what it reads travels as bytes, and what it wrote comes back as bytes.

The function that works finds a desk in an empty folder, with the same files at the same places, and knows of nothing
else. Paths inside the desk are told relative to it, so that they are right at both ends.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

from translate.catalogs import store
from translate.editions.disclosure import RECORD
from translate.editions.targets import targets
from translate.errors import CatalogError, DeskError, ProjectError
from translate.files import digest, replacing, settle
from translate.project import Project
from translate.reading import settings_files

#: Files of a desk by their paths relative to it; None is a file that is gone.
Files = Mapping[str, bytes | None]


@dataclass(frozen=True, slots=True)
class Parcel:
    """What travels to a worker: a function with its arguments, and the files that it reads."""

    function: Callable[..., object]
    arguments: tuple[object, ...]
    files: Files

    def packed(self, root: Path) -> bytes:
        """Return the parcel as bytes, whatever the folder of its desk is called where it is opened."""
        return packed(self, root)


@dataclass(frozen=True, slots=True)
class Done:
    """What comes back: what the function returned, or the error that it raised, and the files that it changed."""

    result: object
    error: DeskError | None
    changed: Files


def work(parcel: bytes) -> bytes:
    """Open a parcel, do what it says in a desk of its own, and return what came of it as bytes."""
    with TemporaryDirectory(prefix="translate-") as folder:
        root = Path(folder).resolve()
        opened = unpacked(parcel, root)
        assert isinstance(opened, Parcel)
        for name, data in opened.files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data or b"")
        result, error = None, None
        try:
            result = opened.function(*opened.arguments)
        except DeskError as wrong:
            error = wrong
        there = {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}
        changed: dict[str, bytes | None] = {name: there[name] for name in sorted(there)}
        changed = {name: data for name, data in changed.items() if data != opened.files.get(name)}
        changed |= dict.fromkeys(opened.files.keys() - there.keys())
        return packed(Done(result, error, changed), root)


def take(project: Project, done: Done, sent: Files) -> object:
    """Write what a function changed apart from the desk into the desk; return what it returned.

    Raises:
        CatalogError: somebody else wrote a catalog since it was sent; theirs is kept, and nothing was written.
        DeskError: the one that the function raised, after what it wrote was taken.
    """
    places = {name: _place(project, name) for name in done.changed}
    catalogs = [name for name, path in places.items() if path.is_relative_to(project.locales_folder)]
    read = {name: digest(data) if (data := sent.get(name)) is not None else "" for name in catalogs}
    for name, hash_ in read.items():
        store.unchanged(places[name], hash_)
    for name, path in places.items():
        data = done.changed[name]
        if data is None:
            path.unlink(missing_ok=True)
            continue
        with replacing(path) as stream:
            settle(stream, data)
            if name in read:
                # A disk takes its time: whoever wrote meanwhile must not lose it.
                store.unchanged(path, read[name])
    if done.error:
        raise done.error
    return done.result


def settings(project: Project) -> dict[str, bytes]:
    """Return the files of a desk that say how its documents are worked on.

    Raises:
        ProjectError: they, or folders of the desk, are outside of its own folder.
    """
    paths = [path for path in settings_files(project) if path.is_file()]
    for path in (project.source_folder, project.locales_folder, project.output_folder, *paths):
        if not path.is_relative_to(project.root):
            raise ProjectError(
                "lies outside of the desk, and a cluster is sent nothing else",
                where=str(path),
                remedy="Move it into the folder of the desk, or run without --cluster.",
            )
    return {_name(project, path): path.read_bytes() for path in paths}


def files(project: Project, document: str, source: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a document: itself, its template, its catalogs and editions, as far as they are there."""
    suffixes = {source.suffix, RECORD, *(target.suffix for target in targets().values())}
    paths = [source, project.template(document)]
    for language in project.targets:
        paths.append(project.catalog(document, language))
        paths += [project.edition(document, language, suffix) for suffix in sorted(suffixes)]
    for path in paths:
        try:
            yield _name(project, path), path.read_bytes()
        except FileNotFoundError:
            continue


def packed(value: object, root: Path) -> bytes:
    """Return a value as bytes, the paths in it that are inside a folder told relative to it."""
    made = io.BytesIO()
    _Pickler(made, root).dump(value)
    return made.getvalue()


def unpacked(data: bytes, root: Path) -> object:
    """Return the value that was packed, its paths inside another folder."""
    return _Unpickler(io.BytesIO(data), root).load()


class _Pickler(pickle.Pickler):
    """Tell paths inside a folder relative to it, and texts that name it (where an error is) without its name."""

    def __init__(self, stream: io.BytesIO, root: Path) -> None:
        super().__init__(stream, protocol=pickle.HIGHEST_PROTOCOL)
        self._root, self._name = root, str(root)

    def persistent_id(self, obj: Any) -> tuple[str, ...] | Path | None:
        if isinstance(obj, str):
            return tuple(obj.split(self._name)) if self._name in obj else None
        if isinstance(obj, Path) and obj.is_relative_to(self._root):
            return obj.relative_to(self._root)
        return None


class _Unpickler(pickle.Unpickler):
    def __init__(self, stream: io.BytesIO, root: Path) -> None:
        super().__init__(stream)
        self._root = root

    def persistent_load(self, pid: Any) -> str | Path:
        return self._root / pid if isinstance(pid, PurePath) else str(self._root).join(pid)


def _name(project: Project, path: Path) -> str:
    return path.relative_to(project.root).as_posix()


def _place(project: Project, name: str) -> Path:
    """Return where a file goes that came back; catalogs and editions do, and nothing else."""
    path = project.root / name
    inside = any(path.is_relative_to(folder) for folder in (project.locales_folder, project.output_folder))
    if not inside or ".." in PurePosixPath(name).parts:
        raise CatalogError(
            "a worker of the cluster changed a file that is none of its business",
            where=name,
            remedy="Nothing was written. Make sure that every machine of the cluster is yours.",
        )
    return path
