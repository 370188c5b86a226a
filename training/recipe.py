"""The recipe of one package: what goes in, how large the network is, how it learns."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Recipe:
    """Hold one package's recipe, as its TOML file says it.

    Shapes: a batch is ``rows`` rows of ``source_row`` and ``target_row`` token positions.
    Rates are per step, for AdamW. ``corpora`` maps a corpus's file stem to its weight in the order of learning, and
    ``dictionaries`` those that have words instead of sentences: they are no part of the development set.
    ``templates`` are pairs of short texts with fields that ``synthetic`` fills.
    """

    name: str
    source: str
    target: str
    corpora: dict[str, float]
    test_sets: tuple[str, ...]
    licences: dict[str, str]
    dictionaries: dict[str, float] = field(default_factory=dict)
    seed: int = 1
    source_pieces: int = 14_000
    target_pieces: int = 12_000
    encoder_layers: int = 6
    decoder_layers: int = 2
    rows: int = 16
    source_row: int = 128
    target_row: int = 112
    encoder_rate: float = 1.5e-4
    decoder_rate: float = 6e-4
    warmup: int = 400
    substituted: float = 0.7
    target_locale: str = ""
    synthetic: int = 40_000
    synthetic_weight: float = 3.0
    phrase_weight: float = 3.0
    templates: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def folder(self) -> Path:
        """Return the ignored folder of this recipe's data and checkpoints."""
        return HERE / "runs" / self.name


def read_recipe(name: str) -> Recipe:
    """Read ``training/NAME.toml``.

    Raises: FileNotFoundError, TypeError for a key that no recipe has.
    """
    with (HERE / f"{name}.toml").open("rb") as file:
        values = tomllib.load(file)
    for key in ("test_sets", "notes"):
        values[key] = tuple(values.get(key, ()))
    values["templates"] = tuple((mine, theirs) for mine, theirs in values.get("templates", ()))
    return Recipe(name=name, **values)
