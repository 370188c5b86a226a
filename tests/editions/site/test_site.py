"""The site as its readers and their programs meet it."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from hypothesis import given, settings
from lxml import etree, html

from tests.conftest import JAVA, chromium_path, judge
from tests.editions.targets.abstract import TEXTS
from translate.documents.model import Role
from translate.editions.disclosure import one_line
from translate.editions.journal import Journal, Row, What
from translate.editions.publication import Passage, Publication, Words, load
from translate.editions.release import Release
from translate.editions.site import pages
from translate.editions.site.build import ARCHIVE, Made, build
from translate.errors import EditionError

NOW = dt.datetime(2026, 5, 1, 10, 30, tzinfo=dt.UTC)
ROOT = "https://news.example.org/paper/"
NAMES = {"a": "http://www.w3.org/2005/Atom", "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
         "n": "http://www.google.com/schemas/sitemap-news/0.9", "x": "http://www.w3.org/1999/xhtml"}  # fmt: skip


def publication(document: str, language: str, words: str = "Words.", dated: str = "") -> Publication:
    passages = (
        Passage(Role.HEADLINE, 1, (Words(f"Story {document}", {}),)),
        Passage(Role.PARAGRAPH, 1, (Words(words, {"data-state": "draft"}),)),
    )
    told = {"@type": "CreativeWork", "translationOfWork": {"@type": "CreativeWork", "inLanguage": "fr"}}
    return Publication(document, language, "fr", f"Story {document}", words, "A. B.", dated, "", (), passages, (), told)


def site(folder: Path, stories: dict[tuple[str, str], Publication], before: Made | None = None, now: dt.datetime = NOW,
         languages: tuple[str, ...] = ("fr", "en", "de")) -> tuple[Made, list[str]]:  # fmt: skip
    journal = Journal(
        Row((NOW + dt.timedelta(minutes=minute)).isoformat(), What.PUBLISHED, *key, edition=one.data().decode())
        for minute, (key, one) in enumerate(stories.items())
    )
    made = pages.site(Release(url=ROOT, title="The Messenger"), languages, {})
    after, touched = build(made, folder, journal, lambda *key: stories[key], before or Made(), now)
    return after, sorted(path.relative_to(folder).as_posix() for path in touched)


def many(number: int, language: str = "en") -> dict[tuple[str, str], Publication]:
    return {(f"s{n:03}", language): publication(f"s{n:03}", language) for n in range(number)}


def links(folder: Path) -> list[tuple[str, str]]:
    found = []
    for path in folder.rglob("*.html"):
        place = path.relative_to(folder).as_posix()
        found += [(place, href) for href in html.parse(path).getroot().xpath("//a/@href | //link/@href")]
    return found


def test_every_link_leads_to_a_page_that_is_there(tmp_path):
    stories = many(3 * ARCHIVE)
    stories |= {("2024/été à vélo", code): publication("2024/été à vélo", code) for code in ("fr", "de")}
    site(tmp_path, stories)
    for place, href in links(tmp_path):
        if href.startswith("#"):
            continue
        target = urljoin(ROOT + place, href)
        assert target.startswith(ROOT), (place, href)
        path = unquote(urlsplit(target).path.removeprefix("/paper/"))
        assert (tmp_path / (path + "index.html" if not path or path.endswith("/") else path)).is_file(), (place, href)


def test_languages_of_a_story_name_each_other_and_no_other(tmp_path):
    site(tmp_path, {("a", "fr"): publication("a", "fr"), ("a", "de"): publication("a", "de"), **many(1)})
    root = html.parse(tmp_path / "de/a.html").getroot()
    alternates = {one.get("hreflang"): one.get("href") for one in root.xpath("//link[@hreflang]")}
    assert alternates == {
        "fr": ROOT + "fr/a.html",
        "de": ROOT + "de/a.html",
        "x-default": ROOT + "fr/a.html",
    }
    assert root.xpath("//link[@rel='canonical']/@href") == [ROOT + "de/a.html"]
    assert [(one.get("lang"), one.text) for one in root.xpath("//nav//a")] == [("fr", "Français")]
    assert root.xpath("//nav//span/@aria-current") == ["page"]
    (data,) = root.xpath("//script/text()")
    said = json.loads(data)
    assert (said["@type"], said["inLanguage"], said["url"]) == ("NewsArticle", "de", ROOT + "de/a.html")
    assert said["translationOfWork"] == {"@type": "NewsArticle", "inLanguage": "fr", "url": ROOT + "fr/a.html"}
    assert not root.xpath("//script[not(@type='application/ld+json')]")


def test_a_new_story_changes_its_page_the_index_the_feed_and_the_sitemap_only(tmp_path):
    stories = many(3 * ARCHIVE + 10)
    made, first = site(tmp_path, stories)
    assert {"en/archive-1.html", "en/archive-2.html"} <= set(first)
    assert site(tmp_path, stories, made)[1] == []
    _, touched = site(tmp_path, {**stories, ("zz", "en"): publication("zz", "en")}, made)
    assert touched == ["en/feed.xml", "en/index.html", "en/zz.html", "sitemap-en.xml"]


@pytest.mark.parametrize("number", [1, ARCHIVE, ARCHIVE + 1, 2 * ARCHIVE, 2 * ARCHIVE + 1, 4 * ARCHIVE + 7])
def test_every_story_is_listed_once_newest_first(tmp_path, number):
    site(tmp_path, many(number))
    place, listed = "en/index.html", []
    while place:
        root = html.parse(tmp_path / place).getroot()
        listed += [text.removeprefix("Story ") for text in root.xpath("//ol//a/text()")]
        earlier = root.xpath("//p[@class='more']/a[text()='Earlier stories']/@href")
        place = f"en/{earlier[0]}" if earlier else ""
    assert listed == [f"s{n:03}" for n in reversed(range(number))]


def test_what_is_published_no_more_goes_and_what_others_put_there_stays(tmp_path):
    made, _ = site(tmp_path, many(2))
    (tmp_path / "robots.txt").write_text("x")
    _, touched = site(tmp_path, many(1), made)
    assert "en/s001.html" in touched
    assert sorted(path.name for path in (tmp_path / "en").glob("*.html")) == ["index.html", "s000.html"]
    assert (tmp_path / "robots.txt").exists()


def test_a_story_cannot_take_the_place_of_a_page_of_the_site(tmp_path):
    with pytest.raises(EditionError, match=r"a page of its own at en/index\.html"):
        site(tmp_path, {("index", "en"): publication("index", "en")})


def test_the_feed_has_what_atom_asks_for(tmp_path):
    site(tmp_path, many(60))
    feed = etree.parse(tmp_path / "en/feed.xml").getroot()
    assert feed.tag == "{http://www.w3.org/2005/Atom}feed"
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    entries = feed.findall("a:entry", NAMES)
    assert [one.findtext("a:title", namespaces=NAMES) for one in entries][:2] == ["Story s059", "Story s058"]
    assert len(entries) == 50
    for one in [feed, *entries]:
        for name in ("id", "title", "updated"):
            assert len(one.findall(f"a:{name}", NAMES)) == 1
        moment = dt.datetime.fromisoformat(one.findtext("a:updated", namespaces=NAMES) or "")
        assert moment.tzinfo is not None
    assert len({one.findtext("a:id", namespaces=NAMES) for one in entries}) == 50
    assert feed.findtext("a:updated", namespaces=NAMES) == (NOW + dt.timedelta(minutes=59)).isoformat()


def test_sitemaps_have_news_for_two_days(tmp_path):
    stories = {("a", "fr"): publication("a", "fr"), ("a", "en"): publication("a", "en")}
    made, _ = site(tmp_path, stories)
    index = etree.parse(tmp_path / "sitemap.xml").getroot()
    assert index.xpath("//s:loc/text()", namespaces=NAMES) == [ROOT + "sitemap-fr.xml", ROOT + "sitemap-en.xml"]
    urls = etree.parse(tmp_path / "sitemap-en.xml").getroot()
    assert urls.xpath("//s:url/s:loc/text()", namespaces=NAMES) == [ROOT + "en/a.html"]
    assert urls.xpath("//x:link/@hreflang", namespaces=NAMES) == ["fr", "en"]
    assert urls.xpath("//n:news/n:title/text()", namespaces=NAMES) == ["Story a"]
    _, touched = site(tmp_path, stories, made, NOW + dt.timedelta(days=3))
    assert touched == ["sitemap-en.xml", "sitemap-fr.xml"]
    assert not etree.parse(tmp_path / "sitemap-en.xml").getroot().xpath("//n:news", namespaces=NAMES)


def test_a_desk_replaces_a_template(tmp_path):
    (tmp_path / "own").mkdir()
    (tmp_path / "own/style.css").write_text("body { color: red }")
    release = Release(url=ROOT, templates=tmp_path / "own")
    assert pages.templates_hash(release) != pages.templates_hash(Release(url=ROOT))
    made = pages.site(release, ("en",), {})
    assert made.environment.get_template("style.css").render() == "body { color: red }"
    assert made.environment.get_template("story.html.j2")


def test_languages_that_are_written_from_right_to_left(tmp_path):
    labels = {"ar": dict.fromkeys(pages.fixed._shipped()["en"], "x")}
    made = pages.site(Release(url=ROOT), ("fr", "ar"), labels)
    row = Row(NOW.isoformat(), What.PUBLISHED, "a", "ar", edition="1")
    build(made, tmp_path, Journal([row]), lambda *_: publication("a", "ar"), Made(), NOW)
    root = html.parse(tmp_path / "ar/a.html").getroot()
    assert (root.get("lang"), root.get("dir")) == ("ar", "rtl")


@settings(deadline=None)
@given(TEXTS)
def test_words_stay_words(text: str) -> None:
    words = one_line(text)
    one = publication("a", "en", words)
    assert load(one.data()) == one
    made = pages.site(Release(url=ROOT, title="T"), ("fr", "en"), {})
    row = Row(NOW.isoformat(), What.PUBLISHED, "a", "en", edition="1")
    data = pages.story_page(made, pages.story.Page(one, [row], ("en",))).decode()
    root = html.document_fromstring(data)
    (shown,) = root.xpath("//article/p")
    assert " ".join((shown.text_content() or "").split()) == words
    (script,) = root.xpath("//script/text()")
    assert json.loads(script)["headline"] == "Story a"


@pytest.fixture(scope="module")
def real(tmp_path_factory) -> Path:
    """Make a site with every kind of block, a state, notes and two languages."""
    folder = tmp_path_factory.mktemp("site")
    words = (Words("Un mot ", {"data-state": "draft", "lang": "fr"}), Words("and more.", {"data-state": "draft"}))
    passages = tuple(Passage(role, 1, words) for role in Role)
    one = publication("a", "en")
    full = Publication(**{key: getattr(one, key) for key in one.__slots__ if key not in ("passages", "notices")},
                       passages=passages, notices=("Parts were translated by a machine.",))  # fmt: skip
    stories = {("a", "en"): full, ("a", "de"): publication("a", "de")}
    rows = [Row(NOW.isoformat(), What.PUBLISHED, *key, edition="1") for key in stories]
    rows += [Row(NOW.isoformat(), what, "a", "en", edition="1") for what in (What.UPDATED, What.CORRECTED, What.STALE)]
    made = pages.site(Release(url=ROOT, title="The Messenger"), ("fr", "en", "de"), {})
    build(made, folder, Journal(rows), lambda *key: stories[key], Made(), NOW)
    return folder


@pytest.mark.slow
def test_the_w3cs_checker_finds_nothing(real):
    done = subprocess.run(
        [*JAVA, "-jar", judge("vnu.jar"), *sorted(real.rglob("*.html"))], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""


@pytest.mark.slow
@pytest.mark.parametrize("page", ["en/a.html", "en/index.html", "index.html"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_barrier(real, tmp_path, page, scheme):
    text = (real / page).read_text()
    style = (real / "style.css").read_text()
    if scheme == "dark":
        style = style.replace("@media (prefers-color-scheme: dark)", "@media all")
    probe = tmp_path / "page.html"
    script = (
        "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
        ".then(r => { document.documentElement.innerHTML = ''; document.documentElement.textContent = 'FOUND' + "
        "JSON.stringify({passes: r.passes.length, violations: r.violations.map(v => [v.id, v.nodes.map(n => n.html)])})"
        " + 'END'; });"
    )
    probe.write_text(
        text.replace("</head>", f"<style>{style}</style></head>").replace(
            "</body>", f"<script>{judge('axe.min.js').read_text()}</script><script>{script}</script></body>"
        )
    )
    done = subprocess.run(
        [chromium_path(), "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}",
         "--virtual-time-budget=20000", "--dump-dom", probe.as_uri()],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    found = json.loads(html.document_fromstring(done.stdout).text_content().split("FOUND")[1].split("END")[0])
    assert found["violations"] == []
    assert found["passes"] > 10


def test_pages_are_light(real):
    weight = (real / "en/a.html").stat().st_size + (real / "style.css").stat().st_size
    assert weight < 30_000
    assert not html.parse(real / "en/a.html").getroot().xpath("//img | //script[@src] | //style | //iframe")
