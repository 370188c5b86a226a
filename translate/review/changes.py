"""What changed in a story while pages look at it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(slots=True)
class Changes:
    """What changed in a story: `version` grows with every change, `at` says at which version each entry did.

    However often a story is read again it keeps its one account, so that a thread with an older reading adds to it.
    Versions begin at the time: pages that were open before the server was started again are behind in every entry.
    """

    version: int
    at: dict[str, int]

    def touch(self, segments: Iterable[str]) -> None:
        """Note that some entries are not what they were."""
        for one in segments:
            self.version += 1
            self.at[one] = self.version
