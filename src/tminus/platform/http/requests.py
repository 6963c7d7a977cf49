"""One log line for each request, and an answer for each exception that nobody foresaw."""

from __future__ import annotations

import logging
from time import perf_counter
from urllib.parse import quote

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tminus.platform.http.problems import of_unforeseen

log = logging.getLogger("tminus.request")


class RequestMiddleware:
    """Logs method, path, status and milliseconds: never query, header or body, which may hold secrets."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on; whatever is raised before an answer began is answered as a problem."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = perf_counter()
        status: int | None = None

        async def send_noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, send_noting)
        except Exception as error:
            if status is not None:
                # Half an answer is out: cutting it off is the only honest way to say that it is not whole.
                raise
            await of_unforeseen(error, scope["method"])(scope, receive, send_noting)
        finally:
            # Quoted, so that a path cannot forge a line of the log.
            path = quote(scope["path"], safe="/:@-._~")
            log.info("%s %s %s %d ms", scope["method"], path, status, (perf_counter() - begun) * 1000)
