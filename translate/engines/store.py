"""Install and remove Argos packages: a zip is checked, and its model tried, before the packages folder is touched."""

from __future__ import annotations

import shutil
import stat
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

from translate.engines.argos import ArgosEngine
from translate.engines.model import Options
from translate.engines.package import Package, installed, read, seal
from translate.errors import DeskError, EnvironmentLackError, PackageError, UsageError
from translate.files import REMEDIES, exclusive, refused, settle_all, sync_folder

# The largest package of the Argos index is under 500 MB unzipped.
_MAX_BYTES = 4 * 1024**3
_MAX_MEMBERS = 5_000
# Model files do not shrink much: a far better ratio is a bomb.
_MAX_RATIO = 200
_SCRATCH, _REPLACED = (".install-", ".remove-"), "replaced"
# Another command that installs or removes is waited for (seconds).
_WAIT = 300.0


def install(archive: Path, folder: Path, *, force: bool = False) -> Package:
    """Install an `.argosmodel` file into the packages folder; nothing is written unless all of it is sound.

    Raises:
        PackageError: the file is no zip, unsafe, incomplete, or its model does not load.
        UsageError: the package is installed already and `force` is not given.
        WriteError: the folder cannot be written.
    """
    if not archive.is_file():
        raise UsageError("there is no such file", where=str(archive), remedy="Give the path of an .argosmodel file.")
    with _held(folder), tempfile.TemporaryDirectory(dir=folder, prefix=_SCRATCH[0]) as scratch:
        new, replaced = Path(scratch) / "new", Path(scratch) / _REPLACED
        new.mkdir()
        replaced.mkdir()
        root = _unzip(archive, new)
        seal(root, installed_from=archive.name)
        package = _checked(root, archive)
        target = folder / root.name
        if target.exists() and not force:
            raise UsageError(
                f"a package {root.name} is installed already",
                where=str(target),
                remedy="Replace it with: translate models install --force FILE",
            )
        settle_all(root)
        if target.exists():
            target.rename(replaced / target.name)
        root.rename(target)
        sync_folder(folder)
    return Package(target, package.source, package.target, package.version, package.prefix)


def download(url: str, folder: Path) -> Path:
    """Fetch an `.argosmodel` over HTTPS into `folder`; the only place that opens a socket.

    Raises:
        UsageError: the address is not HTTPS, or leads to one that is not.
        EnvironmentLackError: the download failed.
    """
    from http.client import HTTPException
    from urllib.request import HTTPRedirectHandler, build_opener

    class Secure(HTTPRedirectHandler):
        def redirect_request(self, *request: Any) -> Any:
            _must_be_secure(request[-1])
            return super().redirect_request(*request)

    _must_be_secure(url)
    path = folder / (PurePosixPath(url.split("?")[0]).name or "package.argosmodel")
    try:
        with build_opener(Secure).open(url, timeout=60) as answer, path.open("wb") as stream:
            shutil.copyfileobj(answer, stream)
    except (OSError, HTTPException, ValueError) as error:
        raise EnvironmentLackError(
            f"the download failed: {error}",
            where=url,
            remedy="Fetch the file on a machine with network access and install it from disk.",
        ) from error
    return path


def _must_be_secure(url: str) -> None:
    if not url.lower().startswith("https://"):
        raise UsageError(
            "packages are fetched over HTTPS only", where=url, remedy="Give an https:// address or a file."
        )


def remove(pair: str, folders: Iterable[Path]) -> Package:
    """Remove an installed package, named by its pair (`fr_en`) or its folder.

    Raises:
        UsageError: there is no such package, or it is a starter package.
    """
    folders = tuple(folders)
    for folder in folders:
        if _left(folder):
            with _held(folder):
                pass
    packages = list(installed(folders))
    found = [p for p in packages if pair in (f"{p.source}_{p.target}", p.path.name)]
    own = [p for p in found if not p.starter]
    if not own:
        problem = "this starter package is part of Translation Desk" if found else "no such package is installed"
        names = ", ".join(sorted({f"{p.source}_{p.target}" for p in packages if not p.starter})) or "none"
        raise UsageError(problem, where=pair, remedy=f"Installed packages: {names}.")
    with _held(own[0].path.parent):
        trash = Path(tempfile.mkdtemp(dir=own[0].path.parent, prefix=_SCRATCH[1]))
        own[0].path.rename(trash / own[0].path.name)
        shutil.rmtree(trash)
    return own[0]


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Hold a packages folder, and clear up what a command that was killed left in it."""
    # Beside it: whatever is in it is a package to other programs.
    with exclusive(folder.with_name(f"{folder.name}.lock"), timeout=_WAIT):
        folder.mkdir(parents=True, exist_ok=True)
        for scratch in _left(folder):
            for package in (scratch / _REPLACED).glob("*"):
                if not (folder / package.name).exists():
                    # The new one had not taken its place yet.
                    package.rename(folder / package.name)
            shutil.rmtree(scratch)
        yield


def _left(folder: Path) -> list[Path]:
    """Return what commands that are under way, or were killed, have in a packages folder."""
    return [path for path in folder.iterdir() if path.name.startswith(_SCRATCH)] if folder.is_dir() else []


def _unzip(archive: Path, scratch: Path) -> Path:
    """Unzip into a scratch folder, after every name and size was looked at; return the package's root."""
    try:
        with zipfile.ZipFile(archive) as zipped:
            members = zipped.infolist()
            _check_members(members, archive)
            for member in members:
                zipped.extract(member, scratch)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError, OSError, RuntimeError) as error:
        if isinstance(error, FileNotFoundError):
            raise
        if isinstance(error, OSError) and error.errno in REMEDIES:
            raise refused(error, scratch.parent.parent) from error
        raise _refused(archive, f"the file is no whole zip archive ({error})") from error
    except Exception as error:
        # A damaged deflate stream surfaces as zlib.error, which has no useful base class.
        if isinstance(error, DeskError):
            raise
        raise _refused(archive, f"the file is damaged ({error})") from error
    roots = [path for path in scratch.iterdir() if (path / "metadata.json").is_file()]
    if len(roots) != 1:
        raise _refused(archive, "the archive does not hold one folder with a metadata.json")
    return roots[0]


def _check_members(members: list[zipfile.ZipInfo], archive: Path) -> None:
    if len(members) > _MAX_MEMBERS:
        raise _refused(archive, f"the archive has {len(members)} members; {_MAX_MEMBERS} are allowed")
    total = 0
    for member in members:
        path = PurePosixPath(member.filename.replace("\\", "/"))
        if not path.parts or not member.filename.isprintable():
            raise _refused(archive, f"the archive holds a file without a proper name: {member.filename!r}")
        if path.is_absolute() or ".." in path.parts or ":" in path.parts[0] or path.parts[0].startswith("."):
            raise _refused(archive, f"the archive would write outside its folder: {member.filename!r}")
        if stat.S_ISLNK(member.external_attr >> 16):
            raise _refused(archive, f"the archive holds a link: {member.filename!r}")
        if member.file_size > 1024**2 and member.file_size > _MAX_RATIO * max(1, member.compress_size):
            raise _refused(archive, f"{member.filename!r} would grow more than {_MAX_RATIO} times")
        total += member.file_size
    if total > _MAX_BYTES:
        raise _refused(archive, f"the archive would grow to {total} bytes; {_MAX_BYTES} are allowed")


def _checked(root: Path, archive: Path) -> Package:
    """Read the package and translate a word with it: a model that does not load is not installed."""
    try:
        package = read(root)
    except PackageError as error:
        raise _refused(archive, error.problem) from error
    if package is None:
        raise _refused(archive, "the package is not one that translates")
    try:
        list(ArgosEngine(package, Options(beam=1, threads=1)).translate(["1"]))
    except (DeskError, RuntimeError, ValueError, OSError) as error:
        raise _refused(archive, f"the model does not load ({error})") from error
    return package


def _refused(archive: Path, problem: str) -> PackageError:
    return PackageError(
        f"the package was refused: {problem}",
        where=str(archive),
        remedy="Get the file again from where it is published, and compare its checksum; nothing was installed.",
    )
