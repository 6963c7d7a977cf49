"""No other site may act with a person's cookie: its requests are refused before they reach a route.

Two proofs are asked of whatever changes something under a cookie: the browser says that the page is our
own (`Sec-Fetch-Site`, or `Origin` from those that do not send it), and `X-Tminus-Client` is there, which a
page of another origin cannot set without being allowed to. A browser never sends a bearer token by itself.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from tminus.platform.http.problems import SAFE_METHODS, problem
from tminus.platform.settings import Settings

CLIENT_HEADER = "X-Tminus-Client"
PLAIN_COOKIE = "tminus_session"
SECURE_COOKIE = "__Host-tminus_session"
SIGN_IN = "/api/v1/sign-in"
"""Guarded without a cookie too: another site must not sign a person in as somebody else."""


def cookie_name(settings: Settings) -> str:
    """Return the session cookie's name; `__Host-` binds it to one host wherever TLS allows."""
    return SECURE_COOKIE if settings.secure_cookies else PLAIN_COOKIE


def same_origin(headers: Headers, settings: Settings) -> bool:
    """Tell whether a browser sent this from a page of ours."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = headers.get("origin")
    if origin is None:
        return False
    return origin == settings.base_url or urlsplit(origin).netloc == headers.get("host", "")


class CsrfMiddleware:
    """Answers 403 to what changes something under a cookie and does not come from our own page."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or refuse it."""
        if scope["type"] == "http" and self._refused(scope):
            response = problem(
                403,
                "cross_site",
                "This request did not come from Tminus's own page. Nothing was changed.",
                f"Reload the page. A program uses an API token, or sends {CLIENT_HEADER} and Origin.",
            )
            await response(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _refused(self, scope: Scope) -> bool:
        headers = Headers(scope=scope)
        if scope["method"] in SAFE_METHODS or headers.get("authorization", "").lower().startswith("bearer "):
            return False
        guarded = has_cookie(headers) or scope["path"].startswith(SIGN_IN)
        return guarded and not (CLIENT_HEADER in headers and same_origin(headers, self._settings))


def has_cookie(headers: Headers) -> bool:
    """Tell whether a session cookie was sent."""
    return f"{PLAIN_COOKIE}=" in headers.get("cookie", "")
