"""Write files so that a reader, a crash or a second run never meets half of one."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from translate.errors import UsageError

_NAME_PART = 20
# What mkstemp adds to a prefix: eight letters, digits or underscores.
_LEFT_OVER = re.compile(rf"\..{{1,{_NAME_PART}}}\.[a-z0-9_]{{8}}\.tmp")


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """Open a file that takes the place of `path` in one step when the block ends well: temporary file, fsync, rename.

    A kill at any moment leaves the old file or the new one. The mode of an existing file is kept.
    """
    path = path.resolve() if path.is_symlink() else path
    path.parent.mkdir(parents=True, exist_ok=True)
    # A part of the name is enough, and leaves room for the rest where the name is as long as names may be.
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:_NAME_PART]}.", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
            settle(stream)
        Path(name).chmod(path.stat().st_mode & 0o7777 if path.exists() else 0o666 & ~_umask())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def settle(stream: IO[bytes], data: bytes = b"") -> None:
    """Write the last of a file and wait until the disk has all of it."""
    stream.write(data)
    stream.flush()
    os.fsync(stream.fileno())


def digest(data: bytes) -> str:
    """Return the SHA-256 of a file's bytes, in hexadecimal digits.

    >>> digest(b"")[:8]
    'e3b0c442'
    """
    return hashlib.sha256(data).hexdigest()


def write_atomic(path: Path, data: bytes) -> None:
    """Replace `path` by `data` in one step."""
    with replacing(path) as stream:
        stream.write(data)


def write_if_changed(path: Path, data: bytes) -> bool:
    """Write `data` unless `path` already holds these bytes; say whether it wrote."""
    if path.is_file() and path.read_bytes() == data:
        return False
    write_atomic(path, data)
    return True


def sweep(folder: Path) -> None:
    """Remove the temporary files that a killed run left in a folder; only whoever holds the desk may."""
    for path in folder.rglob(".*.tmp"):
        if _LEFT_OVER.fullmatch(path.name):
            path.unlink(missing_ok=True)


@contextmanager
def exclusive(lock: Path, *, timeout: float) -> Iterator[None]:
    """Hold the desk for one run; wait up to `timeout` seconds for another run to end.

    Raises:
        UsageError: another run still holds the desk when the time is up.
    """
    from filelock import FileLock, Timeout

    lock.parent.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(lock, timeout=timeout):
            yield
    except Timeout as error:
        raise UsageError(
            "another run of translate holds this desk",
            where=str(lock),
            remedy="Wait until it has ended, then try again; nothing was changed.",
        ) from error


def _umask() -> int:
    """Return the umask of this process (the only way to read it is to set it)."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _sync_folder(folder: Path) -> None:
    """Make the rename itself durable, where the system can (POSIX)."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
