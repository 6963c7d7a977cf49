"""A client that costs next to nothing: HTTP/1.1 with keep-alive on a bare asyncio stream.

A client library takes more of the machine than the server under test; this one sends bytes made before.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass


@dataclass(slots=True)
class Line:
    """One kept connection."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def ask(self, request: bytes) -> tuple[int, bytes]:
        """Send one request and return (status, body)."""
        self.writer.write(request)
        head = await self.reader.readuntil(b"\r\n\r\n")
        at = head.lower().index(b"content-length:") + 15
        length = int(head[at : head.index(b"\r\n", at)])
        body = await self.reader.readexactly(length) if length else b""
        return int(head[9:12]), body

    async def close(self) -> None:
        """Hang up."""
        self.writer.close()
        await self.writer.wait_closed()


async def connect(host: str, port: int) -> Line:
    """Open a connection."""
    return Line(*await asyncio.open_connection(host, port))


def post(host: str, path: str, token: str, body: bytes = b"{}") -> bytes:
    """Return the bytes of a POST with a bearer token."""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def get(host: str, path: str, token: str) -> bytes:
    """Return the bytes of a GET with a bearer token."""
    return f"GET {path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\n\r\n".encode()
