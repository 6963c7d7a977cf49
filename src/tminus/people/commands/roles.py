"""Who has which role in a migration."""

from __future__ import annotations

from uuid import UUID

from tminus.kernel.errors import Refused
from tminus.people import events, store
from tminus.people.commands.users import known_user
from tminus.people.domain.rights import Person, Right, Role, require
from tminus.platform.database import Database
from tminus.platform.unit_of_work import Transaction, unit_of_work


async def set_roles(
    database: Database,
    person: Person,
    migration_id: UUID,
    user_id: UUID,
    roles: frozenset[Role],
    was: frozenset[Role] | None = None,
) -> None:
    """Make `roles` the roles a person has in a migration; the same ones again write nothing.

    `was` = the roles that were on the screen (None = whatever they are). Raises `Forbidden`, `NotFound`, `Refused`
    (`roles_changed`) and `Unavailable`.
    """
    require(person, Right.ADMINISTER, migration_id, asked="Giving and taking roles")
    async with unit_of_work(database, migration_id, person.actor) as tx:
        before = await store.roles_of(tx.connection, migration_id, user_id)
        if was is not None and was != before:
            user = await known_user(tx.connection, user_id)
            has = ", ".join(sorted(role.replace("_", " ") for role in before)) or "none"
            raise Refused(
                f"The roles of {user.name} were changed since you looked: {has}. Nothing was changed by you.",
                code="roles_changed",
                hint="Look at them as they are now, then decide again.",
                current=sorted(before),
            )
        await _change(tx, user_id, before, frozenset(role.value for role in roles))


async def grant_role(
    database: Database, person: Person, migration_id: UUID, user_id: UUID, role: Role
) -> None:
    """Give a person one more role in a migration; one they have already writes nothing.

    Raises `Forbidden`, `NotFound` and `Unavailable`.
    """
    require(person, Right.ADMINISTER, migration_id, asked="Giving a role")
    async with unit_of_work(database, migration_id, person.actor) as tx:
        before = await store.roles_of(tx.connection, migration_id, user_id)
        await _change(tx, user_id, before, before | {role.value})


async def _change(tx: Transaction, user_id: UUID, before: frozenset[str], after: frozenset[str]) -> None:
    user = await known_user(tx.connection, user_id)
    if after == before:
        return
    await store.save_roles(tx.connection, tx.stream, user_id, after - before, before - after)
    tx.record(events.roles_changed((user_id, user.name), sorted(before), sorted(after), tx.actor.name))
