"""Read the documents of a desk, by its rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from translate.documents import sources
from translate.documents.layout import Splitter
from translate.documents.model import Document
from translate.documents.segmentation import load_segmenter
from translate.errors import DeskError
from translate.project import Project


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
    desk = project or Project(Path(), "fr", ("en",))
    good, refused = sources.read_all({path.stem: path for path in paths}, rules(desk, format_))
    return Reading(tuple(good), tuple(refused))


def rules(project: Project, format_: str = "") -> sources.Reading:
    """Return how the desk reads."""
    split = splitter(project, project.source) if project.segmentation == "sentence" else None
    return sources.Reading(project.source, split, project.formats, format_)


def splitter(project: Project, language: str) -> Splitter:
    """Return the sentence splitter of a language under the desk's rules."""
    return load_segmenter(language, project.rules).spans
