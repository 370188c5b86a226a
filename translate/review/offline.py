"""Review without a server: a story as one file for a translator who has nothing installed, and what comes back of it.

The page holds everything and asks for nothing from anywhere; the decisions made in it come back as a small PO file. Its
header says of which document, which language and which revision of the catalog (`X-Base`, the SHA-256 of the file), a
comment of each entry (`# @given …`) what was given out of it.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polib

from translate import checking, reading
from translate.catalogs import header, provenance, store
from translate.catalogs.interchange import returns, sheets
from translate.catalogs.interchange.returns import Result, Return
from translate.catalogs.interchange.sheets import Item
from translate.catalogs.states import State, state
from translate.catalogs.units import Unit, keys, units
from translate.documents import sources
from translate.documents.model import HEADINGS, Document, Segment
from translate.editions import labels
from translate.editions.disclosure import in_script, person
from translate.editions.targets.rendering import direction, environment
from translate.errors import CatalogError, UsageError
from translate.knowledge.glossary import Terms
from translate.project import Project
from translate.review.differences import differences

if TYPE_CHECKING:
    from jinja2 import Template

_HERE = Path(__file__).parent
# One after the other they are the script of a page, which has room for one and can load none.
_SCRIPTS = ("words", "page", "decisions", "codes", "list", "acts", "finding", "story", "saving", "start")
_DOCUMENT, _BASE = "X-Document", "X-Base"
_GIVEN = "@given"


@dataclass(frozen=True, slots=True)
class Returned:
    """What came back in a file; `written` says whether the catalog changed.

    `reviewer` is empty where the file names nobody. `current` says that the catalog is still the one that the page was
    made of; else `changed` of the entries in the file have got other words, or another source, since.
    """

    file: Path
    document: str
    language: str
    reviewer: str
    result: Result
    written: bool
    current: bool
    changed: int

    @property
    def base(self) -> str:
        """Return what there is to say of the revision that the page was made of."""
        if self.current:
            return "made for this revision of the catalog"
        count = f"{self.changed} of its entries" if self.changed else "none of its entries"
        return f"made for an older revision of the catalog; {count} changed since"


def page(project: Project, document: Document, language: str, catalog: store.Catalog, now: dt.datetime) -> bytes:
    """Return a story with its translations as one HTML page, in which a person reviews it without any server.

    Raises:
        CatalogError: the catalog lacks a text of the document, or an entry has plural forms.
    """
    from markupsafe import Markup

    # A line end that is not LF would be another text to the browser, and have another hash.
    style = (_HERE / "static" / "offline.css").read_text(encoding="utf-8")
    script = "\n".join((_HERE / "static/offline" / f"{one}.js").read_text(encoding="utf-8") for one in _SCRIPTS)
    data = json.dumps(_data(project, document, language, catalog, now), ensure_ascii=False, separators=(",", ":"))
    text = _template().render(
        document=document.name,
        policy=f"default-src 'none'; script-src {_allowed(script)}; style-src {_allowed(style)}; "
        "base-uri 'none'; form-action 'none'",
        style=Markup(style),
        script=Markup(script),
        data=Markup(in_script(data)),
    )
    return (text.rstrip("\n") + "\n").encode()


def bring_in(project: Project, files: Sequence[Path], now: dt.datetime) -> list[Returned]:
    """Put the decisions that people made in such pages into the catalogs of the desk.

    Raises:
        UsageError: a file is not from a page of this desk; nothing is written.
        CatalogError: a file or a catalog cannot be read; nothing is written.
    """
    catalogs: dict[tuple[str, str], store.Catalog] = {}
    done: list[tuple[Path, tuple[str, str], str, Result, bool, int]] = []
    for path in files:
        file = _read(path)
        place = _place(project, path, file)
        catalog = catalogs.get(place) or catalogs.setdefault(place, reading.catalog(project, *place))
        brought = [_return(entry) for entry in file if not entry.obsolete and not entry.msgid_plural]
        changed = sum(_changed(catalog, one, entry) for one, entry in brought)
        current = file.metadata.get(_BASE) == catalog.read_hash
        who = person(header.translator(file.metadata))
        result = _apply(catalog, [one for one, _ in brought], who, _when(file, now), now)
        done.append((path, place, who, result, current, changed))
    written = {place for place, catalog in catalogs.items() if store.save(catalog)}
    return [
        Returned(path, *place, who, result, place in written, current, changed)
        for path, place, who, result, current, changed in done
    ]


def _data(
    project: Project, document: Document, language: str, catalog: store.Catalog, now: dt.datetime
) -> dict[str, Any]:
    """Return all that the page shows."""
    sheet = sheets.sheet(catalog, document.name, project.source, language)
    by_name = {item.name: item for item in sheet.items}
    # The names of days and months, which CLDR has and every translator knows, would be noise.
    terms = replace(reading.glossary(project, now.date()), general=False).between(project.source, language)
    found = checking.examined(project, [(document, language, catalog)], now.date())
    by_key = groupby(sorted(found, key=_of), _of)
    findings = {key: [one for one in several if not one.waived] for key, several in by_key}
    items, numbers = [], {}
    for number, unit in enumerate(units(document)):
        entry, item = catalog.get(unit.key), by_name.get(sheets.name(unit.key))
        if entry is None or item is None:
            raise CatalogError(
                f"the catalog lacks a text of the document: {unit.text[:60]!r}",
                where=f"{project.shown(catalog.path)}:{unit.lines[0]}",
                remedy=f"Bring it up to date with: translate extract {document.name}",
            )
        numbers[unit.key] = number
        items.append(_row(unit, item, entry, terms) | {"findings": _said(findings.get((unit.key[0] or "", unit.text)))})
    key_of = keys(document)
    return {
        "document": document.name,
        "from": {"lang": project.source, "dir": direction(project.source)},
        "into": {"lang": language, "dir": direction(language)},
        "base": catalog.read_hash,
        "made": now.isoformat(),
        "header": {
            # Not the catalog's own: other tools write there where the desk keeps its files.
            **header.catalog_header(document.name, project.source, language, now),
            "Language": language.replace("-", "_"),
            _DOCUMENT: document.name,
            _BASE: catalog.read_hash,
        },
        "items": items,
        "story": [
            {"role": block.role, "story": block.story, "pieces": pieces}
            for block in document.blocks
            if (
                pieces := [
                    numbers[key_of[piece.role in HEADINGS, piece.text]]
                    if isinstance(piece, Segment)
                    else labels.text_of(piece, language, labels.labels(language, project.labels))
                    for piece in block.pieces
                ]
            )
        ],
    }


def _of(one: checking.Found) -> tuple[str, str]:
    return one.context or "", one.source


def _said(found: Sequence[checking.Found] | None) -> list[dict[str, str]]:
    return [
        {"check": one.finding.check, "severity": one.finding.severity, "message": one.finding.message}
        for one in found or ()
    ]


def _row(unit: Unit, item: Item, entry: polib.POEntry, terms: Terms) -> dict[str, Any]:
    """Return what the page shows of an entry; confidence and engine only while the words are the engine's."""
    made = provenance.parse(entry.tcomment) if item.made else None
    role = next(iter(unit.roles), None)
    return {
        "id": item.identity,
        "context": entry.msgctxt,
        "source": item.source,
        "target": item.target,
        "state": item.state,
        "roles": unit.roles,
        "limit": unit.limit,
        "note": item.note,
        "previous": item.previous,
        "difference": differences(item.previous, item.source) if item.previous else [],
        "engine": provenance.drafter(made.facts) if made else "",
        "starter": bool(made and made.facts.get("origin") == "starter"),
        "confidence": made.confidence if made else None,
        "terms": [
            {
                "text": term.text,
                "translations": [_open_ended(one) for one in term.translations],
                "forbidden": [_open_ended(one) for one in term.forbidden],
                "note": term.note,
            }
            for term in dict.fromkeys(one.term for one in terms.find(unit.text, role))
        ],
    }


def _open_ended(variant: str) -> str:
    """Show a variant that stands for every word that begins so."""
    return f"{variant[:-1]}…" if variant.endswith("*") else variant


def _allowed(text: str) -> str:
    """Return the source of a Content-Security-Policy that allows this text and no other."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _template() -> Template:
    from jinja2 import FileSystemLoader

    return environment(FileSystemLoader(_HERE / "templates"), lambda _: True).get_template("offline.html.j2")


def _read(path: Path) -> polib.POFile:
    if not path.is_file():
        raise UsageError("there is no such file", where=str(path), remedy="Name the file that the translator sent.")
    loaded = store.load(path)
    assert loaded is not None
    return loaded.file


def _place(project: Project, path: Path, file: polib.POFile) -> tuple[str, str]:
    """Return the document and the language that a file names in its header."""
    document, language = file.metadata.get(_DOCUMENT, ""), file.metadata.get("Language", "").replace("_", "-")
    if not document:
        raise UsageError(
            f"the file does not come from a review page: its header has no {_DOCUMENT}",
            where=str(path),
            remedy="Import what the page saved. Files of other tools come in with: translate exchange import FILE",
        )
    known = sources.find(project.source_folder)
    if document not in known:
        raise UsageError(
            f"{document!r} is no document of this desk",
            where=str(path),
            remedy=f"Name the desk it belongs to with --project. Documents here: {', '.join(known) or 'none'}.",
        )
    wanted = [target for target in project.targets if target.lower() == language.lower()]
    if not wanted:
        raise UsageError(
            f"{language!r} is not a target language of this desk",
            where=str(path),
            remedy=f"Targets: {', '.join(project.targets)}. Add it to targets in translate.toml.",
        )
    return document, wanted[0]


def _return(entry: polib.POEntry) -> tuple[Return, polib.POEntry]:
    """Return an entry as it comes back; what was given out of it counts only where it is said of this very entry.

    Other tools copy comments to texts that look alike.
    """
    lines = entry.tcomment.split("\n")
    said = next((line.split()[1:2] for line in lines if line.startswith(_GIVEN)), [])
    identity, own = "".join(said), sheets.name(store.key(entry))
    note = "\n".join(line for line in lines if not line.startswith(_GIVEN))
    now = state(entry)
    previous = entry.previous_msgid if now is State.STALE else ""
    identity = identity if sheets.parted(identity)[0] == own else own
    return Return(identity, entry.msgid, entry.msgstr, now, note, previous=previous or ""), entry


def _changed(catalog: store.Catalog, one: Return, entry: polib.POEntry) -> bool:
    """Say whether an entry has other words than were given out and than come back, or left the story."""
    there = catalog.get(store.key(entry))
    if there is None:
        return True
    given = sheets.given(state(there), there.msgstr) == sheets.parted(one.identity)[1]
    return not given and there.msgstr != one.target


def _when(file: polib.POFile, now: dt.datetime) -> dt.datetime:
    """Return when the decisions were saved, as far as the file says so and may be believed."""
    try:
        said = dt.datetime.fromisoformat(file.metadata.get("PO-Revision-Date", ""))
    except ValueError:
        return now
    return min(said.astimezone(now.tzinfo), now) if said.tzinfo else now


def _apply(catalog: store.Catalog, brought: Sequence[Return], who: str, when: dt.datetime, now: dt.datetime) -> Result:
    """Put what came back into a catalog; what became reviewed by it names the person, and no other."""
    before = store.digest(catalog.file)
    were = [(entry.msgstr, entry.fuzzy) for entry in catalog.file]
    result = returns.apply(catalog, brought)
    if store.digest(catalog.file) == before:
        return result
    for entry, was in zip(catalog.file, were, strict=True):
        if was == (entry.msgstr, entry.fuzzy):
            continue
        entry.tcomment = provenance.without(entry.tcomment, "@reviewed")
        if who and state(entry) is State.REVIEWED:
            line = provenance.reviewed_line(who, when.isoformat(timespec="minutes"), entry.msgid, entry.msgstr)
            entry.tcomment = provenance.with_line(entry.tcomment, line).lstrip("\n")
    header.revise(catalog.file.metadata, now, who)
    return result
