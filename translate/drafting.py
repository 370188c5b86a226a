"""Drafting as a function over a Project: what the memory knows, then what the engines make of the rest."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from translate import remembering
from translate.catalogs import header, provenance, store
from translate.documents.model import Document
from translate.engines import casing, drafts, queue, recall
from translate.engines.model import Engine, Options, router
from translate.errors import MissingPackageError
from translate.knowledge import history
from translate.knowledge.memory import opened
from translate.language import primary
from translate.project import Project
from translate.quality import confidence, evaluation, postediting
from translate.reading import catalogs, glossary, languages, splitter

# Drafts are saved this often (seconds). Texts come by their length, so that each time many catalogs get a little: where
# that is slow, it is done less often, and takes no more than a tenth of the time.
_SAVE_EVERY, _SAVE_SHARE = 5.0, 10
# Those whose drafts no engine makes again: a person, the memory.
_NO_ENGINES = (postediting.BY_HAND, provenance.MEMORY)

#: Told what is going on, how much of it is done, of how much.
Progress = Callable[[str, int, int], None]
#: Draft requests, as `queue.draft` does; a cluster does it otherwise, to the same end.
Drafter = Callable[..., Iterator[queue.Draft]]
#: Find the engines from the desk's source language to a target.
Find = Callable[[Project, str, Options], tuple[Engine, ...]]


def draft(
    project: Project,
    documents: Sequence[Document],
    only: Sequence[str],
    options: Options,
    now: dt.datetime,
    progress: Progress,
    find: Find | None = None,
    *,
    again: bool = False,
    drafter: Drafter = queue.draft,
) -> int:
    """Draft every untranslated entry of some documents, all of a language in one queue; return how many.

    With `again`, also what another package drafted and nobody has touched.

    What the memory knows comes first; what is reviewed in these catalogs, it knows from now on. Drafts are saved as
    they are made. An entry that a person filled meanwhile is left alone. `find` finds the engines; without it, `route`.
    `drafter` drafts what the memory does not know.
    """
    count = 0
    spelt, terms = spellings(documents), glossary(project, now.date())
    for language in languages(project, only):
        found = list(catalogs(project, documents, [language]))
        package = queue.joined((find or route)(project, language, options)).get("package", "") if again else ""
        requests = [one for document, _, catalog in found for one in drafts.pending(catalog, document.name, package)]
        with opened(project.memory) as memory:
            for document, _, catalog in found:
                remembering.learn(project, memory, document.name, language, catalog)
            known = list(recall.recalled(requests, memory, project.source, language, project.memory_threshold))
        keeping = _Keeping(project, language, {catalog.path: document.name for document, _, catalog in found}, now)
        count += keeping.save(known)
        settled = {one.ticket for one in known}
        requests = [one for one in requests if one.ticket not in settled]
        if not requests:
            continue
        engines = (find or route)(project, language, options)
        made: list[queue.Draft] = []
        saved, pause = time.monotonic(), _SAVE_EVERY
        coming = drafter(
            requests,
            engines,
            [splitter(project, engine.source) for engine in engines],
            spellings=spelt,
            known=known_english(project, documents) if len(engines) > 1 else {},
            glossary=terms,
            judge=confidence.judge,
            progress=partial(progress, f"drafting {language}, words"),
        )
        try:
            for one in coming:
                made.append(one)
                if time.monotonic() - saved > pause:
                    began = time.monotonic()
                    count += keeping.save(made)
                    made, saved = [], time.monotonic()
                    pause = max(_SAVE_EVERY, _SAVE_SHARE * (saved - began))
        finally:
            count += keeping.save(made)
    return count


@dataclass(frozen=True, slots=True)
class _Keeping:
    """Where the drafts of a language go: into its catalogs, and into the desk's history."""

    project: Project
    language: str
    documents: Mapping[Path, str]
    now: dt.datetime

    def save(self, made: Sequence[queue.Draft]) -> int:
        """Keep drafts, then write them into their catalogs; a kill between the two leaves no draft that is unknown."""
        history.keep(self.project.history, (self._shown(one) for one in made))
        return drafts.save(made, self.now)

    def _shown(self, made: queue.Draft) -> history.Shown:
        assert isinstance(made.ticket, tuple)
        path, (_, source) = made.ticket
        return history.Shown(self.language, source, made.text, provenance.drafter(made.facts), self.documents[path])


def known_english(project: Project, documents: Sequence[Document]) -> dict[str, queue.Known]:
    """Return the English a pivot may start from: what the English catalogs hold, reviewed text before drafts."""
    english = next((target for target in project.targets if primary(target) == "en"), None)
    if english is None:
        return {}
    loaded = (store.load(project.catalog(document.name, english)) for document in documents)
    return drafts.known(catalog for catalog in loaded if catalog)


def route(project: Project, language: str, options: Options) -> tuple[Engine, ...]:
    """Return the engines from the desk's source language to a target."""
    return router(project.engine)(project.source, language, options)


def evaluate(
    project: Project, documents: Sequence[Document], only: Sequence[str], options: Options, progress: Progress
) -> list[postediting.Evaluation]:
    """Draft what is reviewed once more, and compare; languages without a reviewed entry are left out."""
    made = []
    for language, entries in _reviewed(project, documents, only):
        engines = route(project, language, options)
        texts = [entry.source for entry in entries]
        drafted = _again(project, documents, language, texts, engines, progress)
        kept = history.kept(project.history, language, (entry.name for entry in entries))
        made.append(postediting.Evaluation(language, entries, drafted, kept))
    return made


def compare(
    project: Project, documents: Sequence[Document], only: Sequence[str], options: Options, progress: Progress
) -> list[tuple[str, list[postediting.Compared]]]:
    """Find the draft that each reviewed entry started from, by language; languages without one are left out.

    The desk's history has it, or the package that made it is still in use and makes it again, or it is not known.
    """
    made = []
    for language, entries in _reviewed(project, documents, only):
        kept = history.kept(project.history, language, (entry.name for entry in entries))
        lost = [entry for entry in entries if entry.package not in _NO_ENGINES and entry.name not in kept]
        again = _made_again(project, documents, language, lost, options, progress)
        made.append((language, postediting.compared(entries, {**kept, **again})))
    return made


def _reviewed(
    project: Project, documents: Sequence[Document], only: Sequence[str]
) -> Iterator[tuple[str, list[postediting.Reviewed]]]:
    for language in languages(project, only):
        entries = [
            entry
            for document, _, catalog in catalogs(project, documents, [language])
            for entry in postediting.reviewed(catalog.entries, document.name, header.translator(catalog.file.metadata))
        ]
        if entries:
            yield language, entries


def _made_again(
    project: Project,
    documents: Sequence[Document],
    language: str,
    lost: Sequence[postediting.Reviewed],
    options: Options,
    progress: Progress,
) -> dict[history.Name, str]:
    """Return, of drafts that nobody kept, those that the package in use makes again, word for word."""
    if not lost:
        return {}
    try:
        engines = route(project, language, options)
    except MissingPackageError:
        # The desk can be measured where it cannot be drafted; what stays unknown is counted.
        return {}
    package = provenance.drafter(queue.joined(engines))
    texts = [entry.source for entry in lost if entry.package == package]
    drafted = _again(project, documents, language, texts, engines, progress)
    wanted = {entry.name for entry in lost}
    made = {history.name(text, draft): draft for text, draft in zip(texts, drafted.texts, strict=True)}
    return {name: draft for name, draft in made.items() if name in wanted}


def _again(
    project: Project,
    documents: Sequence[Document],
    language: str,
    texts: Sequence[str],
    engines: Sequence[Engine],
    progress: Progress,
) -> evaluation.Drafted:
    """Draft texts as the desk drafts them now."""
    return evaluation.draft(
        texts,
        engines,
        [splitter(project, engine.source) for engine in engines],
        spellings=spellings(documents),
        glossary=glossary(project, dt.date.today()),
        progress=partial(progress, f"drafting {language}, words"),
    )


def spellings(documents: Sequence[Document]) -> dict[str, str]:
    """Return how words that stand in capitals are spelt elsewhere in some documents."""
    return casing.spellings(segment.text for document in documents for segment in document.segments)
