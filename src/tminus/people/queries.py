"""Who is signed in, and who is who in a migration.

A person comes in one round trip, with the roles and teams as they are at this moment: every request begins
with it, and a role that was taken away is gone at the next one.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, TextClause, text
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.people.domain.rights import Person, Role
from tminus.platform.auth.secret import digest
from tminus.platform.swift import Lookups

_PERSON = """
    SELECT u.id, u.name, u.email, u.is_admin,
           ARRAY(SELECT r.migration_id::text || ' ' || r.role
                 FROM migration_roles r WHERE r.user_id = u.id) AS roles,
           ARRAY(SELECT m.team_id FROM team_members m WHERE m.user_id = u.id) AS teams
"""
_BY_ID = text(f"{_PERSON} FROM users u WHERE u.id = :id AND u.active")
_BY_EMAIL = text(f"{_PERSON} FROM users u WHERE u.email = :email AND u.active")
_BY_SESSION = f"""{_PERSON} FROM sessions s JOIN users u ON u.id = s.user_id AND u.active
    WHERE s.id = %(digest)s AND s.expires_at > clock_timestamp()""".encode()
_BY_TOKEN = f"""{_PERSON}, t.id AS token_id,
           coalesce(t.last_used_at < clock_timestamp() - interval '1 minute', true) AS stale
    FROM api_tokens t JOIN users u ON u.id = t.user_id AND u.active
    WHERE t.secret = %(digest)s AND t.revoked_at IS NULL
      AND (t.expires_at IS NULL OR t.expires_at > clock_timestamp())""".encode()


@dataclass(frozen=True, slots=True)
class TokenUse:
    """Who uses which token; `stale` = its last use was noted more than a minute ago."""

    person: Person
    token_id: UUID
    stale: bool


async def person_by_session(lookups: Lookups, cookie: str) -> Person | None:
    """Return whose session the cookie is; None = unknown, over, or the person is not active."""
    found = await lookups.ask(_BY_SESSION, {"digest": digest(cookie)})
    return _from(found[0]) if found else None


async def person_by_token(lookups: Lookups, secret: str) -> TokenUse | None:
    """Return whose token it is; None = unknown, revoked, over, or the person is not active."""
    found = await lookups.ask(_BY_TOKEN, {"digest": digest(secret)})
    return TokenUse(_from(found[0]), found[0].token_id, found[0].stale) if found else None


async def person_by_id(connection: AsyncConnection, user_id: UUID) -> Person | None:
    """Return an active person by key."""
    return await _person(connection, _BY_ID, id=user_id)


async def person_by_email(connection: AsyncConnection, email: str) -> Person | None:
    """Return an active person by mail address, in whatever case."""
    return await _person(connection, _BY_EMAIL, email=email.strip().lower())


async def _person(connection: AsyncConnection, query: TextClause, **values: Any) -> Person | None:
    row = (await connection.execute(query, values)).one_or_none()
    return _from(row) if row else None


def _from(row: Row[Any]) -> Person:
    roles: dict[UUID, set[Role]] = defaultdict(set)
    for held in row.roles:
        migration, role = held.split(" ")
        roles[UUID(migration)].add(Role(role))
    frozen = {migration: frozenset(held) for migration, held in roles.items()}
    return Person(row.id, row.name, row.email, row.is_admin, roles=frozen, teams=frozenset(row.teams))


_TEAMS = text(
    """
    SELECT t.id, t.code, t.name, t.email, t.phone,
           coalesce(jsonb_agg(jsonb_build_object('id', u.id, 'name', u.name) ORDER BY u.name)
                    FILTER (WHERE u.id IS NOT NULL), '[]') AS members
    FROM teams t
    LEFT JOIN team_members m ON m.team_id = t.id
    LEFT JOIN users u ON u.id = m.user_id AND u.active
    WHERE t.migration_id = :migration
    GROUP BY t.id ORDER BY t.code
    """
)
_MEMBERS = text(
    """
    SELECT u.id, u.name, u.email,
           ARRAY(SELECT r.role FROM migration_roles r
                 WHERE r.user_id = u.id AND r.migration_id = :migration ORDER BY r.role) AS roles,
           ARRAY(SELECT t.code FROM teams t JOIN team_members m ON m.team_id = t.id
                 WHERE m.user_id = u.id AND t.migration_id = :migration ORDER BY t.code) AS teams
    FROM users u
    WHERE u.active AND (
        EXISTS (SELECT FROM migration_roles r WHERE r.user_id = u.id AND r.migration_id = :migration)
        OR EXISTS (SELECT FROM team_members m JOIN teams t ON t.id = m.team_id
                   WHERE m.user_id = u.id AND t.migration_id = :migration))
    ORDER BY u.name, u.email
    """
)


async def list_teams(connection: AsyncConnection, migration_id: UUID) -> list[dict[str, Any]]:
    """Return a migration's teams by code, each with its active members."""
    rows = await connection.execute(_TEAMS, {"migration": migration_id})
    return [dict(row._mapping) for row in rows]


async def list_members(connection: AsyncConnection, migration_id: UUID) -> list[dict[str, Any]]:
    """Return who has a role or a team in a migration, by name, with both."""
    rows = await connection.execute(_MEMBERS, {"migration": migration_id})
    return [dict(row._mapping) for row in rows]


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
