"""SQL of what a migration's plans name beside its teams."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import Table
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.kernel.ids import new_id
from tminus.runbook.store.tables import applications, environment_roles, environments

KINDS: dict[str, tuple[Table, str]] = {
    "application": (applications, "applications"),
    "environment": (environments, "environments"),
    "environmentRole": (environment_roles, "environment_roles"),
}
"""For each kind of thing its table, and the member of a plan that holds it."""


async def save(
    connection: AsyncConnection, table: Table, migration_id: UUID, names: Mapping[str, str]
) -> None:
    """Add the things that are new and rename those that are there, by code; remove none."""
    rows = [
        {"id": new_id(), "migration_id": migration_id, "code": code, "name": name}
        for code, name in names.items()
    ]
    statement = insert(table).values(rows)
    changed = {"name": statement.excluded.name, "version": table.c.version + 1}
    await connection.execute(
        statement.on_conflict_do_update(index_elements=["migration_id", "code"], set_=changed)
    )
