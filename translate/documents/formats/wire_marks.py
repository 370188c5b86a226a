"""The marks of a French wire dispatch: what a line says about itself."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

from translate.documents.layout import Mark, Part
from translate.documents.model import Kind, Moment, Role

# Signs a newsroom puts at the end of copy; lower-case initials ("ats/sbad") are matched by shape.
_AGENCIES = (
    "AFP|ATS|Keystone[ -]ATS|KEYSTONE[ -]ATS|Keystone|Reuters|REUTERS|AP|dpa|DPA|ANSA|EFE|Belga|BELGA|RTS|SDA|APA|PA|"
    "TASS|Xinhua|Bloomberg|ats|afp|sda|awp|AWP"
)
_SPACE = r"[^\S\r\n]"
_CREDIT = re.compile(
    rf"(?P<credit>\[(?=[^\[\]]*[A-ZÀ-Ý])[^\[\]\r\n]{{2,120}}\]|©{_SPACE}?(?:[^\r\n.]|(?<=\b[A-ZÀ-Ý])\.){{2,80}}"
    rf"|\((?:{_AGENCIES})\b[^()\r\n]{{0,80}}\))\s*\Z"
)
_RELATED = re.compile(
    rf"(?:(?:>+|»|→|▶|–|-){_SPACE}*)?"
    rf"(?:(?P<read>(?:[AÀ]{_SPACE})?(?:re)?lire(?:{_SPACE}(?:aussi|également|encore))?)"
    rf"|(?P<see>(?:[AÀ]{_SPACE})?(?:re)?(?:voir|écouter|ecouter|écoutez|ecoutez|regarder)(?:{_SPACE}(?:aussi|également|encore))?))"
    rf"{_SPACE}*:{_SPACE}*",
    re.IGNORECASE,
)
_AGENCY_SHAPE = re.compile(r"[a-z]{2,10}(?:/[a-z]{2,10}){1,3}\Z")
_NAMED = re.compile(rf"©|\b(?:{_AGENCIES})\b")
_AGENCY_NAMES = re.compile(
    rf"\(?(?P<with>avec{_SPACE}+)?(?P<names>(?:{_AGENCIES})(?:(?:{_SPACE}*[/,-]{_SPACE}*|{_SPACE}+et{_SPACE}+)(?:{_AGENCIES}|[a-z]{{2,4}})){{0,5}})\)?\Z"
)
_AGENCY_WITH = re.compile(
    rf"\(?(?P<with>avec{_SPACE}+)(?P<names>[A-ZÉ][\w&.-]*(?:(?:/|{_SPACE}et{_SPACE}|,{_SPACE})[A-ZÉ][\w&.-]*){{0,3}})\)?\Z"
)
_BYLINE = re.compile(
    rf"(?P<by>[Pp]ar{_SPACE}+)(?P<names>[A-ZÀ-Ý][\w.'’-]+(?:(?:(?:{_SPACE}+(?:de|du|d'|van|von|der|et|le|la)){{1,2}}{_SPACE}*|,{_SPACE}+|{_SPACE}+)[A-ZÀ-Ý][\w.'’-]+){{1,7}})\Z"
)
# The first letters of a verb tell what it says.
_VERBS = {
    "pub": Kind.PUBLISHED,
    "cré": Kind.PUBLISHED,
    "mod": Kind.MODIFIED,
    "mis": Kind.MODIFIED,
    "act": Kind.MODIFIED,
}
_LEAP_YEAR = 2000
# A line that is all marks is short. Longer ones are not looked at, whatever they hold.
_LONGEST = 200
_BETWEEN_STAMPS = " \t\u00a0\u202f,;|•·/–-"


@cache
def _months() -> dict[str, int]:
    """Return the French names of the months, full and short, as CLDR has them."""
    from babel.dates import get_month_names

    names: dict[str, int] = {}
    for width in ("wide", "abbreviated"):
        for number, name in get_month_names(width, locale="fr").items():
            names[str(name).lower().rstrip(".")] = number
    return names


@cache
def _when() -> str:
    """Return the expression for a date, a time, or both; groups are numbered by the caller."""
    months = "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))
    day = rf"(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche){_SPACE}+)?"
    date = (
        rf"{day}(?:(?P<day>\d{{1,2}})(?:er)?{_SPACE}+(?P<month>{months})\.?(?:{_SPACE}+(?P<year>\d{{4}}))?"
        rf"|(?P<d>\d{{1,2}})[./-](?P<m>\d{{1,2}})[./-](?P<y>\d{{4}}|\d{{2}}))"
    )
    time = rf"(?P<hour>[01]?\d|2[0-3]){_SPACE}?(?:h|:){_SPACE}?(?P<minute>[0-5]\d)?"
    return rf"(?:(?:le{_SPACE}++)?{date})?(?:{_SPACE}*+(?:,|à|-|–|\|)?{_SPACE}*+{time})?"


@cache
def _stamp() -> re.Pattern[str]:
    """Return the expression for one statement of a status line."""
    verb = r"(?P<verb>publiée?|créée?|modifiée?|mise? à jour|actualisée?)"
    return re.compile(rf"{verb}{_SPACE}*:?{_SPACE}*{_when()}", re.IGNORECASE)


@cache
def _dateline() -> re.Pattern[str]:
    place = rf"(?P<place>[A-ZÀ-Ý][\w'’.-]*(?:{_SPACE}[\w'’.-]+){{0,4}}(?:{_SPACE}\([^()\r\n]{{2,40}}\))?)"
    agency = rf"(?P<agency>\((?:{_AGENCIES}|[a-zA-Z/ -]{{2,24}})\))"
    return re.compile(rf"{place}(?:,{_SPACE}++(?P<when>{_when()}))?{_SPACE}*{agency}{_SPACE}*[-–—]+{_SPACE}+")


def status(line: str) -> list[Mark] | None:
    """Return the statements of a status line ("Publié le 7 décembre 2016 à 14:05, modifié"), or None.

    >>> [mark.kind.value for mark in status("Publié Modifié")]
    ['published', 'modified']
    >>> status("Publié par erreur") is None
    True
    """
    marks: list[Mark] = []
    at = 0
    if len(line) > _LONGEST:
        return None
    while at < len(line):
        match = _stamp().match(line, at)
        if not match:
            return None
        try:
            kind, moment = _VERBS[match["verb"].lower()[:3]], _moment(match)
        except (KeyError, ValueError):
            return None
        end = at + len(match.group().rstrip(" \t\u00a0\u202f:,-–|"))
        marks.append(Mark(at, end, kind, moment))
        at = len(line) - len(line[end:].lstrip(_BETWEEN_STAMPS))
    return marks or None


def credit(line: str) -> Mark | None:
    """Return the credit at the end of a caption ("[AFP - NOM]"), or None.

    >>> credit("Une rue d'Alep. - [AFP - N. N.]").start
    18
    """
    match = _CREDIT.search(line, max(0, len(line) - _LONGEST))
    return Mark(match.start("credit"), match.end("credit"), Kind.CREDIT) if match and match.start() > 0 else None


def related(line: str) -> Mark | None:
    """Return the label of a link to another story (">> Lire aussi :"), or None."""
    match = _RELATED.match(line)
    if not match or match.end() == len(line):
        return None
    return Mark(0, match.end(), Kind.READ_ALSO if match["read"] else Kind.SEE_ALSO)


def agency(line: str) -> list[Mark] | None:
    """Return the parts of an agency line ("ats/sbad", "avec AFP"), or None.

    >>> [mark.kind.value for mark in agency("avec AFP")]
    ['with', 'credit']
    """
    if len(line) > _LONGEST:
        return None
    alone = _CREDIT.match(line)
    if _AGENCY_SHAPE.match(line) or (alone and _NAMED.search(alone["credit"])):
        return [Mark(0, len(line), Kind.CREDIT)]
    match = _AGENCY_NAMES.match(line) or _AGENCY_WITH.match(line)
    if not match:
        return None
    if match["with"] is None:
        return [Mark(0, len(line), Kind.CREDIT)]
    return [
        Mark(match.start("with"), match.end("with"), Kind.WITH),
        Mark(match.start("names"), match.end("names"), Kind.CREDIT),
    ]


def byline(line: str) -> list[Mark] | None:
    """Return the parts of a by-line ("Par Claire Vidal"), or None."""
    match = _BYLINE.match(line) if len(line) <= _LONGEST else None
    if not match:
        return None
    return [
        Mark(match.start("by"), match.end("by"), Kind.BY),
        Mark(match.start("names"), match.end("names"), Kind.NAME),
    ]


def dateline(line: str) -> list[Mark | Part] | None:
    """Return the parts of "PLACE (Pays), 30 sept. 2016 (ats) - " at the start of a lead, or None."""
    match = _dateline().match(line)
    if not match or not (match["when"] or match["agency"].islower() or _NAMED.search(match["agency"])):
        # "Le ministre (PS) - ": signs that are not known need a date before them.
        return None
    made: list[Mark | Part] = [Part(match.start("place"), match.end("place"), Role.DATELINE)]
    if match["when"]:
        try:
            moment = _moment(match)
        except (KeyError, ValueError):
            return None
        made += [
            Mark(match.end("place"), match.start("when"), Kind.SPACE),
            Mark(match.start("when"), match.end("when"), Kind.DATE, moment),
        ]
    at = made[-1].end
    if match.start("agency") > at:
        made.append(Mark(at, match.start("agency"), Kind.SPACE))
    made.append(Mark(match.start("agency"), match.end("agency"), Kind.CREDIT))
    made.append(Mark(match.end("agency"), match.end(), Kind.SPACE))
    return made


def _moment(match: re.Match[str]) -> Moment | None:
    """Read the date and time of a match; None where there is neither, ValueError where they cannot be."""
    date = time = None
    if match["day"]:
        year = int(match["year"] or _LEAP_YEAR)
        date = dt.date(year, _months()[match["month"].lower()], int(match["day"]))
    elif match["d"]:
        year = int(match["y"])
        date = dt.date(year if year > 99 else 2000 + year, int(match["m"]), int(match["d"]))
    if match["hour"]:
        time = dt.time(int(match["hour"]), int(match["minute"] or 0))
    return Moment(date, time, not (match["day"] and not match["year"])) if date or time else None
