"""SQL of many entries of a migration's catalogue at once."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.runbook.store.catalogue import CatalogueKind, Entry, table_of


async def entries_by_code(
    connection: AsyncConnection, kind: CatalogueKind, migration_id: UUID
) -> dict[str, Entry]:
    """Return a migration's entries of a kind by code; what uses them is not counted."""
    table = table_of(kind)
    columns = (table.c.id, table.c.migration_id, table.c.code, table.c.name, table.c.version)
    rows = await connection.execute(select(*columns).where(table.c.migration_id == migration_id))
    return {row.code: Entry(*row) for row in rows}


async def insert_entries(connection: AsyncConnection, kind: CatalogueKind, entries: Sequence[Entry]) -> None:
    """Add entries; none is no statement."""
    rows = [
        {"id": one.id, "migration_id": one.migration_id, "code": one.code, "name": one.name}
        for one in entries
    ]
    if rows:
        await connection.execute(insert(table_of(kind)), rows)
