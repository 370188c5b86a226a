"""Documents that are ZIP archives: read within limits, written again with other parts."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from types import MappingProxyType

from translate.documents.encoding import decode_declared, encode
from translate.documents.model import Block, Document, Encoding, Part
from translate.documents.rewrite import Edits, Wording, Writer, markup, original, rewritten
from translate.errors import DocumentError

# Far above what any office document has. A ZIP bomb has a ratio of 1,000; so may a small part of one sentence again and
# again, which does no harm.
_MEMBERS, _BYTES, _RATIO = 20_000, 2 << 30, 200
_SMALL = 100 << 20
# What the standards of office documents and books allow.
_PACKED = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
#: How files of before 2007 begin, and those with a password.
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_DECLARED = re.compile(rb"""\A(?:\xef\xbb\xbf)?<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)""")


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive that was found safe to read."""

    opened: zipfile.ZipFile
    where: str

    @property
    def names(self) -> Collection[str]:
        """Return the names of its members, in order."""
        return self.opened.NameToInfo

    def read(self, name: str) -> bytes:
        """Return a member.

        Raises:
            DocumentError: it is not there or is damaged.
        """
        try:
            member = self.opened.getinfo(name)
            with self.opened.open(member) as stream:
                # Not more than it says it has: what it says was found safe, and may be a lie.
                return stream.read(member.file_size or 1)
        except (
            KeyError,
            ValueError,  # its place is outside the archive
            zipfile.BadZipFile,
            zlib.error,
            OSError,
            EOFError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise _broken(self.where, f"its part {name} cannot be read") from error

    def text(self, name: str) -> tuple[str, Encoding]:
        """Return an XML member as text."""
        return decode_xml(self.read(name), f"{self.where}:{name}")


def decode_xml(data: bytes, where: str) -> tuple[str, Encoding]:
    """Read an XML file in the encoding it declares; that is UTF-8 where it says none."""
    declared = _DECLARED.match(data[:300])
    text, encoding = decode_declared(data, where, declared[1].decode() if declared else "UTF-8")
    return text, Encoding(encoding.codec, encoding.bom, references=True)


def looks_like_zip(data: bytes, *names: str) -> bool:
    """Say whether bytes are an archive that begins with, or names, one of these members."""
    return data.startswith(b"PK") and any(name.encode() in data for name in names)


def open_archive(data: bytes, where: str) -> Archive:
    """Check an archive before anything of it is unpacked.

    Raises:
        DocumentError: it is no ZIP, is cut off, encrypted, a bomb, or names paths outside itself.
    """
    if data.startswith(OLE):
        raise DocumentError(
            "the document is protected by a password, or in the format of before 2007",
            where=where,
            remedy="Open it in an office program and save it without a password in a current format.",
        )
    try:
        opened = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, ValueError) as error:
        raise _broken(where, "it is no complete ZIP archive") from error
    members = opened.infolist()
    names = [member.filename for member in members]
    problem = None
    if len(names) > _MEMBERS:
        problem = f"it has more than {_MEMBERS} parts"
    elif sum(member.file_size for member in members) > _BYTES:
        problem = f"it would unpack to more than {_BYTES >> 30} GB"
    elif any(_bomb(member.file_size, member.compress_size) for member in members):
        problem = "a part of it is a ZIP bomb"
    elif _bomb(sum(member.file_size for member in members), len(data)):
        # Many parts may share their packed bytes.
        problem = "its parts together are a ZIP bomb"
    elif any(_outside(name) for name in names):
        problem = "it names paths outside itself"
    elif len(set(names)) < len(names):
        problem = "it has two parts of one name"
    if problem:
        raise DocumentError(
            f"the archive is not safe to read: {problem}", where=where, remedy="Do not trust this file; ask its sender."
        )
    if any(member.flag_bits & 1 for member in members):
        raise DocumentError(
            "the document is protected by a password", where=where, remedy="Save it without a password."
        )
    unusual = next((member.filename for member in members if member.compress_type not in _PACKED), None)
    if unusual is not None:
        raise _broken(where, f"its part {unusual} is packed in a way that no office program reads")
    return Archive(opened, where)


class ArchiveFile(ABC):
    """Share what formats have in common that are archives of XML and whose editions are in the format itself."""

    defaults: Mapping[str, str | Sequence[str]] = MappingProxyType({})

    @abstractmethod
    def writer(self, document: Document, wording: Wording) -> Writer:
        """Return what writes an edition."""

    def finish(self, text: str) -> str:
        """Have the last word on the text of a part of an edition."""
        return text

    def rebuild(self, document: Document) -> bytes:
        """Write the source again: the archive itself where every part is what it was.

        Raises:
            DocumentError: a part is damaged, be it one without text: no edition could hold it.
        """
        whole = open_archive(document.archive, str(document.path))
        parts = {part.name: encode(original(blocks, part.tail), part.encoding) for part, blocks in _by_part(document)}
        same = all(parts.get(name, data) == data for name in whole.names for data in (whole.read(name),))
        return document.archive if same else replaced(whole, parts)

    def translate(self, document: Document, wording: Wording) -> bytes:
        """Write the document in another language; other parts stay."""
        writer = self.writer(document, wording)
        parts = {}
        for part, blocks in _by_part(document):
            text = rewritten(blocks, part.tail, Edits(wording, writer, f"{document.path}:{part.name}"))
            parts[part.name] = encode(self.finish(text), part.encoding)
        return replaced(open_archive(document.archive, str(document.path)), parts)

    def skeleton(self, block: Block) -> Counter[str]:
        """Count the markup of a block."""
        return markup(block)


def replaced(whole: Archive, parts: Mapping[str, bytes]) -> bytes:
    """Return an archive with some parts replaced, and new ones at its end; order, dates, compression of all stay."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        new.comment = whole.opened.comment
        for member in whole.opened.infolist():
            content = parts.get(member.filename)
            made = zipfile.ZipInfo(member.filename, member.date_time)
            made.compress_type, made.external_attr = member.compress_type, member.external_attr
            made.create_system, made.comment = member.create_system, member.comment
            new.writestr(made, whole.read(member.filename) if content is None else content)
        for name in parts.keys() - whole.names:
            new.writestr(zipfile.ZipInfo(name), parts[name], zipfile.ZIP_DEFLATED)
    return out.getvalue()


def tracked_changes(where: str) -> DocumentError:
    """Return the error about tracked changes, which say two things at once."""
    return DocumentError(
        "the document has tracked changes",
        where=where,
        remedy='Accept or reject them in the document, or set tracked_changes = "accept" in translate.toml, '
        "under [formats.odt] or [formats.docx].",
    )


def _by_part(document: Document) -> Iterable[tuple[Part, list[Block]]]:
    blocks: dict[str, list[Block]] = {part.name: [] for part in document.parts}
    for block in document.blocks:
        blocks[block.part].append(block)
    return [(part, blocks[part.name]) for part in document.parts]


def _bomb(size: int, packed: int) -> bool:
    return size > _SMALL and size > _RATIO * max(1, packed)


def _outside(name: str) -> bool:
    return name.startswith(("/", "\\")) or ".." in PurePosixPath(name.replace("\\", "/")).parts or ":" in name[:3]


def _broken(where: str, problem: str) -> DocumentError:
    return DocumentError(
        f"the document is damaged: {problem}", where=where, remedy="Get it again, or save it again where it was made."
    )
