"""The sender's own connection: it holds the lock that says the sender lives, and claims go through it alone.

A claim can therefore only be kept while the lock is held. When the connection is lost, the next use opens
another one under a new number.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TypeVar

import psycopg

from tminus.platform.outbox.store import Connection, take_number

T = TypeVar("T")

LIVENESS = {
    # Both sides notice within seconds when the other machine is gone without a word.
    "keepalives_idle": 15,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
    "connect_timeout": 5,
    "options": "-c tcp_keepalives_idle=15 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3"
    " -c statement_timeout=30000 -c lock_timeout=10000",
    "application_name": "tminus sender",
}


async def connect(url: str) -> Connection:
    """Open a connection of the sender's kind: each statement commits by itself."""
    return await psycopg.AsyncConnection.connect(url, autocommit=True, **LIVENESS)  # type: ignore[arg-type] # libpq's own parameters, which psycopg types one by one


class Desk:
    """One connection with its number, reopened when it was lost; used by one task at a time.

    `regain(connection, number)` is called after a reopening, for each number that was lost before.
    """

    def __init__(self, url: str, regain: Callable[[Connection, str], Awaitable[None]]) -> None:
        self._url = url
        self._regain = regain
        self._turn = asyncio.Lock()
        self._open: tuple[Connection, str] | None = None
        self._lost: list[str] = []

    async def do(self, action: Callable[[Connection, str], Awaitable[T]]) -> T:
        """Run `action(connection, number)`; raises `psycopg.Error` where the database is away."""
        async with self._turn:
            try:
                connection, number = self._open or await self._reopen()
                return await action(connection, number)
            except (psycopg.Error, asyncio.CancelledError):
                await self._drop()
                raise

    async def close(self) -> None:
        """Give the number back."""
        async with self._turn:
            await self._drop()

    async def _reopen(self) -> tuple[Connection, str]:
        connection = await connect(self._url)
        self._open = opened = connection, await take_number(connection)
        while self._lost:
            await self._regain(connection, self._lost[-1])
            self._lost.pop()
        return opened

    async def _drop(self) -> None:
        # Whatever state it is in, it is given up whole: the lock must not outlive its use.
        held, self._open = self._open, None
        if held:
            self._lost.append(held[1])
            with suppress(psycopg.Error):
                await held[0].close()
