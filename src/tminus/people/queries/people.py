"""Who there is, and who has a role or a team in a migration."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

_USERS = """
    SELECT u.id, u.email, u.name, u.phone, u.is_admin, u.active, u.created_at, u.version,
           EXISTS (SELECT FROM passwords p WHERE p.user_id = u.id) AS has_password
    FROM users u
"""
_ALL = text(f"{_USERS} ORDER BY u.name, u.email")
_ONE = text(f"{_USERS} WHERE u.id = :id")
_LEFT = text(
    """
    SELECT t.code, t.name,
           (SELECT count(*) FROM team_members o JOIN users u ON u.id = o.user_id AND u.active
            WHERE o.team_id = t.id AND o.user_id <> :id) AS members_left
    FROM teams t JOIN team_members m ON m.team_id = t.id WHERE m.user_id = :id ORDER BY t.code, t.id
    """
)
_HERE = """
    SELECT u.id, u.name, u.email, u.phone, u.active,
           ARRAY(SELECT r.role FROM migration_roles r
                 WHERE r.user_id = u.id AND r.migration_id = :migration ORDER BY r.role) AS roles,
           (SELECT jsonb_agg(jsonb_build_object('id', t.id, 'code', t.code, 'name', t.name) ORDER BY t.code)
            FROM teams t JOIN team_members m ON m.team_id = t.id
            WHERE m.user_id = u.id AND t.migration_id = :migration) AS teams
    FROM users u
"""
_MEMBERS = text(
    f"""{_HERE} WHERE EXISTS (SELECT FROM migration_roles r WHERE r.user_id = u.id AND r.migration_id = :migration)
        OR EXISTS (SELECT FROM team_members m JOIN teams t ON t.id = m.team_id
                   WHERE m.user_id = u.id AND t.migration_id = :migration)
    ORDER BY u.name, u.email"""  # noqa: S608 - constants
)
_MEMBER = text(f"{_HERE} WHERE u.id = :id")


async def list_users(connection: AsyncConnection) -> list[dict[str, Any]]:
    """Return everybody by name, active or not."""
    return [_user(row) for row in await connection.execute(_ALL)]


async def one_user(connection: AsyncConnection, user_id: UUID) -> dict[str, Any]:
    """Return one who is there."""
    return _user((await connection.execute(_ONE, {"id": user_id})).one())


def _user(row: Row[Any]) -> dict[str, Any]:
    return dict(row._mapping)


async def leaving(connection: AsyncConnection, user_id: UUID) -> dict[str, Any]:
    """Return the teams that lose a person who is shut out, and which of them then have nobody."""
    rows = (await connection.execute(_LEFT, {"id": user_id})).all()
    teams = [{"code": row.code, "name": row.name, "members_left": row.members_left} for row in rows]
    return {"teams": teams, "sole_member_of": [row.code for row in rows if not row.members_left]}


async def people_here(connection: AsyncConnection, migration_id: UUID) -> list[dict[str, Any]]:
    """Return who has a role or a team in a migration, by name, with both; who is shut out too."""
    rows = await connection.execute(_MEMBERS, {"migration": migration_id})
    return [_here(row) for row in rows]


async def person_here(connection: AsyncConnection, migration_id: UUID, user_id: UUID) -> dict[str, Any]:
    """Return one person with roles and teams in a migration, none perhaps."""
    row = (await connection.execute(_MEMBER, {"migration": migration_id, "id": user_id})).one()
    return _here(row)


def _here(row: Row[Any]) -> dict[str, Any]:
    shown = dict(row._mapping)
    return {"user_id": shown.pop("id"), **shown, "teams": row.teams or []}


async def list_members(connection: AsyncConnection, migration_id: UUID) -> list[dict[str, Any]]:
    """Return the active ones of `people_here` with the codes of their teams."""
    return [
        {
            "id": one["user_id"],
            "name": one["name"],
            "email": one["email"],
            "roles": one["roles"],
            "teams": [team["code"] for team in one["teams"]],
        }
        for one in await people_here(connection, migration_id)
        if one["active"]
    ]


async def user_id_by_email(connection: AsyncConnection, email: str) -> UUID | None:
    """Return whose mail address it is, in whatever case; somebody who is shut out too."""
    query = text("SELECT id FROM users WHERE email = :email")
    values = {"email": email.strip().lower()}
    found: UUID | None = (await connection.execute(query, values)).scalar_one_or_none()
    return found


async def migration_id_by_key(connection: AsyncConnection, key: str) -> UUID | None:
    """Return the migration with this short code."""
    query = text("SELECT id FROM migrations WHERE key = :key")
    found: UUID | None = (await connection.execute(query, {"key": key})).scalar_one_or_none()
    return found
