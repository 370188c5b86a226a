"""Drafts on demand: the other results of an engine's search, and another try with another package or beam."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from threading import Lock

from translate import drafting
from translate.catalogs import provenance
from translate.documents.model import Document
from translate.engines import queue
from translate.engines.argos import ArgosEngine
from translate.engines.model import Aligning, Decoded, Engine, Missing, Options
from translate.engines.package import Package, installed
from translate.engines.placing import Link
from translate.errors import MissingPackageError
from translate.knowledge.glossary import Glossary
from translate.language import primary
from translate.project import Project
from translate.quality import confidence
from translate.reading import splitter

#: An alternative is one of so many results of a search.
BEAM = 5


@dataclass(frozen=True, slots=True)
class Alternative:
    """A draft of a text, how sure one may be of it, and what made it."""

    text: str
    confidence: float
    package: str


@dataclass(slots=True)
class _Ranked:
    """An engine that gives its n-th best result of each sentence, its best where it has not as many."""

    engine: Engine
    rank: int
    known: dict[tuple[str, bool], Decoded] = field(default_factory=dict)

    @property
    def source(self) -> str:
        return self.engine.source

    @property
    def target(self) -> str:
        return self.engine.target

    @property
    def facts(self) -> dict[str, str]:
        return self.engine.facts

    def translate(self, sentences: Sequence[str], *, careful: bool = False) -> Iterator[Decoded]:
        new = [one for one in dict.fromkeys(sentences) if (one, careful) not in self.known]
        for sentence, one in zip(new, self.engine.translate(new, careful=careful), strict=True):
            self.known[sentence, careful] = one
        for sentence in sentences:
            best = self.known[sentence, careful]
            ranked = [best, *best.others]
            yield replace(ranked[self.rank] if self.rank < len(ranked) else best, others=())

    def align(self, sentences: Sequence[str], decoded: Sequence[Decoded]) -> list[list[Link]]:
        if isinstance(self.engine, Aligning):
            return self.engine.align(sentences, decoded)
        return [[] for _ in decoded]

    def missed(
        self, sentences: Sequence[str], decoded: Sequence[Decoded], spans: Sequence[Sequence[tuple[int, int]]]
    ) -> list[list[Link]]:
        if isinstance(self.engine, Missing):
            return self.engine.missed(sentences, decoded, spans)
        return [[] for _ in decoded]


@dataclass(slots=True)
class Drafters:
    """The engines that are loaded, kept between requests; they draft for one person at a time."""

    project: Project
    options: Options
    _engines: dict[tuple[str, int, str], tuple[Engine, ...]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def alternatives(
        self, document: Document, language: str, text: str, terms: Glossary, beam: int = BEAM, package: str = ""
    ) -> list[Alternative]:
        """Return the drafts of a text that a search with so wide a beam finds, the best first, each once.

        Raises:
            MissingPackageError: no package leads to the language, or there is none of that name.
        """
        with self._lock:
            engines = self._routed(language, beam, package)
            splits = [splitter(self.project, engine.source) for engine in engines]
            spellings = drafting.spellings([document])
            found: dict[str, Alternative] = {}
            # Of a pivot, the last hop has the alternatives.
            known: dict[tuple[str, bool], Decoded] = {}
            for rank in range(beam):
                ranked = [*engines[:-1], _Ranked(engines[-1], rank, known)]
                (made,) = queue.draft(
                    [queue.Request("", text)],
                    ranked,
                    splits,
                    spellings=spellings,
                    glossary=terms,
                    judge=confidence.judge,
                )
                if made.text:
                    package = provenance.drafter(made.facts)
                    found.setdefault(made.text, Alternative(made.text, made.confidence, package))
            return list(found.values())

    def packages(self, language: str) -> list[str]:
        """Return the names of the installed packages that lead to a language directly, the one in use first."""
        first = queue.joined(self._routed(language, self.options.beam, "")).get("package", "")
        return list(dict.fromkeys([first, *(one.name for one in self._direct(language))]))

    def _direct(self, language: str) -> list[Package]:
        wanted = primary(self.project.source), primary(language)
        every = installed(self.options.package_folders)
        return [one for one in every if (one.source, one.target) == wanted]

    def _routed(self, language: str, beam: int, package: str) -> tuple[Engine, ...]:
        known = language, beam, package
        if known not in self._engines:
            options = replace(self.options, beam=beam)
            route = drafting.route(self.project, language, options)
            if package not in ("", queue.joined(route).get("package")):
                named = [one for one in self._direct(language) if one.name == package]
                if not named:
                    raise MissingPackageError(
                        f"there is no package {package!r}", where=language, remedy="See: translate models list"
                    )
                route = (ArgosEngine(named[0], options),)
            self._engines[known] = route
        return self._engines[known]
