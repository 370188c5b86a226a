"""Who is let in, and with what: requests that no page of ours would make."""

from __future__ import annotations

import asyncio
import datetime as dt
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from html.parser import HTMLParser
from urllib.parse import quote

import pytest
from starlette.requests import Request
from starlette.testclient import TestClient

from translate import project
from translate.engines.model import Options
from translate.errors import UsageError
from translate.listening import hosts, is_loopback
from translate.review.app import application
from translate.review.requests import Bench
from translate.review.security import HEADER, Guard, token
from translate.review.server import serving
from translate.review.stories import Stories

HOST = "127.0.0.1:4789"


@pytest.fixture
def bench(desk, translate) -> Bench:
    assert translate("extract").code == 0
    opened = project.load(desk)
    stories = Stories(opened, lambda: dt.datetime(2026, 5, 1, 10, tzinfo=dt.UTC))
    return Bench(opened, Options(), stories, Guard("t" * 40, hosts("127.0.0.1", 4789)), "Ada")


@pytest.fixture
def client(bench) -> TestClient:
    made = TestClient(application(bench), base_url=f"http://{HOST}", follow_redirects=False)
    assert made.get("/?token=" + "t" * 40).status_code == 303
    return made


def first(bench: Bench) -> str:
    return next(iter(bench.stories.open("port", "en").units))


def test_the_token_opens_and_leaves_the_address(bench):
    made = TestClient(application(bench), base_url=f"http://{HOST}", follow_redirects=False)
    assert made.get("/").status_code == 403
    assert made.get("/?token=wrong").status_code == 403
    answer = made.get("/story/en/port?token=" + "t" * 40)
    assert answer.headers["location"] == "/story/en/port"
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.lower()
    assert made.get("/").status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example:4789", ""])
def test_a_name_that_is_not_ours_is_refused(client, host):
    # A page elsewhere can let its own name lead to this machine.
    assert client.get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {HEADER: "0" * 64},
        {HEADER: "right", "origin": "http://evil.example"},
        {HEADER: "right", "origin": "null"},
        {HEADER: "right", "sec-fetch-site": "cross-site"},
    ],
)
def test_other_pages_change_nothing(client, bench, headers):
    proof = {name: bench.guard.proof if value == "right" else value for name, value in headers.items()}
    body = {"id": first(bench), "act": "accept", "text": "Stolen", "base": ""}
    before = bench.project.catalog("port", "en").read_bytes()
    assert client.post("/api/save/en/port", json=body, headers=proof).status_code == 403
    assert bench.project.catalog("port", "en").read_bytes() == before


def test_every_answer_says_what_its_page_may_load(client):
    for path in ("/", "/story/en/port", "/static/workbench.js", "/nowhere"):
        answer = client.get(path)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["x-frame-options"] == "DENY"
    page = client.get("/story/en/port").text
    assert "onclick" not in page
    assert "<style" not in page
    assert page.count("<script") == 2


def test_a_script_of_an_older_version_is_never_taken(client):
    answer = client.get("/static/segment.js")
    assert answer.headers["cache-control"] == "no-cache"
    again = client.get("/static/segment.js", headers={"if-none-match": answer.headers["etag"]})
    assert (again.status_code, again.headers["cache-control"]) == (304, "no-cache")
    assert client.get("/story/en/port").headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "path",
    [
        "/story/en/../../etc/passwd",
        "/story/en/%2e%2e/%2e%2e/translate",
        "/story/en//etc/passwd",
        "/story/xx/port",
        "/story/en/nothing",
        "/static/../app.py",
        "/static/%2e%2e/app.py",
    ],
)
def test_no_path_comes_from_outside(client, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert "root:" not in answer.text


def test_bodies_are_limited_and_must_be_what_they_say(client, bench):
    proof = {HEADER: bench.guard.proof}
    assert client.post("/api/save/en/port", content=b"x" * 1_000_001, headers=proof).status_code == 413
    assert client.post("/api/save/en/port", content=iter([b"{}"]), headers=proof).status_code == 413
    # In chunks any number can follow, whatever the length says.
    both = {**proof, "content-length": "2", "transfer-encoding": "chunked"}
    assert client.post("/api/save/en/port", content=b"{}", headers=both).status_code == 413
    assert client.post("/api/save/en/port", headers={**proof, "content-length": "9" * 5000}).status_code == 413
    for body in (b"", b"[]", b"{", b'{"id": 3}', b"[" * 100_000):
        answer = client.post("/api/save/en/port", content=body, headers=proof)
        assert answer.status_code == 400
        assert answer.json()["remedy"]
    for body in ({"id": "0" * 16}, {"id": first(bench), "act": "burn"}, {"id": first(bench), "text": 4}):
        assert client.post("/api/save/en/port", json=body, headers=proof).status_code == 400
    for since in ("x", "1e999", ""):
        assert client.get(f"/api/changes/en/port?since={since}").status_code == 400


def test_nobody_else_is_let_in_unless_that_is_meant(desk):
    opened = project.load(desk)
    with pytest.raises(UsageError) as refused:
        serving(opened, Options(), dt.datetime.now, host="0.0.0.0", port=0)
    assert "--open-to-others" in refused.value.remedy
    # No browser could call it by that.
    with pytest.raises(UsageError, match="no address"):
        serving(opened, Options(), dt.datetime.now, host="0.0.0.0", port=0, open_to_others=True)
    assert [is_loopback(one) for one in ("127.0.0.1", "::1", "localhost", "10.0.0.1", "desk")] == [True] * 3 + [
        False
    ] * 2


def test_the_token_is_this_persons(tmp_path):
    path = tmp_path / ".translate" / "review-token"
    made = token(path)
    assert token(path) == made
    assert len(made) > 40
    assert path.stat().st_mode & 0o777 == 0o600
    path.write_text("short")
    path.chmod(0o644)
    assert token(path) != "short"
    assert path.stat().st_mode & 0o777 == 0o600


def test_two_desks_have_a_cookie_each(client, bench):
    # Browsers send the cookies of one port to every port of a machine.
    other = Guard("u" * 40, hosts("127.0.0.1", 4790))
    assert other.cookie != bench.guard.cookie
    client.cookies.set(other.cookie, other.token)
    assert client.get("/").status_code == 200


def test_two_desks_keep_words_apart_in_a_browser(client, bench, tmp_path):
    # One after the other they may have the same port.
    other = Bench(replace(bench.project, root=tmp_path), bench.options, bench.stories, bench.guard, "Ada")
    answers = [client.get("/").text]
    again = TestClient(application(other), base_url=f"http://{HOST}")
    answers.append(again.get("/?token=" + "t" * 40).text)
    homes = [re.search(r'"home": "(\w+)"', answer)[1] for answer in answers]
    assert homes[0] != homes[1]


@pytest.mark.parametrize("path", ["//evil.example/x", "/story/en/a?b#c"])
def test_the_token_leads_nowhere_else(bench, path):
    query, headers = b"token=" + b"t" * 40, [(b"host", HOST.encode())]
    request = Request({"type": "http", "method": "GET", "path": path, "query_string": query, "headers": headers})
    # Where a browser is under way in these tests, this thread has a loop already.
    with ThreadPoolExecutor(1) as thread:
        answer = thread.submit(asyncio.run, bench.guard(request, None)).result()
    assert answer.headers["location"] == quote("/" + path.lstrip("/"))


@pytest.mark.parametrize("site", ["same-site", "cross-site"])
def test_another_port_of_this_machine_asks_nothing(client, site):
    assert client.get("/api/work", headers={"sec-fetch-site": site}).status_code == 403
    assert client.get("/", headers={"sec-fetch-site": site}).status_code == 200


HOSTILE = '</script><script>alert(1)</script><img src=x onerror=alert(2)>"\' onfocus="alert(3)'


def test_nothing_that_people_or_files_say_is_markup(desk, translate):
    """Put markup into every place that a page shows, and count the elements that came of it."""
    name = "<img src=x onerror=alert(4)>"
    (desk / "source" / f"{name}.txt").write_text(f"Le port {HOSTILE}\n\nLe port est calme, {HOSTILE}.\n")
    (desk / "glossary.csv").write_text(f'fr,en,note\nport,"harbour {HOSTILE.replace(chr(34), chr(34) * 2)}",<b>x</b>\n')
    assert translate("extract").code == 0
    opened = project.load(desk)
    stories = Stories(opened, lambda: dt.datetime(2026, 5, 1, 10, tzinfo=dt.UTC))
    bench = Bench(opened, Options(), stories, Guard("t" * 40, hosts("127.0.0.1", 4789)), HOSTILE)
    made = TestClient(application(bench), base_url=f"http://{HOST}", headers={HEADER: bench.guard.proof})
    made.get("/?token=" + "t" * 40)
    path = quote(f"en/{name}")
    shown = [made.get("/").text, made.get(f"/story/{path}").text, made.get("/story/en/" + quote(f"no{name}")).text]
    for one in stories.open(name, "en").units:
        said = {"id": one, "act": "accept", "text": HOSTILE, "base": "", "words": HOSTILE, "was": ""}
        assert "conflict" in made.post(f"/api/save/{path}", json=said).json()
        base = made.get(f"/api/segment/{path}?id={one}").json()["base"]
        assert "rows" in made.post(f"/api/save/{path}", json={**said, "base": base}).json()
        made.post(f"/api/comment/{path}", json=said)
        told = made.get(f"/api/segment/{path}?id={one}").json()
        shown += [told["read"], told["aids"]]
        altered = made.get(f"/api/changes/{path}?since=0&id={one}").json()
        shown += [*altered["rows"].values(), *altered["blocks"].values()]
    shown += [made.get("/").text, made.get(f"/story/{path}").text]
    page = "".join(shown)
    assert page.count("alert(") > 20
    elements = Elements()
    elements.feed(page)
    assert "img" not in elements.names
    assert elements.names.count("script") == 2 * page.count('<html lang="en">') - 2
    assert not [one for one in elements.attributes if one.startswith("on")]


class Elements(HTMLParser):
    """The elements of a page, and their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []
        self.attributes: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.attributes += [name for name, _ in attrs]
