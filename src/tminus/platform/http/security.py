"""What every answer says to the browser: whom to trust with what."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tminus.platform.settings import Settings

NONCE = "tminus.csp_nonce"
"""Where in the ASGI scope the page finds the nonce of its own answer."""
API = "/api/"
_HOST = re.compile(r"[A-Za-z0-9.:\[\]-]{1,255}")

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Frame-Options": "DENY",
}
API_POLICY = "default-src 'none'; frame-ancestors 'none'"
HSTS = "max-age=31536000"


def page_policy(nonce: str, host: str) -> str:
    """Return the page's content security policy; `host` is the one its live connection goes back to."""
    # Older browsers do not take 'self' for web sockets, so their own host is named.
    live = f" ws://{host} wss://{host}" if _HOST.fullmatch(host) else ""
    return (
        "default-src 'self'; script-src 'self'; "
        f"style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; font-src 'self'; "
        f"connect-src 'self'{live}; object-src 'none'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'"
    )


class SecurityMiddleware:
    """Adds the headers to every answer, refusals included."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._secure = settings.secure_cookies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, with a fresh nonce in the scope."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope[NONCE] = secrets.token_urlsafe(16)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers(scope):
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)

    def _headers(self, scope: Scope) -> Iterator[tuple[str, str]]:
        yield from ALWAYS.items()
        if self._secure:
            yield "Strict-Transport-Security", HSTS
        if scope["path"].startswith(API):
            yield "Cache-Control", "no-store"
            yield "Content-Security-Policy", API_POLICY
        else:
            host = Headers(scope=scope).get("host", "")
            yield "Content-Security-Policy", page_policy(scope[NONCE], host)
