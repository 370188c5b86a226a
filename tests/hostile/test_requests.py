"""Requests that no page and no program of ours would make, to the workbench and to the service, in process."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from tests.conftest import DISPATCH
from translate import project
from translate.cli import main
from translate.engines.model import Options
from translate.knowledge.glossary import Glossary
from translate.listening import hosts
from translate.project import Project
from translate.review.app import application
from translate.review.requests import Bench
from translate.review.security import HEADER, Guard
from translate.review.stories import Stories
from translate.scale import serving

HOST = "127.0.0.1:4789"
QUICK = settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
ODD = [
    "",
    "\x00",
    "..",
    "../../etc/passwd",
    "%00",
    "\ud800",
    "1e999",
    "<script>",
    "=1+1",
    "\u202e",
    "9" * 5000,
    "@",
    "\n",
]
WORDS = st.sampled_from(ODD) | st.text(max_size=20)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=5,
)
VERBS = ["segment", "changes", "preview", "save", "undo", "comment", "waive", "everywhere", "join", "split"]
VERBS += ["concordance", "alternatives", "nothing"]
KEYS = ["id", "act", "text", "base", "words", "was", "check", "reason", "at", "since", "beam", "package", "writing"]


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    folder = tmp_path_factory.mktemp("desk")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert main(["init", "--source", "fr", "--target", "en", "--target", "de", "--quiet"]) == 0
        (folder / "source" / "port.txt").write_text(DISPATCH, encoding="utf-8")
        assert main(["extract", "--quiet"]) == 0
    opened = project.load(folder)
    stories = Stories(opened, lambda: dt.datetime(2026, 5, 1, 10, tzinfo=dt.UTC))
    return Bench(opened, Options(), stories, Guard("t" * 40, hosts("127.0.0.1", 4789)), "Ada")


@pytest.fixture(scope="module")
def client(bench: Bench) -> Iterator[TestClient]:
    # Whatever a handler throws comes out here, not as an answer of 500.
    made = TestClient(application(bench), base_url=f"http://{HOST}", follow_redirects=False)
    assert made.get("/?token=" + "t" * 40).status_code == 303
    return made


def body(value: object) -> bytes:
    return json.dumps(value).encode()


@given(
    verb=st.sampled_from(VERBS),
    document=st.just("port") | WORDS,
    language=st.sampled_from(["en", "de"]) | WORDS,
    said=st.dictionaries(st.sampled_from(KEYS) | WORDS, VALUES, max_size=6),
    real=st.booleans(),
)
@QUICK
def test_the_workbench_answers_whatever_it_is_asked(client, bench, verb, document, language, said, real):
    if real:
        said |= {"id": next(iter(bench.stories.open("port", "en").units)), "act": "draft"}
    from urllib.parse import quote

    path = f"/api/{verb}/{quote(language, errors='replace', safe='')}/{quote(document, errors='replace')}"
    answer = client.post(path, content=body(said), headers={HEADER: bench.guard.proof, "x-desk-person": "%0A%00<b>"})
    assert answer.status_code in (200, 307, 400, 404, 405, 503), answer.text
    asked = {key: str(value).encode("utf-8", "replace") for key, value in said.items() if key in KEYS}
    answer = client.get(path, params=asked)
    assert answer.status_code in (200, 307, 400, 404, 405, 503), answer.text
    for code in ("en", "de"):
        assert project.load(bench.project.root).catalog("port", code).read_bytes().decode("utf-8")
    assert bench.stories.open("port", "en").units


@given(raw=st.binary(max_size=60), kind=st.sampled_from(["application/json", "application/x-www-form-urlencoded", "x"]))
@QUICK
def test_bodies_of_any_bytes_are_answered(client, bench, raw, kind):
    answer = client.post("/api/save/en/port", content=raw, headers={HEADER: bench.guard.proof, "content-type": kind})
    assert answer.status_code == 400


@pytest.fixture(scope="module")
def service() -> serving.Service:
    desk = Project(Path(), "fr", ("en", "de"))
    return serving.Service(desk, Options(), Glossary(), "k" * 16, hosts("127.0.0.1", 4789))


@pytest.fixture(scope="module")
def asked(service: serving.Service) -> TestClient:
    return TestClient(serving.application(service), base_url=f"http://{HOST}")


@given(
    said=st.dictionaries(st.sampled_from(["q", "source", "target", "format", "api_key"]) | WORDS, VALUES, max_size=5),
    key=st.booleans(),
    languages=st.sampled_from(
        [("fr", "en"), ("fr", "fr"), ("fr-" + "x" * 9, "en"), ('fr"}', "de"), ("en", "de"), None]
    ),
)
@QUICK
def test_the_service_answers_whatever_it_is_asked(asked, said, key, languages):
    # No text is drafted here: that is what the model takes its time for.
    said |= {"q": " "} if isinstance(said.get("q"), str) else {}
    said |= {"api_key": "k" * 16} if key else {}
    said |= dict(zip(("source", "target"), languages, strict=True)) if languages else {}
    answer = asked.post("/translate", content=body(said), headers={"content-type": "application/json"})
    assert answer.status_code in (200, 400, 403), answer.text
    answer.json()


@given(raw=st.binary(max_size=60), kind=st.sampled_from(["application/json", "application/x-www-form-urlencoded", "x"]))
@QUICK
def test_the_service_reads_bodies_of_any_bytes(asked, raw, kind):
    answer = asked.post("/translate", content=raw, headers={"content-type": kind})
    assert answer.status_code in (400, 403)


def test_a_language_by_any_name_has_one_queue(service):
    names = ["fr", "fr-CH", "fr-x1", 'fr-"}\n', "fr_FR"]
    assert len({id(service.batcher(name, "en")) for name in names}) == 1
    assert [(source, target) for source, target, _ in service.batchers() if target == "en"] == [("fr", "en")]


def test_what_is_asked_for_is_no_measure(asked, service):
    for path in ('/a"} 1', "/translate/x", "/\u00e9"):
        asked.get(path, headers={"origin": "http://evil.example"})
    assert {path for path, _ in service.answers} <= {
        "/translate",
        "/languages",
        "/detect",
        "/health",
        "/metrics",
        "other",
    }
    assert "evil" not in asked.get("/metrics").text


@pytest.mark.parametrize("headers", [{"content-length": "9" * 5000}, {"transfer-encoding": "chunked"}])
def test_a_body_without_an_end_is_not_read(asked, headers):
    assert asked.post("/translate", content=b"{}", headers={"content-length": "2", **headers}).status_code == 413


def test_half_a_sign_is_refused(asked, client, bench):
    half = b'{"q": "\\ud800", "source": "fr", "target": "fr", "id": "\\udfff", "api_key": "kkkkkkkkkkkkkkkk"}'
    assert asked.post("/translate", content=half).status_code == 400
    answer = client.post("/api/save/en/port", content=half, headers={HEADER: bench.guard.proof})
    assert answer.status_code == 400
