"""TBX (ISO 30042): terms of other tools. Versions 2 (`martif`) and 3 (TBX-Basic, both styles) are read, 3 is written.

A concept of TBX has terms in several languages. Read, every term of the desk's source language becomes a term of ours
for each other language. Written, the terms of one source text become one concept. What TBX-Basic has no place for
(case, roles, dates) is in a note that begins with `@term`, as provenance is in a catalog.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from translate.catalogs.interchange.inline import legible
from translate.catalogs.interchange.terms import PARTS_OF_SPEECH, Term, clean, merge
from translate.documents.model import Role
from translate.errors import GlossaryError
from translate.language import same_language

if TYPE_CHECKING:
    from lxml.etree import _Element

NAMESPACE = "urn:iso:std:iso:30042:ed-2"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_OURS = "@term"
_CONCEPTS = ("termEntry", "conceptEntry")
_LANGUAGES = ("langSet", "langSec")
_TERMS = ("tig", "ntig", "termSec")
_ROOTS = ("martif", "tbx", "TBX")
_WRONG = ("deprecated", "superseded", "notRecommended", "obsolete")
_PREFERRED, _ADMITTED, _DEPRECATED = (f"{name}Term-admn-sts" for name in ("preferred", "admitted", "deprecated"))


@dataclass(slots=True)
class _Written:
    """One term of a concept as the file has it."""

    text: str
    status: str = ""
    part_of_speech: str = ""


@dataclass(slots=True)
class _Concept:
    """A concept: its terms by language, its notes, and what our own note says."""

    terms: dict[str, list[_Written]] = field(default_factory=dict)
    notes: dict[str, list[str]] = field(default_factory=dict)
    ours: dict[str, str] = field(default_factory=dict)


def is_tbx(data: bytes) -> bool:
    """Say whether the bytes of a file are TBX, by their beginning."""
    for codec in ("utf-8", "utf-16"):
        beginning = data[:2000].decode(codec, "ignore")
        if beginning.lstrip("\ufeff \r\n\t").startswith("<") and any(f"<{root}" in beginning for root in _ROOTS):
            return True
    return False


def read(path: Path, source: str) -> tuple[Term, ...]:
    """Read the terms of a source language, one concept at a time; a file of any size takes the memory of its terms.

    Raises:
        GlossaryError: the file is no TBX, is broken or unsafe, or has no term of that language.
    """
    languages: set[str] = set()
    found: list[Term] = []
    for line, concept in _concepts(path):
        languages |= concept.terms.keys()
        try:
            found += _terms(concept, source)
        except ValueError as error:
            raise _bad(path, f"its {_OURS} note is wrong: {error}", line) from error
    if not found:
        have = ", ".join(sorted(languages)) or "none"
        raise _bad(path, f"has no term of {source!r} with one of another language; languages in it: {have}")
    return merge((), found).terms


def write(terms: Iterable[Term], language: str) -> bytes:
    """Write terms as TBX version 3, dialect TBX-Basic, style DCA; `language` is that of the file."""
    from lxml import etree

    names: Any = {None: NAMESPACE}
    root = etree.Element("tbx", {"type": "TBX-Basic", "style": "dca", f"{_XML}lang": language}, nsmap=names)
    header = etree.SubElement(etree.SubElement(root, "tbxHeader"), "fileDesc")
    etree.SubElement(etree.SubElement(header, "sourceDesc"), "p").text = "Glossary of a Translation Desk"
    body = etree.SubElement(etree.SubElement(root, "text"), "body")
    for number, concept in enumerate(_grouped(terms), 1):
        _add_concept(etree.SubElement(body, "conceptEntry", id=f"c{number}"), concept)
    etree.indent(root)
    out: bytes = etree.tostring(_named(root), encoding="UTF-8", xml_declaration=True)
    return out + b"\n"


def _concepts(path: Path) -> Iterator[tuple[int, _Concept]]:
    """Yield the concepts of a file, and the line each begins in."""
    from lxml import etree

    settings = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
    root = None
    try:
        with path.open("rb") as stream:
            for event, element in etree.iterparse(stream, events=("start", "end"), **settings):
                if root is None:
                    root = element
                    _check_root(path, element)
                elif event == "end" and _name(element) in _CONCEPTS:
                    yield element.sourceline or 0, _concept(element)
                    element.clear()
                    while element.getprevious() is not None:
                        del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        raise _bad(path, f"is broken XML: {error.msg}", error.lineno or 0) from error
    except OSError as error:
        raise _bad(path, f"cannot be read: {error.strerror}") from error


def _check_root(path: Path, root: _Element) -> None:
    declared: Any = root.getroottree().docinfo.internalDTD
    if declared is not None and any(True for _ in declared.iterentities()):
        raise _bad(path, "declares entities, which could stand for anything")
    if _name(root) not in _ROOTS:
        raise _bad(path, f"is no TBX: its root is {_name(root)!r}")


def _concept(element: _Element) -> _Concept:
    made = _Concept()
    for child in element:
        if _name(child) in _LANGUAGES:
            language = (child.get(f"{_XML}lang") or child.get("lang") or "").strip()
            read = (_term(one) for one in child if _name(one) in _TERMS)
            made.terms.setdefault(language, []).extend(one for one in read if one.text)
            notes = [_text(note) for note in child if _name(note) == "note"]
            made.notes.setdefault(language, []).extend(note for note in notes if note)
        elif _name(child) == "note":
            note = _text(child)
            if note.split(" ", 1)[0] == _OURS:
                made.ours |= dict(word.split("=", 1) for word in note.split()[1:] if "=" in word)
            elif note:
                made.notes.setdefault("", []).append(note)
    return made


def _term(element: _Element) -> _Written:
    """Read a term and what is said of it: categories are attributes (version 2, DCA) or element names (DCT)."""
    made = _Written("")
    for child in element.iter("{*}*"):
        category = child.get("type") or _name(child)
        if category == "term":
            made.text = clean(_text(child))
        elif category in ("administrativeStatus", "normativeAuthorization", "termStatus"):
            made.status = _text(child)
        elif category == "partOfSpeech":
            made.part_of_speech = _text(child)
    return made


def _terms(concept: _Concept, source: str) -> Iterator[Term]:
    since, until = (_day(concept.ours.get(name)) for name in ("from", "until"))
    roles = tuple(role for role in concept.ours.get("roles", "").split(",") if role)
    unknown = next((role for role in roles if role not in set(Role)), None)
    if unknown:
        raise ValueError(f"{unknown!r} is no role")
    sources = [tag for tag in concept.terms if same_language(tag, source)]
    for own in sources:
        for word in concept.terms[own]:
            for target, known in concept.terms.items():
                right = sorted((one for one in known if not _wrong(one)), key=lambda one: not _preferred(one))
                if target in sources or not right:
                    continue
                part = word.part_of_speech.lower()
                yield Term(
                    word.text,
                    own,
                    target,
                    tuple(dict.fromkeys(one.text for one in right)),
                    tuple(dict.fromkeys(one.text for one in known if _wrong(one))),
                    part if part in PARTS_OF_SPEECH else "other" if part else "",
                    concept.ours.get("case") == "yes",
                    roles,
                    since,
                    until,
                    "\n".join([*concept.notes.get("", ()), *concept.notes.get(target, ())]),
                )


def _grouped(terms: Iterable[Term]) -> list[list[Term]]:
    """Return the terms of each concept: of one source text, each in another language."""
    groups: dict[tuple[object, ...], list[Term]] = {}
    for term in terms:
        alike = (term.source, term.text, term.part_of_speech, term.cased, term.roles, term.since, term.until)
        groups.setdefault(alike, []).append(term)
    return list(groups.values())


def _add_concept(element: _Element, terms: Sequence[Term]) -> None:
    from lxml import etree

    first = terms[0]
    ours = [
        "case=yes" if first.cased else "",
        f"roles={','.join(first.roles)}" if first.roles else "",
        f"from={first.since}" if first.since else "",
        f"until={first.until}" if first.until else "",
    ]
    if any(ours):
        etree.SubElement(element, "note").text = " ".join([_OURS, *filter(None, ours)])
    _add_term(_add_language(element, first.source, ""), first.text, _PREFERRED, first.part_of_speech)
    for term in terms:
        section = _add_language(element, term.target, term.note)
        for number, text in enumerate(term.translations):
            _add_term(section, text, _ADMITTED if number else _PREFERRED, "")
        for text in term.forbidden:
            _add_term(section, text, _DEPRECATED, "")


def _add_language(element: _Element, language: str, note: str) -> _Element:
    from lxml import etree

    section = etree.SubElement(element, "langSec", {f"{_XML}lang": language})
    if note:
        etree.SubElement(section, "note").text = legible(note)
    return section


def _add_term(section: _Element, text: str, status: str, part: str) -> None:
    from lxml import etree

    term = etree.SubElement(section, "termSec")
    etree.SubElement(term, "term").text = legible(text)
    if part:
        etree.SubElement(term, "termNote", type="partOfSpeech").text = part
    etree.SubElement(term, "termNote", type="administrativeStatus").text = status


def _named(root: _Element) -> _Element:
    """Put every element into the namespace of TBX."""
    for element in root.iter():
        element.tag = f"{{{NAMESPACE}}}{element.tag}"
    return root


def _name(element: _Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _text(element: _Element) -> str:
    return "".join(str(part) for part in element.itertext()).strip()


def _wrong(term: _Written) -> bool:
    return term.status.startswith(_WRONG)


def _preferred(term: _Written) -> bool:
    return term.status.startswith("preferred")


def _day(value: str | None) -> dt.date | None:
    return dt.date.fromisoformat(value) if value else None


def _bad(path: Path, problem: str, line: int = 0) -> GlossaryError:
    where = f"{path}, line {line}" if line else str(path)
    return GlossaryError(problem, where=where, remedy="Export it again as TBX-Basic, or as CSV; nothing was changed.")
