"""What kinds of text a segment is, for those who weigh them: its roles, whether it has figures, whether it quotes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from translate.documents.codes import without_tags
from translate.documents.model import Role

#: The kind of a text with figures, whatever its role.
FIGURES = "figures"
_FIGURE = re.compile(r"\d")
_QUOTES = re.compile(r"[«»“”„\"]")


def kinds(roles: Sequence[Role], text: str) -> list[str]:
    """Return the roles of a text, "figures" where it has some, and "quotation" where it has quotation marks.

    >>> kinds((Role.PARAGRAPH,), "<1>Il</1> y a 3 morts.")
    ['paragraph', 'figures']
    """
    plain = without_tags(text)
    named: list[str] = [str(role) for role in roles]
    named += [FIGURES] if _FIGURE.search(plain) else []
    named += [str(Role.QUOTATION)] if _QUOTES.search(plain) and Role.QUOTATION not in roles else []
    return named
