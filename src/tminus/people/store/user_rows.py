"""SQL of users and of the roles they have in migrations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.people.store.tables import migration_roles, team_members, teams, users


async def find_user(connection: AsyncConnection, user_id: UUID) -> Row[Any] | None:
    """Return a person's row, active or not."""
    return (await connection.execute(select(users).where(users.c.id == user_id))).one_or_none()


async def find_user_by_email(connection: AsyncConnection, email: str) -> Row[Any] | None:
    """Return a person's row by mail address in lower case, active or not."""
    return (await connection.execute(select(users).where(users.c.email == email))).one_or_none()


async def update_user(connection: AsyncConnection, user_id: UUID, values: Mapping[str, Any]) -> None:
    """Change members of a person's row."""
    await connection.execute(
        update(users).where(users.c.id == user_id).values(**values, version=users.c.version + 1)
    )


async def roles_of(connection: AsyncConnection, migration_id: UUID, user_id: UUID) -> frozenset[str]:
    """Return a person's roles in a migration."""
    query = select(migration_roles.c.role).where(
        migration_roles.c.migration_id == migration_id, migration_roles.c.user_id == user_id
    )
    return frozenset((await connection.execute(query)).scalars())


async def save_roles(
    connection: AsyncConnection, migration_id: UUID, user_id: UUID, added: Iterable[str], taken: Iterable[str]
) -> None:
    """Give and take roles in a migration."""
    mine = {"migration_id": migration_id, "user_id": user_id}
    rows = [{**mine, "role": role} for role in added]
    if rows:
        await connection.execute(insert(migration_roles), rows)
    await connection.execute(
        delete(migration_roles).where(
            migration_roles.c.migration_id == migration_id,
            migration_roles.c.user_id == user_id,
            migration_roles.c.role.in_(list(taken)),
        )
    )


async def other_admins(connection: AsyncConnection, user_id: UUID) -> int:
    """Return how many active admins there are beside a person."""
    query = select(func.count()).where(users.c.is_admin, users.c.active, users.c.id != user_id)
    return int((await connection.execute(query)).scalar_one())


async def is_in_a_team(connection: AsyncConnection, migration_id: UUID, user_id: UUID) -> bool:
    """Tell whether a person is in a team of a migration."""
    mine = (
        select(team_members.c.user_id)
        .join(teams, teams.c.id == team_members.c.team_id)
        .where(teams.c.migration_id == migration_id, team_members.c.user_id == user_id)
    )
    return (await connection.execute(mine.limit(1))).first() is not None
