"""Language tags (BCP 47): what a tag says, whatever the case it is written in, and with POSIX's underscores too."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=128)
def primary(tag: str) -> str:
    """Return the language of a tag without its script and region.

    >>> primary("de-CH"), primary("FR_ca"), primary("en")
    ('de', 'fr', 'en')
    """
    return tag.replace("_", "-").partition("-")[0].lower()


def same_language(one: str, other: str) -> bool:
    """Say whether two tags name one language, in whatever country.

    >>> same_language("fr-CH", "fr"), same_language("la", "fr")
    (True, False)
    """
    return primary(one) == primary(other)
