"""Substitutes for a night: who stands in for whom in a migration."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.kernel.actor import Actor
from tminus.kernel.errors import NotFound, Refused
from tminus.kernel.ids import new_id
from tminus.kernel.instants import instant
from tminus.people import events, store
from tminus.people.commands.users import known_user
from tminus.people.domain.rights import Person, Right, Role, actor_for, may, require
from tminus.people.domain.substitutes import NewSubstitute, Standing, check_asker, check_pair, check_times
from tminus.people.store import substitute_rows as rows
from tminus.platform.database import Database
from tminus.platform.unit_of_work import Transaction, unit_of_work


async def name_substitute(
    database: Database, person: Person, migration_id: UUID, wanted: NewSubstitute
) -> UUID:
    """Let somebody stand in for another in a migration for a while, and return the key.

    Raises `Forbidden`, `Invalid`, `NotFound`, `Refused` (`person_inactive`, `nothing_to_stand_in_for`,
    `already_substitute`) and `Unavailable`; then nobody was named.
    """
    _may_name(person, migration_id)
    async with unit_of_work(database, migration_id, _actor(person, migration_id)) as tx:
        timed = check_times(wanted, tx.now)
        absent = await _standing(tx.connection, migration_id, wanted.absent_id)
        substitute = await _standing(tx.connection, migration_id, wanted.substitute_id)
        check_pair(absent, substitute)
        check_asker(person, migration_id, absent)
        names = (substitute.name, absent.name)
        values = await _values(tx, timed, names)
        await rows.insert_substitute(tx.connection, values)
        tx.record(events.substitute_named(values["id"], names, _shown(timed), tx.actor.name))
    return UUID(str(values["id"]))


async def end_substitute(database: Database, person: Person, migration_id: UUID, substitute_id: UUID) -> None:
    """End one before its time, or call it off; one that is over writes nothing.

    Those who may name one may end it, and so may the two it is about. Raises `Forbidden`, `NotFound`, `Unavailable`.
    """
    async with database.read() as connection:
        seen = await rows.find_substitute(connection, substitute_id)
    if seen is None or seen.migration_id != migration_id:
        require(person, Right.SEE, migration_id)
        raise NotFound(
            "There is no such substitute. Nothing was ended.", hint="Reload the list of substitutes."
        )
    if person.id is None or person.id not in (seen.absent_id, seen.substitute_id):
        _may_name(person, migration_id)
    async with unit_of_work(database, migration_id, _actor(person, migration_id)) as tx:
        one = await rows.find_substitute(tx.connection, substitute_id)
        if one is None or one.ended_at is not None or one.ends_at <= tx.now:
            return
        await rows.end_substitute(tx.connection, substitute_id, tx.now, tx.actor.name)
        names = await _names(tx.connection, one)
        key = (substitute_id, one.substitute_id)
        tx.record(events.substitute_ended(key, names, instant(tx.now), tx.actor.name))


def _may_name(person: Person, migration_id: UUID) -> None:
    if not may(person, Right.ADMINISTER, migration_id):
        require(person, Right.ANY_STEP, migration_id, asked="Naming a substitute")


def _actor(person: Person, migration_id: UUID) -> Actor:
    if may(person, Right.ADMINISTER, migration_id):
        return person.actor
    return actor_for(person, Right.ANY_STEP, migration_id)


async def _standing(connection: AsyncConnection, migration_id: UUID, user_id: UUID) -> Standing:
    user = await known_user(connection, user_id)
    roles = await store.roles_of(connection, migration_id, user_id)
    in_a_team = await store.is_in_a_team(connection, migration_id, user_id)
    return Standing(user.name, user.active, frozenset(Role(role) for role in roles), in_a_team)


async def _values(tx: Transaction, timed: NewSubstitute, names: tuple[str, str]) -> dict[str, Any]:
    iteration = timed.iteration_id
    if iteration and await rows.iteration_name(tx.connection, tx.stream, iteration) is None:
        raise NotFound(
            "This migration has no such iteration. No substitute was named.", hint="Choose one of its own."
        )
    said = asdict(timed)
    values = {
        "id": new_id(),
        "migration_id": tx.stream,
        "begins_at": said.pop("begins"),
        "ends_at": said.pop("until"),
        "made_by": tx.actor.name,
        "made_at": tx.now,
        **said,
    }
    if await rows.overlapping(tx.connection, values):
        raise Refused(
            f"{names[0]} stands in for {names[1]} already, in a part of that time. No other substitute was named.",
            code="already_substitute",
            hint="End that one first, or choose a time after it.",
        )
    return values


async def _names(connection: AsyncConnection, one: Row[Any]) -> tuple[str, str]:
    substitute = await known_user(connection, one.substitute_id)
    absent = await known_user(connection, one.absent_id)
    return substitute.name, absent.name


def _shown(timed: NewSubstitute) -> dict[str, Any]:
    return {
        "absentId": str(timed.absent_id),
        "substituteId": str(timed.substitute_id),
        "iterationId": str(timed.iteration_id) if timed.iteration_id else None,
        "from": instant(timed.begins),
        "until": instant(timed.until),
    }
