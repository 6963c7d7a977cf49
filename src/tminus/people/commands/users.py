"""People: adding them, shutting them out, ending their sessions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.kernel.errors import NotFound, Refused
from tminus.kernel.ids import SYSTEM_STREAM, new_id
from tminus.people import events, store
from tminus.people.domain.names import clean_email, clean_name
from tminus.people.domain.rights import Person, Right, require
from tminus.platform.auth import sessions
from tminus.platform.database import Database
from tminus.platform.unit_of_work import unit_of_work


@dataclass(frozen=True, slots=True)
class NewUser:
    """A person to be added; the mail address is what they sign in with."""

    email: str
    name: str
    is_admin: bool = False
    phone: str | None = None


async def create_user(database: Database, person: Person, new: NewUser) -> UUID:
    """Add a person and return the key.

    Raises `Forbidden`, `Invalid`, `Refused` (`email_taken`) and `Unavailable`; then nobody was added.
    """
    user_id, made = await _find_or_make(database, person, new)
    if not made:
        raise Refused(
            f"There is already a person with the address {clean_email(new.email)}. Nobody was added.",
            code="email_taken",
            hint="Give that person the roles they need.",
        )
    return user_id


async def ensure_user(database: Database, person: Person, new: NewUser) -> UUID:
    """Return the person with this address, added if missing; one who is there stays as they are.

    Raises `Forbidden`, `Invalid` and `Unavailable`.
    """
    return (await _find_or_make(database, person, new))[0]


async def _find_or_make(database: Database, person: Person, new: NewUser) -> tuple[UUID, bool]:
    require(person, Right.ADMINISTER, None)
    values: dict[str, Any] = {
        "email": clean_email(new.email),
        "name": clean_name(new.name, "person"),
        "phone": clean_name(new.phone, "phone number", 40) if new.phone else None,
    }
    async with unit_of_work(database, SYSTEM_STREAM, person.actor) as tx:
        found = await store.find_user_by_email(tx.connection, values["email"])
        user_id = found.id if found else new_id()
        if not found:
            row = {"id": user_id, "is_admin": new.is_admin, "created_at": tx.now, **values}
            await tx.connection.execute(insert(store.users).values(row))
            after = {**values, "isAdmin": new.is_admin}
            tx.record(events.user_created(user_id, after, tx.actor.name))
    return user_id, found is None


async def set_active(database: Database, person: Person, user_id: UUID, active: bool) -> None:
    """Shut a person out at once (sessions end, tokens stop working), or let them in again.

    Raises `Forbidden`, `NotFound` and `Unavailable`.
    """
    require(person, Right.ADMINISTER, None)
    async with unit_of_work(database, SYSTEM_STREAM, person.actor) as tx:
        user = await known_user(tx.connection, user_id)
        if user.active == active:
            return
        await store.update_user(tx.connection, user_id, {"active": active})
        if not active:
            await sessions.end_all(tx.connection, user_id)
        change = ({"active": user.active}, {"active": active})
        tx.record(events.user_changed((user_id, user.name), *change, tx.actor.name))


async def end_sessions(database: Database, person: Person, user_id: UUID) -> int:
    """Sign a person out everywhere and return how many sessions ended; one's own need no right.

    Raises `Forbidden`, `NotFound` and `Unavailable`.
    """
    if person.id != user_id:
        require(person, Right.ADMINISTER, None)
    async with unit_of_work(database, SYSTEM_STREAM, person.actor) as tx:
        user = await known_user(tx.connection, user_id)
        count = await sessions.end_all(tx.connection, user_id)
        tx.record(events.sessions_ended((user_id, user.name), count, tx.actor.name))
    return count


async def known_user(connection: AsyncConnection, user_id: UUID) -> Row[Any]:
    """Return a person's row or raise `NotFound`."""
    user = await store.find_user(connection, user_id)
    if user is None:
        raise NotFound("There is no such person. Nothing was changed.", hint="Add the person first.")
    return user
