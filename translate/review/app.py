"""The workbench as a web application: every request, and what answers it."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from translate.catalogs.provenance import fingerprint
from translate.errors import DeskError, UsageError
from translate.review import dashboard, pages, requests, segment, sight, tasks
from translate.review.deciding import Act
from translate.review.pages import Pages
from translate.review.presence import Seat
from translate.review.redrafting import BEAM
from translate.review.requests import Asked, Bench
from translate.review.stories import Saved

_STATIC = Path(__file__).parent / "static"
# A page asks again for the rest.
_MOST_CHANGES = 200
# Stories of more blocks are typeset while people read the first of them.
_MANY_BLOCKS = 400
_DISK = "Make room on the disk, or let this program write there. Nothing is lost: the page asks again."


def application(bench: Bench) -> Starlette:
    """Return the application of a desk."""

    def page(function: Callable[[Asked], str]) -> Callable[[Request], Any]:
        async def answer(request: Request) -> Response:
            try:
                return HTMLResponse(await run_in_threadpool(function, requests.read(bench, request, {})))
            except DeskError as error:
                text = Pages(requests.reader(request)).render("error.html.j2", error=error)
                return HTMLResponse(text, 404 if isinstance(error, UsageError) else 500)

        return answer

    def api(function: Callable[[Asked], Any]) -> Callable[[Request], Any]:
        async def answer(request: Request) -> Response:
            try:
                said = await requests.body(request) if request.method == "POST" else dict(request.query_params)
                return JSONResponse(await run_in_threadpool(function, requests.read(bench, request, said)))
            except DeskError as error:
                # 400: it is not to be asked again as it is; 503: the desk is in trouble, and it may be.
                status = 400 if type(error) is UsageError else 503
                return JSONResponse({"problem": str(error), "remedy": error.remedy}, status)
            except OSError as error:
                return JSONResponse({"problem": str(error), "remedy": _DISK}, 503)

        return answer

    def at(verb: str, function: Callable[[Asked], Any], method: str = "POST") -> Route:
        return Route(f"/api/{verb}/{{language}}/{{document:path}}", api(function), methods=[method])

    routes = [
        Route("/", page(_dashboard)),
        Route("/story/{language}/{document:path}", page(_story)),
        at("segment", _segment, "GET"),
        at("changes", _changes, "GET"),
        at("preview", _preview),
        at("save", _save),
        at("undo", _undo),
        at("comment", _comment),
        at("waive", _waive),
        at("alternatives", _alternatives),
        at("everywhere", _everywhere),
        at("join", _join),
        at("split", _split),
        at("concordance", _concordance, "GET"),
        Route("/api/work", api(_work), methods=["GET"]),
        Route("/api/run", api(_run), methods=["POST"]),
        Route("/api/publish", api(_publish), methods=["POST"]),
        Route("/api/stop", api(_stop), methods=["POST"]),
        Mount("/static", StaticFiles(directory=_STATIC)),
    ]
    return Starlette(routes=routes, middleware=[Middleware(BaseHTTPMiddleware, dispatch=bench.guard)])


def _dashboard(asked: Asked) -> str:
    bench = asked.bench
    return asked.pages.render(
        "dashboard.html.j2",
        lines=dashboard.lines(bench.stories, bench.examining),
        told=_told(asked),
        person=bench.person,
        source=bench.project.source,
        names=pages.names(bench.project.targets, asked.pages.language),
    )


def _story(asked: Asked) -> str:
    project, story = asked.bench.project, asked.story
    asked.bench.examining.want(story)
    typeset = len(story.document.blocks) <= _MANY_BLOCKS
    return asked.pages.render(
        "story.html.j2",
        # A page that has seen nothing is told everything, a part at a time.
        told=_told(asked, document=asked.document, language=story.language, version=story.version if typeset else 0),
        title=sight.title(story),
        rows=sight.rows(story, project),
        dispatch=sight.dispatch(story),
        edition=sight.edition(story, project, typeset=typeset),
        person=asked.bench.person,
        source=project.source,
        language=story.language,
        names=pages.names((project.source, *project.targets), asked.pages.language),
    )


def _told(asked: Asked, **values: Any) -> Any:
    # Browsers keep words by port; at another time another desk may be there.
    bench = asked.bench
    return asked.pages.told(proof=bench.guard.proof, home=fingerprint(str(bench.project.root.resolve())), **values)


def _segment(asked: Asked) -> dict[str, Any]:
    return segment.shown(asked.bench.stories, asked.story, asked.text("id"), asked.pages)


def _changes(asked: Asked) -> dict[str, Any]:
    """Tell what changed since a page looked, and who else is here; note where the page is."""
    story, bench = asked.story, asked.bench
    now, here = time.monotonic(), asked.text("id")
    place = asked.document, asked.language
    bench.presence.here(Seat(asked.page, asked.person, *place, here, asked.text("writing") == "1", now))
    bench.examining.want(story)
    since = asked.number("since", 0)
    with bench.stories.lock:
        changed = sorted((at, one) for one, at in story.changed.items() if at > since and one in story.units)
        whole = story.changed.get("*", 0) > since
        upto = changed[_MOST_CHANGES - 1][0] if len(changed) > _MOST_CHANGES else story.version
        some = [one for at, one in changed if at <= upto]
    others = [(one.person, one.segment, one.writing) for one in bench.presence.others(asked.page, *place, now)]
    return {
        "version": upto,
        "whole": whole,
        "others": [{"person": person, "id": one, "writing": writing} for person, one, writing in others],
        **segment.altered(bench.stories, story, some, asked.pages),
    }


def _preview(asked: Asked) -> dict[str, Any]:
    story = asked.story
    return segment.preview(asked.bench.stories, story, asked.text("id"), asked.text("text"), asked.pages)


def _save(asked: Asked) -> dict[str, Any]:
    bench, one = asked.bench, asked.text("id")
    now = time.monotonic()
    writer = bench.presence.writer(asked.page, asked.document, asked.language, one, now)
    if writer and not asked.said.get("all_the_same"):
        return {"writer": writer}
    if asked.text("act") not in tuple(Act):
        raise UsageError("there is no such act", where="the request", remedy="Load the page again.")
    act, text = Act(asked.text("act")), None if asked.said.get("text") is None else asked.text("text")
    saved = bench.stories.save(asked.document, asked.language, one, act, text, asked.person, asked.text("base"))
    return _saved(asked, one, saved)


def _undo(asked: Asked) -> dict[str, Any]:
    undone = asked.bench.stories.undo(asked.document, asked.language, asked.person)
    return _saved(asked, *undone) if undone else {"nothing": True}


def _comment(asked: Asked) -> dict[str, Any]:
    bench, one = asked.bench, asked.text("id")
    words, was = asked.text("words"), asked.text("was")
    saved = bench.stories.comment(asked.document, asked.language, one, words, was, asked.person)
    return _saved(asked, one, saved)


def _waive(asked: Asked) -> dict[str, Any]:
    bench, one = asked.bench, asked.text("id")
    waived = bench.stories.waive(
        asked.document, asked.language, one, asked.text("check"), asked.text("reason"), asked.person
    )
    return _saved(asked, one, waived)


def _saved(asked: Asked, one: str, saved: Saved) -> dict[str, Any]:
    story = asked.story
    if saved.conflict is not None:
        return {"conflict": saved.conflict.text, **segment.facts(one, story.entry(one))}
    asked.bench.examining.want(story)
    return {"id": one, **segment.altered(asked.bench.stories, story, [one], asked.pages)}


def _alternatives(asked: Asked) -> dict[str, Any]:
    bench, story = asked.bench, asked.story
    beam = min(16, max(1, asked.number("beam", BEAM)))
    unit, terms = story.units.get(asked.text("id")), bench.stories.terms()
    if unit is None:
        raise UsageError("the story has no such segment any more", where=asked.document, remedy="Load the page again.")
    package = asked.text("package")
    found = bench.drafters.alternatives(story.document, story.language, unit.text, terms, beam, package)
    html = asked.pages.render(
        "alternatives.html.j2",
        alternatives=found,
        beam=beam,
        packages=bench.drafters.packages(story.language),
        package=package or (found[0].package if found else ""),
        language=story.language,
    )
    return {"html": html}


def _everywhere(asked: Asked) -> dict[str, Any]:
    return {"used": tasks.everywhere(asked.bench.stories, asked.story, asked.text("id"), asked.person)}


def _join(asked: Asked) -> dict[str, Any]:
    return {"ids": tasks.join(asked.bench.stories, asked.story, asked.text("id"))}


def _split(asked: Asked) -> dict[str, Any]:
    return {"ids": tasks.split(asked.bench.stories, asked.story, asked.text("id"), asked.number("at", 0))}


def _concordance(asked: Asked) -> dict[str, Any]:
    pairs = tasks.concordance(asked.bench.project, asked.language, asked.text("words"))
    names = {"source": asked.bench.project.source, "language": asked.language}
    return {"html": asked.pages.render("concordance.html.j2", pairs=pairs, **names)}


def _work(asked: Asked) -> dict[str, Any]:
    job = asked.bench.work.job
    return {one: getattr(job, one) for one in ("running", "what", "done", "every", "error", "remedy", "result")}


def _run(asked: Asked) -> dict[str, Any]:
    bench = asked.bench
    bench.work.begin("drafting", lambda progress: tasks.run(bench.stories, bench.options, progress))
    return _work(asked)


def _publish(asked: Asked) -> dict[str, Any]:
    bench = asked.bench
    bench.work.begin("publishing", lambda _progress: tasks.publish(bench.stories))
    return _work(asked)


def _stop(asked: Asked) -> dict[str, Any]:
    asked.bench.work.stop()
    return _work(asked)
