"""The teams of a migration, with who is in them and how much names them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.people.store.team_use import uses_of

_TEAMS = """
    SELECT t.id, t.code, t.name, t.email, t.phone, t.version,
           coalesce(jsonb_agg(jsonb_build_object('id', u.id, 'name', u.name) ORDER BY u.name)
                    FILTER (WHERE u.id IS NOT NULL), '[]') AS members
    FROM teams t
    LEFT JOIN team_members m ON m.team_id = t.id
    LEFT JOIN users u ON u.id = m.user_id AND u.active
"""
_OF_MIGRATION = text(f"{_TEAMS} WHERE t.migration_id = :migration GROUP BY t.id ORDER BY t.code")
_ONE = text(f"{_TEAMS} WHERE t.id = :id GROUP BY t.id")


async def list_teams(connection: AsyncConnection, migration_id: UUID) -> list[dict[str, Any]]:
    """Return a migration's teams by code, each with its active members and how many steps and tasks name it."""
    rows = (await connection.execute(_OF_MIGRATION, {"migration": migration_id})).all()
    uses = await uses_of(connection, [row.id for row in rows])
    return [{**row._mapping, "steps_using": uses.get(row.id, 0)} for row in rows]


async def one_team(connection: AsyncConnection, team_id: UUID) -> dict[str, Any]:
    """Return one that is there."""
    row = (await connection.execute(_ONE, {"id": team_id})).one()
    uses = await uses_of(connection, [team_id])
    return {**row._mapping, "steps_using": uses.get(team_id, 0)}
