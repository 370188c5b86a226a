"""Drafting as a function over a Project: what the memory knows, then what the engines make of the rest."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Sequence
from functools import partial

from translate import remembering
from translate.catalogs import store
from translate.documents.model import Document
from translate.engines import casing, drafts, queue, recall
from translate.engines.model import Engine, Options, router
from translate.knowledge.memory import opened
from translate.project import Project
from translate.quality import confidence, evaluation, postediting
from translate.reading import catalogs, glossary, languages, splitter

# Drafts are saved this often (seconds); an interruption loses no more than that.
_SAVE_EVERY = 5.0

#: Told what is going on, how much of it is done, of how much.
Progress = Callable[[str, int, int], None]


def draft(
    project: Project,
    documents: Sequence[Document],
    only: Sequence[str],
    options: Options,
    now: dt.datetime,
    progress: Progress,
) -> int:
    """Draft every untranslated entry of some documents, all of a language in one queue; return how many.

    What the memory knows comes first; what is reviewed in these catalogs, it knows from now on. Drafts are saved as
    they are made. An entry that a person filled meanwhile is left alone.
    """
    count = 0
    spelt, terms = spellings(documents), glossary(project, now.date())
    for language in languages(project, only):
        found = list(catalogs(project, documents, [language]))
        requests = [one for document, _, catalog in found for one in drafts.pending(catalog, document.name)]
        with opened(project.memory) as memory:
            for document, _, catalog in found:
                remembering.learn(project, memory, document.name, language, catalog)
            known = list(recall.recalled(requests, memory, project.source, language, project.memory_threshold))
        count += drafts.save(known, now)
        settled = {one.ticket for one in known}
        requests = [one for one in requests if one.ticket not in settled]
        if not requests:
            continue
        engines = route(project, language, options)
        made: list[queue.Draft] = []
        saved = time.monotonic()
        coming = queue.draft(
            requests,
            engines,
            [splitter(project, engine.source) for engine in engines],
            spellings=spelt,
            known=known_english(project, documents) if len(engines) > 1 else {},
            glossary=terms,
            judge=confidence.judge,
            progress=partial(progress, f"drafting {language}"),
        )
        try:
            for one in coming:
                made.append(one)
                if time.monotonic() - saved > _SAVE_EVERY:
                    count += drafts.save(made, now)
                    made, saved = [], time.monotonic()
        finally:
            count += drafts.save(made, now)
    return count


def known_english(project: Project, documents: Sequence[Document]) -> dict[str, queue.Known]:
    """Return the English a pivot may start from: what the English catalogs hold, reviewed text before drafts."""
    english = next((target for target in project.targets if target.split("-")[0] == "en"), None)
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
    spelt, terms = spellings(documents), glossary(project, dt.date.today())
    for language in languages(project, only):
        found = (catalog for _, _, catalog in catalogs(project, documents, [language]))
        entries = postediting.reviewed(entry for catalog in found for entry in catalog.entries)
        if entries:
            engines = route(project, language, options)
            splitters = [splitter(project, engine.source) for engine in engines]
            told = partial(progress, f"drafting {language}")
            texts = [entry.source for entry in entries]
            drafted = evaluation.draft(texts, engines, splitters, spellings=spelt, glossary=terms, progress=told)
            made.append(postediting.Evaluation(language, entries, drafted))
    return made


def spellings(documents: Sequence[Document]) -> dict[str, str]:
    """Return how words that stand in capitals are spelt elsewhere in some documents."""
    return casing.spellings(segment.text for document in documents for segment in document.segments)
