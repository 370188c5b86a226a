"""The real thing: the starter packages, decoded by CTranslate2."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from translate.cli.common import argos_folder
from translate.engines.argos import ArgosEngine, find_engines
from translate.engines.model import Options
from translate.engines.package import STARTERS, read
from translate.errors import MissingPackageError, PackageError

SENTENCES = [
    "Le Parlement a adopté la loi mardi.",
    "La situation humanitaire est grave.",
    "L'ONU a réitéré son appel.",
    "Monsieur le Président, je vous remercie de votre rapport.",
    "Nous devons agir maintenant, car il sera bientôt trop tard pour les habitants de la région.",
    "Je suis d'accord.",
    "Le gouvernement français a annoncé une réforme des retraites pour 2024.",
    "Oui",
    "Six pays réclament un cessez-le-feu",
    "Il n'y a pas de solution simple à ce problème, mais il faut commencer par écouter.",
]


def starter(name: str = "fr_en", **options: object) -> ArgosEngine:
    package = read(STARTERS / name)
    assert package is not None
    return ArgosEngine(package, Options(**options))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["fr_en", "fr_de"])
def test_as_many_come_back_as_went_in_and_in_order(name: str) -> None:
    engine = starter(name)
    together = [one.text for one in engine.translate(SENTENCES)]
    assert len(together) == len(SENTENCES)
    assert all(together)
    assert [next(iter(engine.translate([sentence]))).text for sentence in SENTENCES] == together


def test_the_same_whatever_the_batch_and_the_threads() -> None:
    mixed = SENTENCES * 3
    random.Random(7).shuffle(mixed)
    alone = dict(zip(SENTENCES, starter(threads=1, beam=4).translate(SENTENCES), strict=True))
    for sentence, one in zip(mixed, starter(threads=2, beam=4).translate(mixed), strict=True):
        assert one.text == alone[sentence].text
        assert one.log_probability == pytest.approx(alone[sentence].log_probability, abs=1e-3)


def test_it_translates() -> None:
    text = next(iter(starter().translate(["La situation humanitaire est grave."]))).text.lower()
    assert "situation" in text
    assert "humanitarian" in text


def test_a_sentence_longer_than_the_model_holds_is_decoded_in_parts() -> None:
    long = ", ".join(["le Parlement a adopté la loi sur le travail"] * 60) + "."
    engine = starter(beam=1)
    (one,) = engine.translate([long])
    assert len(engine._parts(long)) >= 4
    assert len(one.text) > 200


def test_a_word_without_end_is_decoded_too() -> None:
    (one,) = starter(beam=1).translate(["anticonstitutionnellement" * 60])
    assert one.log_probability <= 0


def test_confidence_comes_from_every_token() -> None:
    good, bad = starter().translate(["Je vous remercie.", "Xqzt vrrk blmp gnarf."])
    assert -3 < bad.log_probability < good.log_probability < 0


def test_facts_name_package_origin_model_and_options() -> None:
    facts = starter(beam=3).facts
    assert facts["package"] == "fr_en/0.2"
    assert facts["origin"] == "starter"
    assert facts["beam"] == "3"
    assert len(facts["model"]) == 12
    assert not any(" " in value for value in facts.values())


def test_a_missing_pair_names_the_command_that_installs_it() -> None:
    with pytest.raises(MissingPackageError) as raised:
        find_engines("fr", "it", Options())
    assert "translate models install translate-fr_it.argosmodel" in raised.value.remedy
    assert raised.value.exit_code == 3


def test_a_broken_model_is_an_error_that_names_it(tmp_path: Path) -> None:
    broken = tmp_path / "fr_en"
    (broken / "model").mkdir(parents=True)
    for name in ("metadata.json", "sentencepiece.model"):
        (broken / name).write_bytes((STARTERS / "fr_en" / name).read_bytes())
    (broken / "model" / "model.bin").write_bytes(b"no model")
    (engine,) = find_engines("fr", "en", Options((tmp_path,)))
    with pytest.raises(PackageError, match="does not load"):
        list(engine.translate(["Oui."]))


def test_the_packages_folder_is_the_one_argos_uses(tmp_path: Path) -> None:
    home = tmp_path / "home"
    for environment in ({}, {"ARGOS_PACKAGES_DIR": str(tmp_path / "own")}, {"XDG_DATA_HOME": str(tmp_path / "data")}):
        script = "import argostranslate.settings as s; print(s.package_data_dir)"
        seen = subprocess.run(
            [sys.executable, "-c", script],
            env={"HOME": str(home), **environment},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        assert argos_folder(environment, home) == Path(seen)


def test_argos_itself_reads_the_starter_packages() -> None:
    script = (
        "import pathlib; from argostranslate.package import Package;"
        f"p = Package(pathlib.Path({str(STARTERS / 'fr_en')!r}));"
        "print(p.from_code, p.to_code, len(p.tokenizer.encode('Bonjour le monde')) > 1)"
    )
    seen = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert seen.split() == ["fr", "en", "True"]
