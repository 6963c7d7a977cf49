"""The built page: hashed files for ever, `index.html` for every address that the page's router knows."""

from __future__ import annotations

import re
from pathlib import Path

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.types import Receive, Scope, Send

from tminus.platform.http.security import NONCE

NONCE_MARK = "__CSP_NONCE__"
NOT_THE_PAGE = ("/api", "/socket.io")
FOREVER = "public, max-age=31536000, immutable"
LOOK_AGAIN = "no-cache"
# The bundler's content hash: eight characters before the suffix; without a capital or digit it may be a word.
_HASHED = re.compile(r"-(?=[\w-]*[A-Z0-9])[\w-]{8}\.\w+$")

NOT_BUILT = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Tminus</title></head>
<body><h1>The page is not built</h1>
<p>The API answers, but this installation holds no page. In a clone, run <code>make demo</code>,
or build the page alone with <code>python scripts/build_page.py build</code>, and reload.</p>
</body></html>
"""


def mount_page(app: FastAPI, folder: Path) -> None:
    """Serve the page in `folder` at every address that no route of the app has."""
    app.router.default = Page(folder)


class Page:
    """Answers GET and HEAD outside the API; 404 inside it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; a web socket nobody serves is closed."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1000, "reason": ""})
            return
        request = Request(scope)
        path = request.url.path
        if any(path == prefix or path.startswith(f"{prefix}/") for prefix in NOT_THE_PAGE):
            raise HTTPException(404)
        if request.method not in ("GET", "HEAD"):
            raise HTTPException(405, headers={"Allow": "GET, HEAD"})
        response = await run_in_threadpool(self._answer, scope["path"], scope.get(NONCE, ""))
        await response(scope, receive, send)

    def _answer(self, path: str, nonce: str) -> Response:
        file = self._file(path)
        if file is not None:
            cache = FOREVER if _HASHED.search(file.name) else LOOK_AGAIN
            return FileResponse(file, headers={"Cache-Control": cache})
        if path.startswith("/assets/"):
            raise HTTPException(404)
        return self._index(nonce)

    def _file(self, path: str) -> Path | None:
        try:
            file = (self._folder / path.lstrip("/")).resolve()
            inside = file.is_relative_to(self._folder) and file.is_file()
        except (ValueError, OSError):
            # A path that no file can have: with a zero byte, or too long.
            return None
        return file if inside and file.name != "index.html" else None

    def _index(self, nonce: str) -> Response:
        headers = {"Cache-Control": LOOK_AGAIN}
        try:
            html = (self._folder / "index.html").read_text(encoding="utf-8")
        except FileNotFoundError:
            return HTMLResponse(NOT_BUILT, 503, headers=headers)
        return HTMLResponse(html.replace(NONCE_MARK, nonce), headers=headers)
