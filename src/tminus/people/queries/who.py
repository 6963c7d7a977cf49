"""Who is signed in.

A person comes in one round trip, with the roles and teams as they are at this moment, and with those they stand
in for by Tminus's clock: every request begins with it, and what was taken away is gone at the next one.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, TextClause, text
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.kernel.ids import SYSTEM_STREAM
from tminus.people.domain.rights import Person, Role
from tminus.platform.auth.secret import digest
from tminus.platform.swift import Lookups

_PERSON = """
    SELECT u.id, u.name, u.email, u.is_admin,
           ARRAY(SELECT r.migration_id::text || ' ' || r.role
                 FROM migration_roles r WHERE r.user_id = u.id) AS roles,
           ARRAY(SELECT m.team_id FROM team_members m WHERE m.user_id = u.id) AS teams,
           (SELECT jsonb_agg(jsonb_build_array(
                a.id, a.name, a.email, s.migration_id,
                ARRAY(SELECT r.role FROM migration_roles r
                      WHERE r.user_id = a.id AND r.migration_id = s.migration_id),
                ARRAY(SELECT m.team_id FROM team_members m JOIN teams t ON t.id = m.team_id
                      WHERE m.user_id = a.id AND t.migration_id = s.migration_id)) ORDER BY a.name, s.id)
            FROM substitutes s JOIN users a ON a.id = s.absent_id AND a.active
            CROSS JOIN (SELECT coalesce(frozen_at, clock_timestamp() + shift) AS now FROM server_clock) AS clock
            WHERE s.substitute_id = u.id AND s.ended_at IS NULL
              AND s.begins_at <= clock.now AND s.ends_at > clock.now) AS substituting
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

_NEWEST = b"SELECT seq FROM stream_heads WHERE stream = %(system)s"


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


async def newest_about_people(lookups: Lookups) -> int:
    """Return the number of the newest event about users, sessions, passwords or tokens."""
    (head,) = await lookups.ask(_NEWEST, {"system": SYSTEM_STREAM})
    return int(head.seq)


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
    return Person(
        row.id,
        row.name,
        row.email,
        row.is_admin,
        roles={migration: frozenset(held) for migration, held in roles.items()},
        teams=frozenset(row.teams),
        substituting=tuple(_absent(*one) for one in row.substituting or ()),
    )


def _absent(key: str, name: str, email: str, migration: str, roles: list[str], teams: list[str]) -> Person:
    """Whom one stands in for: no more of them than what they are in that migration, and never that they are admin."""
    held = {UUID(migration): frozenset(Role(role) for role in roles)}
    return Person(UUID(key), name, email, roles=held, teams=frozenset(UUID(team) for team in teams))
