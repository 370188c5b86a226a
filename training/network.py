"""Define the network: the lower layers of multilingual-e5-small read, a small pre-norm decoder writes.

Shapes below: R rows, S source positions, T target positions, D the width (384). A row holds several sentences;
``*_sentence`` numbers them from 1 within the row, 0 is padding, and no position attends outside its sentence.
"""

import math
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from training.pretrained import WIDTH, Pretrained
from training.special import IGNORED, SPECIAL
from training.vocabulary import Vocabulary

INNER = 1536
READER_HEADS, WRITER_HEADS = 12, 8
POSITIONS = 512
SMOOTHING = 0.1
_EPSILON = 1e-12


@dataclass(frozen=True, slots=True)
class Batch:
    """Hold one batch: identifiers, place in the sentence and sentence in the row for each position."""

    source: Tensor
    source_place: Tensor
    source_sentence: Tensor
    target: Tensor
    target_place: Tensor
    target_sentence: Tensor
    expected: Tensor


def tensors(arrays: dict[str, NDArray[np.int64]]) -> Batch:
    """Return the batch that `packing` filled."""
    return Batch(**{name: torch.from_numpy(array) for name, array in arrays.items()})


def attend(query: Tensor, key: Tensor, value: Tensor, heads: int, mask: Tensor) -> Tensor:
    """Return multi-head attention of (R, T, D) on (R, S, D) under a boolean mask (R, 1, T, S)."""
    rows, length, width = query.shape
    q, k, v = (x.view(rows, -1, heads, width // heads).transpose(1, 2) for x in (query, key, value))
    out = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
    return out.transpose(1, 2).reshape(rows, length, width)


class ReaderLayer(nn.Module):
    """Be one BERT layer: attention and feed-forward, each normalised after it is added."""

    def __init__(self) -> None:
        """Make the layer with random weights."""
        super().__init__()
        self.attention_in, self.attention_out = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.attention_norm = nn.LayerNorm(WIDTH, _EPSILON)
        self.inner, self.outer = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.outer_norm = nn.LayerNorm(WIDTH, _EPSILON)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Return (R, S, D)."""
        x = self.attention_norm(x + self.attention_out(attend(*self.attention_in(x).chunk(3, -1), READER_HEADS, mask)))
        return self.outer_norm(x + self.outer(functional.gelu(self.inner(x))))


class WriterLayer(nn.Module):
    """Be one pre-norm decoder layer: on itself, on the source, feed-forward."""

    def __init__(self) -> None:
        """Make the layer with random weights."""
        super().__init__()
        self.self_norm, self.self_in, self.self_out = nn.LayerNorm(WIDTH), nn.Linear(WIDTH, 3 * WIDTH), _square()
        self.source_norm, self.source_query, self.source_in = (
            nn.LayerNorm(WIDTH),
            _square(),
            nn.Linear(WIDTH, 2 * WIDTH),
        )
        self.source_out = _square()
        self.outer_norm, self.inner, self.outer = nn.LayerNorm(WIDTH), nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)

    def forward(self, y: Tensor, memory: Tensor, itself: Tensor, across: Tensor) -> Tensor:
        """Return (R, T, D)."""
        y = y + self.self_out(attend(*self.self_in(self.self_norm(y)).chunk(3, -1), WRITER_HEADS, itself))
        key, value = self.source_in(memory).chunk(2, -1)
        y = y + self.source_out(attend(self.source_query(self.source_norm(y)), key, value, WRITER_HEADS, across))
        return y + self.outer(functional.relu(self.inner(self.outer_norm(y))))


class Network(nn.Module):
    """Translate: a reader with the embeddings and layers of e5, a writer whose embeddings are tied to its output."""

    def __init__(self, pieces: int, target_pieces: int, reader_layers: int, writer_layers: int) -> None:
        """Make the network with random weights."""
        super().__init__()
        self.embedding, self.place = nn.Embedding(pieces, WIDTH), nn.Embedding(POSITIONS, WIDTH)
        self.embedding_norm = nn.LayerNorm(WIDTH, _EPSILON)
        self.reader = nn.ModuleList(ReaderLayer() for _ in range(reader_layers))
        self.target = nn.Embedding(target_pieces, WIDTH)
        self.writer = nn.ModuleList(WriterLayer() for _ in range(writer_layers))
        self.norm, self.bias = nn.LayerNorm(WIDTH), nn.Parameter(torch.zeros(target_pieces))
        self.register_buffer("waves", sinusoids(), persistent=False)
        for module in self.writer.modules():
            if isinstance(module, nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                nn.init.zeros_(module.bias)

    def freeze(self, layers: int) -> None:
        """Keep the embeddings and the lowest ``layers`` reader layers as they are; 0 frees everything."""
        lowest = [self.embedding, self.place, self.embedding_norm, *self.reader[:layers]] if layers else []
        self.requires_grad_(True)
        for module in lowest:
            module.requires_grad_(False)

    def read(self, batch: Batch) -> Tensor:
        """Return the memory (R, S, D)."""
        mask = (batch.source_sentence[:, :, None] == batch.source_sentence[:, None, :])[:, None]
        x = self.embedding_norm(self.embedding(batch.source) + self.place(batch.source_place))
        for layer in self.reader:
            x = layer(x, mask)
        return x

    def write(self, batch: Batch, memory: Tensor) -> Tensor:
        """Return the states before the projection (R, T, D)."""
        sentence = batch.target_sentence
        length = sentence.shape[1]
        causal = torch.ones(length, length, dtype=torch.bool).tril()
        itself = ((sentence[:, :, None] == sentence[:, None, :]) & causal)[:, None]
        # Padding may look anywhere: a position that may look nowhere turns into NaN.
        across = (sentence[:, :, None] == batch.source_sentence[:, None, :]) | (sentence == 0)[:, :, None]
        y = self.target(batch.target) * math.sqrt(WIDTH) + self.waves[batch.target_place]
        for layer in self.writer:
            y = layer(y, memory, itself, across[:, None])
        return self.norm(y)

    def loss(self, batch: Batch, candidates: int, smoothing: float = SMOOTHING) -> Tensor:
        """Return the mean cross-entropy per target token.

        With ``candidates`` fewer than the target pieces, only the batch's own pieces and a uniform sample of the
        others compete; the sample's logits are raised by the log of how many each stands for, so that the sum over
        them estimates the sum over all.
        """
        states, expected = self.write(batch, self.read(batch)).flatten(0, 1), batch.expected.flatten()
        weight, bias = self.target.weight, self.bias
        if candidates < len(bias):
            own = torch.unique(expected[expected != IGNORED])
            others = torch.ones(len(bias), dtype=torch.bool)
            others[own] = False
            rest = others.nonzero().flatten()
            drawn = rest[torch.randperm(len(rest))[: candidates - len(own)]]
            chosen = torch.cat([own, drawn])
            stands_for = torch.zeros(len(chosen))
            stands_for[len(own) :] = math.log(len(rest) / len(drawn))
            weight, bias = weight[chosen], bias[chosen] + stands_for
            place = torch.full((len(self.bias),), IGNORED)
            place[chosen] = torch.arange(len(chosen))
            expected = torch.where(expected == IGNORED, IGNORED, place[expected.clamp(min=0)])
        logits = functional.linear(states, weight, bias).float()
        return functional.cross_entropy(logits, expected, label_smoothing=smoothing, ignore_index=IGNORED)


def sinusoids() -> Tensor:
    """Return the places' waves (POSITIONS, D): sines in the first half, cosines in the second."""
    half = WIDTH // 2
    speed = torch.exp(-math.log(10_000) / (half - 1) * torch.arange(half).float())
    angle = torch.arange(POSITIONS)[:, None].float() * speed
    return torch.cat([angle.sin(), angle.cos()], 1)


@torch.no_grad()
def start(network: Network, pretrained: Pretrained, vocabulary: Vocabulary) -> None:
    """Fill the reader with e5's weights, and the target embeddings with its rows, centred and scaled."""

    def tensor(name: str, *shape: int) -> Tensor:
        return torch.from_numpy(pretrained.tensor(name)).view(*shape)

    place = {piece: number for number, piece in enumerate(pretrained.pieces)}
    rows = [place[piece] for piece in (*SPECIAL, *vocabulary.pieces)]
    network.embedding.weight.copy_(tensor("emb.word", -1, WIDTH)[rows])
    network.place.weight.copy_(tensor("emb.pos", -1, WIDTH)[:POSITIONS] + tensor("emb.type", -1, WIDTH)[0])
    _fill(network.embedding_norm, tensor("emb.ln.w", -1), tensor("emb.ln.b", -1))
    for number, layer in enumerate(network.reader):
        name = f"l{number}."
        weight = torch.cat([tensor(f"{name}{part}.w", WIDTH, WIDTH) for part in "qkv"])
        _fill(layer.attention_in, weight, torch.cat([tensor(f"{name}{part}.b", -1) for part in "qkv"]))
        for module, part, shape in (
            (layer.attention_out, "ao", (WIDTH, WIDTH)),
            (layer.attention_norm, "aln", (-1,)),
            (layer.inner, "fi", (-1, WIDTH)),
            (layer.outer, "fo", (WIDTH, -1)),
            (layer.outer_norm, "oln", (-1,)),
        ):
            _fill(module, tensor(f"{name}{part}.w", *shape), tensor(f"{name}{part}.b", -1))
    target = network.embedding.weight[vocabulary.target_ids()]
    network.target.weight.copy_((target - target.mean(0)) / target.std() * WIDTH**-0.5)


def _fill(module: nn.Module, weight: Tensor, bias: Tensor) -> None:
    module.weight.copy_(weight)
    module.bias.copy_(bias)


def _square() -> nn.Linear:
    return nn.Linear(WIDTH, WIDTH)
