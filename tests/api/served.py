"""An ASGI app behind a real socket, within the test's own process: what the test patches, the app sees."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import uvicorn

from tests.stack import eventually


@asynccontextmanager
async def served(app: Any, *, lifespan: bool = True) -> AsyncIterator[str]:
    """Serve an app on a free port and give its address; without `lifespan` nothing of it runs in the background."""
    config = uvicorn.Config(app, port=0, log_level="warning", lifespan="on" if lifespan else "off")
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    try:
        await eventually(lambda: server.started or serving.done())
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        await serving
