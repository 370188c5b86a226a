"""Where the text of an entry came from: one line of its translator comments, which every PO tool keeps.

    # @draft engine=argos package=fr_en/0.1 origin=starter beam=2 confidence=0.71 source=77aa01c2 text=5b1c0a7f ...
    # @stale was=reviewed text=5b1c0a7f
    # @cosmetic before: Le présidnt a parlé.
    # @resegmented joined=2
    # @reviewed by=Ada%20B. at=2026-11-02T10:00 source=77aa01c2 text=5b1c0a7f

`text` is a hash of the draft: as long as the msgstr still has it, no person has written in the entry. `source` is a
hash of what was drafted: other tools copy translations, comments and all, to texts that look alike.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import quote, unquote

#: The engine of a draft that people wrote, in another place: the translation memory has it.
MEMORY = "memory"
_DRAFT = "@draft"
_STALE = "@stale"
_COSMETIC = "@cosmetic"
_RESEGMENTED = "@resegmented"
_REVIEWED = "@reviewed"
# What polib, which wraps comments, leaves on the next line.
_FACTS = re.compile(r"\s*[a-z]+=\S+(?:\s+[a-z]+=\S+)*\s*")
# Signs that would end a value, or begin an escaped one.
_SIGNS = re.compile(r"[\s%,\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Provenance:
    """What drafted an entry, and what is doubted of the draft.

    `facts` are the engine's own statements (engine, package, origin, ...); `confidence` says how sure one may be of it,
    0 to 1; `doubts` name the guards that fired.
    """

    facts: dict[str, str]
    confidence: float
    doubts: tuple[str, ...] = ()
    text: str = field(default="", repr=False)
    source: str = field(default="", repr=False)

    def line(self) -> str:
        """Write the comment line.

        >>> Provenance({"engine": "argos"}, 0.5, ("loop",), "ab").line()
        '@draft engine=argos confidence=0.50 text=ab doubts=loop'
        """
        words = [_DRAFT, *(f"{name}={_escaped(value)}" for name, value in self.facts.items())]
        words += [f"confidence={digits(self.confidence)}"]
        if self.source:
            words.append(f"source={self.source}")
        if self.text:
            words.append(f"text={self.text}")
        if self.doubts:
            words.append(f"doubts={','.join(map(_escaped, self.doubts))}")
        return " ".join(words)

    def foreign(self, text: str) -> bool:
        """Say whether the draft was of another text; a line that names none counts as this text's."""
        return self.source not in ("", fingerprint(text))


def digits(confidence: float) -> str:
    """Write a confidence: two decimals, three where there would be a single digit.

    >>> digits(0.5), digits(0.0316)
    ('0.50', '0.032')
    """
    return f"{confidence:.{2 if confidence >= 0.1 else 3}f}"


def fingerprint(text: str) -> str:
    """Return the short hash by which an untouched draft is known."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def parse(comment: str) -> Provenance | None:
    """Read the provenance out of the translator comments of an entry; None where no engine drafted it."""
    line = _find(comment, _DRAFT)
    if line is None:
        return None
    facts = dict(word.split("=", 1) for word in line.split()[1:] if "=" in word)
    try:
        confidence = float(facts.pop("confidence", "0"))
    except ValueError:
        confidence = 0.0
    doubts = tuple(unquote(doubt) for doubt in facts.pop("doubts", "").split(",") if doubt)
    text, source = facts.pop("text", ""), facts.pop("source", "")
    return Provenance({name: unquote(value) for name, value in facts.items()}, confidence, doubts, text, source)


def drafter(facts: Mapping[str, str]) -> str:
    """Return what drafted an entry: a package, or the translation memory; nothing where the facts don't say."""
    return facts.get("package") or facts.get("engine") or ""


def with_line(comment: str, line: str) -> str:
    """Put a provenance line into translator comments in place of the one of its kind; keep every other line."""
    kept = without(comment, line.split(" ", 1)[0])
    return f"{kept}\n{line}" if kept else line


def without(comment: str, kind: str = _DRAFT) -> str:
    """Take the provenance lines of one kind out of translator comments."""
    return "\n".join(line for line in _lines(comment) if not _is(line, kind))


def stale_line(was: str, text: str) -> str:
    """Write the line that says in which state an entry was, and with which words, when its source changed."""
    return f"{_STALE} was={was} text={fingerprint(text)}"


def stale_was(comment: str, text: str) -> str | None:
    """Return the state an entry was in when its source changed; None where nobody knows or its words changed since."""
    line = _find(comment, _STALE)
    facts = dict(word.split("=", 1) for word in line.split()[1:] if "=" in word) if line else {}
    return facts.get("was") if facts.get("text") == fingerprint(text) else None


def cosmetic_line(before: str) -> str:
    """Write the line that says that the source changed cosmetically since it was translated, and how it was."""
    return f"{_COSMETIC} before: {' '.join(before.split())}"


def resegmented_line(how: str, parts: int) -> str:
    """Write the line that says that a translation was joined of parts, or split into them."""
    return f"{_RESEGMENTED} {how}={parts}"


def carried(comment: str, before: str, after: str) -> str:
    """Let what the lines say of one text hold for another: it was mended, nobody looked at it anew."""
    old, new = f"text={fingerprint(before)}", f"text={fingerprint(after)}"
    return "\n".join(
        line.replace(old, new) if any(_is(line, kind) for kind in (_DRAFT, _STALE, _REVIEWED)) else line
        for line in _lines(comment)
    )


def reviewed_line(by: str, at: str, source: str, text: str) -> str:
    """Write the line that says who reviewed the translation of a text, when (ISO 8601), and with which words.

    >>> reviewed_by(reviewed_line("Ada B.", "2026-11-02T10:00", "Paix", "Peace"), "Paix", "Peace")
    ('Ada B.', '2026-11-02T10:00')
    """
    # polib wraps comments, and also breaks them at hyphens.
    name = _escaped(by).replace("-", "%2D")
    return f"{_REVIEWED} by={name} at={_escaped(at)} source={fingerprint(source)} text={fingerprint(text)}"


def reviewed_by(comment: str, source: str, text: str) -> tuple[str, str] | None:
    """Return who reviewed a translation and when; None where nobody said so, or the text or its words changed since."""
    line = _find(comment, _REVIEWED)
    facts = dict(word.split("=", 1) for word in line.split()[1:] if "=" in word) if line else {}
    if facts.get("source") != fingerprint(source) or facts.get("text") != fingerprint(text):
        return None
    return unquote(facts.get("by", "")), unquote(facts.get("at", ""))


def signed_again(comment: str, before: str, source: str, text: str) -> str:
    """Return translator comments in which the review of a translation holds for its text as it is now, too."""
    held = reviewed_by(comment, before, text)
    return with_line(comment, reviewed_line(*held, source, text)) if held else comment


def drafted_lines(comments: Iterable[str], source: str) -> list[str]:
    """Return the line of the engine that drafted some of the words that a text was given, if one did."""
    made = next((found for comment in comments if (found := parse(comment))), None)
    return [replace(made, source=fingerprint(source), text="").line()] if made else []


def notes(comment: str) -> str:
    """Return the translator comments that people wrote: all lines but those of this module."""
    if "@" not in comment:
        return comment.strip()
    for kind in (_DRAFT, _STALE, _COSMETIC, _RESEGMENTED, _REVIEWED):
        comment = without(comment, kind)
    return comment.strip()


def without_stale(comment: str) -> str:
    """Take the line of a stale entry out of translator comments."""
    return without(comment, _STALE)


def _escaped(value: str) -> str:
    return _SIGNS.sub(lambda sign: quote(sign.group(), safe=""), value)


def _find(comment: str, kind: str) -> str | None:
    return next((line.strip() for line in _lines(comment) if _is(line, kind)), None)


def _lines(comment: str) -> list[str]:
    """Return the lines of translator comments; what a tool broke off a line of facts is joined to it again."""
    lines: list[str] = []
    for line in comment.split("\n"):
        if lines and lines[-1].lstrip().startswith((_DRAFT, _STALE, _REVIEWED)) and _FACTS.fullmatch(line):
            lines[-1] = f"{lines[-1].rstrip()} {line.strip()}"
        else:
            lines.append(line)
    return lines


def _is(line: str, kind: str) -> bool:
    return line.strip().split(" ", 1)[0] == kind
