"""Who stands in for whom: in a migration, and for oneself at this moment."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

_CLOCK = "(SELECT coalesce(frozen_at, clock_timestamp() + shift) AS now FROM server_clock)"
# Iterations stand above this slice, so that they are joined in plain SQL.
_ALL = f"""
    SELECT s.id, s.absent_id, a.name AS absent, s.substitute_id, b.name AS substitute, s.iteration_id,
           i.name AS iteration_name, s.begins_at, s.ends_at, s.made_by, s.made_at, s.ended_at,
           s.ended_at IS NULL AND s.begins_at <= clock.now AND s.ends_at > clock.now
               AND a.active AND b.active AS active
    FROM substitutes s CROSS JOIN {_CLOCK} AS clock
    JOIN users a ON a.id = s.absent_id JOIN users b ON b.id = s.substitute_id
    LEFT JOIN iterations i ON i.id = s.iteration_id
"""  # noqa: S608 - constants
_OF_MIGRATION = text(f"{_ALL} WHERE s.migration_id = :migration ORDER BY s.begins_at DESC, s.id")
_ONE = text(f"{_ALL} WHERE s.id = :id")
_MINE = text(
    f"""
    SELECT s.migration_id, a.name, s.ends_at FROM substitutes s CROSS JOIN {_CLOCK} AS clock
    JOIN users a ON a.id = s.absent_id AND a.active
    WHERE s.substitute_id = :user AND s.ended_at IS NULL AND s.begins_at <= clock.now AND s.ends_at > clock.now
    ORDER BY s.ends_at, s.id
    """  # noqa: S608 - constants
)


async def list_substitutes(connection: AsyncConnection, migration_id: UUID) -> list[dict[str, Any]]:
    """Return a migration's substitutes, those that are over too, the latest first."""
    return [_view(row) for row in await connection.execute(_OF_MIGRATION, {"migration": migration_id})]


async def one_substitute(connection: AsyncConnection, substitute_id: UUID) -> dict[str, Any]:
    """Return one that is there."""
    return _view((await connection.execute(_ONE, {"id": substitute_id})).one())


async def acting_for(connection: AsyncConnection, user_id: UUID) -> list[dict[str, Any]]:
    """Return for whom a person stands in now: in which migration, and until when."""
    rows = await connection.execute(_MINE, {"user": user_id})
    return [{"migration_id": row.migration_id, "name": row.name, "until": row.ends_at} for row in rows]


def _view(row: Row[Any]) -> dict[str, Any]:
    return {
        "id": row.id,
        "absent": {"id": row.absent_id, "name": row.absent},
        "substitute": {"id": row.substitute_id, "name": row.substitute},
        "iteration_id": row.iteration_id,
        "iteration_name": row.iteration_name,
        "from": row.begins_at,
        "until": row.ends_at,
        "made_by": row.made_by,
        "made_at": row.made_at,
        "ended_at": row.ended_at,
        "active": row.active,
    }
