"""SQL of a plan's versions as a list."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.runbook.store.version import Version

_VERSIONS = text(
    """
    SELECT v.id, v.plan_id, p.migration_id, p.name, v.number, v.status, v.content_hash, v.created_by,
           v.created_by_name, v.version
    FROM plan_versions AS v JOIN plans AS p ON p.id = v.plan_id WHERE p.id = :plan ORDER BY v.number DESC
    """
)
_MIGRATION = text("SELECT migration_id FROM plans WHERE id = :plan")


async def migration_of_plan(connection: AsyncConnection, plan_id: UUID) -> UUID | None:
    """Return the migration of a plan; None where there is no such plan."""
    found: UUID | None = (await connection.execute(_MIGRATION, {"plan": plan_id})).scalar_one_or_none()
    return found


async def versions_of(connection: AsyncConnection, plan_id: UUID) -> list[Version]:
    """Return a plan's versions, the newest first."""
    return [Version(*row) for row in await connection.execute(_VERSIONS, {"plan": plan_id})]
