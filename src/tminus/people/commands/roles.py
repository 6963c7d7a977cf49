"""Who has which role in a migration."""

from __future__ import annotations

from uuid import UUID

from tminus.people import events, store
from tminus.people.commands.users import known_user
from tminus.people.domain.rights import Person, Right, Role, require
from tminus.platform.database import Database
from tminus.platform.unit_of_work import Transaction, unit_of_work


async def set_roles(
    database: Database, person: Person, migration_id: UUID, user_id: UUID, roles: frozenset[Role]
) -> None:
    """Make `roles` the roles a person has in a migration; the same ones again write nothing.

    Raises `Forbidden`, `NotFound` and `Unavailable`.
    """
    require(person, Right.ADMINISTER, migration_id)
    async with unit_of_work(database, migration_id, person.actor) as tx:
        before = await store.roles_of(tx.connection, migration_id, user_id)
        await _change(tx, user_id, before, frozenset(role.value for role in roles))


async def grant_role(
    database: Database, person: Person, migration_id: UUID, user_id: UUID, role: Role
) -> None:
    """Give a person one more role in a migration; one they have already writes nothing.

    Raises `Forbidden`, `NotFound` and `Unavailable`.
    """
    require(person, Right.ADMINISTER, migration_id)
    async with unit_of_work(database, migration_id, person.actor) as tx:
        before = await store.roles_of(tx.connection, migration_id, user_id)
        await _change(tx, user_id, before, before | {role.value})


async def _change(tx: Transaction, user_id: UUID, before: frozenset[str], after: frozenset[str]) -> None:
    user = await known_user(tx.connection, user_id)
    if after == before:
        return
    await store.save_roles(tx.connection, tx.stream, user_id, after - before, before - after)
    tx.record(events.roles_changed((user_id, user.name), sorted(before), sorted(after), tx.actor.name))
