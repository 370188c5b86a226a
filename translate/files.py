"""Write files so that a reader, a crash or a second run never meets half of one."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from translate.errors import UsageError, WriteError

if os.name == "posix":
    import fcntl

_NAME_PART = 20
# What mkstemp adds to a prefix: eight letters, digits or underscores.
_LEFT_OVER = re.compile(rf"\..{{1,{_NAME_PART}}}\.[a-z0-9_]{{8}}\.tmp")
_AGAIN = "then run the command again; what was there is as it was."
_FULL = f"Make room on the disk, {_AGAIN}"
_CLOSED = f"Make it and its folder writable, {_AGAIN}"
#: What mends the errors of disks, by their numbers.
REMEDIES = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EROFS: _CLOSED,
    errno.EACCES: _CLOSED,
    errno.EPERM: _CLOSED,
    errno.EIO: f"The disk fails: save what is on it, {_AGAIN}",
}


#: Make sure that what is at a path may be replaced; it raises where it may not.
Check = Callable[[Path], None]


@contextmanager
def replacing(path: Path, check: Check | None = None) -> Iterator[IO[bytes]]:
    """Open a file that takes the place of `path` in one step when the block ends well: temporary file, fsync, rename.

    A kill at any moment leaves the old file or the new one. The mode of an existing file is kept. `check` looks at the
    old file in the very step in which it is replaced, where the system can (Linux), else right before it.

    Raises:
        WriteError: the disk is full, or read-only, or fails; the old file is there.
    """
    path = path.resolve() if path.is_symlink() else path
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        stream, name = _temporary(path)
        try:
            yield stream
            settle(stream)
            if os.name != "posix":
                # Elsewhere a file that is open cannot be renamed.
                stream.close()
            name.chmod(path.stat().st_mode & 0o7777 if path.exists() else 0o666 & ~_umask())
            _put(name, path, check)
        except BaseException:
            with suppress(OSError):
                stream.close()
            with suppress(OSError):
                name.unlink()
            raise
        stream.close()
        sync_folder(path.parent)
    except OSError as error:
        raise refused(error, path) from error


def refused(error: OSError, path: Path | None = None) -> WriteError:
    """Return what to say where the system refuses a file: which, why, and what mends it."""
    remedy = REMEDIES.get(error.errno or 0, f"See that it can be used, {_AGAIN}")
    return WriteError(error.strerror or str(error), where=str(path or error.filename or "a file"), remedy=remedy)


def settle(stream: IO[bytes], data: bytes = b"") -> None:
    """Write the last of a file and wait until the disk has all of it."""
    stream.write(data)
    stream.flush()
    os.fsync(stream.fileno())


def settle_all(folder: Path) -> None:
    """Wait until the disk has every file below a folder."""
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("r+b") as stream:
                settle(stream)


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


def sweep(folder: Path, *, deep: bool = False) -> None:
    """Remove the temporary files that killed runs left in a folder, or also below it; those in use stay."""
    for path in folder.rglob(".*.tmp") if deep else folder.glob(".*.tmp"):
        # What cannot be removed now is in nobody's way, and is tried again the next time.
        with suppress(OSError):
            if _LEFT_OVER.fullmatch(path.name):
                _remove(path)


@contextmanager
def exclusive(lock: Path, *, timeout: float) -> Iterator[None]:
    """Hold the desk for one run; wait up to `timeout` seconds for another run to end.

    Raises:
        UsageError: another run still holds the desk when the time is up.
        WriteError: the lock cannot be made.
    """
    from filelock import FileLock, Timeout

    held = FileLock(lock)
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        held.acquire(timeout)
    except Timeout as error:
        raise UsageError(
            "another run of translate holds this desk",
            where=str(lock),
            remedy="Wait until it has ended, then try again; nothing was changed.",
        ) from error
    except OSError as error:
        raise refused(error, lock) from error
    try:
        yield
    finally:
        held.release()


def _temporary(path: Path) -> tuple[IO[bytes], Path]:
    """Make a temporary file beside another, locked as long as it is open: so a sweep sees that it is in use."""
    while True:
        # A part of the name is enough, and leaves room for the rest where the name is as long as names may be.
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:_NAME_PART]}.", suffix=".tmp")
        if os.name == "posix":
            # Some network disks have no locks.
            with suppress(OSError):
                fcntl.flock(handle, fcntl.LOCK_EX)
        if os.fstat(handle).st_nlink:
            return os.fdopen(handle, "wb"), Path(name)
        # A sweep was quicker than the lock.
        os.close(handle)


def _put(name: Path, path: Path, check: Check | None) -> None:
    """Let a file take the place of another, if that may be replaced."""
    if check is None:
        name.replace(path)
    elif _exchange(name, path):
        try:
            # What a person saved at the last moment is here.
            check(name)
        except BaseException:
            _exchange(name, path)
            raise
        # The new file is in its place; an old one that stays is swept the next time.
        with suppress(OSError):
            name.unlink()
    else:
        check(path)
        name.replace(path)


def _exchange(one: Path, other: Path) -> bool:
    """Let two files change places in one step, where the system can; say whether they did."""
    import ctypes

    call = getattr(ctypes.CDLL(None), "renameat2", None) if sys.platform == "linux" else None
    here, exchange = -100, 2
    return call is not None and call(here, os.fsencode(one), here, os.fsencode(other), exchange) == 0


def _remove(path: Path) -> None:
    """Remove a temporary file, unless a process has it open.

    Raises:
        OSError: it is in use, or cannot be removed.
    """
    if os.name != "posix":
        # A file in use cannot be removed there.
        path.unlink()
        return
    with path.open("rb") as stream:
        # Removed under the lock, so that whoever has just made it sees that it is gone.
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        path.unlink()


def _umask() -> int:
    """Return the umask of this process (the only way to read it is to set it)."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def sync_folder(folder: Path) -> None:
    """Make a rename in a folder durable, where the system can (POSIX)."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
