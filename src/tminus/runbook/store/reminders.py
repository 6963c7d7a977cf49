"""SQL of what is told because of the time: what nobody took, what comes soon, what is not decided yet.

Finding looks without a lock, each second, by partial indexes. Marking looks again under the head's lock and writes
the mark, so that whoever comes second, in whatever process, finds nothing left to tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

MOST_AT_ONCE = 100
"""So many steps are told of in one command; what is left comes with the next second."""
DECISION_SECONDS = 600
"""So long before its deadline those who have not answered are reminded of a decision."""

_NOW = "coalesce(c.frozen_at, clock_timestamp() + c.shift)"
_WORK = "s.behaviour NOT IN ('gate', 'milestone') AND s.in_scope AND NOT s.dormant"
_UNTAKEN = f"""
    s.state = 'activated' AND s.taken_at IS NULL AND s.not_taken_at IS NULL AND {_WORK}
"""
_UPCOMING = f"""
    s.upcoming_told_at IS NULL AND s.state IN ('not_ready', 'ready') AND s.team_id IS NOT NULL AND {_WORK}
"""
# The clock comes first, and OFFSET 0 keeps the planner at it: so both looks are ranges of their partial indexes.
_FIND = text(
    f"""
    WITH clock AS MATERIALIZED (
        SELECT {_NOW} AS now, {_NOW} + make_interval(secs => (
            SELECT max(upcoming_seconds) FROM iterations WHERE state IN ('live', 'backing_out'))) AS horizon
        FROM server_clock AS c
    ), due AS (
        SELECT 'untaken' AS what, s.iteration_id, s.id, s.activated_at AS since
        FROM clock CROSS JOIN LATERAL (
            SELECT s.* FROM iteration_steps AS s WHERE {_UNTAKEN} AND s.activated_at <= clock.now OFFSET 0
        ) AS s
        UNION ALL
        SELECT 'upcoming', s.iteration_id, s.id, s.planned_start
        FROM clock CROSS JOIN LATERAL (
            SELECT s.* FROM iteration_steps AS s
            WHERE {_UPCOMING} AND s.planned_start > clock.now AND s.planned_start <= clock.horizon OFFSET 0
        ) AS s
    )
    SELECT due.what, i.migration_id, i.id AS iteration_id, (array_agg(due.id))[1:{MOST_AT_ONCE}] AS steps
    FROM due CROSS JOIN clock JOIN iterations AS i ON i.id = due.iteration_id
    WHERE i.state IN ('live', 'backing_out') AND CASE due.what
        WHEN 'untaken' THEN due.since <= clock.now - make_interval(secs => i.take_seconds)
        ELSE due.since <= clock.now + make_interval(secs => i.upcoming_seconds) END
    GROUP BY due.what, i.migration_id, i.id
    """  # noqa: S608 - put together from the constants above alone
)
_MARK_UNTAKEN = text(
    f"""
    UPDATE iteration_steps AS s SET not_taken_at = :now FROM iterations AS i
    WHERE s.id = ANY(:steps) AND i.id = s.iteration_id AND i.state IN ('live', 'backing_out') AND {_UNTAKEN}
      AND s.activated_at <= :now - make_interval(secs => i.take_seconds)
    RETURNING s.id, s.code, s.name, s.position, s.activated_at AS since
    """  # noqa: S608 - as above
)
_MARK_UPCOMING = text(
    f"""
    UPDATE iteration_steps AS s SET upcoming_told_at = :now FROM iterations AS i
    WHERE s.id = ANY(:steps) AND i.id = s.iteration_id AND i.state IN ('live', 'backing_out') AND {_UPCOMING}
      AND s.planned_start > :now AND s.planned_start <= :now + make_interval(secs => i.upcoming_seconds)
    RETURNING s.id, s.code, s.name, s.position, s.planned_start AS since
    """  # noqa: S608 - as above
)
_FIND_DECISIONS = text(
    f"""
    SELECT d.id, d.migration_id, d.iteration_id FROM decisions AS d CROSS JOIN server_clock AS c
    WHERE d.closed_at IS NULL AND d.withdrawn_at IS NULL AND d.reminded_at IS NULL AND d.deadline > {_NOW}
      AND d.deadline <= {_NOW} + make_interval(secs => {DECISION_SECONDS})
      AND d.asked_at <= {_NOW} - make_interval(secs => 60)
    """  # noqa: S608 - as above
)
"""Who was asked within the last minute is not reminded yet."""


@dataclass(frozen=True, slots=True)
class Due:
    """Steps of one iteration of which something is to be told; `what` = untaken or upcoming."""

    what: str
    migration_id: UUID
    iteration_id: UUID
    steps: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Marked:
    """A step that was marked; `since` = its activation, or its planned start."""

    id: UUID
    code: str
    name: str
    since: datetime


async def find_due(connection: AsyncConnection) -> list[Due]:
    """Return what looks due now."""
    rows = await connection.execute(_FIND)
    return [Due(row.what, row.migration_id, row.iteration_id, tuple(row.steps)) for row in rows]


async def mark_untaken(connection: AsyncConnection, steps: Sequence[UUID], now: datetime) -> list[Marked]:
    """Mark those that nobody has taken in time, and return them; call it under the head's lock."""
    return _marked(await connection.execute(_MARK_UNTAKEN, {"steps": list(steps), "now": now}))


async def mark_upcoming(connection: AsyncConnection, steps: Sequence[UUID], now: datetime) -> list[Marked]:
    """Mark those that come soon, and return them; call it under the head's lock."""
    return _marked(await connection.execute(_MARK_UPCOMING, {"steps": list(steps), "now": now}))


async def find_decisions(connection: AsyncConnection) -> list[tuple[UUID, UUID, UUID]]:
    """Return (decision, migration, iteration) of those that end soon and of which nobody was reminded."""
    rows = await connection.execute(_FIND_DECISIONS)
    return [(row.id, row.migration_id, row.iteration_id) for row in rows]


def _marked(rows: Any) -> list[Marked]:
    found = sorted(rows, key=lambda row: row.position)
    return [Marked(row.id, row.code, row.name, row.since) for row in found]
