"""Other programs ask for translations, as they ask LibreTranslate."""

from __future__ import annotations

import re
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from translate.engines.model import Options
from translate.knowledge.glossary import Glossary
from translate.listening import hosts
from translate.project import Project
from translate.scale.asked import html
from translate.scale.batching import Batcher, FullError
from translate.scale.serving import Service, application

HOST = "127.0.0.1:5000"


@pytest.fixture(scope="module")
def service() -> Service:
    return Service(Project(Path(), "fr", ("en", "de")), Options(), Glossary(), hosts=hosts("127.0.0.1", 5000))


@pytest.fixture
def client(service) -> TestClient:
    return TestClient(application(service), base_url=f"http://{HOST}")


def ask(client: TestClient, **said: object):
    return client.post("/translate", json={"source": "fr", "target": "en", **said})


def test_a_text_and_a_list_of_texts(client):
    one = ask(client, q="Le port est ouvert.")
    assert one.status_code == 200
    text = one.json()["translatedText"]
    assert "port" in text.lower()
    many = ask(client, q=["Le port est ouvert.", "  ", "", "Le port est ouvert."]).json()["translatedText"]
    assert many == [text, "  ", "", text]


def test_codes_stay_with_their_words(client):
    text = ask(client, q="Le <1>port</1> est <2/>ouvert.").json()["translatedText"]
    assert sorted(("<1>", "</1>", "<2/>")) == sorted(part for part in ("<1>", "</1>", "<2/>") if text.count(part) == 1)


def test_html_keeps_its_markup_and_gets_other_words(client):
    page = (
        '<meta charset="latin-1"><h1 lang="fr" title="Le port">Le port</h1>\r\n<script>let a = "Le port"</script>'
        '<p class="a">Le port est <a href="/é?a=1&amp;b=2">ouvert</a>. Il y a 12 navires<br>et 3 quais.</p>'
        "<p translate=no>Le port</p><ul><li>Le port</ul>"
    )
    plain = ask(client, q="Le port").json()["translatedText"]
    found = ask(client, q=page, format="html").json()["translatedText"]
    assert found.startswith(f'<meta charset="latin-1"><h1 lang="en" title="{plain}">{plain}</h1>\r\n<script>let a = ')
    assert re.search(r"<br>[^<]*3[^<]*</p>", found)
    assert found.endswith(f"</p><p translate=no>Le port</p><ul><li>{plain}</ul>")
    assert '<a href="/é?a=1&amp;b=2">' in found
    assert ask(client, q=[page, " ", "<br>"], format="html").json()["translatedText"] == [found, " ", "<br>"]


def test_html_that_an_engine_has_no_words_for_stays():
    page = html("\ufeff<p>Le port</p><p>Le <b>quai</b></p>", "fr", "en")
    assert page.texts == ("Le port", "Le <1>quai</1>")
    assert page.answer(dict.fromkeys(page.texts, "")) == "\ufeff<p>Le port</p><p>Le <b>quai</b></p>"
    assert page.answer({"Le port": "Ports & docks", "Le <1>quai</1>": "<1>Docks</1>"}) == (
        "\ufeff<p>Ports &amp; docks</p><p><b>Docks</b></p>"
    )


def test_forms_are_read_too(client):
    answer = client.post("/translate", data={"q": "Le port est ouvert.", "source": "fr", "target": "de"})
    assert answer.json()["translatedText"]


def test_languages_are_those_that_packages_lead_to(client):
    found = {one["code"]: one for one in client.get("/languages").json()}
    assert found["fr"]["name"] == "French"
    assert {"en", "de"} <= set(found["fr"]["targets"])
    assert found["de"]["targets"] == ["de"]


def test_what_is_not_there_says_so(client):
    answer = client.post("/detect", data={"q": "Le port"})
    assert (answer.status_code, "source" in answer.json()["error"]) == (404, True)
    assert client.get("/health").json() == {"status": "ok"}


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({}, "`q`"),
        ({"q": 3}, "`q`"),
        ({"q": []}, "`q`"),
        ({"q": ["a", None]}, "`q`"),
        ({"q": "a", "source": "auto"}, "detected"),
        ({"q": "a", "source": 1}, "codes"),
        ({"q": "a", "target": None}, "codes"),
        ({"q": "a", "target": "xx"}, "no Argos package"),
        ({"q": "a", "target": "../en"}, "no Argos package"),
        ({"q": "<b>a</b>", "format": "xml"}, "format"),
        ({"q": "<p>a\0</p>", "format": "html"}, "This HTML cannot be read"),
        ({"q": "".join(f"<p>{n}e fois</p>" for n in range(1_001)), "format": "html"}, "At most"),
        ({"q": "x" * 20_001}, "At most"),
        ({"q": ["x"] * 1_001}, "At most"),
    ],
)
def test_bad_requests_are_refused(client, said, why):
    answer = ask(client, **said)
    assert answer.status_code == 400
    assert why in answer.json()["error"]


def test_bodies_and_callers_are_limited(client):
    assert client.post("/translate", content=b"[1]").status_code == 400
    assert client.post("/translate", content=b"{" * 10).status_code == 400
    assert client.post("/translate", content=b" " * 1_000_001).status_code == 413
    assert client.post("/translate", content=iter([b"{}"])).status_code == 413
    assert client.get("/languages", headers={"host": "evil.example"}).status_code == 421
    assert client.get("/languages", headers={"origin": "https://evil.example"}).status_code == 403


def test_a_key_is_asked_for():
    service = Service(Project(Path(), "fr", ("en",)), Options(), Glossary(), key="k" * 32)
    client = TestClient(application(service))
    assert ask(client, q="Non.").status_code == 403
    assert ask(client, q="Non.", api_key="wrong").status_code == 403
    assert ask(client, q=" ", api_key="k" * 32).status_code == 200
    bearer = {"authorization": f"Bearer {'k' * 32}"}
    assert client.post("/translate", json={"q": " ", "source": "fr", "target": "en"}, headers=bearer).status_code == 200


def test_metrics_count_what_was_done(client, service):
    ask(client, q="Bonjour.")
    ask(client, q=7)
    text = client.get("/metrics").text
    assert f'translate_texts_total{{source="fr",target="en"}} {service.batcher("fr", "en").counts.texts}' in text
    assert 'translate_answers_total{path="/translate",status="400"}' in text


def test_many_clients_get_their_own_answers(client):
    texts = [f"Il y a {number} bateaux dans le port." for number in range(2, 42)]
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda text: ask(client, q=text).json()["translatedText"], texts))
    alone = ask(client, q=texts).json()["translatedText"]
    assert answers == alone
    assert len(set(answers)) > 30


def test_a_batch_has_what_came_while_the_last_one_was_decoded():
    begun, go, batches = threading.Event(), threading.Event(), []

    def draft(texts):
        batches.append(list(texts))
        begun.set()
        assert go.wait(30)
        return [text.upper() for text in texts]

    batcher = Batcher(draft, batch=3)
    first = batcher.submit(["a"])
    assert begun.wait(30)
    later = batcher.submit(["b", "c", "b", "d", "e"])
    go.set()
    assert [one.result(30) for one in (*first, *later)] == ["A", "B", "C", "B", "D", "E"]
    assert batches == [["a"], ["b", "c"], ["d", "e"]]
    assert (batcher.counts.texts, batcher.counts.batches) == (6, 3)


def test_two_batches_are_on_their_way_together_once_the_first_is_done():
    together = threading.Barrier(2)

    def draft(texts):
        if texts != ["first"]:
            together.wait(30)
        return [one.upper() for one in texts]

    batcher = Batcher(draft, batch=1)
    assert batcher.submit(["first"])[0].result(30) == "FIRST"
    # Neither is done before the other has begun.
    later = [*batcher.submit(["a"]), *batcher.submit(["b"])]
    assert [one.result(30) for one in later] == ["A", "B"]


def test_too_much_is_refused_and_an_error_is_told_to_all_of_its_batch():
    hold = threading.Event()

    def draft(texts):
        hold.wait(30)
        raise ValueError("broken")

    batcher = Batcher(draft, batch=2, waiting=3)
    futures = batcher.submit(["a", "b"])
    with pytest.raises(FullError):
        batcher.submit(["1", "2", "3", "4"])
    hold.set()
    for one in futures:
        with pytest.raises(ValueError, match="broken"):
            one.result(30)
    assert not len(batcher)
