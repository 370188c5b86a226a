"""What the locked dependencies bring along: their licences as a page, and all of them as a bill of materials.

    python .ci/supply.py licences docs/licences.md
    python .ci/supply.py sbom build/sbom.cdx.json

Reads `.ci/locked/*.txt`, the metadata of what is installed in this environment (`make licences` has all of it), and
the manifests of the starter packages. Fails where a licence is new to us: a person reads it and adds it here.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LOCKED = ROOT / ".ci" / "locked"
#: Licences under which a dependency may come along with a program under MIT, or be used to make it.
ACCEPTED = {
    *("MIT", "MIT-0", "MIT-CMU", "ISC", "0BSD", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "PSF-2.0", "Zlib"),
    *("CC0-1.0", "CNRI-Python", "MPL-1.1", "MPL-2.0"),
}
#: Those that stay as their own files and are not accepted in general, each with the reason why they may come along.
EXCUSED = {
    "minisbd": "argos-translate-lt splits sentences with it; Translation Desk never imports it (a test holds that)"
}
#: What the metadata says in words of its own, and what is not installed everywhere; read in the packages themselves.
STATED = {
    "chunspell": "MIT AND (MPL-1.1 OR GPL-2.0-or-later OR LGPL-2.1-or-later)",
    "colorama": "BSD-3-Clause",
    "flatbuffers": "Apache-2.0",
    "httpx2-jsfetch": "BSD-3-Clause",
    "jinja2": "BSD-3-Clause",
    "lxml-stubs": "Apache-2.0",
    "minisbd": "AGPL-3.0",
    "onnxruntime": "MIT",
    "pathspec": "MPL-2.0",
    "protobuf": "BSD-3-Clause",
    "pyromark": "MIT",
    "pystemmer": "MIT AND BSD-3-Clause",
    "shellingham": "ISC",
    "sortedcontainers": "Apache-2.0",
    "trove-classifiers": "Apache-2.0",
}
#: What only the training of starter packages needs (training/requirements.txt); it is not locked and not shipped.
TRAINING = {"torch": "BSD-3-Clause and others of its parts, all permissive", "eflomal": "GPL-3.0"}
_LOCK = re.compile(r"(?P<name>[a-z0-9.-]+)==(?P<version>\S+?)(?: ; (?P<marker>.+?))? \\$")


@dataclass(frozen=True, slots=True)
class Locked:
    """One pinned dependency: name, version, where it is needed (a marker, or empty), the SHA-256 of its files."""

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]


def locked(kind: str) -> Iterator[Locked]:
    """Yield what a lock file (`run`, `dev`, `build`) pins."""
    for block in re.split(r"\n(?=\S)", (LOCKED / f"{kind}.txt").read_text(encoding="utf-8")):
        if found := _LOCK.match(block.splitlines()[0]):
            hashes = re.findall(r"--hash=sha256:([0-9a-f]{64})", block)
            yield Locked(found["name"], found["version"], found["marker"] or "", tuple(hashes))


def licence(name: str) -> str:
    """Return the licence of a dependency as an SPDX expression.

    Raises: LookupError if it states none that is known here, or is not installed.
    """
    if name in STATED:
        return STATED[name]
    try:
        said = metadata.metadata(name)
    except metadata.PackageNotFoundError as error:
        raise LookupError(f"{name} is not installed here: make licences") from error
    for text in (said.get("License-Expression"), said.get("License")):
        if text and set(re.split(r" (?:AND|OR) ", text)) <= ACCEPTED:
            return text
    if "License :: OSI Approved :: MIT License" in (said.get_all("Classifier") or []):
        return "MIT"
    raise LookupError(f"{name}: read its licence and state it in {Path(__file__).name}")


def accepted(expression: str) -> bool:
    """Say whether all parts of an expression are accepted; of alternatives, one is enough."""
    parts = [part.strip("()") for part in re.split(r" AND (?![^(]*\))", expression)]
    return all(any(one in ACCEPTED for one in part.split(" OR ")) for part in parts)


def page() -> str:
    """Return docs/licences.md."""
    run = {one.name for one in locked("run")}
    build = {one.name for one in locked("build")}
    dev = {one.name for one in locked("dev")} - run
    parts = [
        "# Licences of the dependencies",
        "",
        "Translation Desk is MIT. This page is made by `make licences` from the locked dependencies (`.ci/locked`) and",
        "what they say of themselves; the command fails where it meets a licence that nobody has read. Nothing listed",
        "here is copied into the wheel: each is installed as its own package, under its own licence.",
    ]
    for head, names in (
        ("Installed with the program", run),
        ("Used to build the wheel", build),
        ("Used to test and to check", dev - build),
    ):
        parts += ["", f"## {head}", "", "| package | licence |", "| --- | --- |"]
        for name in sorted(names):
            said = licence(name)
            if not accepted(said) and name not in EXCUSED:
                raise LookupError(f"{name}: {said} is not accepted in {Path(__file__).name}")
            parts.append(f"| {name} | {said}{f': {EXCUSED[name]}' if name in EXCUSED else ''} |")
    parts += [
        "",
        "## Used to train the starter packages",
        "",
        "Not installed with the program, not locked, and besides what is listed above (`training/requirements.txt`).",
        "eflomal aligns words of corpora as a program of its own; nothing of it is in the packages.",
        "",
        "| package | licence |",
        "| --- | --- |",
        *(f"| {name} | {said} |" for name, said in sorted(TRAINING.items())),
    ]
    return "\n".join(parts) + "\n"


def bill() -> dict[str, Any]:
    """Return the bill of materials of a wheel (CycloneDX 1.6); the same sources give the same bytes."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    own = f"pkg:pypi/{project['name']}@{project['version']}"
    direct = {re.split(r"[^\w.-]", one, maxsplit=1)[0].replace(".", "-") for one in project["dependencies"]}
    components = [
        {
            "type": "library",
            "bom-ref": (ref := f"pkg:pypi/{one.name}@{one.version}"),
            "name": one.name,
            "version": one.version,
            "purl": ref,
            "licenses": [{"expression": licence(one.name)}],
            "externalReferences": [
                {
                    "type": "distribution",
                    "url": ref,
                    "hashes": [{"alg": "SHA-256", "content": digits} for digits in one.hashes],
                }
            ],
            **({"properties": [{"name": "python:marker", "value": one.marker}]} if one.marker else {}),
        }
        for one in locked("run")
    ]
    needed = [str(one["bom-ref"]) for one in components if one["name"] in direct]
    for path in sorted((ROOT / "translate" / "engines" / "starter").glob("*/manifest.json")):
        facts = json.loads((path.parent / "metadata.json").read_text(encoding="utf-8"))
        digits = json.loads(path.read_text(encoding="utf-8"))["files"]["model/model.bin"]
        components.append(
            {
                "type": "machine-learning-model",
                "bom-ref": f"starter/{path.parent.name}",
                "name": path.parent.name,
                "version": facts["package_version"],
                "hashes": [{"alg": "SHA-256", "content": digits}],
            }
        )
        needed.append(f"starter/{path.parent.name}")
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": own,
                "name": project["name"],
                "version": project["version"],
                "purl": own,
                "licenses": [{"expression": project["license"]}],
            }
        },
        "components": components,
        "dependencies": [{"ref": own, "dependsOn": sorted(needed)}],
    }


def main() -> None:
    """Write the page or the bill."""
    kind, path = sys.argv[1], Path(sys.argv[2])
    try:
        text = page() if kind == "licences" else json.dumps(bill(), indent=1) + "\n"
    except LookupError as error:
        sys.exit(f"{error}")
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
