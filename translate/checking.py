"""The check verb as functions over a Project: what is probably wrong in catalogs, and mends that are certain."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import repeat

import polib

from translate.catalogs import header, provenance, store, waivers
from translate.catalogs.dictionary import dictionary
from translate.catalogs.states import State, state
from translate.catalogs.units import Key, Unit, units
from translate.documents.model import Document
from translate.knowledge import history
from translate.knowledge.glossary import Terms
from translate.knowledge.spelling import speller
from translate.processes import mapped, workers
from translate.project import Project
from translate.quality.checks import WARNINGS_ONLY, Finding, Pair, Severity, checks, examine
from translate.reading import catalogs, glossary, languages

# A process is worth its start (dictionaries are loaded again) for so many entries; they are handed out in such shares.
_MANY, _SHARE = 4_000, 1_000


@dataclass(frozen=True, slots=True)
class Found:
    """A finding and the entry it is about: the line of the source, the path of the catalog and the line in it.

    `waived` is the reason that a person gave for leaving it as it is; then it does not count.
    """

    document: str
    language: str
    line: int
    source: str
    translation: str
    finding: Finding
    catalog: str
    catalog_line: int
    waived: str = ""
    context: str | None = None

    @property
    def is_error(self) -> bool:
        """Say whether it is surely wrong and nobody waived it."""
        return self.finding.severity is Severity.ERROR and not self.waived


@dataclass(frozen=True, slots=True)
class Mended:
    """An entry whose translation was mended, and which checks mended it."""

    document: str
    language: str
    catalog: str
    before: str
    after: str
    checks: tuple[str, ...]


def check(project: Project, documents: Sequence[Document], only: Sequence[str], today: dt.date) -> list[Found]:
    """Examine every translation of some documents with the checks that the desk has on; `today` is for terms."""
    targets = languages(project, only)
    most = sum(1 for document in documents for _ in document.segments) * len(targets)
    return _examined(project, catalogs(project, documents, only), most, targets, project.checks_off, today)


def examined(
    project: Project,
    loaded: Sequence[tuple[Document, str, store.Catalog]],
    today: dt.date,
    *,
    errors_only: bool = False,
) -> list[Found]:
    """Examine every translation in some catalogs, each with its document and language.

    With `errors_only`, the checks that find no errors are left out; what others warn of is there all the same.
    """
    most, targets = sum(len(catalog.entries) for _, _, catalog in loaded), {language for _, language, _ in loaded}
    off = project.checks_off | (WARNINGS_ONLY if errors_only else frozenset())
    return _examined(project, loaded, most, targets, off, today)


def _examined(
    project: Project,
    loaded: Iterable[tuple[Document, str, store.Catalog]],
    most: int,
    targets: Iterable[str],
    off: frozenset[str],
    today: dt.date,
) -> list[Found]:
    """Examine the translations in some catalogs, of which there are `most`; many are shared out among the cores.

    The catalogs may be read on the way, while other processes load the dictionaries.
    """
    rows: list[tuple[Document, str, Unit, polib.POEntry, Pair]] = []

    def shares() -> Iterator[list[Pair]]:
        rows.extend(_pairs(project, list(loaded), today))
        for at in range(0, len(rows), _SHARE):
            yield [row[-1] for row in rows[at : at + _SHARE]]

    ready = partial(_load, project.source, tuple(targets))
    made = mapped(_examine_share, shares(), repeat(off), processes=workers(most // _MANY), ready=ready)
    findings = [said for share in made for said in share]
    found = []
    for (document, language, unit, entry, _), said in zip(rows, findings, strict=True):
        for finding, waived in _waived(entry, said):
            shown = project.shown(project.catalog(document.name, language))
            place = unit.lines[0], unit.text, entry.msgstr, finding, shown, entry.linenum or 0
            found.append(Found(document.name, language, *place, waived, unit.key[0]))
    return found


def _examine_share(pairs: Sequence[Pair], off: frozenset[str]) -> list[list[Finding]]:
    return [examine(pair, off) for pair in pairs]


def _load(source: str, targets: Iterable[str]) -> None:
    """Load what checks look up, so that it is there when there is something to check."""
    checks()
    for language in (source, "en", *targets):
        speller(language)
        dictionary(language)


def worst(found: Sequence[Found]) -> dict[tuple[str, str], dict[Key, Severity]]:
    """Return the worst that is said of each entry and not waived, by document and language."""
    said: dict[tuple[str, str], dict[Key, Severity]] = {}
    for one in found:
        if not one.waived:
            entries = said.setdefault((one.document, one.language), {})
            key = one.context, one.source
            entries[key] = Severity.ERROR if one.is_error else entries.get(key, one.finding.severity)
    return said


def fix(
    project: Project, documents: Sequence[Document], only: Sequence[str], today: dt.date, now: dt.datetime
) -> list[Mended]:
    """Mend what checks are certain of, in drafts and reviewed translations alike, and write the catalogs.

    What is stale is left as it was, and so is what a person waived. An entry keeps its state.

    Raises:
        CatalogError: somebody else wrote a catalog meanwhile; theirs is kept.
    """
    loaded = list(catalogs(project, documents, only))
    changed: dict[str, store.Catalog] = {}
    by_path = {project.shown(catalog.path): catalog for _, _, catalog in loaded}
    made: list[Mended] = []
    drafts: list[history.Shown] = []
    for document, language, _, entry, pair in _pairs(project, loaded, today):
        if pair.state is State.STALE:
            continue
        after, by = _mended(pair, entry, project.checks_off)
        if not by:
            continue
        shown = project.shown(project.catalog(document.name, language))
        made.append(Mended(document.name, language, shown, entry.msgstr, after, by))
        was = provenance.parse(entry.tcomment)
        if was and was.text == provenance.fingerprint(entry.msgstr):
            drafter = provenance.drafter(was.facts)
            drafts.append(history.Shown(language, entry.msgid, after, drafter, document.name))
        entry.tcomment = provenance.carried(entry.tcomment, entry.msgstr, after)
        entry.msgstr = after
        changed[shown] = by_path[shown]
    # A draft that was mended is what people are shown from now on.
    history.keep(project.history, drafts)
    for catalog in changed.values():
        header.revise(catalog.file.metadata, now)
        store.save(catalog)
    return made


def unspelt(project: Project, only: Sequence[str]) -> list[str]:
    """Return the languages whose spelling cannot be checked: no dictionary of them is installed."""
    if "spelling" in project.checks_off:
        return []
    return [language for language in languages(project, only) if speller(language) is None]


def _mended(pair: Pair, entry: polib.POEntry, off: frozenset[str]) -> tuple[str, tuple[str, ...]]:
    """Apply one mend after the other until there is none; return the text and the checks that changed it.

    Checks that mend in a circle are at odds: then nothing is certain, and nothing changes.
    """
    by: dict[str, None] = {}
    was = {pair.translation: None}
    findings = examine(pair, off)
    while chosen := _chosen(pair, entry, findings, off):
        finding, pair, findings = chosen
        if pair.translation in was:
            return next(iter(was)), ()
        by[finding.check] = was[pair.translation] = None
    return pair.translation, tuple(by)


def _chosen(
    pair: Pair, entry: polib.POEntry, findings: Sequence[Finding], off: frozenset[str]
) -> tuple[Finding, Pair, list[Finding]] | None:
    """Return the first finding with a mend, the mended pair and what is found then; no mend may bring an error."""
    for finding, waived in _waived(entry, findings):
        if finding.mend and not waived:
            mended = replace(pair, translation=finding.mend)
            left = examine(mended, off)
            if _errors(left) <= _errors(findings):
                return finding, mended, left
    return None


def _errors(findings: Sequence[Finding]) -> set[str]:
    return {one.check for one in findings if one.severity is Severity.ERROR}


def _waived(entry: polib.POEntry, findings: Sequence[Finding]) -> Iterator[tuple[Finding, str]]:
    """Yield each finding with the reason for which it is waived, and what is wrong with the waivers themselves."""
    given = waivers.given(entry)
    for finding in findings:
        yield finding, given.get(finding.check, "")
    for name, reason in given.items():
        if name not in checks():
            yield Finding("waivers", Severity.WARNING, f"check-ignore names {name!r}, which is no check"), ""
        elif not reason:
            yield Finding("waivers", Severity.WARNING, f"check-ignore: {name} has no reason, so it does not hold"), ""


def _pairs(
    project: Project, loaded: Sequence[tuple[Document, str, store.Catalog]], today: dt.date
) -> Iterator[tuple[Document, str, Unit, polib.POEntry, Pair]]:
    """Yield every translated entry of some catalogs as checks see it."""
    known = glossary(project, today)
    terms = {language: known.between(project.source, language) for _, language, _ in loaded}
    others = {language: _translations(loaded, language) for language in terms}
    for document, language, catalog in loaded:
        for unit in units(document):
            entry = catalog.get(unit.key)
            if entry is not None and entry.msgstr:
                pair = _pair(project, unit, entry, language, terms[language], others[language])
                yield document, language, unit, entry, pair


def _pair(
    project: Project,
    unit: Unit,
    entry: polib.POEntry,
    language: str,
    terms: Terms,
    others: Mapping[Key, dict[str, None]],
) -> Pair:
    elsewhere = tuple(text for text in others.get(unit.key, ()) if text != entry.msgstr)
    now = state(entry)
    if now is State.STALE:
        elsewhere = ()
    return pair(project, unit, language, entry.msgstr, now, terms, elsewhere)


def pair(
    project: Project, unit: Unit, language: str, text: str, now: State, terms: Terms, elsewhere: tuple[str, ...] = ()
) -> Pair:
    """Return words for a text in a language as checks see them; `elsewhere` are those it has in other places."""
    return Pair(unit.text, text, project.source, language, now, unit.limit, unit.roles, terms, elsewhere)


def _translations(loaded: Sequence[tuple[Document, str, store.Catalog]], language: str) -> dict[Key, dict[str, None]]:
    """Return the translations of each text in a language, where there are several."""
    found: dict[Key, dict[str, None]] = {}
    for _, one, catalog in loaded:
        if one == language:
            for entry in catalog.entries:
                if state(entry) in (State.DRAFT, State.REVIEWED):
                    found.setdefault(store.key(entry), {})[entry.msgstr] = None
    return {key: texts for key, texts in found.items() if len(texts) > 1}
