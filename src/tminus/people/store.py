"""Tables and SQL of people: users, migrations, teams, memberships and roles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    Row,
    Table,
    Text,
    Uuid,
    delete,
    insert,
    select,
    text,
    update,
)
from sqlalchemy import UniqueConstraint as Unique
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.platform.database import metadata
from tminus.platform.tables import instant

users = Table(
    "users",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("email", Text, nullable=False, unique=True, comment="stored in lower case"),
    Column("name", Text, nullable=False),
    Column("phone", Text),
    Column("is_admin", Boolean, nullable=False, server_default=text("false")),
    Column("active", Boolean, nullable=False, server_default=text("true")),
    Column("default_migration_id", Uuid),
    Column("created_at", instant, nullable=False),
    Column("version", Integer, nullable=False, server_default=text("1")),
)

migrations = Table(
    "migrations",
    metadata,
    Column("id", Uuid, ForeignKey("stream_heads.stream"), primary_key=True),
    Column("key", Text, nullable=False, unique=True, comment="short human code, used in URLs"),
    Column("name", Text, nullable=False),
    Column("description", Text, nullable=False, server_default=text("''")),
    Column("status", Text, nullable=False, server_default=text("'planning'")),
    Column("zone", Text, nullable=False, comment="IANA zone its people think in"),
    Column("created_at", instant, nullable=False),
    Column("version", Integer, nullable=False, server_default=text("1")),
    CheckConstraint("status IN ('planning','in_progress','completed','failed')", name="status"),
)

teams = Table(
    "teams",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("migration_id", Uuid, ForeignKey("migrations.id"), nullable=False),
    Column("code", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("email", Text),
    Column("phone", Text),
    Column("version", Integer, nullable=False, server_default=text("1")),
    Unique("migration_id", "code"),
)

team_members = Table(
    "team_members",
    metadata,
    Column("team_id", Uuid, ForeignKey("teams.id"), primary_key=True),
    Column("user_id", Uuid, ForeignKey("users.id"), primary_key=True),
    Index("ix_team_members_user_id", "user_id"),
)

migration_roles = Table(
    "migration_roles",
    metadata,
    Column("migration_id", Uuid, ForeignKey("migrations.id"), primary_key=True),
    Column("user_id", Uuid, ForeignKey("users.id"), primary_key=True),
    Column("role", Text, primary_key=True),
    CheckConstraint("role IN ('viewer','member','data_lead','pilot','approver')", name="role"),
    Index("ix_migration_roles_user_id", "user_id"),
)


async def find_user(connection: AsyncConnection, user_id: UUID) -> Row[Any] | None:
    """Return a person's row, active or not."""
    return (await connection.execute(select(users).where(users.c.id == user_id))).one_or_none()


async def find_user_by_email(connection: AsyncConnection, email: str) -> Row[Any] | None:
    """Return a person's row by mail address in lower case, active or not."""
    return (await connection.execute(select(users).where(users.c.email == email))).one_or_none()


async def find_migration_id(connection: AsyncConnection, key: str) -> UUID | None:
    """Return the migration with this short code."""
    query = select(migrations.c.id).where(migrations.c.key == key)
    found: UUID | None = (await connection.execute(query)).scalar_one_or_none()
    return found


async def find_team(connection: AsyncConnection, team_id: UUID) -> Row[Any] | None:
    """Return a team's row."""
    return (await connection.execute(select(teams).where(teams.c.id == team_id))).one_or_none()


async def teams_of(connection: AsyncConnection, migration_id: UUID) -> dict[str, Row[Any]]:
    """Return a migration's teams by code."""
    rows = await connection.execute(select(teams).where(teams.c.migration_id == migration_id))
    return {row.code: row for row in rows}


async def members_of(connection: AsyncConnection, team_id: UUID) -> frozenset[UUID]:
    """Return the keys of a team's members."""
    query = select(team_members.c.user_id).where(team_members.c.team_id == team_id)
    return frozenset((await connection.execute(query)).scalars())


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


async def update_user(connection: AsyncConnection, user_id: UUID, values: Mapping[str, Any]) -> None:
    """Change members of a person's row."""
    await connection.execute(
        update(users).where(users.c.id == user_id).values(**values, version=users.c.version + 1)
    )


async def update_team(connection: AsyncConnection, team_id: UUID, values: Mapping[str, Any]) -> None:
    """Change members of a team's row."""
    await connection.execute(
        update(teams).where(teams.c.id == team_id).values(**values, version=teams.c.version + 1)
    )
