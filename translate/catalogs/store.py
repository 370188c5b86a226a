"""PO files on disk: read, index, write; polib parses, nothing is wrapped again, equal bytes are not written."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import polib

from translate import files
from translate.catalogs.units import Key, Unit
from translate.errors import CatalogError

#: How lines begin that say what the source says of an entry.
ROLE, LIMIT = "role: ", "length limit: "
_WIDTH = 0  # polib: do not wrap
_PO_LINE = re.compile(
    r"(?:\#.*|(?:(?:msgctxt|msgid|msgid_plural|msgstr|msgstr\[\d+\])[ \t]*)?"
    r""""[^"\\]*(?:\\["\\ntrbvfax0-7][^"\\]*)*")?""",
    re.DOTALL,
)
_HEADER = re.compile(r'^msgid[ \t]+""\s*^msgstr', re.MULTILINE)
_EMPTY_HEADER = 'msgid ""\nmsgstr ""\n\n'
# What msgcat -E writes; polib would take the digits for text. It does not know \a either, which gettext writes.
_NUMBER = re.compile(r"(?<!\\)(?:\\\\)*\\[x0-7]")
_ESCAPE = re.compile(r"\\.")
_COMMENT = re.compile(r"\s*#(?![~|])")
_CHARSET = re.compile(rb'^"Content-Type:.*charset=(?!utf-?8|charset)[\w-]', re.MULTILINE | re.IGNORECASE)
_LINE = re.compile(r"\(line (\d+)\)")
# polib refuses a comment without the space after its sign and drops previous msgids of obsolete entries.
_TIGHT = re.compile(r"^([^\S\n]*#[.,:|]?)(?=[^\s.,:|~#])", re.MULTILINE)
_OBSOLETE_PREVIOUS = re.compile(r"^[^\S\n]*#~\|", re.MULTILINE)


class _Lines(str):
    """A text whose lines end only where those of PO files do (`str` also breaks at U+2028 and its like)."""

    __slots__ = ()

    def splitlines(self, keepends: bool = False) -> list[str]:  # noqa: ARG002 - the signature is str's
        """Return the lines without their ends."""
        return self.split("\n")


@dataclass(slots=True)
class Catalog:
    """A PO catalog in memory.

    `read_hash` is of the bytes it was read from, `read_digest` of what they say; both are empty for a new catalog. A
    catalog that Poedit wrapped differently is not written until what it says changes.
    """

    path: Path
    file: polib.POFile
    read_hash: str = ""
    read_digest: str = ""
    _index: dict[Key, polib.POEntry] = field(default_factory=dict, repr=False)
    _written: dict[str, str] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        """Build the index: polib's own look-up is a linear scan."""
        self._index = {key(entry): entry for entry in self.file if not entry.obsolete}

    def get(self, wanted: Key) -> polib.POEntry | None:
        """Return the entry with a key, or None; obsolete entries are not found."""
        return self._index.get(wanted)

    @property
    def entries(self) -> list[polib.POEntry]:
        """Return the entries in use, in file order."""
        return [entry for entry in self.file if not entry.obsolete]


def key(entry: polib.POEntry) -> Key:
    """Return what identifies an entry."""
    return (entry.msgctxt, entry.msgid)


def load(path: Path) -> Catalog | None:
    """Read a catalog; None where there is no such file.

    Raises:
        CatalogError: the file is not valid PO; the error names the line.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    remedy = "Mend that line (msgfmt -c names it too), or take the file out of version control; it was not touched."
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        # gettext itself converts a catalog that says in which charset it is.
        converts = f"Convert it with: msgconv --to-code=UTF-8 -o {path} {path}" if _CHARSET.search(data) else remedy
        raise CatalogError("the catalog is not UTF-8", where=f"{path}:{line}", remedy=converts) from error
    _check_lines(text, path, remedy)
    try:
        # The last line end keeps polib from taking a short text for the name of a file.
        text = _with_bells(text) + "\n"
        text = _TIGHT.sub(r"\1 ", _OBSOLETE_PREVIOUS.sub("#|", text) if "#~|" in text else text)
        file = polib.pofile(_Lines(text), wrapwidth=_WIDTH)
        if not file.metadata and len(file) and not _HEADER.search(text):
            # polib would take the comments of the first entry for those of the header.
            file = polib.pofile(_Lines(_EMPTY_HEADER + text), wrapwidth=_WIDTH)
    except (OSError, ValueError, UnicodeError) as error:
        found = _LINE.search(str(error))
        where = f"{path}:{found[1]}" if found else str(path)
        raise CatalogError(f"the catalog has a syntax error: {_plain(error)}", where=where, remedy=remedy) from error
    if any(key(entry) == (None, "") for entry in file):
        raise CatalogError("the catalog has two headers", where=str(path), remedy=remedy)
    if not file.metadata and not len(file):
        raise CatalogError("the catalog has no header and no entry", where=str(path), remedy=remedy)
    _check_duplicates(file, path, remedy)
    # The text was read as UTF-8 and is written as such, whatever the header says or leaves out.
    if "utf-8" not in file.metadata.get("Content-Type", "").lower():
        file.metadata["Content-Type"] = "text/plain; charset=UTF-8"
    return Catalog(path, file, files.digest(data), digest(file))


def _check_lines(text: str, path: Path, remedy: str) -> None:
    """Refuse a line that is no PO: polib would cut off its first and last sign and go on."""
    for number, line in enumerate(text.split("\n"), 1):
        if "\\" in line and not _COMMENT.match(line) and _NUMBER.search(line):
            raise CatalogError(
                f"the catalog spells signs as numbers: {line.strip()[:60]!r}",
                where=f"{path}:{number}",
                remedy=f"Write it with the signs themselves: msgcat --no-escape -o {path} {path}",
            )
        if not _PO_LINE.fullmatch(line.strip()):
            raise CatalogError(
                f"the catalog has a syntax error: {line.strip()[:60]!r}", where=f"{path}:{number}", remedy=remedy
            )


def _with_bells(text: str) -> str:
    """Return a catalog with the sign itself for each \\a."""
    if "\\a" not in text:
        return text
    return "\n".join(
        line if _COMMENT.match(line) else _ESCAPE.sub(lambda it: "\a" if it.group() == "\\a" else it.group(), line)
        for line in text.split("\n")
    )


def _check_duplicates(file: polib.POFile, path: Path, remedy: str) -> None:
    """Refuse two entries with one key, as msgfmt does (polib's own check compares every pair)."""
    seen: dict[Key, int] = {}
    for entry in file:
        if seen.setdefault(key(entry), entry.linenum or 0) != entry.linenum:
            raise CatalogError(
                f"the catalog has two entries for {entry.msgid[:60]!r} (the other is in line {seen[key(entry)]})",
                where=f"{path}:{entry.linenum}",
                remedy=remedy,
            )


def save(catalog: Catalog) -> bool:
    """Write a catalog where its content changed; say whether it wrote.

    Raises:
        CatalogError: somebody else wrote the file since it was read; theirs is kept.
    """
    said = [_says(entry) for entry in catalog.file]
    says = _digest(catalog.file, said)
    if says == catalog.read_digest:
        return False
    # Whoever saves again and again, one entry at a time, does not wait for the others to be written anew.
    catalog._written = {
        one: catalog._written.get(one) or entry.__unicode__(_WIDTH)
        for one, entry in zip(said, catalog.file, strict=True)
    }
    data = _joined(catalog.file, [catalog._written[one] for one in said])
    unchanged(catalog.path, catalog.read_hash)
    if files.digest(data) != catalog.read_hash:
        # A disk takes its time: whoever wrote meanwhile must not lose it.
        with files.replacing(catalog.path, lambda there: unchanged(catalog.path, catalog.read_hash, there)) as stream:
            stream.write(data)
    catalog.read_hash, catalog.read_digest = files.digest(data), says
    return True


def unchanged(path: Path, read_hash: str, there: Path | None = None) -> None:
    """Make sure that a file still has the bytes it was read from ("" where there was none); `there` is where it is now.

    Raises:
        CatalogError: it has others.
    """
    if _hash_of(there or path) != read_hash:
        raise CatalogError(
            "the catalog was changed by another program during this run",
            where=str(path),
            remedy="Nothing of it was overwritten. Run the command again.",
        )


def serialise(file: polib.POFile) -> bytes:
    """Return the bytes of a PO file: UTF-8, LF, one line a string."""
    return _joined(file, [entry.__unicode__(_WIDTH) for entry in file])


def _joined(file: polib.POFile, texts: Sequence[str]) -> bytes:
    file.wrapwidth = _WIDTH
    head = polib.POFile(wrapwidth=_WIDTH)
    head.header, head.metadata, head.metadata_is_fuzzy = file.header, file.metadata, file.metadata_is_fuzzy
    parts = [str(head)]
    for obsolete in (False, True):
        parts += [text for text, entry in zip(texts, file, strict=True) if bool(entry.obsolete) is obsolete]
    return ("\n".join(parts).rstrip("\n") + "\n").encode("utf-8")


def digest(file: polib.POFile) -> str:
    """Return a hash of what a PO file says: of everything that `serialise` writes, in a fraction of its time."""
    return _digest(file, [_says(entry) for entry in file])


def _digest(file: polib.POFile, said: Sequence[str]) -> str:
    made = hashlib.sha256(repr((file.header, file.metadata, bool(file.metadata_is_fuzzy))).encode())
    for one in said:
        made.update(one.encode())
    return made.hexdigest()


def _says(entry: polib.POEntry) -> str:
    fields = (
        *(entry.msgctxt, entry.msgid, entry.msgid_plural, entry.msgstr, entry.msgstr_plural, bool(entry.obsolete)),
        *(entry.comment, entry.tcomment, entry.occurrences, entry.flags),
        *(entry.previous_msgctxt, entry.previous_msgid, entry.previous_msgid_plural),
    )
    return repr(fields)


def describe(entry: polib.POEntry, unit: Unit, source: str) -> None:
    """Write what the source says of an entry: roles and headings (`#.`), file and lines (`#:`)."""
    comments = [f"{ROLE}{', '.join(unit.roles)}"]
    comments += [f"under: {heading}" for heading in unit.headings]
    comments += [f"{LIMIT}{unit.limit}"] if unit.limit else []
    entry.comment = "\n".join(comments)
    # gettext separates references by white space; every other sign stays, so that tools find the file.
    reference = re.sub(r"[\s%]", lambda sign: quote(sign.group()), source)
    entry.occurrences = [(reference, str(line)) for line in unit.lines]


def roles(entry: polib.POEntry) -> list[str]:
    """Return the roles of an entry as `describe` wrote them: the one in which its text stands first, then others."""
    said = next((line for line in entry.comment.split("\n") if line.startswith(ROLE)), ROLE)
    return [role for role in said.removeprefix(ROLE).split(", ") if role]


def template(units: Iterable[Unit], source: str, header: dict[str, str]) -> polib.POFile:
    """Return the POT file of a document."""
    file = polib.POFile(wrapwidth=_WIDTH)
    file.metadata = header
    file.metadata_is_fuzzy = True
    for unit in units:
        entry = polib.POEntry(msgctxt=unit.key[0], msgid=unit.text, msgstr="")
        describe(entry, unit, source)
        file.append(entry)
    return file


def _hash_of(path: Path) -> str:
    return files.digest(path.read_bytes()) if path.is_file() else ""


def _plain(error: Exception) -> str:
    """Return polib's message without the text of the whole catalog that it takes for a file name."""
    message = str(error)
    return message[message.rfind("(line") :].strip("() ") if "(line" in message else message[-120:]
