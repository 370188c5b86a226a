"""What machines fetch: an Atom feed for each language (RFC 4287), and sitemaps with news and other languages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from translate.editions.site import story
from translate.editions.site.pages import Site
from translate.editions.site.story import Page

#: A feed has so many of the newest stories.
NEWEST = 50
# Google's limits for news sitemaps: stories of the last two days, and no more than so many; sitemaps.org's for others.
_NEWS = dt.timedelta(days=2)
_MOST_NEWS, _MOST = 1000, 50_000


def feed(made: Site, language: str, pages: Sequence[Page]) -> bytes:
    """Render the Atom feed of a language from its stories, newest first."""
    newest = pages[:NEWEST]
    updated = max((page.last for page in newest), key=dt.datetime.fromisoformat)
    return _rendered(made, "feed.xml.j2", language=language, pages=newest, updated=updated, label=made.table(language))


def sitemaps(made: Site, language: str, pages: Sequence[Page], now: dt.datetime) -> list[bytes]:
    """Render the sitemaps of a language: each page with its other languages, what is new as news."""
    recent = [page for page in pages if now - dt.datetime.fromisoformat(page.first) <= _NEWS][:_MOST_NEWS]
    news = {page.path for page in recent}
    parts = [pages[start : start + _MOST] for start in range(0, len(pages), _MOST)]
    return [_rendered(made, "sitemap.xml.j2", language=language, pages=part, news=news) for part in parts]


def sitemap_index(made: Site, places: Sequence[str]) -> bytes:
    """Render the list of all sitemaps."""
    return _rendered(made, "sitemaps.xml.j2", places=places)


def _rendered(made: Site, template: str, **values: object) -> bytes:
    text = made.environment.get_template(template).render(
        site=made, address=lambda place: story.address(made.release.url, place), path=story.path, **values
    )
    return (text.rstrip("\n") + "\n").encode()
