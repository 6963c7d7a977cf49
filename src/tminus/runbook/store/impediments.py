"""SQL of impediments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.runbook.domain.impediment import Impediment, ImpedimentSeverity, ImpedimentState
from tminus.runbook.store.tables import impediments

_IMPEDIMENTS = """
    SELECT m.id, m.migration_id, m.iteration_id, m.number, m.step_id, s.code AS step_code, s.team_id, m.title, m.detail,
           m.severity, m.owner_id, m.owner_name, m.expected_at, m.state, m.opened_by, m.opened_at, m.resolved_by,
           m.resolved_at, m.resolution, m.version
    FROM impediments AS m LEFT JOIN iteration_steps AS s ON s.id = m.step_id
"""
_ONE = text(f"{_IMPEDIMENTS} WHERE m.id = :id")
_OF_ITERATION = text(
    f"""
    {_IMPEDIMENTS} WHERE m.iteration_id = :iteration AND (CAST(:step AS uuid) IS NULL OR m.step_id = :step)
    ORDER BY m.state, array_position(ARRAY['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'], m.severity), m.expected_at, m.number
    """
)
_OWNER = text(
    """
    SELECT u.name FROM users AS u WHERE u.id = :user AND u.active
        AND (EXISTS (SELECT FROM migration_roles AS r WHERE r.user_id = u.id AND r.migration_id = :migration)
             OR EXISTS (SELECT FROM team_members AS t JOIN teams ON teams.id = t.team_id
                        WHERE t.user_id = u.id AND teams.migration_id = :migration))
    """
)


def _impediment(row: Row[Any]) -> Impediment:
    values = dict(row._mapping)
    values["severity"] = ImpedimentSeverity(values["severity"])
    values["state"] = ImpedimentState(values["state"])
    return Impediment(**values)


async def find_impediment(connection: AsyncConnection, key: UUID) -> Impediment | None:
    """Return one by its key."""
    row = (await connection.execute(_ONE, {"id": key})).one_or_none()
    return _impediment(row) if row else None


async def impediments_of(
    connection: AsyncConnection, iteration_id: UUID, step_id: UUID | None
) -> Sequence[Impediment]:
    """Return those of an iteration with all its steps, or of one step: the open ones first, the worst first."""
    values = {"iteration": iteration_id, "step": step_id}
    return [_impediment(row) for row in await connection.execute(_OF_ITERATION, values)]


async def next_number(connection: AsyncConnection, iteration_id: UUID) -> int:
    """Return the number of an iteration's next one; right under the head's lock alone."""
    query = select(func.coalesce(func.max(impediments.c.number), 0) + 1)
    found = await connection.execute(query.where(impediments.c.iteration_id == iteration_id))
    return int(found.scalar_one())


async def owner_name(connection: AsyncConnection, migration_id: UUID, user_id: UUID) -> str | None:
    """Return the name of somebody with a role or a team in the migration who is not shut out; else None."""
    values = {"migration": migration_id, "user": user_id}
    found: str | None = (await connection.execute(_OWNER, values)).scalar_one_or_none()
    return found


async def insert_impediment(connection: AsyncConnection, values: Mapping[str, Any]) -> None:
    """Keep a new one."""
    await connection.execute(insert(impediments).values(**values))


async def update_impediment(connection: AsyncConnection, key: UUID, values: Mapping[str, Any]) -> None:
    """Write what became of one; its `version` goes up by one."""
    changed = {**values, "version": impediments.c.version + 1}
    await connection.execute(update(impediments).where(impediments.c.id == key).values(changed))
