"""Subtitles: SubRip and WebVTT, one cue a segment, with the length that its time on the screen allows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from translate.documents.codes import Atom, Markup, Place, Run, pieces, without_tags
from translate.documents.encoding import decode
from translate.documents.formats import Source, TextFile
from translate.documents.markup import escaped
from translate.documents.model import Block, Document, Kind, Literal, Role, Segment
from translate.documents.rewrite import Wording, Writer

# Two lines of 42 signs, 17 signs a second: what broadcasters and Netflix ask of subtitles for adults.
LINE, LINES, PER_SECOND = 42, 2, 17

_TIME = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})[,.](\d{1,3})"
_TIMING = re.compile(rf"^[ \t]*{_TIME}[ \t]*-->[ \t]*{_TIME}[^\r\n]*(?:\r\n|\r|\n|\Z)", re.MULTILINE)
_BLANK = re.compile(r"(?:\r\n|\r(?!\n)|\n)[ \t]*(?=\r|\n|\Z)")
_MARKUP = re.compile(
    r"<(?P<close>/)?(?P<name>[A-Za-z][\w.-]*)(?:\s[^<>]*)?>|<[\d:.]+>|\{\\[^}]*\}|(?:\r\n|\r|\n)|&(?:\w+|#\w+);"
)
_MARK = Literal("", Kind.NOTICE)


class SubripFormat(TextFile):
    """Read SubRip."""

    name = "subrip"
    suffixes = (".srt",)

    def score(self, data: bytes, language: str) -> float:
        """Look for a timing line."""
        del language
        head = data[:4096].replace(b"\0", b"").decode("latin-1")
        return 0.9 if _TIMING.search(head) and not head.lstrip("\xef\xbb\xbf").startswith("WEBVTT") else 0.0

    def read(self, data: bytes, source: Source) -> Document:
        """Read every cue."""
        text, encoding = decode(data, source.where)
        blocks, tail = _read(text, entities=False)
        return source.document(self.name, encoding, blocks, tail)

    def writer(self, document: Document, wording: Wording) -> Writer:
        """Return what writes an edition."""
        return _Writer(wording, document, entities=False)


class WebvttFormat(TextFile):
    """Read WebVTT; notes, styles and regions are left alone."""

    name = "webvtt"
    suffixes = (".vtt",)

    def score(self, data: bytes, language: str) -> float:
        """Look for the word that begins the file."""
        del language
        return 1.0 if data.removeprefix(b"\xef\xbb\xbf").startswith(b"WEBVTT") else 0.0

    def read(self, data: bytes, source: Source) -> Document:
        """Read every cue."""
        text, encoding = decode(data, source.where)
        blocks, tail = _read(text, entities=True)
        return source.document(self.name, encoding, blocks, tail)

    def writer(self, document: Document, wording: Wording) -> Writer:
        """Return what writes an edition."""
        return _Writer(wording, document, entities=True)


def broken(text: str, limit: int = LINE) -> str:
    r"""Break a subtitle that is too long for a line where its halves are most alike, better after a comma.

    >>> broken("Les habitants ont fui la ville avant l'aube, disent-ils.")
    "Les habitants ont fui la ville\navant l'aube, disent-ils."
    """
    if len(without_tags(text)) <= limit or "\n" in text:
        return text
    spaces = [match.start() for match in re.finditer(r" (?![^<]*>)", text)]
    if not spaces:
        return text
    middle = len(text) / 2
    best = min(spaces, key=lambda at: abs(at - middle) - (4 if text[at - 1] in ",;:.?!" else 0))
    return f"{text[:best]}\n{text[best + 1 :]}"


def _read(text: str, *, entities: bool) -> tuple[tuple[Block, ...], str]:
    blocks: list[Block] = []
    at, line, counted = 0, 1, 0
    for timing in _TIMING.finditer(text):
        if timing.start() < at:
            continue
        start = timing.end()
        end = _BLANK.search(text, start)
        stop = start if text[start : start + 1] in ("\r", "\n", "") else end.start() if end else len(text)
        body = text[start:stop].rstrip("\r\n")
        stop = start + len(body)
        if not blocks:
            first = text.rfind("\n", 0, max(0, timing.start() - 1)) + 1
            # The line before a time is the cue's name, if it is not blank.
            first = first if text[first : timing.start()].strip() else timing.start()
            blocks.append(Block(Role.STATUS, text[:first], (_MARK,)))
            at = first
        line += text.count("\n", counted, start)
        counted = start
        limit = min(LINE * LINES, max(1, int(_seconds(timing) * PER_SECOND)))
        made = pieces(list(_atoms(body, entities=entities)), Place(Role.CUE, line, "cue", limit), None)
        if any(isinstance(piece, Segment) for piece in made):
            blocks.append(Block(Role.CUE, text[at:start], made))
            at = stop
    return tuple(blocks), text[at:]


def _seconds(timing: re.Match[str]) -> float:
    def seconds(first: int) -> float:
        hours, minutes, whole, part = (timing[first + index] or "0" for index in range(4))
        return int(hours) * 3600 + int(minutes) * 60 + int(whole) + float(f"0.{part}")

    return seconds(5) - seconds(1)


def _atoms(body: str, *, entities: bool) -> Iterator[Atom]:
    at = 0
    for match in _MARKUP.finditer(body):
        raw = match.group()
        if raw.startswith("&") and not entities:
            continue
        if match.start() > at:
            yield Run(body[at : match.start()], body[at : match.start()])
        at = match.end()
        if raw[0] in "\r\n":
            yield Run(raw, " ")
        elif raw.startswith("&"):
            yield Run(raw, _unescaped(raw))
        elif match["name"]:
            name = match["name"].split(".")[0].lower()
            yield Markup(raw, opens=not match["close"], closes=bool(match["close"]), name=name)
        else:
            yield Markup(raw)
    if at < len(body):
        yield Run(body[at:], body[at:])


def _unescaped(raw: str) -> str:
    import html

    return html.unescape(raw)


class _Writer:
    """Write cues in the file's line ends, broken where they are too long for a line."""

    def __init__(self, wording: Wording, document: Document, *, entities: bool) -> None:
        self._wording = wording
        self._entities = entities
        self._end = next((end for end in ("\r\n", "\n", "\r") if any(end in b.gap for b in document.blocks)), "\n")

    def text(self, text: str, context: str) -> str:
        del context
        lines = broken(text).split("\n")
        return self._end.join(escaped(one) if self._entities else one for one in lines)

    def literal(self, literal: Literal) -> str:
        """Write the notices: a note in WebVTT; in SubRip, which has none, a cue before all others."""
        del literal
        if not self._wording.notices:
            return ""
        end = self._end
        said = " ".join(self._wording.notices)
        if self._entities:
            return f"NOTE {said}{end}{end}"
        return f"0{end}00:00:00,000 --> 00:00:02,000{end}{said}{end}{end}"
