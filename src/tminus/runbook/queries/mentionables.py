"""Who may be named after an @: the people and teams of a migration."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.people.domain.rights import Person
from tminus.people.queries import list_members
from tminus.runbook.domain.mention import Mentionable
from tminus.runbook.queries.iteration import visible_iteration

_TEAMS = text("SELECT id, code, name FROM teams WHERE migration_id = :migration ORDER BY code")


async def mentionables_view(
    connection: AsyncConnection, person: Person, iteration_id: UUID
) -> dict[str, Any]:
    """Return people and teams for a list to choose from. Raises `NotFound`, `Forbidden`."""
    _, iteration = await visible_iteration(connection, person, iteration_id)
    people = await list_members(connection, iteration.migration_id)
    teams = await connection.execute(_TEAMS, {"migration": iteration.migration_id})
    return {
        "people": [{"id": one["id"], "name": one["name"], "teams": one["teams"]} for one in people],
        "teams": [{"id": row.id, "code": row.code, "name": row.name} for row in teams],
    }


async def mentionables_of(connection: AsyncConnection, migration_id: UUID) -> list[Mentionable]:
    """Return whom a text of this migration may name, and by which handles."""
    people = [
        Mentionable(one["id"], "user", (one["name"], one["email"].partition("@")[0], one["email"]))
        for one in await list_members(connection, migration_id)
    ]
    teams = await connection.execute(_TEAMS, {"migration": migration_id})
    return people + [Mentionable(row.id, "team", (row.code, row.name)) for row in teams]
