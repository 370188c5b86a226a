"""Catalogs for the tests of exchange, made in memory."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import polib
from lxml import etree

from translate.catalogs import provenance
from translate.catalogs.interchange import tables, xliff, xliff1, xliff2
from translate.catalogs.interchange.returns import Result, Return, apply
from translate.catalogs.interchange.sheets import Sheet, given, name, sheet
from translate.catalogs.states import State, set_fuzzy, state
from translate.catalogs.store import Catalog

FORMS: dict[str, Any] = {
    "xliff2": (xliff2.dump, xliff.load),
    "xliff1": (xliff1.dump, xliff.load),
    "csv": (tables.dump_csv, tables.load_csv),
    "xlsx": (tables.dump_xlsx, tables.load_xlsx),
}
SCHEMAS = Path(__file__).parent / "schemas"


def entry(
    msgid: str,
    msgstr: str = "",
    was: State = State.UNTRANSLATED,
    *,
    previous: str = "",
    context: str | None = None,
    note: str = "",
    drafted: bool = False,
) -> polib.POEntry:
    made = polib.POEntry(msgid=msgid, msgstr=msgstr, msgctxt=context, tcomment=note)
    made.comment, made.occurrences = "role: lead\nunder: Le port\nlength limit: 51", [("source/port.txt", "3")]
    if drafted:
        line = provenance.Provenance({"engine": "argos"}, 0.5, (), provenance.fingerprint(msgstr)).line()
        made.tcomment = f"{note}\n{line}" if note else line
    if previous:
        made.previous_msgid = previous
    set_fuzzy(made, bool(msgstr) and was is not State.REVIEWED)
    assert state(made) is was or not msgstr.strip()
    return made


def catalog(*entries: polib.POEntry) -> Catalog:
    file = polib.POFile(wrapwidth=0)
    file.metadata = {"Language": "de", "Content-Type": "text/plain; charset=UTF-8"}
    file.extend(entries)
    return Catalog(Path("port.po"), file)


def out(one: Catalog) -> Sheet:
    return sheet(one, "port", "fr", "de")


def identity(made: polib.POEntry) -> str:
    """Return the identity with which an entry goes out."""
    return f"{name((made.msgctxt, made.msgid))}-{given(state(made), made.msgstr)}"


def exchanged(form: str, sent: Catalog, received: Catalog) -> Result:
    """Send a catalog out in a form and put what comes back into another."""
    dump, load = FORMS[form]
    (batch,) = load(dump(out(sent)), "port")
    assert (batch.document, batch.language) == ("port", "de")
    return apply(received, batch.returns)


def returned(data: bytes) -> list[Return]:
    """Read an XLIFF file of one document."""
    (batch,) = xliff.load(data, "port.xlf")
    return list(batch.returns)


class _Copies(etree.Resolver):
    def resolve(self, system_url: str, _public_id: str, context: Any) -> Any:
        if system_url == "http://www.w3.org/2001/xml.xsd":
            copy = SCHEMAS / "informativeCopiesOf3rdPartySchemas/w3c/xml.xsd"
            return self.resolve_filename(str(copy), context)
        return None


def _parser() -> etree.XMLParser:
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_Copies())
    return parser


def schema(version: str) -> etree.XMLSchema:
    """Return OASIS's schema of a version: 1.2 (strict), or 2 with its modules."""
    if version == "1.2":
        return etree.XMLSchema(etree.parse(str(SCHEMAS / "xliff-core-1.2-strict.xsd"), _parser()))
    modules = {"matches": "matches", "sizerestriction": "size_restriction", "metadata": "metadata"}
    imports = "".join(
        f'<xs:import namespace="urn:oasis:names:tc:xliff:{space}:2.0" schemaLocation="modules/{file}.xsd"/>'
        for space, file in modules.items()
    )
    core = '<xs:import namespace="urn:oasis:names:tc:xliff:document:2.0" schemaLocation="xliff_core_2.0.xsd"/>'
    whole = f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{imports}{core}</xs:schema>'
    return etree.XMLSchema(etree.parse(io.BytesIO(whole.encode()), _parser(), base_url=str(SCHEMAS / "all.xsd")))


def judged(version: str, data: bytes) -> str:
    """Return what OASIS's schema finds wrong with a file; nothing, when it is right."""
    found = schema(version)
    return "" if found.validate(etree.fromstring(data)) else str(found.error_log)
