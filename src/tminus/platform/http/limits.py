"""How large a request may be; what is larger is refused before it fills the memory."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tminus.platform.http.problems import problem

MEGABYTE = 1_000_000
DEFAULT_BYTES = 1 * MEGABYTE
IMPORT_BYTES = 105 * MEGABYTE
"""For a runsheet, or an export in a ZIP (100 MiB, counted where it is read)."""
IMPORTS = "/api/v1/plan-imports"
FILE_BYTES = 27 * MEGABYTE
"""For a file of evidence (25 MiB, counted where it is read)."""
FILES = "/evidence/file"
BASE_BYTES = 6 * MEGABYTE
"""For a list of people, teams and places (5 MiB, counted where it is read)."""
BASE = "/base-data"


def limit_of(path: str) -> int:
    """Return how many bytes a request to this path may have."""
    if path.endswith(FILES):
        return FILE_BYTES
    if path.endswith(BASE):
        return BASE_BYTES
    return IMPORT_BYTES if path == IMPORTS else DEFAULT_BYTES


class BodyLimitMiddleware:
    """Answers 413 at once where the length is declared too large, else when too much has come."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, counting what comes."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = limit_of(scope["path"])
        declared = Headers(scope=scope).get("content-length", "0")
        if not declared.isdecimal() or int(declared) > limit:
            await _too_large(limit)(scope, receive, send)
            return
        came = 0

        async def receive_some() -> Message:
            nonlocal came
            message = await receive()
            came += len(message.get("body", b""))
            if came > limit:
                # An HTTPException passes through the framework's reading of bodies as it is.
                raise HTTPException(413)
            return message

        await self._app(scope, receive_some, send)


def _too_large(limit: int) -> ASGIApp:
    return problem(
        413,
        "too_large",
        f"The request is larger than the {limit // MEGABYTE} MB this address takes. Nothing was changed.",
        "Send less at once; a plan is sent as a plan import.",
    )
