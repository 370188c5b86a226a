"""Train a network at a constant rate, stop and resume at any time; let the rate fall for a release."""

import json
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch

from training.network import Network, start, tensors
from training.packing import Shape, batches, read_tokens
from training.pretrained import FILE, read_pretrained
from training.recipe import Recipe
from training.special import SPECIAL
from training.vocabulary import load as load_vocabulary

_READER = ("reader", "embedding", "place")
_SAVED_EVERY = 600.0
_PRINTED_EVERY = 20
# The running average of the weights forgets half of what it holds in about 350 steps.
_AVERAGE = 0.002


@dataclass(frozen=True, slots=True)
class Means:
    """Hold what a run may change without changing what is learnt, and what it costs.

    ``frozen`` lowest reader layers stay as they are (0: none); ``candidates`` pieces compete in the softmax.
    """

    minutes: float
    threads: int
    frozen: int
    candidates: int
    bfloat16: bool


@dataclass(slots=True)
class Stop:
    """Become set when the process is asked to end, so that the state is saved first."""

    asked: bool = False

    def ask(self, *_: object) -> None:
        """Note the signal."""
        self.asked = True


def new_network(recipe: Recipe, weights: Path) -> Network:
    """Return a network with e5's reader and a fresh writer."""
    vocabulary = load_vocabulary(recipe.folder / "vocabulary.json")
    network = empty_network(recipe)
    start(network, read_pretrained(weights / FILE), vocabulary)
    return network


def empty_network(recipe: Recipe) -> Network:
    """Return a network of the recipe's size."""
    vocabulary = load_vocabulary(recipe.folder / "vocabulary.json")
    sizes = vocabulary.size, len(vocabulary.target) + len(SPECIAL)
    return Network(*sizes, recipe.encoder_layers, recipe.decoder_layers)


def train(recipe: Recipe, weights: Path, means: Means) -> None:
    """Train at a constant rate from ``state.pt`` (or from e5), saving there every ten minutes and at SIGTERM."""
    state = recipe.folder / "state.pt"
    _run(recipe, weights, means, lambda step, _: min(1.0, (step + 1) / recipe.warmup), state)


def decay(recipe: Recipe, weights: Path, means: Means) -> None:
    """Train from ``state.pt`` with the rate falling linearly to zero, and write ``release.pt``; the state stays."""
    _run(recipe, weights, means, lambda _, share: 1.0 - share, recipe.folder / "release.pt")


def _run(recipe: Recipe, weights: Path, means: Means, rate: Callable[[int, float], float], out: Path) -> None:
    torch.set_num_threads(means.threads)
    state = recipe.folder / "state.pt"
    saved = torch.load(state) if state.exists() else {}
    network = empty_network(recipe) if saved else new_network(recipe, weights)
    network.load_state_dict(saved.get("network", network.state_dict()))
    network.freeze(means.frozen)
    groups: dict[bool, list[torch.nn.Parameter]] = {True: [], False: []}
    for name, parameter in network.named_parameters():
        groups[name.startswith(_READER)].append(parameter)
    rates = {True: recipe.encoder_rate, False: recipe.decoder_rate}
    optimizer = torch.optim.AdamW(
        [{"params": groups[reader], "lr": rates[reader], "base": rates[reader]} for reader in (True, False)],
        betas=(0.9, 0.98),
        weight_decay=0.01,
        fused=True,
    )
    if "optimizer" in saved:
        optimizer.load_state_dict(saved["optimizer"])
    # In the network's own order, by which they are averaged: a state made from a package has another.
    average = {name: saved.get("average", network.state_dict())[name].clone() for name in network.state_dict()}
    data = json.loads((recipe.folder / "manifest.json").read_text())["data"]
    step, seen = saved.get("step", 0), saved.get("tokens", 0)
    # A place is one in the pairs that it was noted for.
    place = saved.get("place", (0, 0, 0)) if saved.get("data") == data else (0, 0, 0)
    shape = Shape(recipe.rows, recipe.source_row, recipe.target_row)
    torch.manual_seed(recipe.seed + step)
    stop = Stop()
    signal.signal(signal.SIGTERM, stop.ask)
    began = printed = kept = time.monotonic()
    total, count = 0.0, 0

    def save() -> None:
        value = {
            "network": network.state_dict(),
            "average": average,
            "optimizer": optimizer.state_dict(),
            "step": step,
            "tokens": seen,
            "place": place,
            "data": data,
        }
        torch.save(value, out.with_suffix(".tmp"))
        out.with_suffix(".tmp").replace(out)
        print(f"{time.strftime('%F %T')} saved, development loss {development_loss(recipe, average):.4f}", flush=True)

    for following, arrays in batches(read_tokens(recipe.folder / "pairs.npz"), shape, recipe.seed, place):
        batch = tensors(arrays)
        share = (time.monotonic() - began) / (means.minutes * 60)
        if stop.asked or share >= 1:
            break
        for group in optimizer.param_groups:
            group["lr"] = group["base"] * rate(step, share)
        with torch.autocast("cpu", torch.bfloat16, enabled=means.bfloat16):
            loss = network.loss(batch, means.candidates)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        forget = max(_AVERAGE, 1 / (step + 1))
        with torch.no_grad():
            torch._foreach_lerp_(list(average.values()), list(network.state_dict().values()), forget)
        place, step = following, step + 1
        tokens = int((batch.expected >= 0).sum())
        seen, count, total = seen + tokens, count + tokens, total + float(loss.detach())
        now = time.monotonic()
        if step % _PRINTED_EVERY == 0:
            speed = count / (now - printed)
            mean = total / _PRINTED_EVERY
            print(f"{time.strftime('%F %T')} step {step} loss {mean:.3f} {seen / 1e6:.3f}M {speed:.0f}/s", flush=True)
            printed, total, count = now, 0.0, 0
        if now - kept > _SAVED_EVERY:
            save()
            kept = time.monotonic()
    save()


@torch.no_grad()
def development_loss(recipe: Recipe, weights: dict[str, torch.Tensor]) -> float:
    """Return the mean loss in nats per target token of the development set, without smoothing."""
    network = empty_network(recipe)
    network.load_state_dict(weights)
    network.eval()
    tokens = read_tokens(recipe.folder / "development.npz")
    shape = Shape(8, recipe.source_row, recipe.target_row)
    sum_, count = 0.0, 0
    for (turn, _, _), arrays in batches(tokens, shape, 0, (0, 0, 0)):
        batch = tensors(arrays)
        if turn:
            break
        here = int((batch.expected >= 0).sum())
        sum_ += here * float(network.loss(batch, len(network.bias), smoothing=0.0))
        count += here
    return sum_ / count
