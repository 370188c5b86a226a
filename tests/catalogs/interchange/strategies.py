"""Terms as hypothesis makes them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from hypothesis import strategies as st

from translate.catalogs.interchange.terms import PARTS_OF_SPEECH, Term, clean
from translate.documents.model import Role

_TEXTS = st.text("aéÉß漢 '’-.,;|\\\"*\t&<>=", min_size=1, max_size=12).map(clean).filter(bool)
_NOTES = st.text('aé ,;|\\"<>&\n=@', max_size=12).map(str.strip).filter(lambda note: not note.startswith("@term"))


@st.composite
def term(draw: st.DrawFn) -> Term:
    right = draw(st.lists(_TEXTS, min_size=1, max_size=3, unique=True))
    wrong = draw(st.lists(_TEXTS.filter(lambda text: text not in right), max_size=2, unique=True))
    days = sorted(draw(st.lists(st.dates(dt.date(1900, 1, 1)), min_size=2, max_size=2)))
    return Term(
        draw(_TEXTS),
        "fr",
        draw(st.sampled_from(["en", "de", "de-CH"])),
        tuple(right),
        tuple(wrong),
        draw(st.sampled_from(["", *PARTS_OF_SPEECH])),
        draw(st.booleans()),
        tuple(draw(st.lists(st.sampled_from([str(role) for role in Role]), max_size=2, unique=True))),
        draw(st.sampled_from([None, days[0]])),
        draw(st.sampled_from([None, days[1]])),
        draw(_NOTES),
    )


def terms() -> st.SearchStrategy[Sequence[Term]]:
    return st.lists(term(), min_size=1, max_size=6, unique_by=lambda one: one.key)
