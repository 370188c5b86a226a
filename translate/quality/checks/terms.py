"""The terms of the desk's glossary and of CLDR, in whatever form the sentence gives them."""

from __future__ import annotations

from collections.abc import Iterator

from translate.documents.codes import without_tags
from translate.knowledge.glossary import forbidden, missing
from translate.quality.checks import Finding, Pair, Severity
from translate.quality.checks.dates import names_of_days_and_months


def check(pair: Pair) -> Iterator[Finding]:
    """Yield a finding for a term whose translation is missing, and for a forbidden one that stands there."""
    if pair.terms is None:
        return
    source, translation = without_tags(pair.source), without_tags(pair.translation)
    elsewhere = names_of_days_and_months(pair.source_language)
    found = {
        one: None
        for role in pair.roles or (None,)
        for one in pair.terms.find(source, role)
        if one.term.text.lower() not in elsewhere
    }
    wrong = forbidden(tuple(found), translation)
    for term, variant in wrong:
        yield Finding(
            "terms",
            Severity.WARNING,
            f"{variant!r} is not to be used for {term.text!r}; write {term.translations[0]!r}",
        )
    told = {term for term, _ in wrong}
    for term in missing(tuple(found), translation):
        if term not in told:
            yield Finding("terms", Severity.WARNING, f"{term.text!r} should be {term.translations[0]!r}")
