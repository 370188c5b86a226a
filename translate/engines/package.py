"""Argos packages as data on disk: where they live, what they say of themselves, which one serves a pair."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from translate.errors import PackageError
from translate.files import write_atomic
from translate.language import primary

#: The packages that come with Translation Desk: small, and weaker than those of the Argos index.
STARTERS = Path(__file__).parent / "starter"

#: What an installed package holds at least; the tokenizer is one of two.
REQUIRED = ("metadata.json", "model/model.bin")
TOKENIZERS = ("sentencepiece.model", "bpe.model")
#: Where a package says the SHA-256 of each of its files.
MANIFEST = "manifest.json"
_CODE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_NO_WORD = re.compile(r"[^\w.+-]+")


@dataclass(frozen=True, slots=True)
class Package:
    """An unzipped Argos package: a translation model for one direction."""

    path: Path
    source: str
    target: str
    version: str
    prefix: str = ""

    @property
    def starter(self) -> bool:
        """Say whether this is one of the small packages that come with Translation Desk."""
        return self.path.parent == STARTERS

    @property
    def name(self) -> str:
        """Return the name for provenance and lists, such as `fr_en/0.1`."""
        return f"{self.source}_{self.target}/{self.version}"

    @property
    def model(self) -> Path:
        """Return the folder of the CTranslate2 model."""
        return self.path / "model"


def read(path: Path) -> Package | None:
    """Read the package in a folder; None where the folder holds none that translates.

    Raises:
        PackageError: there is a package and it is broken.
    """
    metadata = path / "metadata.json"
    if not metadata.is_file():
        return None
    try:
        facts = json.loads(metadata.read_text(encoding="utf-8"))
        if facts.get("type", "translate") != "translate":
            return None
        source, target = str(facts["from_code"]), str(facts["to_code"])
    except (ValueError, KeyError, AttributeError, RecursionError) as error:
        raise _broken(path, "metadata.json does not name its languages") from error
    unlike = next((code for code in (source, target) if not _CODE.fullmatch(code)), None)
    if unlike is not None:
        raise _broken(path, f"metadata.json names a language {unlike[:40]!r}")
    missing = [name for name in REQUIRED if not (path / name).is_file()]
    if not any((path / name).is_file() for name in TOKENIZERS):
        missing.append(" or ".join(TOKENIZERS))
    if missing:
        raise _broken(path, f"{', '.join(missing)} is missing")
    # It stands in provenance, in lists and in editions: a word of plain signs.
    version = _NO_WORD.sub("", str(facts.get("package_version") or ""))[:40] or "0"
    prefix = str(facts.get("target_prefix") or "")
    if not prefix.isprintable():
        raise _broken(path, "the target_prefix of metadata.json is no token")
    return Package(path, source, target, version, prefix)


def card(package: Package) -> dict[str, Any]:
    """Return the model card in a package's metadata: data, licences, scores, limits; empty without one."""
    found = json.loads((package.path / "metadata.json").read_text(encoding="utf-8")).get("card")
    return found if isinstance(found, dict) else {}


def installed(folders: Sequence[Path]) -> Iterator[Package]:
    """Yield the packages of some folders, then the starter packages; a folder that is not there has none."""
    for folder in (*folders, STARTERS):
        if folder.is_dir():
            for path in sorted(folder.iterdir()):
                package = read(path) if path.is_dir() and not path.name.startswith(".") else None
                if package:
                    yield package


def find(packages: Sequence[Package], source: str, target: str) -> Package | None:
    """Return the first package for a direction, by full code (`pt-BR`), then by language (`pt`)."""
    for wanted in ((source, target), (primary(source), target), (primary(source), primary(target))):
        for package in packages:
            if (package.source, package.target) == wanted:
                return package
    return None


def route(packages: Sequence[Package], source: str, target: str) -> tuple[Package, ...]:
    """Return the packages that lead from one language to another: one, or two through English, or none."""
    direct = find(packages, source, target)
    if direct:
        return (direct,)
    first, second = find(packages, source, "en"), find(packages, "en", target)
    return (first, second) if first and second else ()


def listed(name: str) -> bool:
    """Say whether a file belongs into the manifest: all but the manifest itself.

    >>> listed("model/model.bin"), listed("manifest.json")
    (True, False)
    """
    return name != MANIFEST


def drafting(name: str) -> bool:
    """Say whether a file is read for drafting; Argos's packages hold sentence splitters too, which are large.

    >>> drafting("model/model.bin"), drafting("stanza/fr/tokenize/gsd.pt")
    (True, False)
    """
    return name.startswith("model/") or name in REQUIRED or name in TOKENIZERS


def checksums(path: Path, wanted: Callable[[str], bool] = listed) -> dict[str, str]:
    """Return the SHA-256 of the wanted files of a package by their paths; hidden files are left out."""
    return {
        name.as_posix(): sha256(path / name)
        for name in sorted(file.relative_to(path) for file in path.rglob("*") if file.is_file())
        if not any(part.startswith(".") for part in name.parts) and wanted(name.as_posix())
    }


def seal(path: Path, **facts: str) -> None:
    """Write the manifest of the package in a folder: some facts, and the SHA-256 of every file as it is now."""
    manifest = {**facts, "files": checksums(path)}
    write_atomic(path / MANIFEST, (json.dumps(manifest, indent=1, sort_keys=True) + "\n").encode())


def verify(package: Package, wanted: Callable[[str], bool] = listed) -> list[str] | None:
    """Return the wanted files of a package that differ from its manifest; None where it has none.

    A starter package always has one; where it is gone, it is what differs.
    """
    try:
        files = json.loads((package.path / MANIFEST).read_text(encoding="utf-8"))["files"].items()
    except FileNotFoundError:
        return [MANIFEST] if package.starter else None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return [MANIFEST]
    expected = {name: digits for name, digits in files if wanted(name)}
    actual = checksums(package.path, wanted)
    return sorted(name for name in expected.keys() | actual.keys() if expected.get(name) != actual.get(name))


def sealed(package: Package) -> None:
    """Refuse a package if a file read for drafting is not what its manifest says: a damaged model errs fluently.

    Raises:
        PackageError: files were changed, added or taken away; the error names them.
    """
    differing = verify(package, drafting)
    if differing:
        again = "install Translation Desk" if package.starter else "translate models install --force FILE.argosmodel"
        raise PackageError(
            f"the package is not as it was installed; changed: {', '.join(differing)}",
            where=str(package.path / differing[0]),
            remedy=f"Nothing was drafted with it. Put back what was there, or install it again: {again}.",
        )


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file as hexadecimal digits; a file is read once, as long as it stays the same."""
    stat = path.stat()
    return _digest(path, stat.st_ino, stat.st_size, stat.st_mtime_ns)


@cache
def _digest(path: Path, *_: int) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _broken(path: Path, problem: str) -> PackageError:
    return PackageError(
        f"the Argos package is broken: {problem}",
        where=str(path),
        remedy=f"Install it again: translate models install --force FILE.argosmodel, or delete {path}.",
    )
