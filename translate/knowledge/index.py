"""An index of texts by their words and pairs of neighbouring words: it proposes those that may be like a text.

A word counts by its beginning, so that an ending or a slip at the end does not hide it. Each feature falls into one of
2^20 buckets, which lists the texts that have it. A look-up reads the shortest lists of a text's features until it has
read enough: its cost does not grow with the most frequent words.
"""

from __future__ import annotations

import re
import sqlite3
import zlib
from array import array
from collections.abc import Iterator
from itertools import pairwise, repeat

_BITS = 20
_BEGINNING = 6
# A look-up reads lists of so many texts in all; more where it has read fewer than so many lists.
_READ = 20_000
_LISTS = 4
_READ_AT_MOST = 100_000
_WORD = re.compile(r"[^\W\d_]+|\d")


def features(shape: str) -> set[int]:
    """Return the buckets of a text.

    >>> len(features("Le ministre parle")), features("Les ministres") & features("Des ministres") != set()
    (7, True)
    """
    words = [word[:_BEGINNING] for word in _WORD.findall(shape.lower())]
    pairs = (f"{one} {other}" for one, other in pairwise(["", *words, ""]))
    return {zlib.crc32(feature.encode()) >> (32 - _BITS) for feature in (*words, *pairs)}


class Writer:
    """Texts on their way into the index."""

    def __init__(self) -> None:
        """Begin with none."""
        self._texts = array("I")
        self._buckets = array("I")

    def __len__(self) -> int:
        """Return how many postings wait."""
        return len(self._buckets)

    def add(self, text: int, shape: str) -> None:
        """Note a text; `flush` writes it."""
        buckets = features(shape)
        self._buckets.extend(buckets)
        self._texts.extend(repeat(text, len(buckets)))

    def flush(self, database: sqlite3.Connection) -> None:
        """Append the noted texts to the lists of their buckets."""
        database.executemany(
            "insert into postings values (?, ?)"
            " on conflict do update set texts = cast(texts || excluded.texts as blob)",
            self._lists(),
        )
        self._texts, self._buckets = array("I"), array("I")

    def _lists(self) -> Iterator[tuple[int, bytes]]:
        import numpy as np

        if not self._buckets:
            return
        buckets, texts = np.array(self._buckets), np.array(self._texts)
        order = np.argsort(buckets, kind="stable")
        buckets, texts = buckets[order], texts[order]
        starts = np.flatnonzero(np.diff(buckets, prepend=-1)).tolist()
        for start, end in pairwise([*starts, len(buckets)]):
            yield int(buckets[start]), texts[start:end].tobytes()


def proposed(database: sqlite3.Connection, shape: str, limit: int) -> list[int]:
    """Return the texts that share most features with one, at most `limit`."""
    import numpy as np

    marks = ",".join(map(str, features(shape)))
    sizes = database.execute(f"select length(texts), bucket from postings where bucket in ({marks})").fetchall()
    chosen: list[int] = []
    read = 0
    for size, bucket in sorted(sizes):
        read += size // 4
        if chosen and read > (_READ if len(chosen) >= _LISTS else _READ_AT_MOST):
            break
        chosen.append(bucket)
    lists = database.execute(f"select texts from postings where bucket in ({','.join(map(str, chosen))})")
    postings = np.frombuffer(b"".join(row[0] for row in lists), np.uint32)
    texts, shared = np.unique(postings, return_counts=True)
    if len(texts) > limit:
        texts = texts[np.argpartition(-shared, limit)[:limit]]
    found: list[int] = texts.tolist()
    return found
