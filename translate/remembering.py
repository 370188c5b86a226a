"""The translation memory as functions over a Project: learn, import, export."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from translate.catalogs import store
from translate.catalogs.interchange import tmx
from translate.catalogs.interchange.pairs import TranslatedPair, reviewed
from translate.errors import MemoryFileError
from translate.files import replacing
from translate.knowledge.memory import Memory
from translate.language import same_language
from translate.project import Project


@dataclass(slots=True)
class Imported:
    """What an import took in: pairs that were `new`, that were `known`, and those in languages of no use here."""

    new: int = 0
    known: int = 0
    others: int = 0


def learn(project: Project, memory: Memory, document: str, language: str, catalog: store.Catalog) -> int:
    """Take what is reviewed in a catalog into the memory; return how many pairs are new or changed."""
    pairs = reviewed(catalog, document, project.source, language)
    return memory.learn(project.shown(catalog.path), catalog.read_digest, pairs)


def learn_all(project: Project, memory: Memory) -> int:
    """Take what is reviewed in every catalog of the desk into the memory."""
    count = 0
    for language in project.targets:
        folder = project.catalog("x", language).parent
        for path in sorted(folder.rglob("*.po")):
            catalog = store.load(path)
            if catalog is not None:
                document = path.relative_to(folder).with_suffix("").as_posix()
                count += learn(project, memory, document, language, catalog)
    return count


def import_file(project: Project, memory: Memory, path: Path) -> Imported:
    """Take a TMX file or a PO compendium into the memory.

    Raises:
        MemoryFileError: it is neither; nothing of it was imported.
        CatalogError: the PO file is broken.
    """
    done = Imported()

    def wanted() -> Iterator[TranslatedPair]:
        for pair in _pairs(project, path):
            language = _target(project, pair.language)
            if language is None:
                done.others += 1
            else:
                done.known += 1
                yield replace(pair, source_language=project.source, language=language)

    done.new = memory.add(wanted())
    done.known -= done.new
    return done


def export(project: Project, memory: Memory, path: Path, languages: Sequence[str]) -> int:
    """Write the memory, or some languages of it, as TMX; return how many pairs."""
    with replacing(path) as stream:
        every = (pair for language in languages for pair in memory.pairs(language))
        return tmx.write(stream, project.source, every)


def _pairs(project: Project, path: Path) -> Iterator[TranslatedPair]:
    try:
        with path.open("rb") as stream:
            head = stream.read(200).lstrip(b"\xef\xbb\xbf \t\r\n")
    except OSError as error:
        raise MemoryFileError(
            f"cannot be read: {error.strerror}", where=str(path), remedy="Name a TMX or PO file."
        ) from error
    if head.startswith((b"<", b"\xff\xfe", b"\xfe\xff")):
        yield from tmx.read(path, project.source)
    else:
        catalog = store.load(path)
        assert catalog is not None
        language = catalog.file.metadata.get("Language", "").replace("_", "-")
        if not language:
            raise MemoryFileError("does not say its language", where=str(path), remedy="Add a Language header to it.")
        yield from reviewed(catalog, path.stem, project.source, language)


def _target(project: Project, language: str) -> str | None:
    """Return the target of the desk that a language is: itself, or the one target of the same language."""
    if language in project.targets:
        return language
    return next((one for one in project.targets if same_language(one, language)), None)
