"""Write the model card into a package's metadata, where ``translate models info`` reads it, and seal the package."""

import json
from pathlib import Path
from typing import Any

import torch

from training.recipe import Recipe
from translate.engines.package import seal


def write_card(recipe: Recipe, package: Path, weights: Path, measured: dict[str, Path]) -> dict[str, Any]:
    """Add the key ``card`` to ``metadata.json``: data and licences, size, training, scores, limits. Return it.

    ``measured`` maps a test set's name to what ``translate evaluate --json`` said of the package on it.
    Raises: ValueError if a measure is of another package version.
    """
    path = package / "metadata.json"
    metadata = json.loads(path.read_text())
    name = f"{recipe.name}/{metadata['package_version']}"
    state = torch.load(weights)
    card = {
        "parameters": sum(value.numel() for value in state["average"].values()),
        "megabytes": round((package / "model" / "model.bin").stat().st_size / 1e6, 1),
        "trained_on": f"{state['tokens'] / 1e6:.1f} million target tokens in {state['step']:,} steps, on two CPU cores",
        "data": [f"{corpus}: {licence}" for corpus, licence in recipe.licences.items()],
        "never_trained_on": list(recipe.test_sets),
        "scores": [_scores(name, test, file) for test, file in measured.items()],
        "limits": list(recipe.notes),
    }
    path.write_text(json.dumps(metadata | {"card": card}, indent=1, ensure_ascii=False) + "\n")
    seal(package)
    return card


def _scores(name: str, test: str, file: Path) -> dict[str, Any]:
    said = json.loads(file.read_text())
    if said["engine"]["package"] != name:
        raise ValueError(f"{file}: measures {said['engine']['package']}, not {name}")
    values = {score["metric"]: f"{score['value']} {score['signature']}" for score in said["scores"]}
    return {"set": test, "beam": said["engine"]["beam"], **values, **said["health"]}
