"""Find the sentences of a text by SRX 2.0 rules, which a desk can edit.

SRX (Segmentation Rules eXchange) is the format that OmegaT, Okapi and LanguageTool share. A rule has two
regular expressions: what stands before a position and what stands after it. At each position the first
rule that matches decides, and where no rule matches there is no cut.

Trying every rule at every position is what makes SRX engines slow. Here the rules of a language become one
compiled expression. It scans the text for the characters on which a break rule can end (".", "!", a closing
quotation mark), and asks the exceptions only where a break rule matches. The answer is the same: the tests
hold it against the slow way.
"""

from __future__ import annotations

import functools
import hashlib
import itertools
import json
import operator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from translate.errors import ProjectError

if TYPE_CHECKING:
    import regex
    from lxml import etree

SHIPPED_RULES = Path(__file__).with_name("rules") / "segmentation.srx"

_SRX = "{http://www.lisa.org/srx20}"

# The character, escaped or of a class, at the end of a `beforebreak`: in `[.!?]` or `\b(?:a|b)\.` it is all
# that the expression can end in, and text can be scanned for it quickly. An alternative outside groups or a
# flag would make that untrue, so there is no match then.
_LAST = (
    r"(?:[^\\|()\[\]]|\\.|(?P<class>\[(?:[^\[\]\\]|\\.)+\])"
    r"|(?P<group>\((?!\?[\w-])(?:[^\\()\[\]]|\\.|(?&class)|(?&group))*\)))*?"
    r"(?P<last>\\\W|(?&class))\+?"
)
# `\1`, `\g<name>`, `\k<name>` or `(?P=name)`, but not an escaped backslash before a figure; nor groups called again,
# which may go on without end: `(?R)`, `(?1)`, `(?&name)`.
_REFERENCE = r"(?<!\\)(?:\\\\)*(?:\\(?:[1-9]|[gk][<{])|\(\?(?:P[=>]|R|&|[+-]?\d))"
# Expressions of a desk that take longer than this over one text would never end (seconds).
_PATIENCE = 10.0


@dataclass(frozen=True, slots=True)
class Rule:
    """Hold one SRX rule: cut, or do not cut, between what is before and what is after."""

    cuts: bool
    before: str
    after: str

    @property
    def pattern(self) -> str:
        """Return the expression that matches, without width, at the positions of the rule."""
        return f"(?<={self.before})(?={self.after})"


@dataclass(frozen=True, slots=True)
class Segmenter:
    """Split text of one language into sentences."""

    language: str
    signature: str
    _cuts: regex.Pattern[str] | None = field(repr=False)
    rules: Path | None = None

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return the [start, end) offsets of the sentences of `text`, white space between them left out.

        Raises:
            ProjectError: the rules of the desk take too long.
        """
        limit = _PATIENCE if self.rules else None
        try:
            ends = [match.end() for match in self._cuts.finditer(text, timeout=limit)] if self._cuts else []
        except (TimeoutError, MemoryError) as error:
            raise ProjectError(
                f"the segmentation rules do not come to an end on a text of {len(text)} signs: {text[:60]!r}",
                where=str(self.rules),
                remedy="Look for repetitions inside repetitions, such as (a+)+, in its expressions.",
            ) from error
        found = []
        start = 0
        for end in (*ends, len(text)):
            rest = text[start:end].lstrip()
            if rest:
                first = end - len(rest)
                found.append((first, first + len(rest.rstrip())))
            start = end
        return found


@functools.cache
def load_segmenter(language: str, rules: Path | None = None) -> Segmenter:
    """Return the segmenter of `language` ("fr", "fr-CH"), by the shipped rules or by those of a desk.

    A rule file is read once a process. A language that no map of the file names is not split: a text in it
    is one sentence, as SRX has it.
    """
    applied = read_rules(rules or SHIPPED_RULES, language)
    record = json.dumps([[rule.cuts, rule.before, rule.after] for rule in applied])
    signature = hashlib.sha256(record.encode()).hexdigest()[:12]
    try:
        return Segmenter(language, signature, _compile(applied), rules)
    except (ValueError, RecursionError, OverflowError) as error:
        raise ProjectError(
            f"the rules cannot be used together: {error}", where=str(rules), remedy="Remove flags such as (?V0)."
        ) from error


def _compile(rules: list[Rule]) -> regex.Pattern[str] | None:
    """Join the rules into one expression, which matches the character in front of each cut.

    The first rule that matches is a break rule exactly where some break rule matches and no exception that
    stands before it does. So each break rule stands in the expression with the exceptions before it.
    """
    import regex

    branches: list[str] = []
    exceptions: list[str] = []
    for cuts, run in itertools.groupby(rules, key=operator.attrgetter("cuts")):
        if cuts:
            found = "|".join(f"{_last_character(rule.before)}{rule.pattern}" for rule in run)
            branches.append(f"(?:{found})(?!{'|'.join(exceptions)})" if exceptions else found)
        else:
            exceptions += (rule.pattern for rule in run)
    return regex.compile("|".join(branches), regex.VERSION1) if branches else None


def _last_character(before: str) -> str:
    """Return a class that holds every character on which `before` can end.

    The scan consumes exactly this one character, so it passes over no position.
    """
    import regex

    match = regex.fullmatch(_LAST, before)
    return match["last"] if match else r"[\s\S]"


def read_rules(path: Path, language: str) -> list[Rule]:
    """Read the rules of the SRX file `path` that apply to `language`, in the order of its maps.

    With `cascade="yes"` every map that fits the language adds its rules, otherwise only the first one does.
    """
    root = _parse(path)
    header = root.find(f"{_SRX}header")
    if root.tag != f"{_SRX}srx" or root.get("version") != "2.0" or header is None:
        raise _fault(path, root, "not an SRX 2.0 file", 'Start from the shipped rule file: <srx version="2.0">.')
    cascade = _yes(path, header, "cascade", default=None)
    groups = {group.get("languagerulename"): group for group in root.iter(f"{_SRX}languagerule")}
    rules: list[Rule] = []
    for mapping in root.iter(f"{_SRX}languagemap"):
        name = mapping.get("languagerulename")
        pattern = _checked(path, mapping, mapping.get("languagepattern", ""), "{}", "languagepattern")
        if name not in groups:
            raise _fault(path, mapping, f"no languagerule is named “{name}”", "Mend the name in this map.")
        if pattern.fullmatch(language):
            rules += _group_rules(path, groups[name])
            if not cascade:
                break
    return rules


def _group_rules(path: Path, group: etree._Element) -> list[Rule]:
    """Read the rules of one `languagerule`, each expression tried on its own so that an error has a line."""
    rules = []
    for number, element in enumerate(group.iter(f"{_SRX}rule"), 1):
        sides = {"beforebreak": "", "afterbreak": ""}
        for side in sides:
            child = element.find(f"{_SRX}{side}")
            if child is not None:
                sides[side] = _java(child.text or "")
                shape = "(?<={})" if side == "beforebreak" else "(?={})"
                label = f"rule {number} of “{group.get('languagerulename')}”, {side}"
                if path != SHIPPED_RULES:  # whose expressions the tests try; it takes longer than to join them
                    _checked(path, child, sides[side], shape, label)
        rules.append(Rule(_yes(path, element, "break", default="yes"), *sides.values()))
    return rules


def _parse(path: Path) -> etree._Element:
    """Parse the rule file without entities, DTD or network."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(path.read_bytes(), parser)
    except OSError as error:
        raise ProjectError(
            f"the segmentation rules cannot be read: {error.strerror}",
            where=str(path),
            remedy="Mend the path of the rule file in translate.toml.",
        ) from error
    except etree.XMLSyntaxError as error:
        raise ProjectError(
            f"not well-formed XML: {error.msg}",
            where=f"{path}:{error.lineno or 1}",
            remedy="Mend the XML; a “<” or “&” in an expression is written &lt; or &amp;.",
        ) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise _fault(path, root, "a DOCTYPE is not accepted", "Remove it; SRX 2.0 needs none.")
    return root


def _java(expression: str) -> str:
    """Write `\\x{1F600}`, which SRX takes from ICU, the way Python's expressions have it."""
    import regex

    return str(regex.sub(r"\\x\{0*([0-9A-Fa-f]{1,8})\}", lambda found: f"\\U{found[1]:0>8}", expression))


def _checked(path: Path, element: etree._Element, expression: str, shape: str, label: str) -> regex.Pattern[str]:
    """Compile `expression` inside `shape`, or name the place of what is wrong with it.

    References to groups are refused: rules are joined into one pattern, where the groups have other numbers.
    """
    import regex

    if regex.search(_REFERENCE, expression):
        raise _fault(path, element, f"{label}: refers back to a group", "Write the alternatives out.")
    try:
        regex.compile(expression, regex.VERSION1)  # alone first: “a)|(b” is right only inside a group
        return regex.compile(shape.replace("{}", expression), regex.VERSION1)
    except (regex.error, ValueError, RecursionError, OverflowError) as error:
        raise _fault(path, element, f"{label}: bad regular expression: {error}", "Mend or remove the rule.") from error


def _yes(path: Path, element: etree._Element, name: str, default: str | None) -> bool:
    """Read an attribute that must be “yes” or “no”."""
    value = element.get(name, default)
    if value not in ("yes", "no"):
        raise _fault(path, element, f"the attribute {name} is {value!r}", f'Write {name}="yes" or "no".')
    return value == "yes"


def _fault(path: Path, element: etree._Element, problem: str, remedy: str) -> ProjectError:
    """Return the error about one element of the rule file."""
    return ProjectError(problem, where=f"{path}:{element.sourceline}", remedy=remedy)
