"""What comes back: the entries of a returned file put into a catalog, so that nobody's words are overwritten.

Three texts are compared: what was given out (its hash is in the identity of the entry), what came back, and what the
catalog holds now. Where only one side changed, that side wins; where both did, the catalog keeps its own and the other
goes into the translator comments.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import polib

from translate.catalogs import provenance
from translate.catalogs.interchange.inline import legible
from translate.catalogs.interchange.sheets import given, name, parted
from translate.catalogs.states import State, set_fuzzy, state, untouched
from translate.catalogs.store import Catalog, key
from translate.documents.codes import fault

_RETURNED = "@returned"
_LIKENESS = 70.0
# No-break spaces are typography and stay.
_SPACE = re.compile(r"[^\S\u00a0\u202f]+")
_BREAK = re.compile(r"(?<![ \t])[ \t]*[\r\n][ \t\r\n]*")


@dataclass(frozen=True, slots=True)
class Return:
    """An entry that came back.

    `identity` is the one it went out with, or whatever the other program calls it. `state` is None where the file does
    not say. `previous` is the source that a stale translation was made of.
    """

    identity: str
    source: str
    target: str
    state: State | None
    note: str = ""
    origin: tuple[str, ...] = ()
    previous: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """What came back of one document; `document` and `language` are as the file names them, `person` may be empty."""

    document: str
    language: str
    returns: tuple[Return, ...]
    person: str = ""


class Kind(StrEnum):
    """What a person must look at after an import."""

    CONFLICT = "conflict"
    CODES = "codes"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Trouble:
    """A translation that a person must look at."""

    kind: Kind
    source: str
    target: str
    message: str


@dataclass(slots=True)
class Result:
    """What an import did, in entries; `late` are those whose source had changed meanwhile."""

    taken: int = 0
    late: int = 0
    unchanged: int = 0
    troubles: list[Trouble] = field(default_factory=list)


def apply(catalog: Catalog, returns: Sequence[Return]) -> Result:
    """Put what came back into a catalog, in memory."""
    result = Result()
    for one, entry, exact in _found(catalog, returns):
        if entry is None:
            if one.target.strip():
                message = "no entry of the catalog has this source, nor one like it"
                result.troubles.append(Trouble(Kind.UNKNOWN, one.source, one.target, message))
            continue
        if exact:
            _merge(entry, one, result)
        else:
            _merge_late(entry, one, result)
        _add_note(entry, one.note)
    return result


def cleaned(text: str) -> str:
    """Return a text as one line: tools that indent a file break lines in it."""
    return _BREAK.sub(" ", text).strip(" \t\r\n")


def _found(catalog: Catalog, returns: Sequence[Return]) -> Iterable[tuple[Return, polib.POEntry | None, bool]]:
    """Yield the entry of each return, and whether its source is still the one that went out."""
    retired = [entry for entry in catalog.file if entry.obsolete]
    names = {name(key(entry)): entry for entry in catalog.entries}
    # A context is ours to know: of two entries with one text, a foreign file means the one without.
    texts = {entry.msgid: entry for entry in sorted(catalog.entries, key=lambda entry: entry.msgctxt is None)}
    formers = {entry.previous_msgid: entry for entry in catalog.entries if state(entry) is State.STALE}
    left = {name(key(entry)): entry for entry in retired} | {entry.msgid: entry for entry in retired}
    same: list[polib.POEntry | None] = []
    for one in returns:
        ours, _ = parted(one.identity)
        same.append(names.get(ours) if ours else texts.get(cleaned(one.source)))
    met = {id(entry) for entry in same if entry is not None}
    free = [entry for entry in catalog.entries if id(entry) not in met]
    for one, entry in zip(returns, same, strict=True):
        if entry is not None:
            yield one, entry, True
            continue
        ours, _ = parted(one.identity)
        source = cleaned(one.source)
        if source in formers:
            yield one, formers[source], False
        elif (ours or source) in left:
            yield one, left[ours or source], True
        else:
            yield one, _likest(source, free), False


def _likest(source: str, free: list[polib.POEntry]) -> polib.POEntry | None:
    """Return the entry that a source has probably become, and take it from those that are free."""
    from rapidfuzz import fuzz, process

    texts = [entry.msgid for entry in free]
    found = process.extractOne(source, texts, scorer=fuzz.ratio, score_cutoff=_LIKENESS) if source else None
    return free.pop(found[2]) if found else None


def _merge(entry: polib.POEntry, one: Return, result: Result) -> None:
    """Merge what came back for an entry with the entry."""
    was = parted(one.identity)[1]
    text = _text(entry, one, was)
    now, ours = state(entry), entry.msgstr
    said = one.state or _state_unsaid(text, was, now, text == ours)
    wanted = _wanted(entry, one, text, said)
    untouched_there = was == given(said, text)
    emptied = bool(provenance.parse(entry.tcomment))
    as_given = was == given(now, ours)
    brings_nothing = untouched_there and (now is not State.UNTRANSLATED or emptied)
    if not text or (text == ours and wanted is now) or brings_nothing:
        result.unchanged += 1
    elif as_given or now is State.UNTRANSLATED or untouched(entry) or (text == ours and wanted is State.REVIEWED):
        _take(entry, one, text, wanted)
        if untouched_there:
            for line in one.origin:
                entry.tcomment = provenance.with_line(entry.tcomment, line).lstrip("\n")
        result.taken += 1
    elif text == ours:
        result.unchanged += 1
    else:
        _keep_both(entry, one, text, result)
        return
    broken = fault(entry.msgid, text) if text and text == entry.msgstr and not untouched_there else None
    if broken and state(entry) is not State.REVIEWED:
        result.troubles.append(Trouble(Kind.CODES, entry.msgid, text, f"{broken}; the entry stays fuzzy"))


def _merge_late(entry: polib.POEntry, one: Return, result: Result) -> None:
    """Keep a translation of a source that has changed since as a stale one, where no person's words stand there."""
    was = parted(one.identity)[1]
    text = _text(entry, one, was)
    now, ours = state(entry), entry.msgstr
    said = [one.state] if one.state else list(State)
    if not text or text == ours or any(was == given(before, text) for before in said):
        result.unchanged += 1
        return
    as_given = now is State.STALE and any(was == given(before, ours) for before in State)
    if now is State.UNTRANSLATED or untouched(entry) or as_given:
        entry.msgstr, entry.previous_msgid = text, cleaned(one.source)
        line = provenance.stale_line(one.state or State.DRAFT, text)
        entry.tcomment = provenance.with_line(provenance.without(entry.tcomment), line).lstrip("\n")
        set_fuzzy(entry, True)
        result.late += 1
    else:
        _keep_both(entry, one, text, result)


def _text(entry: polib.POEntry, one: Return, was: str) -> str:
    """Return the words that came back, without the line breaks that a tool put into them."""
    if one.target == entry.msgstr or any(was == given(before, one.target) for before in State):
        return one.target
    text = cleaned(one.target)
    return entry.msgstr if text == cleaned(entry.msgstr) else text


def _state_unsaid(text: str, was: str, now: State, same: bool) -> State:
    """Return the state of what came back without one: the one it had, or else a draft."""
    if same:
        return now
    return next((before for before in State if was == given(before, text)), State.DRAFT)


def _wanted(entry: polib.POEntry, one: Return, text: str, said: State) -> State:
    """Return the state that an entry takes with what came back."""
    if said is State.STALE and (one.previous or entry.previous_msgid):
        return State.STALE
    if said is State.REVIEWED and not fault(entry.msgid, text):
        return State.REVIEWED
    return State.DRAFT


def _take(entry: polib.POEntry, one: Return, text: str, wanted: State) -> None:
    entry.msgstr = text
    if wanted is State.STALE:
        entry.previous_msgid = one.previous or entry.previous_msgid
    else:
        entry.previous_msgid = entry.previous_msgctxt = None
        entry.tcomment = provenance.without_stale(entry.tcomment)
    set_fuzzy(entry, wanted is not State.REVIEWED)


def _keep_both(entry: polib.POEntry, one: Return, text: str, result: Result) -> None:
    """Leave the catalog's words and put the others into the translator comments, once."""
    _add_lines(entry, [f"{_RETURNED} {_SPACE.sub(' ', text)}"])
    message = f"the catalog has other words since the export: {entry.msgstr}"
    result.troubles.append(Trouble(Kind.CONFLICT, one.source, text, message))


def _add_note(entry: polib.POEntry, note: str) -> None:
    """Add what people wrote beside an entry in another tool."""
    lines = [_SPACE.sub(" ", line).strip() for line in re.split(r"[\r\n]+", note)]
    _add_lines(entry, [line for line in lines if provenance.notes(line)])


def _add_lines(entry: polib.POEntry, lines: Iterable[str]) -> None:
    there = [legible(_SPACE.sub(" ", line).strip()) for line in entry.tcomment.split("\n")]
    new = [line for line in lines if legible(line.strip()) not in there]
    if new:
        entry.tcomment = "\n".join(filter(None, [entry.tcomment, *new]))
