"""The engine protocol: sentences in, drafts out, in order and in the same number."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from translate.errors import ProjectError

if TYPE_CHECKING:
    from translate.engines.placing import Link


@dataclass(frozen=True, slots=True)
class Decoded:
    """What an engine made of one sentence.

    `log_probability` is the mean over the target tokens (natural logarithm); `truncated` says that the engine
    stopped at its length limit; `others` are its next best results, best first, where its search found any; `tokens`
    are those it wrote, where they can be aligned with the source. Where the text is not the engine's any more, because
    terms were put into it, `links` say what each part of it was written for.
    """

    text: str
    log_probability: float
    truncated: bool = False
    others: tuple[Decoded, ...] = ()
    tokens: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()


class Engine(Protocol):
    """Translate sentences from one language to another."""

    @property
    def source(self) -> str:
        """Return the language code it translates from."""

    @property
    def target(self) -> str:
        """Return the language code it translates to."""

    @property
    def facts(self) -> dict[str, str]:
        """Return what provenance says of this engine: engine, package, origin, model, options; no white space."""

    def translate(self, sentences: Sequence[str], *, careful: bool = False) -> Iterator[Decoded]:
        """Yield one result a sentence, in order; `careful` forbids repetitions at the cost of speed."""


@runtime_checkable
class Aligning(Protocol):
    """An engine that can tell which words of a source it wrote its words for."""

    def align(self, sentences: Sequence[str], decoded: Sequence[Decoded]) -> list[list[Link]]:
        """Return the links between each sentence and what was made of it; none where they are not known."""


@runtime_checkable
class Missing(Protocol):
    """An engine that can tell what it would hardly have written without some words of a source."""

    def missed(
        self, sentences: Sequence[str], decoded: Sequence[Decoded], spans: Sequence[Sequence[tuple[int, int]]]
    ) -> list[list[Link]]:
        """Return, for each span of each sentence, how likely what was made of it is without that span, as links."""


@runtime_checkable
class Continuing(Protocol):
    """An engine that can write on from words that it is given."""

    def beginnings(
        self, sentences: Sequence[str], decoded: Sequence[Decoded], words: Sequence[tuple[str, float]]
    ) -> list[list[tuple[str, ...]]]:
        """Return, of each sentence, beginnings of its draft that end in some words, as tokens, the likeliest first.

        The words may stand near a share of it (0 to 1); a draft that cannot be written on from has no beginnings.
        """

    def continued(self, sentences: Sequence[str], begun: Sequence[tuple[str, ...]]) -> list[Decoded]:
        """Return the drafts of sentences that begin with some tokens, which count as certain."""

    def rated(self, sentences: Sequence[str], decoded: Sequence[Decoded]) -> list[Decoded]:
        """Return drafts with the log probability of all their words, however they came to be."""

    def tokens(self, text: str) -> tuple[str, ...]:
        """Return the tokens of a text in the target language."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the desk decided about engines.

    `package_folders` are searched in order. `beam` is the number of hypotheses kept while decoding. `compute` is
    "auto" or a compute type of CTranslate2. `threads` 0 means one for each core. `device` is "cpu", "cuda", or "auto".
    """

    package_folders: tuple[Path, ...] = ()
    beam: int = 2
    compute: str = "auto"
    threads: int = 0
    device: str = "auto"


#: Find the engines that lead from one language to another, one a hop; raise MissingPackageError where none do.
Router = Callable[[str, str, Options], tuple[Engine, ...]]


@cache
def router(name: str) -> Router:
    """Return the installed engine family with a name (entry point `translate.engines`).

    Raises:
        ProjectError: there is none of that name.
    """
    installed = {point.name: point for point in entry_points(group="translate.engines")}
    if name not in installed:
        raise ProjectError(
            f"unknown engine {name!r}",
            where="translate.toml",
            remedy=f"Set engine to one of: {', '.join(sorted(installed))}.",
        )
    route: Router = installed[name].load()
    return route
