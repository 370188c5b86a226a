"""What tests of checks need: Hunspell's dictionaries."""

from __future__ import annotations

import os

import pytest

from translate.knowledge.spelling import speller


@pytest.fixture(scope="session")
def dictionaries() -> None:
    """Skip a test where a dictionary is missing (Debian: hunspell-fr, hunspell-de-de), but not in CI."""
    missing = [language for language in ("fr", "de") if speller(language) is None]
    if missing and not os.environ.get("CI"):
        pytest.skip(f"no Hunspell dictionary of {', '.join(missing)} is installed")
    assert not missing, "Hunspell's dictionaries must be installed in CI"
