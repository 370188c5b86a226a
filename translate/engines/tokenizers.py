"""How the tokens of a package are made: SentencePiece, or the byte pairs of older packages."""

from __future__ import annotations

import json
from collections.abc import Container, Mapping
from functools import cached_property
from typing import Protocol

from translate.engines.package import Package


class Tokenizer(Protocol):
    """Turn a sentence into the tokens of a model and back."""

    @property
    def written(self) -> Mapping[str, int]:
        """Return the tokens that the model can write, with their places in its vocabulary."""

    def encode(self, sentence: str) -> list[str]:
        """Return the tokens of a sentence in the source language."""

    def target(self, text: str) -> list[str]:
        """Return the tokens of a text in the target language, all of which the model can write."""

    def decode(self, tokens: list[str]) -> str:
        """Return the sentence of some tokens."""


def tokenizer(package: Package) -> Tokenizer:
    """Return the tokenizer of a package.

    Raises:
        OSError, ValueError: its files cannot be read.
    """
    if (package.path / "sentencepiece.model").is_file():
        return _SentencePiece(package)
    return _BytePairs(package)


class _SentencePiece:
    """SentencePiece, without Argos's habit of turning underscores into spaces."""

    def __init__(self, package: Package) -> None:
        from sentencepiece import SentencePieceProcessor

        self._package = package
        self._processor = SentencePieceProcessor(model_file=str(package.path / "sentencepiece.model"))

    def encode(self, sentence: str) -> list[str]:
        tokens: list[str] = self._processor.encode(sentence, out_type=str)
        return tokens

    def target(self, text: str) -> list[str]:
        tokens = self.encode(text)
        return [part for token in tokens for part in spelt(token, self.written)]

    def decode(self, tokens: list[str]) -> str:
        text: str = self._processor.decode_pieces(tokens)
        return text.replace("▁", " ")

    @cached_property
    def written(self) -> Mapping[str, int]:
        return _vocabulary(self._package)


class _BytePairs:
    """The byte pairs of Argos's older packages, which read and write the same tokens."""

    def __init__(self, package: Package) -> None:
        from argostranslate.tokenizer import BPETokenizer

        self._package = package
        self._processor = BPETokenizer(package.path / "bpe.model", package.source, package.target)

    def encode(self, sentence: str) -> list[str]:
        tokens: list[str] = self._processor.encode(sentence)
        return tokens

    target = encode

    def decode(self, tokens: list[str]) -> str:
        text: str = self._processor.decode(tokens)
        return text

    @cached_property
    def written(self) -> Mapping[str, int]:
        return _vocabulary(self._package)


def _vocabulary(package: Package) -> dict[str, int]:
    """Return the tokens that a model can write, in the order of its files: of both languages, or of the target's.

    Raises:
        OSError, ValueError: there is none, or it cannot be read.
    """
    names = [f"{kind}_vocabulary.{end}" for kind in ("target", "shared") for end in ("json", "txt")]
    found = next((file for name in names if (file := package.model / name).is_file()), None)
    if found is None:
        raise ValueError(f"{package.model} has no vocabulary")
    text = found.read_text(encoding="utf-8")
    tokens = json.loads(text) if found.suffix == ".json" else text.removesuffix("\n").split("\n")
    return {token: at for at, token in enumerate(tokens)}


def spelt(piece: str, known: Container[str]) -> list[str]:
    """Return a piece in parts that are known, the longest first; a small package writes fewer pieces than it reads.

    >>> spelt("▁312", {"▁", "▁3", "1", "2", "12"}), spelt("▁é", {"▁"})
    (['▁3', '12'], ['▁', 'é'])
    """
    if piece in known or len(piece) < 2:
        return [piece]
    end = next((end for end in range(len(piece) - 1, 0, -1) if piece[:end] in known), 1)
    return [piece[:end], *spelt(piece[end:], known)]
