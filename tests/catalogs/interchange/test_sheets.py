"""What goes out of a catalog."""

from __future__ import annotations

import polib
import pytest

from tests.catalogs.interchange.catalogs import catalog, entry, out
from translate.catalogs.interchange.sheets import parted
from translate.catalogs.states import State
from translate.errors import CatalogError


def test_entries_in_use_go_out_in_order() -> None:
    gone = entry("c", "C", State.REVIEWED)
    gone.obsolete = True
    made = out(catalog(entry("b", "B", State.REVIEWED), entry("a"), gone))
    assert [(item.source, item.role, item.limit) for item in made.items] == [("b", "lead", 51), ("a", "lead", 51)]


def test_an_identity_names_the_entry_and_what_was_given_out() -> None:
    first, second, third = (
        out(catalog(entry("a", *words))).items[0] for words in ((), ("A", State.DRAFT), ("A", State.REVIEWED))
    )
    assert first.name == second.name == third.name
    assert len({first.identity, second.identity, third.identity}) == 3
    assert parted("7") == parted("") == ("", "")
    assert parted(first.name) == (first.name, "")


def test_plural_forms_of_another_program_are_refused_with_a_remedy() -> None:
    plural = polib.POEntry(msgid="a", msgid_plural="as", msgstr_plural={0: "x", 1: "y"})
    with pytest.raises(CatalogError, match="plural") as caught:
        out(catalog(plural))
    assert "translate extract port" in caught.value.remedy
