"""Argos packages decoded straight through CTranslate2: batched, deterministic, nothing cut short in silence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from translate.engines import alignment, continuing, hardware
from translate.engines.model import Decoded, Engine, Options
from translate.engines.package import Package, installed, route, sealed, sha256
from translate.engines.placing import Link
from translate.engines.tokenizers import Tokenizer, tokenizer
from translate.errors import MissingPackageError, PackageError

# CTranslate2 scores are sum(log p) / length ** penalty; Argos decodes with 0.2.
_LENGTH_PENALTY = 0.2
# Target tokens in flight in one batch: past about 1,000 a CPU gains nothing.
_BATCH_TOKENS = 1024
# CTranslate2 cuts input after 1,024 tokens and output after 256 in silence, and learnt positions end at 512.
# News sentences have 30 to 60 tokens; a longer one than this is decoded in parts.
_SOURCE_LIMIT = 180
# A sentence may become twice as long and a little more; past that it runs away, and only costs time. The limit goes
# by steps of the source length, and a batch holds one step only, so that it never depends on the batch.
_STEP = 16


@dataclass(slots=True)
class ArgosEngine:
    """Draft with one Argos package. The model is loaded at the first sentence."""

    package: Package
    options: Options
    name: str = "argos"
    _translator: Any = field(default=None, repr=False)
    _tokenizer: Tokenizer | None = field(default=None, repr=False)
    _hash: str = field(default="", repr=False)

    @property
    def source(self) -> str:
        """Return the language code the package translates from."""
        return self.package.source

    @property
    def target(self) -> str:
        """Return the language code the package translates to."""
        return self.package.target

    @property
    def facts(self) -> dict[str, str]:
        """Return what provenance says: package, its origin, the model's SHA-256 (12 digits), the options."""
        # A judge asks for every text, and the model has tens of megabytes.
        self._hash = self._hash or sha256(self.package.model / "model.bin")
        return {
            "engine": self.name,
            "package": self.package.name,
            "origin": "starter" if self.package.starter else "installed",
            "model": self._hash[:12],
            "beam": str(self.options.beam),
            "compute": self.compute if self.device == "cpu" else f"{self.device}-{self.compute}",
        }

    @property
    def compute(self) -> str:
        """Return the compute type: the desk's, or the one that this processor is good at."""
        return hardware.compute(self.options.compute, self.device)

    @property
    def device(self) -> str:
        """Return where models are decoded: "cpu" or "cuda"."""
        return hardware.device(self.options.device)

    @property
    def threads(self) -> int:
        """Return how many batches are decoded at once, one thread each: the desk's number, or one for each core.

        Measured on two cores with AVX-512 (`bench/threads.py`: int8, beam 4, sentences a second, the same drafts from
        all): workers x threads 2 x 1 32.8, 1 x 2 23.1, 2 x 2 29.8, 4 x 1 28.3; one core 17.8.
        """
        return self.options.threads or hardware.cores()

    def translate(self, sentences: Sequence[str], *, careful: bool = False) -> Iterator[Decoded]:
        """Yield one result a sentence, in order.

        A sentence longer than the model can hold is decoded in parts, cut at its punctuation.
        """
        with self._working():
            parts = [self._parts(sentence) for sentence in sentences]
            results = self._decode([tokens for part in parts for tokens in part], careful=careful)
            for part in parts:
                yield _joined([next(results) for _ in part])

    def align(self, sentences: Sequence[str], decoded: Sequence[Decoded]) -> list[list[Link]]:
        """Return which words of each sentence the engine looked at; nothing for one that was decoded in parts."""
        whole = [index for index, one in enumerate(decoded) if one.tokens]
        targets = self._forced(decoded[index] for index in whole)
        found: list[list[Link]] = [[] for _ in decoded]
        with self._working() as tokens:
            sources = [tokens.encode(sentences[index]) for index in whole]
            seen = alignment.attention(self._translator, sources, targets)
            for index, source, target, weights in zip(whole, sources, targets, seen, strict=True):
                found[index] = alignment.linked(sentences[index], source, decoded[index].text, target, weights)
        return found

    def missed(
        self, sentences: Sequence[str], decoded: Sequence[Decoded], spans: Sequence[Sequence[tuple[int, int]]]
    ) -> list[list[Link]]:
        """Return how much less likely each token is without each span; nothing for what was decoded in parts."""
        found: list[list[Link]] = [[] for _ in decoded]
        cut = [
            (index, span, rest)
            for index, sentence in enumerate(sentences)
            for span in spans[index]
            if decoded[index].tokens and (rest := sentence[: span[0]] + sentence[span[1] :]).strip()
        ]
        needed = list(dict.fromkeys(index for index, _, _ in cut))
        whole = self._likely([sentences[index] for index in needed], [decoded[index] for index in needed])
        known = dict(zip(needed, whole, strict=True))
        parts = self._likely([rest for _, _, rest in cut], [decoded[index] for index, _, _ in cut])
        for (index, span, _), part in zip(cut, parts, strict=True):
            one = decoded[index]
            losses = [more - less for more, less in zip(known[index], part, strict=True)]
            found[index] += alignment.missed(one.text, one.tokens, span, losses)
        return found

    def beginnings(
        self, sentences: Sequence[str], decoded: Sequence[Decoded], words: Sequence[tuple[str, float]]
    ) -> list[list[tuple[str, ...]]]:
        """Return beginnings of each draft that end in some words; none of one that was decoded in parts."""
        with self._working() as tokens:
            new = [tokens.target(text) for text, _ in words]
            asked = [at for at, one in enumerate(decoded) if one.tokens and new[at][0] in tokens.written]
            likely = alignment.following(
                self._translator,
                [tokens.encode(sentences[at]) for at in asked],
                self._forced(decoded[at] for at in asked),
                [tokens.written[new[at][0]] for at in asked],
            )
            found: list[list[tuple[str, ...]]] = [[] for _ in decoded]
            for at, known in zip(asked, likely, strict=True):
                places = known[-len(decoded[at].tokens) - 1 :]
                found[at] = continuing.beginnings(decoded[at].tokens, new[at], words[at][1], places)
            return found

    def continued(self, sentences: Sequence[str], begun: Sequence[tuple[str, ...]]) -> list[Decoded]:
        """Return what the search makes of sentences whose drafts begin with some tokens."""
        with self._working() as tokens:
            return list(self._decode([tokens.encode(sentence) for sentence in sentences], begun=begun, careful=False))

    def rated(self, sentences: Sequence[str], decoded: Sequence[Decoded]) -> list[Decoded]:
        """Return drafts with the log probability of all their tokens; a search takes those it is given for certain."""
        return [
            replace(one, log_probability=sum(known) / len(known)) if known else one
            for one, known in zip(decoded, self._likely(sentences, decoded), strict=True)
        ]

    def tokens(self, text: str) -> tuple[str, ...]:
        """Return the tokens of a text in the target language."""
        with self._working() as tokens:
            return tuple(tokens.target(text))

    def _likely(self, sentences: Sequence[str], decoded: Sequence[Decoded]) -> Iterator[list[float]]:
        """Yield the log probabilities of the tokens that were written, given some sentences."""
        with self._working() as tokens:
            sources = [tokens.encode(sentence) for sentence in sentences]
            likely = alignment.probabilities(self._translator, sources, self._forced(decoded))
            for one, known in zip(decoded, likely, strict=True):
                yield known[len(known) - len(one.tokens) :]

    def _forced(self, decoded: Iterable[Decoded]) -> list[list[str]]:
        """Return all the tokens of some drafts, those that the package begins with before them."""
        return [[*self._prefix, *one.tokens] for one in decoded]

    @property
    def _prefix(self) -> list[str]:
        """Return the token that everything begins with which the package writes, if there is one."""
        return [self.package.prefix] if self.package.prefix else []

    @contextmanager
    def _working(self) -> Iterator[Tokenizer]:
        """Load the model, and give its tokenizer; what a broken one throws is told as an error of its package."""
        try:
            self._load()
            assert self._tokenizer is not None
            yield self._tokenizer
        except (RuntimeError, IndexError, ValueError) as error:
            raise PackageError(
                f"the model does not work: {error}",
                where=str(self.package.path),
                remedy="Install the package again: translate models install --force FILE.argosmodel",
            ) from error

    def _load(self) -> None:
        if self._translator is not None:
            return
        sealed(self.package)
        import ctranslate2

        try:
            self._tokenizer = tokenizer(self.package)
            self._translator = ctranslate2.Translator(
                str(self.package.model),
                device=self.device,
                compute_type=self.compute,
                # One graphics processor has one queue.
                inter_threads=self.threads if self.device == "cpu" else 1,
                intra_threads=1,
            )
        except (RuntimeError, ValueError, OSError, IndexError) as error:
            raise PackageError(
                f"the model does not load: {error}",
                where=str(self.package.path),
                remedy="Install the package again: translate models install --force FILE.argosmodel",
            ) from error

    def _decode(
        self, tokens: list[list[str]], *, careful: bool, begun: Sequence[tuple[str, ...]] = ()
    ) -> Iterator[Decoded]:
        """Decode token lists, in order, in length-sorted batches that keep every thread busy.

        Where there are `begun` tokens, what is written begins with them.
        """
        steps: dict[int, list[int]] = {}
        for index in sorted(range(len(tokens)), key=lambda index: len(tokens[index])):
            steps.setdefault(-(-len(tokens[index]) // _STEP), []).append(index)
        # A batch a thread at least; smaller ones cost more than the wait for the last one (measured on 20 sentences).
        share = sum(map(len, tokens)) // self.threads + 1
        pending: dict[int, Any] = {}
        for step, indices in reversed(steps.items()):
            futures = self._translator.translate_batch(
                [tokens[index] for index in indices],
                target_prefix=self._prefixes(indices, begun),
                **self._settings(step, careful=careful),
                max_batch_size=max(step * _STEP, min(_BATCH_TOKENS, share)),
                batch_type="tokens",
                asynchronous=True,
            )
            pending |= zip(indices, futures, strict=True)
        for index, source in enumerate(tokens):
            yield self._decoded(source, pending[index].result())

    def _prefixes(self, indices: Sequence[int], begun: Sequence[tuple[str, ...]]) -> list[list[str]] | None:
        prefix = self._prefix
        return [[*prefix, *(begun[index] if begun else ())] for index in indices] if prefix or begun else None

    def _settings(self, step: int, *, careful: bool) -> dict[str, Any]:
        settings: dict[str, Any] = {
            "beam_size": self.options.beam,
            # The search holds them anyway: to ask for all of them costs no time and changes none (measured).
            "num_hypotheses": self.options.beam,
            "length_penalty": _LENGTH_PENALTY,
            "max_input_length": 0,
            "max_decoding_length": _target_limit(step),
            "return_scores": True,
            # Instead of `replace_unknowns`: in a batch, CTranslate2 4.8 takes the replacement from the attention of
            # another hypothesis, so that words change with the company their sentence keeps.
            "disable_unk": True,
        }
        if careful:
            settings |= {"no_repeat_ngram_size": 3, "repetition_penalty": 1.2}
        return settings

    def _decoded(self, source: list[str], result: Any) -> Decoded:
        limit = _target_limit(-(-len(source) // _STEP))
        first, *others = (
            self._hypothesis(list(tokens), float(score), limit)
            for tokens, score in zip(result.hypotheses, result.scores, strict=True)
        )
        return replace(first, others=tuple(others))

    def _hypothesis(self, target: list[str], score: float, limit: int) -> Decoded:
        if self.package.prefix and target[:1] == [self.package.prefix]:
            target = target[1:]
        assert self._tokenizer is not None
        length = max(1, len(target))
        return Decoded(
            self._tokenizer.decode(target).strip(),
            score * length**_LENGTH_PENALTY / length,
            truncated=len(target) >= limit - 1,
            tokens=tuple(target),
        )

    def _parts(self, sentence: str) -> list[list[str]]:
        """Return the tokens of a sentence, in more than one part where it is too long for the model."""
        assert self._tokenizer is not None
        tokens = self._tokenizer.encode(sentence)
        if len(tokens) <= _SOURCE_LIMIT:
            return [tokens]
        words = sentence.split(" ")
        middle = len(words) // 2
        if not middle:
            return [tokens[at : at + _SOURCE_LIMIT] for at in range(0, len(tokens), _SOURCE_LIMIT)]
        clauses = [index + 1 for index, word in enumerate(words[:-1]) if word.endswith((",", ";", ":", ")", "»"))]
        cut = min(clauses, key=lambda index: abs(index - middle), default=middle)
        return self._parts(" ".join(words[:cut])) + self._parts(" ".join(words[cut:]))


def find_engines(source: str, target: str, options: Options) -> tuple[Engine, ...]:
    """Return the engines from one language to another: one, or two through English.

    Raises:
        MissingPackageError: no installed package, and no two through English, lead there.
    """
    packages = route(list(installed(options.package_folders)), source, target)
    if not packages:
        raise MissingPackageError(
            f"no Argos package translates {source} to {target}, directly or through English",
            remedy=f"Install one: translate models install translate-{source}_{target}.argosmodel",
        )
    return tuple(ArgosEngine(package, options) for package in packages)


def _target_limit(step: int) -> int:
    """Return how many tokens a sentence of this step of length may become."""
    return 2 * step * _STEP + 2 * _STEP


def _joined(parts: list[Decoded]) -> Decoded:
    """Join the parts of a sentence that was too long."""
    if len(parts) == 1:
        return parts[0]
    words = [max(1, len(part.text.split())) for part in parts]
    mean = sum(part.log_probability * count for part, count in zip(parts, words, strict=True)) / sum(words)
    return Decoded(" ".join(part.text for part in parts), mean, any(part.truncated for part in parts))
