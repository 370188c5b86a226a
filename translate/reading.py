"""What a run is about: the documents of a desk, read by its rules, the languages, the catalogs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from translate import __version__
from translate.catalogs import store
from translate.documents import decisions, sources
from translate.documents.layout import Splitter, whole
from translate.documents.model import Document
from translate.documents.segmentation import load_segmenter
from translate.errors import CatalogError, DeskError, UsageError
from translate.files import digest
from translate.knowledge.glossary import FILES, Glossary, load
from translate.language import primary
from translate.project import Project
from translate.project import language as language_tag
from translate.settings import FILE


@dataclass(frozen=True, slots=True)
class Reading:
    """The documents of a run, and those that were refused."""

    documents: tuple[Document, ...]
    refused: tuple[DeskError, ...]


def read(project: Project, only: Sequence[str] = (), format_: str = "") -> Reading:
    """Read the documents of the desk; with a format, all of them are read as that."""
    good, refused = sources.read_all(sources.find(project.source_folder, only), rules(project, format_))
    return Reading(tuple(good), tuple(refused))


def read_files(project: Project | None, paths: Sequence[Path], format_: str = "") -> Reading:
    """Read files wherever they are, by the rules of the desk or, without one, as French."""
    french = sources.Reading("fr", load_segmenter("fr").spans, format=format_)
    good, refused = sources.read_all(
        {str(path): path for path in paths}, rules(project, format_) if project else french
    )
    return Reading(tuple(good), tuple(refused))


def rules(project: Project, format_: str = "") -> sources.Reading:
    """Return how the desk reads.

    Raises:
        ProjectError: the desk's decisions cannot be read.
    """
    known = decisions.load(decisions_path(project))
    sentences = project.segmentation == "sentence"
    # In whole paragraphs, there is nothing to find but what the desk decided to cut.
    split = decisions.deciding(undecided(project), known) if sentences or any(one.cut for one in known) else None
    return sources.Reading(project.source, split, project.formats, format_)


def splitter(project: Project, language: str) -> Splitter:
    """Return the sentence splitter of a language under the desk's rules, and its decisions where they concern it.

    Raises:
        ProjectError: the desk's decisions cannot be read.
    """
    split = load_segmenter(language, project.rules).spans
    return decisions.deciding(split, decisions.load(decisions_path(project))) if language == project.source else split


def undecided(project: Project) -> Splitter:
    """Return how documents are cut by the desk's rules alone."""
    return load_segmenter(project.source, project.rules).spans if project.segmentation == "sentence" else whole


def decisions_path(project: Project) -> Path:
    """Return the file of the desk's own decisions about where sentences end."""
    return project.root / decisions.FILE


def settings_files(project: Project) -> tuple[Path, ...]:
    """Return the files that say how a desk works on its documents; they need not be there."""
    return tuple(filter(None, (project.root / FILE, project.rules, glossary_path(project), decisions_path(project))))


def settings_hash(project: Project) -> str:
    """Return a hash of all that may change what is made of a document and its catalog: the settings, this program."""
    said = (digest(path.read_bytes()) if path.is_file() else "-" for path in settings_files(project))
    return digest(" ".join([__version__, *said]).encode())


def glossary(project: Project, day: dt.date | None) -> Glossary:
    """Return what the desk knows of terms, as they hold on a day (None: on any).

    Raises:
        GlossaryError: the desk's glossary cannot be read.
    """
    own = load(path, project.source) if (path := glossary_path(project)).is_file() or project.glossary else ()
    return Glossary(own, project.cldr_terms, day)


def glossary_path(project: Project) -> Path:
    """Return the file of the desk's glossary: the one it names, one that is there, or the one to be made."""
    usual = [project.root / name for name in FILES]
    return project.glossary or next((path for path in usual if path.is_file()), usual[0])


def languages(project: Project, only: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the target languages of a run, English first (a pivot uses its drafts).

    Raises:
        UsageError: a language is not one of the desk's targets.
    """
    chosen = [language_tag("--lang", language) for language in only]
    for language in chosen:
        if language not in project.targets:
            raise UsageError(
                f"{language!r} is not a target language of this desk",
                where="--lang",
                remedy=f"Targets: {', '.join(project.targets)}. Add it to targets in translate.toml.",
            )
    return tuple(sorted(chosen or project.targets, key=lambda language: primary(language) != "en"))


def catalogs(
    project: Project, documents: Sequence[Document], only: Sequence[str]
) -> Iterator[tuple[Document, str, store.Catalog]]:
    """Yield the catalogs of some documents, each with its language.

    Raises:
        CatalogError: one is missing; the error names the verb that makes it.
    """
    for document in documents:
        for language in languages(project, only):
            yield document, language, catalog(project, document.name, language)


def catalog(project: Project, document: str, language: str) -> store.Catalog:
    """Return the catalog of a document in a language.

    Raises:
        CatalogError: it is missing; the error names the verb that makes it.
    """
    path = project.catalog(document, language)
    found = store.load(path)
    if found is None:
        raise CatalogError(
            "there is no such catalog yet",
            where=project.shown(path),
            remedy=f"Make it with: translate extract {document}",
        )
    return found
