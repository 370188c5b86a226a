"""An HTTP endpoint for many desks, as LibreTranslate has it: /translate and /languages, over our queue."""

from __future__ import annotations

import asyncio
import hmac
import json
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from threading import Lock
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from translate import drafting
from translate.editions.labels import language_name
from translate.engines.model import Engine, Options
from translate.engines.package import installed, route
from translate.errors import DeskError, DocumentError
from translate.knowledge.glossary import Glossary
from translate.project import Project
from translate.quality import evaluation
from translate.reading import splitter
from translate.scale.asked import Asked, Plain, html
from translate.scale.batching import Batcher, Draft, FullError

# A request: bytes, texts, signs of a text. More is refused, never cut.
_MOST_BYTES, _MOST_TEXTS, _MOST_SIGNS = 1_000_000, 1_000, 20_000
_PATHS = frozenset({"/translate", "/languages", "/detect", "/health", "/metrics"})
_NO_DETECTION = "The language of a text is not detected here: say it as `source`."

Handler = Callable[[Request], Awaitable[Response]]


class _RefusedError(Exception):
    """Say why a request is not answered."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status


@dataclass(slots=True)
class Service:
    """What serves: the pairs of languages that packages lead to, one batcher each.

    `key` is what requests must bring, if anything; `hosts` are the names by which it may be called, empty for any.
    """

    project: Project
    options: Options
    terms: Glossary
    key: str = ""
    hosts: Collection[str] = ()
    answers: Counter[tuple[str, int]] = field(default_factory=Counter)
    signs: int = 0
    _batchers: dict[tuple[str, str], Batcher] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def pairs(self) -> dict[str, list[str]]:
        """Return the languages that can be translated, each with those it can become, directly or through English."""
        packages = list(installed(self.options.package_folders))
        codes = sorted({code for one in packages for code in (one.source, one.target)})
        return {
            source: [target for target in codes if source != target and route(packages, source, target)]
            for source in codes
        }

    def batcher(self, source: str, target: str) -> Batcher:
        """Return what drafts from one language to another.

        Raises:
            DeskError: no package leads there.
        """
        with self._lock:
            if (source, target) in self._batchers:
                return self._batchers[source, target]
            engines = drafting.route(replace(self.project, source=source), target, self.options)
            # However a language is called (fr, fr-CH, fr-x1, ...): one model, one queue.
            pair = engines[0].source, engines[-1].target
            if pair not in self._batchers:
                self._batchers[pair] = Batcher(self._drafting(engines))
            return self._batchers[pair]

    def _drafting(self, engines: Sequence[Engine]) -> Draft:
        desk = replace(self.project, source=engines[0].source)
        splits = [splitter(desk, engine.source) for engine in engines]

        def draft(texts: Sequence[str]) -> Sequence[str]:
            drafted = evaluation.draft(
                texts, engines, splits, spellings={}, glossary=self.terms, progress=lambda _done, _all: None
            )
            return drafted.texts

        return draft

    def batchers(self) -> list[tuple[str, str, Batcher]]:
        """Return what has been asked to draft so far, by its two languages."""
        return [(source, target, one) for (source, target), one in sorted(self._batchers.items())]

    async def guard(self, request: Request, handler: Handler) -> Response:
        """Refuse who may not ask; count every answer."""
        began = time.perf_counter()
        if self.hosts and request.headers.get("host", "") not in self.hosts:
            response: Response = _error(421, "This is not the name of this server.")
        elif request.headers.get("origin") is not None:
            response = _error(403, "Pages of the web may not ask here.")
        else:
            response = await handler(request)
        path = request.scope["path"]
        self.answers[path if path in _PATHS else "other", response.status_code] += 1
        response.headers["server-timing"] = f"all;dur={1000 * (time.perf_counter() - began):.1f}"
        response.headers["x-content-type-options"] = "nosniff"
        return response


def application(service: Service) -> Starlette:
    """Return the application of a service."""

    async def translate(request: Request) -> Response:
        try:
            said = await _said(request)
            _check_key(service, request, said)
            return JSONResponse(await _translated(service, said))
        except _RefusedError as refused:
            headers = {"retry-after": "1"} if refused.status == 503 else {}
            return _error(refused.status, str(refused), headers)

    async def languages(request: Request) -> Response:
        del request
        return JSONResponse(
            [
                {"code": source, "name": language_name(source, "en"), "targets": [source, *targets]}
                for source, targets in service.pairs().items()
            ]
        )

    async def detect(request: Request) -> Response:
        del request
        return _error(404, _NO_DETECTION)

    async def health(request: Request) -> Response:
        del request
        return JSONResponse({"status": "ok"})

    async def metrics(request: Request) -> Response:
        del request
        return PlainTextResponse(_metrics(service), media_type="text/plain; version=0.0.4")

    routes = [
        Route("/translate", translate, methods=["POST"]),
        Route("/languages", languages),
        Route("/detect", detect, methods=["GET", "POST"]),
        Route("/health", health),
        Route("/metrics", metrics),
    ]
    return Starlette(routes=routes, middleware=[Middleware(BaseHTTPMiddleware, dispatch=service.guard)])


async def _said(request: Request) -> dict[str, Any]:
    """Return what a request says, as JSON or as a form."""
    length = request.headers.get("content-length", "")
    # Of a body in chunks nobody knows the length, whatever it says besides.
    chunked = "transfer-encoding" in request.headers
    if chunked or not length.isdecimal() or len(length) > 9 or int(length) > _MOST_BYTES:
        raise _RefusedError(413, f"A request has at most {_MOST_BYTES} bytes, and says how many.")
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/x-www-form-urlencoded":
        from urllib.parse import parse_qs

        pairs = parse_qs((await request.body()).decode("utf-8", "replace"), keep_blank_values=True)
        return {name: values[0] if len(values) == 1 else values for name, values in pairs.items()}
    try:
        value = json.loads(await request.body())
        # Half a sign is no text: nothing could answer with it.
        json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise _RefusedError(400, "The request is no JSON and no form.") from error
    if not isinstance(value, dict):
        raise _RefusedError(400, "The request is no JSON object.")
    return value


def _check_key(service: Service, request: Request, said: Mapping[str, Any]) -> None:
    if not service.key:
        return
    bearer = request.headers.get("authorization", "").removeprefix("Bearer ").strip()
    given = str(said.get("api_key") or bearer)
    if not hmac.compare_digest(given.encode(), service.key.encode()):
        raise _RefusedError(403, "The API key is missing or wrong: send it as api_key.")


async def _translated(service: Service, said: Mapping[str, Any]) -> dict[str, Any]:
    texts = said.get("q")
    given = texts if isinstance(texts, list) else [texts]
    many = [one for one in given if isinstance(one, str)]
    if not many or len(many) < len(given):
        raise _RefusedError(400, "`q` is a text, or a list of texts.")
    if len(many) > _MOST_TEXTS or any(len(one) > _MOST_SIGNS for one in many):
        raise _RefusedError(400, f"At most {_MOST_TEXTS} texts of at most {_MOST_SIGNS} signs each.")
    source, target = said.get("source"), said.get("target")
    if source == "auto":
        raise _RefusedError(400, _NO_DETECTION)
    format_ = said.get("format", "text")
    if format_ not in ("text", "html"):
        raise _RefusedError(400, "`format` is text or html.")
    if not isinstance(source, str) or not isinstance(target, str):
        raise _RefusedError(400, "`source` and `target` are codes of languages.")
    if source == target:
        return {"translatedText": texts}
    try:
        batcher = await asyncio.to_thread(service.batcher, source, target)
        asked: Sequence[Asked] = [Plain(one) for one in many]
        if format_ == "html":
            asked = await asyncio.to_thread(_pages, many, source, target)
        wanted = list(dict.fromkeys(text for one in asked for text in one.texts))
        if len(wanted) > _MOST_TEXTS:
            raise _RefusedError(400, f"At most {_MOST_TEXTS} paragraphs in all.")
        futures = batcher.submit(wanted)
    except FullError as error:
        raise _RefusedError(503, "Too much waits already: try again.") from error
    except DeskError as error:
        raise _RefusedError(400, f"{error} {error.remedy}".strip()) from error
    try:
        made = await asyncio.gather(*map(asyncio.wrap_future, futures))
        drafts = dict(zip(wanted, made, strict=True))
        answer = partial(_answers, asked, drafts)
        found = answer() if format_ == "text" else await asyncio.to_thread(answer)
    except DeskError as error:
        raise _RefusedError(500, f"{error} {error.remedy}".strip()) from error
    service.signs += sum(map(len, many))
    return {"translatedText": found if isinstance(texts, list) else found[0]}


def _answers(asked: Sequence[Asked], drafts: Mapping[str, str]) -> list[str]:
    return [one.answer(drafts) for one in asked]


def _pages(texts: Sequence[str], source: str, target: str) -> list[Asked]:
    try:
        return [html(one, source, target) for one in texts]
    except DocumentError as error:
        raise _RefusedError(400, f"This HTML cannot be read: {error.problem}.") from error


def _metrics(service: Service) -> str:
    """Return what was done so far, as Prometheus reads it."""
    lines = ["# TYPE translate_answers_total counter"]
    lines += [
        f'translate_answers_total{{path="{path}",status="{status}"}} {count}'
        for (path, status), count in sorted(service.answers.items())
    ]
    lines += ["# TYPE translate_signs_total counter", f"translate_signs_total {service.signs}"]
    for name, kind in (("texts", "counter"), ("batches", "counter"), ("seconds", "counter"), ("waiting", "gauge")):
        full = f"translate_{name}{'_total' if kind == 'counter' else ''}"
        lines.append(f"# TYPE {full} {kind}")
        for source, target, one in service.batchers():
            value = len(one) if name == "waiting" else getattr(one.counts, name)
            lines.append(f'{full}{{source="{source}",target="{target}"}} {value:.6g}')
    return "\n".join(lines) + "\n"


def _error(status: int, why: str, headers: Mapping[str, str] | None = None) -> JSONResponse:
    return JSONResponse({"error": why}, status, headers=dict(headers or {}))
