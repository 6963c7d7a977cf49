"""Many viewers in one process of their own: each a Socket.IO client on a websocket, as small as it can be.

`python -m bench.viewers HOST PORT COUNT`, with `{"auth": …, "subscribe": …}` as the first line of its input.
It prints `{"ready": COUNT}`, then one line for each change once it has reached all: when it reached the last
(CLOCK_MONOTONIC, the same for every process), and what came.
"""

from __future__ import annotations

import asyncio
import json
import sys
from base64 import b64encode
from dataclasses import dataclass, field
from statistics import median
from time import monotonic
from typing import Any

NAMESPACE = "/migration-updates"
EVENTS = f'42{NAMESPACE},["events"'.encode()
MASK = b"\0\0\0\0"  # a mask of zeros leaves the bytes as they are; the server must take it


@dataclass(slots=True)
class Crowd:
    """What all viewers together have seen of the present change."""

    size: int
    times: list[float] = field(default_factory=list)

    def saw(self, payload: bytes) -> None:
        """Note that one viewer has it; tell when it was the last one."""
        self.times.append(monotonic())
        if len(self.times) == self.size:
            found = {"last": self.times[-1], "median": median(self.times), "first": self.times[0]}
            found["payload"] = json.loads(payload[payload.index(b"[") :])[1]
            self.times = []
            print(json.dumps(found), flush=True)


class Viewer(asyncio.Protocol):
    """One client: handshake, namespace, subscription, then it only reads and answers pings."""

    def __init__(self, crowd: Crowd, host: str, asked: dict[str, Any]) -> None:
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._crowd = crowd
        self._host = host
        self._asked = asked
        self._buffer = b""
        self._upgraded = False
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for a websocket."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        key = b64encode(bytes(16)).decode()
        transport.write(
            f"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: {self._host}\r\n"
            f"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: {key}\r\n"
            "Sec-WebSocket-Version: 13\r\n\r\n".encode()
        )

    def connection_lost(self, exc: Exception | None) -> None:
        """A viewer that was hung up on makes the figure worthless: say so and end."""
        if not self.ready.done():
            self.ready.set_exception(ConnectionError("hung up before it was ready"))
        else:
            sys.exit("a viewer lost its connection")

    def data_received(self, data: bytes) -> None:
        """Take what came apart into frames."""
        self._buffer += data
        if not self._upgraded:
            head, found, rest = self._buffer.partition(b"\r\n\r\n")
            if not found:
                return
            if b" 101 " not in head:
                self.ready.set_exception(ConnectionError(head.decode()))
                return
            self._upgraded, self._buffer = True, rest
        while (frame := self._frame()) is not None:
            self._take(frame)

    def _frame(self) -> bytes | None:
        buffer = self._buffer
        if len(buffer) < 2:
            return None
        length, at = buffer[1] & 127, 2
        if length == 126:
            length, at = int.from_bytes(buffer[2:4], "big"), 4
        elif length == 127:
            length, at = int.from_bytes(buffer[2:10], "big"), 10
        if len(buffer) < at + length:
            return None
        self._buffer = buffer[at + length :]
        return buffer[at : at + length]

    def _take(self, message: bytes) -> None:
        if message.startswith(EVENTS):
            self._crowd.saw(message)
        elif message == b"2":
            self._send("3")
        elif message.startswith(b"0"):
            self._send(f"40{NAMESPACE},{json.dumps(self._asked['auth'])}")
        elif message.startswith(f"40{NAMESPACE}".encode()):
            self._send(f"42{NAMESPACE},0{json.dumps(['subscribe', self._asked['subscribe']])}")
        elif message.startswith(f"43{NAMESPACE},0".encode()):
            if b'"ok":true' in message:
                self.ready.set_result(None)
            else:
                self.ready.set_exception(ConnectionError(message.decode()))
        elif message.startswith(f"44{NAMESPACE}".encode()):
            self.ready.set_exception(ConnectionError(message.decode()))

    def _send(self, text: str) -> None:
        data = text.encode()
        size = bytes([128 | len(data)]) if len(data) < 126 else bytes([254]) + len(data).to_bytes(2, "big")
        self._transport.write(b"\x81" + size + MASK + data)


async def main(host: str, port: int, count: int) -> None:
    """Connect all and watch until the input ends."""
    loop = asyncio.get_running_loop()
    asked = json.loads(await asyncio.to_thread(sys.stdin.readline))
    crowd = Crowd(count)
    for _ in range(count):  # one after another: the handshake is not what is measured
        _, viewer = await loop.create_connection(lambda: Viewer(crowd, f"{host}:{port}", asked), host, port)
        await viewer.ready
    print(json.dumps({"ready": count}), flush=True)
    await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
