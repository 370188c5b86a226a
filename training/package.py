"""Between the network and a CTranslate2 model in an Argos package: write one as int8, read one back."""

import json
import shutil
import struct
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from ctranslate2.specs import common_spec, transformer_spec
from numpy.typing import NDArray

from training.learn import empty_network
from training.network import READER_HEADS, WRITER_HEADS, Network
from training.recipe import Recipe
from training.special import SPECIAL
from training.vocabulary import Vocabulary
from training.vocabulary import load as load_vocabulary
from training.vocabulary import save as save_vocabulary

_NAMES = {"fr": "French", "en": "English", "de": "German"}
# What CTranslate2 calls the modules of a layer, and what the network does.
_FEED_FORWARD = {"ffn/linear_0": "inner", "ffn/linear_1": "outer", "ffn/layer_norm": "outer_norm"}
_READER_LAYER = _FEED_FORWARD | {
    "self_attention/linear_0": "attention_in",
    "self_attention/linear_1": "attention_out",
    "self_attention/layer_norm": "attention_norm",
}
_WRITER_LAYER = _FEED_FORWARD | {
    "self_attention/linear_0": "self_in",
    "self_attention/linear_1": "self_out",
    "self_attention/layer_norm": "self_norm",
    "attention/linear_0": "source_query",
    "attention/linear_1": "source_in",
    "attention/linear_2": "source_out",
    "attention/layer_norm": "source_norm",
}
_TYPES = (np.float32, np.int8, np.int16, np.int32, np.float16)


def write_package(recipe: Recipe, weights: Path, out: Path, version: str) -> None:
    """Write the Argos package of ``weights`` (``release.pt``, or ``state.pt``'s running average) as a folder.

    Raises: FileExistsError if ``out`` exists; ValueError if CTranslate2 finds a tensor missing or misshapen.
    """
    vocabulary = load_vocabulary(recipe.folder / "vocabulary.json")
    network = empty_network(recipe)
    network.load_state_dict(torch.load(weights)["average"])
    out.mkdir(parents=True)
    (out / "model").mkdir()
    spec(network, vocabulary, recipe).save(str(out / "model"))
    shutil.copy(recipe.folder / "sentencepiece.model", out)
    metadata = {
        "package_version": version,
        "argos_version": "1.9.0",
        "from_code": recipe.source,
        "from_name": _NAMES[recipe.source],
        "to_code": recipe.target,
        "to_name": _NAMES[recipe.target],
    }
    (out / "metadata.json").write_text(json.dumps(metadata, indent=1) + "\n")


def spec(network: Network, vocabulary: Vocabulary, recipe: Recipe) -> transformer_spec.TransformerSpec:
    """Return CTranslate2's int8 specification of the network."""
    reader = transformer_spec.TransformerEncoderSpec(
        recipe.encoder_layers,
        READER_HEADS,
        pre_norm=False,
        activation=common_spec.Activation.GELU,
        layernorm_embedding=True,
    )
    writer = transformer_spec.TransformerDecoderSpec(
        recipe.decoder_layers, WRITER_HEADS, pre_norm=True, activation=common_spec.Activation.RELU
    )
    made = transformer_spec.TransformerSpec(reader, writer)
    reader.scale_embeddings, writer.scale_embeddings = False, True
    values = network.state_dict()
    for path, name in correspondence(recipe):
        holder, _, attribute = path.rpartition("/")
        place = made
        for step in holder.split("/"):
            place = _step(place, step)
        setattr(place, attribute, values[name].numpy())
    writer.position_encodings.encodings = network.waves.numpy()
    writer.projection.weight = values["target.weight"].numpy()
    pieces = [*SPECIAL, *vocabulary.pieces]
    made.register_source_vocabulary(pieces)
    made.register_target_vocabulary([*SPECIAL, *vocabulary.target])
    config = made.config
    config.unk_token, config.bos_token, config.eos_token = SPECIAL
    config.decoder_start_token, config.add_source_eos, config.add_source_bos = SPECIAL[1], True, False
    made.validate()
    made.optimize(quantization="int8")
    return made


def read_package(recipe: Recipe, package: Path) -> None:
    """Make ``state.pt`` and the vocabulary of the recipe from a package's int8 weights, to go on where it stood.

    Raises: FileExistsError if the recipe has a state already; KeyError if the package holds another network.
    """
    state = recipe.folder / "state.pt"
    if state.exists():
        raise FileExistsError(f"{state}: delete it first if the package is to replace it")
    recipe.folder.mkdir(parents=True, exist_ok=True)
    pieces, target = (
        json.loads((package / "model" / f"{side}_vocabulary.json").read_text())[len(SPECIAL) :]
        for side in ("source", "target")
    )
    save_vocabulary(Vocabulary(tuple(pieces), tuple(target)), recipe.folder / "vocabulary.json")
    shutil.copyfile(package / "sentencepiece.model", recipe.folder / "sentencepiece.model")
    stored = read_model(package / "model" / "model.bin")
    network = {name: torch.from_numpy(stored[path]) for path, name in correspondence(recipe)}
    empty_network(recipe).load_state_dict(network)
    torch.save({"network": network, "average": {k: v.clone() for k, v in network.items()}}, state)


def correspondence(recipe: Recipe) -> Iterator[tuple[str, str]]:
    """Yield each variable's path in CTranslate2's model and its name in the network."""
    modules = {"encoder/layernorm_embedding": "embedding_norm", "decoder/layer_norm": "norm"}
    for path, name, layers, layer in (
        ("encoder", "reader", recipe.encoder_layers, _READER_LAYER),
        ("decoder", "writer", recipe.decoder_layers, _WRITER_LAYER),
    ):
        for number in range(layers):
            modules |= {f"{path}/layer_{number}/{there}": f"{name}.{number}.{here}" for there, here in layer.items()}
    for path, name in modules.items():
        norm = "norm" in path.rpartition("/")[2]
        yield f"{path}/{'gamma' if norm else 'weight'}", f"{name}.weight"
        yield f"{path}/{'beta' if norm else 'bias'}", f"{name}.bias"
    yield "encoder/embeddings_0/weight", "embedding.weight"
    yield "encoder/position_encodings/encodings", "place.weight"
    yield "decoder/embeddings/weight", "target.weight"
    yield "decoder/projection/bias", "bias"


def read_model(path: Path) -> dict[str, NDArray[np.float32]]:
    """Return every variable of a ``model.bin`` by its path, int8 ones multiplied out.

    The layout is that of ``ctranslate2.specs.model_spec``: name, dimensions, type, size, bytes; then the aliases.
    """
    data = path.read_bytes()
    place = 0

    def take(form: str) -> int:
        nonlocal place
        (value,) = struct.unpack_from(form, data, place)
        place += struct.calcsize(form)
        return int(value)

    def text() -> str:
        nonlocal place
        size = take("H")
        place += size
        return data[place - size : place - 1].decode()

    take("I"), text(), take("I")
    stored: dict[str, NDArray[np.generic]] = {}
    for _ in range(take("I")):
        name = text()
        shape = [take("I") for _ in range(take("B"))]
        kind = _TYPES[take("B")]
        size = take("I")
        stored[name] = np.frombuffer(data, kind, size // np.dtype(kind).itemsize, place).reshape(shape)
        place += size
    floats = {name: _floats(value, stored.get(f"{name}_scale")) for name, value in stored.items()}
    for _ in range(take("I")):
        alias = text()
        floats[alias] = floats[text()]
    return floats


def _floats(value: NDArray[np.generic], scale: NDArray[np.generic] | None) -> NDArray[np.float32]:
    """Return the values as floats; int8 rows are divided by their scales."""
    floats = value.astype(np.float32)
    return floats if scale is None else floats / scale.astype(np.float32)[:, None]


def _step(place: object, step: str) -> object:
    name, _, number = step.rpartition("_")
    if number.isdigit() and hasattr(place, name):
        return getattr(place, name)[int(number)]
    return getattr(place, step)
