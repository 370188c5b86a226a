"""What every format promises whose editions are in the format itself; its tests inherit `RewritingSuite`."""

from __future__ import annotations

import io
import re
import struct
import tracemalloc
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

import pytest

from translate.documents.codes import TAG
from translate.documents.formats import Rewriting, Source, formats, recognise
from translate.documents.model import Document, Segment
from translate.documents.rewrite import Wording
from translate.documents.segmentation import load_segmenter
from translate.editions import own
from translate.errors import DocumentError

SPLIT = load_segmenter("fr").spans
NOTICE = "Traduction automatique, non relue."


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """Return an archive of some parts, `mimetype` stored first."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in parts.items():
            kind = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            opened.writestr(zipfile.ZipInfo(name), content, kind)
    return out.getvalue()


def without_tags(text: str) -> str:
    return TAG.sub("", text)


def louder(segment: Segment) -> str:
    """Return a translation that changes every letter and no tag."""
    parts = re.split(r"(</?\d+/?>)", segment.text)
    return "".join(part if TAG.fullmatch(part) else part.upper() for part in parts)


class RewritingSuite:
    """Hold a format to the contract. `sample` is a document with `texts`, codes as tags, in reading order."""

    format: ClassVar[Rewriting]
    suffix: ClassVar[str]
    sample: ClassVar[bytes]
    texts: ClassVar[tuple[str, ...]]
    signs: ClassVar[str] = "a < b & c > d \"e\" 'f' *g* _h_ [i](j) `k` # l | m ~~n~~ \\o {p} <b>q</b> &amp; 1. r"

    def read(self, data: bytes, *, split: bool = True, language: str = "fr", **settings: str) -> Document:
        source = Source("essai", Path(f"essai{self.suffix}"), language, SPLIT if split else None)
        return self.format.read(data, Source(*source_fields(source), {**self.format.defaults, **settings}))

    def test_the_format_is_found_by_content(self):
        assert recognise(self.sample, Path(f"a{self.suffix}"), "fr") is formats()[self.format.name]

    def test_the_texts_are_found(self):
        assert tuple(segment.text for segment in self.read(self.sample).segments) == self.texts

    @pytest.mark.parametrize("split", [True, False])
    def test_the_source_is_rebuilt(self, split):
        assert self.format.rebuild(self.read(self.sample, split=split)) == self.sample

    def test_its_own_words_written_afresh_say_the_same(self):
        own.prove(self.read(self.sample), self.format, self.format.defaults)

    def test_its_own_words_change_nothing(self):
        document = self.read(self.sample)
        same = self.format.translate(document, Wording(lambda segment: segment.text, "fr"))
        again = self.read(same)
        assert [segment.text for segment in again.segments] == list(self.texts)

    def test_other_words_are_read_again(self):
        document = self.read(self.sample)
        data = self.format.translate(document, Wording(louder, "en"))
        found = [segment.text for segment in self.read(data, language="en").segments]
        assert [without_tags(one) for one in found] == [without_tags(louder(one)) for one in document.segments]

    def test_the_language_becomes_the_editions(self):
        document = self.read(self.sample)
        data = self.format.translate(document, Wording(louder, "de"))
        again = self.read(data, language="de")
        count = [self.languages(one) for one in (document, again)]
        assert count[0] == count[1]

    def languages(self, document: Document) -> int:
        from translate.documents.model import Kind, Literal

        pieces = (piece for block in document.blocks for piece in block.pieces)
        return sum(isinstance(piece, Literal) and piece.kind is Kind.LANGUAGE for piece in pieces)

    def test_the_notice_stands_in_the_edition(self):
        document = self.read(self.sample)
        data = self.format.translate(document, Wording(louder, "en", (NOTICE,)))
        assert NOTICE in self.whole(data)
        assert NOTICE not in self.whole(self.format.translate(document, Wording(louder, "en")))

    def whole(self, data: bytes) -> str:
        """Return all the text of a file."""
        if not data.startswith(b"PK"):
            return data.decode()
        with zipfile.ZipFile(io.BytesIO(data)) as opened:
            return "\n".join(opened.read(name).decode("utf-8", "replace") for name in opened.namelist())

    def test_signs_that_mean_something_come_back_as_text(self):
        signs = self.signs
        document = self.read(self.sample)
        plain = next(segment for segment in document.segments if not segment.codes)
        wording = Wording(lambda segment: signs if segment is plain else segment.text, "en")
        again = self.read(self.format.translate(document, wording), split=False, language="en")
        assert any(signs in without_tags(segment.text) for segment in again.segments)

    def test_a_lost_code_is_an_error_that_names_it(self):
        document = self.read(self.sample)
        coded = next((segment for segment in document.segments if segment.codes), None)
        if coded is None:
            pytest.skip("no code in the sample")
        wording = Wording(lambda one: without_tags(one.text) if one is coded else one.text, "en")
        with pytest.raises(DocumentError, match="is missing") as caught:
            self.format.translate(document, wording)
        assert caught.value.remedy

    def test_reading_twice_gives_the_same(self):
        assert self.read(self.sample) == self.read(self.sample)


def source_fields(source: Source) -> tuple[str, Path, str, object]:
    return source.name, source.path, source.language, source.split


class ArchiveSuite(RewritingSuite):
    """What formats promise that are archives."""

    @pytest.mark.parametrize("cut", [0.5, 0.95])
    def test_a_file_that_was_cut_off_is_refused(self, cut):
        with pytest.raises(DocumentError, match="damaged") as caught:
            self.read(self.sample[: int(len(self.sample) * cut)])
        assert caught.value.exit_code == 2

    def test_a_zip_bomb_is_refused(self):
        with pytest.raises(DocumentError, match="bomb"):
            self.read(self.with_part("big.bin", b"\0" * (110 << 20)))

    def test_an_archive_that_lies_about_its_sizes_is_not_unpacked(self):
        data = bytearray(self.with_part(self.prose_part, b" " * (64 << 20)))
        entry = data.rindex(b"PK\x01\x02", 0, data.rindex(self.prose_part.encode()))
        struct.pack_into("<I", data, entry + 24, 1000)
        tracemalloc.start()
        with pytest.raises(DocumentError, match="damaged"):
            self.read(bytes(data))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 16 << 20

    def test_a_damaged_picture_is_found_before_anything_is_translated(self):
        data = bytearray(self.with_part("media/a.png", b"abc" * 1000))
        data[data.index(b"media/a.png") + len("media/a.png") + 3] ^= 0xFF
        document = self.read(bytes(data))
        for write in (self.format.rebuild, lambda one: self.format.translate(one, Wording(louder, "en"))):
            with pytest.raises(DocumentError, match=r"damaged.*media/a\.png"):
                write(document)

    def test_what_no_office_program_packs_is_refused(self):
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(self.sample)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_BZIP2) as new:
            for name in old.namelist():
                new.writestr(name, old.read(name))
        with pytest.raises(DocumentError, match="packed"):
            self.read(out.getvalue())

    def test_references_are_the_numbers_of_paragraphs(self):
        spaced = self.sample
        with zipfile.ZipFile(io.BytesIO(self.sample)) as opened:
            prose = opened.read(self.prose_part)
        lines = [segment.line for segment in self.read(spaced).segments]
        wider = self.read(self.with_part(self.prose_part, prose.replace(b"\n", b"\n\n\n\n\n")))
        assert sorted(segment.line for segment in wider.segments) == sorted(lines)

    def test_a_path_outside_is_refused(self):
        with pytest.raises(DocumentError, match="outside"):
            self.read(self.with_part("../../etc/passwd", b"x"))

    def test_a_file_of_before_2007_is_refused(self):
        with pytest.raises(DocumentError, match="password"):
            self.read(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 500)

    def test_a_page_with_a_wrong_name_is_refused(self):
        with pytest.raises(DocumentError, match="is html"):
            recognise(b"<!DOCTYPE html><html><body><p>Un</p></body></html>", Path(f"a{self.suffix}"), "fr")

    def test_entities_are_refused(self):
        bomb = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaa">]><r>&a;</r>'
        with pytest.raises(DocumentError, match="entities"):
            self.read(self.with_part(self.prose_part, bomb.encode()))

    def test_a_broken_part_is_named_with_its_line(self):
        with pytest.raises(DocumentError, match="not well-formed") as caught:
            self.read(self.with_part(self.prose_part, b"<a>\n<b></a>"))
        assert f"{self.prose_part}:2" in caught.value.where

    def test_other_parts_order_and_compression_stay(self):
        document = self.read(self.sample)
        data = self.format.translate(document, Wording(louder, "en"))
        touched = {part.name for part in document.parts}
        with zipfile.ZipFile(io.BytesIO(self.sample)) as old, zipfile.ZipFile(io.BytesIO(data)) as new:
            assert [(one.filename, one.compress_type) for one in old.infolist()] == [
                (one.filename, one.compress_type) for one in new.infolist()
            ]
            for name in old.namelist():
                assert name in touched or old.read(name) == new.read(name)

    prose_part: ClassVar[str]

    def with_part(self, name: str, content: bytes) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(self.sample)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            for one in old.infolist():
                if one.filename != name:
                    new.writestr(one, old.read(one))
            new.writestr(name, content)
        return out.getvalue()
