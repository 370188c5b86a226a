"""A story to hand over: all its editions, its source, its catalogs and the sums to check them by, in one ZIP file."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping

#: The list of checksums in a bundle, as `sha256sum --check` reads it.
SUMS = "SHA256SUMS"
# The first moment that a ZIP file can give; and a plain file, readable by all.
_WHEN = (1980, 1, 1, 0, 0, 0)
_MODE = 0o100644 << 16


def listed(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files in order of their names, with the list of their checksums.

    >>> made = listed({"b": b"", "a": b"x"})
    >>> list(made), made["SHA256SUMS"].splitlines()[1][-12:]
    (['a', 'b', 'SHA256SUMS'], b'b7852b855  b')
    """
    made = dict(sorted(files.items()))
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in made.items())
    return {**made, SUMS: sums.encode()}


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return a ZIP file whose bytes depend on nothing but the files: no times, no compression that may change."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, _WHEN)
            info.external_attr, info.create_system = _MODE, 3
            archive.writestr(info, data)
    return stream.getvalue()
