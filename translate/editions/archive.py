"""ZIP files whose bytes depend on what is in them, and on nothing else."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

# Archives know no earlier moment, and an edition must not tell when it was made: its bytes would never be the same.
_EPOCH = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_READABLE = 0o100644 << 16


def packed(parts: Mapping[str, str | bytes], *, compressed: bool = True) -> bytes:
    """Return an archive of some parts, in their order.

    A first part named mimetype is never compressed: that is how books and OpenDocument files are known. Compression may
    be another one with another zlib; without it the bytes are the same everywhere.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            member = zipfile.ZipInfo(name, _EPOCH)
            stored = name == "mimetype" or not compressed
            member.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            member.create_system, member.external_attr = _UNIX, _READABLE
            archive.writestr(member, content)
    return out.getvalue()
