"""How the command line's groups turn a mail address or a short key into what it names."""

from __future__ import annotations

from uuid import UUID

from tminus.kernel.errors import NotFound
from tminus.people import queries
from tminus.platform.database import Database


async def user_named(database: Database, email: str) -> UUID:
    """Return the person with this mail address, shut out or not, or raise `NotFound`."""
    async with database.read() as connection:
        found = await queries.user_id_by_email(connection, email)
    if found is None:
        raise NotFound(
            f"There is nobody with the address {email}. Nothing was changed.",
            hint="Add the person with `tminus user add`.",
        )
    return found


async def migration_named(database: Database, key: str) -> UUID:
    """Return the migration with this short key, or raise `NotFound`."""
    async with database.read() as connection:
        found = await queries.migration_id_by_key(connection, key)
    if found is None:
        raise NotFound(
            f"There is no migration with the key {key}. Nothing was changed.",
            hint="A plan file names its migration's key; `tminus plan import` makes it.",
        )
    return found


async def team_named(database: Database, migration_id: UUID, code: str) -> UUID:
    """Return the migration's team with this code, or raise `NotFound`."""
    async with database.read() as connection:
        teams = await queries.list_teams(connection, migration_id)
    for team in teams:
        if team["code"] == code:
            found: UUID = team["id"]
            return found
    known = ", ".join(team["code"] for team in teams) or "none"
    raise NotFound(f"This migration has no team {code}. Nothing was changed.", hint=f"Its teams: {known}.")
