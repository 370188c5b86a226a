"""Other people's programs read what we wrote, write it again, and nothing is lost: Translate Toolkit and OmegaT."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import polib
import pytest

from tests.catalogs.interchange.catalogs import catalog, entry, out
from tests.conftest import program
from translate.catalogs.interchange import xliff, xliff1, xliff2
from translate.catalogs.interchange.returns import Result, apply
from translate.catalogs.states import State, state
from translate.catalogs.store import Catalog

ROOT = Path(__file__).parents[3]
SOURCES = ("Le <1>port</1> rouvre<2/>.", "Il était <1>fermé</1> lundi.", "Rien & < rien.", "Oui.", "Sonde \x1b?")


def entries(*, translated: bool = True) -> Catalog:
    if not translated:
        return catalog(*map(entry, SOURCES))
    return catalog(
        entry(SOURCES[0], "Der <1>Hafen</1> öffnet<2/>.", State.REVIEWED, note="Eva: gut"),
        entry(SOURCES[1], "Er war <1>zu</1>.", State.STALE, previous="Il était <1>fermé</1> hier."),
        entry(SOURCES[2], "Nichts & < nichts.", State.DRAFT, drafted=True),
        entry(SOURCES[3]),
        entry(SOURCES[4], "Sonde \x1b!", State.REVIEWED),
    )


def brought_in(data: bytes, into: Catalog) -> Result:
    (batch,) = xliff.load(data, "port.xlf")
    return apply(into, batch.returns)


def facts(one: Catalog) -> list[tuple[str, State, str]]:
    return [(made.msgstr, state(made), made.previous_msgid or "") for made in one.entries]


@pytest.fixture
def toolkit(tmp_path: Path) -> Path:
    """Return the programs of Translate Toolkit, which lives in an environment of its own (.ci/real makes it)."""
    folder = Path(os.environ.get("TRANSLATE_TOOLKIT", ROOT / ".toolkit")) / "bin"
    if not (folder / "pocount").exists():
        if os.environ.get("CI"):
            pytest.fail("Translate Toolkit is missing: bash .ci/real")
        pytest.skip("Translate Toolkit is not there: bash .ci/real")
    return folder


def run(*command: str | Path) -> str:
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120, env={"PATH": os.defpath})
    assert "WARNING" not in done.stderr, done.stderr
    return done.stdout


#: Reads a file with the class it names, prints what it sees, changes it as a translator would, writes it again.
TRANSLATOR = """
import sys
from translate.storage import xliff, xliff2
path, kind, changed = sys.argv[1:]
store = {"1": xliff.Xliff1File, "2": xliff2.Xliff2File}[kind].parsefile(path)
print(len(store.units), sum(unit.isfuzzy() for unit in store.units), sum(bool(unit.target) for unit in store.units))
if changed == "yes":
    empty = next(unit for unit in store.units if not unit.target)
    empty.target = "Ja."
    empty.markapproved(True)
store.savefile(path)
"""


@pytest.mark.parametrize(("kind", "dump"), [("1", xliff1.dump), ("2", xliff2.dump)])
def test_translate_toolkit_reads_changes_and_writes(kind: str, dump: object, toolkit: Path, tmp_path: Path) -> None:
    assert callable(dump)
    path = tmp_path / "port.xlf"
    path.write_bytes(dump(out(entries())))
    units, fuzzy, filled = run(toolkit / "python", "-I", "-c", TRANSLATOR, path, kind, "no").split()
    assert (units, fuzzy, filled) == ("5", "2", "4")
    fresh, sent = entries(translated=False), entries()
    brought_in(path.read_bytes(), fresh)
    assert facts(fresh) == facts(sent)

    run(toolkit / "python", "-I", "-c", TRANSLATOR, path, kind, "yes")
    result = brought_in(path.read_bytes(), sent)
    assert (result.taken, result.unchanged, result.troubles) == (1, 4, [])
    assert sent.entries[3].msgstr == "Ja."
    assert facts(sent)[:3] == facts(entries())[:3]


def test_translate_toolkit_counts_and_filters_and_pretranslates(toolkit: Path, tmp_path: Path) -> None:
    path, made, filtered = tmp_path / "port.xlf", tmp_path / "made.xlf", tmp_path / "filtered.xlf"
    path.write_bytes(xliff1.dump(out(entries())))
    table = run(toolkit / "pocount", "--csv", path).splitlines()
    counts = dict(zip(table[0].split(","), table[1].split(","), strict=False))
    assert [int(value) for name, value in counts.items() if name.strip().endswith("Messages")][:1] == [2]
    run(toolkit / "pofilter", "--progress=none", "-i", path, "-o", filtered)
    into = entries()
    assert brought_in(filtered.read_bytes(), into).troubles == []
    assert facts(into) == facts(entries())
    old = tmp_path / "old.xlf"
    old.write_bytes(xliff1.dump(out(catalog(entry(SOURCES[3], "Ja.", State.REVIEWED)))))
    run(toolkit / "pretranslate", "--progress=none", "-t", old, "-i", path, "-o", made)
    result = brought_in(made.read_bytes(), into)
    assert (into.entries[3].msgstr, result.troubles) == ("Ja.", [])
    assert facts(into)[:3] == facts(entries())[:3]


def test_what_translate_toolkit_makes_of_our_catalog_comes_back(toolkit: Path, tmp_path: Path) -> None:
    path, made = tmp_path / "port.po", tmp_path / "made.xlf"
    sent = catalog(*entries().entries[:4])
    path.write_text(str(sent.file), encoding="utf-8")
    run(toolkit / "po2xliff", "--progress=none", "-i", path, "-o", made)
    fresh = catalog(*map(entry, SOURCES[:4]))
    assert brought_in(made.read_bytes(), fresh).troubles == []
    assert facts(fresh) == facts(sent)


def test_translate_toolkit_makes_a_catalog_of_our_file(toolkit: Path, tmp_path: Path) -> None:
    """It leaves inline elements out: what has codes must come back as XLIFF."""
    path, made = tmp_path / "port.xlf", tmp_path / "made.po"
    path.write_bytes(xliff1.dump(out(entries())))
    run(toolkit / "xliff2po", "--progress=none", "-i", path, "-o", made)
    found = {one.msgid: (one.msgstr, one.fuzzy) for one in polib.pofile(str(made))}
    assert found["Rien & < rien."] == ("Nichts & < nichts.", True)
    assert found["Le port rouvre."] == ("Der Hafen öffnet.", False)


PROJECT = """<omegat><project version="1.0">
<target_dir>__DEFAULT__</target_dir><source_dir>__DEFAULT__</source_dir><tm_dir>__DEFAULT__</tm_dir>
<glossary_dir>__DEFAULT__</glossary_dir><glossary_file>__DEFAULT__</glossary_file>
<dictionary_dir>__DEFAULT__</dictionary_dir><source_lang>FR</source_lang><target_lang>DE</target_lang>
<sentence_seg>false</sentence_seg><support_default_translations>true</support_default_translations>
<remove_tags>false</remove_tags></project></omegat>
"""
MEMORY = """<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.1"><header creationtool="OmegaT" o-tmf="OmegaT TMX" adminlang="EN-US" datatype="plaintext"
creationtoolversion="3.6.0" segtype="paragraph" srclang="FR"/><body>
<tu><tuv lang="FR"><seg>Er war &lt;g0&gt;zu&lt;/g0&gt;.</seg></tuv>
<tuv lang="DE"><seg>&lt;g0&gt;Zu&lt;/g0&gt; war er.</seg></tuv></tu></body></tmx>
"""


@pytest.mark.slow
def test_omegat_translates_and_writes(tmp_path: Path) -> None:
    omegat = program("omegat")
    for folder in ("source", "target", "tm", "glossary", "dictionary", "omegat"):
        (tmp_path / folder).mkdir()
    (tmp_path / "omegat.project").write_text(PROJECT)
    (tmp_path / "omegat" / "project_save.tmx").write_text(MEMORY)
    (tmp_path / "source" / "port.xlf").write_bytes(xliff1.dump(out(entries())))
    options = ["--mode=console-translate", f"--config-dir={tmp_path}/config"]
    subprocess.run([omegat, tmp_path, *options], check=True, capture_output=True, timeout=120)
    data = (tmp_path / "target" / "port.xlf").read_bytes()
    into = entries()
    result = brought_in(data, into)
    assert (result.taken, result.unchanged, result.troubles) == (1, 4, [])
    assert (into.entries[1].msgstr, state(into.entries[1])) == ("<1>Zu</1> war er.", State.STALE)
    assert [one for at, one in enumerate(facts(into)) if at != 1] == [
        one for at, one in enumerate(facts(entries())) if at != 1
    ]
