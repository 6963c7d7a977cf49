"""SQL of teams and who is in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.people.store.tables import team_members, teams, users


async def find_team(connection: AsyncConnection, team_id: UUID) -> Row[Any] | None:
    """Return a team's row."""
    return (await connection.execute(select(teams).where(teams.c.id == team_id))).one_or_none()


async def teams_of(connection: AsyncConnection, migration_id: UUID) -> dict[str, Row[Any]]:
    """Return a migration's teams by code."""
    rows = await connection.execute(select(teams).where(teams.c.migration_id == migration_id))
    return {row.code: row for row in rows}


async def members_of(
    connection: AsyncConnection, team_id: UUID, *, active: bool | None = None
) -> frozenset[UUID]:
    """Return the keys of a team's members, or of the active ones, or of those who are shut out."""
    query = select(team_members.c.user_id).where(team_members.c.team_id == team_id)
    if active is not None:
        query = query.join(users, users.c.id == team_members.c.user_id).where(users.c.active == active)
    return frozenset((await connection.execute(query)).scalars())


async def save_members(
    connection: AsyncConnection, team_id: UUID, added: Iterable[UUID], taken: Iterable[UUID]
) -> None:
    """Put people into a team and take others out."""
    rows = [{"team_id": team_id, "user_id": user_id} for user_id in added]
    if rows:
        await connection.execute(insert(team_members), rows)
    await connection.execute(
        delete(team_members).where(team_members.c.team_id == team_id, team_members.c.user_id.in_(list(taken)))
    )


async def update_team(connection: AsyncConnection, team_id: UUID, values: Mapping[str, Any]) -> None:
    """Change members of a team's row."""
    await connection.execute(
        update(teams).where(teams.c.id == team_id).values(**values, version=teams.c.version + 1)
    )


async def delete_team(connection: AsyncConnection, team_id: UUID) -> None:
    """Remove a team and who was in it; nothing may name it any more."""
    await connection.execute(delete(team_members).where(team_members.c.team_id == team_id))
    await connection.execute(delete(teams).where(teams.c.id == team_id))
