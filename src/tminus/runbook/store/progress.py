"""SQL of the burn-up's points."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

_POINT = text(
    """
    INSERT INTO progress_points (iteration_id, seq, at, done_count, total_count, percent)
    VALUES (:iteration_id, :seq, :at, :done, :total, :percent)
    ON CONFLICT DO NOTHING
    """
)


async def save_points(connection: AsyncConnection, points: Sequence[dict[str, Any]]) -> None:
    """Write points; one that is there already stays as it is."""
    if points:
        await connection.execute(_POINT, list(points))
