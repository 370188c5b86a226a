"""The pages of a site as HTML: stories, indexes, archives and the way in. A desk may replace each template."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from translate import __version__
from translate.editions import labels as fixed
from translate.editions.disclosure import in_script
from translate.editions.release import Release
from translate.editions.site import story
from translate.editions.site.story import Page
from translate.editions.targets.rendering import direction, environment
from translate.files import digest

if TYPE_CHECKING:
    from jinja2 import Environment

_TEMPLATES = Path(__file__).parents[1] / "templates" / "site"
STYLE = "style.css"


@dataclass(frozen=True, slots=True)
class Site:
    """A site to be rendered: the desk's decisions, its languages (the source's first), its labels and templates."""

    release: Release
    languages: tuple[str, ...]
    labels: Mapping[str, Mapping[str, str]]
    environment: Environment

    @property
    def name(self) -> str:
        """Return what the site is called."""
        return self.release.title or self.release.url.split("://")[1].strip("/")

    def table(self, language: str) -> Mapping[str, str]:
        """Return the labels of a language."""
        return fixed.labels(language, self.labels, site=True)


def site(release: Release, languages: tuple[str, ...], labels: Mapping[str, Mapping[str, str]]) -> Site:
    """Return a site with the desk's templates over the shipped ones."""
    from jinja2 import ChoiceLoader, FileSystemLoader

    folders = [*([release.templates] if release.templates else []), _TEMPLATES]
    escaping = environment(ChoiceLoader([FileSystemLoader(folder) for folder in folders]), _is_markup)
    return Site(release, languages, labels, escaping)


def _is_markup(name: str | None) -> bool:
    return name is not None and not name.endswith(".css")


def templates_hash(release: Release) -> str:
    """Return a hash of all templates: where it is the same, the same story makes the same page."""
    folders = [folder for folder in (_TEMPLATES, release.templates) if folder]
    paths = [path for folder in folders for path in sorted(folder.glob("*.*"))]
    said = [__version__, *(f"{path.name} {digest(path.read_bytes())}" for path in paths)]
    return digest("\n".join(said).encode())


def story_page(made: Site, page: Page) -> bytes:
    """Render the page of a story."""
    from markupsafe import Markup

    table = made.table(page.story.language)
    stories = [
        [(role, list(run)) for role, run in groupby(passages, key=attrgetter("role"))]
        for _, passages in groupby(page.story.passages, key=attrgetter("story"))
    ]
    return _rendered(
        made,
        "story.html.j2",
        page.path,
        page.story.language,
        {code: story.path(page.story.document, code) for code in page.languages},
        story.path(page.story.document, page.story.source_language),
        page=page,
        stories=stories,
        notes=page.notes(table),
        published="" if page.story.dated else _published(page, table),
        json_ld=Markup(_article(made, page)),
    )


def _published(page: Page, table: Mapping[str, str]) -> str:
    return table["site_published"].format(when=story.shown(page.first, page.story.language))


def index_page(
    made: Site, language: str, place: str, pages: Sequence[Page], others: Mapping[str, str], links: Mapping[str, str]
) -> bytes:
    """Render an index: the stories of a language, newest first; `links` lead to other indexes by their label."""
    return _rendered(made, "index.html.j2", place, language, others, "", pages=pages, links=links, shown=story.shown)


def way_in(made: Site, languages: Sequence[str]) -> bytes:
    """Render the root of the site, where a reader chooses a language."""
    return _rendered(made, "languages.html.j2", "index.html", languages[0], {}, "", every=languages)


def _rendered(
    made: Site, template: str, place: str, language: str, others: Mapping[str, str], default: str, **more: Any
) -> bytes:
    """Render a template; `others` are the places of this page by language, `default` the one for any other."""
    text = made.environment.get_template(template).render(
        site=made,
        label=made.table(language),
        place=place,
        language=language,
        direction=direction(language),
        others=others,
        default=default if default in others.values() else "",
        to=partial(relative, place),
        address=partial(story.address, made.release.url),
        name_of=_name,
        version=__version__,
        **more,
    )
    return (text.rstrip("\n") + "\n").encode()


def relative(place: str, other: str) -> str:
    """Return the link from one page to another, which also holds where the site is opened as files.

    >>> relative("de/2024/a.html", "en/2024/a.html"), relative("de/a.html", "de/a b.html")
    ('../../en/2024/a.html', 'a%20b.html')
    """
    return quote(posixpath.relpath(other, posixpath.dirname(place) or "."))


def _name(language: str) -> str:
    """Return a language's own name."""
    name = fixed.language_name(language, language)
    return name[:1].upper() + name[1:]


def _article(made: Site, page: Page) -> str:
    """Return schema.org's NewsArticle for the page, as JSON that may stand inside a script element."""
    where: Callable[[str], str] = partial(story.address, made.release.url)
    one = page.story
    value: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": one.title,
        "description": one.summary,
        "inLanguage": one.language,
        "url": where(page.path),
        "mainEntityOfPage": where(page.path),
        "datePublished": one.dated or page.first,
        "dateModified": page.last if len(page.rows) > 1 else one.redated or one.dated or page.first,
        "author": {"@type": "Person", "name": one.byline} if one.byline else None,
        "publisher": {"@type": "NewsMediaOrganization", "name": made.name, "url": made.release.url},
    }
    if one.translation is not None:
        told = {key: text for key, text in one.translation.items() if key not in ("@context", "@type", "inLanguage")}
        origin = dict(told.pop("translationOfWork", {}))
        if one.source_language in page.languages:
            origin |= {"@type": "NewsArticle", "url": where(story.path(one.document, one.source_language))}
        value |= {**told, "translationOfWork": origin}
    return in_script(json.dumps({key: one for key, one in value.items() if one}, ensure_ascii=False))
