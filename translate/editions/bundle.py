"""A story to hand over: all its editions, its source, its catalogs and the sums to check them by."""

from __future__ import annotations

from collections.abc import Mapping

from translate.files import digest

#: The list of checksums in a bundle, as `sha256sum --check` reads it.
SUMS = "SHA256SUMS"


def listed(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files in order of their names, with the list of their checksums.

    >>> made = listed({"b": b"", "a": b"x"})
    >>> list(made), made["SHA256SUMS"].splitlines()[1][-12:]
    (['a', 'b', 'SHA256SUMS'], b'b7852b855  b')
    """
    made = dict(sorted(files.items()))
    sums = "".join(f"{digest(data)}  {name}\n" for name, data in made.items())
    return {**made, SUMS: sums.encode()}
