"""Who may ask, what a page may load, and who may change something.

- The Host header must be a name of this room, so that no other site's name can be pointed at it.
- A page may load styles, scripts and pictures of this room alone; no script or style stands in a page.
- A change needs the cookie that the address printed at the start sets, and the form's token, and no foreign origin.
- A room that others can reach needs the cookie for reading, too.
"""

from __future__ import annotations

import hashlib
import hmac
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from parley.web.settings import Settings

COOKIE = "parley"
HEADER = "x-parley-token"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",  # under "no-referrer" a browser hides the origin of this room's own forms
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


class Guard:
    """ASGI middleware that holds every request to the rules above."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        """Guard an application."""
        self._app, self._settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                headers.setdefault("cache-control", "no-store")
            await send(message)

        headers = Headers(scope=scope)
        answer = self._refusal(scope, headers) or self._welcome(scope)
        if answer is not None:
            await answer(scope, receive, guarded)
            return
        scope.setdefault("state", {})["may_change"] = self._known(headers)
        await self._app(scope, receive, guarded)

    def _refusal(self, scope: Scope, headers: Headers) -> Response | None:
        """Why a request is not answered, if so."""
        if _host(headers.get("host", "")) not in self._settings.hosts:
            return PlainTextResponse("This reading room does not go by that name.\n", 421)
        if scope["method"] not in SAFE_METHODS:
            if not self._same_origin(headers):
                return PlainTextResponse("Changes are taken from this room's own pages only.\n", 403)
            if not self._known(headers):
                return PlainTextResponse("Open the address that was printed at the start: it carries the key.\n", 403)
        elif not self._settings.loopback and not self._known(headers) and not self._shown(scope):
            return PlainTextResponse("Open the address that was printed at the start: it carries the key.\n", 403)
        return None

    def _welcome(self, scope: Scope) -> Response | None:
        """Take the token out of an address that shows it, into a cookie."""
        if scope["method"] not in SAFE_METHODS or not self._shown(scope):
            return None
        left = [(k, v) for k, v in _query(scope) if k != "token"]
        # One slash and no more at the front: "//host" would lead elsewhere.
        path = "/" + scope["path"].lstrip("/\\")
        response = RedirectResponse(path + (f"?{urlencode(left)}" if left else ""), 303)
        response.set_cookie(COOKIE, self._settings.token, httponly=True, samesite="strict", path="/")
        return response

    def _shown(self, scope: Scope) -> bool:
        shown = next((v for k, v in _query(scope) if k == "token"), "")
        return hmac.compare_digest(shown.encode(), self._settings.token.encode())

    def _known(self, headers: Headers) -> bool:
        """Whether the browser has the cookie."""
        try:
            morsel = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
        except CookieError:
            return False
        return morsel is not None and hmac.compare_digest(morsel.value.encode(), self._settings.token.encode())

    def _same_origin(self, headers: Headers) -> bool:
        """Whether a change was asked for by a page of this room; a client that is no browser names no origin."""
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return False
        origin = headers.get("origin")
        return origin is None or urlsplit(origin).netloc == headers.get("host")


def form_token(settings: Settings) -> str:
    """What every form carries: made from the room's token, which it does not give away."""
    return hmac.new(settings.token.encode(), b"form", hashlib.sha256).hexdigest()


def is_form_token(settings: Settings, value: str) -> bool:
    """Whether a form came from a page of this room."""
    return hmac.compare_digest(value.encode(), form_token(settings).encode())


def _host(value: str) -> str:
    """The name in a Host header, without port and brackets."""
    name = value.rsplit("]", 1)[0].lstrip("[") if value.startswith("[") else value.rsplit(":", 1)[0]
    return name.lower().rstrip(".")


def _query(scope: Scope) -> list[tuple[str, str]]:
    return parse_qsl(scope.get("query_string", b"").decode("latin-1"), keep_blank_values=True)
