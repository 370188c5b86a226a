"""Build a site below a folder: only pages that would change are rendered; what nobody publishes any more goes."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from translate.editions.journal import Journal, last_edition
from translate.editions.publication import Publication
from translate.editions.site import feeds, pages, story
from translate.editions.site.pages import Site
from translate.editions.site.story import Page
from translate.files import digest, write_if_changed

#: An archive page has so many stories; the index has what is newer than the last full archive, and one more.
ARCHIVE = 50
# What indexes and feeds need to know of a story; the rest is read when its page is made.
_CARD = ("document", "language", "source_language", "title", "summary", "byline", "dated", "redated")

#: Read a published edition: its document and its language.
Reader = Callable[[str, str], Publication]


@dataclass(slots=True)
class Made:
    """What is known of a site from the last time: the key of each page, and a card of each story."""

    pages: dict[str, str] = field(default_factory=dict)
    cards: dict[str, tuple[str, dict[str, str]]] = field(default_factory=dict)

    def data(self) -> bytes:
        """Return it as JSON."""
        return json.dumps({"pages": self.pages, "cards": self.cards}, ensure_ascii=False).encode()


def remembered(path: Path) -> Made:
    """Return what was kept of the last time; nothing where it cannot be read: then every page is made again."""
    try:
        value = json.loads(path.read_bytes())
        return Made(dict(value["pages"]), {key: (one, card) for key, (one, card) in value["cards"].items()})
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Made()


def build(
    made: Site, folder: Path, journal: Journal, read: Reader, before: Made, now: dt.datetime
) -> tuple[Made, list[Path]]:
    """Bring a site up to what is published; return what to remember, and the files that were written or removed."""
    after = Made()
    every = _pages(made, journal, read, before, after)
    base = _key(pages.templates_hash(made.release), made.release.url, made.name, made.languages, made.labels)
    touched: list[Path] = []

    def put(place: str, key: str, render: Callable[[], bytes]) -> None:
        after.pages[place] = key
        path = folder / place
        if (before.pages.get(place) != key or not path.is_file()) and write_if_changed(path, render()):
            touched.append(path)

    story.distinct(every)
    for page in every:
        rows = [(row.when, row.what, row.edition) for row in page.rows]
        put(page.path, _key(base, rows, page.languages), partial(_story, made, page, read))
    languages = [one for one in made.languages if any(page.story.language == one for page in every)]
    maps: list[str] = []
    for language in languages:
        shown = sorted(
            (page for page in every if page.story.language == language),
            key=lambda page: (page.dated, page.first, page.story.document),
        )
        for place, key, render in _lists(made, language, shown, languages, base, now):
            maps += [place] if place.startswith("sitemap") else []
            put(place, key, render)
    if languages:
        put("index.html", _key(base, languages), partial(pages.way_in, made, languages))
        put("sitemap.xml", _key(base, maps), partial(feeds.sitemap_index, made, maps))
        style = made.environment.get_template(pages.STYLE).render().encode()
        put(pages.STYLE, _key(base, style.decode()), partial(bytes, style))
    for place in before.pages.keys() - after.pages.keys():
        path = folder / place
        if path.is_file():
            path.unlink()
            touched.append(path)
    return after, touched


def _pages(made: Site, journal: Journal, read: Reader, before: Made, after: Made) -> list[Page]:
    """Return all pages, each story without its passages: those are read when its page is made."""
    out = [(document, language) for document, language in journal.out() if language in made.languages]
    languages: dict[str, list[str]] = {}
    for document, language in out:
        languages.setdefault(document, []).append(language)
    every = []
    for document, language in out:
        rows = journal.of(document, language)
        edition = last_edition(rows).edition
        name = f"{language}/{document}"
        known, card = before.cards.get(name, ("", {}))
        if known != edition:
            one = read(document, language)
            card = {key: getattr(one, key) for key in _CARD}
        after.cards[name] = edition, card
        short = Publication(**card, notices=(), passages=(), marks=(), translation=None)
        others = tuple(one for one in made.languages if one in languages[document])
        every.append(Page(short, rows, others))
    return every


def _story(made: Site, page: Page, read: Reader) -> bytes:
    return pages.story_page(made, replace(page, story=read(page.story.document, page.story.language)))


def _lists(
    made: Site, language: str, shown: Sequence[Page], languages: Sequence[str], base: str, now: dt.datetime
) -> Iterator[tuple[str, str, Callable[[], bytes]]]:
    """Yield place, key and renderer of the lists of a language; `shown` are its stories, oldest first.

    Archives are counted from the oldest story, so that a new one changes the index only.
    """
    label = made.table(language)
    full = max(0, (len(shown) - 1) // ARCHIVE)
    newest = shown[max(0, full - 1) * ARCHIVE :][::-1]
    others = {code: f"{code}/index.html" for code in languages}
    for number in range(1, full):
        part = shown[(number - 1) * ARCHIVE : number * ARCHIVE][::-1]
        links = {label["site_newest"]: f"{language}/index.html"}
        if number > 1:
            links = {label["site_earlier"]: f"{language}/archive-{number - 1}.html", **links}
        place = f"{language}/archive-{number}.html"
        yield place, _key(base, _listed(part), links), partial(pages.index_page, made, language, place, part, {}, links)
    place = f"{language}/index.html"
    links = {label["site_earlier"]: f"{language}/archive-{full - 1}.html"} if full > 1 else {}
    key = _key(base, _listed(newest), links, languages)
    yield place, key, partial(pages.index_page, made, language, place, newest, others, links)
    latest = shown[::-1]
    said = [(page.first, page.last, page.languages, page.story.summary) for page in latest[: feeds.NEWEST]]
    place = f"{language}/feed.xml"
    yield place, _key(base, _listed(latest[: feeds.NEWEST]), said), partial(feeds.feed, made, language, latest)
    for number, data in enumerate(feeds.sitemaps(made, language, latest, now), 1):
        place = f"sitemap-{language}{'' if number == 1 else f'-{number}'}.xml"
        yield place, _key(data.decode()), partial(bytes, data)


def _listed(part: Sequence[Page]) -> list[tuple[str, str, str]]:
    return [(page.path, page.story.title, page.dated) for page in part]


def _key(*parts: Sequence[Any] | Mapping[str, Any] | str) -> str:
    return digest(json.dumps(parts, ensure_ascii=False, sort_keys=True).encode())
