"""Line ends at the edge of a text: gettext refuses a translation that has them where its source has not."""

from __future__ import annotations

from collections.abc import Iterator

from translate.quality.checks import Finding, Pair, Severity


def check(pair: Pair) -> Iterator[Finding]:
    """Yield an error where only one side begins or ends with a line end (`msgfmt -c` would too)."""
    if _edges(pair.source) == _edges(pair.translation):
        return
    begins, ends = _edges(pair.source)
    mend = "\n" * begins + pair.translation.strip("\n") + "\n" * ends
    message = "the translation begins or ends with a line end its source has not"
    yield Finding("line-ends", Severity.ERROR, message, mend)


def _edges(text: str) -> tuple[bool, bool]:
    return text[:1] == "\n", text[-1:] == "\n"
