"""What every plain-text format promises; a format's tests inherit `FormatSuite` and give it samples."""

from __future__ import annotations

import codecs
import dataclasses
import re
import unicodedata
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from translate.documents.encoding import normal
from translate.documents.formats import Format, Source
from translate.documents.model import Document, Segment
from translate.documents.segmentation import load_segmenter
from translate.errors import DocumentError

SPLIT = load_segmenter("fr").spans

PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489")

#: A property is run once for every format that inherits it, each time on another class.
INHERITED = settings(suppress_health_check=[HealthCheck.differing_executors])

#: What a text can look like in a file without meaning anything else.
RECODED = {
    "utf-8": lambda text: text.encode(),
    "utf-8 with a mark": lambda text: codecs.BOM_UTF8 + text.encode(),
    "utf-16-le": lambda text: codecs.BOM_UTF16_LE + text.encode("utf-16-le"),
    "utf-16-be": lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
    "windows-1252": lambda text: text.encode("cp1252"),
    "NFD": lambda text: unicodedata.normalize("NFD", text).encode(),
    "CR LF": lambda text: text.replace("\n", "\r\n").encode(),
    "CR": lambda text: text.replace("\n", "\r").encode(),
    "no-break spaces": lambda text: text.replace(" ", "\u00a0").encode(),
    "narrow no-break spaces": lambda text: text.replace(" ", "\u202f").encode(),
    "zero-width signs": lambda text: text.replace(" ", "\u200b \u2060").replace(".", ".\u200b").encode(),
    "soft hyphens": lambda text: text.replace("en", "e\u00adn").encode(),
    "a mark in every line": lambda text: text.replace("\n", "\n\ufeff").encode(),
    "NFD, CR LF, zero-width": lambda text: (
        unicodedata.normalize("NFD", text.replace("e", "e\u200b")).replace("\n", "\r\n").encode()
    ),
    "spaces around lines": lambda text: text.replace("\n", " \t\n  ").encode(),
}

LINE_ENDS = st.sampled_from(["\n", "\r\n", "\r", "\n\n", "\r\n\r\n", "\r\r", "\n \n", "\n\u00a0\n"])
MARKS = [
    *("Publié", "le", "7 décembre 2016", "à", "14:05", "Modifié", "[AFP - N. N.]", "(ats)"),
    *("ats/sbad", "avec AFP", "© Keystone", "Par", "Claire Vidal", ">> Lire aussi\u00a0:", "Alep", "(Syrie)", " - "),
    *("«\u00a0Oui\u202f!\u00a0»", '"Non."', "M.", "etc.", "x" * 90),
    *("e\u0301te\u0301", "\u200b", "\u00ad", "\ufeff", "\t", "\f", "\u0301"),
]
WORDS = st.one_of(st.sampled_from(MARKS), st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12))
LINES = st.lists(WORDS, max_size=8).map(" ".join)
TEXTS = st.lists(st.tuples(LINES, LINE_ENDS), min_size=1, max_size=10).map(
    lambda pairs: "".join(line + end for line, end in pairs)
)


def joined(document: Document) -> str:
    """Return the text that the gaps, the pieces and the tail make."""
    blocks = (block.gap + "".join(piece.raw for piece in block.pieces) for block in document.blocks)
    return "".join(blocks) + document.tail


def outline(document: Document) -> list[tuple[Any, ...]]:
    """Return what a document says, whatever bytes said it."""
    return [
        (block.role, block.story, [(segment.role, segment.text) for segment in block.segments], normal(block.heading))
        for block in document.blocks
    ]


def source_lines(text: str) -> list[str]:
    """Return the physical lines of a text; CR LF, CR and LF end one, and nothing else."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def line_starts(text: str) -> list[int]:
    """Return the offset at which each physical line begins."""
    return [0, *(match.end() for match in re.finditer(r"\r\n|\r|\n", text))]


class FormatSuite:
    """Hold a format to the contract; `samples` are texts in NFC with LF line ends that Windows-1252 can hold."""

    format: ClassVar[Format]
    samples: ClassVar[tuple[str, ...]]

    def read(self, source: str | bytes, *, split: bool = True, where: str = "desk/source/essai.txt") -> Document:
        data = source if isinstance(source, bytes) else source.encode()
        return self.format.read(data, Source("essai", Path(where), "fr", SPLIT if split else None))

    def check_whole(self, document: Document, text: str) -> None:
        """Hold the invariants that are true of every document that was read."""
        assert joined(document) == text
        starts = line_starts(text)
        at = 0
        for block in document.blocks:
            assert not normal(block.gap)
            assert block.pieces
            at += len(block.gap)
            for piece in block.pieces:
                if isinstance(piece, Segment):
                    assert piece.text
                    assert piece.text == normal(piece.raw)
                    first = starts[piece.line - 1]
                    last = starts[piece.line] if piece.line < len(starts) else len(text)
                    assert first <= at < last
                at += len(piece.raw)
        assert not normal(document.tail)

    # --- whole and exact ---------------------------------------------------------------------------------

    @pytest.mark.parametrize("split", [True, False])
    def test_it_is_rebuilt_byte_for_byte(self, split):
        for sample in self.samples:
            assert self.format.rebuild(self.read(sample, split=split)) == sample.encode()

    @pytest.mark.parametrize("split", [True, False])
    def test_gaps_pieces_and_tail_are_the_text_and_lines_are_right(self, split):
        for sample in self.samples:
            self.check_whole(self.read(sample, split=split), sample)

    @pytest.mark.parametrize("split", [True, False])
    def test_every_character_but_white_space_is_in_one_piece(self, split):
        for sample in self.samples:
            pieces = [piece for block in self.read(sample, split=split).blocks for piece in block.pieces]
            inside = "".join("".join(piece.raw.split()) for piece in pieces)
            assert inside == "".join(sample.split())

    def test_each_segment_starts_in_the_line_it_names(self):
        for sample in self.samples:
            lines = source_lines(sample)
            for segment in self.read(sample).segments:
                assert source_lines(segment.raw)[0] in lines[segment.line - 1]

    def test_a_document_says_what_it_is(self):
        document = self.read(self.samples[0], where="desk/source/sub/essai.txt")
        assert (document.name, document.path) == ("essai", Path("desk/source/sub/essai.txt"))
        assert (document.format, document.language) == (self.format.name, "fr")

    def test_reading_twice_gives_the_same(self):
        for sample in self.samples:
            assert self.read(sample) == self.read(sample)

    def test_a_document_of_other_text_is_rebuilt_otherwise(self):
        document = self.read(self.samples[0])
        other = dataclasses.replace(document, tail=document.tail + "\n")
        assert self.format.rebuild(other) == self.samples[0].encode() + b"\n"

    # --- segmentation ------------------------------------------------------------------------------------

    def test_sentences_are_the_parts_of_paragraphs(self):
        finer = False
        for sample in self.samples:
            sentences, paragraphs = self.read(sample), self.read(sample, split=False)
            assert [block.role for block in sentences.blocks] == [block.role for block in paragraphs.blocks]
            for ours, whole in zip(sentences.blocks, paragraphs.blocks, strict=True):
                many, few = [s.text for s in ours.segments], [s.text for s in whole.segments]
                assert " ".join(many) == " ".join(few)
                finer = finer or len(many) > len(few)
        assert finer

    # --- the same text in other bytes --------------------------------------------------------------------

    @pytest.mark.parametrize("name", RECODED)
    @pytest.mark.parametrize("split", [True, False])
    def test_other_bytes_say_the_same_and_are_rebuilt(self, name, split):
        for sample in self.samples:
            data = RECODED[name](sample)
            document = self.read(data, split=split)
            assert self.format.rebuild(document) == data
            assert outline(document) == outline(self.read(sample, split=split))
            self.check_whole(document, joined(document))
            assert all(unicodedata.is_normalized("NFC", segment.text) for segment in document.segments)

    @pytest.mark.parametrize("tail", ["", "\n", "\n\n\n", "\r\n", "  ", "\u200b\n", "\f\n"])
    def test_what_stands_after_the_last_line_is_kept(self, tail):
        text = self.samples[0].rstrip("\n")
        document = self.read(text + tail)
        assert self.format.rebuild(document) == (text + tail).encode()
        assert outline(document) == outline(self.read(text))

    @pytest.mark.parametrize("head", ["\n", "\r\n\r\n", "  \n\t", "\u200b\n", "\u00a0\n"])
    def test_what_stands_before_the_first_line_is_kept(self, head):
        document = self.read(head + self.samples[0])
        assert self.format.rebuild(document) == (head + self.samples[0]).encode()
        assert outline(document) == outline(self.read(self.samples[0]))

    @INHERITED
    @given(text=TEXTS, split=st.booleans(), encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
    def test_any_text_is_read_whole_and_rebuilt(self, text, split, encoding):
        data = text.encode(encoding)
        try:
            document = self.read(data, split=split)
        except DocumentError:
            assert not normal(text)
            return
        assert self.format.rebuild(document) == data
        self.check_whole(document, joined(document))
        assert 0 <= self.format.score(data, "fr") <= 1

    @INHERITED
    @given(data=st.binary(max_size=60))
    def test_any_bytes_are_rebuilt_or_refused(self, data):
        try:
            document = self.read(data)
        except DocumentError as error:
            refused = error
        else:
            assert self.format.rebuild(document) == data
            return
        assert refused.where
        assert refused.remedy

    # --- refused -----------------------------------------------------------------------------------------

    @pytest.mark.parametrize(
        ("data", "problem"),
        [
            (b"", "empty"),
            (b" \n\r\n\t", "empty"),
            (codecs.BOM_UTF8, "empty"),
            (codecs.BOM_UTF16_LE, "empty"),
            ("\u00a0\n\u202f".encode(), "empty"),
            ("\u200b\n\u00ad".encode(), "empty"),
            (PNG, "not a text document"),
            (b"Un texte\x00avec un zero", "not a text document"),
            (b"\x00" * 64, "not a text document"),
            ("Sans marque".encode("utf-16-le"), "not a text document"),
            ("Été".encode("utf-32"), "not a text document"),
            (b"\x81\x8d\x8f", "not a text document"),
            (codecs.BOM_UTF8 + b"\xe9t\xe9", "not a text document"),
            (codecs.BOM_UTF16_BE + b"\xd8\x00", "not a text document"),
        ],
    )
    def test_what_is_no_text_is_refused_by_name_and_with_a_remedy(self, data, problem):
        with pytest.raises(DocumentError, match=problem) as caught:
            self.read(data, where="desk/source/refuse.txt")
        assert caught.value.where == str(Path("desk/source/refuse.txt"))
        assert caught.value.remedy
        assert caught.value.exit_code == 2
