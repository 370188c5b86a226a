"""`translate serve` against LibreTranslate's own server: 200 clients at once, the same package and beam.

    python bench/serving.py [--sentences FILE] [--clients 200] [--requests 3] [--beam 4] [--only ours]

Each client is a coroutine of this process: it opens a connection for each of its requests, one after another, and sends
a French sentence that no other request has. One request in ten is bad (no text, no such language, no JSON) and must be
refused. Afterwards all texts are sent once more, in one request: each answer must be that of its text.

How the servers run is said in `servers.py`.
"""

from __future__ import annotations

import asyncio
import json
import time
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import peers
from measuring import Figure, keep, parser, share
from servers import SECONDS, asking, body, libretranslate, ours
from texts import french

BAD = (
    b'{"source": "fr", "target": "en"}',
    b'{"q": "Bonjour.", "source": "fr", "target": "xx"}',
    b'{"q": "Bonj',
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back for a request: the status, the text, and after how many seconds; status 0 is no answer."""

    text: str | None
    status: int
    said: str
    seconds: float


def main() -> None:
    asked = parser(__doc__)
    asked.add_argument("--sentences", type=Path)
    asked.add_argument("--clients", type=int, default=200)
    asked.add_argument("--requests", type=int, default=3)
    asked.add_argument("--beam", type=int, default=4)
    asked.add_argument("--only", choices=("ours", "theirs"))
    wanted = asked.parse_args()
    texts = french(wanted.sentences, wanted.clients * wanted.requests)
    found, absent = {}, {}
    for name, server in (("ours", ours), ("theirs", libretranslate)):
        if wanted.only in (None, name):
            try:
                with server(wanted.beam) as address:
                    found[name] = measured(name, address, texts, wanted.clients)
            except peers.AbsentError as error:
                absent["LibreTranslate"] = str(error)
                print(error)
    if "ours" not in found:
        return
    rate, slow = found["ours"]
    their = found.get("theirs")
    label = f"{wanted.clients} clients at once, {len(texts)} sentences, beam {wanted.beam}"
    note = "" if their is None else peers.version("libretranslate")
    figures = [
        Figure(
            f"serving: {label}", rate, "texts/s", peers={"LibreTranslate": their[0]} if their else {}, absent=absent
        ),
        Figure(
            "serving: p95 of an answer", slow, "s", peers={"LibreTranslate": their[1]} if their else {}, absent=absent
        ),
    ]
    if their:
        ratio = rate / their[0]
        print(f"throughput is {ratio:.1f} x LibreTranslate's (at least 3); p95 {their[1] / slow:.1f} x shorter")
        figures.insert(0, Figure("serving: throughput against LibreTranslate", ratio, "x", least=3, note=note))
    keep(wanted.json, figures)


def measured(name: str, address: str, texts: Sequence[str], clients: int) -> tuple[float, float]:
    """Return texts a second and the p95 in seconds; every answer must be there, and right."""
    shares = [texts[at::clients] for at in range(clients)]
    began = time.perf_counter()
    answers = asyncio.run(_all(address, shares))
    spent = time.perf_counter() - began
    good = [one for one in answers if one.text is not None]
    refused = [one for one in answers if one.text is None]
    lost = [one for one in good if one.status != 200]
    late = share([one.seconds for one in good], 0.95)
    codes = sorted({one.status for one in refused})
    middle = share([one.seconds for one in good], 0.5)
    print(
        f"{name:7} {len(good) / spent:6.1f} texts/s in {spent:.0f} s, p50 {middle:.1f} s, "
        f"p95 {late:.1f} s; {len(lost)} of {len(good)} lost, {len(refused)} bad requests: {codes}"
    )
    if name == "ours":
        assert not lost, f"{lost[0].status} {lost[0].said}"
        again = dict(zip(texts, asking(address, texts), strict=True))
        wrong = [one for one in good if again[str(one.text)] != one.said]
        assert not wrong, f"{len(wrong)} answers are not those of their requests: {wrong[0]}"
        assert codes == [400], codes
        with urllib.request.urlopen(f"http://{address}/metrics") as told:
            lines = [line for line in told.read().decode().splitlines() if "batches" in line or "_texts" in line]
        print("        " + "; ".join(line for line in lines if not line.startswith("#")))
    return (len(good) - len(lost)) / spent, late


async def _all(address: str, shares: Sequence[Sequence[str]]) -> list[Answer]:
    clients = [_client(address, one, bad=not number % 10) for number, one in enumerate(shares)]
    return [answer for one in await asyncio.gather(*clients) for answer in one]


async def _client(address: str, texts: Sequence[str], *, bad: bool) -> list[Answer]:
    made = [await _sent(address, text, body(text)) for text in texts]
    if bad:
        made += [await _sent(address, None, one) for one in BAD]
    return made


async def _sent(address: str, text: str | None, content: bytes) -> Answer:
    host, _, port = address.partition(":")
    head = f"POST /translate HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/json\r\nConnection: close\r\n"
    began = time.perf_counter()
    try:
        async with asyncio.timeout(SECONDS):
            reader, writer = await asyncio.open_connection(host, int(port))
            writer.write(f"{head}Content-Length: {len(content)}\r\n\r\n".encode() + content)
            whole = await reader.read()
            writer.close()
    except (OSError, TimeoutError) as error:
        return Answer(text, 0, repr(error), time.perf_counter() - began)
    said, _, answer = whole.partition(b"\r\n\r\n")
    status = int(said.split(b" ")[1]) if said.startswith(b"HTTP/1.1 ") else 0
    translated = json.loads(answer).get("translatedText", "") if status == 200 else answer.decode("utf-8", "replace")
    return Answer(text, status, translated, time.perf_counter() - began)


if __name__ == "__main__":
    main()
