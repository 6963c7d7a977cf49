"""The server's clock is the database's: one row, the same for every process, movable by tests and the demo.

Only what a plan's times are about follows it. What guards the door (sessions, links, tokens, rate limits)
goes by wall time, so that moving the clock lets nobody in and throws nobody out.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

CHANNEL = "tminus_clock"
"""NOTIFY channel: the clock was moved, so what waits for a time looks again."""

_NOW = text("SELECT coalesce(frozen_at, clock_timestamp() + shift) FROM server_clock")
_OFFSET = text(
    "SELECT extract(epoch FROM coalesce(frozen_at - clock_timestamp(), shift))::float8 FROM server_clock"
)
_ADVANCE = text(
    """
    UPDATE server_clock SET shift = shift + make_interval(secs => :seconds),
                            frozen_at = frozen_at + make_interval(secs => :seconds)
    """
)
_FREEZE = text("UPDATE server_clock SET frozen_at = coalesce(:at, frozen_at, clock_timestamp() + shift)")
# The clock goes on from where it stood, so that it never runs backwards.
_UNFREEZE = text(
    """
    UPDATE server_clock SET shift = frozen_at - clock_timestamp(), frozen_at = NULL
    WHERE frozen_at IS NOT NULL
    """
)
_NOTIFY = text(f"SELECT pg_notify('{CHANNEL}', '')")


async def server_now(connection: AsyncConnection) -> datetime:
    """Return the time by Tminus's clock."""
    now: datetime = (await connection.execute(_NOW)).scalar_one()
    return now


async def offset_seconds(connection: AsyncConnection) -> float:
    """Return by how many seconds the clock is ahead of wall time."""
    return float((await connection.execute(_OFFSET)).scalar_one())


async def advance(connection: AsyncConnection, seconds: float) -> None:
    """Move the clock forward and wake, at commit, what waits for a time."""
    await connection.execute(_ADVANCE, {"seconds": float(seconds)})
    await connection.execute(_NOTIFY)


async def freeze(connection: AsyncConnection, at: datetime | None = None) -> None:
    """Stop the clock, at `at` or where it stands; for tests."""
    await connection.execute(_FREEZE, {"at": at})
    await connection.execute(_NOTIFY)


async def unfreeze(connection: AsyncConnection) -> None:
    """Let a stopped clock go on from where it stood; for tests."""
    await connection.execute(_UNFREEZE)
    await connection.execute(_NOTIFY)


async def release(connection: AsyncConnection) -> None:
    """Let a stopped clock run again at its old distance from wall time, for a past that was played on it."""
    await connection.execute(text("UPDATE server_clock SET frozen_at = NULL"))
    await connection.execute(_NOTIFY)
