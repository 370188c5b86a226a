"""Texts part by part: what was found in a part of a text is known wherever the same part stands again.

A part is what stands between two white spaces, without the signs at its edges: a word, most often. To look one up is
several times quicker than to read its letters again.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

_Said = TypeVar("_Said")
# About 20 MB; the texts of a large desk have so many different parts.
_MOST = 1 << 17
# No apostrophe, no hyphen: they may belong to a word (n').
_SIGNS = '.,;:!?…()[]"«»“”„'


class Remembered(dict[str, _Said]):
    """What a function says of each text that it was ever asked about.

    >>> lengths = Remembered(len)
    >>> lengths["Paix"], list(lengths)
    (4, ['Paix'])
    """

    __slots__ = ("_function",)

    def __init__(self, function: Callable[[str], _Said]) -> None:
        """Remember a function, and nothing that it says as yet."""
        super().__init__()
        self._function = function

    def __missing__(self, text: str) -> _Said:
        """Ask the function, once."""
        if len(self) >= _MOST:
            self.clear()
        self[text] = said = self._function(text)
        return said

    def any(self, text: str) -> bool:
        """Say whether the function says anything of any part of a text."""
        return any(map(self.__getitem__, parts(text)))


# Each check asks again for the text it was given.
@lru_cache(maxsize=16)
def parts(text: str) -> tuple[str, ...]:
    """Return what stands between the white spaces of a text, without the signs at its edges.

    >>> parts("L’ONU, au  Royaume-Uni.")
    ('L’ONU', 'au', 'Royaume-Uni')
    """
    return tuple([part.strip(_SIGNS) for part in text.split()])
