"""People: adding them, changing them, shutting them out, ending their sessions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.kernel.errors import NotFound, Refused
from tminus.kernel.ids import SYSTEM_STREAM, new_id
from tminus.people import events, queries, store
from tminus.people.domain.names import clean_email, clean_name, clean_phone
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
    require(person, Right.ADMINISTER, None, asked="Adding a person")
    values: dict[str, Any] = {
        "email": clean_email(new.email),
        "name": clean_name(new.name, "person"),
        "phone": clean_phone(new.phone),
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


async def change_user(
    database: Database, person: Person, user_id: UUID, wanted: Mapping[str, Any], seen: int | None = None
) -> bool:
    """Change members of a person (`name`, `phone`, `email`, `is_admin`, `active`); the same ones again write nothing.

    `seen` = the version that was on the screen (None = whatever it is). Who is shut out (`active` false) has their
    sessions ended, and their links, passwords and tokens let nobody in. Returns whether they were shut out by this.
    Raises `Forbidden`, `Invalid`, `NotFound`, `Refused` (`user_changed`, `email_taken`, `last_admin`) and
    `Unavailable`; then nothing has changed.
    """
    require(person, Right.ADMINISTER, None, asked="Changing a person")
    clean = _clean(wanted)
    async with unit_of_work(database, SYSTEM_STREAM, person.actor) as tx:
        user = await known_user(tx.connection, user_id)
        if seen is not None and seen != user.version:
            raise await _changed_meanwhile(tx.connection, user)
        before = dict(user._mapping)
        after = {name: value for name, value in clean.items() if before[name] != value}
        if not after:
            return False
        await _check(tx.connection, user, after)
        await store.update_user(tx.connection, user_id, after)
        shut_out = after.get("active") is False
        if shut_out:
            await sessions.end_all(tx.connection, user_id)
        tx.record(
            events.user_changed(
                (user_id, user.name), _shown(before, after), _shown(after, after), tx.actor.name
            )
        )
    return shut_out


async def set_active(database: Database, person: Person, user_id: UUID, active: bool) -> None:
    """Shut a person out at once (sessions end, tokens stop working), or let them in again. Raises as `change_user`."""
    await change_user(database, person, user_id, {"active": active})


def _clean(wanted: Mapping[str, Any]) -> dict[str, Any]:
    clean = {name: value for name, value in wanted.items() if value is not None or name == "phone"}
    if "name" in clean:
        clean["name"] = clean_name(clean["name"], "person")
    if "email" in clean:
        clean["email"] = clean_email(clean["email"])
    if "phone" in clean:
        clean["phone"] = clean_phone(clean["phone"])
    return clean


async def _check(connection: AsyncConnection, user: Row[Any], after: Mapping[str, Any]) -> None:
    if "email" in after and await store.find_user_by_email(connection, after["email"]):
        raise Refused(
            f"There is another person with the address {after['email']}. Nothing was changed.",
            code="email_taken",
            hint="Everybody has an address of their own.",
        )
    leaves_office = user.is_admin and user.active and False in (after.get("is_admin"), after.get("active"))
    if leaves_office and not await store.other_admins(connection, user.id):
        raise Refused(
            f"{user.name} is the last admin. Without one nobody could let anybody in. Nothing was changed.",
            code="last_admin",
            hint="Make somebody else an admin first.",
        )


async def _changed_meanwhile(connection: AsyncConnection, user: Row[Any]) -> Refused:
    return Refused(
        f"{user.name} was changed since you looked. Nothing was changed by you.",
        code="user_changed",
        hint="Look at it as it is now, then decide again.",
        current=_api_words(await queries.one_user(connection, user.id)),
    )


_API_NAMES = {"is_admin": "isAdmin", "has_password": "hasPassword", "created_at": "createdAt"}


def _api_words(values: Mapping[str, Any]) -> dict[str, Any]:
    return {_API_NAMES.get(name, name): value for name, value in values.items()}


def _shown(values: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return _api_words({name: values[name] for name in names})


async def end_sessions(database: Database, person: Person, user_id: UUID) -> int:
    """Sign a person out everywhere and return how many sessions ended; one's own need no right.

    Raises `Forbidden`, `NotFound` and `Unavailable`.
    """
    if person.id != user_id:
        require(person, Right.ADMINISTER, None, asked="Signing another person out")
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
