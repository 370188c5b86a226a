"""Professional translations: few carry a finding. Most of what is found there is true (docs/checks.md)."""

from __future__ import annotations

from pathlib import Path

import pytest

from translate.catalogs.states import State
from translate.knowledge.glossary import Glossary
from translate.quality.checks import Pair, Severity, examine

EVAL = Path(__file__).parents[3] / "shared" / "eval"
ERRORS, ANY = 0.03, 0.10

pytestmark = [
    pytest.mark.usefixtures("dictionaries"),
    pytest.mark.shared,
    pytest.mark.skipif(not EVAL.is_dir(), reason="the shared test sets are not here"),
]


def test_professional_translations_carry_few_findings() -> None:
    total = errors = any_ = 0
    for language in ("en", "de"):
        terms = Glossary().between("fr", language)
        source, translation = (
            (EVAL / f"ntrex.fr-{language}.{side}").read_text(encoding="utf-8").splitlines() for side in ("fr", language)
        )
        for one, other in zip(source, translation, strict=True):
            found = examine(Pair(one, other, "fr", language, State.REVIEWED, terms=terms))
            total += 1
            any_ += bool(found)
            errors += any(finding.severity is Severity.ERROR for finding in found)
    assert errors <= ERRORS * total
    assert any_ <= ANY * total
