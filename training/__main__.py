"""Run one step of a recipe: ``python -m training STEP RECIPE``."""

import argparse
import json
import os
from pathlib import Path

from training.recipe import HERE, read_recipe

WEIGHTS = HERE / "runs" / "weights"


def main() -> None:
    """Read the step and its options, and run it."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    steps = parser.add_subparsers(dest="step", required=True)

    def add(name: str, told: str) -> argparse.ArgumentParser:
        step = steps.add_parser(name, help=told, description=told)
        step.add_argument("recipe", help="fr_en or fr_de")
        return step

    dictionary = add("dictionary", "make a corpus of FreeDict's dictionaries")
    dictionary.add_argument("dictionaries", type=Path, help="folder of dictd files, by custom /usr/share/dictd")
    prepare = add("prepare", "check and encode the corpora")
    prepare.add_argument("--corpora", type=Path, required=True, nargs="+", help="folders of NAME.tsv.xz")
    prepare.add_argument("--tests", type=Path, required=True, help="folder of the test sets that must not be learnt")
    prepare.add_argument("--weights", type=Path, default=WEIGHTS, help="folder of e5-small-q4.bin")
    for name, told in (("train", "train or go on training at a constant rate"), ("decay", "let the rate fall to zero")):
        step = add(name, told)
        step.add_argument("--minutes", type=float, required=True)
        step.add_argument("--threads", type=int, default=os.cpu_count() or 1)
        step.add_argument("--frozen", type=int, default=0, help="lowest reader layers kept as they are")
        step.add_argument("--candidates", type=int, default=1 << 30, help="pieces that compete in the softmax")
        step.add_argument("--bfloat16", action="store_true", help="where the processor has it (AVX512-BF16, AMX)")
        step.add_argument("--weights", type=Path, default=WEIGHTS, help="folder of e5-small-q4.bin")
    export = add("export", "write the Argos package of a release, or of the state so far")
    export.add_argument("out", type=Path, help="a folder that is not there yet, by custom named like the recipe")
    export.add_argument("--state", action="store_true", help="the state's running average instead of the release")
    export.add_argument("--version", default="0")
    card = add("card", "write the model card into an exported release")
    card.add_argument("package", type=Path)
    card.add_argument("measured", nargs="*", help="SET=FILE, the file from translate evaluate --json")
    told = "write the checksums of a package that is to be shipped, after its last change"
    steps.add_parser("seal", help=told, description=told).add_argument("package", type=Path)
    resume = add("resume", "make a state from a package, where the last one was lost")
    resume.add_argument("package", type=Path)
    told = "fit the confidence of the starter packages' drafts, and measure it"
    sure = steps.add_parser("confidence", help=told, description=told)
    sure.add_argument("tests", type=Path, help="folder of the test sets FLORES-101 devtest and NTREX")
    options = parser.parse_args()
    if options.step == "confidence":
        from training.confidence import fit

        for pair, measured in fit(options.tests).items():
            print(pair, *(f"{name}: {json.dumps(value)}" for name, value in measured.items()), sep="\n  ")
        return
    if options.step == "seal":
        from translate.engines.package import seal

        seal(options.package)
        return
    recipe = read_recipe(options.recipe)
    if options.step in ("train", "decay"):
        from training import learn

        means = learn.Means(options.minutes, options.threads, options.frozen, options.candidates, options.bfloat16)
        getattr(learn, options.step)(recipe, options.weights, means)
    if options.step == "export":
        from training.package import write_package

        weights = recipe.folder / ("state.pt" if options.state else "release.pt")
        write_package(recipe, weights, options.out, options.version)
    if options.step == "card":
        from training.card import write_card

        measured = {name: Path(file) for name, _, file in (text.partition("=") for text in options.measured)}
        made = write_card(recipe, options.package, recipe.folder / "release.pt", measured)
        print(json.dumps(made, indent=1, ensure_ascii=False))
    if options.step == "resume":
        from training.package import read_package

        read_package(recipe, options.package)
    if options.step == "dictionary":
        from training.dictionary import corpus

        out = HERE / "runs" / "corpora" / f"wikdict.{recipe.source}-{recipe.target}.tsv.xz"
        print(corpus(options.dictionaries, (recipe.source, recipe.target), out), out)
    if options.step == "prepare":
        from training.prepare import prepare as run

        print(json.dumps(run(recipe, options.corpora, options.tests, options.weights), indent=1))


main()
