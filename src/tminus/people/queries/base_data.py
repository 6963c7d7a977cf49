"""What is there of the teams and people that a list names."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.people import store

_PEOPLE = text(
    """
    SELECT u.id, u.email, u.name, u.phone, u.active,
           ARRAY(SELECT r.role FROM migration_roles r
                 WHERE r.user_id = u.id AND r.migration_id = :migration ORDER BY r.role) AS roles,
           ARRAY(SELECT t.code FROM teams t JOIN team_members m ON m.team_id = t.id
                 WHERE m.user_id = u.id AND t.migration_id = :migration ORDER BY t.code) AS teams
    FROM users u WHERE u.email = ANY(:emails)
    """
)


@dataclass(frozen=True, slots=True)
class There:
    """A team or a person that is there, and its values by name; `active` is false for one who is shut out."""

    id: UUID
    values: dict[str, Any]
    active: bool = True


async def teams_there(connection: AsyncConnection, migration_id: UUID) -> dict[str, There]:
    """Return a migration's teams by code."""
    found = await store.teams_of(connection, migration_id)
    return {
        code: There(row.id, {"name": row.name, "email": row.email, "phone": row.phone})
        for code, row in found.items()
    }


async def people_there(
    connection: AsyncConnection, migration_id: UUID, emails: Collection[str]
) -> dict[str, There]:
    """Return those of the people with these addresses (lower case) who are there, by address.

    `roles` and `teams` (codes) are theirs in the migration.
    """
    rows = await connection.execute(_PEOPLE, {"migration": migration_id, "emails": list(emails)})
    return {
        row.email: There(
            row.id,
            {"name": row.name, "phone": row.phone, "roles": tuple(row.roles), "teams": tuple(row.teams)},
            row.active,
        )
        for row in rows
    }
