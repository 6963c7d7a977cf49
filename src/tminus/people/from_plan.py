"""What a plan import makes of people's things, inside the import's own transaction: migrations and teams."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.kernel.errors import Refused
from tminus.kernel.ids import new_id
from tminus.people.store import migrations, teams


@dataclass(frozen=True, slots=True)
class NewMigration:
    """A migration that is to be made, named by its key in addresses; `zone` is an IANA zone."""

    id: UUID
    key: str
    name: str
    zone: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class TeamCard:
    """A team as a plan file says it."""

    code: str
    name: str
    email: str | None = None
    phone: str | None = None


async def create_migration(connection: AsyncConnection, migration: NewMigration, now: datetime) -> None:
    """Write a migration whose stream is open already. Raises `Refused` if its key was taken meanwhile."""
    values = {
        "id": migration.id,
        "key": migration.key,
        "name": migration.name,
        "zone": migration.zone,
        "description": migration.description,
        "created_at": now,
    }
    # Waits for whoever is just making the same key, and then makes nothing.
    made = pg_insert(migrations).values(values).on_conflict_do_nothing().returning(migrations.c.id)
    if (await connection.execute(made)).first() is None:
        raise Refused(
            f"There is a migration with the key {migration.key} by now. Nothing was imported.",
            code="migration_key_taken",
            hint="Import the file again: it goes into that migration, if you may.",
        )


async def save_teams(
    connection: AsyncConnection, migration_id: UUID, cards: Sequence[TeamCard]
) -> dict[str, UUID]:
    """Add the teams that are new, change those that are there, remove none; return their keys by code."""
    if not cards:
        return {}
    rows = [
        {
            "id": new_id(),
            "migration_id": migration_id,
            "code": card.code,
            "name": card.name,
            "email": card.email,
            "phone": card.phone,
        }
        for card in cards
    ]
    statement = pg_insert(teams).values(rows)
    given = statement.excluded
    changed = {"name": given.name, "email": given.email, "phone": given.phone, "version": teams.c.version + 1}
    saved = statement.on_conflict_do_update(index_elements=["migration_id", "code"], set_=changed)
    result = await connection.execute(saved.returning(teams.c.code, teams.c.id))
    return {row.code: row.id for row in result}
