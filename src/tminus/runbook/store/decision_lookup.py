"""SQL of what a decision is about, and of who holds which role."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.runbook.store.tables import decisions


async def step_code(connection: AsyncConnection, step_id: UUID) -> tuple[str, str]:
    """Return code and name of a step."""
    row = (
        await connection.execute(
            text("SELECT code, name FROM iteration_steps WHERE id = :step"), {"step": step_id}
        )
    ).one()
    return row.code, row.name


async def decision_place(
    connection: AsyncConnection, decision_id: UUID
) -> tuple[UUID, UUID, UUID | None] | None:
    """Return (migration, iteration, step) of a decision; before any lock, for they never change."""
    query = select(decisions.c.migration_id, decisions.c.iteration_id, decisions.c.step_id).where(
        decisions.c.id == decision_id
    )
    row = (await connection.execute(query)).one_or_none()
    return (row.migration_id, row.iteration_id, row.step_id) if row else None


async def holders(
    connection: AsyncConnection, migration_id: UUID, roles: Sequence[str]
) -> list[tuple[UUID, str, frozenset[str]]]:
    """Return (key, name, roles) of the active people who hold one of `roles` in a migration, by name."""
    query = text(
        """
        SELECT u.id, u.name, array_agg(r.role) AS roles FROM migration_roles AS r JOIN users AS u ON u.id = r.user_id
        WHERE r.migration_id = :migration AND r.role = ANY(:roles) AND u.active
        GROUP BY u.id, u.name ORDER BY u.name, u.id
        """
    )
    found = await connection.execute(query, {"migration": migration_id, "roles": list(roles)})
    return [(row.id, row.name, frozenset(row.roles)) for row in found]


async def is_gate(connection: AsyncConnection, step_id: UUID) -> bool:
    """Tell whether a step is closed by a decision of its own."""
    query = text("SELECT behaviour = 'gate' FROM iteration_steps WHERE id = :step")
    return bool((await connection.execute(query, {"step": step_id})).scalar_one())
