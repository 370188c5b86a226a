"""Exchange over a Project: catalogs out in the formats of other tools, and back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from translate import reading
from translate.catalogs import header, store
from translate.catalogs.interchange import returns, sheets, tables, xliff, xliff1, xliff2
from translate.catalogs.interchange.inline import legible
from translate.catalogs.interchange.returns import Batch, Result
from translate.documents import sources
from translate.errors import CatalogError, UsageError
from translate.files import sweep, write_if_changed
from translate.project import Project
from translate.project import language as language_tag
from translate.reading import languages


@dataclass(frozen=True, slots=True)
class Form:
    """A format of exchange: how it is written, and the suffix of its files."""

    dump: Callable[[sheets.Sheet], bytes]
    suffix: str


FORMS = {
    "xliff2": Form(xliff2.dump, ".xlf"),
    "xliff1": Form(xliff1.dump, ".xlf"),
    "csv": Form(tables.dump_csv, ".csv"),
    "xlsx": Form(tables.dump_xlsx, ".xlsx"),
}
_READERS: dict[str, Callable[[bytes, str], list[Batch]]] = {
    ".xlf": xliff.load,
    ".xliff": xliff.load,
    ".csv": tables.load_csv,
    ".tsv": tables.load_csv,
    ".xlsx": tables.load_xlsx,
}


@dataclass(frozen=True, slots=True)
class Exported:
    """A file on disk; `written` says whether this run changed it."""

    document: str
    language: str
    path: Path
    entries: int
    written: bool


@dataclass(frozen=True, slots=True)
class Imported:
    """What came back in a file, of one document in one language; `written` says whether its catalog changed."""

    file: Path
    document: str
    language: str
    result: Result
    written: bool


def export(project: Project, only: Sequence[str], langs: Sequence[str], folder: Path, form: str) -> list[Exported]:
    """Write the catalogs of some documents for other tools: FOLDER/<language>/<document>.<suffix>.

    Raises:
        CatalogError: a catalog is missing or broken, or a file there was worked in and not imported.
    """
    if form not in FORMS:
        raise UsageError(f"{form!r} is no format of exchange", where="--as", remedy=f"Formats: {', '.join(FORMS)}.")
    made: list[tuple[sheets.Sheet, Path, bytes]] = []
    for document in sources.find(project.source_folder, only):
        for language in languages(project, langs):
            sheet = sheets.sheet(reading.catalog(project, document, language), document, project.source, language)
            path = folder / language / f"{document}{FORMS[form].suffix}"
            data = FORMS[form].dump(sheet)
            if path.is_file() and path.read_bytes() != data:
                _check_imported(project, path)
            made.append((sheet, path, data))
    for there in {path.parent for _, path, _ in made}:
        sweep(there)
    return [
        Exported(sheet.document, sheet.language, path, len(sheet.items), write_if_changed(path, data))
        for sheet, path, data in made
    ]


def bring_in(project: Project, files: Sequence[Path], now: dt.datetime) -> list[Imported]:
    """Put returned files into the catalogs of the desk.

    Raises:
        CatalogError: a file or a catalog cannot be read; nothing is written.
    """
    catalogs: dict[tuple[str, str], store.Catalog] = {}
    done: list[tuple[Path, tuple[str, str], Result]] = []
    for path in files:
        for batch in _read(path):
            place = _place(project, batch, path)
            catalog = catalogs.get(place) or catalogs.setdefault(place, reading.catalog(project, *place))
            done.append((path, place, _apply(catalog, batch, now)))
    written = {place for place, catalog in catalogs.items() if store.save(catalog)}
    return [Imported(path, *place, result, place in written) for path, place, result in done]


def _apply(catalog: store.Catalog, batch: Batch, now: dt.datetime) -> Result:
    """Put a batch into a catalog; its header says when, and by whom where the file names a person."""
    before = store.digest(catalog.file)
    result = returns.apply(catalog, batch.returns)
    if store.digest(catalog.file) != before:
        header.revise(catalog.file.metadata, now, batch.person)
    return result


def _check_imported(project: Project, path: Path) -> None:
    """Refuse to overwrite a file in which somebody has worked since it was exported."""
    try:
        for batch in _read(path):
            catalog = reading.catalog(project, *_place(project, batch, path))
            before = store.digest(catalog.file)
            result = returns.apply(catalog, batch.returns)
            lost = any(trouble.kind is returns.Kind.UNKNOWN for trouble in result.troubles)
            if lost or store.digest(catalog.file) != before:
                break
        else:
            return
    except UsageError:
        pass  # Not ours, or broken: not ours to overwrite either.
    raise CatalogError(
        "the file there holds what the catalogs do not",
        where=str(path),
        remedy=f"Import it with: translate exchange import {path}; or move it away, or export with --to FOLDER.",
    )


def _read(path: Path) -> list[Batch]:
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise UsageError("no format of exchange", where=str(path), remedy=f"Files end with {', '.join(_READERS)}.")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(
            f"the file cannot be read: {error.strerror}", where=str(path), remedy="Name a file that is there."
        ) from error
    return reader(data, str(path))


def _place(project: Project, batch: Batch, path: Path) -> tuple[str, str]:
    """Return the document and the language of a batch, as the desk calls them."""
    if not batch.language:
        raise UsageError("the file does not name its target language", where=str(path), remedy="Add it to the file.")
    (language,) = languages(project, [language_tag(str(path), batch.language.replace("_", "-"))])
    named = PurePosixPath(batch.document.replace("\\", "/"))
    # Other programs name the file they made theirs of: port, port.po, /home/eva/locales/de/LC_MESSAGES/port.po.
    tails = [PurePosixPath(*named.parts[at:]) for at in range(len(named.parts))]
    candidates = [str(one) for tail in tails for one in (tail, tail.with_suffix("") if tail.name else tail)]
    known = {legible(name): name for name in sources.find(project.source_folder)}
    for candidate in candidates:
        if candidate in known:
            return known[candidate], language
    raise UsageError(
        f"{batch.document!r} is no document of this desk",
        where=str(path),
        remedy=f"The file names its document (original= in XLIFF). Documents: {', '.join(known) or 'none'}.",
    )
