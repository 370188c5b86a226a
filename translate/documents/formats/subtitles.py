"""Subtitles: SubRip and WebVTT, one cue a segment, with the length that its time on the screen allows."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from translate.documents.codes import Atom, Markup, Place, Run, pieces, without_tags
from translate.documents.encoding import decode, whole_number
from translate.documents.formats import Source, TextFile
from translate.documents.markup import escaped
from translate.documents.model import Block, Document, Kind, Literal, Role, Segment
from translate.documents.rewrite import Wording, Writer
from translate.errors import DocumentError
from translate.language import same_language

# Two lines of 42 signs, 17 signs a second: what broadcasters and Netflix ask of subtitles for adults.
LINE, LINES, PER_SECOND = 42, 2, 17

_END = r"(?:\r\n|\r(?!\n)|\n)"
_TIME = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})[,.](\d{1,3})"
_TIMING = re.compile(rf"(?<![^\r\n])[ \t]*{_TIME}[ \t]*-->[ \t]*{_TIME}[^\r\n]*(?:{_END}|\Z)")
_LIKE_A_TIME = re.compile(rf"(?<![^\r\n])[ \t]*\d+:\d[^\r\n]*-->[^\r\n]*(?:{_END}|\Z)")
_EMPTY_LINE = re.compile(_END + _END)
_PARAGRAPH = re.compile(rf"\S(?:.*?\S)??(?=\s*\Z|[ \t]*{_END}[ \t]*{_END})", re.DOTALL)
_LANGUAGE = re.compile(r"(?<=[\r\n])Language:[ \t]*([\w-]+)")
_MARKUP = re.compile(
    r"<(?P<close>/)?(?P<name>[A-Za-z][\w.-]*)(?:\s[^<>]*)?/?>|<[\d:.]+>|\{\\[^}]*\}|(?:\r\n|\r|\n)|&(?:\w+|#\w+);"
)
_DASH = r"[-\u2010\u2013\u2014]"
_SPEAKER = re.compile(rf"(?:\A|[\r\n])(?:<[^>]*>|\{{[^}}]*\}}|[ \t])*{_DASH}")
_NEXT_SPEAKER = re.compile(rf" (?=(?:</?\d+/?>)*{_DASH})")


class SubripFormat(TextFile):
    """Read SubRip."""

    name = "subrip"
    suffixes = (".srt",)

    def score(self, data: bytes, language: str) -> float:
        """Look for a timing line."""
        del language
        head = data[:4096].replace(b"\0", b"").decode("latin-1").removeprefix("\xef\xbb\xbf")
        return 0.9 if _TIMING.search(head) and not head.startswith("WEBVTT") else 0.0

    def read(self, data: bytes, source: Source) -> Document:
        """Read every cue."""
        text, encoding = decode(data, source.where)
        _check(text, source.where, webvtt=False)
        blocks, tail = _read(text, source.language, webvtt=False)
        return source.document(self.name, encoding, blocks, tail)

    def translate(self, document: Document, wording: Wording) -> bytes:
        """Write the cues in another language, broken into lines."""
        return super().translate(document, _in_lines(wording))

    def writer(self, document: Document, wording: Wording) -> Writer:
        """Return what writes an edition."""
        return _Writer(wording, document, webvtt=False)


class WebvttFormat(TextFile):
    """Read WebVTT; notes, styles and regions are left alone."""

    name = "webvtt"
    suffixes = (".vtt",)

    def score(self, data: bytes, language: str) -> float:
        """Look for the word that begins the file."""
        del language
        return 1.0 if data.removeprefix(b"\xef\xbb\xbf").startswith(b"WEBVTT") else 0.0

    def read(self, data: bytes, source: Source) -> Document:
        """Read every cue, and the language that the header names."""
        text, encoding = decode(data, source.where)
        _check(text, source.where, webvtt=True)
        blocks, tail = _read(text, source.language, webvtt=True)
        return source.document(self.name, encoding, blocks, tail)

    def translate(self, document: Document, wording: Wording) -> bytes:
        """Write the cues in another language, broken into lines."""
        return super().translate(document, _in_lines(wording))

    def writer(self, document: Document, wording: Wording) -> Writer:
        """Return what writes an edition."""
        return _Writer(wording, document, webvtt=True)


def broken(text: str, speakers: int = 1, limit: int = LINE) -> str:
    r"""Break a subtitle before each speaker, else where its halves are most alike if it is too long for a line.

    A break is better after a comma. `speakers` is how many lines of the source begin with a dash.

    >>> broken("Les habitants ont fui la ville avant l'aube, disent-ils.")
    "Les habitants ont fui la ville\navant l'aube, disent-ils."
    >>> broken("- Oui. - Non !", speakers=2)
    '- Oui.\n- Non !'
    """
    if "\n" in text:
        return text
    if speakers > 1 and len(_NEXT_SPEAKER.findall(text)) == speakers - 1:
        return _NEXT_SPEAKER.sub("\n", text)
    # What looks like a time at the beginning of a line would be one.
    spaces = [match.start() for match in re.finditer(" ", text) if not _LIKE_A_TIME.match(text[match.end() :])]
    length = len(without_tags(text))
    if length <= limit or not spaces:
        return text

    def unlike(at: int) -> float:
        return abs(len(without_tags(text[:at])) - length / 2) - (4 if text[at - 1] in ",;:.?!" else 0)

    best = min(spaces, key=unlike)
    return f"{text[:best]}\n{text[best + 1 :]}"


def _in_lines(wording: Wording) -> Wording:
    """Return a wording whose cues are broken into lines, those that say what their source says as it is."""

    def words(segment: Segment) -> str:
        text = wording.words(segment)
        same = text == segment.text and not wording.afresh
        return text if same else broken(text, len(_SPEAKER.findall(segment.raw)))

    return replace(wording, words=words)


def _check(text: str, where: str, *, webvtt: bool) -> None:
    """Refuse a cue without a time, or with one that no player reads: its text would be another's, or nobody's."""
    timings = list(_TIMING.finditer(text))
    read = {timing.end() for timing in timings}
    for match in _LIKE_A_TIME.finditer(text):
        if match.end() not in read:
            raise _no_time(text, match.start(), where, f"this is no time: {match.group().strip()[:60]!r}")
    if webvtt:
        return
    if timings and (name := text[: timings[0].start()].strip("\ufeff \t\r\n")) and not name.isdigit():
        raise _no_time(text, 0, where, f"this stands before the first time: {name[:60]!r}")
    for timing, after in zip(timings, [*timings[1:], None][: len(timings)], strict=True):
        known = whole_number(text[_line_before(text, timing.start(), 0) : timing.start()], -1)
        for start, end in list(_texts(text, timing.end(), after.start() if after else len(text), webvtt=False))[1:]:
            first, *more = text[start:end].splitlines()
            if more and known >= 0 and first.strip() == str(known + 1):
                raise _no_time(text, start, where, f"the cue {first.strip()} has no time")


def _no_time(text: str, at: int, where: str, problem: str) -> DocumentError:
    line = len(re.findall(_END, text[:at])) + 1
    return DocumentError(problem, where=f"{where}:{line}", remedy="Mend the times in this file, then try again.")


def _read(text: str, language: str, *, webvtt: bool) -> tuple[Sequence[Block], str]:
    timings = list(_TIMING.finditer(text))
    if not timings:
        return (), text
    blocks = list(_header(text, timings[0].start(), language, webvtt=webvtt))
    at = sum(len(block.gap) + sum(len(piece.raw) for piece in block.pieces) for block in blocks)
    line, counted = 1, 0
    following = [*timings[1:], None]
    for timing, after in zip(timings, following, strict=True):
        limit = _limit(timing)
        stop = _head(text, after.start(), timing.end()) if after else len(text)
        for start, end in _texts(text, timing.end(), stop, webvtt=webvtt):
            line += max(text.count("\n", counted, start), text.count("\r", counted, start))
            counted = start
            made = pieces(list(_atoms(text[start:end], entities=webvtt)), Place(Role.CUE, line, "cue", limit), None)
            if any(isinstance(piece, Segment) for piece in made):
                blocks.append(Block(Role.CUE, text[at:start], made))
                at = end
    return blocks, text[at:]


def _header(text: str, first: int, language: str, *, webvtt: bool) -> Iterator[Block]:
    """Yield what stands before the first cue: the language that WebVTT names, the place of the notices."""
    name = _line_before(text, first, 0)
    # The line before a time is the cue's name, if it is not blank or the first line of WebVTT.
    first = name if text[name:first].strip() and (name or not webvtt) else first
    at = 0
    head = _EMPTY_LINE.search(text, 0, first)
    named = _LANGUAGE.search(text, 0, head.start() if head else first) if webvtt else None
    if named and same_language(named[1], language):
        yield Block(Role.STATUS, text[: named.start(1)], (Literal(named[1], Kind.LANGUAGE),))
        at = named.end(1)
    alone = not webvtt or text[:first].endswith(("\n\n", "\r\r", "\n\r\n"))
    yield Block(Role.STATUS, text[at:first], (Literal("", Kind.NOTICE, shown="" if alone else "\n"),))


def _line_before(text: str, at: int, floor: int) -> int:
    """Return where the line begins that ends at an offset; it does not begin before `floor`."""
    end = at - (2 if text[at - 2 : at] == "\r\n" else 1)
    return max(text.rfind("\n", floor, end) + 1, text.rfind("\r", floor, end) + 1, floor)


def _head(text: str, timing: int, floor: int) -> int:
    """Return where a cue begins: at its number, with or without an empty line before, else at its time."""
    number = _line_before(text, timing, floor)
    return number if text[number:timing].strip().isdigit() else timing


def _texts(text: str, start: int, stop: int, *, webvtt: bool) -> Iterator[tuple[int, int]]:
    """Yield the texts of a cue; players of SubRip show those after an empty line too, WebVTT ends there."""
    if not webvtt:
        yield from (match.span() for match in _PARAGRAPH.finditer(text, start, stop))
    elif start < stop and text[start] not in "\r\n":
        end = _EMPTY_LINE.search(text, start, stop)
        stop = end.start() if end else stop
        yield start, start + len(text[start:stop].rstrip("\r\n"))


def _limit(timing: re.Match[str]) -> int:
    def seconds(first: int) -> float:
        hours, minutes, whole, part = (timing[first + index] or "0" for index in range(4))
        return int(hours) * 3600 + int(minutes) * 60 + int(whole) + float(f"0.{part}")

    shown = seconds(5) - seconds(1)
    # A cue that ends before it begins says nothing of the time there is.
    return min(LINE * LINES, max(1, int(shown * PER_SECOND))) if shown > 0 else LINE * LINES


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
            yield Run(raw, html.unescape(raw))
        elif match["name"]:
            name = match["name"].split(".")[0].lower()
            yield Markup(raw, opens=not match["close"], closes=bool(match["close"]), name=name)
        else:
            yield Markup(raw)
    if at < len(body):
        yield Run(body[at:], body[at:])


class _Writer:
    """Write cues in the file's line ends."""

    def __init__(self, wording: Wording, document: Document, *, webvtt: bool) -> None:
        self._wording = wording
        self._webvtt = webvtt
        self._end = next((end for end in ("\r\n", "\n", "\r") if any(end in b.gap for b in document.blocks)), "\n")

    def text(self, text: str, context: str) -> str:
        """Write the lines of a cue; an empty one would end it."""
        del context
        lines = re.sub(r"\n\s+", "\n", text).split("\n")
        return self._end.join(escaped(one) if self._webvtt else one for one in lines)

    def literal(self, literal: Literal) -> str:
        """Write the language, or the notices: a note in WebVTT; in SubRip, which has none, a cue before all others."""
        if literal.kind is Kind.LANGUAGE:
            return self._wording.language
        if not self._wording.notices:
            return ""
        end = self._end
        said = " ".join(self._wording.notices)
        if self._webvtt:
            return f"{end if literal.shown else ''}NOTE {said}{end}{end}"
        return f"0{end}00:00:00,000 --> 00:00:02,000{end}{said}{end}{end}"
