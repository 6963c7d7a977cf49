"""SQL of the migrations' own rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.people.store.tables import migrations


async def find_migration(connection: AsyncConnection, key: UUID) -> Row[Any] | None:
    """Return a migration's row."""
    return (await connection.execute(select(migrations).where(migrations.c.id == key))).one_or_none()


async def find_migration_id(connection: AsyncConnection, key: str) -> UUID | None:
    """Return the migration with this short code, in whatever case: nobody tells two apart by that alone."""
    query = select(migrations.c.id).where(func.lower(migrations.c.key) == key.lower())
    found: UUID | None = (await connection.execute(query)).scalar_one_or_none()
    return found


async def update_migration(connection: AsyncConnection, key: UUID, values: Mapping[str, Any]) -> None:
    """Change a migration's row, which makes it a new version."""
    changed = {**values, "version": migrations.c.version + 1}
    await connection.execute(update(migrations).where(migrations.c.id == key).values(**changed))
