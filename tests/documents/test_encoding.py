"""Bytes to text and back."""

from __future__ import annotations

import codecs
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.documents.encoding import composed, decode, encode, is_blank, normal
from translate.documents.model import Encoding
from translate.errors import DocumentError

TEXT = "L'été, « déjà »\u202f!\r\nŒuvre à 5\u00a0€"

SIGNS = st.text(
    st.one_of(
        st.sampled_from("ae\u0301\u0327\u0300 \u00a0\u200b\u00ad\u2060\ufeff\r\n.\u212b\u0344\u0958é"),
        st.characters(exclude_categories=["Cs"]),
    )
)


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), Encoding("utf-8")),
        (codecs.BOM_UTF8 + TEXT.encode(), Encoding("utf-8", codecs.BOM_UTF8)),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), Encoding("utf-16-le", codecs.BOM_UTF16_LE)),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), Encoding("utf-16-be", codecs.BOM_UTF16_BE)),
    ],
)
def test_encodings(data, encoding):
    assert decode(data, "a.txt") == (TEXT, encoding)
    assert encode(TEXT, encoding) == data


def test_windows_1252():
    text = TEXT.replace("\u202f", "\u00a0")
    assert decode(text.encode("cp1252"), "a.txt") == (text, Encoding("cp1252"))


def test_what_is_utf_8_is_never_read_as_windows_1252():
    assert decode("Ã©té".encode(), "a.txt") == ("Ã©té", Encoding("utf-8"))


def test_line_ends_tabs_and_form_feeds_stay():
    assert decode(b"a\rb\r\nc\n\td\f", "a.txt")[0] == "a\rb\r\nc\n\td\f"


@pytest.mark.parametrize("sign", ["\x00", "\x01", "\x08", "\x0b", "\x1a", "\x1b", "\x7f"])
def test_control_signs_are_refused(sign):
    with pytest.raises(DocumentError, match="not a text document") as caught:
        decode(f"Un {sign} texte".encode(), "a.txt")
    assert (caught.value.where, bool(caught.value.remedy)) == ("a.txt", True)


@pytest.mark.parametrize("data", [b"", b"\r\n \t", codecs.BOM_UTF8, "\ufeff\u200b\u2060\u00ad \u00a0".encode()])
def test_empty(data):
    with pytest.raises(DocumentError, match="the document is empty") as caught:
        decode(data, "a.txt")
    assert (caught.value.where, bool(caught.value.remedy)) == ("a.txt", True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  a \t b\r\nc ", "a b c"),
        ("a\u00a0\u202fb\u2009c", "a b c"),
        ("ce\u00adsse\u200bz\ufeff", "cessez"),
        ("e\u0301te\u0301", "été"),
        ("e\u200b\u0301", "é"),
        ("", ""),
        ("\u200b", ""),
    ],
)
def test_normal(text, expected):
    assert normal(text) == expected


@given(SIGNS)
def test_normal_is_nfc_and_stays(text):
    once = normal(text)
    assert normal(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert normal(unicodedata.normalize("NFD", text)) == once
    assert is_blank(text) is (once == "")


@given(SIGNS)
def test_composed_offsets_find_the_source_of_every_position(text):
    plain, offsets = composed(text)
    assert normal(plain) == normal(text)
    if offsets is None:
        assert plain == text
        return
    assert len(offsets) == len(plain) + 1
    assert offsets == sorted(offsets)
    assert offsets[-1] == len(text)
    assert not plain or is_blank(text[: offsets[0]])


def test_composed_offsets_step_over_what_is_not_seen():
    assert composed("a\u200be\u0301.") == ("aé.", [0, 2, 4, 5])
    assert composed("Été.") == ("Été.", None)
