"""What is fuzzed: for each reader of outside bytes, a function that reads them and holds it to its promises.

A target takes any bytes. It returns where they were read, and what was read is whole; it raises a `DeskError` where
they were refused; whatever else comes out of it is a defect.
"""

from __future__ import annotations

import datetime as dt
import io
import tempfile
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import polib

from translate import project as projects
from translate.catalogs import header, store
from translate.catalogs.interchange import returns, sheets, tables, tbx, terms, tmx, xliff
from translate.catalogs.states import State
from translate.catalogs.units import units
from translate.documents import decisions
from translate.documents.formats import Rewriting, Source, formats, settings_of
from translate.documents.segmentation import load_segmenter, read_rules
from translate.editions import own
from translate.engines import package
from translate.engines import store as packages
from translate.errors import EditionError
from translate.knowledge import glossary

CORPUS = Path(__file__).parent / "corpus"
NOW = dt.datetime(2026, 5, 1, 9, 30, tzinfo=dt.UTC)
PROSE = 'M. Dupont est arrivé à 14h30. "Oui !" a-t-il dit… Il pleut (encore). Etc. Fin\u00a0!'

Target = Callable[[bytes], None]


class BrokenPromiseError(AssertionError):
    """Say which promise was not kept."""


@cache
def scratch() -> Path:
    """Return a folder for the files of this process, in memory where the machine has such a place."""
    shared = Path("/dev/shm")
    made = tempfile.TemporaryDirectory(dir=shared if shared.is_dir() else None)
    _KEPT.append(made)
    return Path(made.name)


_KEPT: list[tempfile.TemporaryDirectory[str]] = []


def file(name: str, data: bytes) -> Path:
    """Return a file with these bytes."""
    path = scratch() / name
    path.write_bytes(data)
    return path


def promise(kept: bool, what: str) -> None:
    """Raise where a promise was not kept."""
    if not kept:
        raise BrokenPromiseError(what)


def reader(name: str) -> Target:
    """Return the target of a document format: read, rebuilt, carried through a catalog, written afresh."""
    format_ = formats()[name]
    path = Path(f"essai{format_.suffixes[0]}")
    settings = settings_of(format_, {})

    def read(data: bytes) -> None:
        format_.score(data, "fr")
        document = format_.read(data, Source("essai", path, "fr", load_segmenter("fr").spans, settings))
        promise(format_.rebuild(document) == data, "the source is not rebuilt byte for byte")
        made = units(document)
        fresh = store.template(made, path.name, header.catalog_header("essai", "fr", "de", NOW))
        again = store.load(file("essai.po", store.serialise(fresh)))
        found = [store.key(entry) for entry in again.entries] if again else []
        promise(found == [unit.key for unit in made], "the catalog does not hold the texts that were read")
        if isinstance(format_, Rewriting):
            try:
                own.prove(document, format_, settings)
            except EditionError as error:
                promise("cannot be read again" not in error.problem, f"what was written is broken: {error}")

    return read


def part_of(name: str) -> Target:
    """Return the target of an archive one part of which is replaced: a line with its name, then what it holds."""
    suffix = formats()[name].suffixes[0] if name in formats() else f".{name}"
    base = (CORPUS / name / f"sample{suffix}").read_bytes()
    whole = TARGETS[name]

    def read(data: bytes) -> None:
        part, _, content = data.partition(b"\n")
        whole(replaced(base, part.decode("utf-8", "replace"), content))

    return read


def replaced(base: bytes, name: str, content: bytes) -> bytes:
    """Return an archive with other content in one of its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(base)) as old, zipfile.ZipFile(out, "w") as new:
        for member in old.infolist():
            new.writestr(member, content if member.filename == name else old.read(member))
    return out.getvalue()


def po(data: bytes) -> None:
    """Read a catalog, write it, and read the same again."""
    catalog = store.load(file("one.po", data))
    assert catalog is not None
    written = store.serialise(catalog.file)
    again = store.load(file("two.po", written))
    assert again is not None
    said = [sorted(map(str, one.file)) for one in (catalog, again)]
    promise(said[0] == said[1] and catalog.file.metadata == again.file.metadata, "a catalog comes back changed")
    promise(store.serialise(again.file) == written, "a catalog that was written is written in another way")


def read_tmx(data: bytes) -> None:
    """Read a memory, write it, and read the same again."""
    pairs = list(tmx.read(file("one.tmx", data), "fr"))
    path = scratch() / "two.tmx"
    with path.open("wb") as stream:
        tmx.write(stream, "fr", pairs)
    again = list(tmx.read(path, "fr"))
    said = [(one.source, one.translation, one.language) for one in pairs]
    promise([(one.source, one.translation, one.language) for one in again] == said, "a memory comes back changed")


def read_tbx(data: bytes) -> None:
    """Read terms, write them as TBX and as CSV, and read them again."""
    _terms(tbx.read(file("one.tbx", data), "fr"))


def read_glossary(data: bytes) -> None:
    """Read a glossary, CSV or TBX by its content."""
    _terms(glossary.load(file("glossary.csv", data), "fr"))


def _terms(found: tuple[terms.Term, ...]) -> None:
    promise(terms.read_csv(terms.write_csv(found), "again.csv") == found, "a table of terms comes back changed")
    french = tuple(one for one in found if one.source.split("-")[0] == "fr")
    if french:
        tbx.read(file("again.tbx", tbx.write(french, "fr")), "fr")
    known = glossary.Glossary(found, general=False)
    for one in found[:5]:
        known.between(one.source, one.target).find(PROSE)


def _catalog() -> store.Catalog:
    made = polib.POFile(wrapwidth=0)
    made.metadata = {"Language": "de", "Content-Type": "text/plain; charset=UTF-8"}
    made.append(polib.POEntry(msgid="Le port est <1>calme</1>.", msgstr="Der Hafen ist <1>ruhig</1>.", flags=["fuzzy"]))
    made.append(polib.POEntry(msgid="Oui.", msgstr="Ja."))
    made.append(polib.POEntry(msgid="Une longue attente", msgstr=""))
    return store.Catalog(scratch() / "exchange.po", made)


def exchange(load: Callable[[bytes, str], list[returns.Batch]]) -> Target:
    """Return the target of a format of exchange: what comes back goes into a catalog, which stays whole."""

    def read(data: bytes) -> None:
        for batch in load(data, "port"):
            catalog = _catalog()
            returns.apply(catalog, batch.returns)
            # Whoever was given a reviewed text may change it.
            had = {sheets.parted(one.identity)[1] for one in batch.returns} & {sheets.given(State.REVIEWED, "Ja.")}
            promise(bool(had) or catalog.file[1].msgstr == "Ja.", "a reviewed text was overwritten")
            po(store.serialise(catalog.file))

    return read


def install(data: bytes) -> None:
    """Install a package: sound ones do not come out of a fuzzer, so it is refused and leaves nothing behind."""
    folder = scratch() / "packages"
    try:
        packages.install(file("one.argosmodel", data), folder)
    finally:
        promise(not folder.exists() or not list(folder.iterdir()), "a package that was refused left something behind")


def metadata(data: bytes) -> None:
    """Read what a package says of itself."""
    folder = scratch() / "translate-fr_en"
    (folder / "model").mkdir(parents=True, exist_ok=True)
    for name in ("model/model.bin", "sentencepiece.model"):
        (folder / name).touch()
    (folder / "metadata.json").write_bytes(data)
    found = package.read(folder)
    if found:
        promise(found.name.isprintable() and " " not in found.name, "the name of a package is no word")
        package.card(found)


def settings(data: bytes) -> None:
    """Read the settings of a desk."""
    file(projects.FILE, data)
    projects.load(scratch())


def segments(data: bytes) -> None:
    """Read where a desk cuts, decide one thing more, and read all of it again."""
    path = file(decisions.FILE, data)
    known = decisions.load(path)
    for one in known:
        decisions.deciding(load_segmenter("fr").spans, [one])(PROSE)
    more = decisions.Decision(("il", "dit…"), ("Il", "pleut"), True)
    wanted = (*(one for one in known if (one.before, one.after) != (more.before, more.after)), more)
    decisions.save(path, wanted)
    promise(set(decisions.load(path)) == set(wanted), "decisions come back changed")


def rules(data: bytes) -> None:
    """Read the segmentation rules of a desk, and cut a text by them."""
    path = file("rules.srx", data)
    read_rules(path, "fr")
    load_segmenter.cache_clear()
    spans = load_segmenter("fr", path).spans(PROSE)
    promise(all(start < end for start, end in spans), "a sentence without a sign")


TARGETS: dict[str, Target] = {name: reader(name) for name in formats()}
TARGETS |= {
    "po": po,
    "tmx": read_tmx,
    "tbx": read_tbx,
    "glossary": read_glossary,
    "xliff": exchange(xliff.load),
    "csv": exchange(tables.load_csv),
    "xlsx": exchange(tables.load_xlsx),
    "package": install,
    "metadata": metadata,
    "settings": settings,
    "segments": segments,
    "rules": rules,
}
TARGETS |= {f"{name}-part": part_of(name) for name in ("docx", "odt", "epub", "xlsx")}
