"""What `translate check` found, in the formats that people and programs read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from translate.cli.output import Output, count

if TYPE_CHECKING:
    from translate.checking import Found

_SARIF = "https://json.schemastore.org/sarif-2.1.0.json"


def rows(found: Sequence[Found]) -> list[dict[str, Any]]:
    """Return findings for `--json`; `mend` and `waived` only where there is one."""
    return [
        {
            "document": one.document,
            "language": one.language,
            "line": one.line,
            "catalog": one.catalog,
            "catalog_line": one.catalog_line,
            "check": one.finding.check,
            "severity": str(one.finding.severity),
            "message": one.finding.message,
            "source": one.source,
            "translation": one.translation,
            **({} if one.finding.mend is None else {"mend": one.finding.mend}),
            **({"waived": one.waived} if one.waived else {}),
        }
        for one in found
    ]


def say(out: Output, found: Sequence[Found]) -> None:
    """Print findings for a person, those of an entry together; waived ones are only counted."""
    entry = None
    for one in found:
        if one.waived:
            continue
        if entry != (one.catalog, one.catalog_line):
            entry = (one.catalog, one.catalog_line)
            out.say(f"{one.catalog}:{one.catalog_line} (source line {one.line})")
            out.say(f"    {one.source}\n    {one.translation}")
        mend = " (--fix mends it)" if one.finding.mend is not None else ""
        out.say(f"  {one.finding.severity}: {one.finding.message} [{one.finding.check}]{mend}")
    counted = [one for one in found if not one.waived]
    waived = len(found) - len(counted)
    errors = sum(one.is_error for one in counted)
    out.say(f"{count(len(counted), 'finding')}, {count(errors, 'error')}{f', {waived} waived' if waived else ''}.")


def sarif(found: Sequence[Found]) -> str:
    """Return findings as SARIF 2.1.0 (OASIS), which code hosts and editors show in place."""
    import json

    from translate import __version__

    names = sorted({one.finding.check for one in found})
    results = [
        {
            "ruleId": one.finding.check,
            "ruleIndex": names.index(one.finding.check),
            "level": str(one.finding.severity),
            "message": {"text": f"{one.finding.message}\n{one.source}\n{one.translation}"},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": _uri(one.catalog)},
                        "region": {"startLine": max(1, one.catalog_line)},
                    }
                }
            ],
            **({"suppressions": [{"kind": "inSource", "justification": one.waived}]} if one.waived else {}),
        }
        for one in found
    ]
    rules = [{"id": name, "shortDescription": {"text": about(name)}} for name in names]
    driver = {"name": "Translation Desk", "version": __version__, "rules": rules}
    log = {"$schema": _SARIF, "version": "2.1.0", "runs": [{"tool": {"driver": driver}, "results": results}]}
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


def _uri(catalog: str) -> str:
    """Return a path as a URI: relative to the desk, whole where it lies elsewhere."""
    path = Path(catalog)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())


def junit(found: Sequence[Found]) -> str:
    """Return findings as JUnit XML, a test case an entry, which build servers read; waived ones are skipped cases."""
    from lxml import etree

    suites = etree.Element("testsuites")
    for catalog in dict.fromkeys(one.catalog for one in found):
        here = [one for one in found if one.catalog == catalog]
        failures = Counter(not one.waived for one in here)
        suite = etree.SubElement(
            suites,
            "testsuite",
            name=catalog,
            tests=str(len(here)),
            failures=str(failures[True]),
            skipped=str(failures[False]),
        )
        for one in here:
            case = etree.SubElement(
                suite, "testcase", classname=catalog, name=_clean(f"{one.finding.check}, line {one.catalog_line}")
            )
            kind = "skipped" if one.waived else "failure"
            said = etree.SubElement(case, kind, message=_clean(one.waived or one.finding.message))
            if not one.waived:
                said.set("type", str(one.finding.severity))
                said.text = _clean(f"{one.source}\n{one.translation}")
    return str(etree.tostring(suites, encoding="unicode", pretty_print=True))


def github(found: Sequence[Found]) -> str:
    """Return findings as workflow commands, which GitHub shows beside the lines of a change."""
    lines = [
        f"::{one.finding.severity} file={_property(one.catalog)},line={max(1, one.catalog_line)},"
        f"title={_property(one.finding.check)}::{_data(one.finding.message)}"
        for one in found
        if not one.waived
    ]
    return "".join(f"{line}\n" for line in lines)


#: What --format takes beside text and json.
FORMATS: dict[str, Callable[[Sequence[Found]], str]] = {"sarif": sarif, "junit": junit, "github": github}


def about(name: str) -> str:
    """Return the first line of what a check says of itself."""
    import sys

    from translate.quality.checks import checks

    check = checks().get(name)
    said = sys.modules[check.__module__].__doc__ if check else None
    return (said or name).strip().split("\n")[0]


def _clean(text: str) -> str:
    """Return a text without the signs that XML cannot hold."""
    return "".join(sign for sign in text if sign in "\t\n\r" or (sign >= " " and sign not in "\ufffe\uffff"))


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
