"""SQL of the tasks of an iteration."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.runbook.domain.task import TaskNow
from tminus.runbook.store.tables import iteration_tasks as table


async def load_task(connection: AsyncConnection, step_id: UUID, code: str) -> TaskNow | None:
    """Return one task of a step by its code."""
    columns = (table.c.id, table.c.code, table.c.title, table.c.team_id, table.c.required, table.c.state)
    query = select(*columns, table.c.version).where(table.c.step_id == step_id, table.c.code == code)
    row = (await connection.execute(query)).one_or_none()
    return TaskNow(*row) if row else None


async def save_task(
    connection: AsyncConnection,
    task_id: UUID,
    state: str,
    who: str | None,
    at: datetime | None,
    reason: str | None,
) -> None:
    """Write a task's state with who brought it there, when and why (all None when it is open again)."""
    values = {"state": state, "done_by": who, "done_at": at, "reason": reason, "version": table.c.version + 1}
    await connection.execute(update(table).where(table.c.id == task_id).values(**values))
