"""Read the corpora, clean their pairs, and refuse whatever is in a test set."""

import lzma
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_SPEAKER_LANGUAGE = re.compile(r"^\([A-Z]{2}\)\s*")
_PROCEDURE = re.compile(r"\(?[Ll]a séance est|\bL.objet\b.{0,4}$")
# Europarl's French lost every œ; these words are safe to mend.
_LOST_LIGATURE = tuple(
    (re.compile(pattern), mended)
    for pattern, mended in (
        (r"\bvux\b", "vœux"),
        (r"\b([Cc])ur(s?)\b", r"\1œur\2"),
        (r"\b([Ss])ur(s?) de lait\b", r"\1œur\2 de lait"),
        (r"\b([Mm]an|)uvre", r"\1œuvre"),
        (r"\bnud(s?)\b", r"nœud\1"),
        (r"\b(b?)uf(s?)\b", r"\1œuf\2"),
        (r"\bmurs\b", "mœurs"),
    )
)
_NOT_A_WORD = re.compile(r"[\W_]+")
# A test sentence of fewer words ("Oui.") is anybody's; refusing it would refuse half of the corpora's answers.
_SHORTEST_TEST = 3


@dataclass(frozen=True, slots=True)
class Pair:
    """Hold one sentence pair and its weight in the order of learning."""

    source: str
    target: str
    weight: float


def folded(text: str) -> str:
    """Return the text as its bare words, so that spelling out a comma does not hide a test sentence.

    >>> folded("L’ONU, dit-il : « Non ! »")
    'l onu dit il non'
    """
    return _NOT_A_WORD.sub(" ", text.casefold()).strip()


def test_sentences(folder: Path, names: Iterable[str], languages: tuple[str, str]) -> frozenset[str]:
    """Return every folded sentence of the test sets, both sides.

    Raises: FileNotFoundError if a set that the recipe names is absent: without it nothing can be refused.
    """
    found: set[str] = set()
    for name in names:
        for language in languages:
            lines = (folder / f"{name}.{language}").read_text(encoding="utf-8").splitlines()
            found.update(text for text in map(folded, lines) if len(text.split()) >= _SHORTEST_TEST)
    return frozenset(found)


def found(folders: Sequence[Path], name: str) -> Path:
    """Return the file of a corpus in the first folder that has it.

    Raises: FileNotFoundError if none has.
    """
    for path in (folder / f"{name}.tsv.xz" for folder in folders):
        if path.is_file():
            return path
    raise FileNotFoundError(
        f"no {name}.tsv.xz in {', '.join(map(str, folders))}; training/README.md says where it is from"
    )


def read_pairs(folders: Sequence[Path], corpora: Mapping[str, float]) -> Iterator[Pair]:
    """Yield the cleaned pairs of every corpus, in the corpora's own order, duplicates once."""
    seen: set[int] = set()
    for name, weight in corpora.items():
        with lzma.open(found(folders, name), "rt", encoding="utf-8") as lines:
            for line in lines:
                source, _, target = line.rstrip("\n").partition("\t")
                source, target = _SPEAKER_LANGUAGE.sub("", source).strip(), _SPEAKER_LANGUAGE.sub("", target).strip()
                if not source or not target or source == target or _PROCEDURE.search(source):
                    continue
                key = hash((source, target))
                if key in seen:
                    continue
                seen.add(key)
                if name.startswith("europarl"):
                    source = _with_ligatures(source)
                yield Pair(source, target, weight)


def _with_ligatures(text: str) -> str:
    for pattern, mended in _LOST_LIGATURE:
        text = pattern.sub(mended, text)
    return text
