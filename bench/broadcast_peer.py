"""The peer of B8: a bare Socket.IO server with the product's options that sends what it is told to one room.

`python -m bench.broadcast_peer PORT`; `POST /go` with the data answers with the time just before the sending.
"""

from __future__ import annotations

import json
import sys
from time import monotonic
from typing import Any

import socketio
import uvicorn
from fastapi import FastAPI, Request

NAMESPACE = "/migration-updates"
ROOM = "all"


def make_app() -> Any:
    """Return the server: one namespace, one room, one route that sends."""
    http = FastAPI()
    sio = socketio.AsyncServer(
        async_mode="asgi",
        transports=["websocket"],
        cors_allowed_origins=None,
        max_http_buffer_size=65_536,
        namespaces=[NAMESPACE],
    )

    @sio.on("connect", namespace=NAMESPACE)  # type: ignore[untyped-decorator] # the library publishes no types
    async def connect(sid: str, environ: Any, auth: Any) -> None:
        pass

    @sio.on("subscribe", namespace=NAMESPACE)  # type: ignore[untyped-decorator] # same
    async def subscribe(sid: str, data: Any) -> dict[str, Any]:
        await sio.enter_room(sid, ROOM, namespace=NAMESPACE)
        return {"ok": True, "head": 0}

    @http.get("/api/health")
    async def health() -> dict[str, str]:
        return {"status": "ok"}

    @http.post("/go")
    async def go(request: Request) -> dict[str, float]:
        data = json.loads(await request.body())
        begun = monotonic()
        await sio.emit("events", data, room=ROOM, namespace=NAMESPACE)
        return {"begun": begun}

    return socketio.ASGIApp(sio, other_asgi_app=http)


if __name__ == "__main__":
    uvicorn.run(
        make_app(),
        host="127.0.0.1",
        port=int(sys.argv[1]),
        log_config=None,
        access_log=False,
        ws_max_size=65_536,
    )
