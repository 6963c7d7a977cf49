"""SQL of the forecasts that are kept, one an iteration: the newest wins, whoever made it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

CHANNEL = "tminus_forecasts"
"""NOTIFY channel: `iteration:version` of a forecast that was renewed."""
_SAVE = text(
    """
    WITH saved AS (
        INSERT INTO forecasts AS f (iteration_id, version, seq, made_at, document, chance)
        VALUES (:iteration, 1, :seq, :made_at, :document, :chance)
        ON CONFLICT (iteration_id) DO UPDATE
        SET version = f.version + 1, seq = excluded.seq, made_at = excluded.made_at, document = excluded.document,
            chance = excluded.chance
        WHERE f.seq < excluded.seq OR (f.seq = excluded.seq AND f.made_at <= excluded.made_at)
        RETURNING iteration_id, version
    )
    SELECT pg_notify(:channel, iteration_id || ':' || version) FROM saved
    """
)
_KEPT = text("SELECT document, version FROM forecasts WHERE iteration_id = :iteration")
# What an earlier night of the plan taught is part of a forecast too: that it ended, or how much data it moved.
_BEHIND = text(
    """
    SELECT i.id FROM iterations AS i JOIN plan_versions AS v ON v.id = i.plan_version_id
    LEFT JOIN forecasts AS f ON f.iteration_id = i.id LEFT JOIN iteration_heads AS h ON h.iteration_id = i.id
    WHERE f.seq IS NULL OR f.seq < h.seq OR i.state IN ('planning', 'scheduled') AND EXISTS (
        SELECT FROM iterations AS e JOIN plan_versions AS w ON w.id = e.plan_version_id
        JOIN iteration_heads AS n ON n.iteration_id = e.id
        JOIN event_log AS l ON l.stream = n.stream AND l.seq = n.seq
        WHERE w.plan_id = v.plan_id AND e.id <> i.id AND e.state IN ('complete', 'closed', 'backed_out')
        AND l.at > f.made_at)
    ORDER BY i.state IN ('live', 'on_hold', 'backing_out') DESC
    """
)
_CHANCES = text(
    "SELECT iteration_id, chance FROM forecasts WHERE iteration_id = ANY(:iterations) AND chance IS NOT NULL"
)
_RUNNING = text("SELECT id FROM iterations WHERE state IN ('live', 'on_hold', 'backing_out')")


async def save_forecast(
    connection: AsyncConnection,
    iteration_id: UUID,
    seq: int,
    made_at: datetime,
    document: bytes,
    chance: float | None,
) -> None:
    """Keep a forecast (JSON, packed) and tell the pages, unless a newer one is kept.

    `chance` = to finish inside the window, 0 to 1; None = not evaluated.
    """
    values = {
        "iteration": iteration_id,
        "seq": seq,
        "made_at": made_at,
        "document": document,
        "chance": chance,
    }
    await connection.execute(_SAVE, {**values, "channel": CHANNEL})


async def kept_forecast(connection: AsyncConnection, iteration_id: UUID) -> tuple[bytes, int] | None:
    """Return the document, as packed JSON, and its version; None where none is kept yet."""
    row = (await connection.execute(_KEPT, {"iteration": iteration_id})).one_or_none()
    return (bytes(row.document), row.version) if row else None


async def chances(connection: AsyncConnection, iterations: Sequence[UUID]) -> dict[UUID, float]:
    """Return the chance of each iteration to finish inside its window, where it is evaluated."""
    found = await connection.execute(_CHANCES, {"iterations": list(iterations)})
    return {row.iteration_id: row.chance for row in found}


async def behind(connection: AsyncConnection) -> list[UUID]:
    """Return the iterations whose forecast is missing or older than their newest event, running ones first.

    Also those still to come whose forecast is older than what an earlier iteration of their plan taught since.
    """
    return list((await connection.execute(_BEHIND)).scalars())


async def running(connection: AsyncConnection) -> list[UUID]:
    """Return the iterations that are under way: time alone changes their forecast."""
    return list((await connection.execute(_RUNNING)).scalars())
