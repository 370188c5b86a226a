"""Cut the pretrained encoder's pieces down to those a pair of languages uses."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import sentencepiece
from sentencepiece import sentencepiece_model_pb2

from training.pretrained import Pretrained
from training.special import BOS, EOS, SPECIAL, UNK

_NEVER = {"<s>", "<pad>", "</s>", "<unk>", "<mask>", ""}
# A name or a sign outside the frequent pieces must still be spelt out: these characters always stay.
_ALPHABET = [
    "▁",
    *(chr(code) for code in range(33, 127)),
    *"àâäæçéèêëîïôöœùûüÿÀÂÄÆÇÉÈÊËÎÏÔÖŒÙÛÜŸßẞ«»„“”‚‘’–—…·•°§€£¥©®™²³½¼ñÑáÁíÍóÓúÚãõåÅøØšŠžŽčČćĆđłŁıİğĞşŞ",
]
_CONTROL, _UNKNOWN, _NORMAL = 3, 2, 1


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Hold the pieces of both sides, by falling score, and the subset that the target side may write.

    Identifiers: 0 to 2 are ``SPECIAL``; piece ``i`` is ``i + 3``. Target identifiers count within the subset.
    """

    pieces: tuple[str, ...]
    target: tuple[str, ...]

    @property
    def size(self) -> int:
        """Return how many source identifiers there are."""
        return len(self.pieces) + len(SPECIAL)

    def target_ids(self) -> list[int]:
        """Return the source identifier of each target identifier."""
        place = {piece: number for number, piece in enumerate(self.pieces, len(SPECIAL))}
        return [UNK, BOS, EOS, *(place[piece] for piece in self.target)]


def save(vocabulary: Vocabulary, path: Path) -> None:
    """Write the vocabulary as JSON."""
    path.write_text(json.dumps({"pieces": vocabulary.pieces, "target": vocabulary.target}, ensure_ascii=False))


def load(path: Path) -> Vocabulary:
    """Read a vocabulary that ``save`` wrote."""
    values = json.loads(path.read_text())
    return Vocabulary(tuple(values["pieces"]), tuple(values["target"]))


def model_bytes(pieces: Iterable[tuple[str, float]]) -> bytes:
    """Return a SentencePiece unigram model of exactly these pieces and scores."""
    out = BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(["bonjour le monde", "hello world", "guten tag welt"] * 50),
        model_writer=out,
        vocab_size=40,
        model_type="unigram",
        normalization_rule_name="nmt_nfkc",
        hard_vocab_limit=False,
        minloglevel=2,
    )
    model = sentencepiece_model_pb2.ModelProto()
    model.ParseFromString(out.getvalue())
    del model.pieces[:]
    special = [(name, 0.0, _UNKNOWN if name == "<unk>" else _CONTROL) for name in SPECIAL]
    for piece, score, kind in special + [(piece, float(score), _NORMAL) for piece, score in pieces]:
        model.pieces.add(piece=piece, score=score, type=kind)
    spec = model.trainer_spec
    spec.vocab_size, spec.unk_id, spec.bos_id, spec.eos_id, spec.pad_id = len(model.pieces), UNK, BOS, EOS, -1
    return bytes(model.SerializeToString())


def target_model(vocabulary: Vocabulary, model: bytes) -> bytes:
    """Return a SentencePiece model of the target pieces alone, whose identifiers are the target identifiers.

    A word whose usual pieces the target may not write is thus spelt with shorter ones.
    """
    both = sentencepiece_model_pb2.ModelProto()
    both.ParseFromString(model)
    score = {piece.piece: piece.score for piece in both.pieces}
    return model_bytes((piece, score[piece]) for piece in vocabulary.target)


def cut(
    pretrained: Pretrained, source: Sequence[str], target: Sequence[str], sizes: tuple[int, int]
) -> tuple[Vocabulary, bytes]:
    """Return the vocabulary of the most frequent pieces of both sides, and its SentencePiece model."""
    known = [(p, s) for p, s in zip(pretrained.pieces, pretrained.scores, strict=True) if p not in _NEVER]
    splitter = sentencepiece.SentencePieceProcessor(model_proto=model_bytes(known))
    score = dict(known)
    chars = {char for char in _ALPHABET if char in score}
    reads, writes = (
        {piece for piece, _ in _counted(splitter, side).most_common(size)} & score.keys()
        for side, size in zip((source, target), sizes, strict=True)
    )
    pieces = sorted(reads | writes | chars, key=lambda piece: (-score[piece], piece))
    vocabulary = Vocabulary(tuple(pieces), tuple(piece for piece in pieces if piece in writes | chars))
    return vocabulary, model_bytes((piece, score[piece]) for piece in pieces)


def _counted(splitter: sentencepiece.SentencePieceProcessor, lines: Sequence[str]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for start in range(0, len(lines), 5000):
        for pieces in splitter.encode(list(lines[start : start + 5000]), out_type=str):
            counts.update(pieces)
    return counts
