"""The runs of a Word paragraph: from tokens to text and markup that can be moved.

A paragraph's most frequent formatting is its base. Runs with other formatting, links and fields are inline codes: the
markup of a code ends the run before it and begins the next one, so that a code may stand anywhere in the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from translate.documents.codes import Atom, Markup, Run
from translate.documents.formats.docx_tokens import Token, opened
from translate.documents.model import Kind, Literal

TEXT = '<w:t xml:space="preserve">'
_END = "</w:t></w:r>"
EMPTY_RUN = re.compile(rf"<w:r>(?:<w:rPr>(?:(?!</w:rPr>|<w:rPr).)*</w:rPr>)?{TEXT}</w:t></w:r>", re.DOTALL)


def atoms(tokens: Sequence[Token]) -> list[Atom]:
    """Return a paragraph as text and markup, each markup with what it is once the paragraph is written anew."""
    return _Atoms(tokens).of()


@dataclass(slots=True)
class _Atoms:
    """Follow which run is open: the base of the paragraph or of a link, or a run with formatting of its own."""

    tokens: Sequence[Token]
    made: list[Atom] = field(default_factory=list)
    pending: str = ""
    frame: str = ""
    bases: list[str] = field(default_factory=list)
    own: str | None = None
    begun: bool = False

    def of(self) -> list[Atom]:
        """Return the atoms of a paragraph."""
        self.bases.append(_base(self.tokens))
        for index, token in enumerate(self.tokens):
            self._take(token, index)
        self._leave_own()
        self.made.append(Markup(self.pending, shown=f"{_END if self.begun else ''}{self.frame}"))
        return self.made

    def _take(self, token: Token, index: int) -> None:
        if token.kind in ("trace", "frame"):
            self.pending += token.raw
            self.frame += token.raw if token.kind == "frame" else ""
        elif token.kind == "text":
            self._enter(token.key)
            self.made += [Run(self.pending, "", shown="")] if self.pending else []
            self.made.append(Run(token.raw, token.plain))
            self.pending = ""
        elif token.kind == "open":
            self._leave_own()
            base = _base(self.tokens, index)
            shown = f"{_END}{token.alone}{_opener(base)}"
            self._markup(token, shown, opens=True)
            self.bases.append(base)
        elif token.kind == "close":
            self._leave_own()
            if len(self.bases) > 1:
                self.bases.pop()
            self._markup(token, f"{_END}{token.alone}{_opener(self.bases[-1])}", closes=True)
        elif token.kind == "inside":
            self._enter(token.key)
            self._markup(token, f"</w:t>{token.raw}{TEXT}")
        else:
            self._markup(token, f"{_END}{token.alone}{self._again()}")

    def _markup(self, token: Token, shown: str, *, opens: bool = False, closes: bool = False) -> None:
        self._begin()
        raw = self.pending + token.raw
        self.pending = ""
        if token.inner:
            before, after = shown.split(token.raw, 1)
            first = Literal(raw[: len(raw) - len(token.raw)], Kind.CODE, shown=before)
            inner = (first, *token.inner, Literal("", Kind.CODE, shown=after))
            self.made.append(Markup(raw, space=token.space, inner=inner))
        else:
            self.made.append(Markup(raw, opens, closes, token.space, shown, name=token.name))

    def _enter(self, key: str) -> None:
        """Be in a run with this formatting."""
        self._begin()
        wanted = None if key == self.bases[-1] else key
        if wanted == self.own:
            return
        self._leave_own()
        if wanted is not None:
            self.made.append(Markup(self.pending, opens=True, shown=f"{_END}{_opener(wanted)}", name="run"))
            self.pending, self.own = "", wanted

    def _leave_own(self) -> None:
        if self.own is not None:
            shown = f"{_END}{_opener(self.bases[-1])}"
            self.made.append(Markup(self.pending, closes=True, shown=shown, name="run"))
            self.pending, self.own = "", None

    def _begin(self) -> None:
        """Open the first run of the paragraph."""
        if not self.begun:
            self.begun = True
            self.made.append(Markup(self.pending, shown=self.frame + _opener(self.bases[-1])))
            self.pending = self.frame = ""

    def _again(self) -> str:
        return _opener(self.bases[-1] if self.own is None else self.own)


def _base(tokens: Sequence[Token], wrapper: int | None = None) -> str:
    """Return the formatting that most of the text has, of a paragraph or in one of its wrappers."""
    counts: Counter[str] = Counter()
    depth = 0
    for index in range(wrapper or 0, len(tokens)):
        token = tokens[index]
        depth += (token.kind == "open") - (token.kind == "close")
        if wrapper is not None and not depth:
            break
        if token.kind == "text":
            counts[token.key] += len(token.plain)
    return counts.most_common(1)[0][0] if counts else ""


def _opener(key: str) -> str:
    return f"{opened(key)}{TEXT}"
