"""Who may ask: the address, the origin, the token and the size of every request, and what a page may load."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from translate.files import write_atomic

#: The header that scripts of our pages send, and nobody else can.
HEADER = "x-desk-request"
_MOST = 1_000_000
_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "DENY",
}

Handler = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Guard:
    """The rules of a server: the token that opens it, and the hosts (with port) by which it may be called."""

    token: str
    hosts: Collection[str]

    @property
    def proof(self) -> str:
        """Return what scripts of our pages send to show that they are ours."""
        return self._derived(b"request")

    @property
    def cookie(self) -> str:
        """Return the name of the cookie that a page has once it was opened with the token in its address.

        Browsers keep one jar for all ports of a machine: two desks must not take each other's place in it.
        """
        return f"desk-{self._derived(b'cookie')[:12]}"

    def _derived(self, purpose: bytes) -> str:
        return hmac.new(self.token.encode(), purpose, hashlib.sha256).hexdigest()

    async def __call__(self, request: Request, handler: Handler) -> Response:
        """Answer a request that may be answered, refuse any other; every answer says what its page may load."""
        response = self._refused(request) or await self._served(request, handler)
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        # Scripts import each other by their bare names: one of an older version would break the others.
        static = request.url.path.startswith("/static/")
        response.headers["cache-control"] = "no-cache" if static else "no-store"
        return response

    async def _served(self, request: Request, handler: Handler) -> Response:
        if _same(request.query_params.get("token", ""), self.token) and request.method == "GET":
            # The token leaves the address at once: it is neither in the history nor on a screen that is shared.
            path = quote("/" + str(request.scope["path"]).lstrip("/"))
            response: Response = RedirectResponse(path, 303)
            response.set_cookie(self.cookie, self.token, httponly=True, samesite="strict", path="/")
            return response
        if not _same(request.cookies.get(self.cookie, ""), self.token):
            return PlainTextResponse("Open the workbench with the address that `translate review` prints.", 403)
        return await handler(request)

    def _refused(self, request: Request) -> Response | None:
        host = request.headers.get("host", "")
        if host not in self.hosts:
            return PlainTextResponse("This is not the name of this server.", 421)
        origin = request.headers.get("origin")
        if origin not in (None, f"http://{host}"):
            return PlainTextResponse("Requests from other pages are refused.", 403)
        # Another port of this machine is the same site; a link that leads to a page is followed all the same.
        asks = request.method != "GET" or request.url.path.startswith("/api/")
        if asks and request.headers.get("sec-fetch-site") in ("cross-site", "same-site"):
            return PlainTextResponse("Requests from other pages are refused.", 403)
        if request.method not in ("GET", "HEAD"):
            length = request.headers.get("content-length", "")
            # Of a body in chunks nobody knows the length, whatever it says besides.
            chunked = "transfer-encoding" in request.headers
            if chunked or not length.isdecimal() or len(length) > 9 or int(length) > _MOST:
                return PlainTextResponse("The request is too large, or does not say how large it is.", 413)
            if not _same(request.headers.get(HEADER, ""), self.proof):
                return PlainTextResponse("Only pages of this workbench may ask for that.", 403)
        return None


def token(path: Path) -> str:
    """Return the token of a desk, made once: pages that are open go on after the server was started again."""
    try:
        known = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        known = ""
    if len(known) < 32:
        known = secrets.token_urlsafe(32)
        path.parent.mkdir(parents=True, exist_ok=True)
        # A file that is replaced keeps its mode: at no moment can others read it.
        path.touch(0o600)
        path.chmod(0o600)
        write_atomic(path, known.encode())
    return known


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())
