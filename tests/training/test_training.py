"""The recipe's promises that need no training library: what is refused, copied, packed."""

from __future__ import annotations

import gzip
import itertools
import lzma
import random
import re
from pathlib import Path

import numpy as np
import pytest

from training import corpora, dictionary, packing, recipe, substitution
from training.special import BOS, EOS, IGNORED


def make(folder: Path, name: str, *pairs: tuple[str, str]) -> None:
    with lzma.open(folder / f"{name}.tsv.xz", "wt", encoding="utf-8") as file:
        file.writelines(f"{source}\t{target}\n" for source, target in pairs)


def of(*names: str) -> recipe.Recipe:
    return recipe.Recipe("r", "fr", "en", dict.fromkeys(names, 1.0), ("test",), {})


def test_sentences_of_a_test_set_are_known_however_they_are_written(tmp_path: Path) -> None:
    (tmp_path / "test.fr").write_text("L’ONU a réitéré son appel.\nOui.\n")
    (tmp_path / "test.en").write_text("The UN repeated its appeal.\nYes.\n")
    known = corpora.test_sentences(tmp_path, ["test"], ("fr", "en"))
    assert corpora.folded("« L'ONU a réitéré son appel ! »") in known
    assert corpora.folded("THE UN repeated its appeal") in known
    assert corpora.folded("Oui.") not in known


def test_without_its_test_sets_nothing_is_prepared(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=re.escape("test.fr")):
        corpora.test_sentences(tmp_path, ["test"], ("fr", "en"))


def test_pairs_are_cleaned_and_read_once(tmp_path: Path) -> None:
    make(tmp_path, "europarl.fr-en", ("(EN) Le cur du débat.", "The heart."), ("Bonjour.", "Hello."), ("AFP", "AFP"))
    make(tmp_path, "tatoeba.fr-en", ("Bonjour.", "Hello."), ("", "Empty."), ("Le cur.", "Kept as it is."))
    read = list(corpora.read_pairs([tmp_path], of("europarl.fr-en", "tatoeba.fr-en").corpora))
    assert [(pair.source, pair.target) for pair in read] == [
        ("Le cœur du débat.", "The heart."),
        ("Bonjour.", "Hello."),
        ("Le cur.", "Kept as it is."),
    ]


def test_names_and_figures_change_alike_on_both_sides() -> None:
    pair = corpora.Pair(
        "Hier, Monsieur Barroso a vu Prodi en 1999 avec 12 élus, dont 1,5 %.",
        "Yesterday Mr Barroso saw Prodi in 1999 with 12 members, of whom 1.5%.",
        1.0,
    )
    names = substitution.Names(["Kerry", "Lavrov", "Merkel"], {"ke": "r", "er": "r"})
    for seed in range(50):
        made = substitution.substitute(pair, names, random.Random(seed))
        assert not {"Barroso", "Prodi"} & set(re.findall(r"\w+", made.source + made.target))
        assert substitution.shared_names(made) or "Barroso" not in made.target
        whole = [re.findall(r"(?<![\d.,])\d{2,}(?![.,]?\d)", text) for text in (made.source, made.target)]
        assert whole[0] == whole[1]
        assert whole[0][0][:2] == "19", "a year keeps its century"
        assert "1,5 %" in made.source
        assert "1.5%" in made.target


@pytest.mark.parametrize("name", ["fr_en", "fr_de"])
def test_the_recipes_name_their_corpora_licences_and_test_sets(name: str) -> None:
    read = recipe.read_recipe(name)
    assert f"{read.source}_{read.target}" == name
    assert set(read.corpora) <= set(read.licences)
    assert read.test_sets
    assert all(len(pair) == 2 for pair in read.templates)


def test_packed_rows_hold_every_pair_once_and_never_overflow() -> None:
    sizes = np.random.default_rng(1).integers(2, 60, (500, 2))
    rows = packing.pack(sizes, packing.Shape(16, 128, 112))
    assert sorted(number for row in rows for number in row) == list(range(500))
    assert all((sizes[row].sum(0) <= (128, 112)).all() for row in rows)


def test_batches_hold_the_pairs_and_go_on_where_they_stopped() -> None:
    rng = np.random.default_rng(2)
    sizes = rng.integers(2, 30, (300, 2))
    flat = [rng.integers(3, 999, side.sum()).astype(np.uint16) for side in sizes.T]
    ends = sizes.cumsum(0)
    tokens = packing.Tokens(flat[0], ends[:, 0], flat[1], ends[:, 1], np.ones(300, np.float32))
    shape = packing.Shape(4, 64, 64)
    read = list(itertools.islice(packing.batches(tokens, shape, 1, (0, 0, 0)), 12))
    first, batch = read[0]
    numbers = batch["target_sentence"].max(1)
    assert numbers.sum() == (batch["target"] == BOS).sum() == (batch["expected"] == EOS).sum()
    assert ((batch["target_sentence"] == 0) == (batch["expected"] == IGNORED)).all()
    seen = {tuple(pair[0]) for pair in map(tokens.pair, range(300))}
    for row, sentences in zip(batch["source"], batch["source_sentence"], strict=True):
        assert all(tuple(row[sentences == number]) in seen for number in range(1, sentences.max() + 1))
    place, again = next(packing.batches(tokens, shape, 1, first))
    assert place == read[1][0]
    assert all((again[name] == read[1][1][name]).all() for name in again)


def test_words_of_dictionaries_are_pairs_with_articles_and_sentences(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dictionary, "_SENTENCE", 1)
    for name, *entries in (
        ("fra-deu", "eau /o/ <n, fem>\nWasser, Nass\n", "Doubs /du/ <pn>\nDoubs 2.\ndépartement\n", "(sic)\nso\n"),
        ("deu-fra", "Wasser /ˈvasɐ/ <n, neut>\neau\nFlüssigkeit\n", "Flut <n, fem>\nmarée, eau, flot\n"),
    ):
        text, lines = b"", []
        for entry in entries:
            start, length = (digit(value) for value in (len(text), len(entry.encode())))
            lines.append(f"{entry.split()[0]}\t{start}\t{length}\n")
            text += entry.encode()
        (tmp_path / f"freedict-{name}.index").write_text("".join(lines), encoding="utf-8")
        (tmp_path / f"freedict-{name}.dict.dz").write_bytes(gzip.compress(text))
    out = tmp_path / "made" / "words.tsv.xz"
    count = dictionary.corpus(tmp_path, ("fr", "de"), out)
    with lzma.open(out, "rt", encoding="utf-8") as file:
        pairs = [tuple(line.rstrip("\n").split("\t")) for line in file]
    assert len(pairs) == count
    # Two translations of a word at most, and the dictionary of its own direction first.
    assert {target for source, target in pairs if source == "eau"} == {"Wasser", "Nass"}
    assert ("l'eau", "das Wasser") in pairs
    assert ("marée", "Flut") in pairs
    assert ("Doubs", "Doubs") in pairs
    assert not any("sic" in source for source, _ in pairs)
    assert ("Marée.", "Flut.") in pairs


def digit(value: int) -> str:
    made = ""
    while True:
        value, rest = divmod(value, 64)
        made = next(one for one, place in dictionary._DIGITS.items() if place == rest) + made
        if not value:
            return made
