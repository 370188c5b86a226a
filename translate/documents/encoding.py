"""Bytes to text and back, without a loss: UTF-8, UTF-16 with a byte order mark, Windows-1252."""

from __future__ import annotations

import codecs
import re
import unicodedata

from translate.documents.model import Encoding
from translate.errors import DocumentError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# No text file holds C0 controls other than tab, line ends and form feed.
_BINARY = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
# Invisible signs that a copy and paste leaves behind; they never change the meaning of a sentence.
_INVISIBLE = "\u00ad\u200b\u2060\ufeff"
_HIDDEN = re.compile(f"[{_INVISIBLE}]")
_VISIBLE = re.compile(rf"[^\s{_INVISIBLE}]")
_WHOLE = re.compile(r"\s*[0-9]{1,9}\s*")
_CLUSTER = re.compile(r"[^\u0300-\u036f][\u0300-\u036f]*|[\u0300-\u036f]+")


def decode(data: bytes, where: str) -> tuple[str, Encoding]:
    r"""Read the bytes of a text file; line ends and everything else stay as they are.

    >>> decode("\u00e9t\u00e9".encode("cp1252"), "a.txt")
    ('été', Encoding(codec='cp1252', bom=b'', references=False))

    Raises:
        DocumentError: the file is empty, binary, or in no encoding that is known here.
    """
    bom, codec = next(((m, c) for m, c in _MARKS if data.startswith(m)), (b"", "utf-8"))
    body = data[len(bom) :]
    for candidate in (codec,) if bom else (codec, "cp1252"):
        try:
            text = body.decode(candidate)
        except UnicodeDecodeError:
            continue
        if _BINARY.search(text):
            break
        if is_blank(text):
            raise DocumentError(
                "the document is empty", where=where, remedy="Write its text, or take it out of the source folder."
            )
        return text, Encoding(candidate, bom)
    raise DocumentError(
        "this is not a text document: it holds bytes that no text file has",
        where=where,
        remedy="Save it as plain text in UTF-8 or Windows-1252, or take it out of the source folder.",
    )


def encode(text: str, encoding: Encoding) -> bytes:
    """Write text the way it was read; what the encoding has no sign for is a reference in markup.

    Where there are no references, the whole text is UTF-8 then: a translation may have signs that its source lacks.

    >>> encode("d\u00e9j\u00e0", Encoding("cp1252")), encode("\u0141\u00f3d\u017a", Encoding("cp1252"))
    (b'd\\xe9j\\xe0', b'\\xc5\\x81\\xc3\\xb3d\\xc5\\xba')
    """
    try:
        return encoding.bom + text.encode(encoding.codec, "xmlcharrefreplace" if encoding.references else "strict")
    except UnicodeEncodeError:
        return text.encode("utf-8")


def whole_number(text: str, default: int = 0) -> int:
    """Return the whole number that a text from outside is; `default` where it is none, or beyond all counting.

    Python takes "²" for a digit, and refuses to read numbers of thousands of digits.

    >>> whole_number(" 12 "), whole_number("²", 7), whole_number("9" * 5000)
    (12, 7, 0)
    """
    return int(text) if _WHOLE.fullmatch(text) else default


def is_blank(text: str) -> bool:
    """Say whether a text holds nothing but white space and invisible signs."""
    return _VISIBLE.search(text) is None


# Spaces that do not break are a person's or the typography's own, and stay.
_BREAKING = re.compile(r"[^\S\u00a0\u202f]+")


def spaced(text: str) -> str:
    """Return a text with single spaces between its words.

    >>> spaced("5\\u00a0km \\n nach")
    '5\\xa0km nach'
    """
    return _BREAKING.sub(" ", text).strip()


def normal(text: str) -> str:
    r"""Return the form the catalog keeps: NFC, no invisible signs, white space as single spaces.

    >>> normal("Un\u00a0cri\u202f!\n Deux")
    'Un cri ! Deux'
    """
    return " ".join(unicodedata.normalize("NFC", _HIDDEN.sub("", text)).split())


def composed(text: str) -> tuple[str, list[int] | None]:
    r"""Return `text` in NFC without invisible signs, and the offset in `text` of each of its positions.

    There are no offsets where the text is in that form already.

    >>> composed("e\u0301t")
    ('ét', [0, 2, 3])
    """
    if not _HIDDEN.search(text) and unicodedata.is_normalized("NFC", text):
        return text, None
    kept = [at for at, sign in enumerate(text) if sign not in _INVISIBLE]
    seen = _HIDDEN.sub("", text)
    parts: list[str] = []
    offsets: list[int] = []
    for match in _CLUSTER.finditer(seen):
        part = unicodedata.normalize("NFC", match.group())
        parts.append(part)
        offsets += [kept[match.start()]] * len(part)
    return "".join(parts), [*offsets, len(text)]


def decode_declared(data: bytes, where: str, declared: str) -> tuple[str, Encoding]:
    """Read the bytes of a text file that may say in which encoding it is; a byte order mark goes before what it says.

    Raises:
        DocumentError: as `decode`, or the file is not in the encoding it declares.
    """
    codec = declared.strip().lower()
    if not codec or any(data.startswith(mark) for mark, _ in _MARKS):
        return decode(data, where)
    try:
        text = data.decode(codec)
    except (LookupError, UnicodeDecodeError) as error:
        raise DocumentError(
            f"the document says its encoding is {declared!r}, but it cannot be read so",
            where=where,
            remedy="Save it as UTF-8, and let it say so.",
        ) from error
    if codec in ("utf-8", "utf8"):
        return decode(data, where)
    decode(text.encode("utf-8"), where)
    return text, Encoding(codec, references=True)
