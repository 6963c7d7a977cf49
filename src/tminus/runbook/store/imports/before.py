"""The version that stood before the one an import made, and what stands in the way of taking that one back."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.runbook.store.version import Version

_ITERATIONS = text("SELECT name FROM iterations WHERE plan_version_id = :version ORDER BY id")
_APPROVE = text(
    """
    UPDATE plan_versions SET status = 'approved' WHERE id = (
        SELECT id FROM plan_versions
        WHERE plan_id = :plan AND number < :number AND status = 'superseded' AND approved_at IS NOT NULL
        ORDER BY number DESC LIMIT 1
    )
    """
)


async def iterations_of(connection: AsyncConnection, version_id: UUID) -> list[str]:
    """Return the names of the iterations that are made from a version, the oldest first."""
    return [row.name for row in await connection.execute(_ITERATIONS, {"version": version_id})]


async def approve_before(connection: AsyncConnection, made: Version) -> None:
    """Have the version be the approved one again that was so until this one was: iterations are made from it."""
    await connection.execute(_APPROVE, {"plan": made.plan_id, "number": made.number})
