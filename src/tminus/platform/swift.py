"""The few statements that every request and every command runs, sent by the driver itself.

SQLAlchemy's way to the same driver costs four times the processor time of a short statement, and a transaction
around one read costs three more round trips. Both matter while fifty people press buttons at once: the web
process is one thread, and what it spends is what the next one waits. All else stays with SQLAlchemy.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any, cast

import psycopg
from psycopg.rows import namedtuple_row
from sqlalchemy.ext.asyncio import AsyncConnection

Driver = psycopg.AsyncConnection[Any]
Statement = tuple[bytes, Mapping[str, Any]]
"""A statement with `%(name)s` parameters, and their values."""
ALWAYS_OPEN = 4
"""Connections for lookups that a process keeps; more are never opened, who comes later waits."""


async def rows(connection: AsyncConnection, query: bytes, values: Mapping[str, Any]) -> list[Any]:
    """Run a statement with `%(name)s` parameters inside the connection's transaction; return its rows.

    Raises `psycopg.Error`, not SQLAlchemy's wrapping of it.
    """
    return await _run(_driver(connection), query, values)


async def many_rows(connection: AsyncConnection, query: bytes, values: Mapping[str, Any]) -> list[Any]:
    """Return the thousands of rows of a statement, as `rows` does: sent in binary, which is read in half the time."""
    cursor = _driver(connection).cursor(row_factory=namedtuple_row, binary=True)
    await cursor.execute(query, values)
    return list(await cursor.fetchall())


async def in_turn(
    connection: AsyncConnection, statements: Sequence[Statement], *, commit: bool = False
) -> list[list[Any]]:
    """Run statements one after another in one round trip, and commit in the same one if wanted.

    Returns the rows of each. Each sees what was committed before it began itself, so one that comes after a
    lock sees what the lock waited for. Raises `psycopg.Error`; what comes after a failed one is not run.
    """
    held = _driver(connection)
    cursors = [held.cursor(row_factory=namedtuple_row) for _ in statements]
    async with held.pipeline():
        for cursor, (query, values) in zip(cursors, statements, strict=True):
            await cursor.execute(query, values)
        if commit:
            await held.commit()
    return [list(await cursor.fetchall()) if cursor.description else [] for cursor in cursors]


def is_lost(connection: AsyncConnection) -> bool:
    """Tell whether the connection to the server is gone."""
    held = connection.sync_connection
    return held is None or held.closed or held.invalidated or _driver(connection).closed


def _driver(connection: AsyncConnection) -> Driver:
    assert connection.sync_connection is not None  # noqa: S101 - it is connected, or it could not be asked
    return cast("Driver", connection.sync_connection.connection.driver_connection)


async def _run(driver: Driver, query: bytes, values: Mapping[str, Any]) -> list[Any]:
    cursor = driver.cursor(row_factory=namedtuple_row)
    await cursor.execute(query, values)
    return list(await cursor.fetchall()) if cursor.description else []


class Lookups:
    """Answers questions of one reading statement, each in one round trip, outside any transaction."""

    def __init__(self, url: str, options: str) -> None:
        self._url = url
        self._options = f"{options} -c default_transaction_read_only=on"
        self._idle: list[Driver] = []
        self._free = asyncio.Semaphore(ALWAYS_OPEN)

    async def ask(self, query: bytes, values: Mapping[str, Any]) -> list[Any]:
        """Return the rows; raises `psycopg.OperationalError` where the database is away.

        A connection that died while nobody used it is replaced unseen: the statement only reads, so that
        asking again is safe.
        """
        async with self._free:
            if self._idle:
                try:
                    return await self._on(self._idle.pop(), query, values)
                except psycopg.OperationalError:
                    await self.close()
            return await self._on(await self._open(), query, values)

    async def _on(self, driver: Driver, query: bytes, values: Mapping[str, Any]) -> list[Any]:
        try:
            found = await _run(driver, query, values)
        except BaseException:
            # Also when cancelled: whatever state it is in, nobody else is given it.
            await driver.close()
            raise
        self._idle.append(driver)
        return found

    async def _open(self) -> Driver:
        return await psycopg.AsyncConnection.connect(
            self._url, autocommit=True, connect_timeout=5, options=self._options
        )

    async def close(self) -> None:
        """Close what is idle."""
        idle, self._idle = self._idle, []
        for driver in idle:
            await driver.close()
